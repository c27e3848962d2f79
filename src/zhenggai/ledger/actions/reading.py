"""Acts that take a document in."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from zhenggai.evidence import store
from zhenggai.evidence.models import SourceDocument
from zhenggai.journal.acts import Actor, act, moment, record
from zhenggai.journal.chain import canonical
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import Change, changed, created
from zhenggai.ledger import queries, rules
from zhenggai.ledger.bulk import update_rows
from zhenggai.ledger.items import Item, Items, full_date
from zhenggai.ledger.matching import Comparison, Verdict, compare
from zhenggai.ledger.models import Inspection, Proposal, Reading
from zhenggai.ledger.states import CODE_LETTERS, Decision, InspectionKind, Kind, Match, ProposalState
from zhenggai.parties.permissions import check

_BATCH = 500


@act("inspection.open", "登记检查")
def open_inspection(*, kind: InspectionKind, year: int, by: Actor, code: str = "") -> Inspection:
    """Open an inspection's ledger; without a code it gets the next one of its kind and year, such as 2024-XS-01."""
    check(by, "inspection.open")
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
    check(by, "document.read")
    known = queries.live_proposals(inspection)
    comparison = compare(items.items, queries.as_known(known.values()))
    reading = _create_reading(inspection, document, result, items, comparison)
    proposals = _create_proposals(reading, items, comparison, known)
    replaced = _supersede({known[p.previous_id]: p for p in proposals if p.previous_id is not None})
    record(
        subject=reading,
        changes=[created(reading), *(created(p) for p in proposals), *replaced],
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


def _supersede(newer: Mapping[Proposal, Proposal]) -> list[Change]:
    """Mark earlier proposals as replaced by newer ones and return what changed.

    What hung on a replaced proposal and is not in the new edition hangs on the newer one from now on.
    """
    by_key = {old.pk: new for old, new in newer.items()}
    orphans = [child for child in queries.live_children(newer) if child.pk not in by_key]
    befores = [(row, snapshot(row)) for row in (*newer, *orphans)]
    for proposal in newer:
        proposal.state = rules.next_state(ProposalState(proposal.state), Decision.SUPERSEDE).value
    update_rows(newer, ["state"])
    for child in orphans:
        child.parent = by_key[child.parent_id or 0]
    update_rows(orphans, ["parent"])
    return [changed(row, before) for row, before in befores]


@act("proposal.identify", "认定条目")
def identify(*, proposal: Proposal, same_as: Proposal | None, by: Actor) -> Proposal:
    """Settle which earlier item a doubtful one is, or that it is new (``same_as=None``).

    If it is an earlier one, what stands under both is compared in turn. What then turns out to be missing joins the reading's list.
    """
    check(by, "proposal.identify")
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    likely = queries.live_candidates(proposal)
    rules.check_can_identify(
        ProposalState(proposal.state),
        Match(proposal.match),
        [row.pk for row in likely],
        same_as.pk if same_as else None,
    )
    before = snapshot(proposal)
    chosen = next((row for row in likely if same_as and row.pk == same_as.pk), None)
    changes = _identify_as(proposal, chosen) if chosen else []
    if not chosen:
        proposal.match = Match.NEW.value
        proposal.save(update_fields=["match"])
    changes += _note_missing(proposal.reading, [row.pk for row in likely if row is not chosen])
    record(subject=proposal, changes=[changed(proposal, before), *changes])
    return proposal


def _identify_as(proposal: Proposal, chosen: Proposal) -> list[Change]:
    """Let a proposal be the earlier item, and compare what stands under it with what stood under that."""
    family = [
        proposal,
        *(row for row in queries.descendants(proposal) if row.state == ProposalState.OPEN.value),
    ]
    earlier = {row.pk: row for row in (chosen, *queries.descendants(chosen))}
    comparison = compare(_as_items(family), queries.as_known(earlier.values()), given={0: chosen.pk})
    befores = [(row, snapshot(row)) for row in family[1:]]
    for row, verdict in zip(family, comparison.verdicts, strict=True):
        row.match, row.candidates = verdict.match.value, list(verdict.candidates)
        if verdict.known is not None:
            _carry_over(row, earlier[verdict.known])
    columns = ["match", "candidates", "previous", "target_id", "decided_at", "decided_by"]
    # The row is named before the state says that there is one.
    update_rows(family, [*columns, "corrected", "corrected_content", "state"])
    replaced = _supersede(
        {earlier[v.known]: row for row, v in zip(family, comparison.verdicts, strict=True) if v.known}
    )
    found = {verdict.known for verdict in comparison.verdicts if verdict.known is not None}
    missing = _note_missing(proposal.reading, comparison.missing, found=found)
    return [*(changed(row, before) for row, before in befores), *replaced, *missing]


def _as_items(proposals: Sequence[Proposal]) -> list[Item]:
    """Proposals as the comparison knows new items; parents come first."""
    at = {row.pk: position for position, row in enumerate(proposals)}
    return [
        Item(Kind(row.kind), row.payload, row.path, row.number, parent=at.get(row.parent_id or 0))
        for row in proposals
    ]


def _note_missing(reading: Reading, keys: Sequence[int], *, found: Collection[int] = ()) -> list[Change]:
    """Bring the list of what the edition no longer has up to date: with these, unless somebody is still asked about them; without what was found."""
    asked = queries.asked_about(reading)
    fresh = [key for key in keys if key not in asked and key not in reading.missing]
    missing = [key for key in (*reading.missing, *fresh) if key not in found]
    if missing == reading.missing:
        return []
    before = snapshot(reading)
    reading.missing = missing
    reading.save(update_fields=["missing"])
    return [changed(reading, before)]
