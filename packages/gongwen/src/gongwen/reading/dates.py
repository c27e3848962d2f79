"""日期: calendar dates and ranges.

Guarantees
1. Every date is valid in the Gregorian calendar and written YYYY[-MM[-DD]]; impossible ones are left over.
2. A missing year comes from the nearest earlier explicit year of the text and is marked `inferred`.
3. 年 or 月 lost in copying (2024924日) is restored only when exactly one reading is a date.
4. 底 and 末 give the last day; quarters and half years their first and last day; 以来 a start without end.
5. The span holds the date words alone, without 截至, 自 or 前.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace

from gongwen.models import DateRef
from gongwen.reading.clean import Text
from gongwen.reading.numerals import chinese_value

_YEAR = r"(?:19|20)\d{2}|[一二][零〇○0九][零〇○0一二三四五六七八九]{2}"
_SMALL = r"\d{1,2}|[一二三四五六七八九十]{1,3}"
_TO = r"(?:至|到|-{1,2}|—{1,2}|~)"
_PART = (
    r"前[一二两三]个?季度[末底]?|前(?:1[01]|[2-9]|[二三四五六七八九]|十一?)个月|第?[一二三四1-4]季度[末底]?|[上下]半年[末底]|[上下]半年|[上中下]旬|"
    r"年?[底末初]|全年|度(?!假|过|量|假)"
)


def _point(n: int) -> str:
    """The pattern of one day, month or year; groups are numbered for the two ends of a range."""
    return (
        rf"(?:(?P<y{n}>{_YEAR})年)?(?:(?P<m{n}_>{_SMALL})月份?)?(?:(?P<d{n}>{_SMALL})[日号](?!均|常|"
        rf"产|照|前?新))?"
        rf"(?P<p{n}>{_PART})?"
    )


_DATE = re.compile(
    rf"""(?=[0-9一二前])(?:
      (?<![\d.])(?P<iso>(?:19|20)\d{{2}}[-./]\d{{1,2}}[-./]\d{{1,2}})(?![\d])
    | (?<![\d.])(?P<lost>(?:19|20)\d{{2}}年?\d{{2,4}})日(?:{_TO}(?P<lost2>\d{{2,4}})日)?
    | (?<![\d.])(?P<lostm>(?:19|20)\d{{2}})(?P<lostmm>1[0-2]|[1-9])月(?:(?P<lostd>\d{{1,2}})日)?(?P<lostp>[底末])?
    |
    (?<!\d)(?P<years>{_YEAR})(?:年?{_TO}(?P<years2>{_YEAR})|(?=(?:、(?:{_YEAR}))*[、和](?:{_YEAR})年))年?(?P<since0>以来)?
      (?![-\d.]|年\d)
    | (?<![\d.])(?P<ym>{_YEAR})年(?P<m1>\d{{1,2}}){_TO}(?P<m2>\d{{1,2}})月份?
    | (?<![\d.一二三四五六七八九十第])(?P<ma>\d{{1,2}}){_TO}(?P<mb>\d{{1,2}})月份?(?!\d)
    |
    (?:(?<![\d.一二三四五六七八九十第个])|(?<=\d\.)(?={_YEAR}年))(?P<first>(?={_YEAR}年|\d{{1,2}}月|(?<=[，。；、\n])第?[一二三四]季度|(?<=[今去]年)前(?:\d{{1,2}}|[二三四五六七八九十]{{1,2}})个月|(?<=[日号][、和])\d{{1,2}}日){_point(1)})
      (?P<since>以来|至今)?(?:{_TO}(?P<second>(?=(?:{_YEAR})年|\d{{1,2}}[月日号]|[一二三四五六七八九十]{{1,3}}[月日]){_point(2)}))?
    )""",
    re.VERBOSE,
)
_CUT_OFF = re.compile(r"截[至止]到?$")
_ROLE_AFTER = (
    (re.compile(r"前(?!后|三|两|一|夕|往|期)|以前|之前"), "完成时限"),
    (
        re.compile(r"[^。；\n月]{0,40}?(?:反馈(?:了|.{0,12}(?:意见|情况|问题|隐患))|出具(?:了)?.{0,6}报告)"),
        "反馈",
    ),
    (re.compile(r"[^。；\n月]{0,40}?(?:巡视|巡察)"), "巡视"),
    (re.compile(r"[^。；\n月]{0,40}?(?:审计|督察|检查)"), "审计"),
)


@dataclass(frozen=True, slots=True)
class Day:
    """年月日 as far as written; `last` asks for the last day of the month or year (底)."""

    year: int
    month: int | None = None
    day: int | None = None
    last: bool = False

    def iso(self) -> str | None:
        """YYYY[-MM[-DD]], `None` if there is no such day."""
        month, day = self.month, self.day
        if self.last:
            month = month or 12
            day = day or _last_day(self.year, month)
        if month is None:
            return f"{self.year:04d}"
        if not 1 <= month <= 12 or (day is not None and not 1 <= day <= _last_day(self.year, month)):  # noqa: PLR2004
            return None
        return f"{self.year:04d}-{month:02d}" + (f"-{day:02d}" if day else "")


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date with its place in the flat text; `certain` is false for impossible ones, which are left over."""

    start: int
    end: int
    ref: DateRef
    possible: bool = True


