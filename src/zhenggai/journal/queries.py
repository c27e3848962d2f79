"""Named reads of the journal."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q

from zhenggai.journal import snapshots
from zhenggai.journal.acts import CATALOGUE
from zhenggai.journal.models import ChangedRow, Event
from zhenggai.journal.trail import head

__all__ = ["EventLine", "HistoryLine", "Story", "head", "history", "story"]


@dataclass(frozen=True)
class HistoryLine:
    """One line of a row's history: who did what, when and why, and the fields before and after."""

    seq: int
    at: datetime
    act: str
    label: str
    actor: dict[str, str]
    reason: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def history(row: Model) -> list[HistoryLine]:
    """The acts that changed a row, oldest first. Two statements."""
    kind, row_id = snapshots.of(row).kind, str(row.pk)
    seqs = list(ChangedRow.objects.filter(kind=kind, row_id=row_id).values_list("seq", flat=True))
    return [_line(event, kind, row_id) for event in Event.objects.filter(seq__in=seqs).order_by("seq")]


def _line(event: Event, kind: str, row_id: str) -> HistoryLine:
    body = json.loads(event.body)
    change = next(c for c in body["changes"] if c["kind"] == kind and c["id"] == row_id)
    known = CATALOGUE.get(event.act)
    return HistoryLine(
        event.seq, event.at, event.act, known.label if known else event.act,
        body["actor"], body["reason"], change["before"], change["after"],
    )  # fmt: skip


@dataclass(frozen=True)
class ChangeLine:
    """A row that an event changed, with its fields before and after; None where it did not or does not exist."""

    kind: str
    row_id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True)
class EventLine:
    """One event, as it is told: who did what to what, when and why, and what that changed."""

    seq: int
    at: datetime
    act: str
    label: str
    actor: Mapping[str, str]
    subject_kind: str
    subject_id: str
    reason: str
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True)
class Story:
    """A page of events, newest first, and the key that leads on; ``None`` where there is nothing older."""

    rows: list[EventLine]
    next_key: int | None
    first: bool


def story(rows: Mapping[str, Iterable[int]], *, before: int | None = None, size: int = 20) -> Story:
    """The acts that changed any of these rows (kind → keys), newest first, with what they changed in these rows only. Two statements."""
    wanted = {kind: {str(key) for key in keys} for kind, keys in rows.items()}
    found = Q(pk__in=[])
    for kind, keys in wanted.items():
        found |= Q(kind=kind, row_id__in=keys)
    numbers = ChangedRow.objects.filter(found).values_list("seq", flat=True).distinct().order_by("-seq")
    if before is not None:
        numbers = numbers.filter(seq__lt=before)
    seqs = list(numbers[: size + 1])
    events = Event.objects.filter(seq__in=seqs[:size]).order_by("-seq")
    lines = [_told(event, wanted) for event in events]
    return Story(lines, seqs[size - 1] if len(seqs) > size else None, first=before is None)


def _told(event: Event, wanted: Mapping[str, set[str]]) -> EventLine:
    body = json.loads(event.body)
    known = CATALOGUE.get(event.act)
    return EventLine(
        event.seq, event.at, event.act, known.label if known else event.act, body["actor"],
        event.subject_kind, event.subject_id, body["reason"],
        tuple(
            ChangeLine(c["kind"], c["id"], c["before"], c["after"])
            for c in body["changes"] if c["id"] in wanted.get(c["kind"], ())
        ),
    )  # fmt: skip
