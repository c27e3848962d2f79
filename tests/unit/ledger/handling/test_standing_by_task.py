"""Capacities task by task, whose turn it is, and who may send what back."""

import pytest

from tests import cast
from zhenggai.core.errors import Refusal
from zhenggai.journal.queries import story
from zhenggai.ledger.actions import assigning, closing, reporting, requesting
from zhenggai.ledger.actions.reporting import Said
from zhenggai.ledger.handling import gate, queries
from zhenggai.ledger.handling.models import Closure
from zhenggai.ledger.handling.rules import HandlingRefused, ItemClosed
from zhenggai.ledger.handling.standing import capacities, capacities_by_task
from zhenggai.ledger.handling.states import Completion, Grade, MeasureType, WaiverKind

pytestmark = pytest.mark.django_db


def test_capacities_by_task_are_those_of_each_task():
    whole = cast.world(units=2)
    first = cast.assigned(whole)
    parts = [assigning.Part("甲", [m.pk for m in first.measures.all()]), assigning.Part("乙", [])]
    first, second = assigning.split(task=first, parts=parts, reason="分开", by=whole.office)
    other = assigning.Answers(
        lead_unit=whole.units[1].organisation,
        supporting=[whole.official.organisation, whole.unit.organisation],
    )
    assigning.assign(task=second, answers=other, reason="调整", by=whole.office)
    finding = first.finding
    for post in whole.posts:
        found = capacities_by_task(post, finding, capacities(post, finding))
        for task in (first, second):
            assert found[task.pk] == capacities(post, finding, task=task), (post.code, task.title)


def test_nobody_takes_a_closed_item_on_himself():
    whole = cast.world()
    finding = cast.closed(whole)
    with pytest.raises(ItemClosed):
        assigning.lead_personally(task=finding.tasks.get(), by=whole.official)


def test_nothing_is_added_to_a_task_that_was_taken_back():
    whole = cast.world()
    task = cast.assigned(whole)
    measure = task.measures.order_by("number")[0]
    parts = [assigning.Part("甲", [m.pk for m in task.measures.all()]), assigning.Part("乙", [])]
    task, other = assigning.split(task=task, parts=parts, reason="分开", by=whole.office)
    assigning.merge(task=task, into=other, reason="合并", by=whole.office)
    until = cast.today()
    for act in (
        lambda: requesting.request_waiver(
            task=task, kind=WaiverKind.TASK, reason="客观原因", expires_on=until, by=whole.office
        ),
        lambda: assigning.add_measure(task=task, text="再加一条", type=MeasureType.OTHER, by=whole.office),
    ):
        with pytest.raises(HandlingRefused, match="已撤回或并入"):
            act()
    assert measure.withdrawn_at is None


def test_a_draft_is_sent_back_by_its_own_unit_only():
    whole = cast.world(units=2)
    task = assigning.assign(task=whole.task(), answers=cast.answers(whole, *whole.units), by=whole.office)
    said = Said(period="2026年11月", narrative="正在起草。", completion=Completion.PHASED)
    report = reporting.fill_in(task=task, said=said, by=whole.unit.filler)
    for post in (whole.units[1].head, whole.lead.head, whole.office):
        with pytest.raises(HandlingRefused, match="只能退回本单位的填报"):
            reporting.send_back(report=report, reason="不全", by=post)
    reporting.sign(report=report, by=whole.unit.head)
    with pytest.raises(HandlingRefused):
        reporting.send_back(report=report, reason="不全", by=whole.units[1].head)
    reporting.send_back(report=report, reason="不全", by=whole.office)


def test_an_application_keeps_its_chain_when_the_inspection_gets_another_profile():
    whole = cast.world()
    closure = cast.applied(whole)
    for post in cast.reviewers(whole)[:2]:
        closing.approve(closure=closure, by=post)
    assigning.choose_profile(inspection=whole.inspection, profile="anquan", by=whole.office)
    closure = Closure.objects.get(pk=closure.pk)
    step = queries.step_now(closure, queries.profile(closure.finding.inspection).steps(short=False))
    assert step.code == "lead_official"
    for post in cast.reviewers(whole)[2:]:
        closing.approve(closure=closure, by=post)
    assert Closure.objects.get(pk=closure.pk).closed_on == cast.today()


def test_what_is_missing_says_where():
    whole = cast.world()
    task = cast.assigned(whole)
    item = queries.item_facts(task.finding)
    asked = gate.Application(Grade.DONE, "整改到位", None, short=False, chain=("office",))
    found = {type(each): each.facts for each in gate.unmet(item, asked, cast.today())}
    assert found[gate.NotReported]["task"] == task.pk
    assert found[gate.EvidenceMissing]["measure"] in {m.pk for m in task.measures.all()}
    with pytest.raises(Refusal):
        gate.check(item, asked, cast.today())


def test_a_story_tells_of_several_rows_once_and_of_nothing_else():
    whole = cast.world()
    task = cast.assigned(whole)
    cast.assigned(whole, 1)
    keys = {"ledger.task": [task.pk], "ledger.finding": [task.finding_id]}
    whole_story = story(keys, size=100)
    assert whole_story.next_key is None
    assert [line.seq for line in whole_story.rows] == sorted(
        {line.seq for line in whole_story.rows}, reverse=True
    )
    told = {(c.kind, c.row_id) for line in whole_story.rows for c in line.changes}
    assert told == {("ledger.task", str(task.pk)), ("ledger.finding", str(task.finding_id))}
    pages, before = [], None
    while True:
        part = story(keys, before=before, size=1)
        pages += [line.seq for line in part.rows]
        before = part.next_key
        if before is None:
            break
    assert pages == [line.seq for line in whole_story.rows]
    assert story({}).rows == []
