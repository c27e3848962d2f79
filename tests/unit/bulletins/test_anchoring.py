"""Bound numbers follow their words through an edit."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.bulletins.anchoring import reanchor

NUMBER = re.compile(r"\d[\d.]*(?:万?元|户|人|项|%|家)?|[二三四五六]户")


def places(text):
    return [match.span() for match in NUMBER.finditer(text)]


def follow(old, new, chosen=None):
    anchors = places(old) if chosen is None else [places(old)[n] for n in chosen]
    found = reanchor(old, new, anchors, places(new))
    return [None if place is None else (place[0], new[slice(*place)]) for place in found]


TWO = "新建绿色工厂10户，新增就业20人。"
CASES = [
    (TWO, TWO, None, [(6, "10户"), (14, "20人")]),
    (TWO, "新建绿色工厂12户，新增就业20人。", None, [(6, "12户"), (14, "20人")]),  # digits corrected in place
    (TWO, "新增就业20人，新建绿色工厂10户。", None, [(14, "10户"), (4, "20人")]),  # clauses change places
    (TWO, "新增就业20人。", None, [None, (4, "20人")]),  # the clause went
    (TWO, "新建绿色工厂10户。", None, [(6, "10户"), None]),
    (TWO, "2025年，新建绿色工厂10户，全年新增就业20人。", None, [(12, "10户"), (22, "20人")]),
    (TWO, "新建绿色工厂若干户，新增就业20人。", None, [None, (14, "20人")]),
    ("新建10户，关停10户。", "关停10户，新建10户。", None, [(8, "10户"), (2, "10户")]),  # equal numbers
    ("新建10户，关停10户。", "关停12户，新建9户。", None, [(8, "9户"), (2, "12户")]),
    ("新建10户，关停10户。", "关停10户。", [0], [None]),  # what is left was another's, though nobody bound it
    ("完成整改10项，完成销号10项", "完成销号10项", [0], [None]),
    ("完成整改10项，完成销号10项", "完成销号10项", [1], [(4, "10项")]),
    ("分别为10户、12户、15户", "分别为10户、15户", None, [(3, "10户"), None, (7, "15户")]),
    ("绿色工厂\t10\t12\t15", "绿色工厂\t10\t13\t15", None, [(5, "10"), (8, "13"), (11, "15")]),
    ("绿色工厂10户", "省级绿色制造企业10户", None, [(8, "10户")]),  # its name was rewritten
    ("整改完成10项。", "整改完成8项。整改完成10项。", None, [(11, "10项")]),
    ("新建二户。", "新建三户。", None, [(2, "三户")]),
    ("新建10户，关停12户。", "新建12户，关停10户。", None, [(2, "12户"), (8, "10户")]),  # swapped digits
]


@pytest.mark.parametrize(("old", "new", "chosen", "expected"), CASES)
def test_where_the_bound_numbers_stand(old, new, chosen, expected):
    assert follow(old, new, chosen) == expected


def test_nothing_to_follow():
    assert reanchor("新建10户", "新建10户", [], [(2, 5)]) == []
    assert reanchor("新建10户", "没有了", [(2, 5)], []) == [None]
    assert reanchor("新建10户", "新建10户", [(2, 5), (2, 5), (90, 99)], [(2, 5)]) == [(2, 5), None, None]


def test_a_long_row_of_equal_clauses_shifts_behind_the_edit():
    clause = "完成整改10项。"
    old = clause * 3_000
    at = len(clause) * 1_200
    new = old[:at] + "另查5项。" + old[at:]
    moved = [(start + 5 * (start >= at), end + 5 * (start >= at)) for start, end in places(old)]
    assert reanchor(old, new, places(old), places(new)) == moved


words = st.sampled_from(
    ["新建", "绿色工厂", "关停", "完成", "户", "项", "，", "。", "、", "\t", "10", "12", "3", "就业", "人"]
)
texts = st.lists(words, max_size=14).map("".join)


@given(texts, texts)
def test_answers_are_figures_and_no_two_are_one(old, new):
    found = reanchor(old, new, places(old), places(new))
    kept = [place for place in found if place is not None]
    assert len(found) == len(places(old))
    assert set(kept) <= set(places(new))
    assert len(kept) == len(set(kept))


@given(texts)
def test_no_edit_changes_nothing(text):
    assert reanchor(text, text, places(text), places(text)) == places(text)


@given(texts, st.sampled_from(["此外", "经核查，", "7", "全市上下齐心协力。"]))
def test_words_put_in_front_shift_all(text, before):
    text = "。" + text
    by = len(before)
    shifted = [(start + by, end + by) for start, end in places(text)]
    assert reanchor(text, before + text, places(text), places(before + text)) == shifted


@given(texts, texts)
def test_what_stands_before_the_edit_stays(text, behind):
    text += "。"
    assert reanchor(text, text + behind, places(text), places(text + behind)) == places(text)
