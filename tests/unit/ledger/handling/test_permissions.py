"""The matrix, case by case: every act of handling × every post of the cast does what the declared table says, and nothing else decides."""

from datetime import timedelta

import pytest
from django.db import transaction

from tests import cast
from zhenggai.core.errors import NotPermitted, Refusal
from zhenggai.ledger.actions import assigning, closing, proving, reporting, requesting
from zhenggai.ledger.actions.assigning import Plan
from zhenggai.ledger.actions.reporting import Said
from zhenggai.ledger.handling.models import (
    Closure,
    Evidence,
    Extension,
    ProgressReport,
    ReportedFigure,
    Waiver,
)
from zhenggai.ledger.handling.standing import capacities, visible_evidence, visible_findings
from zhenggai.ledger.handling.states import (
    Classification,
    Completion,
    Grade,
    MeasureType,
    ParticipantRole,
    WaiverKind,
)
from zhenggai.ledger.models import Finding
from zhenggai.parties.permissions import PERMISSIONS
from zhenggai.parties.states import Capacity, Role

pytestmark = pytest.mark.django_db

LATER = timedelta(days=400)

ACTS = {
    "inspection.profile": lambda w, by: assigning.choose_profile(inspection=w.inspection, profile="xuncha", by=by),
    "inspection.appoint": lambda w, by: assigning.appoint(
        inspection=w.inspection, role=ParticipantRole.TASK_FORCE, organisation=w.lead.organisation, by=by
    ),
    "inspection.dismiss": lambda w, by: assigning.dismiss(
        participant=w.inspection.participants.first(), reason="调整", by=by
    ),
    "finding.classify": lambda w, by: assigning.classify(
        finding=w.finding(), classification=Classification.PUBLIC, reason="可公开", by=by
    ),
    "task.assign": lambda w, by: assigning.assign(
        task=w.task(1), answers=cast.answers(w), by=by
    ),
    "task.lead": lambda w, by: assigning.lead_personally(task=w.task(), by=by),
    "task.plan": lambda w, by: assigning.plan(
        task=w.task(), plan=Plan("新题目", due_on=w.task().due_on), by=by
    ),
    "task.split": lambda w, by: assigning.split(
        task=w.task(),
        parts=[assigning.Part("一", [m.pk]) for m in w.task().measures.all()],
        reason="分办",
        by=by,
    ),
    "task.merge": lambda w, by: assigning.merge(task=w.task(), into=w.task(1), reason="并", by=by),
    "measure.add": lambda w, by: assigning.add_measure(task=w.task(), text="加", type=MeasureType.OTHER, by=by),
    "measure.change": lambda w, by: assigning.change_measure(
        measure=w.task().measures.first(), text="改", type=MeasureType.OTHER, reason="变", by=by
    ),
    "report.save": lambda w, by: reporting.fill_in(
        task=w.task(), said=Said("另一期", "正在推进。", Completion.UNDONE), by=by
    ),
    "report.sign": lambda w, by: reporting.sign(report=ProgressReport.objects.get(period="草稿期"), by=by),
    "report.return": lambda w, by: reporting.send_back(
        report=ProgressReport.objects.get(period="草稿期"), reason="重填", by=by
    ),
    "report.figure": lambda w, by: reporting.take_figure(
        figure=ReportedFigure.objects.first(), accepted=False, by=by
    ),
    "evidence.attach": lambda w, by: proving.attach(task=w.task(), handed=cast.handed(), by=by),
    "evidence.review": lambda w, by: proving.review(
        evidence=Evidence.objects.filter(state="pending").first(), accepted=True, by=by
    ),
    "evidence.withdraw": lambda w, by: proving.withdraw(
        evidence=Evidence.objects.first(), reason="撤", by=by
    ),
    "extension.request": lambda w, by: requesting.request_extension(
        task=w.task(), to_on=cast.today() + LATER, reason="汛期", by=by
    ),
    "extension.decide": lambda w, by: requesting.decide_extension(
        extension=Extension.objects.get(), approved=True, by=by
    ),
    "waiver.request": lambda w, by: requesting.request_waiver(
        task=w.task(), kind=WaiverKind.TASK, reason="缺", expires_on=cast.today(), by=by
    ),
    "waiver.decide": lambda w, by: requesting.decide_waiver(
        waiver=Waiver.objects.get(), approved=True, decision="同意", by=by
    ),
    "closure.apply": lambda w, by: closing.apply(finding=w.finding(), grade=Grade.DONE, text="好", by=by),
    "closure.approve": lambda w, by: closing.approve(closure=Closure.objects.first(), by=by),
    "closure.return": lambda w, by: closing.send_back(closure=Closure.objects.first(), reason="补", by=by),
    "closure.withdraw": lambda w, by: closing.withdraw_application(
        closure=Closure.objects.first(), reason="撤", by=by
    ),
    "closure.seal": lambda w, by: closing.seal(closure=Closure.objects.first(), by=by),
    "finding.relapse": lambda w, by: closing.relapse(
        finding=w.finding(), reason="反弹", found_on=cast.today(), by=by
    ),
    "standing.check": lambda w, by: closing.check_standing(
        finding=w.finding(), text="坚持", next_check_on=cast.today() + LATER, by=by
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def matrix_world(django_db_setup, django_db_blocker):
    """One world for the whole matrix; each case is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        whole = cast.world()
        whole.posts += [
            cast.seat("system", "系统员", Role.SYSTEM, whole.office.organisation),
            cast.seat("security", "安全员", Role.SECURITY, whole.office.organisation),
            cast.seat("audit", "审计员", Role.AUDIT, whole.office.organisation),
        ]
        support = cast.unit("浅溪县配合局", "support")
        whole.posts += [support.filler, support.head]
        assigning.assign(
            task=whole.task(),
            answers=assigning.Answers(
                whole.official, whole.lead.organisation, [whole.unit.organisation], [support.organisation]
            ),
            by=whole.office,
        )
        task = whole.task()
        assigning.plan(
            task=task, plan=Plan(task.title, due_on=cast.today() + timedelta(days=60)), by=whole.office
        )
        for measure in task.measures.all():
            cast.proven(whole, task, measure=measure)
        cast.reported(whole, task, narrative="已清理违建12处，复绿岸坡3.5公里，整改任务全部完成并通过自查。")
        closing.apply(finding=whole.finding(), grade=Grade.DONE, text="好", by=whole.unit.head)
        # What would void the application comes after it, and leaves it under review.
        proving.attach(task=task, handed=cast.handed(), by=whole.unit.filler)
        reporting.fill_in(task=task, said=Said("草稿期", "草稿。", Completion.DONE), by=whole.unit.filler)
        requesting.request_extension(task=task, to_on=cast.today() + LATER, reason="汛期", by=whole.unit.head)
        requesting.request_waiver(
            task=task, kind=WaiverKind.EVIDENCE, reason="缺", expires_on=cast.today(), by=whole.unit.head
        )
        yield whole
        transaction.set_rollback(True)


def test_every_act_of_handling_has_its_case():
    declared = {act for act, permission in PERMISSIONS.items() if permission.app == "ledger"}
    before_handling = {act for act in declared if act.split(".")[0] in ("document", "proposal")} | {
        "inspection.open"
    }
    assert set(ACTS) == declared - before_handling


@pytest.mark.parametrize("act", sorted(ACTS))
def test_an_act_may_be_done_by_whom_the_matrix_says(act, matrix_world):
    """Permitted posts get as far as the rules, all others no further than the permission; and a refusal changes nothing."""
    whole = matrix_world
    item = Finding.objects.get(pk=whole.finding().pk)
    by_capacity = {}
    for post in whole.posts:
        held = capacities(post, item)
        if post.role == Role.OFFICE.value:
            held = frozenset([Capacity.OFFICE])
        may = bool(held & PERMISSIONS[act].who)
        by_capacity[post.code] = may
        refused = _refusal(ACTS[act], whole, post)
        assert isinstance(refused, NotPermitted) is not may, (act, post.code, held, refused)
    assert any(by_capacity.values()), "nobody in the cast may do it"
    assert not all(by_capacity.values())


def _refusal(act, whole, post):
    """What an act by this post is refused with, if it is; whatever it did is undone."""
    with transaction.atomic():
        try:
            with transaction.atomic():
                act(whole, post)
        except Refusal as refusal:
            return refusal
        finally:
            transaction.set_rollback(True)
    return None


SEES = {
    Classification.PUBLIC: {"reader", "office", "office2", "official", "leader", "supervisor", "lead-filler", "lead-head"},
    Classification.INTERNAL: {"reader", "office", "office2", "official", "leader", "supervisor", "lead-filler", "lead-head"},
    Classification.SENSITIVE: {"office", "office2", "official", "leader", "supervisor", "lead-filler", "lead-head"},
}  # fmt: skip
UNITS = {"unit1-filler", "unit1-head", "support-filler", "support-head"}


@pytest.mark.parametrize("classification", list(Classification))
def test_who_sees_an_item_of_each_class(classification, matrix_world):
    whole = matrix_world
    with transaction.atomic():
        Finding.objects.filter(pk=whole.finding().pk).update(classification=classification.value)
        seeing = {
            post.code for post in whole.posts if visible_findings(post).filter(pk=whole.finding().pk).exists()
        }
        item = Finding.objects.get(pk=whole.finding().pk)
        assert seeing == {post.code for post in whole.posts if capacities(post, item)}
        transaction.set_rollback(True)
    assert seeing == SEES[classification] | UNITS


def test_a_member_of_the_group_sees_no_sensitive_item(matrix_world):
    whole = matrix_world
    with transaction.atomic():
        member = cast.seat("member", "员", Role.OFFICIAL, whole.leader.organisation)
        assigning.appoint(
            inspection=whole.inspection, role=ParticipantRole.MEMBER, post=member, by=whole.office
        )
        assert visible_findings(member).filter(pk=whole.finding().pk).exists()
        Finding.objects.filter(pk=whole.finding().pk).update(classification=Classification.SENSITIVE.value)
        assert not visible_findings(member).filter(pk=whole.finding().pk).exists()
        assert capacities(member, whole.finding()) == frozenset()
        transaction.set_rollback(True)


def test_sensitive_evidence_is_seen_by_its_unit_its_reviewers_and_who_leads(matrix_world):
    whole = matrix_world
    with transaction.atomic():
        piece = proving.attach(
            task=whole.task(),
            handed=cast.handed(classification=Classification.SENSITIVE),
            by=whole.unit.filler,
        )
        item = whole.finding()
        seeing = {
            post.code
            for post in whole.posts
            if visible_evidence(post, Evidence.objects.filter(pk=piece.pk), capacities(post, item)).exists()
        }
        transaction.set_rollback(True)
    assert seeing == {
        "office", "office2", "official", "supervisor", "lead-filler", "lead-head", "unit1-filler", "unit1-head",
    }  # fmt: skip


def test_who_is_no_longer_answerable_sees_no_longer(matrix_world):
    whole = matrix_world
    with transaction.atomic():
        other = cast.unit("浅溪县接手局", "other")
        assigning.assign(task=whole.task(1), answers=cast.answers(whole), by=whole.office)
        assert visible_findings(whole.unit.head).count() == 2
        answers = cast.answers(whole, other)
        assigning.assign(task=whole.task(1), answers=answers, reason="职能划转", by=whole.office)
        assert visible_findings(whole.unit.head).count() == 1
        assert list(visible_findings(other.filler)) == [whole.finding(1)]
        transaction.set_rollback(True)
