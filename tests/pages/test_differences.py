"""差异 between contents, and the addresses of the desk. No database."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.ledger.states import Kind
from zhenggai.web.desk.address import Address, Show
from zhenggai.web.desk.diff import LONGEST, fields, runs


def both(before: str, after: str) -> tuple[str, str]:
    parts = runs(before, after)
    return (
        "".join(run.text for run in parts if run.how != "come"),
        "".join(run.text for run in parts if run.how != "gone"),
    )


@given(st.text(alphabet="甲乙丙12.%万 \n", max_size=60), st.text(alphabet="甲乙丙12.%万 \n", max_size=60))
def test_a_comparison_holds_both_texts(before: str, after: str):
    assert both(before, after) == (before, after)


def test_long_texts_are_replaced_whole():
    before, after = "甲" * (LONGEST + 1), "乙"
    assert [(run.how, run.text) for run in runs(before, after)] == [("gone", before), ("come", after)]


def test_figures_are_compared_whole():
    assert [(run.how, run.text) for run in runs("退还146.837万元", "退还152.47万元")] == [
        ("same", "退还"), ("gone", "146.837"), ("come", "152.47"), ("same", "万元"),
    ]  # fmt: skip


def test_only_differing_fields_are_told_with_their_labels():
    before = {"title": "甲", "verb": "", "role": "new"}
    after = {"title": "甲", "verb": "印发", "role": "revised"}
    told = [(d.label, d.before, d.after) for d in fields(Kind.CITATION, before, after)]
    assert told == [("动词", "", "印发"), ("性质", "新制定", "修订")]


@given(
    st.sampled_from(list(Show)), st.one_of(st.none(), st.sampled_from(list(Kind))),
    st.one_of(st.none(), st.integers(1, 10**12)), st.one_of(st.none(), st.integers(0, 10**6)),
)  # fmt: skip
def test_an_address_reads_what_it_wrote(show: Show, kind: Kind | None, item: int | None, page: int | None):
    address = Address(show, kind, item, page)
    assert Address.of(QueryDict(address.query().removeprefix("?"))) == address


@pytest.mark.parametrize(
    "query", ["item=-1", "item=x&page=y", "item=99999999999999999999", "show=&kind=", "item=１"]
)
def test_nonsense_counts_as_not_said(query: str):
    assert Address.of(QueryDict(query)) == Address()


def test_a_link_to_an_item_keeps_the_filters_and_lets_the_page_follow():
    assert Address(Show.OPEN, Kind.FIGURE, 3, 2).to_item(9) == "?show=open&kind=figure&item=9#m-9"
    assert Address().to_item(9) == "?item=9#m-9"
