"""时期: what a period's words say of the calendar, and the same period a year before. Plain Python, no clock."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

from zhenggai.indicators.rules import WrongFigure

_YEAR = r"(?P<year>(?:19|20)\d{2})年"
_FORMS = (
    (re.compile(rf"{_YEAR}度?(?:全年)?"), 1),
    (re.compile(rf"{_YEAR}上半年"), 1),
    (re.compile(rf"{_YEAR}下半年"), 7),
    (re.compile(rf"{_YEAR}第?(?P<quarter>[一二三四1-4])季度末?"), None),
    (re.compile(rf"{_YEAR}前(?P<quarters>[一二三])季度"), 1),
    (re.compile(rf"{_YEAR}(?P<month>1[0-2]|0?[1-9])月(?:份|底|末)?"), None),
    (re.compile(rf"{_YEAR}(?P<first>1[0-2]|0?[1-9])月?[至到~—–-]+(?P<last>1[0-2]|0?[1-9])月(?:份|底|末)?"), None),
    (re.compile(rf"{_YEAR}(?P<half>[年春秋]?(?:底|末|初))"), None),
    (re.compile(rf"截[至止]{_YEAR}(?:度)?(?:底|末)?"), 1),
    (re.compile(rf"截[至止]{_YEAR}(?P<month>1[0-2]|0?[1-9])月(?:底|末)?"), None),
)  # fmt: skip
"""Forms of a period, and the month in which it begins, where the form alone says it."""

_QUARTERS = {"一": 1, "二": 4, "三": 7, "四": 10, "1": 1, "2": 4, "3": 7, "4": 10}
_ANY_YEAR = re.compile(r"(?:19|20)\d{2}(?=年)")
_FIRST_YEAR = 1901
_REMEMBERED = 1024
"""Periods whose plain form is remembered: a ledger uses a few, each of them in many rows."""


class PeriodUnclear(WrongFigure):
    """时期不明确: no period that the calendar could be turned back by."""

    code = "period_unclear"


def plain_period(written: str) -> str:
    """The period as it is kept: full-width digits and letters made plain, no spaces; the dash stays as written."""
    narrow = "".join(unicodedata.normalize("NFKC", c) if c.isalnum() else c for c in written)
    return re.sub(r"\s+", "", narrow)


@lru_cache(_REMEMBERED)
def same_words(period: str) -> str:
    """A period as periods are compared: 2025年度 is 2025年, 2025年6月份 is 2025年6月."""
    plain = plain_period(period)
    plain = re.sub(r"(?<=\d年)度|(?<=\d月)份", "", plain)
    return re.sub(r"(?<=\d年)第?(?P<quarter>[1-4一二三四])季度", _quarter, plain)


def _quarter(found: re.Match[str]) -> str:
    said = found["quarter"]
    return f"第{'一二三四'[int(said) - 1] if said.isdecimal() and said.isascii() else said}季度"


def first_month(period: str) -> tuple[int, int] | None:
    """Year and month in which a period begins; None where its form is not one of those known."""
    for form, begins in _FORMS:
        found = form.fullmatch(period)
        if found:
            said = found.groupdict()
            month = said.get("month") or said.get("first")
            quarter = _QUARTERS.get(said.get("quarter") or "", 1)
            return int(said["year"]), begins or (int(month) if month else quarter)
    return None


def year_before(period: str) -> str:
    """上年同期: the same period a year earlier (2025年上半年 → 2024年上半年); PeriodUnclear for any form that is not known."""
    plain = plain_period(period)
    begins = first_month(plain)
    if begins is None or begins[0] < _FIRST_YEAR:
        shown = f"“{period}”" if period else "（未填）"
        raise PeriodUnclear(
            f"时期{shown}推不出上年同期，请写成“2025年”“2025年上半年”“2025年第一季度”“2025年6月”“2025年1—6月”这样的形式。",
            field="period",
        )
    return plain.replace(f"{begins[0]}年", f"{begins[0] - 1}年", 1)


def check_period(period: str, today: date) -> str:
    """Return the period as it is kept; WrongFigure if it only begins after today, or names a year that is still to come."""
    plain = plain_period(period)
    begins = first_month(plain)
    years = [int(year) for year in _ANY_YEAR.findall(plain)]
    ahead = begins is not None and begins > (today.year, today.month)
    if ahead or any(year > today.year for year in years):
        raise WrongFigure(
            f"“时期”写的“{period}”还没有到（今天是 {today}），请填写已经发生的时期。", field="period"
        )
    return plain
