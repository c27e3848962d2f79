"""标题回行: where the lines of a title end, by meaning and in the shape of a trapezoid or a diamond (梯形、菱形).

Guarantees
1. The lines joined are the title; none is wider than the line unless one sign alone is.
2. No line ends within a word that is known, a name of an organisation, a figure with its unit, 《》, “” or （），if another break is possible.
3. No line begins with 的 or a closing mark or ends in an opening one, 关于, 对 or 和, if another break is possible.
4. Lines grow downwards, or grow and then shrink; never an hourglass where the words allow another shape.
5. A title of any length takes linear time beyond 120 characters, where lines are only filled.

Source: GB/T 9704-2012, 7.3.1: 回行时，要做到词意完整，排列对称，长短适宜，间距恰当.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import Literal

from gongwen.bulletin import read
from gongwen.layout.titlewords import CLOSING, LONGEST, NOT_FIRST, NOT_LAST, OPENING, WORDS

Shape = Literal["growing", "diamond", "any"]

_LONGEST = 120
_WHOLE = re.compile(
    r"《[^《》]*》|“[^“”]*”|（[^（）]*）|〔[^〔〕]*〕|"
    # 十二届省委第七轮巡视 is one thing, and so are 第四、第五轮巡察 and 2024年度部门预算
    r"(?:[〇一二三四五六七八九十百\d]+届)?(?:[省市县区州旗盟党][委党]|[校局院]党委)?第?[〇一二三四五六七八九十百\d]+(?:、第?[〇一二三四五六七八九十百\d]+)*轮(?:巡[视察])?|"
    r"\d{4}年度?(?:[省市县区州旗]?本?级|部门)?(?:预算)?|"
    r"(?:第?[\d０-９.,，—-]+|第?[〇一二三四五六七八九十百]+)(?:个?(?:年度|季度|月份|方面|[年月日届轮次个项批期号条类级村户家处%％])(?:全会|会议)?)+|"
    r"[A-Za-z0-9][A-Za-z0-9.+-]*"
)
_ISSUER = re.compile(r"^[^，。；：《“]{4,30}?(?=关于)")
_IMPOSSIBLE, _NAME, _WORD, _SIGN, _UNKNOWN, _BETWEEN, _GOOD = 5000, 1000, 400, 200, 40, 6, -20
_ABOUT = "关于"
_LINE_MORE = 30
_UNEVEN = 0.35


def title_lines(title: str, most: int, *, shape: Shape = "any") -> list[str]:
    """Part a title into lines of at most so many characters; a Western letter or figure counts half."""
    if _width(title) <= most:
        return [title]
    if len(title) > _LONGEST:
        return _filled(title, most)
    costs = _costs(title)
    fewest = -(-_width(title) // most)
    ways = [
        (way[0] + more * _LINE_MORE, way[1])
        for more in (0, 1)
        if (way := _Lines(title, costs, most, fewest + more, shape).best())
    ]
    if not ways:
        return _filled(title, most)
    ends = min(ways)[1]
    return [title[start:end] for start, end in zip((0, *ends), (*ends, len(title)), strict=True)]


def _width(words: str) -> int:
    """In characters, rounded up: letters and figures are half as wide."""
    half = sum(sign.isascii() for sign in words)
    return len(words) - half + (half + 1) // 2


def _filled(title: str, most: int) -> list[str]:
    lines, start = [], 0
    while start < len(title):
        end = min(len(title), start + most)
        while end < len(title) and end > start + 1 and title[end] in CLOSING:
            end -= 1
        lines.append(title[start:end])
        start = end
    return lines


# ---- what a break costs at each place ----


def _costs(title: str) -> list[int]:
    """How bad it is to end a line before each sign, by its place."""
    costs = _costs_of_words(title)
    for start, end in _wholes(title):
        for at in range(start + 1, end):
            costs[at] = max(costs[at], _NAME)
    for at in range(1, len(title)):
        before, behind = title[at - 1], title[at]
        if before in OPENING or behind in CLOSING:
            costs[at] = _IMPOSSIBLE
        elif behind in NOT_FIRST or before in NOT_LAST or title.endswith(_ABOUT, 0, at):
            costs[at] = max(costs[at], _SIGN)
        elif title.startswith(_ABOUT, at) or before in CLOSING:
            costs[at] = min(costs[at], _GOOD) if costs[at] < _NAME else costs[at]
    return costs


def _costs_of_words(title: str) -> list[int]:
    """Within a word, between two words, and between signs of which no word is known."""
    costs = [_UNKNOWN] * (len(title) + 1)
    at = 0
    known_before = True
    while at < len(title):
        length = next(
            (n for n in range(min(LONGEST, len(title) - at), 1, -1) if title[at : at + n] in WORDS), 1
        )
        is_known = length > 1 or title[at] == "的"
        costs[at] = _BETWEEN if is_known or known_before else _UNKNOWN
        for inside in range(at + 1, at + length):
            costs[inside] = _WORD
        known_before = is_known
        at += length
    return costs


def _wholes(title: str) -> list[tuple[int, int]]:
    """Places that belong together: names of organisations, figures with units, what stands in brackets."""
    names = [(each.span.start, each.span.end) for each in read(title).organisations]
    issuer = [found.span() for found in _ISSUER.finditer(title)]
    return names + issuer + [found.span() for found in _WHOLE.finditer(title)]


# ---- the lines ----

_Way = tuple[float, tuple[int, ...]]


class _Lines:
    """The cheapest way to part a title into a number of lines, found from the end."""

    def __init__(self, title: str, costs: list[int], most: int, lines: int, shape: Shape) -> None:
        self.costs, self.most, self.lines, self.shape = costs, most, lines, shape
        self.width = [0.0, *accumulate(0.5 if sign.isascii() else 1.0 for sign in title)]
        self.mean = self.width[-1] / lines
        self.found: dict[tuple[int, int, float, bool], _Way | None] = {}

    def best(self) -> _Way | None:
        """Its cost and where the lines but the last end; none where a line cannot be so short."""
        return self._rest(0, self.lines, 0.0, falling=False)

    def _rest(self, start: int, left: int, above: float, *, falling: bool) -> _Way | None:
        """The cheapest way for what begins at a place, given the width of the line above and whether lines already shrink."""
        key = (start, left, above, falling)
        if key not in self.found:
            self.found[key] = self._last(*key) if left == 1 else self._parted(*key)
        return self.found[key]

    def _last(self, start: int, _left: int, above: float, falling: bool) -> _Way | None:  # noqa: FBT001
        own = self.width[-1] - self.width[start]
        return (self._shaped(own, above, falling=falling), ()) if 0 < own <= self.most else None

    def _parted(self, start: int, left: int, above: float, falling: bool) -> _Way | None:  # noqa: FBT001
        best: _Way | None = None
        for end in range(start + 1, len(self.width) - 1):
            own = self.width[end] - self.width[start]
            if own > self.most:
                break
            rest = self._rest(end, left - 1, own, falling=falling or 0 < own < above)
            if rest is None:
                continue
            cost = rest[0] + self.costs[end] + self._shaped(own, above, falling=falling)
            if best is None or cost < best[0]:
                best = (cost, (end, *rest[1]))
        return best

    def _shaped(self, own: float, above: float, *, falling: bool) -> float:
        """What a line's length costs below the one above it."""
        uneven = _UNEVEN * (own - self.mean) ** 2
        if above == 0:
            return uneven
        if own > above:
            return uneven + (25 + 6 * (own - above) if falling else 0)
        if own == above:
            return uneven + 4
        if self.shape == "growing" or self.lines == 2:  # noqa: PLR2004
            return uneven + 8 + 3 * (above - own)
        return uneven
