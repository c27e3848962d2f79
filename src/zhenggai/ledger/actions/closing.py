"""Acts of 销号: applied for by the head of a unit, reviewed step by step by others, closed, found again. Every door comes through here.

An application is bound to the digest of all it covers. Each approval is held to that digest, and the last one closes the item in the same
transaction; the database itself refuses a closed item without evidence, digest and a second person of another unit.
"""

from datetime import date

from zhenggai.journal.acts import Actor, act, actor_name, moment, record
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import Change, changed, created
from zhenggai.ledger.actions.parts import acting, ended, review_after, today
from zhenggai.ledger.handling import gate, queries, rules
from zhenggai.ledger.handling.facts import Application, ItemFacts, digest_of
from zhenggai.ledger.handling.models import Closure, Relapse, ReviewStep, Seal, StandingCheck
from zhenggai.ledger.handling.standing import capacities
from zhenggai.ledger.handling.states import (
    ClosureState,
    Completion,
    Grade,
    Review,
    ReviewMove,
)
from zhenggai.ledger.models import Finding, Measure, Task
from zhenggai.parties.permissions import check


@act("closure.apply", "申请销号")
def apply(
    *,
    finding: Finding,
    grade: Grade,
    text: str,
    next_check_on: date | None = None,
    short: bool = False,
    by: Actor,
) -> Closure:
    """Apply for the closure of an item. Everything but the review must be there already: the gate's first missing condition is raised."""
    post, person = acting(by)
    finding = queries.locked_finding(finding.pk)
    item = queries.item_facts(finding)
    check(by, "closure.apply", capacities(by, finding, item=item))
    text = rules.plain_text(text, most=5000, field="text", label="申请说明")
    gate.check_can_apply(item)
    unit = post.organisation.unit_key
    steps = queries.profile(finding.inspection).steps(short=short)
    chain = queries.chain_for(steps, queries.reviewing_units(item, finding.inspection_id), unit)
    asked = Application(grade, text, next_check_on, short, chain)
    gate.check(item, asked, today())
    before = snapshot(finding)
    closure = Closure.objects.create(
        finding=finding, cycle=finding.cycle, grade=grade.value, short=short, chain=list(chain), text=text,
        next_check_on=next_check_on, digest=digest_of(item, asked), state=ClosureState.OPEN.value, applied_at=moment(),
        applied_by=actor_name(), applicant=person, applied_unit_id=unit, returns=finding.returns,
    )  # fmt: skip
    finding.review = review_after(finding, ReviewMove.APPLY)
    finding.save(update_fields=["review"])
    record(subject=finding, changes=[created(closure), changed(finding, before)])
    return closure


@act("closure.approve", "审核通过")
def approve(*, closure: Closure, reason: str = "", by: Actor) -> Closure:
    """Take the step whose turn it is; the last one closes the item. Every condition of the gate is asked again at every step."""
    return _take_step(closure, by, reason, approved=True)


@act("closure.return", "退回")
def send_back(*, closure: Closure, reason: str, by: Actor) -> Closure:
    """Send an application back, with the reason; counted on the item."""
    return _take_step(closure, by, rules.check_reason(reason, "退回"), approved=False)


