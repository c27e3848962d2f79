"""Acts of 审核: submitted, approved step by step by others, sent back, recalled, dropped. Every approval is for one digest of text and bindings."""

from zhenggai.bulletins import rules
from zhenggai.bulletins.actions.sheet import check_ready, check_same, opened, step_now
from zhenggai.bulletins.models import Approval, Bulletin
from zhenggai.bulletins.queries import held_in, sheet_of
from zhenggai.bulletins.states import DraftMove, DraftState
from zhenggai.journal.acts import Actor, act, actor_name, moment, record
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import changed, created
from zhenggai.ledger.actions.parts import acting, today
from zhenggai.ledger.handling.queries import profile


@act("bulletin.submit", "送审文稿")
def submit(*, bulletin: Bulletin, by: Actor) -> Bulletin:
    """Submit a draft: what the checks call an error must be dealt with first; from now on its text and bindings stand still."""
    _, person = acting(by)
    bulletin = opened(bulletin.pk, "bulletin.submit", by, to_change=False)
    state = _after(bulletin, DraftMove.SUBMIT)
    sheet = sheet_of(bulletin, today())
    check_ready(sheet, "送审")
    before = snapshot(bulletin)
    bulletin.state, bulletin.round, bulletin.step = state.value, bulletin.round + 1, 0
    bulletin.digest = sheet.digest
    bulletin.chain = [step.code for step in profile(bulletin.inspection).publication]
    bulletin.submitted_at, bulletin.submitted_by, bulletin.submitter = moment(), actor_name(), person
    bulletin.save()
    record(subject=bulletin, changes=[changed(bulletin, before)])
    return bulletin


@act("bulletin.approve", "审核文稿")
def approve(*, bulletin: Bulletin, reason: str = "", seen: str = "", by: Actor) -> Bulletin:
    """Take the step whose turn it is, for the text and bindings as submitted; the last one finishes the draft.

    ``seen`` is the digest of what the reviewer had before him: ContentMoved if the draft was recalled, changed and submitted again meanwhile.
    """
    return _take_step(bulletin, by, reason, approved=True, seen=seen)


@act("bulletin.return", "退回文稿")
def send_back(*, bulletin: Bulletin, reason: str, by: Actor) -> Bulletin:
    """Send a draft back to be changed, with the reason."""
    return _take_step(bulletin, by, rules.check_reason(reason, "退回"), approved=False)


def _take_step(bulletin: Bulletin, by: Actor, reason: str, *, approved: bool, seen: str = "") -> Bulletin:
    post, person = acting(by)
    bulletin = opened(bulletin.pk, "bulletin.approve" if approved else "bulletin.return", by, to_change=False)
    last = approved and bulletin.step + 1 == len(bulletin.chain)
    move = (DraftMove.FINISH if last else DraftMove.APPROVE) if approved else DraftMove.RETURN
    state = _after(bulletin, move)
    earlier = bulletin.approvals.filter(round=bulletin.round)
    if bulletin.step < len(bulletin.chain):
        step = step_now(bulletin)
        rules.check_reviewer(
            person=person.pk, submitter=bulletin.submitter_id or 0,
            earlier=set(earlier.values_list("reviewer_id", flat=True)), turn=step.label, by=step.by,
            held=held_in(by, bulletin.inspection), title=post.title,
        )  # fmt: skip
        code = step.code
    else:
        code = "approved"
    if approved:
        rules.check_seen(seen, bulletin.digest)
        sheet = sheet_of(bulletin, today())
        check_same(bulletin, sheet)
        check_ready(sheet, "审核通过")
    taken = Approval.objects.create(
        bulletin=bulletin, round=bulletin.round, number=earlier.count() + 1, step=code, approved=approved, digest=bulletin.digest,
        reason=reason.replace("\x00", "").strip()[:500], taken_at=moment(), taken_by=actor_name(), reviewer=person,
        unit_id=post.organisation.unit_key,
    )  # fmt: skip
    before = snapshot(bulletin)
    bulletin.state = state.value
    bulletin.step += 1 if approved else 0
    if not approved:
        bulletin.digest = ""
    bulletin.save(update_fields=["state", "step", "digest"])
    record(subject=bulletin, changes=[created(taken), changed(bulletin, before)], reason=taken.reason)
    return bulletin


@act("bulletin.recall", "撤回文稿")
def recall(*, bulletin: Bulletin, reason: str, by: Actor) -> Bulletin:
    """Take a draft back to change it; the approvals it got were for what it was, and count no more."""
    bulletin = opened(bulletin.pk, "bulletin.recall", by, to_change=False)
    state = _after(bulletin, DraftMove.RECALL)
    reason = rules.check_reason(reason, "撤回")
    before = snapshot(bulletin)
    bulletin.state, bulletin.digest, bulletin.step = state.value, "", 0
    bulletin.save(update_fields=["state", "digest", "step"])
    record(subject=bulletin, changes=[changed(bulletin, before)], reason=reason)
    return bulletin


@act("bulletin.drop", "作废文稿")
def drop(*, bulletin: Bulletin, reason: str, by: Actor) -> Bulletin:
    """Give a draft up; it stays, marked."""
    bulletin = opened(bulletin.pk, "bulletin.drop", by, to_change=False)
    state = _after(bulletin, DraftMove.DROP)
    reason = rules.check_reason(reason, "作废")
    before = snapshot(bulletin)
    bulletin.state = state.value
    bulletin.save(update_fields=["state"])
    record(subject=bulletin, changes=[changed(bulletin, before)], reason=reason)
    return bulletin


def _after(bulletin: Bulletin, move: DraftMove) -> DraftState:
    return rules.next_of(DraftState(bulletin.state), move, f"文稿“{bulletin.title}”")
