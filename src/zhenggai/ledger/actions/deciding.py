"""Acts that settle proposals: accept, correct, reject. Each proposal settled is one event, however many are settled in one click."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from zhenggai.journal.acts import Actor, act, actor_name, moment, record
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import changed
from zhenggai.ledger import queries, rules
from zhenggai.ledger.actions.parts import settle_reviews
from zhenggai.ledger.actions.rows import take, take_back
from zhenggai.ledger.actions.work import Work
from zhenggai.ledger.bulk import update_rows
from zhenggai.ledger.items import content_digest
from zhenggai.ledger.kinds import normalised
from zhenggai.ledger.models import Proposal
from zhenggai.ledger.states import DEPENDENT, TAKEN, Decision, Kind, Match, ProposalState
from zhenggai.parties.permissions import check


@act("proposal.accept", "采纳")
def accept(*, proposals: Sequence[Proposal], by: Actor) -> list[Proposal]:
    """Take proposals into the ledger as they were read (or as they were corrected earlier), parents first.

    Open proposals above them are accepted too: a measure cannot hang in the air. Return all that were accepted.
    """
    check(by, "proposal.accept")
    rules.check_something_chosen(len(proposals))
    works = _works(_with_open_parents(queries.locked(proposals)), Decision.ACCEPT)
    take(works, by)
    _settle(works)
    return [work.proposal for work in works]


@act("proposal.correct", "更正")
def correct(*, proposal: Proposal, content: Mapping[str, Any], reason: str = "", by: Actor) -> Proposal:
    """Take a proposal into the ledger with other content than was read, or correct what was taken before."""
    check(by, "proposal.correct")
    checked = normalised(Kind(proposal.kind), content)
    chain = _with_open_parents(queries.locked([proposal]))
    proposal = next(p for p in chain if p.pk == proposal.pk)
    above = _works([p for p in chain if p is not proposal], Decision.ACCEPT)
    (own,) = _works([proposal], Decision.CORRECT)
    proposal.corrected, proposal.corrected_content = checked, content_digest(checked)
    take([*above, own], by)
    _settle([*above, own], reason)
    return proposal


@act("proposal.reject", "不采纳")
def reject(*, proposals: Sequence[Proposal], reason: str = "", by: Actor) -> list[Proposal]:
    """Decide that proposals are not to be in the ledger; what was taken is withdrawn, and open proposals below go with them.

    Refused while something accepted hangs on one of them that is not rejected at the same time.
    """
    check(by, "proposal.reject")
    rules.check_something_chosen(len(proposals))
    rows = _with_open_children(queries.locked(proposals))
    chosen = {proposal.pk for proposal in rows}
    hanging = [child for child in queries.taken_dependents(rows) if child.pk not in chosen]
    rules.check_nothing_hangs_on([queries.title_of(child) for child in hanging])
    works = _works(rows, Decision.REJECT)
    take_back(works, by, reason)
    _settle(works, reason)
    return rows


@act("proposal.keep", "维持原内容")
def keep(*, proposal: Proposal, reason: str = "", by: Actor) -> Proposal:
    """Leave the ledger as it is although a new edition says otherwise; both forms stay on record."""
    check(by, "proposal.keep")
    (proposal,) = queries.locked([proposal])
    rules.check_can_keep(Match(proposal.match), in_ledger=bool(queries.in_ledger([proposal])))
    (work,) = _works([proposal], Decision.KEEP)
    earlier = queries.last_decided(proposal)
    if earlier is not None:
        proposal.corrected = earlier.current
        proposal.corrected_content = content_digest(earlier.current)
    _settle([work], reason)
    return proposal


def _works(proposals: Sequence[Proposal], decision: Decision) -> list[Work]:
    """Check each move and give each proposal its new state; parents come first."""
    order = list(Kind)
    works = []
    for proposal in sorted(proposals, key=lambda p: (order.index(Kind(p.kind)), p.reading_id, p.position)):
        was = ProposalState(proposal.state)
        after = rules.next_state(was, decision)
        if after in TAKEN:
            rules.check_settled(Match(proposal.match))
        if after in TAKEN and proposal.corrected is not None:
            after = ProposalState.CORRECTED
        works.append(Work(proposal, was, snapshot(proposal)))
        proposal.state = after.value
        proposal.decided_at, proposal.decided_by = moment(), actor_name()
    return works


def _settle(works: Sequence[Work], reason: str = "") -> None:
    """Write the proposals and record one event for each."""
    settle_reviews(works)
    rows = [work.proposal for work in works]
    update_rows(rows, ["state", "target_id", "decided_at", "decided_by"])
    update_rows([row for row in rows if row.corrected is not None], ["corrected", "corrected_content"])
    for work in works:
        record(
            subject=work.proposal, changes=[changed(work.proposal, work.before), *work.changes], reason=reason
        )


def _with_open_parents(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Add the open proposals on which these depend; refuse if one of them was rejected."""
    rows = {proposal.pk: proposal for proposal in proposals}
    level: Iterable[Proposal] = proposals
    while parents := queries.live_parents([p for p in level if Kind(p.kind) in DEPENDENT]):
        missing = [p for p in parents.values() if p.pk not in rows and p.state not in TAKEN]
        rules.check_parents_not_rejected(
            [queries.title_of(p) for p in missing if p.state == ProposalState.REJECTED.value]
        )
        rows.update((p.pk, p) for p in missing)
        level = missing
    return list(rows.values())


def _with_open_children(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Add the open proposals that stand under these."""
    rows = {proposal.pk: proposal for proposal in proposals}
    level: Sequence[Proposal] = proposals
    while level:
        children = queries.open_children(level)
        level = [child for child in children if child.pk not in rows]
        rows.update((child.pk, child) for child in level)
    return list(rows.values())
