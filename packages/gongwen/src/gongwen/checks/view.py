"""检查视图: a bulletin as the checks look at it, paragraphs and sentences with the figures at their places.

Guarantees
1. Only what the bulletin holds is used; the source text is not needed.
2. A figure whose words cannot be found in its cleaned paragraph is left out, so a check is silent rather than wrong.
3. Building takes time linear in the text and the results.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Protocol

from gongwen.models import Block, Bulletin, Finding, Quantity, Remark, Severity, Span


class Placed(Protocol):
    """Any result that knows its words and place."""

    @property
    def text(self) -> str:
        """Its words."""

    @property
    def span(self) -> Span:
        """Its place in the source."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity and where it stands, `[start, end)` in its sentence."""

    quantity: Quantity
    start: int
    end: int

    @property
    def exact(self) -> bool:
        """Neither about nor a range: fit for calculating."""
        return self.quantity.qualifier is None and self.quantity.value_max is None


@dataclass(frozen=True, slots=True)
class Sentence:
    """句: up to 。！？ with its figures in order."""

    text: str
    figures: tuple[Figure, ...]
    block: Block
    exact_places: bool
    offset: int

    def between(self, left: Figure, right: Figure | None) -> str:
        """The words after one figure up to the next, or to the end."""
        return self.text[left.end : right.start if right else len(self.text)]

    def place(self, start: int, end: int) -> Span:
        """Source place of words of the sentence; the whole block where cleaning moved them."""
        if not self.exact_places:
            return self.block.span
        base = self.block.span.start + self.offset
        return Span(base + start, base + end)


@dataclass(frozen=True)
class View:
    """The bulletin with what several checks ask of it, each computed once."""

    bulletin: Bulletin

    @cached_property
    def paragraphs(self) -> tuple[tuple[Sentence, ...], ...]:
        """Sentences by paragraph, without rows, debris and title."""
        quantities = sorted(self.bulletin.quantities, key=lambda q: q.span)
        starts = [q.span.start for q in quantities]
        return tuple(
            tuple(_sentences(block, _within(block, quantities, starts)))
            for block in self.bulletin.blocks
            if block.role in ("text", "item", "heading")
        )

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """All sentences in order."""
        return tuple(sentence for paragraph in self.paragraphs for sentence in paragraph)

    @cached_property
    def leaves(self) -> tuple[Finding, ...]:
        """Problems that enclose no others."""
        parents = {finding.parent for finding in self.bulletin.findings}
        return tuple(finding for finding in self.bulletin.findings if finding.path not in parents)

    def path_at(self, start: int) -> str:
        """The path of the last numbered place (finding or measure) that begins at or before a source place."""
        starts, paths = self._paths
        index = bisect_left(starts, start + 1) - 1
        return paths[index] if index >= 0 else ""

    @cached_property
    def _paths(self) -> tuple[list[int], list[str]]:
        findings = self.bulletin.findings
        found = [(finding.span.start, finding.path) for finding in findings]
        found += [(step.span.start, step.path) for finding in findings for step in finding.measures]
        found.sort()
        return [start for start, _ in found], [path for _, path in found]


_SENTENCE = re.compile(r"[^。！？\n]+")


def _within(block: Block, quantities: list[Quantity], starts: list[int]) -> Sequence[Quantity]:
    return quantities[bisect_left(starts, block.span.start) : bisect_left(starts, block.span.end)]


def _sentences(block: Block, quantities: Sequence[Quantity]) -> Iterator[Sentence]:
    placed = _placed(block, quantities)
    exact = block.span.end - block.span.start == len(block.text)
    number = 0
    for match in _SENTENCE.finditer(block.text):
        begin = number
        while number < len(placed) and placed[number].start < match.end():
            number += 1
        shift = match.start()
        figures = tuple(Figure(f.quantity, f.start - shift, f.end - shift) for f in placed[begin:number])
        yield Sentence(match[0], figures, block, exact, shift)


def _placed(block: Block, quantities: Sequence[Quantity]) -> list[Figure]:
    """Find each figure's words after the one before; cleaning only shortens, which bounds how far to look."""
    found: list[Figure] = []
    cursor, source = 0, block.span.start
    for quantity in quantities:
        limit = cursor + max(0, quantity.span.end - source)
        at = _find_number(block.text, quantity.text, cursor, limit)
        if at < 0:
            continue
        cursor, source = at + len(quantity.text), quantity.span.end
        found.append(Figure(quantity, at, cursor))
    return found


_DIGITS = "0123456789０１２３４５６７８９.,．"


def _find_number(text: str, words: str, cursor: int, limit: int) -> int:
    at = text.find(words, cursor, limit)
    while at > 0 and words[:1] in _DIGITS and text[at - 1] in _DIGITS:
        at = text.find(words, at + 1, limit)
    return at


def remark(
    code: str, severity: Severity, message: str, place: Placed, *others: Placed, path: str = ""
) -> Remark:
    """A remark at a result's place, against the places of others."""
    own = path or str(getattr(place, "path", ""))
    return Remark(code, severity, message, place.span, place.text, own, tuple(other.span for other in others))


def plain(value: Decimal) -> str:
    """A number as a person writes it, without an exponent or idle zeros."""
    words = f"{value:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words


def where(path: str) -> str:
    """The place in words, for the head of a message."""
    return f"“{path}”处，" if path else ""


_DIGITS_OF_A_SLIP = 3


def is_slip(left: str, right: str) -> bool:
    """Two numbers of three digits or more, written alike but for a swap or one digit."""
    if len(left) != len(right) or sum(map(str.isdigit, left)) < _DIGITS_OF_A_SLIP:
        return False
    differing = [(a, b) for a, b in zip(left, right, strict=True) if a != b]
    return len(differing) == 1 or (len(differing) == 2 and differing[0] == differing[1][::-1])  # noqa: PLR2004
