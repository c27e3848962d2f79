"""时间范围: the time a figure speaks of, as written, carried on within its sentence.

Guarantees
1. A period is a year, month, quarter or 截至 date before the figure in the same sentence, or words like
   整改期间.
2. It carries on to later figures of the sentence or list member until another period or 累计, 目前 (then
   `inferred`); only 截至 goes on over 累计, since what is added up is as of that day.
3. A day on which something happened is no period.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongwen.reading.clauses import Clauses
from gongwen.reading.dates import FoundDate

_WORDS = re.compile(
    r"(?P<cut>截至目前|截止目前|目前为止|累计|目前|现有|现拥有)|(?P<time>今年以来|今年上半年|今年|"
    r"(?:去年|上年)同期|去年|本年度|上半年(?=[，全共累])|"
    r"(?:集中|巡视|巡察|审计|督察)?整改期间(?=，)|“?十[一二三四五]五”?(?:期间|时期|末|以来)|"
    r"[一二三四]季度末?(?=[，\u4e00-\u9fff])|近[一二两三四五六七八九十\d]{1,2}(?:年|个月)(?:以)?来)"
)
# The time of the inspection itself is no period of what is counted behind it
_INSPECTION = re.compile(
    "(?:开展|进行|实施)[^。；]{0,16}(?:巡视|巡察|审计|督察)|(?:巡视|巡察|审计|督察)组|轮巡[视察]对"
)
# Numbered steps of one cell or list are told apart though only a semicolon parts them
_NEXT_STEP = re.compile(
    "；(?:（[\\d一二三四五六七八九十]{1,2}）|[一二三四五六七八九十]{1,2}是|\\d{1,2}[.、])"
)
_COMPARED = ("较", "比", "于")
_ATTRIBUTE = re.compile("(?:列入|纳入|编入|计入|转入|结转|编制|按照?|依据|根据|参照|对照)$")
# 2025年春季学期, 2024—2025学年第一学期
_SEASON = re.compile("(?:学年)?(?:第[一二]学期|[春秋]季学期|[寒暑]假期?间?|汛期|冬春季?)?")
# 今年1至6月: the year said in words belongs to the date behind it
_SAID_YEAR = re.compile("(?:今年|去年|上年|当年|本年|前年)$")
_EVENT = re.compile(
    "(?:已|将|正式|全部|如期|顺利|建成)*(?:完工|投用|竣工|投产|通车|启用|试运行|揭牌|销号|通过验收|投入使用)(?=[，。；、）])"
)
_CUT_OFF = re.compile(r"截[至止]到?$|(?<![\u4e00-\u9fff])到$")


@dataclass(frozen=True, slots=True)
class Period:
    """时间范围 in flat positions; `resets` ends the one before without setting another."""

    start: int
    end: int
    resets: bool = False


def find_periods(flat: str, dates: list[FoundDate], marks: bytearray) -> list[Period]:
    """All time words that can be a period, in order."""
    found = [p for p in (_from_date(flat, date) for date in dates) if p]
    words = (
        match
        for match in _WORDS.finditer(flat)
        if not marks[match.start()] and flat[match.start() - 1 : match.start()] not in _COMPARED
    )
    found += [Period(match.start(), match.end(), resets=match["cut"] is not None) for match in words]
    return _outermost(sorted(found, key=lambda period: (period.start, -period.end)))


def _outermost(periods: list[Period]) -> list[Period]:
    """Periods in order, without those that stand inside another (今年 in 今年1至6月)."""
    kept: list[Period] = []
    for period in periods:
        if not kept or period.start >= kept[-1].end:
            kept.append(period)
    return kept


def _from_date(flat: str, date: FoundDate) -> Period | None:
    if date.ref.role == "完成时限" or flat[date.start - 1 : date.start] in _COMPARED:
        return None  # a deadline, or the time compared with (较2022年)
    if _ATTRIBUTE.search(flat, max(0, date.start - 4), date.start):
        return None  # 列入2026年预算: whose budget it is, not when something was counted
    cut_off = _CUT_OFF.search(flat, max(0, date.start - 4), date.start)
    is_day = len(date.ref.start) == 10 and not re.search("[底末季半初]", flat[date.start : date.end])  # noqa: PLR2004
    if cut_off:
        return Period(cut_off.start(), date.end)
    if is_day or _EVENT.match(flat, date.end):
        return None  # 预计2026年3月投用: when something happens, not when something is counted
    said = _SAID_YEAR.search(flat, max(0, date.start - 3), date.start)
    season = _SEASON.match(flat, date.end)
    return Period(said.start() if said else date.start, season.end() if season else date.end)


def time_words(flat: str, dates: list[FoundDate], periods: list[Period]) -> list[tuple[int, int]]:
    """Places of time words that are no part of a label, in order; times compared with (较2022年) belong to the change."""
    places = {(date.start, date.end) for date in dates if flat[date.start - 1 : date.start] not in _COMPARED}
    return sorted(places | {(period.start, period.end) for period in periods if not period.resets})


class PeriodReader:
    """Gives each figure its period; figures must be asked in order."""

    def __init__(self, flat: str, periods: list[Period], clauses: Clauses) -> None:
        self._flat, self._periods, self._clauses = flat, periods, clauses
        self._next = 0
        self._current: Period | None = None

    def at(self, position: int) -> tuple[Period | None, bool]:
        """The period of a figure at `position` and whether it was carried over from an earlier clause."""
        while self._next < len(self._periods) and self._periods[self._next].end <= position:
            period = self._periods[self._next]
            if not (period.resets and self._adds_up(period)):
                self._current = period
            self._next += 1
        sentence = self._clauses.before(self._clauses.sentence, position)
        current = self._current
        if current is None or current.start < sentence or current.resets:
            return None, False
        if _NEXT_STEP.search(self._flat, current.end, position) or _INSPECTION.search(
            self._flat, current.end, position
        ):
            return None, False
        clause = self._clauses.before(self._clauses.comma, position)
        return current, current.end < clause - 1

    def _adds_up(self, period: Period) -> bool:
        """截至6月底，累计…: what was added up until that day is still said of it."""
        current = self._current
        cut_off = current is not None and self._flat[current.start] == "截"
        return cut_off and self._flat[period.start : period.end] == "累计"
