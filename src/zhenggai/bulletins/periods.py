"""时期: whether two ways of writing a time mean the same one. Plain Python: no Django, no clock.

Three sorts of time are told apart
1. A stretch: 2024年 is 1 January to 31 December, 2025年上半年 is January to June, however they are written (2024年度, 二〇二四年, 2025年1至6月).
2. The end of a stretch: 2024年底, 截至2024年12月 and 截至2024年12月31日 are one day. What there is at the end of a year (存量) and what was
   done in the year (流量) are different figures, so 2024年 and 2024年底 differ.
3. Words that no calendar knows (整改期间, 目前): they contradict no calendar time, only other such words.
Words for a year that only the day of writing tells (今年, 去年) agree with nothing but themselves: a published text is read in other years.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache

from gongwen.models import DateRef
from gongwen.reading.clean import clean
from gongwen.reading.dates import find_dates

_BLANKS = re.compile(r"\s+")
_CUT_OFF = re.compile("^(?:截[至止]到?|到|至)")
_END = re.compile("[底末]$")
_FILLING = re.compile("(?:时期|期间|内|以来|间|的|时|，|：|“|”)+")
_RELATIVE = re.compile("[今去本上前明当]年|同期|上半年|下半年|季度|\\d{1,2}月")
_CHINESE_YEAR = re.compile("[一二][零〇○0九][零〇○0一二三四五六七八九]{2}(?=年)")
_FIGURE_OF = str.maketrans("零〇○一二三四五六七八九", "000123456789")
_DAY = 10
_MONTH = 7


@dataclass(frozen=True, slots=True)
class _Time:
    """``start`` and ``end`` are days (YYYY-MM-DD) or empty; ``at_end`` says that only the end counts; ``rest`` is what no calendar explains."""

    start: str
    end: str
    at_end: bool
    rest: str


def same_period(figure_period: str, source_period: str) -> bool:
    """Whether text and source may speak of one time; who states none agrees with any."""
    if not figure_period or not source_period or figure_period == source_period:
        return True
    written, said = _time_of(figure_period), _time_of(source_period)
    if written == said:
        return True
    if written.end and said.end:
        return _same_times(written, said)
    return _compatible(written, said)


def _same_times(written: _Time, said: _Time) -> bool:
    if written.at_end != said.at_end or written.rest != said.rest:
        return False
    return written.end == said.end and (written.at_end or written.start == said.start)


def _compatible(written: _Time, said: _Time) -> bool:
    """At least one of the two is no calendar time."""
    if not written.end and not said.end:
        return written.rest == said.rest or _is_tail(written.rest, said.rest)
    vague, known = (said, written) if written.end else (written, said)
    if not _RELATIVE.search(vague.rest):
        return True  # 整改期间: nothing that could be contradicted
    return _without_year(vague) in _without_year_of(known)


def _is_tail(one: str, other: str) -> bool:
    """集中整改期间 is 整改期间; 上半年 is no part of 去年上半年, which names its year."""
    short, long = sorted((one, other), key=len)
    return bool(short) and long.endswith(short) and not _RELATIVE.search(long)


def _without_year(time: _Time) -> str:
    return time.rest + ("底" if time.at_end else "")


def _without_year_of(time: _Time) -> frozenset[str]:
    """How a text that has named the year before writes the same time without it (上半年, 一季度, 6月)."""
    if time.rest:
        return frozenset()
    first, last = int(time.start[5:7] or 0) if time.start else 0, int(time.end[5:7])
    end = "底" if time.at_end else ""
    names = {f"{last}月{end}"} if time.at_end or first == last else {f"{first}至{last}月"}
    if time.at_end:
        names |= {f"{'一二三四'[last // 3 - 1]}季度底"} if last % 3 == 0 else set()
    elif first in (1, 4, 7, 10) and last == first + 2:
        names.add(f"{'一二三四'[first // 3]}季度")
    elif (first, last) in ((1, 6), (7, 12)):
        names.add("上半年" if first == 1 else "下半年")
    return frozenset(names)


@lru_cache(maxsize=4096)
def _time_of(period: str) -> _Time:
    words = _BLANKS.sub("", period)
    words = _CHINESE_YEAR.sub(lambda year: year.group().translate(_FIGURE_OF), words)
    text = clean(words)
    flat = text.flat.rstrip("\n")
    cut = _CUT_OFF.match(flat)
    dates = [date for date in find_dates(text, bytearray(len(text.flat))) if date.possible]
    if len(dates) != 1:
        return _Time(
            "", "", bool(cut or _END.search(flat)), _rest(_END.sub("", flat[cut.end() if cut else 0 :]))
        )
    date = dates[0]
    rest = _rest(flat[cut.end() if cut else 0 : date.start] + flat[date.end :])
    is_end = bool(cut) or bool(_END.search(flat[date.start : date.end]))
    since = flat[date.start : date.end].endswith(("以来", "至今"))
    return _Time(_first_day(date.ref), _last_day(date.ref), is_end, rest + ("以来" if since else ""))


def _rest(words: str) -> str:
    return _FILLING.sub("", words).removeprefix("集中").removeprefix("第")


def _first_day(ref: DateRef) -> str:
    start = ref.start
    if len(start) == _DAY:
        return start
    return f"{start}-01" if len(start) == _MONTH else f"{start}-01-01"


def _last_day(ref: DateRef) -> str:
    end = ref.end or ref.start
    if len(end) == _DAY:
        return end
    year, month = (int(end[:4]), int(end[5:])) if len(end) == _MONTH else (int(end), 12)
    return f"{year:04d}-{month:02d}-{calendar.monthrange(year, month)[1]:02d}"
