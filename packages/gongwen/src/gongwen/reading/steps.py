"""分步: numbered steps inside a text or cell (一是…二是…, （1）…（2）…).

Guarantees
1. Steps of one list are numbered 1, 2, 3 … in one style; a number out of order is no step.
2. 一是 may follow any pause; the other styles only the beginning, the end of a sentence or a colon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongwen.reading.numerals import chinese_value
from gongwen.reading.tables.numbering import CIRCLED, IS_STYLE, STEP_STYLES

_IS = re.compile(rf"(?<![^。；：】，、”）》\n\t ！？]){IS_STYLE}(?!否)")
_STEPS = tuple(re.compile(rf"(?<![^。；：】\n\t！？]){style}") for style in STEP_STYLES)


@dataclass(frozen=True, slots=True)
class Step:
    """一步: `[start, end)` flat, and the end of its number."""

    start: int
    number_end: int
    end: int


def find_is_steps(flat: str, start: int, end: int) -> list[Step]:
    """一是…二是… of a region; a second list that begins again at 一是 is taken too."""
    return _in_order(_marks(_IS, flat, [(start, end)]))


def find_numbered_steps(flat: str, start: int, end: int) -> list[Step]:
    """（1）…（2）… of a region, in the style whose first number comes first."""
    return _numbered(flat, [(start, end)])


def find_steps_in_cells(flat: str, cells: list[tuple[int, int]]) -> list[Step]:
    """Steps of one finding over several cells: the numbers go on in the rows below (①, then ② in the next row)."""
    return _in_order(_marks(_IS, flat, cells)) or _numbered(flat, cells)


_Mark = tuple[int, int, int, int]  # start, end of the number, its value, end of its region


def _marks(style: re.Pattern[str], flat: str, regions: list[tuple[int, int]]) -> list[_Mark]:
    return [
        (match.start(), match.end(), _value(match.group()), end)
        for start, end in regions
        for match in style.finditer(flat, start, end)
    ]


def _numbered(flat: str, regions: list[tuple[int, int]]) -> list[Step]:
    firsts = [steps for style in _STEPS if (steps := _in_order(_marks(style, flat, regions)))]
    return min(firsts, key=lambda steps: steps[0].start, default=[])


def _in_order(marks: list[_Mark]) -> list[Step]:
    kept: list[_Mark] = []
    expected = 1
    for mark in marks:
        if mark[2] == expected or (mark[2] == 1 and kept):
            kept.append(mark)
            expected = mark[2] + 1
    following = [mark[0] for mark in kept[1:]] + [kept[-1][3]] if kept else []
    return [
        Step(start, number_end, min(stop, end))
        for (start, number_end, _, end), stop in zip(kept, following, strict=True)
    ]


def _value(written: str) -> int:
    if written[0] in CIRCLED:
        return CIRCLED.index(written[0]) + 1
    core = written.strip("（）是.、")
    return int(core) if core.isascii() else chinese_value(core) or 0
