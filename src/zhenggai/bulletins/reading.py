"""读文稿: what stands in a draft, paragraph by paragraph, with every number in it. Plain Python: no Django, no clock.

Guarantees
1. Each paragraph is read as one; no line is taken for the rest of the one above.
2. ``figure.text`` is the paragraph's own characters at ``figure.place``; figures are in order and do not overlap.
3. Every run of digits is part of a figure or of what explains it (``zhenggai.bulletins.unread``); what nobody explains is a figure with
   ``read=False``, so that no number can hide. So is the tail of a longer number (三万|五千人, 三分之|二亩) and one that goes on (3亩|半):
   a part of a number is never taken for the number.
4. Never raises; the time is linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import gongwen
from gongwen.models import Quantity
from zhenggai.bulletins.agreeing import quantum_of
from zhenggai.bulletins.facts import Figure, Line, Place
from zhenggai.bulletins.unread import unexplained

_BREAKS = dict.fromkeys(map(ord, "\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"), " ")
"""Signs that would part a paragraph; a blank in their place keeps all positions."""


@dataclass(frozen=True)
class Read:
    """读出的文稿: ``text`` is the paragraphs, one a line; ``starts`` are the offsets of the lines in it; the library counts in ``text``."""

    text: str
    starts: tuple[int, ...]
    bulletin: gongwen.Bulletin
    figures: tuple[Figure, ...]


def read_lines(lines: Sequence[Line]) -> Read:
    """读文稿: the reading of a draft's paragraphs. The last 64 drafts are remembered, as several people look at one."""
    return _read(tuple(line.text for line in lines))


@lru_cache(maxsize=64)
def _read(lines: tuple[str, ...]) -> Read:
    texts = [line.translate(_BREAKS) for line in lines]
    text = "\n".join(texts)
    starts, offset = [], 0
    for line in texts:
        starts.append(offset)
        offset += len(line) + 1
    bulletin = gongwen.read_lines(text)
    found: list[tuple[int, int, Quantity | None]] = [
        (q.span.start, q.span.end, q) for q in bulletin.quantities
    ]
    found += [(start, end, None) for start, end in unexplained(text, starts, bulletin)]
    figures = _figures(lines, starts, sorted(found, key=lambda each: each[:2]))
    return Read(text, tuple(starts), bulletin, tuple(figures))


def _figures(
    lines: Sequence[str], starts: Sequence[int], found: Sequence[tuple[int, int, Quantity | None]]
) -> Iterator[Figure]:
    last = 0
    for start, end, quantity in found:
        line = max(bisect_right(starts, start) - 1, 0)
        end_of_line = starts[line] + len(lines[line])
        begin, stop = max(start, last), min(end, end_of_line)
        if begin >= stop:
            continue
        last = stop
        place = Place(line, begin - starts[line], stop - starts[line])
        whole = quantity is None or _is_whole(lines[line], place, quantity)
        yield _figure(place, lines[line][place.start : place.end], quantity if whole else None)


_BEGUN = re.compile(
    r"[\d〇零一二两三四五六七八九十百千几数][百千万亿]+零?$|[〇零一二两三四五六七八九十百千万]分之$|零下$"
)
_BEGUN_IN_WORDS = re.compile(r"[几数廿卅]$")
_BELOW_ZERO = re.compile(r"[\u4e00-\u9fff][-\u2212－]$")
_IN_WORDS = re.compile("[〇零一二两三四五六七八九十百千万亿]")
_GOES_ON = re.compile("半(?![数径成])")


def _is_whole(line: str, place: Place, quantity: Quantity) -> bool:
    """Whether a quantity is all of the number that stands there."""
    before, text = line[max(0, place.start - 4) : place.start], line[place.start : place.end]
    if _BEGUN.search(before) or _GOES_ON.match(line, place.end):
        return False
    if quantity.unit in ("%", "℃") and quantity.value > 0 and _BELOW_ZERO.search(before):
        return False
    return not (_IN_WORDS.match(text) and _BEGUN_IN_WORDS.search(before))


def _figure(place: Place, text: str, quantity: Quantity | None) -> Figure:
    if quantity is None:
        return Figure(place, text, "", Decimal(0), "", "other", read=False)
    return Figure(
        place,
        text,
        quantity.label,
        quantity.value,
        quantity.unit,
        quantity.kind,
        quantum_of(quantity.written_value, quantity.written_unit, quantity.unit, quantity.value),
        quantity.value_max,
        quantity.qualifier or "",
        quantity.change or "",
        quantity.period or "",
        quantity.applies_to,
        quantity.path,
    )
