"""Figures and Chinese numerals → values."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.reading.numerals import chinese_value, value_of

VALUES = [
    ("1,240", "1240"),  # thousands comma
    ("4372.5", "4372.5"),
    ("十七", "17"),  # 十 without a figure before it
    ("两", "2"),
    ("一百二十", "120"),
    ("三百五", "350"),  # the last unit is left out in speech
    ("二百零五", "205"),
    ("一千零八十", "1080"),
    ("二〇二五", "2025"),  # figure by figure
    ("六点三", "6.3"),
    ("三万五千", "35000"),
    ("三万五", "35000"),
    ("六点三五", "6.35"),
    ("二五", "25"),
    ("三亿二千万", "320000000"),
    ("一万二千亿", "1200000000000"),  # 亿 multiplies what stands before it, 万 included
    ("三亿零五", "300000005"),  # behind 零 the last figure is itself
    ("二十亿", "2000000000"),
]


@pytest.mark.parametrize(("written", "value"), VALUES)
def test_value(written: str, value: str) -> None:
    assert value_of(written) == Decimal(value)


@pytest.mark.parametrize("written", ["", "甲", "十甲", "六点", "点三", "1.2.3", "abc", "NaN", "Infinity"])
def test_no_numeral_gives_none(written: str) -> None:
    assert value_of(written) is None


@given(st.integers(min_value=1, max_value=9999))
def test_a_number_written_in_chinese_is_read_back(number: int) -> None:
    assert chinese_value(in_chinese(number)) == number


@pytest.mark.parametrize(("written", "value"), [("三百五", 350), ("三亿五", 350000000), ("九", 9)])
def test_a_numeral_is_a_whole_number(written: str, value: int) -> None:
    read_back = chinese_value(written)
    assert (read_back, type(read_back)) == (value, int)


def in_chinese(number: int) -> str:
    """Write a number below ten thousand in full: 1080 → 一千零八十."""
    digits = "零一二三四五六七八九"
    written = ""
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            written += digits[digit] + name
        elif written and not written.endswith("零"):
            written += "零"
    return written.rstrip("零")
