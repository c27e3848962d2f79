"""Acts that take a document in."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from zhenggai.evidence import store
from zhenggai.evidence.models import SourceDocument
from zhenggai.journal.acts import Actor, act, moment, record
from zhenggai.journal.chain import canonical
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import changed, created
from zhenggai.ledger import queries, rules
from zhenggai.ledger.bulk import update_rows
from zhenggai.ledger.items import Items, full_date
from zhenggai.ledger.matching import Comparison, Verdict, compare
from zhenggai.ledger.models import Inspection, Proposal, Reading
from zhenggai.ledger.permissions import check_read_in
from zhenggai.ledger.states import CODE_LETTERS, Decision, InspectionKind, Match, ProposalState

_BATCH = 500


@act("inspection.open", "登记检查")
def open_inspection(*, kind: InspectionKind, year: int, by: Actor, code: str = "") -> Inspection:
    """Open an inspection's ledger; without a code it gets the next one of its kind and year, such as 2024-XS-01."""
    check_read_in(by)
    code = code or queries.next_code(CODE_LETTERS[kind], year)
    inspection = Inspection.objects.create(code=code, kind=kind.value)
    record(subject=inspection, changes=[created(inspection)])
    return inspection


@act("document.read", "读入文件")
def read_document(
    *, inspection: Inspection, document: SourceDocument, result: Mapping[str, Any], items: Items, by: Actor
) -> Reading:
    """Enter what was read from a document as proposals, compared with the earlier editions of the inspection.

    One event for the whole reading. What an earlier decision settled and the new edition repeats stays settled; earlier proposals that
    the new edition replaces are marked so; those it no longer has stay as they are and are listed.
    """
    check_read_in(by)
    known = queries.live_proposals(inspection)
    comparison = compare(items.items, queries.as_known(known.values()))
    reading = _create_reading(inspection, document, result, items, comparison)
    proposals = _create_proposals(reading, items, comparison, known)
    replaced = _supersede({known[p.previous_id]: p for p in proposals if p.previous_id is not None})
    record(
        subject=reading,
        changes=[
            created(reading),
            *(created(p) for p in proposals),
            *(changed(p, before) for p, before in replaced),
        ],
    )
    return reading


def _create_reading(
    inspection: Inspection,
    document: SourceDocument,
    result: Mapping[str, Any],
    items: Items,
    comparison: Comparison,
) -> Reading:
    kept = {**result, "leftovers": items.leftovers}
    issued_on = full_date(result["issued_on"])
    return Reading.objects.create(
        inspection=inspection,
        document=document,
        edition=inspection.readings.count() + 1,
        document_kind=str(result["kind"])[:16],
        title=_stored(result["title"]),
        issuer=_stored(result["issuer"])[:200],
        issued_on=date.fromisoformat(issued_on) if issued_on else None,
        reader=str(result.get("reader") or "")[:32],
        result_sha256=store.put(canonical(kept).encode("utf-8", "surrogatepass")),
        missing=comparison.missing,
        read_at=moment(),
    )


def _stored(text: Any) -> str:
    return str(text or "").replace("\x00", "")


def _create_proposals(
    reading: Reading, items: Items, comparison: Comparison, known: Mapping[int, Proposal]
) -> list[Proposal]:
    """Insert the proposals level by level, so that each can name what it stands under."""
    proposals = [
        _proposal(reading, position, items, comparison.verdicts[position], known)
        for position in range(len(items.items))
    ]
    for level in _levels(items):
        for position in level:
            above = items.items[position].parent
            proposals[position].parent = None if above is None else proposals[above]
        Proposal.objects.bulk_create([proposals[position] for position in level], batch_size=_BATCH)
    return proposals


def _levels(items: Items) -> list[list[int]]:
    """Positions by depth: what stands under nothing, what stands under that, and so on."""
    depths: list[int] = []
    for item in items.items:
        depths.append(0 if item.parent is None else depths[item.parent] + 1)
    return [
        [at for at, own in enumerate(depths) if own == depth] for depth in range(max(depths, default=-1) + 1)
    ]


def _proposal(
    reading: Reading, position: int, items: Items, verdict: Verdict, known: Mapping[int, Proposal]
) -> Proposal:
    item = items.items[position]
    proposal = Proposal(
        reading=reading, position=position, kind=item.kind.value, path=item.path, number=item.number,
        payload=item.payload, content=item.content, match=verdict.match.value,
        state=ProposalState.OPEN.value, candidates=list(verdict.candidates),
    )  # fmt: skip
    if item.span:
        proposal.span_start, proposal.span_end = item.span
    if verdict.known is not None:
        _carry_over(proposal, known[verdict.known])
    return proposal


def _carry_over(proposal: Proposal, previous: Proposal) -> None:
    """Let a proposal take the place of an earlier one: its row, and, if nothing changed, its decision too."""
    proposal.previous = previous
    proposal.target_id = previous.target_id
    if proposal.match == Match.UNCHANGED.value:
        proposal.state = previous.state
        proposal.corrected, proposal.corrected_content = previous.corrected, previous.corrected_content
        proposal.decided_at, proposal.decided_by = previous.decided_at, previous.decided_by


def _supersede(newer: Mapping[Proposal, Proposal]) -> list[tuple[Proposal, dict[str, Any]]]:
    """Mark earlier proposals as replaced by newer ones; return them with their snapshots from before.

    What hung on a replaced proposal and is not in the new edition hangs on the newer one from now on.
    """
    befores = [(proposal, snapshot(proposal)) for proposal in newer]
    for proposal in newer:
        proposal.state = rules.next_state(ProposalState(proposal.state), Decision.SUPERSEDE).value
    update_rows(newer, ["state"])
    by_key = {old.pk: new for old, new in newer.items()}
    orphans = [child for child in queries.live_children(newer) if child.parent_id in by_key]
    for child in orphans:
        child.parent = by_key[child.parent_id or 0]
    update_rows(orphans, ["parent"])
    return befores


@act("proposal.identify", "认定条目")
def identify(*, proposal: Proposal, same_as: Proposal | None, by: Actor) -> Proposal:
    """Settle which earlier item a doubtful one is, or that it is new (``same_as=None``)."""
    check_read_in(by)
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    rules.check_can_identify(Match(proposal.match), proposal.candidates, same_as.pk if same_as else None)
    before = snapshot(proposal)
    changes = []
    if same_as is None:
        proposal.match = Match.NEW.value
    else:
        same_as = Proposal.objects.select_for_update().get(pk=same_as.pk)
        contents = {same_as.content, same_as.corrected_content}
        proposal.match = (Match.UNCHANGED if proposal.content in contents else Match.CHANGED).value
        _carry_over(proposal, same_as)
        proposal.save()
        changes = [changed(old, was) for old, was in _supersede({same_as: proposal})]
    proposal.save()
    record(subject=proposal, changes=[changed(proposal, before), *changes])
    return proposal
