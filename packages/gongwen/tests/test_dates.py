"""Dates and ranges: words → start, end, role."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen import read

DATES = [
    # a range; the second end takes year and month from the first
    ("2024年4月28日至7月29日", [("2024-04-28", "2024-07-29")]),
    ("2025年1至7月", [("2025-01", "2025-07")]),
    ("2022年至2024年", [("2022", "2024")]),
    # a range that ends in a month is one range
    ("2023年至2025年5月", [("2023", "2025-05")]),
    ("2024年10月至2025年3月", [("2024-10", "2025-03")]),
    # 底 and 末 are the last day
    ("截至2025年6月底", [("2025-06-30", None)]),
    ("2024年底", [("2024-12-31", None)]),
    ("2024年2月底", [("2024-02-29", None)]),
    ("2026年一季度末", [("2026-03-31", None)]),
    # quarters and halves have a first and a last day
    ("2024年前三季度", [("2024-01-01", "2024-09-30")]),
    ("2025年上半年", [("2025-01-01", "2025-06-30")]),
    ("2025年第三季度", [("2025-07-01", "2025-09-30")]),
    # 以来 begins and does not end
    ("2021年以来", [("2021", None)]),
    # two entries
    ("2023年、2024年", [("2023", None), ("2024", None)]),
    ("2023、2024年", [("2023", None), ("2024", None)]),
    # a missing year comes from the nearest one before it
    ("2024年3月5日启动，7月底完成", [("2024-03-05", None), ("2024-07-31", None)]),
    ("2024年4月28日、30日", [("2024-04-28", None), ("2024-04-30", None)]),
    # lost signs are restored where only one reading is a date
    ("2024924日", [("2024-09-24", None)]),
    ("2024717日至830日", [("2024-07-17", "2024-08-30")]),
    ("202412月5日", [("2024-12-05", None)]),
    ("20253月底前", [("2025-03-31", None)]),
    # the year may be said in words
    ("2025年，当年12月完工，次年3月验收", [("2025", None), ("2025-12", None), ("2026-03", None)]),
    ("2025年6月，去年12月启动", [("2025-06", None), ("2024-12", None)]),
    ("2025年6月，明年9月底前完成", [("2025-06", None), ("2026-09-30", None)]),
    ("2025年前11个月", [("2025-01-01", "2025-11-30")]),
    ("2024年10月至今", [("2024-10", None)]),
    ("二0二五年十月一日", [("2025-10-01", None)]),
    # other ways to write
    ("二〇二五年七月十一日", [("2025-07-11", None)]),
    ("2025-09-15 10:32", [("2025-09-15", None)]),
    ("２０２５年９月１日", [("2025-09-01", None)]),
    ("2025 年 6\n月 30 日", [("2025-06-30", None)]),
    # no dates: a recurring day, a duration, a clock, an issue number
    ("每月20日前报送", []),
    ("7日内办结", []),
    ("近三个月", []),
    ("7月底前完成", []),  # no year anywhere
]


@pytest.mark.parametrize(("words", "expected"), DATES)
def test_date(words: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(d.start, d.end) for d in read(words).dates] == expected


def test_a_day_that_does_not_exist_is_left_over_with_its_reason() -> None:
    bulletin = read("2024年9月31日前完成。")
    assert bulletin.dates == ()
    assert [(x.text, x.reason) for x in bulletin.leftovers] == [("2024年9月31日", "日历上没有这一天")]


def test_an_ambiguous_row_of_figures_is_not_guessed() -> None:
    assert read("2024111日").dates == ()  # 1月11日 or 11月1日


def test_dates_without_any_year_before_take_the_documents_own() -> None:
    words = "关于整改情况的通报\n5月30日反馈意见。去年8月启动。\n某某市委\n2025年9月1日\n"
    assert [d.start for d in read(words).dates] == ["2025-05-30", "2024-08", "2025-09-01"]


def test_a_concluded_year_is_marked() -> None:
    assert [d.inferred for d in read("2024年3月5日启动，7月底完成").dates] == [False, True]


ROLES = [
    ("截至2025年6月底，完成5个", "截至"),
    ("2025年3月1日，区委巡察组反馈了意见", "反馈"),
    ("于2025年12月底前完成", "完成时限"),
    ("2025年1月2日至3月4日，区委第一巡察组开展巡察", "巡视"),
    ("2025年1月至3月，市委对26个单位开展了巡察，共反馈问题1042个", "巡视"),
]


@pytest.mark.parametrize(("words", "role"), ROLES)
def test_role(words: str, role: str) -> None:
    assert read(words).dates[0].role == role


@given(st.dates(min_value=date(1950, 1, 1), max_value=date(2099, 12, 31)))
def test_any_day_is_read_as_itself(day: date) -> None:
    written = f"{day.year}年{day.month}月{day.day}日"
    assert [d.start for d in read(written).dates] == [day.isoformat()]
