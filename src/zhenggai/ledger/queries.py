"""Named reads of the ledger."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import QuerySet

from zhenggai.core.errors import NotFound
from zhenggai.ledger.kinds import KINDS
from zhenggai.ledger.matching import Known
from zhenggai.ledger.models import Inspection, PolicyDocument, Proposal, Reading
from zhenggai.ledger.states import DEPENDENT, LIVE, TAKEN, Kind, ProposalState
from zhenggai.parties.models import Organisation

_CHUNK = 500
"""Keys named in one statement."""


def next_code(letters: str, year: int) -> str:
    """Return the next free code of an inspection, such as 2024-XS-01."""
    prefix = f"{year}-{letters}-"
    used = Inspection.objects.filter(code__startswith=prefix).values_list("code", flat=True)
    numbers = [int(code[len(prefix) :]) for code in used if code[len(prefix) :].isdigit()]
    return f"{prefix}{max(numbers, default=0) + 1:02d}"


def inspection_by_code(code: str) -> Inspection:
    """Return the inspection with this code; NotFound, naming the known ones, if there is none."""
    found = Inspection.objects.filter(code=code).first()
    if found is None:
        known = "、".join(Inspection.objects.values_list("code", flat=True)[:10])
        raise NotFound(
            f"没有编号为“{code}”的检查。已有检查：{known or '无，读入一份文件即登记'}。", code=code
        )
    return found


def live_proposals(inspection: Inspection) -> dict[int, Proposal]:
    """Every proposal of the inspection that no newer edition has replaced, by key, locked for the caller's transaction."""
    live = Proposal.objects.select_for_update().filter(reading__inspection=inspection, state__in=list(LIVE))
    return {proposal.pk: proposal for proposal in live.order_by("reading_id", "position")}


def as_known(proposals: Iterable[Proposal]) -> list[Known]:
    """Return proposals as the comparison knows them."""
    return [
        Known(
            key=proposal.pk,
            kind=Kind(proposal.kind),
            payloads=tuple(p for p in (proposal.payload, proposal.corrected) if p is not None),
            contents=frozenset(filter(None, (proposal.content, proposal.corrected_content))),
            number=proposal.number,
            parent=proposal.parent_id,
        )
        for proposal in proposals
    ]


def reading_of(inspection: Inspection, sha256: str) -> Reading | None:
    """Return the reading of the document with this digest into the inspection."""
    return inspection.readings.select_related("document").filter(document__sha256=sha256).first()


def inspections_with(sha256: str) -> list[Inspection]:
    """The inspections into which the document with this digest was read."""
    return list(Inspection.objects.filter(readings__document__sha256=sha256).order_by("pk"))


def locked(proposals: Iterable[Proposal]) -> list[Proposal]:
    """Read the proposals again, locked for the caller's transaction, with their reading, document and inspection."""
    keys = [proposal.pk for proposal in proposals]
    rows = Proposal.objects.select_related("reading__inspection", "reading__document")
    found: list[Proposal] = []
    for start in range(0, len(keys), _CHUNK):
        chunk = keys[start : start + _CHUNK]
        found += rows.select_for_update(of=("self",)).filter(pk__in=chunk).order_by("pk")
    return found


def live_parents(proposals: Iterable[Proposal]) -> dict[int, Proposal]:
    """Return what each proposal stands under, by the proposal's key."""
    wanted = {proposal.pk: proposal.parent_id for proposal in proposals if proposal.parent_id}
    rows = {row.pk: row for row in locked(Proposal.objects.filter(pk__in=set(wanted.values())))}
    return {pk: rows[parent] for pk, parent in wanted.items()}


