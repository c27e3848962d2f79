"""The gate: every single condition that is missing is refused with its own sentence and changes nothing; the database refuses too."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from tests import cast, people
from zhenggai.core.errors import NotPermitted, Refusal
from zhenggai.journal.models import Event
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions import assigning, closing, proving, reporting, requesting
from zhenggai.ledger.actions.assigning import Plan
from zhenggai.ledger.actions.reporting import Said
from zhenggai.ledger.handling import gate, rules
from zhenggai.ledger.handling.models import Closure, Evidence, ReviewStep
from zhenggai.ledger.handling.states import (
    ClosureState,
    Completion,
    Grade,
    Horizon,
    MeasureType,
    Review,
    WaiverKind,
)
from zhenggai.ledger.models import Finding, Task
from zhenggai.parties.actions import register_organisations
from zhenggai.parties.permissions import System

pytestmark = pytest.mark.django_db


def apply(whole, finding, *, grade=Grade.DONE, text="已整改到位。", by=None, **more):
    return closing.apply(finding=finding, grade=grade, text=text, by=by or whole.unit.head, **more)


def changes_nothing(refused, call, words=""):
    """The call is refused so, with a sentence, and neither row nor event came of it."""
    events, closures = Event.objects.count(), list(Closure.objects.order_by("pk").values())
    findings = list(Finding.objects.order_by("pk").values())
    with pytest.raises(refused) as raised, transaction.atomic():
        call()
    assert words in raised.value.sentence, raised.value.sentence
    assert raised.value.sentence.endswith("。")
    assert Event.objects.count() == events
    assert list(Closure.objects.order_by("pk").values()) == closures
    assert list(Finding.objects.order_by("pk").values()) == findings


# --- applying ----------------------------------------------------------------------------------------------------------------------------


def without_a_measure_proven(whole):
    task = cast.assigned(whole)
    cast.proven(whole, task, measure=task.measures.first())
    cast.reported(whole, task)


def with_evidence_only_pending(whole):
    task = cast.assigned(whole)
    for measure in task.measures.all():
        proving.attach(task=task, measure=measure, handed=cast.handed(), by=whole.unit.filler)
    cast.reported(whole, task)


def with_evidence_not_accepted(whole):
    task = cast.assigned(whole)
    for measure in task.measures.all():
        piece = proving.attach(task=task, measure=measure, handed=cast.handed(), by=whole.unit.filler)
        proving.review(evidence=piece, accepted=False, reason="看不清印章", by=whole.lead.filler)
    cast.reported(whole, task)


def without_a_report(whole):
    task = cast.assigned(whole)
    for measure in task.measures.all():
        cast.proven(whole, task, measure=measure)
    Task.objects.filter(pk=task.pk).update(completion=Completion.DONE.value)


def with_an_unsigned_report(whole):
    without_a_report(whole)
    reporting.fill_in(
        task=whole.task(), said=Said("2026年11月", "已经全部办结。", Completion.DONE), by=whole.unit.filler
    )


def with_a_phased_task(whole):
    cast.ready(whole, 0, Completion.PHASED)


def with_an_undone_second_task(whole):
    cast.ready(whole)
    task = whole.task()
    first, second = task.measures.all()
    parts = [assigning.Part("甲部分", [first.pk]), assigning.Part("乙部分", [second.pk])]
    assigning.split(task=task, parts=parts, reason="两家分办", by=whole.office)


REFUSED_WHEN_APPLYING = [
    (without_a_measure_proven, gate.EvidenceMissing, "没有经审核采信的佐证材料"),
    (with_evidence_only_pending, gate.EvidenceMissing, "尚待审核或未被采信"),
    (with_evidence_not_accepted, gate.EvidenceMissing, "尚待审核或未被采信"),
    (without_a_report, gate.NotReported, "主要负责人签发"),
    (with_an_unsigned_report, gate.NotReported, "主要负责人签发"),
    (with_a_phased_task, gate.TaskNotDone, "取得阶段性成效"),
    (with_an_undone_second_task, gate.TaskNotDone, "未完成"),
]


@pytest.mark.parametrize(
    ("arrange", "refused", "words"), REFUSED_WHEN_APPLYING, ids=lambda v: getattr(v, "__name__", "")
)
def test_what_is_missing_refuses_the_application(arrange, refused, words):
    whole = cast.world()
    arrange(whole)
    changes_nothing(refused, lambda: apply(whole, whole.finding()), words)


def test_an_item_without_task_or_answer_is_refused():
    whole = cast.world()
    finding = cast.ready(whole)
    Task.objects.filter(finding=finding).update(withdrawn_at="2026-01-01T00:00:00Z", withdrawn_by="office")
    changes_nothing(gate.NoTask, lambda: apply(whole, finding), "没有整改任务")


def test_an_area_is_no_item():
    whole = cast.world()
    area = whole.inspection.findings.get(number=1)
    changes_nothing(NotPermitted, lambda: apply(whole, area), "申请销号")
    item = cast.ready(whole)
    Finding.objects.filter(pk=item.pk).update(level="area")
    changes_nothing(gate.NotAnItem, lambda: apply(whole, item), "方面标题")


def test_a_problem_waits_for_its_manifestations():
    whole = cast.world()
    item = cast.ready(whole)
    Finding.objects.filter(pk=whole.finding(1).pk).update(parent=item)
    changes_nothing(gate.ChildrenOpen, lambda: apply(whole, item), "具体表现")


@pytest.mark.parametrize("text", ["", "  ", "\x00"])
def test_an_application_says_what_was_reached(text):
    whole = cast.world()
    finding = cast.ready(whole)
    changes_nothing(gate.TextMissing, lambda: apply(whole, finding, text=text), "申请说明")


@pytest.mark.parametrize("days", [None, 0, -3])
def test_a_phased_closure_names_a_later_day_for_its_check(days):
    whole = cast.world()
    finding = cast.ready(whole, 0, Completion.PHASED)
    day = None if days is None else cast.today() + timedelta(days=days)
    changes_nothing(
        gate.NextCheckMissing,
        lambda: apply(whole, finding, grade=Grade.PHASED, next_check_on=day),
        "下次复查日期",
    )


def test_the_short_chain_is_for_immediate_items_only():
    whole = cast.world()
    finding = cast.ready(whole)
    changes_nothing(gate.ShortChainRefused, lambda: apply(whole, finding, short=True), "立行立改")


def test_a_second_application_while_one_is_under_review_is_refused():
    whole = cast.world()
    closure = cast.applied(whole)
    changes_nothing(gate.NotOpenForClosing, lambda: apply(whole, closure.finding), "正在审核")


def test_a_closed_item_cannot_be_applied_for_again_nor_changed():
    whole = cast.world()
    finding = cast.closed(whole)
    task = finding.tasks.get()
    changes_nothing(gate.NotOpenForClosing, lambda: apply(whole, finding), "已经销号")
    for call in (
        lambda: proving.attach(task=task, handed=cast.handed(), by=whole.unit.filler),
        lambda: assigning.plan(task=task, plan=Plan("改题"), by=whole.office),
        lambda: assigning.add_measure(task=task, text="再加一条", type=MeasureType.OTHER, by=whole.office),
        lambda: reporting.fill_in(
            task=task, said=Said("2027年", "补报。", Completion.UNDONE), by=whole.unit.filler
        ),
    ):
        changes_nothing(rules.ItemClosed, call, "已经销号")


def test_who_may_not_apply():
    whole = cast.world()
    finding = cast.ready(whole)
    heads = {whole.unit.head.pk, whole.lead.head.pk}
    for post in whole.posts:
        if post.pk not in heads:
            changes_nothing(NotPermitted, lambda post=post: apply(whole, finding, by=post), "申请销号")
    with pytest.raises(NotPermitted):
        apply(whole, finding, by=System("tests"))


def test_an_application_nobody_of_another_unit_could_review_is_refused():
    whole = cast.world()
    finding = cast.ready(whole, horizon=Horizon.IMMEDIATE)
    whole.unit.head.organisation.posts.update(role="head")
    type(whole.office).objects.filter(role="office").update(organisation=whole.unit.organisation)
    changes_nothing(gate.NobodyReviews, lambda: apply(whole, finding, short=True), "申请单位以外的审核人")


# --- reviewing ---------------------------------------------------------------------------------------------------------------------------


def test_the_chain_is_walked_in_order():
    whole = cast.world()
    closure = cast.applied(whole)
    reviewers = cast.reviewers(whole)
    for at, turn in enumerate(reviewers):
        for post in reviewers[at + 1 :]:
            changes_nothing(Refusal, lambda c=closure, p=post: closing.approve(closure=c, by=p), "现在轮到")
        closure = closing.approve(closure=closure, by=turn)
    assert closure.state == ClosureState.CLOSED.value


def test_the_applicant_and_his_unit_review_nothing():
    whole = cast.world()
    closure = cast.applied(whole)
    # The lead unit's head is made a colleague of the applicant: the same unit, another person.
    whole.lead.head.organisation = whole.unit.organisation
    whole.lead.head.save()
    assigning.assign(
        task=whole.task(),
        answers=assigning.Answers(whole.official, whole.unit.organisation, [whole.unit.organisation]),
        reason="牵头单位调整",
        by=whole.office,
    )
    closure.refresh_from_db()
    assert closure.state == ClosureState.VOID.value
    again = apply(whole, whole.finding())
    assert "lead_unit" not in again.chain
    changes_nothing(Refusal, lambda: closing.approve(closure=again, by=whole.lead.head), "")


def test_the_same_person_in_another_post_reviews_nothing():
    whole = cast.world()
    closure = cast.applied(whole)
    whole.lead.head.holder = whole.unit.head.holder
    whole.lead.head.save()
    changes_nothing(gate.SamePerson, lambda: closing.approve(closure=closure, by=whole.lead.head), "本人")


def test_one_person_takes_one_step_only():
    whole = cast.world()
    closure = closing.approve(closure=cast.applied(whole), by=whole.lead.head)
    whole.office.holder = whole.lead.head.holder
    whole.office.save()
    changes_nothing(gate.SamePerson, lambda: closing.approve(closure=closure, by=whole.office), "另一人")


def test_sending_back_needs_a_reason_and_is_counted():
    whole = cast.world()
    closure = cast.applied(whole)
    changes_nothing(
        rules.ReasonMissing,
        lambda: closing.send_back(closure=closure, reason=" ", by=whole.lead.head),
        "理由",
    )
    closing.send_back(closure=closure, reason="缺前后对比照片", by=whole.lead.head)
    again = apply(whole, whole.finding())
    closing.send_back(closure=again, reason="照片日期不符", by=whole.lead.head)
    finding = whole.finding()
    assert (finding.review, finding.returns) == (Review.RETURNED.value, 2)
    assert [s.reason for s in ReviewStep.objects.order_by("pk")] == ["缺前后对比照片", "照片日期不符"]


CHANGED_AFTERWARDS = {
    "new evidence accepted": lambda w: cast.proven(w, w.task()),
    "evidence withdrawn": lambda w: proving.withdraw(
        evidence=Evidence.objects.first(), reason="传错文件", by=w.unit.filler
    ),
    "evidence no longer accepted": lambda w: proving.review(
        evidence=Evidence.objects.first(), accepted=False, reason="复核发现伪造", by=w.lead.filler
    ),
    "a measure reworded": lambda w: assigning.change_measure(
        measure=w.task().measures.first(),
        text="换一种做法",
        type=MeasureType.OTHER,
        reason="实情有变",
        by=w.office,
    ),
    "a measure added": lambda w: assigning.add_measure(
        task=w.task(), text="再加一条", type=MeasureType.SIMILAR, by=w.office
    ),
    "a new report signed": lambda w: cast.reported(w, w.task(), Completion.UNDONE, period="2026年12月"),
    "a report sent back": lambda w: reporting.send_back(
        report=w.task().reports.first(), reason="数字不实", by=w.office
    ),
    "an extension granted": lambda w: requesting.decide_extension(
        extension=requesting.request_extension(
            task=w.task(), to_on=cast.today() + timedelta(days=200), reason="汛期", by=w.unit.head
        ),
        approved=True,
        by=w.official,
    ),
    "the answers changed": lambda w: assigning.assign(
        task=w.task(),
        answers=assigning.Answers(w.official, w.lead.organisation, [w.outsider.organisation]),
        reason="职能划转",
        by=w.office,
    ),
    "the plan changed": lambda w: assigning.plan(
        task=w.task(),
        plan=Plan(w.task().title, root_cause="补充原因", due_on=w.task().due_on, target="新目标"),
        by=w.office,
    ),
}


@pytest.mark.parametrize("what", sorted(CHANGED_AFTERWARDS))
def test_what_was_approved_and_then_changed_is_void(what):
    whole = cast.world()
    closure = closing.approve(closure=cast.applied(whole), by=whole.lead.head)
    CHANGED_AFTERWARDS[what](whole)
    closure.refresh_from_db()
    assert closure.state == ClosureState.VOID.value
    assert whole.finding().review == Review.NONE.value
    changes_nothing(
        rules.HandlingRefused, lambda: closing.approve(closure=closure, by=whole.office), "因内容变动失效"
    )
    assert verify().faults == []


def test_a_change_past_the_acts_is_refused_at_the_next_step():
    whole = cast.world()
    closure = cast.applied(whole)
    Task.objects.filter(pk=whole.task().pk).update(title="悄悄改了任务")
    changes_nothing(
        gate.ContentChanged, lambda: closing.approve(closure=closure, by=whole.lead.head), "有变动"
    )


def test_a_condition_lost_during_the_review_is_asked_again():
    """A waiver that runs out between two steps: nothing changed, and still the gate is shut."""
    whole = cast.world()
    task = cast.assigned(whole)
    first, second = task.measures.all()
    cast.proven(whole, task, measure=first)
    cast.reported(whole, task)
    waiver = requesting.request_waiver(
        task=task, kind=WaiverKind.EVIDENCE, measure=second, reason="涉密，原件存档案馆",
        expires_on=cast.today(), by=whole.unit.head,
    )  # fmt: skip
    requesting.decide_waiver(waiver=waiver, approved=True, decision="同意", by=whole.official)
    closure = closing.approve(closure=apply(whole, whole.finding()), by=whole.lead.head)
    import time_machine

    with time_machine.travel(timedelta(days=2)):
        changes_nothing(
            gate.EvidenceMissing, lambda: closing.approve(closure=closure, by=whole.office), "佐证材料"
        )


def test_an_item_given_up_for_objective_reasons_needs_its_basis_and_the_whole_chain():
    whole = cast.world()
    task = cast.assigned(whole)
    cast.reported(whole, task, Completion.UNDONE)
    changes_nothing(
        gate.EvidenceMissing,
        lambda: apply(whole, whole.finding(), grade=Grade.INFEASIBLE, text="征地冻结，客观上不能推进。"),
        "客观原因的依据",
    )
    cast.proven(whole, task, title="自然资源部门的函")
    closure = apply(whole, whole.finding(), grade=Grade.INFEASIBLE, text="征地冻结，客观上不能推进。")
    for post in cast.reviewers(whole):
        closure = closing.approve(closure=closure, by=post)
    assert whole.finding().grade == Grade.INFEASIBLE.value


def test_an_immediate_item_takes_the_short_path_with_evidence_and_a_second_person():
    whole = cast.world()
    finding = cast.ready(whole, horizon=Horizon.IMMEDIATE)
    closure = apply(whole, finding, short=True)
    assert closure.chain == ["office"]
    closing.approve(closure=closure, by=whole.office)
    assert whole.finding().review == Review.CLOSED.value


def test_evidence_is_not_judged_by_its_own_unit():
    whole = cast.world()
    task = cast.assigned(whole)
    assigning.assign(
        task=task,
        answers=assigning.Answers(whole.official, whole.unit.organisation, [whole.unit.organisation]),
        reason="同为牵头",
        by=whole.office,
    )
    piece = proving.attach(task=task, handed=cast.handed(), by=whole.unit.filler)
    changes_nothing(
        rules.NotAnotherPerson,
        lambda: proving.review(evidence=piece, accepted=True, by=whole.unit.head),
        "其他单位",
    )


def test_a_waiver_is_decided_by_another_of_another_unit_and_ends():
    whole = cast.world()
    task = cast.assigned(whole)
    with pytest.raises(rules.WrongContent, match="有效期"):
        requesting.request_waiver(
            task=task, kind=WaiverKind.EVIDENCE, reason="缺", expires_on=cast.today() - timedelta(days=1),
            by=whole.unit.head,
        )  # fmt: skip
    waiver = requesting.request_waiver(
        task=task, kind=WaiverKind.EVIDENCE, reason="缺", expires_on=cast.today(), by=whole.unit.head
    )
    for post in whole.posts:
        if post.pk not in {whole.official.pk, whole.leader.pk}:
            with pytest.raises(NotPermitted):
                requesting.decide_waiver(waiver=waiver, approved=True, decision="同意", by=post)
    whole.official.holder = whole.unit.head.holder
    whole.official.save()
    with pytest.raises(rules.NotAnotherPerson):
        requesting.decide_waiver(waiver=waiver, approved=True, decision="同意", by=whole.official)


# --- the database itself -----------------------------------------------------------------------------------------------------------------


def raw(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


CLOSE = "UPDATE ledger_finding SET review='closed', grade='done', closed_on=%s WHERE id=%s"
FORGED = {
    "nothing else": lambda closure, whole: None,
    "an application called closed, without a closer": lambda closure, whole: raw(
        "UPDATE ledger_closure SET state='closed', closed_on=%s WHERE id=%s", cast.today(), closure.pk
    ),
    "closed by the applicant": lambda closure, whole: raw(
        "UPDATE ledger_closure SET state='closed', closed_on=%s, ended_at=applied_at, ended_by='x', closer_id=applicant_id, "
        "closer_unit_id=%s WHERE id=%s",
        cast.today(), whole.office.organisation_id, closure.pk,
    ),
    "closed by the applicant's unit": lambda closure, whole: raw(
        "UPDATE ledger_closure SET state='closed', closed_on=%s, ended_at=applied_at, ended_by='x', closer_id=%s, "
        "closer_unit_id=applied_unit_id WHERE id=%s",
        cast.today(), whole.office.holder_id, closure.pk,
    ),
    "closed by another without the steps": lambda closure, whole: raw(
        "UPDATE ledger_closure SET state='closed', closed_on=%s, ended_at=applied_at, ended_by='x', closer_id=%s, "
        "closer_unit_id=%s WHERE id=%s",
        cast.today(), whole.office.holder_id, whole.office.organisation_id, closure.pk,
    ),
}  # fmt: skip


@pytest.mark.parametrize("forged", sorted(FORGED))
def test_the_database_refuses_a_closed_item_without_its_review(forged):
    whole = cast.world()
    closure = cast.applied(whole)
    with pytest.raises(DatabaseError):
        _forge(forged, closure, whole)


def _forge(forged, closure, whole):
    with transaction.atomic():
        FORGED[forged](closure, whole)
        raw(CLOSE, cast.today(), closure.finding_id)


def _reviewed(whole):
    """An application whose last step is taken, as far as the tables go, without the item."""
    closure = cast.applied(whole)
    for post in cast.reviewers(whole):
        ReviewStep.objects.create(
            closure=closure, number=closure.steps.count() + 1, step="x", approved=True, digest=closure.digest,
            taken_at=closure.applied_at, taken_by=post.code, reviewer=post.holder, unit=post.organisation,
        )  # fmt: skip
    last = cast.reviewers(whole)[-1]
    raw(
        "UPDATE ledger_closure SET state='closed', closed_on=%s, ended_at=applied_at, ended_by='x', closer_id=%s, closer_unit_id=%s "
        "WHERE id=%s",
        cast.today(), last.holder_id, last.organisation_id, closure.pk,
    )  # fmt: skip
    return closure


def test_the_database_lets_a_reviewed_item_pass():
    """So that the refusals around this one are for what they name."""
    whole = cast.world()
    closure = _reviewed(whole)
    raw(CLOSE, cast.today(), closure.finding_id)
    assert whole.finding().review == Review.CLOSED.value


UNDONE = {
    "evidence not accepted": "UPDATE ledger_evidence SET state='returned' WHERE id = (SELECT min(id) FROM ledger_evidence)",
    "evidence of another cycle": "UPDATE ledger_evidence SET cycle=7 WHERE id = (SELECT min(id) FROM ledger_evidence)",
    "no task": "UPDATE ledger_task SET withdrawn_at='2026-01-01 00:00:00+00:00', withdrawn_by='x'",
    "another grade": "UPDATE ledger_finding SET cycle=3 WHERE review='step'",
}


@pytest.mark.parametrize("undone", sorted(UNDONE))
def test_the_database_refuses_a_closed_item_without_its_evidence(undone):
    whole = cast.world()
    closure = _reviewed(whole)
    raw(UNDONE[undone])
    with pytest.raises(DatabaseError), transaction.atomic():
        raw(CLOSE, cast.today(), closure.finding_id)


def test_the_database_refuses_an_item_that_is_closed_from_its_birth():
    whole = cast.world()
    with pytest.raises(DatabaseError), transaction.atomic():
        Finding.objects.create(
            inspection=whole.inspection, number=99, level="problem", title="凭空", review="closed", grade="done",
            closed_on=cast.today(),
        )  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_closure SET closed_on='2020-01-01'",
        "DELETE FROM ledger_closure",
        "UPDATE ledger_reviewstep SET reason='改写'",
        "DELETE FROM ledger_reviewstep",
    ],
)
def test_the_database_keeps_what_was_decided(statement):
    whole = cast.world()
    cast.closed(whole)
    with pytest.raises(DatabaseError), transaction.atomic():
        raw(statement)


def test_a_waiver_for_one_measure_stands_in_for_no_other():
    whole = cast.world()
    task = cast.assigned(whole)
    first, second = task.measures.all()
    cast.reported(whole, task)
    waiver = requesting.request_waiver(
        task=task,
        kind=WaiverKind.EVIDENCE,
        measure=first,
        reason="涉密",
        expires_on=cast.today(),
        by=whole.unit.head,
    )
    requesting.decide_waiver(waiver=waiver, approved=True, decision="同意", by=whole.official)
    changes_nothing(gate.EvidenceMissing, lambda: apply(whole, whole.finding()), f"措施 {second.number}")


def test_a_colleague_of_the_applicant_in_another_office_reviews_nothing():
    """An office has a seat in the applicant's unit: the step is taken by the others of the office, never from there."""
    whole = cast.world()
    closure = closing.approve(closure=cast.applied(whole), by=whole.lead.head)
    whole.second_office.organisation = whole.unit.organisation
    whole.second_office.save()
    changes_nothing(
        gate.SameUnit, lambda: closing.approve(closure=closure, by=whole.second_office), "同属一个单位"
    )
    section = register_organisations(names=["第1责任局河道科"], by=people.SYSTEM)["第1责任局河道科"]
    section.level, section.unit, section.parent = "section", whole.unit.organisation, whole.unit.organisation
    section.save()
    whole.second_office.organisation = section
    whole.second_office.save()
    changes_nothing(
        gate.SameUnit, lambda: closing.approve(closure=closure, by=whole.second_office), "同属一个单位"
    )
    closing.approve(closure=closure, by=whole.office)


