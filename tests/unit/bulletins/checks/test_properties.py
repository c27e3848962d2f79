"""What holds for any draft: no exception, places within their lines, order, time in proportion."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gongwen
from tests.unit.bulletins.checks.drafts import draft, item, source
from tests.unit.bulletins.checks.large import large
from zhenggai.bulletins.checks import CATALOGUE, check
from zhenggai.bulletins.facts import Bound, Draft, Earlier, Figure, Line, Place, Waived
from zhenggai.bulletins.states import Audience, FigureState, ParagraphRole

WORDS = [
    *"一二三0123456789。，、；：“”（）《》%.\t \u3000",
    *("一、总体情况", "（一）", "1.关于“违规发放津贴补贴”问题的整改", "违规发放津贴补贴", "扶贫项目管护责任落实不到位", "已完成整改", "均已", "未"),
    *("反馈问题34个", "完成整改27个", "另有", "3个问题", "不公开", "制定《甲县管理办法》", "等1项制度", "××", "待填", "2025年2月30日", "\ud800", "\x00", "②"),
]  # fmt: skip
texts = st.lists(st.sampled_from(WORDS), max_size=30).map("".join)
places = st.builds(Place, st.integers(-2, 9), st.integers(-5, 400), st.integers(-5, 400))
numbers = st.decimals(-1000, 1000, places=2)
codes = st.sampled_from(["", "ledger.items", "ledger.done", "ledger.closed", "ledger.phased"])
sources = st.none() | st.builds(
    lambda value, code, now, reach: source(str(value), code, now=now, reach=reach),
    numbers, codes, st.none() | numbers, st.sampled_from(["whole", "public"]),
)  # fmt: skip
figures = st.builds(
    lambda place, value, unit, kind, quantum, read, state, own: Bound(
        Figure(place, str(value), "完成率" if kind == "percent" else "问题", value, unit, kind, quantum, read=read),
        state, source=own, waived=Waived("理由"),
    ),
    places, numbers, st.sampled_from(["个", "元", "%", ""]), st.sampled_from(["count", "percent", "money", "other"]), numbers, st.booleans(),
    st.sampled_from(FigureState), sources,
)  # fmt: skip
items = st.builds(
    item, st.integers(1, 9), texts, st.sampled_from(["done", "phased", "infeasible", "none", "step", "returned"]),
    st.sampled_from(["public", "internal", "sensitive"]), st.integers(1, 3),
)  # fmt: skip


@st.composite
def drafts(choose: st.DrawFn) -> Draft:
    lines = choose(
        st.lists(st.tuples(st.sampled_from([*ParagraphRole, "debris", "other"]), texts), max_size=8)
    )
    made = draft("\n".join(text for _, text in lines), bind=False)
    own = [Line(n, role, text) for n, (role, text) in enumerate(lines)]
    return Draft(
        own, made.text, made.starts if own else (), made.reading, choose(st.lists(figures, max_size=8)),
        choose(st.sampled_from(Audience)), choose(st.lists(items, max_size=6)),
        choose(st.dictionaries(texts, st.sampled_from(["new", "revised", "superior", "odd"]), max_size=3)),
        [Earlier("A", 1, "旧", choose(st.lists(texts, max_size=4)))],
        choose(st.lists(st.tuples(st.sampled_from(["反馈问题", ""]), st.just("个"), numbers), max_size=3)),
        choose(st.booleans()),
    )  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(drafts())
def test_never_raises_and_every_place_lies_in_its_line(made: Draft) -> None:
    found = check(made)
    assert len(found) == len(set(found))
    assert found == sorted(found, key=lambda t: (t.place or Place(-1, 0, 0), t.code))
    for trouble in found:
        assert trouble.code in CATALOGUE
        assert trouble.sentence.endswith("。")
        assert trouble.remedy
        for place in filter(None, (trouble.place, *trouble.related)):
            assert 0 <= place.line < len(made.lines)
            assert 0 <= place.start <= place.end <= len(made.lines[place.line].text)


def test_a_draft_without_a_line_is_empty() -> None:
    bare = Draft((), "", (), gongwen.read(""), (), Audience.PUBLIC, withheld=[("反馈问题", "个", Decimal(3))])
    assert [trouble.code for trouble in check(bare)] == ["document.empty"]


def seconds(made: Draft) -> float:
    return min(_once(made) for _ in range(3))


def _once(made: Draft) -> float:
    start = time.perf_counter()
    check(made)
    return time.perf_counter() - start


def test_ten_times_the_draft_takes_about_ten_times_as_long() -> None:
    small, great = (seconds(large(size)) for size in (3_000, 30_000))
    # Quadratic would be a hundred times; the floor keeps the clock's noise out.
    assert great < 25 * max(small, 0.01)


@pytest.mark.parametrize(
    "unit",
    ["违规发放津贴补贴", "已完成，", "“", "《甲》", "另有3个问题不公开", "待", "一、", "该问题已完成整改。"],
)
def test_no_repetition_takes_long(unit: str) -> None:
    small, great = (
        seconds(draft(unit * (size // len(unit)), items=[item(1, "违规发放津贴补贴问题突出", "none")]))
        for size in (2_500, 10_000)
    )
    assert great < 10 * max(small, 0.02)