def _take_step(closure: Closure, by: Actor, reason: str, *, approved: bool) -> Closure:
    post, person = acting(by)
    closure = queries.locked_closure(closure.pk)
    finding, item = closure.finding, queries.item_facts(closure.finding)
    held = capacities(by, finding, item=item)
    check(by, "closure.approve" if approved else "closure.return", held)
    if closure.state != ClosureState.OPEN.value:
        raise rules.HandlingRefused(
            f"问题 {finding.number} 的这次申请“{ClosureState(closure.state).label}”，不能再审核。"
        )
    step = queries.step_now(closure, queries.profile(finding.inspection).steps(short=closure.short))
    gate.check_turn(step.by, step.label, held, post.title)
    earlier = list(closure.steps.values_list("reviewer_id", flat=True)) if closure.step else []
    gate.check_reviewer(
        person=person.pk,
        unit=post.organisation.unit_key,
        applicant=closure.applicant_id,
        applied_unit=closure.applied_unit_id,
        earlier=earlier,
    )
    if approved:
        asked = queries.application_of(closure)
        gate.check_unchanged(item, asked, closure.digest)
        gate.check(item, asked, today())
    taken = ReviewStep.objects.create(
        closure=closure, number=closure.step + 1, step=step.code, approved=approved, digest=closure.digest,
        reason=rules.plain_text(reason, most=500, field="reason", label="意见"), taken_at=moment(),
        taken_by=actor_name(), reviewer=person, unit_id=post.organisation.unit_key,
    )  # fmt: skip
    before, was = snapshot(closure), snapshot(finding)
    _move_on(closure, finding, taken, approved=approved)
    changes = [created(taken), changed(closure, before), changed(finding, was)]
    record(subject=finding, changes=[c for c in changes if c.before != c.after], reason=taken.reason)
    if closure.state == ClosureState.CLOSED.value:
        seal(closure=closure, item=item, by=by)
    return closure


def _move_on(closure: Closure, finding: Finding, taken: ReviewStep, *, approved: bool) -> None:
    """Count the step; close, or send back, where it ends the review."""
    last = approved and closure.step + 1 == len(closure.chain)
    closure.step += 1 if approved else 0
    if last:
        closure.state, closure.closed_on = ClosureState.CLOSED.value, today()
        closure.closer_id, closure.closer_unit_id = taken.reviewer_id, taken.unit_id
    elif not approved:
        closure.state = ClosureState.RETURNED.value
        closure.returns += 1
    if last or not approved:
        closure.ended_at, closure.ended_by = moment(), actor_name()
    closure.save()
    move = ReviewMove.CLOSE if last else ReviewMove.APPROVE if approved else ReviewMove.RETURN
    finding.review = review_after(finding, move)
    if not last and approved:
        return
    if last:
        finding.grade, finding.closed_on = closure.grade, closure.closed_on
        finding.next_check_on = closure.next_check_on
    if not approved:
        finding.returns += 1
    finding.save(update_fields=["review", "grade", "closed_on", "next_check_on", "returns"])


@act("closure.seal", "出具销号凭据")
def seal(*, closure: Closure, item: ItemFacts | None = None, by: Actor) -> Seal:
    """Record what anybody may know of a closure as an event of its own, which can be published. Once: AlreadySealed afterwards.

    ``item``, the facts of the cycle that the closure ended, comes from the act that has just closed it and holds its locks.
    """
    if item is None:
        closure = queries.locked_closure(closure.pk)
    finding = closure.finding
    check(by, "closure.seal", capacities(by, finding, item=item))
    known = item is None and Seal.objects.filter(closure=closure).exists()
    closed_on = rules.day_to_seal(closure.state, closure.closed_on, finding.number, sealed=known)
    row = Seal.objects.create(
        closure=closure, finding=finding, inspection=finding.inspection.code, number=finding.number, cycle=closure.cycle,
        grade=closure.grade, closed_on=closed_on, closure_digest=closure.digest,
        evidence=item.accepted_digests if item else queries.accepted_digests(closure),
    )  # fmt: skip
    record(subject=row, changes=[created(row)], apart=True)
    return row


