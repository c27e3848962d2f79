"""序号核对 (numbering.jump): headings or measures that skip or repeat a number.

Guarantees
1. Compared are neighbours under one heading or one problem, of one way of numbering; a list that begins anew at 1 is a second list.
2. A skip is a warning; a repetition is one too; beginning with another number than 1 is no remark.
3. Numbers that cannot be read are silent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongwen.checks.view import View, remark
from gongwen.models import Block, Measure, Remark, Section

CODE = "numbering.jump"
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")}
_CORE = re.compile(r"[\d０-９]{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳]")
Numbered = Section | Measure


def check_numbering(view: View) -> Iterator[Remark]:
    """Headings by level, then the measures of each problem."""
    yield from _sections(view.bulletin.sections)
    for finding in view.bulletin.findings:
        yield from _run(finding.measures)


def _sections(sections: Sequence[Section]) -> Iterator[Remark]:
    waiting = [sections]
    while waiting:
        level = waiting.pop()
        yield from _run(level)
        waiting += [section.children for section in reversed(level) if section.children]


def _run(items: Sequence[Numbered]) -> Iterator[Remark]:
    previous: dict[str, tuple[int, Numbered]] = {}
    for item in items:
        style, number = _read(item.number)
        if number is None:
            continue
        before = previous.get(style)
        previous[style] = (number, item)
        if before is None or number in (1, before[0] + 1):
            continue
        yield _jump(item, number, *before)


def _jump(item: Numbered, number: int, before: int, other: Numbered) -> Remark:
    words = item.number.strip("、.．")
    last = other.number.strip("、.．")
    if number == before:
        message = f"序号重复：“{words}”出现了两次。"
    elif number < before:
        message = f"序号倒退：“{last}”之后是“{words}”。"
    else:
        message = f"序号跳号：“{last}”之后直接是“{words}”，缺少中间的序号。"
    return remark(CODE, "warning", message, _placed(item), _placed(other))


def _placed(item: Numbered) -> Measure | Block:
    """A heading is quoted by its words."""
    return item if isinstance(item, Measure) else Block("heading", item.number + item.title, item.span)


def _read(words: str) -> tuple[str, int | None]:
    """The way of numbering and the number: （三） → （#）, 3."""
    match = _CORE.search(words)
    if match is None:
        return words, None
    core = match[0]
    kind = "数" if core[0].isdecimal() else "圈" if "①" <= core[0] <= "⑳" else "汉"
    return kind + words[: match.start()] + words[match.end() :].strip(), _value(core)


def _value(core: str) -> int | None:
    if core[0].isdecimal():
        return int(core)
    if "①" <= core[0] <= "⑳":
        return ord(core) - ord("①") + 1
    tens, mark, ones = core.partition("十")
    if not mark:
        return _DIGITS[core] if len(core) == 1 else None
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