def test_the_short_chain_closes_nothing_half_done():
    whole = cast.world()
    finding = cast.ready(whole, 0, Completion.PHASED, horizon=Horizon.IMMEDIATE)
    day = cast.today() + timedelta(days=30)
    changes_nothing(
        gate.ShortChainRefused,
        lambda: apply(whole, finding, grade=Grade.PHASED, next_check_on=day, short=True),
        "完成整改",
    )


def test_only_the_unit_that_applied_takes_its_application_back():
    whole = cast.world()
    closure = cast.applied(whole)
    changes_nothing(
        rules.HandlingRefused,
        lambda: closing.withdraw_application(closure=closure, reason="代撤", by=whole.lead.head),
        "提出申请的单位",
    )
    changes_nothing(
        rules.ReasonMissing,
        lambda: closing.withdraw_application(closure=closure, reason="", by=whole.unit.head),
        "理由",
    )
    closing.withdraw_application(closure=closure, reason="补充材料", by=whole.unit.head)
    assert whole.finding().review == Review.NONE.value


def test_a_person_with_two_seats_does_not_judge_what_he_handed_in():
    whole = cast.world()
    piece = proving.attach(task=cast.assigned(whole), handed=cast.handed(), by=whole.unit.filler)
    whole.lead.filler.holder = whole.unit.filler.holder
    whole.lead.filler.save()
    changes_nothing(
        rules.NotAnotherPerson,
        lambda: proving.review(evidence=piece, accepted=True, by=whole.lead.filler),
        "本人",
    )


