"""绑定建议: which sources a number may have come from, the likeliest first. Plain Python: no Django, no clock.

A source is found by its value or by the words of its name, never by looking at all of them. The words count most, then whether the number is
a true way of writing the source's present value, then the period.

Guarantees
1. Never a source of another unit or kind, of another direction, of another period where both state one, of other members where both name
   theirs, nor one that says nothing any more; nothing for a number that could not be read.
2. Suggestions of a figure fall in score; each says in Chinese why.
3. ``sure`` is said only of a source whose value agrees, whose score reaches ``CONFIDENT``, and beside which no other agreeing one is as likely.
4. The work per figure is bounded by ``_MOST`` candidates, however many sources there are.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from rapidfuzz import fuzz

from zhenggai.bulletins.agreeing import agrees, amount, last_step, same_change, unit_of
from zhenggai.bulletins.facts import Figure, Place, Source
from zhenggai.bulletins.periods import same_period

CONFIDENT = 0.8
"""From this score on a suggestion may be accepted together with others."""

APART = 0.05
"""By so much the likeliest must stand before the next that agrees, to be sure."""

_LEAST = 0.3
"""Suggestions below are noise."""

_MOST = 80
_AGREES, _ALIKE, _PERIOD = 0.35, 0.55, 0.1
_DIFFERS = 0.65
"""What likeness alone is worth where the value differs: shown, so that a contradiction is found, but below every good agreement."""

_COINCIDENCE = 0.4
"""Words less alike than this leave an agreeing value a coincidence, unless the number is long."""

_BY_CHANCE = {1: 0.25, 2: 0.1, 3: 0.03}
"""Taken off then, by the figures that the number has."""


@dataclass(frozen=True)
class Suggestion:
    """一条建议: a source, how likely it is (0 to 1), why, and whether it may be accepted without looking at the others."""

    source: Source
    score: float
    why: str
    sure: bool = False


def propose(figures: Sequence[Figure], sources: Sequence[Source], most: int = 3) -> list[list[Suggestion]]:
    """来源建议: for each figure at most ``most`` sources, the likeliest first."""
    index = _Index([source for source in sources if source.now is not None])
    return [_suggestions(figure, index, most) if figure.read else [] for figure in figures]


def likeliest(figures: Sequence[Figure], sources: Sequence[Source]) -> dict[Place, Suggestion]:
    """The likeliest source of each of these figures, by its place; figures without any are left out."""
    found = propose(figures, sources, 1)
    return {figure.place: each[0] for figure, each in zip(figures, found, strict=True) if each}


def _suggestions(figure: Figure, index: _Index, most: int) -> list[Suggestion]:
    found = []
    for source in index.candidates(figure):
        if _excluded(figure, source):
            continue
        score, why, agreeing = _judged(figure, source)
        if score >= _LEAST:
            found.append((score, agreeing, -source.key, source, why))
    found.sort(key=lambda each: each[:3], reverse=True)
    return [
        Suggestion(source, round(score, 3), why, sure=n == 0 and _is_sure(found))
        for n, (score, _, _, source, why) in enumerate(found[:most])
    ]


def _is_sure(found: Sequence[tuple[float, bool, int, Source, str]]) -> bool:
    score, agreeing = found[0][:2]
    rivals = [other for other, also, *_ in found[1:] if also]
    return agreeing and score >= CONFIDENT and all(score - other >= APART for other in rivals)


# ---- what may not be ----

_OF_THEIR_OWN = frozenset({"money", "percent", "percentage_point", "capacity"})
"""Kinds that are never another; the reader's count, duration and other differ by the unit alone."""


def _excluded(figure: Figure, source: Source) -> bool:
    kinds = {figure.kind, source.kind}
    if len(kinds) > 1 and kinds & _OF_THEIR_OWN and all(kinds):
        return True
    if not same_period(figure.period, source.period) or not same_change(figure, source):
        return True
    members, others = figure.applies_to, source.applies_to
    return bool(members and others) and not any(
        member in other or other in member for member in members for other in others
    )


# ---- how likely ----


def _judged(figure: Figure, source: Source) -> tuple[float, str, bool]:
    alike = _likeness(figure, source)
    agreeing = source.now is not None and agrees(figure, _size(source.now, source), source.now_max)
    stated = bool(figure.period and source.period)
    period = 1.0 if stated or figure.period == source.period else 0.5
    if agreeing:
        score = _AGREES + _ALIKE * alike + _PERIOD * period
        if alike < _COINCIDENCE:
            score -= _BY_CHANCE.get(_figures(figure.value), 0)
    else:
        score = _DIFFERS * alike * (0.9 + 0.1 * period)
    return score, _reason(figure, source, alike, agreeing=agreeing), agreeing


def _size(now: Decimal, source: Source) -> Decimal:
    """The amount of a change the other way is written without its sign."""
    return -now if now < 0 and not source.change else now


