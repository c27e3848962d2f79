"""自动编号: the numbers that Word counts by itself, as it would show them.

Guarantees
1. A paragraph that is numbered by itself or through its style gets the label that Word shows, in the list's own counting.
2. A deeper level begins anew when a higher one moves on; overrides, own starts and switched-off numbering are followed.
3. A format that is not known counts in Arabic figures; bullets are left out, since they say nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from gongwen.formats.limits import whole

_DIGITS = "零一二三四五六七八九"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_LEVELS = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: how its number is written and from where it counts; `restart` names the level that resets it."""

    form: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int | None = None
    legal: bool = False


@dataclass(slots=True)
class Numbering:
    """编号定义 of one document, and how far each list has counted."""

    levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)
    counts: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0] * _LEVELS))
    started: set[tuple[str, int]] = field(default_factory=set)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)

    def label(self, number_id: str, depth: int) -> str:
        """Count one paragraph of a list and return what stands before its words; empty for bullets and switched-off lists."""
        own = self.levels.get(number_id)
        if own is None or not 0 <= depth < _LEVELS:
            return ""
        # Lists that share a definition go on counting together, unless they override the start.
        counts = self.counts[self.lists[number_id]]
        self._begin(number_id, depth, counts, own)
        counts[depth] += 1
        for deeper in range(depth + 1, _LEVELS):
            if (level := own.get(deeper)) is None or level.restart is None or depth < level.restart:
                counts[deeper] = own[deeper].start - 1 if deeper in own else 0
        level = own.get(depth, Level())
        if level.form in ("bullet", "none"):
            return ""
        return re.sub(
            r"%([1-9])", lambda found: self._written(own, counts, int(found[1]) - 1, level), level.text
        )

    def _begin(self, number_id: str, depth: int, counts: list[int], own: dict[int, Level]) -> None:
        for level in range(depth + 1):
            if (number_id, level) in self.started:
                continue
            self.started.add((number_id, level))
            start = self.overrides.get(number_id, {}).get(level)
            if start is not None:
                counts[level] = start - 1
            elif counts[level] == 0:
                counts[level] = own.get(level, Level()).start - 1
            # A level that was skipped counts as begun: 1.1 without a 1.
            if level < depth and counts[level] < own.get(level, Level()).start:
                counts[level] = own.get(level, Level()).start

    def _written(self, own: dict[int, Level], counts: list[int], depth: int, at: Level) -> str:
        level = own.get(depth, Level())
        form = "decimal" if at.legal else level.form
        return _FORMS.get(form, str)(max(counts[depth], 0))


def read_numbering(root: Element | None, tag: Callable[[str], str]) -> Numbering:
    """The definitions in word/numbering.xml; `tag` gives a name its namespace."""
    found = Numbering()
    if root is None:
        return found
    abstract = {a.get(tag("abstractNumId"), ""): _levels(a, tag) for a in root.iter(tag("abstractNum"))}
    for number in root.iter(tag("num")):
        own_id = number.get(tag("numId"), "")
        link = number.find(tag("abstractNumId"))
        base = link.get(tag("val"), "") if link is not None else ""
        found.lists[own_id] = base
        found.levels[own_id] = dict(abstract.get(base, {}))
        _override(found, own_id, number, tag)
    return found


def _override(found: Numbering, own_id: str, number: Element, tag: Callable[[str], str]) -> None:
    for override in number.iter(tag("lvlOverride")):
        depth = _number(override.get(tag("ilvl")))
        start = override.find(tag("startOverride"))
        if start is not None:
            found.overrides.setdefault(own_id, {})[depth] = _number(start.get(tag("val")), 1)
        found.levels[own_id] |= _levels(override, tag)


def _levels(parent: Element, tag: Callable[[str], str]) -> dict[int, Level]:
    levels = {}
    for level in parent.iter(tag("lvl")):
        said = {child.tag: child.get(tag("val")) for child in level}
        restart = said.get(tag("lvlRestart"))
        levels[_number(level.get(tag("ilvl")))] = Level(
            form=said.get(tag("numFmt")) or "decimal",
            text=said.get(tag("lvlText")) or "",
            start=_number(said.get(tag("start")), 1),
            restart=None if restart is None else _number(restart),
            legal=tag("isLgl") in said,
        )
    return levels


def _number(text: str | None, default: int = 0) -> int:
    return whole(text, default)


# ---- how numbers are written ----


def chinese(number: int) -> str:
    """一, 十, 十一, 二十, 一百零一 …, as headings are numbered; beyond 99,999 in figures."""
    if number < 10:  # noqa: PLR2004
        return _DIGITS[number]
    if number >= 100_000:  # noqa: PLR2004
        return str(number)
    words, zero = "", False
    for unit, power in (("万", 10_000), ("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit = number // power % 10
        if digit:
            words += ("零" if zero else "") + _DIGITS[digit] + unit
            zero = False
        elif words:
            zero = True
    return words.removeprefix("一") if words.startswith("一十") else words


def _enclosed(number: int) -> str:
    """①…⑳, then in brackets."""
    return chr(0x2460 + number - 1) if 1 <= number <= 20 else f"（{number}）"  # noqa: PLR2004


def _bracketed(number: int) -> str:
    return chr(0x2474 + number - 1) if 1 <= number <= 20 else f"({number})"  # noqa: PLR2004


def _letter(number: int) -> str:
    """a…z, aa, bb …, as Word goes on."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else ""


def _roman(number: int) -> str:
    words = ""
    pairs = zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    )
    for value, letters in pairs:
        words += letters * (number // value)
        number %= value
    return words


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number > 0 else ""


_FORMS: dict[str, Callable[[int], str]] = {
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "ideographDigital": lambda number: "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number)),
    "decimalEnclosedCircle": _enclosed,
    "decimalEnclosedCircleChinese": _enclosed,
    "decimalEnclosedParen": _bracketed,
    "decimalFullWidth": lambda number: str(number).translate({ord("0") + n: 0xFF10 + n for n in range(10)}),
    "decimalZero": lambda number: f"{number:02d}",
    "ideographTraditional": _of(_STEMS),
    "ideographZodiac": _of(_BRANCHES),
    "ideographEnclosedCircle": lambda number: chr(0x3280 + number - 1) if 1 <= number <= 10 else str(number),  # noqa: PLR2004
    "lowerLetter": _letter,
    "upperLetter": lambda number: _letter(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
}
