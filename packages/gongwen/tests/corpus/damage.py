"""Damage (损伤) that a text takes on its way through layouts, offices and copying; the annotation stays exact.

1. Every damage keeps the places of what was annotated: nothing annotated is lost but the signs it names.
2. The same seed gives the same damage.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from typing import Any

from gongwen.reading.layout import display_width

# One sign for one sign: no place moves.
_HALF_WIDTH = str.maketrans("，；：（）", ",;:()")
_FULL_WIDTH = str.maketrans("0123456789%", "０１２３４５６７８９％")
# 2025年6月17日 written as 2025年617日 has one reading; 2026年115日 would have two (1月15日, 11月5日), so January is spared.
_WHOLE_DATE = re.compile(r"20\d\d(年)[2-9](月)(?:1[3-9]|2\d)日")

# What a setter keeps on one line: a figure, or a sign with the marks that open before it and close behind it.
_UNBROKEN = re.compile(r"[“‘（《]*(?:[0-9A-Za-z.%]+|.)[，。、；：”’）》％]*")

Gold = Any


def wraps(text: str, chance: random.Random) -> list[tuple[int, int, str]]:
    """Hard line ends as a setter makes them: in mid-word, not inside a figure nor before a closing mark; a table's rows stay."""
    width = chance.randint(22, 36) * 2
    edits, at = [], 0
    for line in text.split("\n"):
        if "\t" not in line:
            edits += [(at + place, at + place, "\n") for place in _breaks(line, width)]
        at += len(line) + 1
    return edits


def _breaks(line: str, width: int) -> Iterator[int]:
    used = 0
    for word in _UNBROKEN.finditer(line):
        columns = display_width(word.group())
        if used and used + columns > width:
            yield word.start()
            used = 0
        used += columns


def spaced(text: str, chance: random.Random) -> list[tuple[int, int, str]]:
    """Characters of a few lines set apart."""
    edits, at = [], 0
    for line in text.split("\n"):
        if "\t" not in line and chance.random() < 0.15:
            edits += [
                (at + place, at + place, " ")
                for place in range(1, len(line))
                if "一" <= line[place - 1] <= "龥" and "一" <= line[place] <= "龥"
            ]
        at += len(line) + 1
    return edits


def figures_apart(text: str, chance: random.Random) -> list[tuple[int, int, str]]:
    """A blank on both sides of some figures."""
    return [
        (place, place, " ")
        for match in re.finditer(r"(?<=[一-龥])[0-9][0-9.]*%?(?=[一-龥])", text)
        if chance.random() < 0.5
        for place in match.span()
    ]


def half_width(text: str, chance: random.Random) -> list[tuple[int, int, str]]:
    """Half-width marks where full-width ones belong, in some lines."""
    return _signs(text, chance, _HALF_WIDTH)


def full_width(text: str, chance: random.Random) -> list[tuple[int, int, str]]:
    """Full-width digits in some lines."""
    return _signs(text, chance, _FULL_WIDTH)


def _signs(text: str, chance: random.Random, others: dict[int, int]) -> list[tuple[int, int, str]]:
    edits, at = [], 0
    for line in text.split("\n"):
        if chance.random() < 0.5:
            edits += [
                (at + place, at + place + 1, sign.translate(others))
                for place, sign in enumerate(line)
                if ord(sign) in others
            ]
        at += len(line) + 1
    return edits


def lost_words(text: str, chance: random.Random) -> list[tuple[int, int, str]]:
    """Dates without their 年 or 月, where one reading is left."""
    return [
        (*match.span(chance.choice([1, 2])), "")
        for match in _WHOLE_DATE.finditer(text)
        if chance.random() < 0.5
    ]


Damage = Callable[[str, random.Random], list[tuple[int, int, str]]]
DAMAGES: dict[str, Damage] = {
    "half": half_width,
    "full": full_width,
    "lost": lost_words,
    "apart": figures_apart,
    "spaced": spaced,
    "wraps": wraps,
}


def damaged(text: str, gold: Gold, kinds: list[str], seed: int) -> tuple[str, Gold]:
    """The text after each damage in turn, and the annotation moved with it."""
    for number, kind in enumerate(kinds):
        edits = DAMAGES[kind](text, random.Random(f"{seed} {number} {kind}"))
        text, gold = _edited(text, gold, edits)
    return text, gold


def _edited(text: str, gold: Gold, edits: list[tuple[int, int, str]]) -> tuple[str, Gold]:
    """Replace places of the text; where each old place now lies is known sign by sign."""
    parts, starts, ends, at, length = [], [], [], 0, 0
    for start, end, words in [*sorted(edits), (len(text), len(text), "")]:
        parts.append(text[at:start])
        starts += range(length, length + start - at)
        ends += range(length + 1, length + start - at + 1)
        length += start - at
        starts += [length] * (end - start)
        length += len(words)
        ends += [length] * (end - start)
        parts.append(words)
        at = end
    new = "".join(parts)

    def moved(value: Gold, key: str = "") -> Gold:
        if key == "span":
            return [starts[value[0]], ends[value[1] - 1]]
        if isinstance(value, dict):
            return {name: moved(inner, name) for name, inner in value.items()}
        return [moved(inner) for inner in value] if isinstance(value, list) else value

    return new, moved(gold)
