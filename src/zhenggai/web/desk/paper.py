"""纸面: a document's text cut into pieces to be shown, and the pieces into windows. Plain Python.

1. The pieces cover the text without gap or overlap, in its order: whatever the reader made of it, no character is lost.
2. No piece is longer than ``LONGEST`` characters and no window holds more than ``PIECES`` pieces or about ``CHARACTERS`` characters, so that
   a page of a large document costs what a page of a small one does.
3. Every position of the text stands in exactly one window.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

LONGEST = 8_000
PIECES = 300
CHARACTERS = 24_000

_STOPS = ("。", "：", "；", "！", "？", ".")
"""What closes a heading whose text runs on behind it."""

_Heading = tuple[int, int, int]


@dataclass(frozen=True)
class Piece:
    """段: a stretch of the text shown as one paragraph. ``level`` counts from 1 for headings, 0 elsewhere.

    ``lead`` is where a heading ends: at the piece's end, or earlier when its text runs on in the same paragraph.
    """

    role: str
    start: int
    end: int
    level: int = 0
    lead: int = 0


@dataclass(frozen=True)
class Window:
    """窗口: the pieces shown at a time, as indices, and the stretch of text that they cover."""

    first: int
    last: int
    start: int
    end: int


@dataclass(frozen=True)
class Paper:
    """A document ready to be shown."""

    text: str
    pieces: tuple[Piece, ...]
    windows: tuple[Window, ...]

    def window_at(self, position: int) -> int:
        """Index of the window in which a position of the text stands; the last one for a position behind the end."""
        starts = [window.start for window in self.windows]
        return max(bisect_right(starts, position) - 1, 0)

    def shown(self, window: Window) -> Sequence[Piece]:
        """The pieces of a window."""
        return self.pieces[window.first : window.last]


def lay_out(text: str, result: Mapping[str, Any]) -> Paper:
    """Cut a text by the blocks and headings of the reader's result (SCHEMA gongwen/1)."""
    headings = sorted(_headings(text, result.get("sections") or []))
    blocks = ((str(block["role"]), *block["span"]) for block in result.get("blocks") or [])
    pieces = tuple(_short(_covering(text, sorted(blocks, key=lambda block: block[1:])), headings))
    return Paper(text, pieces, tuple(_windows(pieces)))


def _headings(text: str, sections: Iterable[Mapping[str, Any]]) -> Iterator[_Heading]:
    """Each heading: where its number begins, its level, and where its words end."""
    for section in sections:
        start, end = section["span"]
        length = len("".join(f"{section['number']}{section['title']}".split()))
        yield int(start), int(section["level"]), _behind(text, int(start), int(end), length)
        yield from _headings(text, section["children"])


def _behind(text: str, start: int, end: int, length: int) -> int:
    """The position behind ``length`` characters that are not blank, and behind the stop that closes them."""
    at = start
    while at < end and length:
        length -= not text[at].isspace()
        at += 1
    return at + 1 if text[at : min(at + 1, end)] in _STOPS else at


def _covering(text: str, blocks: Iterable[tuple[str, int, int]]) -> Iterator[Piece]:
    """The blocks, clipped where they overlap, with pieces for what no block covers."""
    at = 0
    for role, start, end in blocks:
        begin = max(start, at)
        if begin > at and text[at:begin].strip():
            yield Piece("debris", at, begin)
            at = begin
        if end > begin:
            # Blanks between two blocks belong to the later one.
            yield Piece(role, at, end)
            at = end
    if at < len(text) or not text:
        yield Piece("debris", at, len(text))


def _short(pieces: Iterable[Piece], headings: Sequence[_Heading]) -> Iterator[Piece]:
    """Give headings their level and their end, and cut what is too long."""
    starts = [start for start, _level, _end in headings]
    for whole in pieces:
        piece = _headed(whole, starts, headings) if whole.role == "heading" else whole
        if piece.end - piece.start <= LONGEST:
            yield piece
            continue
        for start, end in pairwise([*range(piece.start, piece.end, LONGEST), piece.end]):
            first = start == piece.start
            yield (
                replace(piece, start=start, end=end, lead=min(piece.lead, end))
                if first
                else Piece("text", start, end)
            )


def _headed(piece: Piece, starts: Sequence[int], headings: Sequence[_Heading]) -> Piece:
    """Find the heading that begins in the piece; blanks before it belong to the piece too."""
    index = bisect_right(starts, piece.end - 1) - 1
    if index < 0 or starts[index] < piece.start:
        return replace(piece, level=1, lead=piece.end)
    _start, level, end = headings[index]
    return replace(piece, level=level, lead=min(end, piece.end))


def _windows(pieces: Sequence[Piece]) -> Iterator[Window]:
    first = 0
    for index, piece in enumerate(pieces):
        full = index - first >= PIECES or piece.end - pieces[first].start > CHARACTERS
        if full and index > first:
            yield Window(first, index, pieces[first].start, pieces[index - 1].end)
            first = index
    if pieces:
        yield Window(first, len(pieces), pieces[first].start, pieces[-1].end)