def test_evidence_is_withdrawn_and_replaced_by_its_own_unit_only():
    whole = cast.world()
    task = cast.assigned(whole)
    piece = proving.attach(task=task, handed=cast.handed(), by=whole.unit.filler)
    for call in (
        lambda: proving.withdraw(evidence=piece, reason="代撤", by=whole.lead.filler),
        lambda: proving.attach(task=task, handed=cast.handed(), replaces=piece, by=whole.lead.filler),
    ):
        changes_nothing(rules.HandlingRefused, call, "其他单位提交")
    newer = proving.attach(task=task, handed=cast.handed(), replaces=piece, by=whole.unit.head)
    piece.refresh_from_db()
    assert (newer.version, newer.replaces_id, piece.state) == (2, piece.pk, "replaced")


def test_evidence_is_not_dated_ahead_nor_handed_in_twice():
    whole = cast.world()
    task = cast.assigned(whole)
    tomorrow = cast.today() + timedelta(days=1)
    changes_nothing(
        rules.WrongContent,
        lambda: proving.attach(task=task, handed=cast.handed(effective_on=tomorrow), by=whole.unit.filler),
        "在今天之后",
    )
    proving.attach(task=task, handed=cast.handed("同一份材料"), by=whole.unit.filler)
    changes_nothing(
        rules.WrongContent,
        lambda: proving.attach(task=task, handed=cast.handed("同一份材料"), by=whole.unit.head),
        "不必重复",
    )


