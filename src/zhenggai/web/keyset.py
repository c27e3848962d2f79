"""键集分页: pages that continue after a key. No offset and no count: the cost of a page does not grow with what stands before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)

SIZE = 30
"""Rows on a page of a list."""

_DIGITS = 18
"""A longer number is no key: both databases count keys in 64 bits."""


@dataclass(frozen=True)
class Page(Generic[M]):
    """One page of rows and the keys that lead on; ``None`` where there is nothing further."""

    rows: Sequence[M]
    next_key: int | None = None
    first: bool = True


def key_from(written: str | None) -> int | None:
    """Return the key in an address; None if there is none or it is nonsense, which then means the beginning."""
    text = written or ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def page_after(
    rows: QuerySet[M], field: str, key: int | None, *, newest_first: bool = False, size: int = SIZE
) -> Page[M]:
    """Return the rows after ``key`` in the order of a unique ``field``. One statement."""
    side, order = ("lt", f"-{field}") if newest_first else ("gt", field)
    if key is not None:
        rows = rows.filter(**{f"{field}__{side}": key})
    found = list(rows.order_by(order)[: size + 1])
    shown = found[:size]
    more = getattr(shown[-1], field) if len(found) > size else None
    return Page(shown, more, first=key is None)