def find_dates(text: Text, closed: bytearray, year: int | None = None) -> list[FoundDate]:
    """所有日期 in order; places marked in `closed` (inside 《》) are passed over.

    `year` is the document's own (成文), which dates without a year mean as long as the text has named none.
    """
    found: list[FoundDate] = []
    known = _Known(year, None)
    for match in _DATE.finditer(text.flat):
        if match.end() == match.start() or closed[match.start()]:
            continue
        reading = _Reading(match, _meant(text.flat, match.start(), known, year))
        if reading.start is not None:
            last = reading.end or reading.start
            known = _Known(last.year, last.month or known.month)
            found.append(_found(text, match, reading))
    return found


_SAID_YEAR = re.compile("(?:今|本|去|上|前|明|来|次|翌)年$")
_YEARS_AWAY = {"今": 0, "本": 0, "去": -1, "上": -1, "前": -2, "明": 1, "来": 1, "次": 1, "翌": 1}


def _meant(flat: str, start: int, known: _Known, year: int | None) -> _Known:
    """The year that a word right before a date says: 去年12月 from the document's year, 次年3月 from the one last named."""
    said = _SAID_YEAR.search(flat, max(0, start - 2), start)
    if not said:
        return known
    base = known.year if said.group()[0] in "次翌" else year or known.year
    return _Known(base + _YEARS_AWAY[said.group()[0]], None) if base else known


def iso_date(words: str) -> str | None:
    """The first whole day in some words (`2025年7月11日` → `2025-07-11`); `None` without one."""
    match = _DATE.search(words.strip("（）()"))
    if not match or match.end() == match.start():
        return None
    reading = _Reading(match, _Known(None, None))
    return reading.start.iso() if reading.start else None


def _found(text: Text, match: re.Match[str], reading: _Reading) -> FoundDate:
    start, end = match.start(), match.end()
    assert reading.start is not None  # noqa: S101  (asked by the caller)
    first = reading.start.iso()
    last = reading.end.iso() if reading.end else None
    span = text.span(start, end)
    role = _role(text.flat, start, end, is_range=reading.end is not None)
    ref = DateRef(text.quote(span), span, first or "", last, role, inferred=reading.inferred)
    return FoundDate(
        start, end, ref, possible=first is not None and (reading.end is None or last is not None)
    )


def _role(flat: str, start: int, end: int, *, is_range: bool) -> str | None:
    """角色: what the date is for, as far as the words beside it say."""
    if _CUT_OFF.search(flat, max(0, start - 4), start):
        return "截至"
    said = [(match.end(), role) for pattern, role in _ROLE_AFTER if (match := pattern.match(flat, end))]
    if not is_range:
        return next((role for _, role in said if role not in ("巡视", "审计")), None)
    return min(said, default=(0, None))[1]  # 2025年1月至3月…开展巡察，共反馈问题…: the nearest word tells


@dataclass(frozen=True, slots=True)
class _Known:
    """The year and month last named, for dates that leave them out."""

    year: int | None
    month: int | None


