"""分步: numbered steps inside a text or cell (一是…二是…, （1）…（2）…).

Guarantees
1. Steps of one list are numbered 1, 2, 3 … in one style; a number out of order is no step.
2. 一是 may follow any pause; the other styles only the beginning, the end of a sentence or a colon.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongwen.numerals import chinese_value
from gongwen.tables.numbering import CIRCLED, IS_STYLE, STEP_STYLES

_IS = re.compile(rf"(?<![^。；：，、”）》\n\t ！？]){IS_STYLE}(?!否)")
_STEPS = tuple(re.compile(rf"(?<![^。；：\n\t！？]){style}") for style in STEP_STYLES)


@dataclass(frozen=True, slots=True)
class Step:
    """一步: `[start, end)` flat, and the end of its number."""

    start: int
    number_end: int
    end: int


def find_is_steps(flat: str, start: int, end: int) -> list[Step]:
    """一是…二是… of a region; a second list that begins again at 一是 is taken too."""
    return _in_order([(m.start(), m.end(), _value(m.group())) for m in _IS.finditer(flat, start, end)], end)


def find_numbered_steps(flat: str, start: int, end: int) -> list[Step]:
    """（1）…（2）… of a region, in the style whose first number comes first."""
    lists = [
        [(m.start(), m.end(), _value(m.group())) for m in style.finditer(flat, start, end)]
        for style in _STEPS
    ]
    firsts = [steps for found in lists if (steps := _in_order(found, end))]
    return min(firsts, key=lambda steps: steps[0].start, default=[])


def _in_order(found: list[tuple[int, int, int]], end: int) -> list[Step]:
    kept: list[tuple[int, int]] = []
    expected = 1
    for start, number_end, value in found:
        if value == expected or (value == 1 and kept):
            kept.append((start, number_end))
            expected = value + 1
    stops = ([start for start, _ in kept] + [end])[1:]
    return [Step(start, number_end, stop) for (start, number_end), stop in zip(kept, stops, strict=True)]


def _value(written: str) -> int:
    if written[0] in CIRCLED:
        return CIRCLED.index(written[0]) + 1
    core = written.strip("（）是.、")
    return int(core) if core.isascii() else chinese_value(core) or 0