def open_dependents(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The open proposals that hang directly on these."""
    below = Proposal.objects.filter(parent__in=list(proposals), state=ProposalState.OPEN.value)
    return locked(below.filter(kind__in=[kind.value for kind in DEPENDENT]))


def proposals_by_key(keys: Iterable[int]) -> dict[int, Proposal]:
    """Return proposals by their keys."""
    wanted = list(keys)
    found: dict[int, Proposal] = {}
    for start in range(0, len(wanted), _CHUNK):
        found |= Proposal.objects.in_bulk(wanted[start : start + _CHUNK])
    return found


def policy_documents(keys: Iterable[tuple[int, str]]) -> dict[tuple[int, str], PolicyDocument]:
    """Return the registered documents among these, by inspection and title, locked for the caller's transaction."""
    wanted = list(keys)
    found = {}
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        rows = PolicyDocument.objects.select_for_update().filter(
            inspection__in={inspection for inspection, _ in chunk}, title__in=[title for _, title in chunk]
        )
        found.update({(row.inspection_id, row.title): row for row in rows})
    return found


def title_of(proposal: Proposal) -> str:
    """What people call the item."""
    return str(proposal.current[KINDS[Kind(proposal.kind)].title])


def paths(inspection: Inspection, kinds: Iterable[Kind]) -> dict[int, str]:
    """The number that each row has in the newest edition, as written (二（四）), by the row's key; for kinds of one table."""
    taken = Proposal.objects.filter(
        reading__inspection=inspection,
        kind__in=[kind.value for kind in kinds],
        state__in=[state.value for state in TAKEN],
    )
    return {target: path for target, path in taken.values_list("target_id", "path") if target is not None}


def organisations_of(inspection: Inspection) -> list[Organisation]:
    """The organisations that the inspection's documents name and that were accepted."""
    named = Proposal.objects.filter(
        reading__inspection=inspection,
        kind=Kind.ORGANISATION.value,
        state__in=[state.value for state in TAKEN],
    )
    return list(Organisation.objects.filter(pk__in=named.values("target_id")))


def depends(proposal: Proposal) -> bool:
    """Whether the proposal's row hangs on the row of what it stands under."""
    return Kind(proposal.kind) in DEPENDENT


def open_proposals(reading: Reading) -> QuerySet[Proposal]:
    """What is still to be decided of a reading."""
    return reading.proposals.filter(state=ProposalState.OPEN.value)


def inspections_like(stated: Mapping[str, Any]) -> list[Inspection]:
    """The inspections of which a document speaks: same feedback date, and the team or the party agree, as last read or corrected."""
    feedback_on = stated["feedback_on"]
    if not feedback_on or not (stated["team"] or stated["party"]):
        return []
    about = Proposal.objects.filter(kind=Kind.INSPECTION.value, state__in=[state.value for state in LIVE])
    found = []
    for proposal in about.select_related("reading__inspection").order_by("pk"):
        known = proposal.current
        same = known["feedback_on"] == feedback_on and _agree(known, stated)
        if same and proposal.reading.inspection not in found:
            found.append(proposal.reading.inspection)
    return found


def _agree(known: Mapping[str, Any], stated: Mapping[str, Any]) -> bool:
    """Team and party agree where both documents state them, and one of them is stated by both."""
    pairs = [(known[name], stated[name]) for name in ("team", "party") if known[name] and stated[name]]
    return bool(pairs) and all(a == b for a, b in pairs)


def taken_dependents(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The accepted proposals whose rows hang directly on these."""
    kinds = [kind.value for kind in DEPENDENT]
    below = Proposal.objects.filter(parent__in=list(proposals), kind__in=kinds)
    return list(below.filter(state__in=[state.value for state in TAKEN]).order_by("position"))


def live_children(proposals: Iterable[Proposal]) -> list[Proposal]:
    """What stands directly under these and was not replaced by a newer edition."""
    keys = [proposal.pk for proposal in proposals]
    found: list[Proposal] = []
    for start in range(0, len(keys), _CHUNK):
        below = Proposal.objects.filter(parent__in=keys[start : start + _CHUNK])
        found += below.filter(state__in=[state.value for state in LIVE])
    return found


def shared_rows(proposals: Iterable[Proposal], kind: Kind) -> set[int]:
    """Return rows of a kind that other accepted proposals name too, so that they must stay when these go."""
    given = list(proposals)
    others = Proposal.objects.filter(
        kind=kind.value,
        state__in=[state.value for state in TAKEN],
        target_id__in={p.target_id for p in given},
    ).exclude(pk__in=[p.pk for p in given])
    return {target for target in others.values_list("target_id", flat=True) if target is not None}
