"""责任: who answers for a finding, from labels or table cells.

Guarantees
1. Names are as written, parted at 、 and other list signs.
2. A time limit keeps its wording; `due_on` is its date, `standing` says 长期坚持, `immediate` says 立行立改.
"""

from __future__ import annotations

import re

from gongwen.models import Assignment
from gongwen.reading.dates import iso_date
from gongwen.reading.tables.labels import IMMEDIATE, STANDING

_LIST_SIGNS = re.compile("[、，,；;/]")
_ROLES = ("lead_official", "lead_unit", "responsible", "supporting", "due")


def assignment_of(values: dict[str, str]) -> Assignment | None:
    """The assignment that labelled values or cells state, `None` if they state none."""
    if not any(values.get(role) for role in _ROLES):
        return None
    due = values.get("due")
    return Assignment(
        lead_official=values.get("lead_official"),
        lead_unit=values.get("lead_unit"),
        responsible_units=names(values.get("responsible", "")),
        supporting_units=names(values.get("supporting", "")),
        due=due,
        due_on=_last_day_of(due) if due else None,
        immediate=bool(due) and any(word in (due or "") for word in IMMEDIATE),
        standing=bool(due) and any(word in (due or "") for word in STANDING),
    )


def names(words: str) -> tuple[str, ...]:
    """A list of units as written."""
    return tuple(part for part in _LIST_SIGNS.split(words) if part)


def _last_day_of(due: str) -> str | None:
    return iso_date(due)