@act("closure.withdraw", "撤回申请")
def withdraw_application(*, closure: Closure, reason: str, by: Actor) -> Closure:
    """Take an application back before it is decided; only the unit that made it may."""
    post, _ = acting(by)
    finding = queries.locked_finding(closure.finding_id)
    check(by, "closure.withdraw", capacities(by, finding))
    reason = rules.check_reason(reason, "撤回申请")
    closure = Closure.objects.select_for_update().get(pk=closure.pk)
    if closure.state != ClosureState.OPEN.value:
        raise rules.HandlingRefused("这次申请已经办结，不能撤回。")
    if closure.applied_unit_id != post.organisation.unit_key:
        raise rules.HandlingRefused("只有提出申请的单位可以撤回申请。")
    changes = ended(closure, finding, ClosureState.WITHDRAWN, ReviewMove.WITHDRAW)
    record(subject=finding, changes=changes, reason=reason)
    return closure


@act("finding.relapse", "登记复发")
def relapse(*, finding: Finding, reason: str, found_on: date, by: Actor) -> Relapse:
    """Open a new cycle (整改轮次) for a closed problem that came back. It cites the closure, which stays a fact with its date."""
    finding = queries.locked_finding(finding.pk)
    check(by, "finding.relapse", capacities(by, finding))
    reason = rules.check_reason(reason, "登记复发")
    if found_on > today():
        raise rules.WrongContent(f"发现日期 {found_on} 在今天之后，请核对。", field="found_on")
    before = snapshot(finding)
    after = review_after(finding, ReviewMove.RELAPSE)
    closure = Closure.objects.get(finding=finding, cycle=finding.cycle, state=ClosureState.CLOSED.value)
    finding.review, finding.grade, finding.closed_on, finding.next_check_on = after, "", None, None
    finding.cycle += 1
    finding.save(update_fields=["review", "grade", "closed_on", "next_check_on", "cycle"])
    row = Relapse.objects.create(
        finding=finding, cycle=finding.cycle, closure=closure, reason=reason, found_on=found_on
    )
    record(
        subject=finding, changes=[created(row), changed(finding, before), *_undone(finding)], reason=reason
    )
    return row


def _undone(finding: Finding) -> list[Change]:
    """Tasks and measures begin again; what was reported and proven stays with the earlier cycle."""
    changes: list[Change] = []
    for task in Task.objects.select_for_update().filter(finding=finding, withdrawn_at=None):
        before = snapshot(task)
        task.completion, task.completed_on = Completion.UNDONE.value, None
        task.save(update_fields=["completion", "completed_on"])
        changes.append(changed(task, before))
    done = Measure.objects.select_for_update().filter(task__finding=finding, done_on__isnull=False)
    for measure in done:
        before = snapshot(measure)
        measure.done_on = None
        measure.save(update_fields=["done_on"])
        changes.append(changed(measure, before))
    return changes


@act("standing.check", "长期坚持复查")
def check_standing(
    *, finding: Finding, text: str, next_check_on: date | None, held: bool = True, by: Actor
) -> StandingCheck:
    """Record the check of a phased and standing item: kept up, with the date of the next check; or not, and then it relapses."""
    finding = queries.locked_finding(finding.pk)
    check(by, "standing.check", capacities(by, finding))
    text = rules.check_reason(text, "长期坚持复查")
    if finding.review != Review.CLOSED.value or finding.next_check_on is None:
        raise rules.HandlingRefused(f"问题 {finding.number} 不是长期坚持的销号事项，不需要复查。")
    if held and (next_check_on is None or next_check_on <= today()):
        raise rules.WrongContent("请填写今天以后的下次复查日期。", field="next_check_on")
    closure = Closure.objects.get(finding=finding, cycle=finding.cycle, state=ClosureState.CLOSED.value)
    row = StandingCheck.objects.create(
        closure=closure, finding=finding, checked_on=today(), held=held, text=text,
        next_check_on=next_check_on if held else None,
    )  # fmt: skip
    changes: list[Change] = [created(row)]
    if held:
        before = snapshot(finding)
        finding.next_check_on = next_check_on
        finding.save(update_fields=["next_check_on"])
        changes.append(changed(finding, before))
    record(subject=finding, changes=changes, reason=text)
    if not held:
        relapse(finding=finding, reason=text, found_on=today(), by=by)
    return row
