"""Named reads of the ledger."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Model, QuerySet

from zhenggai.core.errors import NotFound
from zhenggai.indicators.models import Observation
from zhenggai.ledger.kinds import KINDS
from zhenggai.ledger.matching import Known
from zhenggai.ledger.models import Claim, Finding, Inspection, Measure, PolicyDocument, Proposal, Reading
from zhenggai.ledger.states import DEPENDENT, LIVE, RESULTS, TAKEN, Kind, Match, ProposalState
from zhenggai.parties.models import Organisation

_CHUNK = 500
"""Keys named in one statement."""

WITHDRAWABLE: dict[Kind, type[Model]] = {
    Kind.AREA: Finding,
    Kind.FINDING: Finding,
    Kind.MEASURE: Measure,
    Kind.CITATION: PolicyDocument,
    Kind.CLAIM: Claim,
    Kind.FIGURE: Observation,
}
"""Tables whose rows can be withdrawn, by kind."""


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
            contents=_settled_contents(proposal),
            number=proposal.number,
            parent=proposal.parent_id,
            asked=tuple(proposal.candidates) if proposal.match == Match.UNSURE.value else (),
        )
        for proposal in proposals
    ]


def _settled_contents(proposal: Proposal) -> frozenset[str]:
    """Contents that say nothing new. Of a change that nobody has decided yet there are none: the ledger still holds what was before."""
    if proposal.state == ProposalState.OPEN.value and proposal.target_id is not None:
        return frozenset()
    return frozenset(filter(None, (proposal.content, proposal.corrected_content)))


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


def open_children(proposals: Iterable[Proposal]) -> list[Proposal]:
    """The open proposals that stand directly under these."""
    return locked(Proposal.objects.filter(parent__in=list(proposals), state=ProposalState.OPEN.value))


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


def figures_of(inspection: Inspection) -> QuerySet[Proposal, Any]:
    """Keys of the values that the inspection's documents gave and that were accepted, as a subquery."""
    given = Proposal.objects.filter(
        reading__inspection=inspection, kind=Kind.FIGURE.value, state__in=[state.value for state in TAKEN]
    )
    return given.values("target_id")


def last_decided(proposal: Proposal) -> Proposal | None:
    """Return the newest earlier edition's item that somebody decided."""
    earlier = proposal.previous
    while earlier is not None and earlier.decided_at is None:
        earlier = earlier.previous
    return earlier


def live_candidates(proposal: Proposal) -> list[Proposal]:
    """The earlier items among which a person is asked to choose, as far as no other item has taken their place."""
    rows = proposals_by_key(proposal.candidates)
    live = {state.value for state in LIVE}
    return [rows[key] for key in proposal.candidates if key in rows and rows[key].state in live]


def organisations_of(inspection: Inspection) -> QuerySet[Organisation]:
    """The organisations that the inspection's documents name and that were accepted."""
    named = Proposal.objects.filter(
        reading__inspection=inspection,
        kind=Kind.ORGANISATION.value,
        state__in=[state.value for state in TAKEN],
    )
    return Organisation.objects.filter(pk__in=named.values("target_id"))


def open_proposals(reading: Reading) -> QuerySet[Proposal]:
    """What is still to be decided of a reading."""
    return reading.proposals.filter(state=ProposalState.OPEN.value)


def in_ledger(proposals: Iterable[Proposal]) -> set[int]:
    """Keys of the proposals of which the ledger holds a row, from them or from an earlier edition, that was not withdrawn."""
    found = set()
    by_model: dict[type[Model], list[Proposal]] = defaultdict(list)
    for proposal in proposals:
        if proposal.target_id is not None:
            model = WITHDRAWABLE.get(Kind(proposal.kind))
            if model is None:
                found.add(proposal.pk)
            else:
                by_model[model].append(proposal)
    for model, named in by_model.items():
        present = model._default_manager.filter(pk__in=[p.target_id for p in named], withdrawn_at=None)
        keys = set(present.values_list("pk", flat=True))
        found |= {proposal.pk for proposal in named if proposal.target_id in keys}
    return found


