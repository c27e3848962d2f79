"""Whether a number in the text is a true way of writing its source. One row, one reason."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongwen.reading import quantities
from zhenggai.bulletins import agreeing
from zhenggai.bulletins.agreeing import agrees, quantum_of, same_change, same_unit, stand
from zhenggai.bulletins.facts import Figure, Line, Place, Source, Waived
from zhenggai.bulletins.periods import same_period
from zhenggai.bulletins.reading import read_lines
from zhenggai.bulletins.states import FigureState


def written(text):
    """The first figure of a sentence, as the reader gives it."""
    return read_lines([Line(0, "text", text)]).figures[0]


def source(value, unit="户", label="绿色工厂", now="same", **more):
    value = Decimal(value)
    present = value if now == "same" else None if now is None else Decimal(now)
    return Source(1, label, value, unit, "count", present, **more)


AGREEING = [
    ("建成10户。", "10", True),
    ("建成10户。", "12", False),
    ("投入288.88万元。", "2888800", True),
    ("投入288.88万元。", "2888760", True),  # rounded half up to 万元 with two decimals
    ("投入288.88万元。", "2888849", True),
    ("投入288.88万元。", "2888850", False),
    ("投入289万元。", "2888800", True),
    ("投入0万元。", "4000", False),  # zero says that there was none
    ("网办率达98.5%。", "98.45", True),
    ("网办率达98.5%。", "98.44", False),
    ("网办率超过98.5%。", "98.5", False),  # 超过 does not include the number
    ("网办率超过98.5%。", "98.6", True),
    ("帮扶300户以上。", "300", True),  # 以上 does
    ("帮扶300户以上。", "299", False),
    ("帮扶突破300户。", "300", True),
    ("帮扶至少300户。", "299", False),
    ("控制在300户以内。", "300", True),
    ("控制在300户以内。", "301", False),
    ("不足300户。", "299", True),
    ("不足300户。", "300", False),
    ("帮扶300余户。", "399", True),
    ("帮扶300余户。", "400", False),
    ("帮扶300余户。", "299", False),
    ("服务110万余人次。", "1199999", True),
    ("服务110万余人次。", "1200000", False),
    ("帮扶20多户。", "29", True),
    ("帮扶近300户。", "201", True),
    ("帮扶近300户。", "200", False),
    ("帮扶近300户。", "301", False),
    ("帮扶约100户。", "105", True),
    ("帮扶约100户。", "106", False),
    ("帮扶100户左右。", "95", True),
    ("帮扶20至30户。", "25", True),
    ("帮扶20至30户。", "31", False),
    ("三户企业。", "3", True),
]


@pytest.mark.parametrize(("text", "value", "expected"), AGREEING)
def test_a_written_number_agrees_with_a_value(text, value, expected):
    assert agrees(written(text), Decimal(value), None) is expected


@pytest.mark.parametrize(
    ("text", "low", "high", "expected"),
    [
        ("帮扶20至30户。", 20, 30, True),
        ("帮扶20至30户。", 20, 31, False),
        ("帮扶25户。", 20, 30, False),  # a single number is no way of writing a range
        ("帮扶20户以上。", 20, 30, True),
        ("帮扶25户以上。", 20, 30, False),
    ],
)
def test_a_range_of_the_source(text, low, high, expected):
    assert agrees(written(text), Decimal(low), Decimal(high)) is expected


def test_an_unknown_qualifier_allows_the_exact_value_only():
    figure = replace(written("投入289万元。"), qualifier="据说")
    assert agrees(figure, Decimal(2890000), None)
    assert not agrees(figure, Decimal(2888800), None)


def words_of(pattern):
    """The Chinese words that a pattern of the reader can match, without what only looks around."""
    bare = re.sub(r"\(\?<?[!=][^)]*\)", "", pattern)
    return set(re.findall("[\u4e00-\u9fff]+", re.sub(r"\(\?:达\)\?", "", bare)))


def test_every_qualifier_of_the_reader_is_understood():
    read = words_of(quantities._VAGUE) | words_of(quantities._BEHIND)
    read |= words_of(quantities._BEFORE_QUALIFIER.pattern) | words_of(
        quantities._BEFORE_VERB.pattern.split(")[")[0]
    )
    assert {"余", "近", "至少", "以外", "最高"} <= read
    assert read - agreeing.QUALIFIERS == set()


@pytest.mark.parametrize(
    ("number", "unit", "base", "value", "quantum"),
    [
        ("288.88", "万元", "元", "2888800", "100"),
        ("28.6", "%", "%", "28.6", "0.1"),
        ("1.5", "万人次", "人次", "15000", "1000"),
        ("三", "张", "张", "3", "1"),
        ("1,240", "户", "户", "1240", "1"),
        ("三点五", "%", "%", "3.5", "0.1"),
        ("0.0", "万元", "元", "0", "1000"),
        ("2.3", "亿元", "元", "230000000", "10000000"),
        ("１２", "户", "户", "12", "1"),
        ("2", "个百分点", "百分点", "2", "1"),
    ],
)
def test_the_smallest_step_of_a_written_number(number, unit, base, value, quantum):
    assert quantum_of(number, unit, base, Decimal(value)) == Decimal(quantum)


PERIODS = [
    ("2024年", "2024年度", True),
    ("2024年", "二〇二四年", True),
    ("2024年", "", True),
    ("2024年", "2023年", False),
    ("2024年", "2024年底", False),  # what was done in a year, and what there is at its end
    ("2024年底", "截至2024年12月31日", True),
    ("2024年末", "截至2024年12月", True),
    ("2025年上半年", "2025年1至6月", True),
    ("2025年上半年", "2025年下半年", False),
    ("2025年一季度", "2025年第一季度", True),
    ("2025年一季度", "2025年1—3月", True),
    ("2025年6月", "2025年6月底", False),
    ("上半年", "2025年上半年", True),
    ("二季度", "2025年一季度", False),
    ("6月底", "2025年6月底", True),
    ("今年", "2025年", False),  # read in another year it is another one
    ("今年以来", "今年", True),
    ("去年", "今年", False),
    ("整改期间", "2025年", True),
    ("集中整改期间", "整改期间", True),
    ("2024年至2025年", "2024年", False),
    ("2025年春季学期", "2025年", False),
]


@pytest.mark.parametrize(("one", "other", "expected"), PERIODS)
def test_two_periods_are_one(one, other, expected):
    assert same_period(one, other) is expected
    assert same_period(other, one) is expected


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_period_raises_and_who_states_none_agrees(one, other):
    assert same_period(one, other) == same_period(other, one)
    assert same_period(one, one)
    assert same_period(one, "")


def test_units_in_one_form():
    assert same_unit(written("提升2个百分点。"), source(2, "个百分点"))
    assert same_unit(written("达98％。"), source(98, "%"))
    assert same_unit(written("处分3名干部。"), source(3, "人"))
    assert not same_unit(written("建成10户。"), source(10, "家"))
    assert not same_unit(written("投入10万元。"), source(10, "万元"))


def test_opposite_directions_never_agree():
    down, level = written("投诉量同比下降28.6%。"), written("办结率为28.6%。")
    assert same_change(down, source("28.6", "%", "投诉量", change="down"))
    assert not same_change(down, source("28.6", "%", "投诉量", change="up"))
    assert not same_change(level, source("28.6", "%", "办结率", change="down"))
    # a table's column says the direction that its cells do not
    assert same_change(replace(level, label="同比增长"), source("28.6", "%", "产值", change="up"))
    assert same_change(down, source("-28.6", "%", "投诉量"))


def test_a_negative_change_is_written_without_its_sign():
    down = written("投诉量同比下降28.6%。")
    assert stand(down, source("-28.6", "%", "投诉量"), None)[0] is FigureState.BOUND
    assert stand(down, source("-28.6", "%", "投诉量增幅"), None)[0] is FigureState.BOUND
    assert stand(down, source("28.6", "%", "投诉量增幅"), None)[0] is FigureState.CONTRADICTED


TEN = "2024年，建成绿色工厂10户。"


@pytest.mark.parametrize(
    ("text", "bound", "waived", "state", "words"),
    [
        (TEN, source(10), None, FigureState.BOUND, ""),
        (TEN, None, Waived("旧数"), FigureState.WAIVED, ""),
        (TEN, source(10), Waived("旧数"), FigureState.BOUND, ""),  # a source is worth more than a waiver
        (TEN, None, None, FigureState.UNBOUND, "“10户”没有来源"),
        (TEN, source(10, "家"), None, FigureState.WRONG_UNIT, "单位是“户”，来源“绿色工厂”的单位是“家”（10家）"),
        (TEN, source(10, period="2023年"), None, FigureState.WRONG_PERIOD, "说的是2024年，来源“绿色工厂”是2023年的数值（10户）"),
        (TEN, source(10, now=12), None, FigureState.STALE, "现为 12户"),
        (TEN, source(12, now=10), None, FigureState.BOUND, ""),  # the text was brought up to date
        (TEN, source(10, now=None), None, FigureState.STALE, "已没有有效数值"),
        (
            "2024年，建成绿色工厂12户。",
            source(10, period="2024年", as_of=date(2026, 3, 1)),
            None,
            FigureState.CONTRADICTED,
            "文中为 12户，来源“绿色工厂”2024年现为 10户（截至2026年3月1日），请更正其一或改绑来源。",
        ),
        ("投入288.88万元。", source(3000000, "元"), None, FigureState.CONTRADICTED, "现为 300万元"),
    ],
)  # fmt: skip
def test_how_a_figure_stands(text, bound, waived, state, words):
    found, remedy = stand(written(text), bound, waived)
    assert found is state
    assert words in remedy
    assert bool(remedy) == (state not in (FigureState.BOUND, FigureState.WAIVED))


def test_what_cannot_be_read_is_never_bound():
    figure = Figure(Place(0, 0, 2), "12", "", Decimal(0), "", "other", read=False)
    assert stand(figure, source(0, ""), None)[0] is FigureState.WRONG_UNIT
    assert stand(figure, None, None)[0] is FigureState.UNBOUND
    assert stand(figure, None, Waived("门牌号"))[0] is FigureState.WAIVED


numbers = st.decimals(min_value=0, max_value=2000, places=1)
qualifiers = st.sampled_from(sorted(agreeing.QUALIFIERS | {"据说"}))
changes = st.sampled_from(["", "up", "down"])
units = st.sampled_from(["户", "家", "%", "人", "名"])
periods = st.sampled_from(["", "2024年", "2024年度", "2024年底", "今年", "整改期间"])
figures = st.builds(
    Figure, st.just(Place(0, 0, 1)), st.just("1户"), st.just("甲"), numbers, units, st.just("count"),
    st.sampled_from([Decimal("0.1"), Decimal(1), Decimal(100)]), st.none() | numbers, qualifiers, changes, periods,
    read=st.booleans(),
)  # fmt: skip
sources = st.builds(
    Source, st.just(1), st.just("乙"), numbers, units, st.just("count"), st.none() | numbers, st.none() | numbers,
    st.none() | numbers, periods, changes,
)  # fmt: skip


@given(figures, st.none() | sources, st.none() | st.just(Waived("旧数")))
def test_bound_is_said_only_of_what_agrees_in_everything(figure, bound, waived):
    state, remedy = stand(figure, bound, waived)
    assert bool(remedy) == (state not in (FigureState.BOUND, FigureState.WAIVED))
    if state is FigureState.BOUND:
        assert bound is not None
        assert figure.read
        assert bound.now is not None
        assert same_unit(figure, bound)
        assert same_period(figure.period, bound.period)
        assert same_change(figure, bound)
        assert agrees(figure, bound.now, bound.now_max)


@given(figures, numbers)
def test_a_figure_agrees_with_itself_unless_its_qualifier_says_it_is_not(figure, other):
    figure = replace(figure, value_max=None)
    exclusive = agreeing.MORE_THAN | agreeing.LESS_THAN
    assert agrees(figure, figure.value, None) is (figure.qualifier not in exclusive)
    if figure.qualifier in agreeing.EXACTLY and agrees(figure, other, None):
        assert abs(other - figure.value) <= figure.quantum / 2


def test_a_source_that_itself_says_more_than_is_told_in_its_own_words():
    said = written("村卫生室医保结算覆盖率超过98%。")
    assert stand(said, source("98", unit="%", qualifier="超过"), None)[0] is FigureState.BOUND
    assert stand(said, source("98", unit="%"), None)[0] is FigureState.CONTRADICTED
