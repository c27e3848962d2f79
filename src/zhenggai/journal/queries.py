"""Named reads of the journal."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from zhenggai.journal import snapshots
from zhenggai.journal.acts import CATALOGUE
from zhenggai.journal.models import ChangedRow, Event
from zhenggai.journal.trail import head

__all__ = ["HistoryLine", "head", "history"]


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
