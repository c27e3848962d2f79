"""Derived values: exact, half up, with fractions as the oracle; formulas that cannot be; periods turned back."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zhenggai.indicators.deriving import Formula, NoValue, Result, check_units, derive, formula_of
from zhenggai.indicators.periods import PeriodUnclear, check_period, first_month, same_words, year_before
from zhenggai.indicators.rules import WrongFigure
from zhenggai.indicators.states import Change, Operation

VALUES = st.decimals(min_value=-(10**9), max_value=10**9, places=6, allow_nan=False)
POSITIVE = st.decimals(min_value="0.000001", max_value=10**9, places=6, allow_nan=False)


def half_up(exact: Fraction) -> Fraction:
    """To six places, ties away from zero, by the definition."""
    scaled = abs(exact) * 10**6
    whole = scaled.numerator // scaled.denominator
    whole += scaled - whole >= Fraction(1, 2)
    return Fraction(whole if exact >= 0 else -whole, 10**6)


def result(op, *operands):
    """What is derived; None where the result is longer than can be kept, which is the only way in which these operands may fail."""
    try:
        return derive(op, operands)
    except NoValue as refusal:
        if "15 位有效数字" not in refusal.sentence:
            raise
        return None


@given(VALUES, VALUES)
def test_rates_are_exact(numerator, denominator):
    assume(denominator != 0)
    found = result(Operation.RATE, numerator, denominator)
    if found:
        assert Fraction(found.value) == half_up(Fraction(numerator) * 100 / Fraction(denominator))


@given(VALUES, POSITIVE)
def test_year_on_year_is_exact_and_without_sign(now, before):
    found = result(Operation.YEAR_ON_YEAR, now, before)
    if found:
        exact = (Fraction(now) - Fraction(before)) * 100 / Fraction(before)
        assert Fraction(found.value) == abs(half_up(exact))
        assert found.value >= 0
        sign = {Change.UP: 1, Change.DOWN: -1, Change.NONE: 0}[found.change]
        assert sign * found.value == Decimal(0) or (exact > 0) is (sign > 0)
        assert (sign == 0) is (half_up(exact) == 0)


@given(st.lists(VALUES, min_size=2, max_size=30))
def test_sums_are_exact(values):
    found = result(Operation.SUM, *values)
    if found:
        assert Fraction(found.value) == sum(map(Fraction, values))


@given(VALUES, VALUES)
def test_differences_and_points_are_exact(first, second):
    found, points = result(Operation.DIFFERENCE, first, second), result(Operation.POINTS, first, second)
    if found and points:
        assert Fraction(found.value) == Fraction(first) - Fraction(second)
        assert points.value == abs(found.value)
        assert points.change is (
            Change.UP if first > second else Change.DOWN if first < second else Change.NONE
        )


@pytest.mark.parametrize(
    ("op", "operands", "expected"),
    [
        (Operation.RATE, ("1", "3"), Result(Decimal("33.333333"))),
        (Operation.RATE, ("2", "3"), Result(Decimal("66.666667"))),
        (Operation.RATE, ("1", "1600000000"), Result(Decimal(0))),
        (Operation.RATE, ("1", "200000000"), Result(Decimal("0.000001"))),  # exactly half: up
        (Operation.RATE, ("-1", "200000000"), Result(Decimal("-0.000001"))),
        (Operation.RATE, ("31", "31"), Result(Decimal(100))),
        (Operation.YEAR_ON_YEAR, ("10", "14"), Result(Decimal("28.571429"), Change.DOWN)),
        (Operation.YEAR_ON_YEAR, ("714", "1000"), Result(Decimal("28.6"), Change.DOWN)),
        (Operation.YEAR_ON_YEAR, ("14", "14"), Result(Decimal(0))),
        (Operation.POINTS, ("100", "97.9"), Result(Decimal("2.1"), Change.UP)),
        (Operation.SUM, ("2888800", "0.5", "100"), Result(Decimal("2888900.5"))),
        (Operation.DIFFERENCE, ("3", "5"), Result(Decimal(-2))),
    ],
)
def test_cases(op, operands, expected):
    assert derive(op, [Decimal(each) for each in operands]) == expected


@pytest.mark.parametrize(
    ("op", "operands", "words"),
    [
        (Operation.RATE, ("1", "0"), "分母为零"),
        (Operation.YEAR_ON_YEAR, ("1", "0"), "上年同期为零"),
        (Operation.YEAR_ON_YEAR, ("1", "-3"), "上年同期为负数"),
        (Operation.RATE, ("999999999999999", "7"), "请改用更大的单位"),
        (Operation.SUM, ("999999999999999", "1.5"), "请改用更大的单位"),
    ],
)
def test_what_has_no_value_says_why(op, operands, words):
    with pytest.raises(NoValue, match=words):
        derive(op, [Decimal(each) for each in operands])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({}, "推算公式须写明"),
        ({"op": "product", "of": [1, 2]}, "推算公式须写明"),
        ({"op": "rate", "of": None}, "推算公式须写明"),
        ({"op": "rate", "of": [1]}, "须由 2 项"),
        ({"op": "sum", "of": [1]}, "须由 2 至 30 项"),
        ({"op": "year_on_year", "of": [1, 2]}, "须由 1 项"),
        ({"op": "points", "of": [1, 2, 3]}, "须由 1 至 2 项"),
        ({"op": "rate", "of": [1, 1]}, "出现了两次"),
        ({"op": "rate", "of": [1, True]}, "请重新选择"),
        ({"op": "rate", "of": [1, {"a": 1}]}, "请重新选择"),
    ],
)
def test_formulas_that_cannot_be(said, words):
    with pytest.raises(WrongFigure, match=words) as refused:
        formula_of(said)
    assert refused.value.facts == {"field": "formula"}


@pytest.mark.parametrize(
    ("op", "units", "unit", "kind", "words"),
    [
        ("rate", [("个", "count"), ("个", "count")], "%", "percent", None),
        ("rate", [("个", "count"), ("户", "count")], "%", "percent", "须用同一单位"),
        ("rate", [("个", "count"), ("个", "count")], "个", "count", "单位是“%”"),
        ("sum", [("元", "money"), ("元", "money")], "元", "money", None),
        ("sum", [("元", "money"), ("元", "money")], "个", "count", "应是“元”"),
        ("year_on_year", [("户", "count")], "%", "percent", None),
        ("points", [("%", "percent"), ("%", "percent")], "百分点", "percentage_point", None),
        ("points", [("户", "count"), ("户", "count")], "百分点", "percentage_point", "须由百分比指标推算"),
        ("points", [("%", "percent")], "%", "percent", "单位是“个百分点”"),
    ],
)
def test_units_must_fit(op, units, unit, kind, words):
    formula = Formula(Operation(op), tuple(range(len(units))))
    if words is None:
        check_units(formula, units, unit, kind)
    else:
        with pytest.raises(WrongFigure, match=words):
            check_units(formula, units, unit, kind)


# --- 时期 --------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("period", "before"),
    [
        ("2025年", "2024年"),
        ("2025年度", "2024年度"),
        ("２０２５年", "2024年"),
        ("2025 年上半年", "2024年上半年"),
        ("2025年下半年", "2024年下半年"),
        ("2025年第一季度", "2024年第一季度"),
        ("2025年二季度", "2024年二季度"),
        ("2025年前三季度", "2024年前三季度"),
        ("2025年6月", "2024年6月"),
        ("2025年12月底", "2024年12月底"),
        ("2025年1—6月", "2024年1—6月"),
        ("2025年1至11月", "2024年1至11月"),
        ("2025年1月至6月", "2024年1月至6月"),
        ("截至2025年6月底", "截至2024年6月底"),
        ("2000年", "1999年"),
        ("", None),
        ("整改期间", None),
        ("今年以来", None),
        ("2025年13月", None),
        ("2024—2025学年", None),
        ("2025年以来三年间", None),
        ("1900年", None),
        ("十四五时期", None),
    ],
)
def test_the_year_before(period, before):
    if before is None:
        with pytest.raises(PeriodUnclear, match="请写成"):
            year_before(period)
    else:
        assert year_before(period) == before


@given(st.integers(1902, 2099), st.sampled_from(["年", "年上半年", "年6月", "年第三季度", "年1—9月", "年底"]))
def test_turning_back_keeps_the_rest(year, rest):
    before = year_before(f"{year}{rest}")
    assert before == f"{year - 1}{rest}"
    assert first_month(before)[1] == first_month(f"{year}{rest}")[1]


TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("period", "fine"),
    [
        ("2026年", True), ("2026年11月", True), ("2026年12月", False), ("2026年第四季度", True), ("2027年", False), ("2027年规划期", False),
        ("整改期间", True), ("2026年下半年", True), ("截至2026年11月底", True), ("截至2026年12月底", False),
    ],
)  # fmt: skip
def test_periods_to_come_are_refused(period, fine):
    if fine:
        assert check_period(period, TODAY) == period
    else:
        with pytest.raises(WrongFigure, match="请填写已经发生的时期"):
            check_period(period, TODAY)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2025年", "2025年度"),
        ("2025年6月", "２０２５年6月份"),
        ("2025年一季度", "2025年第1季度"),
        ("2025年1季度", "2025年第一季度"),
    ],
)
def test_periods_that_are_the_same(one, other):
    assert same_words(one) == same_words(other)
    assert same_words("2025年") != same_words("2024年")