def _figures(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _likeness(figure: Figure, source: Source) -> float:
    """How alike the names are, 0 to 1; that of the n-th of several may be its member's as well."""
    names = (
        [figure.label] if len(figure.applies_to) != 1 else [figure.label, figure.applies_to[0] + figure.label]
    )
    own = (
        [source.label] if len(source.applies_to) != 1 else [source.label, source.applies_to[0] + source.label]
    )
    return max(_alike(one, other) for one in names for other in own)


_MARKS = re.compile(r"[\s，、。；：:（）()“”‘’《》\-—%％]+")
_COUNTING = re.compile(
    "数量|总数|总量|总额|金额|数额|个数|户数|家数|件数|次数|项数|条数|处数|合计|共计|累计|情况|[共总达约计]$|^[共总]"
)
_SAME_WORDS = (
    (re.compile("占比|比例|比重|百分比"), "率"),
    (re.compile("(?<!比)率$"), "率"),
    (re.compile("追缴|挽回(?:经济)?损失"), "挽回"),
    (re.compile("制定|出台|印发"), "制定"),
    (re.compile("新增|新建"), "新"),
    (re.compile("修订|修改"), "修订"),
    (re.compile("全[市区县省州镇街]|本[市区县省州镇]|[市区县省]级"), ""),
    (re.compile("的|了|已|各类"), ""),
)


@lru_cache(maxsize=16_384)
def _plain(label: str) -> str:
    """A name without what only says that something is counted, and synonyms in one form; itself where nothing would be left."""
    bare = _MARKS.sub("", label)
    words = _COUNTING.sub("", bare)
    for pattern, same in _SAME_WORDS:
        words = pattern.sub(same, words)
    return words or bare


@lru_cache(maxsize=65_536)
def _alike(one: str, other: str) -> float:
    a, b = _plain(one), _plain(other)
    if not a or not b:
        return 0.0
    if a == b:
        return 1.0
    short, long = sorted((a, b), key=len)
    ratio = fuzz.ratio(a, b) / 100
    if len(short) > 1 and short in long:
        # What a name ends with is what is counted: 绿色工厂 in 省级绿色工厂, more than in 绿色工厂培育对象.
        ends = 0.72 if long.endswith(short) else 0.6
        return max(ratio, ends + 0.25 * len(short) / len(long))
    return ratio


def _reason(figure: Figure, source: Source, alike: float, *, agreeing: bool) -> str:
    exact = 0.999
    named = "名称相同" if alike >= exact else "名称相近" if alike >= 0.6 else "名称不大相同"  # noqa: PLR2004
    now = amount(source.now if source.now is not None else source.value, source.now_max, source.unit)
    valued = f"数值相符（{now}）" if agreeing else f"数值不同（来源为 {now}）"
    if figure.period and source.period:
        timed = f"时期相同（{source.period}）"
    elif source.period:
        timed = f"文中未写时期，来源为{source.period}"
    else:
        timed = "来源未写时期" if figure.period else ""
    member = next((each for each in figure.applies_to if each in source.applies_to), "")
    parts = [named, valued, timed, f"同指“{member}”" if member else ""]
    return "；".join(part for part in parts if part)


# ---- finding candidates ----


class _Index:
    """Sources by unit and value, and by unit and pairs of characters of their names."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self._values: dict[str, list[tuple[Decimal, int]]] = {}
        self._pairs: dict[tuple[str, str], list[int]] = {}
        for number, source in enumerate(sources):
            unit = unit_of(source.unit)
            for value in {source.now or Decimal(0), source.now_max or source.now or Decimal(0)}:
                self._values.setdefault(unit, []).append((abs(value), number))
            for pair in _pairs_of(*_names(source.label, source.applies_to)):
                self._pairs.setdefault((unit, pair), []).append(number)
        for values in self._values.values():
            values.sort()

    def candidates(self, figure: Figure) -> Iterable[Source]:
        """Sources of the figure's unit that have its value, or names like its label, at most twice ``_MOST``."""
        unit = unit_of(figure.unit)
        numbers = dict.fromkeys(self._named_alike(figure, unit))
        numbers |= dict.fromkeys(self._of_value(figure, unit))
        return [self._sources[number] for number in numbers]

    def _of_value(self, figure: Figure, unit: str) -> Iterable[int]:
        values = self._values.get(unit, [])
        reach = max(
            figure.quantum, last_step(figure.value, figure.quantum) if figure.qualifier else Decimal(0)
        )
        low = bisect_left(values, (figure.value - reach, -1))
        high = bisect_right(values, ((figure.value_max or figure.value) + reach, len(self._sources)))
        exact = bisect_left(values, (figure.value, -1), low, high)
        first = max(low, min(exact - _MOST // 4, high - _MOST))
        return (number for _, number in values[first : min(high, first + _MOST)])

    def _named_alike(self, figure: Figure, unit: str) -> Iterable[int]:
        """Those that share most pairs of characters; rare pairs are asked first, so that a common one costs nothing."""
        pairs = _pairs_of(*_names(figure.label, figure.applies_to))
        lists = sorted((found for pair in pairs if (found := self._pairs.get((unit, pair)))), key=len)
        shared: Counter[int] = Counter()
        asked = 0
        for found in lists:
            if asked and asked + len(found) > 4 * _MOST:
                shared.update(number for number in found if number in shared) if len(
                    found
                ) < 20 * _MOST else None
                continue
            shared.update(found)
            asked += len(found)
        return (number for number, _ in shared.most_common(_MOST))


def _names(label: str, members: Sequence[str]) -> list[str]:
    return [label, *members[:1]]


def _pairs_of(*names: str) -> set[str]:
    """Pairs of neighbouring characters; of a single character itself."""
    pairs: set[str] = set()
    for name in names:
        plain = _plain(name)
        pairs |= {plain[n : n + 2] for n in range(len(plain) - 1)} or {plain}
    return pairs
