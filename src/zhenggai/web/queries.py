"""Named reads shaped for the pages: each makes a fixed number of statements, however many rows there are."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef
from django.shortcuts import get_object_or_404

from zhenggai.evidence.models import SourceDocument
from zhenggai.ledger.handling.standing import visible_inspections, visible_readings
from zhenggai.ledger.models import Inspection, Proposal, Reading
from zhenggai.ledger.states import Kind, ProposalState
from zhenggai.parties.models import Post
from zhenggai.web.keyset import page_after

OPEN = ProposalState.OPEN.value

_READINGS = 10
"""Readings that the worklist points out."""


@dataclass(frozen=True)
class InspectionLine:
    """One line of the list: an inspection, its editions, the newest reading, how many items are to be decided, and what documents say of it."""

    inspection: Inspection
    editions: int
    latest: int | None
    open: int
    stated: Mapping[str, object]


@dataclass(frozen=True)
class InspectionsPage:
    """A page of the list, and the key that leads on."""

    rows: list[InspectionLine]
    next_key: int | None
    first: bool


def inspections_page(post: Post, before: int | None) -> InspectionsPage:
    """The inspections before a key that the post may know of, newest first. Four statements."""
    found = page_after(visible_inspections(post), "pk", before, newest_first=True)
    keys = [row.pk for row in found.rows]
    readings = visible_readings(post).filter(inspection__in=keys).values("inspection")
    editions: dict[int, tuple[int, int | None]] = {
        row["inspection"]: (row["number"], row["latest"])
        for row in readings.annotate(number=Count("pk"), latest=Max("pk")).order_by()
    }
    waiting = Proposal.objects.filter(reading__inspection__in=keys, state=OPEN).values("reading__inspection")
    counts = {
        row["reading__inspection"]: row["number"] for row in waiting.annotate(number=Count("pk")).order_by()
    }
    stated = stated_of(keys)
    lines = []
    for row in found.rows:
        number, latest = editions.get(row.pk, (0, None))
        lines.append(InspectionLine(row, number, latest, counts.get(row.pk, 0), stated.get(row.pk, {})))
    return InspectionsPage(lines, found.next_key, found.first)


def stated_of(inspections: Iterable[int]) -> dict[int, Mapping[str, object]]:
    """What the newest document says of each inspection, decided or not: its name until somebody has accepted it. One statement."""
    items = Proposal.objects.filter(reading__inspection__in=list(inspections), kind=Kind.INSPECTION.value)
    rows = items.select_related("reading").order_by("pk")
    return {row.reading.inspection_id: row.current for row in rows}


def readings_to_decide() -> list[Reading]:
    """The newest readings of which items are still to be decided; as many as a page shows. One statement."""
    waiting = Proposal.objects.filter(reading=OuterRef("pk"), state=OPEN)
    rows = Reading.objects.filter(Exists(waiting)).select_related("inspection")
    return list(rows.order_by("-pk")[:_READINGS])


def unread_count() -> int:
    """How many files are kept for another try; what counts for a hint is none, some, or many."""
    return len(SourceDocument.objects.filter(text_sha256="").values_list("pk", flat=True)[:50])


def reading_or_404(post: Post, pk: int) -> Reading:
    """The reading with its document and inspection, if the post may open its desk. One statement."""
    return get_object_or_404(visible_readings(post).select_related("document", "inspection"), pk=pk)


def document_or_404(post: Post, pk: int) -> SourceDocument:
    """A document whose original the post may take: read into inspections all of which it may open, or into none yet."""
    documents = SourceDocument.objects.all()
    closed = Reading.objects.exclude(pk__in=visible_readings(post).values("pk"))
    return get_object_or_404(documents.exclude(pk__in=closed.values("document")), pk=pk)


def item_or_404(reading: Reading, pk: int) -> Proposal:
    """An item of the reading with what stands above it and before it. One statement."""
    rows = Proposal.objects.select_related("parent", "previous__reading")
    return get_object_or_404(rows, reading=reading, pk=pk)


def recent_codes() -> list[Inspection]:
    """Inspections that the upload form offers: the newest ones; any other code may be typed."""
    return list(Inspection.objects.order_by("-pk")[:30])


def waiting_by_reading(post: Post, inspection: Inspection) -> dict[int, int]:
    """How many items of each of the inspection's readings that the post may open are still to be decided. One statement."""
    readings = visible_readings(post).filter(inspection=inspection)
    waiting = Proposal.objects.filter(reading__in=readings, state=OPEN).values("reading")
    return {row["reading"]: row["number"] for row in waiting.annotate(number=Count("pk")).order_by("reading")}