def test_nobody_decides_what_he_or_his_unit_asked_for():
    whole = cast.world()
    task = cast.assigned(whole)
    extension = requesting.request_extension(
        task=task, to_on=cast.today() + timedelta(days=200), reason="汛期", by=whole.unit.head
    )
    waiver = requesting.request_waiver(
        task=task, kind=WaiverKind.EVIDENCE, reason="涉密", expires_on=cast.today(), by=whole.unit.head
    )
    own = whole.official.organisation
    whole.official.organisation = whole.unit.organisation
    whole.official.save()
    changes_nothing(
        rules.NotAnotherPerson,
        lambda: requesting.decide_waiver(waiver=waiver, approved=True, decision="同意", by=whole.official),
        "其他单位",
    )
    whole.official.organisation, whole.official.holder = own, whole.unit.head.holder
    whole.official.save()
    changes_nothing(
        rules.NotAnotherPerson,
        lambda: requesting.decide_extension(extension=extension, approved=True, by=whole.official),
        "本人",
    )


def test_a_head_signs_for_his_own_unit_and_the_present_cycle_only():
    whole = cast.world()
    task = cast.assigned(whole)
    report = reporting.fill_in(
        task=task, said=Said("十一月", "已全部办结，印发执行。", Completion.DONE), by=whole.unit.filler
    )
    changes_nothing(
        rules.HandlingRefused, lambda: reporting.sign(report=report, by=whole.lead.head), "本单位"
    )
    Finding.objects.filter(pk=whole.finding().pk).update(cycle=2)
    changes_nothing(
        rules.HandlingRefused, lambda: reporting.sign(report=report, by=whole.unit.head), "第 1 轮整改"
    )
