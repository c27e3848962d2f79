"""A reading's document as kept in the store, ready to be shown. What the store keeps never changes, so it is laid out once."""

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from zhenggai.evidence import store
from zhenggai.evidence.queries import stored_text
from zhenggai.ledger.models import Reading
from zhenggai.web.desk.doubts import Doubts, doubts_of
from zhenggai.web.desk.marks import Mark
from zhenggai.web.desk.paper import Paper, Window, lay_out
from zhenggai.web.desk.remarks import Remark, remarks_of

_KEPT = 6
"""Documents held ready in each process; a large one takes some tens of megabytes."""


@dataclass(frozen=True)
class Leftover:
    """剩余: something number-like that no result explains, with the reader's reason."""

    text: str
    reason: str
    start: int | None
    end: int | None


@dataclass(frozen=True)
class Source:
    """The document laid out, and what the reader said of it that did not become an item.

    ``format`` is the file's (docx, pdf, …), empty where an older reader did not say; ``notes`` say what was left out of the file.
    """

    paper: Paper
    dates: Sequence[Mark]
    leftovers: Sequence[Leftover]
    remarks: Sequence[Remark]
    doubts: Doubts
    format: str
    notes: Sequence[str]

    def dates_in(self, window: Window) -> Sequence[Mark]:
        """The dates that begin in a window."""
        starts = [mark.start for mark in self.dates]
        return self.dates[bisect_left(starts, window.start) : bisect_left(starts, window.end)]

    def leftovers_in(self, window: Window) -> list[Leftover]:
        """The leftovers that begin in a window; those without a place stand in the first one."""
        return [left for left in self.leftovers if window.start <= (left.start or 0) < max(window.end, 1)]

    def remarks_in(self, window: Window) -> list[Remark]:
        """The remarks that begin in a window."""
        return [remark for remark in self.remarks if window.start <= remark.start < max(window.end, 1)]


def source_of(reading: Reading) -> Source:
    """The reading's document; StoreDamaged if the store lost it."""
    return _load(reading.document.text_sha256, reading.result_sha256)


@lru_cache(maxsize=_KEPT)
def _load(text_sha256: str, result_sha256: str) -> Source:
    text = stored_text(text_sha256)
    result = json.loads(store.get(result_sha256))
    dates = sorted(_dates(result.get("dates") or []), key=lambda mark: mark.order)
    leftovers = sorted(_leftovers(result.get("leftovers") or []), key=lambda left: left.start or 0)
    return Source(
        lay_out(text, result),
        tuple(dates),
        tuple(leftovers),
        tuple(remarks_of(result)),
        doubts_of(result),
        str(result.get("format") or ""),
        tuple(result.get("notes") or ()),
    )


def _dates(entries: Iterable[Mapping[str, Any]]) -> Iterator[Mark]:
    for entry in entries:
        start, end = entry["span"]
        until = f" — {entry['end']}" if entry.get("end") else ""
        yield Mark("date", int(start), int(end), note=f"{entry['start']}{until}")


def _leftovers(entries: Iterable[Mapping[str, Any]]) -> Iterator[Leftover]:
    for entry in entries:
        start, end = entry.get("span") or (None, None)
        yield Leftover(str(entry.get("text") or ""), str(entry.get("reason") or ""), start, end)
