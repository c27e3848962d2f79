"""Acts on requests: 延期 of a time limit and 豁免 of one condition; asked by one, decided by another, counted, with an end."""

from datetime import date

from zhenggai.journal.acts import Actor, act, actor_name, moment, record
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import Change, changed, created
from zhenggai.ledger.actions.parts import acting, opened, today, voided
from zhenggai.ledger.handling import rules
from zhenggai.ledger.handling.models import Extension, Waiver
from zhenggai.ledger.handling.states import REQUEST_MOVES, RequestMove, RequestState, WaiverKind
from zhenggai.ledger.models import Measure, Task


@act("extension.request", "申请延期")
def request_extension(*, task: Task, to_on: date, reason: str, by: Actor) -> Extension:
    """Ask for a later time limit, with the reason; one request at a time."""
    _, person = acting(by)
    task, _ = opened(task.pk, "extension.request", by, live=True)
    reason = rules.check_reason(reason, "申请延期")
    rules.check_extension(task.due_on, to_on, today())
    waiting = Extension.objects.filter(task=task, state=RequestState.REQUESTED.value)
    rules.check_none_waiting(waiting.exists())
    row = Extension.objects.create(
        task=task, finding=task.finding, from_on=task.due_on, to_on=to_on, reason=reason,
        state=RequestState.REQUESTED.value, requested_at=moment(), requested_by=actor_name(), requester=person,
    )  # fmt: skip
    record(subject=row, changes=[created(row)], reason=reason)
    return row


@act("extension.decide", "批复延期")
def decide_extension(*, extension: Extension, approved: bool, decision: str = "", by: Actor) -> Extension:
    """Grant or refuse an extension; granted, the task's time limit moves and the first date is kept."""
    _, person = acting(by)
    task, _ = opened(extension.task_id, "extension.decide", by)
    row = Extension.objects.select_for_update().get(pk=extension.pk)
    rules.check_another(person.pk, row.requester_id, "批复延期")
    change = _decide(row, person.pk, decision, approved=approved)
    changes: list[Change] = [change]
    if approved:
        before = snapshot(task)
        task.first_due_on = task.first_due_on or task.due_on or row.from_on
        task.due_on = row.to_on
        task.save(update_fields=["first_due_on", "due_on"])
        changes += [changed(task, before), *voided(task.finding)]
    record(subject=row, changes=changes, reason=row.decision)
    return row


@act("waiver.request", "请示豁免")
def request_waiver(
    *,
    task: Task,
    kind: WaiverKind,
    reason: str,
    expires_on: date,
    measure: Measure | None = None,
    by: Actor,
) -> Waiver:
    """Ask that one condition be waived until a day: evidence for a measure or task, or the completion of a task. Nothing else can be."""
    post, person = acting(by)
    task, _ = opened(task.pk, "waiver.request", by, live=True)
    reason = rules.check_reason(reason, "请示豁免")
    rules.check_expiry(expires_on, today())
    if measure is not None and (measure.task_id != task.pk or kind is not WaiverKind.EVIDENCE):
        raise rules.WrongContent("所选措施不属于该任务，或该事项不针对措施，请重新选择。", field="measure")
    row = Waiver.objects.create(
        finding=task.finding, cycle=task.finding.cycle, kind=kind.value, measure=measure, task=task, reason=reason,
        expires_on=expires_on, state=RequestState.REQUESTED.value, requested_at=moment(), requested_by=actor_name(),
        requester=person, requested_unit_id=post.organisation.unit_key,
    )  # fmt: skip
    record(subject=row, changes=[created(row)], reason=reason)
    return row


@act("waiver.decide", "批复豁免")
def decide_waiver(*, waiver: Waiver, approved: bool, decision: str, by: Actor) -> Waiver:
    """Grant or refuse a waiver, with the reason; another person of another unit than who asked."""
    post, person = acting(by)
    task, _ = opened(waiver.task_id, "waiver.decide", by)
    decision = rules.check_reason(decision, "批复豁免")
    row = Waiver.objects.select_for_update().get(pk=waiver.pk)
    rules.check_present_cycle(row.cycle, task.finding.cycle, "该豁免请示")
    rules.check_another(person.pk, row.requester_id, "批复豁免")
    rules.check_another_unit(post.organisation.unit_key, row.requested_unit_id, "批复豁免")
    change = _decide(row, person.pk, decision, approved=approved)
    record(subject=row, changes=[change, *voided(task.finding)], reason=decision)
    return row


def _decide(row: Extension | Waiver, decider: int, decision: str, *, approved: bool) -> Change:
    """Bring a request to its decision."""
    text = rules.plain_text(decision, most=500, field="decision", label="批复意见")
    if not approved:
        text = rules.check_reason(text, "不批准")
    before = snapshot(row)
    move = RequestMove.APPROVE if approved else RequestMove.REFUSE
    row.state = rules.next_of(REQUEST_MOVES, RequestState(row.state), move, "该申请").value
    row.decided_at, row.decided_by, row.decider_id, row.decision = moment(), actor_name(), decider, text
    row.save(update_fields=["state", "decided_at", "decided_by", "decider", "decision"])
    return changed(row, before)
