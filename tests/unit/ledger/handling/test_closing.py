"""The way of one item from its assignment to its closure, and back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import transaction

from tests import cast, factories
from tests.factories import F, Made
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions import assigning, closing, proving, reporting, requesting
from zhenggai.ledger.actions.assigning import Part, Plan
from zhenggai.ledger.actions.deciding import accept
from zhenggai.ledger.actions.reporting import Said
from zhenggai.ledger.handling import queries
from zhenggai.ledger.handling.models import Closure
from zhenggai.ledger.handling.rules import HandlingRefused, ItemClosed, WrongContent
from zhenggai.ledger.handling.states import ClosureState, Completion, Grade, Horizon, Review

pytestmark = pytest.mark.django_db


def test_an_item_is_closed_by_the_last_step_of_its_chain():
    whole = cast.world()
    finding = cast.closed(whole)
    assert (finding.review, finding.grade, finding.closed_on) == (
        Review.CLOSED.value,
        Grade.DONE.value,
        cast.today(),
    )
    closure = Closure.objects.get(finding=finding)
    assert [step.step for step in closure.steps.all()] == [
        "lead_unit",
        "office",
        "lead_official",
        "supervisor",
    ]
    assert verify().faults == []


def test_an_application_keeps_its_chain_when_another_profile_is_chosen():
    whole = cast.world()
    closure = cast.applied(whole)
    assigning.choose_profile(inspection=whole.inspection, profile="shenji", by=whole.office)
    for post in cast.reviewers(whole):  # the profile chosen since has no step of a leading official
        closure = closing.approve(closure=closure, reason="情况属实", by=post)
    assert closure.state == ClosureState.CLOSED.value


def test_a_step_that_no_profile_has_any_more_is_refused():
    whole = cast.world()
    closure = cast.applied(whole)
    closure.chain[0] = "dissolved"
    with pytest.raises(HandlingRefused, match="撤回后重新申请"):
        queries.step_now(closure, queries.profile(whole.inspection).chain)


def test_a_phased_item_is_closed_with_its_next_check():
    whole = cast.world()
    later = cast.today() + timedelta(days=90)
    finding = cast.closed(whole, grade=Grade.PHASED, next_check_on=later)
    assert (finding.grade, finding.next_check_on) == (Grade.PHASED.value, later)


def test_a_relapse_opens_a_new_cycle_and_leaves_the_closure_as_it_was():
    whole = cast.world()
    finding = cast.closed(whole)
    first = Closure.objects.get(finding=finding)
    closing.relapse(finding=finding, reason="暗访发现反弹", found_on=cast.today(), by=whole.supervisor)
    finding.refresh_from_db()
    assert (finding.review, finding.cycle, finding.closed_on) == (Review.NONE.value, 2, None)
    assert Closure.objects.get(pk=first.pk).closed_on == first.closed_on
    assert verify().faults == []


def test_a_time_class_sets_the_last_day_from_the_feedback():
    whole = cast.world()
    task = assigning.assign(task=whole.task(), answers=cast.answers(whole), by=whole.office)
    task = assigning.plan(
        task=task, plan=Plan(task.title, horizon=Horizon.CONCENTRATED), by=whole.lead.filler
    )
    assert (task.due_on, task.first_due_on) == (date(2025, 9, 10), date(2025, 9, 10))


def test_an_aim_is_given_in_words_and_as_an_indicator():
    whole = cast.world()
    task = cast.assigned(whole)
    aim = {"target": "污水全收集", "indicator": "污水集中收集率", "unit": "%", "target_value": Decimal(95)}
    for by in (whole.lead.filler, whole.office):
        with pytest.raises(WrongContent, match="同时填写"):
            assigning.plan(task=task, plan=Plan(task.title, due_on=task.due_on, indicator="收集率"), by=by)
    task = assigning.plan(task=task, plan=Plan(task.title, due_on=task.due_on, **aim), by=whole.lead.filler)
    other = assigning.plan(task=whole.task(1), plan=Plan("二", **aim), by=whole.office)
    assert task.indicator == other.indicator
    assert (task.indicator.name, task.indicator.unit, task.indicator.kind) == (
        "污水集中收集率",
        "%",
        "percent",
    )
    assert verify().faults == []


def test_an_extension_keeps_the_first_day():
    whole = cast.world()
    task = cast.assigned(whole)
    first = task.due_on
    later = first + timedelta(days=30)
    with pytest.raises(WrongContent, match="申请延期"):
        assigning.plan(task=task, plan=Plan(task.title, due_on=later), by=whole.office)
    for days in (30, 60):
        row = requesting.request_extension(
            task=task, to_on=first + timedelta(days=days), reason="汛期不能施工", by=whole.unit.head
        )
        requesting.decide_extension(extension=row, approved=True, by=whole.official)
    task.refresh_from_db()
    assert (task.first_due_on, task.due_on) == (first, first + timedelta(days=60))


def test_a_task_with_two_units_is_as_far_as_the_least_of_them():
    whole = cast.world(units=2)
    first, second = whole.units
    task = assigning.assign(task=whole.task(), answers=cast.answers(whole, first, second), by=whole.office)
    cast.reported(whole, task)
    task.refresh_from_db()
    assert task.completion == Completion.UNDONE.value
    report = reporting.fill_in(
        task=task, said=Said("2026年11月", "分管路段已经完成。", Completion.PHASED), by=second.filler
    )
    reporting.sign(report=report, by=second.head)
    task.refresh_from_db()
    assert task.completion == Completion.PHASED.value


def test_a_report_that_repeats_another_unit_is_pointed_out():
    whole = cast.world(units=2)
    first, second = whole.units
    text = "本季度开展河道巡查二十四次，清理违建十二处，复绿岸坡三点五公里，印发河长巡查办法并按月通报。"
    for at, each in enumerate((first, second)):
        task = assigning.assign(task=whole.task(at), answers=cast.answers(whole, each), by=whole.office)
        report = reporting.fill_in(
            task=task,
            said=Said("三季度", text.replace("二十四", "二十六"), Completion.UNDONE),
            by=each.filler,
        )
    assert report.alike == [[whole.task(0).reports.get().pk, 100]]


def test_the_figures_of_a_report_are_proposed_and_taken():
    whole = cast.world()
    task = cast.assigned(whole)
    report = cast.reported(whole, task, narrative="已清理违建12处，复绿岸坡3.5公里，挽回损失288.88万元。")
    figures = {row.label: row for row in report.figures.all()}
    assert {row.written for row in figures.values()} == {"12处", "3.5公里", "288.88万元"}
    row = reporting.take_figure(figure=next(iter(figures.values())), accepted=True, by=whole.office)
    assert row.observation is not None
    with pytest.raises(HandlingRefused, match="已经核定"):
        reporting.take_figure(figure=row, accepted=False, by=whole.office)
    assert verify().faults == []


def test_a_standing_check_that_fails_is_a_relapse():
    whole = cast.world()
    later = cast.today() + timedelta(days=90)
    finding = cast.closed(whole, grade=Grade.PHASED, next_check_on=later)
    closing.check_standing(
        finding=finding, text="制度仍在执行", next_check_on=later + timedelta(days=90), by=whole.supervisor
    )
    finding.refresh_from_db()
    assert finding.next_check_on == later + timedelta(days=90)
    closing.check_standing(finding=finding, text="反弹", next_check_on=None, held=False, by=whole.supervisor)
    finding.refresh_from_db()
    assert (finding.cycle, finding.review) == (2, Review.NONE.value)
    assert verify().faults == []


def test_tasks_are_split_and_merged_with_their_measures_and_evidence():
    whole = cast.world()
    task = cast.assigned(whole)
    first, second = task.measures.all()
    piece = cast.proven(whole, task, measure=second)
    made = assigning.split(
        task=task,
        parts=[Part("制度", [first.pk]), Part("清违", [second.pk])],
        reason="两家分办",
        by=whole.office,
    )
    piece.refresh_from_db()
    assert piece.task_id == made[1].pk
    assert [row.role for row in made[1].assignments.order_by("pk")] == [
        row.role for row in task.assignments.order_by("pk")
    ]
    assigning.merge(task=made[1], into=made[0], reason="仍由一家办", by=whole.office)
    made[1].refresh_from_db()
    assert made[1].merged_into_id == made[0].pk
    assert set(made[0].measures.values_list("pk", flat=True)) == {first.pk, second.pk}
    assert verify().faults == []


def test_a_new_edition_that_rewords_a_closed_problem_is_refused():
    whole = cast.world()
    finding = cast.closed(whole)
    changed = [F(each.title, each.measures, area=each.area) for each in cast.DOCUMENT]
    changed[0].measures[0] = "完善河长巡查办法并按季度通报"
    reading = factories.enter(Made(changed), by=whole.office, inspection=whole.inspection, name="二版.txt")
    reworded = reading.proposals.get(kind="measure", match="changed")
    with pytest.raises(ItemClosed, match=f"问题 {finding.number} 已经销号"), transaction.atomic():
        accept(proposals=[reworded], by=whole.office)
    assert verify().faults == []


def test_what_an_earlier_closure_rests_on_stays_as_it_was():
    whole = cast.world()
    finding = cast.closed(whole)
    closing.relapse(finding=finding, reason="暗访发现反弹", found_on=cast.today(), by=whole.supervisor)
    task = whole.task()
    piece, report = task.evidence.first(), task.reports.get()
    for call in (
        lambda: proving.withdraw(evidence=piece, reason="撤", by=whole.unit.filler),
        lambda: proving.review(evidence=piece, accepted=False, reason="翻案", by=whole.lead.filler),
        lambda: proving.attach(task=task, handed=cast.handed(), replaces=piece, by=whole.unit.filler),
        lambda: reporting.send_back(report=report, reason="重填", by=whole.office),
    ):
        with pytest.raises(HandlingRefused, match="属于第 1 轮整改"), transaction.atomic():
            call()
    piece.refresh_from_db()
    assert piece.state == "accepted"
    assert verify().faults == []
