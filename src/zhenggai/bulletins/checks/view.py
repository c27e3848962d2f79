"""审前检查的视图: a draft as the rules look at it; what several of them need is computed once.

Places are cut to their line, whatever a draft says of them, so that a page can always mark what a rule points at.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import gongwen
from zhenggai.bulletins.facts import Bound, Draft, Item, Place
from zhenggai.bulletins.states import Audience
from zhenggai.ledger.handling.states import Classification

_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")


@dataclass(frozen=True)
class Bare:
    """A text without blanks and punctuation, and where each of its characters stood."""

    text: str
    places: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where bare characters ``[start, end)`` stand in the text as written; ``start < end``."""
        return self.places[start], self.places[end - 1] + 1


def bare(text: str) -> Bare:
    """Without blanks and punctuation, which nobody copies faithfully."""
    places = [at for at, character in enumerate(text) if character.isalnum()]
    return Bare("".join(text[at] for at in places), places)


@dataclass(frozen=True)
class View:
    """A draft with what the rules ask of it."""

    draft: Draft

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The texts of the paragraphs."""
        return tuple(line.text for line in self.draft.lines)

    @cached_property
    def public(self) -> bool:
        """Whether the document is meant for the public."""
        return self.draft.audience == Audience.PUBLIC

    @cached_property
    def told(self) -> tuple[Item, ...]:
        """Items that this document may speak of."""
        return tuple(item for item in self.draft.items if not self._is_withheld(item))

    @cached_property
    def withheld(self) -> tuple[Item, ...]:
        """Items that this document must be silent about: what is sensitive in any, whatever is not public in one for the public."""
        return tuple(item for item in self.draft.items if self._is_withheld(item))

    def _is_withheld(self, item: Item) -> bool:
        if item.classification is Classification.SENSITIVE:
            return True
        return self.public and item.classification is not Classification.PUBLIC

    @cached_property
    def remarks(self) -> tuple[gongwen.Remark, ...]:
        """What the text library has to say."""
        return tuple(gongwen.check(self.draft.reading))

    @cached_property
    def figures(self) -> dict[int, list[tuple[Place, Bound]]]:
        """Figures by line, in order, with their places cut to the line; a figure outside the text is left out."""
        found: dict[int, list[tuple[Place, Bound]]] = defaultdict(list)
        for bound in self.draft.figures:
            place = self.cut(bound.figure.place)
            if place is not None:
                found[place.line].append((place, bound))
        for row in found.values():
            row.sort(key=lambda pair: pair[0])
        return dict(found)

    def figures_in(self, line: int, start: int, end: int) -> list[tuple[Place, Bound]]:
        """Figures that begin within characters ``[start, end)`` of a line."""
        return [pair for pair in self.figures.get(line, ()) if start <= pair[0].start < end]

    def sentences(self, line: int) -> Iterator[tuple[int, str]]:
        """Sentences of a line with where they begin; 、 and ， do not end one, ； does."""
        for match in _SENTENCE.finditer(self.lines[line]):
            yield match.start(), match[0]

    def cut(self, place: Place | None) -> Place | None:
        """A place within its line, or None where there is no such line."""
        if place is None or not 0 <= place.line < len(self.lines):
            return None
        return self.at(place.line, place.start, place.end)

    def at(self, line: int, start: int, end: int) -> Place:
        """A place in a line that exists, cut to its text."""
        length = len(self.lines[line])
        begin = min(max(start, 0), length)
        return Place(line, begin, min(max(end, begin), length))

    def place(self, span: tuple[int, int]) -> Place | None:
        """The place of characters of the whole text, None where there is no text."""
        starts = self.draft.starts
        if not starts or not self.lines:
            return None
        line = min(max(bisect_right(starts, span[0]) - 1, 0), len(self.lines) - 1)
        return self.at(line, span[0] - starts[line], span[1] - starts[line])

    @cached_property
    def bare_lines(self) -> tuple[Bare, ...]:
        """Each line without blanks and punctuation."""
        return tuple(bare(text) for text in self.lines)

    @cached_property
    def bare_text(self) -> str:
        """All bare lines, one behind the other without a break: what is split over paragraphs is found as well."""
        return "".join(line.text for line in self.bare_lines)

    @cached_property
    def _bare_starts(self) -> list[int]:
        starts, at = [], 0
        for line in self.bare_lines:
            starts.append(at)
            at += len(line.text)
        return starts

    def bare_places(self, start: int, end: int) -> tuple[Place, ...]:
        """Places of characters ``[start, end)`` of ``bare_text``: one for each line that they touch."""
        found = []
        line = bisect_right(self._bare_starts, start) - 1
        while line < len(self.bare_lines) and self._bare_starts[line] < end:
            own, offset = self.bare_lines[line], self._bare_starts[line]
            begin, stop = max(start - offset, 0), min(end - offset, len(own.text))
            if begin < stop:
                found.append(Place(line, *own.span(begin, stop)))
            line += 1
        return tuple(found)


def short(text: str, length: int = 20) -> str:
    """The beginning of a text, for a sentence that names it."""
    return text if len(text) <= length else text[:length] + "…"