def rejected_before(reading: Reading) -> set[int]:
    """Keys of the open proposals that say anew what somebody had decided not to have in the ledger."""
    again = open_proposals(reading).exclude(previous=None).select_related("previous")
    decided = {proposal.pk: earlier for proposal in again if (earlier := last_decided(proposal)) is not None}
    present = in_ledger(decided.values())
    return {key for key, earlier in decided.items() if earlier.pk not in present}


def inspections_like(stated: Mapping[str, Any]) -> list[Inspection]:
    """The inspections of which a document speaks, as last read or corrected.

    Same feedback date, and team or party agree; or, where one of the two gives no date, both team and party agree.
    """
    about = Proposal.objects.filter(kind=Kind.INSPECTION.value, state__in=[state.value for state in LIVE])
    found = []
    for proposal in about.select_related("reading__inspection").order_by("pk"):
        if _agree(proposal.current, stated) and proposal.reading.inspection not in found:
            found.append(proposal.reading.inspection)
    return found


def _agree(known: Mapping[str, Any], stated: Mapping[str, Any]) -> bool:
    pairs = [
        (_bare(known[name]), _bare(stated[name]))
        for name in ("team", "party")
        if known[name] and stated[name]
    ]
    dates = {known["feedback_on"], stated["feedback_on"]} - {""}
    enough = len(pairs) >= (1 if known["feedback_on"] and stated["feedback_on"] else 2)
    return enough and len(dates) <= 1 and all(a == b for a, b in pairs)


_PARTY_WORDS = re.compile("^中共|(?:党委|党组|党工委|工委|委员会|委)$")


def _bare(name: str) -> str:
    """A party's name as all its forms share it: 中共浅溪县委、浅溪县委、浅溪县."""
    return _PARTY_WORDS.sub("", name)


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
        found += below.filter(state__in=[state.value for state in LIVE]).order_by("position")
    return found


def descendants(proposal: Proposal) -> list[Proposal]:
    """Everything live that stands under a proposal, parents first."""
    found: list[Proposal] = []
    level = [proposal]
    while level:
        level = live_children(level)
        found += level
    return found


def asked_about(reading: Reading) -> set[int]:
    """Keys of the earlier items about which a person is still asked in this reading."""
    doubtful = open_proposals(reading).filter(match=Match.UNSURE.value)
    return {key for keys in doubtful.values_list("candidates", flat=True) for key in keys}


def claims_within(proposals: Iterable[Proposal]) -> dict[int, list[str]]:
    """What the claims inside each of these say of the progress, by the proposal's key."""
    found: dict[int, list[str]] = defaultdict(list)
    keys = [proposal.pk for proposal in proposals]
    for start in range(0, len(keys), _CHUNK):
        inside = Proposal.objects.filter(kind=Kind.CLAIM.value, parent__in=keys[start : start + _CHUNK])
        for parent, payload in inside.values_list("parent_id", "payload"):
            found[parent or 0].append(payload["progress"])
    return found


def mentions(rows: Iterable[int], *, without: Iterable[int]) -> dict[int, dict[str, Any]]:
    """What the settled mentions of cited documents say of them, by the row's key; a result before anything else."""
    taken = Proposal.objects.filter(
        kind=Kind.CITATION.value, target_id__in=list(rows), state__in=[state.value for state in TAKEN]
    )
    results = {role.value for role in RESULTS}
    spoken: dict[int, dict[str, Any]] = {}
    for proposal in taken.exclude(pk__in=list(without)).order_by("reading_id", "position"):
        known = spoken.get(proposal.target_id or 0)
        if known is None or (proposal.current["role"] in results and known["role"] not in results):
            spoken[proposal.target_id or 0] = proposal.current
    return spoken


def shared_rows(proposals: Iterable[Proposal], kind: Kind, *, targets: set[int] | None = None) -> set[int]:
    """Return rows of a kind that other accepted proposals name too, so that they must stay when these go."""
    given = list(proposals)
    others = Proposal.objects.filter(
        kind=kind.value,
        state__in=[state.value for state in TAKEN],
        target_id__in=targets if targets is not None else {p.target_id for p in given},
    ).exclude(pk__in=[p.pk for p in given])
    return {target for target in others.values_list("target_id", flat=True) if target is not None}
