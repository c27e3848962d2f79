"""读入一个文件: from bytes to proposals, whichever door the file came through."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction

import gongwen
from zhenggai.core import clock
from zhenggai.core.errors import Refusal
from zhenggai.evidence import store
from zhenggai.evidence.actions import keep_document
from zhenggai.evidence.queries import document_by_digest
from zhenggai.journal.acts import Actor
from zhenggai.journal.locks import Lock, hold
from zhenggai.ledger import items as reader_items
from zhenggai.ledger import queries
from zhenggai.ledger.actions.deciding import accept
from zhenggai.ledger.actions.reading import open_inspection, read_document
from zhenggai.ledger.models import Inspection, Proposal, Reading
from zhenggai.ledger.states import InspectionKind, Kind, Match, ProposalState
from zhenggai.parties.permissions import check

LARGEST = 64 * 1024 * 1024
"""Largest file that is read, in bytes."""


class Unreadable(Refusal):
    """文件无法读出: the reader's sentence; a file uploaded through the page is kept for another try."""

    code = "unreadable"


class InspectionUnclear(Refusal):
    """检查不明确: the document could belong to more than one inspection."""

    code = "inspection_unclear"


@dataclass
class Counts:
    """条数 by comparison with the earlier editions."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: int = 0
    unsure: int = 0

    def as_dict(self) -> dict[str, int]:
        """JSON object."""
        return dict(vars(self))


@dataclass
class Outcome:
    """读入结果: what a file brought, in all and per kind; how many proposals were accepted, and how many remain open.

    ``notes`` say what was left out of the file, ``remarks`` counts 检查意见 by severity; both only when the file was read now.
    """

    reading: Reading
    repeated: bool
    kinds: dict[Kind, Counts] = field(default_factory=lambda: {kind: Counts() for kind in Kind})
    accepted: int = 0
    open: int = 0
    notes: tuple[str, ...] = ()
    remarks: Counter[str] = field(default_factory=Counter)

    @property
    def total(self) -> Counts:
        """Counts over all kinds."""
        return Counts(**{name: sum(vars(c)[name] for c in self.kinds.values()) for name in vars(Counts())})

    def as_dict(self) -> dict[str, Any]:
        """JSON object: the counts in all, then per kind."""
        return {
            "inspection": self.reading.inspection.code,
            "document": self.reading.document.name,
            "sha256": self.reading.document.sha256,
            "edition": self.reading.edition,
            "repeated": self.repeated,
            **self.total.as_dict(),
            "accepted": self.accepted,
            "open": self.open,
            "notes": list(self.notes),
            "remarks": dict(self.remarks),
            "kinds": {kind.value: counts.as_dict() for kind, counts in self.kinds.items()},
        }


def read_file(
    *,
    name: str,
    data: bytes,
    inspection_code: str = "",
    accept_all: bool = False,
    keep: bool = False,
    by: Actor,
) -> Outcome:
    """Read a file into the ledger, all in one transaction or not at all.

    The same bytes again change nothing. ``keep`` stores a file that cannot be read for another try. Raises Unreadable, InspectionUnclear,
    NotFound for an unknown inspection code, NotPermitted.
    """
    check(by, "document.read")
    sha256 = store.digest_of(data)
    found = _known_reading(sha256, inspection_code) or _read(name, data, by, keep=keep)
    with transaction.atomic():
        hold(Lock.CHAIN)
        if isinstance(found, _Found):
            # Asked again under the lock: somebody else may have entered the same file meanwhile.
            found = _known_reading(sha256, inspection_code) or found
        outcome = _unchanged(found) if isinstance(found, Reading) else _entered(found, inspection_code, by)
        if accept_all:
            chosen = acceptable(outcome.reading)
            outcome.accepted = len(accept(proposals=chosen, by=by)) if chosen else 0
        outcome.open = queries.open_proposals(outcome.reading).count()
    return outcome


def acceptable(reading: Reading) -> list[Proposal]:
    """The open proposals of a reading that can be accepted at one click.

    Left for a person are those whose identity is doubtful, those that reword what was rejected before, and what stands under one of these or
    under something rejected.
    """
    rejected = reading.proposals.filter(state=ProposalState.REJECTED.value).values_list("pk", flat=True)
    waiting = {*rejected, *queries.rejected_before(reading)}
    waiting |= {p.pk for p in queries.open_proposals(reading).filter(match=Match.UNSURE.value)}
    chosen: list[Proposal] = []
    for proposal in queries.open_proposals(reading).order_by("position"):
        if proposal.pk in waiting or proposal.parent_id in waiting:
            waiting.add(proposal.pk)  # and so does what stands under it
        else:
            chosen.append(proposal)
    return chosen


def _known_reading(sha256: str, code: str) -> Reading | None:
    """Return the reading that these very bytes already have, in the inspection named or in the only one they were read into."""
    inspections = [queries.inspection_by_code(code)] if code else queries.inspections_with(sha256)
    return queries.reading_of(inspections[0], sha256) if len(inspections) == 1 else None


@dataclass(frozen=True)
class _Found:
    """A file that has been read, and not yet entered."""

    name: str
    data: bytes
    text: str
    result: Mapping[str, Any]


def _read(name: str, data: bytes, by: Actor, *, keep: bool) -> _Found:
    """Open and read a file of any format; Unreadable if it cannot be, after keeping its bytes where that was asked for."""
    if len(data) > LARGEST:
        raise Unreadable(
            f"文件“{name}”有 {len(data):,} 字节，超过上限 {LARGEST:,} 字节（{LARGEST // 1024 // 1024} MB），请拆分后再读入。"
        )
    try:
        extraction = gongwen.extract(data, name=name)
    except gongwen.GongwenError as error:
        if keep:
            keep_document(name=name, data=data, text=None, problem=str(error), by=by)
        raise Unreadable(str(error), code=error.code) from error
    return _Found(name, data, extraction.text, _result(extraction))


def _result(extraction: gongwen.Extraction) -> dict[str, Any]:
    """What the reader says of a file: what it found, and what it remarks on."""
    bulletin = gongwen.read(extraction)
    return {**bulletin.as_dict(), "remarks": [asdict(remark) for remark in gongwen.check(bulletin)]}


def _enter(found: _Found, code: str, by: Actor) -> Reading:
    """Enter a file that was not read before: its inspection if need be, its bytes, its proposals."""
    result, sha256 = found.result, store.digest_of(found.data)
    inspection = _inspection_for(result, sha256, code)
    document = document_by_digest(sha256)
    if document is None or document.problem:
        document = keep_document(name=found.name, data=found.data, text=found.text, by=by)
    if inspection is None:
        inspection = open_inspection(kind=InspectionKind(_stated(result)["kind"]), year=_year(result), by=by)
    items = reader_items.build(result)
    return read_document(inspection=inspection, document=document, result=result, items=items, by=by)


def _stated(result: Mapping[str, Any]) -> dict[str, Any]:
    return reader_items.inspection_payload(result)


def _year(result: Mapping[str, Any]) -> int:
    """The year under which a new inspection is filed: of the feedback, else of the document, else this one."""
    stated = _stated(result)["feedback_on"] or str(result["issued_on"] or "")
    return int(stated[:4]) if stated[:4].isdigit() else clock.now().year


def _inspection_for(result: Mapping[str, Any], sha256: str, code: str) -> Inspection | None:
    """Return the inspection that the document belongs to; None if it is a new one."""
    if code:
        return queries.inspection_by_code(code)
    candidates = queries.inspections_with(sha256) or queries.inspections_like(_stated(result))
    if len(candidates) > 1:
        codes = "、".join(inspection.code for inspection in candidates)
        raise InspectionUnclear(f"该文件可能属于 {codes}，请用“所属检查”（--inspection）指明其中一个。")
    return candidates[0] if candidates else None


def _unchanged(reading: Reading) -> Outcome:
    outcome = Outcome(reading, repeated=True)
    for kind, number in Counter(reading.proposals.values_list("kind", flat=True)).items():
        outcome.kinds[Kind(kind)].unchanged = number
    return outcome


def _entered(found: _Found, code: str, by: Actor) -> Outcome:
    outcome = _counted(_enter(found, code, by))
    outcome.notes = tuple(found.result["notes"])
    outcome.remarks = Counter(remark["severity"] for remark in found.result["remarks"])
    return outcome


def _counted(reading: Reading) -> Outcome:
    outcome = Outcome(reading, repeated=False)
    for (kind, match), number in Counter(reading.proposals.values_list("kind", "match")).items():
        setattr(outcome.kinds[Kind(kind)], match, number)
    for kind, number in Counter(p.kind for p in queries.proposals_by_key(reading.missing).values()).items():
        outcome.kinds[Kind(kind)].missing = number
    return outcome
