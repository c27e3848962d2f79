"""One proposal being settled, and how the rows of many are changed at once. Called by :mod:`rows` and :mod:`citations` only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model

from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import Change, changed, created
from zhenggai.ledger.models import Proposal
from zhenggai.ledger.states import ProposalState

_BATCH = 500


@dataclass
class Work:
    """One proposal being settled: its state and snapshot from before, and the changes of ledger rows that it brings."""

    proposal: Proposal
    was: ProposalState
    before: dict[str, Any]
    changes: list[Change] = field(default_factory=list)

    @property
    def content(self) -> dict[str, Any]:
        """What the ledger is to hold."""
        return self.proposal.current

    @property
    def place(self) -> dict[str, Any]:
        """Columns of the row's source."""
        p = self.proposal
        if p.span_start is None:
            return {"document": None, "span_start": None, "span_end": None}
        return {"document": p.reading.document, "span_start": p.span_start, "span_end": p.span_end}


PRESENT = {"withdrawn_at": None, "withdrawn_by": ""}
"""What makes a withdrawn row count again."""


def pairs_of(works: Sequence[Work], model: type[Model]) -> list[tuple[Work, Model]]:
    """Each work with the row that it names; a row named twice is given once."""
    by_row = {work.proposal.target_id: work for work in works if work.proposal.target_id}
    rows = model._default_manager.select_for_update().filter(pk__in=by_row.keys())
    return [(by_row[row.pk], row) for row in rows]


def update_known(
    works: Sequence[Work], model: type[Model], values: Callable[[Work], dict[str, Any]]
) -> list[Work]:
    """Bring the rows that proposals already name to their new values; return the works that name none."""
    update(pairs_of(works, model), lambda work: {**values(work), **PRESENT})
    return [work for work in works if work.proposal.target_id is None]


def update(pairs: Sequence[tuple[Work, Model]], values: Callable[[Work], dict[str, Any]]) -> None:
    """Set values on rows and note the change with each work; a row that already has them is left alone."""
    for work, row in pairs:
        before = snapshot(row)
        for name, value in values(work).items():
            setattr(row, name, value)
        change = changed(row, before)
        if change.before != change.after:
            row.save()
            work.changes.append(change)


def create(works: Sequence[Work], model: type[Model], rows: Sequence[Model]) -> None:
    """Insert rows and note them with the works they came of."""
    for work, row in zip(works, model._default_manager.bulk_create(rows, batch_size=_BATCH), strict=True):
        work.proposal.target_id = row.pk
        work.changes.append(created(row))


def day(iso: str) -> date | None:
    """Return the day of an ISO date; None of an empty field."""
    return date.fromisoformat(iso) if iso else None
