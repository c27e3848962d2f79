"""检查意见: what the reader remarks on in a document, beside the place where it stands.

1. A remark stands beside the piece of the text in which its span begins, once.
2. Its words are marked in the text itself; severity is told by a word and a line, never by colour alone.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext_lazy

from zhenggai.web.desk.marks import Mark
from zhenggai.web.desk.paper import Piece

SEVERITIES = ("error", "warning", "hint")
"""In falling order."""

_LABELS = {"error": gettext_lazy("有误"), "warning": gettext_lazy("存疑"), "hint": gettext_lazy("提示")}


@dataclass(frozen=True)
class Remark:
    """意见: where, how severe, and the reader's sentence; ``number`` counts from 1 in the order of the text."""

    number: int
    severity: str
    message: str
    start: int
    end: int
    related: tuple[tuple[int, int], ...] = ()

    @property
    def anchor(self) -> str:
        """Address of the remark within the page."""
        return f"r-{self.number}"

    @property
    def label(self) -> str:
        """The severity in the reader's language."""
        return label_of(self.severity)

    @property
    def marks(self) -> Iterator[Mark]:
        """The words that the remark is about, and those that they contradict."""
        for start, end in ((self.start, self.end), *self.related):
            yield Mark(f"remark-{self.severity}", start, end, note=self.message)


def label_of(severity: str) -> str:
    """A severity in the reader's language."""
    return str(_LABELS[severity])


def remarks_of(result: Mapping[str, Any]) -> Iterator[Remark]:
    """The remarks in the reader's result, in the order of the text; none from a reader that did not check."""
    entries = sorted(result.get("remarks") or (), key=lambda entry: (entry["span"], entry["code"]))
    for number, entry in enumerate(entries, 1):
        start, end = entry["span"]
        related = tuple((int(a), int(b)) for a, b in entry.get("related") or ())
        yield Remark(number, str(entry["severity"]), str(entry["message"]), int(start), int(end), related)


def beside(pieces: Sequence[Piece], remarks: Iterable[Remark]) -> dict[int, list[Remark]]:
    """Which remarks stand beside which of the pieces, by index."""
    starts = [piece.start for piece in pieces]
    found: dict[int, list[Remark]] = defaultdict(list)
    for remark in remarks:
        found[max(bisect_right(starts, remark.start) - 1, 0)].append(remark)
    return found


def asides_html(remarks: Iterable[Remark]) -> str:
    """The remarks beside one piece."""
    return "".join(
        f'<aside class="remark remark-{remark.severity}" id="{remark.anchor}">'
        f"<strong>{escape(remark.label)}</strong> {escape(remark.message)}</aside>"
        for remark in remarks
    )


class Severities:
    """The worst severity that touches a place, in logarithmic time."""

    def __init__(self, remarks: Iterable[Remark]) -> None:
        places = sorted(
            (start, end, SEVERITIES.index(remark.severity))
            for remark in remarks
            for start, end in ((remark.start, remark.end), *remark.related)
        )
        self._starts = [start for start, _end, _rank in places]
        self._places = places
        self._reach = list(accumulate((end for _start, end, _rank in places), max))

    def at(self, start: int | None, end: int | None) -> str:
        """Severity of the worst remark about what stands within ``[start, end)``; empty if there is none."""
        if start is None or end is None:
            return ""
        ranks = []
        index = bisect_right(self._starts, end - 1) - 1
        while index >= 0 and self._reach[index] > start:
            there, until, rank = self._places[index]
            # What merely stands somewhere inside a long remark (a paragraph twice) is not itself remarked on.
            if until > start and until - there <= 2 * (end - start):
                ranks.append(rank)
            index -= 1
        return SEVERITIES[min(ranks)] if ranks else ""
