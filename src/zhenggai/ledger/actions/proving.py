"""Acts on 佐证材料: handed in by a unit, judged by somebody of another, replaced by a newer version or withdrawn; never removed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from zhenggai.evidence.actions import keep_file
from zhenggai.evidence.reception import Received
from zhenggai.journal.acts import Actor, act, actor_name, moment, record
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import Change, changed, created
from zhenggai.ledger.actions.parts import acting, opened, today, voided
from zhenggai.ledger.handling import rules
from zhenggai.ledger.handling.models import Evidence
from zhenggai.ledger.handling.states import EVIDENCE_MOVES, Classification, EvidenceMove, EvidenceState
from zhenggai.ledger.models import Measure, Task


@dataclass(frozen=True)
class Handed:
    """What is handed in: the file as it was received, its title, the day of what it shows, and who may see it."""

    name: str
    received: Received
    title: str
    effective_on: date
    classification: Classification = Classification.INTERNAL


@act("evidence.attach", "提交佐证")
def attach(
    *, task: Task, handed: Handed, measure: Measure | None = None, replaces: Evidence | None = None, by: Actor
) -> Evidence:
    """Hand in evidence for a measure, or for a task as a whole. A newer version takes the place of the piece it replaces."""
    post, person = acting(by)
    task, held = opened(task.pk, "evidence.attach", by, live=True)
    finding = task.finding
    rules.check_effective(handed.effective_on, today())
    title = rules.plain_text(handed.title or handed.name, most=200, field="title", label="名称")
    if measure is not None and (measure.task_id != task.pk or measure.withdrawn_at is not None):
        raise rules.WrongContent("所选措施不属于该任务或已撤回，请重新选择。", field="measure")
    file = keep_file(name=handed.name, data=handed.received, by=by, capacities=held)
    live = Evidence.objects.filter(task=task, measure=measure, cycle=finding.cycle, file=file)
    if live.filter(state__in=[EvidenceState.PENDING.value, EvidenceState.ACCEPTED.value]).exists():
        raise rules.WrongContent(f"文件“{handed.name}”已作为该项的佐证提交过，不必重复上传。", field="file")
    changes: list[Change] = []
    old = _replaced(replaces, task, post.organisation.unit_key)
    if old:
        changes.append(_move(old, EvidenceMove.REPLACE))
    row = Evidence.objects.create(
        finding=finding, task=task, measure=measure, file=file, cycle=finding.cycle, title=title,
        version=old.version + 1 if old else 1, replaces=old, organisation_id=post.organisation.unit_key,
        effective_on=handed.effective_on, classification=handed.classification.value, state=EvidenceState.PENDING.value,
        uploaded_at=moment(), uploaded_by=actor_name(), uploader=person,
    )  # fmt: skip
    record(subject=row, changes=[created(row), *changes, *voided(finding)])
    return row


@act("evidence.review", "审核佐证")
def review(*, evidence: Evidence, accepted: bool, reason: str = "", by: Actor) -> Evidence:
    """Judge a piece of evidence; not whoever handed it in, nor anybody of his unit. Not to accept needs a reason."""
    post, person = acting(by)
    task, _ = opened(evidence.task_id, "evidence.review", by)
    row = _present(Evidence.objects.filter(pk=evidence.pk), task.finding.cycle)
    rules.check_another(person.pk, row.uploader_id, "审核佐证")
    rules.check_another_unit(post.organisation.unit_key, row.organisation_id, "审核佐证")
    reason = (
        rules.plain_text(reason, most=500, field="reason", label="审核意见")
        if accepted
        else rules.check_reason(reason, "不采信佐证")
    )
    verdict = {"reviewed_at": moment(), "reviewed_by": actor_name(), "reason": reason}
    change = _move(row, EvidenceMove.ACCEPT if accepted else EvidenceMove.RETURN, **verdict)
    record(subject=row, changes=[change, *voided(task.finding)], reason=reason)
    return row


@act("evidence.withdraw", "撤下佐证")
def withdraw(*, evidence: Evidence, reason: str, by: Actor) -> Evidence:
    """Take back a piece of evidence of one's own unit; it stays on record and no longer counts."""
    post, _ = acting(by)
    task, _ = opened(evidence.task_id, "evidence.withdraw", by)
    reason = rules.check_reason(reason, "撤下佐证")
    row = _present(Evidence.objects.filter(pk=evidence.pk), task.finding.cycle)
    _check_own(row, post.organisation.unit_key)
    record(subject=row, changes=[_move(row, EvidenceMove.WITHDRAW), *voided(task.finding)], reason=reason)
    return row


def _replaced(replaces: Evidence | None, task: Task, unit: int) -> Evidence | None:
    if replaces is None:
        return None
    if replaces.task_id != task.pk:
        raise rules.WrongContent("要替换的佐证不属于该任务，请重新选择。", field="replaces")
    row = _present(Evidence.objects.filter(pk=replaces.pk, task=task), task.finding.cycle)
    _check_own(row, unit)
    return row


def _present(rows: QuerySet[Evidence], cycle: int) -> Evidence:
    """Read a piece again, locked; HandlingRefused for one on which an earlier closure rests."""
    row = rows.select_for_update().get()
    rules.check_present_cycle(row.cycle, cycle, f"佐证“{row.title}”")
    return row


def _check_own(row: Evidence, unit: int) -> None:
    if row.organisation_id != unit:
        raise rules.HandlingRefused(f"佐证“{row.title}”由其他单位提交，只能由提交单位替换或撤下。")


def _move(row: Evidence, move: EvidenceMove, **also: Any) -> Change:
    """Bring a piece to its next state, with other columns that go with it."""
    before = snapshot(row)
    after = rules.next_of(EVIDENCE_MOVES, EvidenceState(row.state), move, f"佐证“{row.title}”").value
    for name, value in {"state": after, **also}.items():
        setattr(row, name, value)
    row.save(update_fields=["state", *also])
    return changed(row, before)