class _Reading:
    """One match read as a day or a range; `start` is None when the year is unknown or the reading is not single."""

    def __init__(self, match: re.Match[str], known: _Known) -> None:
        self.start: Day | None = None
        self.end: Day | None = None
        self.inferred = False
        self._known = known
        for group, read in _READERS:
            if match[group] is not None:
                read(self, match)
                break

    def iso_form(self, match: re.Match[str]) -> None:
        year, month, day = (int(part) for part in re.split(r"[-./]", match["iso"]))
        self.start = Day(year, month, day)

    def lost_signs(self, match: re.Match[str]) -> None:
        year = int(match["lost"][:4])
        self.start = _only_reading(year, match["lost"][4:].lstrip("年"))
        if match["lost2"] and self.start:
            self.end = _only_reading(year, match["lost2"])
            self.start = self.start if self.end else None

    def lost_year_sign(self, match: re.Match[str]) -> None:
        self.start = Day(
            int(match["lostm"]),
            int(match["lostmm"]),
            int(match["lostd"]) if match["lostd"] else None,
            last=bool(match["lostp"]),
        )

    def year_range(self, match: re.Match[str]) -> None:
        self.start = Day(_number(match["years"]))
        self.end = Day(_number(match["years2"])) if match["years2"] else None

    def months_of_year(self, match: re.Match[str]) -> None:
        year = _number(match["ym"])
        self.start, self.end = Day(year, int(match["m1"])), Day(year, int(match["m2"]))

    def months(self, match: re.Match[str]) -> None:
        if self._known.year is None:
            return
        self.inferred = True
        self.start, self.end = (
            Day(self._known.year, int(match["ma"])),
            Day(self._known.year, int(match["mb"])),
        )

    def points(self, match: re.Match[str]) -> None:
        year = _number(match["y1"]) if match["y1"] else self._known.year
        if year is None:
            return
        self.inferred = match["y1"] is None
        month = _number(match["m1_"]) if match["m1_"] else None
        day = _number(match["d1"]) if match["d1"] else None
        if day and not month:
            month = self._known.month
        self.start = Day(year, month, day, last=_is_last(match["p1"]))
        self._read_part(match["p1"] or "", year)
        if match["second"]:
            self._read_second(match, self.start)

    def _read_part(self, part: str, year: int) -> None:
        months = _months_of(part)
        if months and part[-1] in "末底":
            self.start = Day(year, months[1], last=True)
        elif months:
            self.start = Day(year, months[0], 1)
            self.end = Day(year, months[1], last=True)

    def _read_second(self, match: re.Match[str], first: Day) -> None:
        year = _number(match["y2"]) if match["y2"] else first.year
        month = _number(match["m2_"]) if match["m2_"] else (None if match["y2"] else first.month)
        day = _number(match["d2"]) if match["d2"] else None
        self.end = Day(year, month, day, last=_is_last(match["p2"]))
        months = _months_of(match["p2"] or "")
        if months:
            self.end = Day(year, months[1], last=True)


_READERS = (
    ("iso", _Reading.iso_form),
    ("lost", _Reading.lost_signs),
    ("lostm", _Reading.lost_year_sign),
    ("years", _Reading.year_range),
    ("ym", _Reading.months_of_year),
    ("ma", _Reading.months),
    ("first", _Reading.points),
)


def _only_reading(year: int, figures: str) -> Day | None:
    """The one day that a row of figures without 月 can mean, `None` if there is none or more than one."""
    splits = (
        Day(year, int(figures[:i]), int(figures[i:])) for i in range(1, len(figures)) if figures[i] != "0"
    )
    days = [day for day in splits if day.iso()]
    return days[0] if len(days) == 1 else None


def _months_of(part: str) -> tuple[int, int] | None:
    """First and last month of a quarter, of the first quarters or of a half year."""
    part = part.rstrip("末底")
    if part == "上半年":
        return 1, 6
    if part == "下半年":
        return 7, 12
    if "个月" in part:
        return 1, _number(part[1:-2])
    if "季度" in part:
        number = _number(re.sub("[第前个季度]", "", part))
        return (1, 3 * number) if part[0] == "前" else (3 * number - 2, 3 * number)
    return None


def _is_last(part: str | None) -> bool:
    return bool(part) and part[-1:] in ("底", "末")  # type: ignore[index]


def _number(written: str) -> int:
    if written.isascii():
        return int(written)
    return chinese_value(written.replace("0", "〇")) or 0


def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def with_role(found: FoundDate, role: str) -> FoundDate:
    """The same date in the role that its place gives it (成文, 发布)."""
    return replace(found, ref=replace(found.ref, role=role))
