"""未识别: number-like text that no result explains, so that nothing is lost in silence.

Guarantees
1. Every run of figures that is neither result, name, number of a heading nor part of the frame is listed with
   a reason.
2. Ordinals and recurring days are explained and not listed; page numbers, which the layout leaves out, are.
"""

from __future__ import annotations

import re

from gongwen.models import Leftover, Span
from gongwen.reading.clean import Text
from gongwen.reading.dates import FoundDate
from gongwen.reading.quantities import FoundQuantity
from gongwen.reading.tables.debris import PAGE_NUMBER

_FIGURES = re.compile(r"(?<![\d.A-Za-z])\d[\d.,]*(?:[万亿])?")
# A clock time (8:30) or a ratio (1:350) is no count.
_EXPLAINED = re.compile(r"(?:第|\u3014|\[|编号|每月|每周|每年|\d：)$")
_NAME_AFTER = re.compile(
    r"：\d|世纪|年代|后(?=[\u4e00-\u9fff])|时(?!间|期|长|限)|[A-Za-z+]|\u3015|\]|号|级|路|楼|室|大道"
)
_LONG_CODE = 8
_SHORT_LINE = re.compile(r"(?<![^\r\n])[^\r\n]{1,24}(?![^\r\n])")


def find_leftovers(
    text: Text, marks: bytearray, found: list[FoundQuantity], dates: list[FoundDate]
) -> list[Leftover]:
    """Leftovers in order: figures without a place, and dates that cannot be."""
    taken = {position for q in found for position in range(q.start, q.end)}
    result = [_impossible(text, date) for date in dates if not date.possible]
    result += _page_numbers(text.source)
    for match in _FIGURES.finditer(text.flat):
        start = match.start()
        if marks[start] or start in taken or _EXPLAINED.search(text.flat, max(0, start - 3), start):
            continue
        if not _NAME_AFTER.match(text.flat, match.end()):
            result.append(_leftover(text, match))
    return sorted(result, key=lambda leftover: leftover.span)


def _page_numbers(source: str) -> list[Leftover]:
    """Lines that the layout passes over as page numbers."""
    lines = (match for match in _SHORT_LINE.finditer(source) if PAGE_NUMBER.fullmatch(match.group().strip()))
    return [Leftover("".join(line.group().split()), "页码，不计入正文", _stripped(line)) for line in lines]


def _stripped(line: re.Match[str]) -> Span:
    words = line.group()
    start = line.start() + len(words) - len(words.lstrip())
    return Span(start, start + len(words.strip()))


def _leftover(text: Text, match: re.Match[str]) -> Leftover:
    end = match.end() - (len(match.group()) - len(match.group().rstrip(".,")))
    span = text.span(match.start(), end)
    figures = re.sub(r"\D", "", match.group())
    reason = "数字较长，疑为编号或代码" if len(figures) >= _LONG_CODE else "数字后没有可识别的单位"
    return Leftover(text.quote(span), reason, span)


def _impossible(text: Text, date: FoundDate) -> Leftover:
    span = text.span(date.start, date.end)
    return Leftover(text.quote(span), "日历上没有这一天", span)
