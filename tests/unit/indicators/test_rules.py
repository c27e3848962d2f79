"""What a figure can be."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from zhenggai.core.clock import now
from zhenggai.indicators.models import Indicator, Observation
from zhenggai.indicators.rules import ImpossibleFigure, WrongFigure, exact_value, read_value
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions.deciding import accept
from zhenggai.ledger.states import Kind


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2888800", "2888800"),
        ("1.990", "1.99"),
        ("0", "0"),
        ("1000000000000000000", None),  # 10^18: more digits than a double holds
        ("999999999999999", "999999999999999"),
        ("0.000001", "0.000001"),
        ("0.0000001", None),
        ("123456789.1234567", None),
        ("", None),
        ("十二", None),
        ("NaN", None),
        ("Infinity", None),
        ("1e5", "100000"),
        (f"1.{'0' * 30}1", None),  # more digits than a calculation usually carries
    ],
)
def test_exact_value(written, value):
    if value is None:
        with pytest.raises(ImpossibleFigure, match="请"):
            exact_value(written)
    else:
        assert exact_value(written) == Decimal(value)


@pytest.mark.parametrize(
    ("written", "unit", "value"),
    [
        ("10", "户", "10"),
        ("10户", "户", "10"),
        (" 10 户 ", "户", "10"),
        ("288.88万元", "元", "2888800"),
        ("288.88万", "元", "2888800"),
        ("1,234.50元", "元", "1234.5"),
        ("１，２３４．５０元", "元", "1234.5"),
        ("１２％", "%", "12"),
        ("12%", "％", "12"),
        ("2.1个百分点", "百分点", "2.1"),
        ("2.1百分点", "个百分点", "2.1"),
        ("-3.5", "℃", "-3.5"),
        ("\u22123.5", "个", "-3.5"),
        ("12千瓦时", "千瓦时", "12"),
        ("12万千瓦时", "千瓦时", "120000"),
        ("12万千瓦", "千瓦", "120000"),
        ("3.2亿元", "元", "320000000"),
        ("5万元", "万元", "5"),
        ("5", "万元", "5"),
        ("7人次", "人次", "7"),
        ("0", "", "0"),
        ("0.0000001亿元", "元", "10"),
    ],
)
def test_values_as_they_are_written(written, unit, value):
    assert read_value(written, unit).value == Decimal(value)


@pytest.mark.parametrize(
    ("written", "unit", "words"),
    [
        ("十二点五", "%", "是中文数字，请改用阿拉伯数字"),
        ("三百户", "户", "是中文数字"),
        ("约300", "户", "带有“约”"),
        ("300余户", "户", "带有“余”"),
        ("近300户", "户", "带有“近”"),
        ("300户以上", "户", "带有“以上”"),
        ("10-12户", "户", "区间"),
        ("10至12", "户", "区间"),
        ("10～12户", "户", "区间"),
        ("10户—12户", "户", "区间"),
        ("12户", "家", "本指标的单位是“家”"),
        ("12%", "户", "本指标的单位是“户”"),
        ("12万户", "家", "本指标的单位是“家”"),
        ("12元", "万元", "本指标的单位是“万元”"),
        ("12万", "万元", "本指标的单位是“万元”"),
        ("12户", "", "去掉单位"),
        ("12,34", "户", "千位分隔号的位置不对"),
        ("1,2345元", "元", "千位分隔号的位置不对"),
        ("1.2.3", "户", "不是数值"),
        ("", "户", "不能为空"),
        ("户", "户", "不是数值"),
        ("=1+1", "户", "不是数值"),
        ("NaN", "户", "不是数值"),
        ("1e5", "户", "请"),
        ("0.0000001", "户", "超出可精确记账"),
        ("9999999999999999", "户", "超出可精确记账"),
        (f"1.{'0' * 30}1", "户", "超出可精确记账"),  # more digits than a calculation usually carries
        ("1" * 61, "户", "太长"),
    ],
)
def test_what_is_no_definite_value_is_refused_with_a_remedy(written, unit, words):
    with pytest.raises((WrongFigure, ImpossibleFigure), match=words) as refused:
        read_value(written, unit)
    assert "请" in refused.value.sentence


@given(st.text(max_size=30), st.sampled_from(["户", "元", "%", "", "千瓦时"]))
def test_any_text_is_a_value_or_a_sentence(written, unit):
    try:
        found = read_value(written, unit)
    except (WrongFigure, ImpossibleFigure) as refusal:
        said = refusal.sentence
    else:
        said = ""
        assert found.value == exact_value(str(found.value))
    assert not said or "请" in said


@given(
    st.decimals(min_value=0, max_value=10**6, places=2, allow_nan=False), st.sampled_from(["", "万", "亿"])
)
def test_multiplied_values_are_exact(number, multiplier):
    factor = {"": 1, "万": 10**4, "亿": 10**8}[multiplier]
    assert read_value(f"{number:,}{multiplier}元", "元").value == number * factor


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.decimals(min_value=-(10**14), max_value=10**14, places=6, allow_nan=False))
def test_what_is_exact_comes_back_from_the_database(value):
    try:
        exact = exact_value(str(value))
    except ImpossibleFigure:
        return
    with transaction.atomic():
        indicator = Indicator.objects.create(name="甲", unit="元", kind="money")
        row = Observation.objects.create(indicator=indicator, value=exact, observed_at=now())
        row.refresh_from_db()
        assert row.value == exact
        transaction.set_rollback(True)


def test_equal_figures_are_one_indicator(office):
    made = factories.Made(
        [
            factories.F("甲", figures=[("整治混错接点", "3", "处")]),
            factories.F("乙", figures=[("整治混错接点", "4", "处")]),
        ]
    )
    reading = factories.enter(made, by=office)
    accept(proposals=factories.of_kind(reading, Kind.FIGURE), by=office)
    one, other = Observation.objects.order_by("pk")
    assert one.indicator == other.indicator
    assert verify().sound
