"""标签: labelled blocks (整改状态：…) inside the text.

Guarantees
1. A label stands at the beginning of a paragraph or cell, or behind the end of a sentence, and is a word of
   `tables.labels`.
2. A field's value reaches to the next label or the end of the region asked about.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

from gongwen.reading.patterns import any_of
from gongwen.reading.tables.labels import ROLE_OF_LABEL

MEASURE_ROLES = ("measures", "task", "progress")
_ASSIGNMENT = ("lead_official", "lead_unit", "responsible", "supporting", "due")
# 责任领导：张某某 责任部门：…: who answers until when, several labels on one line
_IN_LINE = any_of(word for word, role in ROLE_OF_LABEL.items() if role in _ASSIGNMENT)
_LABEL = re.compile(
    r"(?:(?<=[。；\n\t】])|"
    r"(?<![\s\S]))(?:\d{1,2}[.、]|（\d{1,2}）)?[【\[]?(?P<label>[\u4e00-\u9fff（）]{2,14}?)(?:[一二三四五六七八九十]{1,2}|"
    r"\d{1,3})?[】\]]?[：:]|(?:(?<=\n)|(?<![\s\S]))【(?P<boxed>[\u4e00-\u9fff]{2,12})】"
    rf"|(?<=[\u4e00-\u9fff）\d，、])(?P<inline>{_IN_LINE})："
)


@dataclass(frozen=True, slots=True)
class LabelledField:
    """标签与内容, flat positions."""

    role: str
    label: str
    start: int
    value_start: int
    value_end: int


class Fields:
    """All labels of a text, found in one pass; a region is asked for its own."""

    def __init__(self, flat: str) -> None:
        self._heads: list[tuple[str, str, int, int]] = []
        for match in _LABEL.finditer(flat):
            label = match["label"] or match["boxed"] or match["inline"]
            role = ROLE_OF_LABEL.get(label)
            if role:
                self._heads.append((role, label, match.start(), match.end()))
        self._starts = [head[2] for head in self._heads]

    def within(self, start: int, end: int) -> list[LabelledField]:
        """The labelled fields of a region in order."""
        heads = self._heads[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        ends = ([head[2] for head in heads] + [end])[1:]
        return [
            LabelledField(role, label, begin, value_start, stop)
            for (role, label, begin, value_start), stop in zip(heads, ends, strict=True)
        ]


def role_at(flat: str, start: int) -> str | None:
    """The role of the label that begins at a position, `None` without one."""
    match = _LABEL.match(flat, start)
    return ROLE_OF_LABEL.get(match["label"] or match["boxed"] or match["inline"]) if match else None
