"""Two edits of one paragraph become one; nothing is lost, and nothing is invented."""

import time
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.bulletins.documents import text_of
from zhenggai.bulletins.merging import Conflict, LineChange, Piece, _tokens, compare, compare_lines, merge

BASE = "新建10户，就业20人。"
CASES = [
    ("新建12户，就业20人。", "新建10户，就业30人。", "新建12户，就业30人。", ()),
    ("新建10户，就业20人。已完成。", "全市新建10户，就业20人。", "全市新建10户，就业20人。已完成。", ()),
    (
        "新建12户，就业20人。",
        "新建13户，就业20人。",
        "新建13户，就业20人。",
        (Conflict("10", "12", "13", 2),),
    ),
    ("新建12户，就业20人。", "新建12户，就业20人。", "新建12户，就业20人。", ()),
    ("新建12户，就业20人。", BASE, "新建12户，就业20人。", ()),
    ("就业20人。", "新建10户，就业25人。", "就业25人。", ()),
    # what touches is one place: who said 12 did not say 12家
    (
        "新建12户，就业20人。",
        "新建10家，就业20人。",
        "新建10家，就业20人。",
        (Conflict("10户", "12户", "10家", 2),),
    ),
    ("甲" + BASE, "乙" + BASE, "乙" + BASE, (Conflict("", "甲", "乙", 0),)),
    # one deleted the clause in which the other corrected a number
    (
        "就业20人。",
        "新建12户，就业20人。",
        "新建12户，就业20人。",
        (Conflict("新建10户，", "", "新建12户，", 0),),
    ),
]


@pytest.mark.parametrize(("mine", "theirs", "text", "conflicts"), CASES)
def test_two_edits(mine, theirs, text, conflicts):
    merged = merge(BASE, mine, theirs)
    assert merged.text == text
    assert tuple(merged.conflicts) == conflicts
    assert merged.clean == (not conflicts)


words = st.sampled_from(["新建", "户", "，", "。", "10", "12", "13", "2.5", "完成", "的", " ", "PM"])
texts = st.lists(words, max_size=12).map("".join)


@given(texts, texts)
def test_who_changed_nothing_gets_the_others_text(base, other):
    assert merge(base, other, base).text == other
    assert merge(base, base, other).text == other
    assert merge(base, other, other).text == other
    assert merge(base, other, other).clean


def put_in(base, changed):
    return Counter(t for piece in compare(base, changed) if piece.kind == "new" for t in _tokens(piece.text))


@given(texts, texts, texts)
def test_a_clean_merge_holds_both_and_favours_nobody(base, mine, theirs):
    merged, other = merge(base, mine, theirs), merge(base, theirs, mine)
    assert merged.clean == other.clean
    assert len(merged.conflicts) == len(other.conflicts)
    if merged.clean:
        assert merged.text == other.text
        have = Counter(_tokens(merged.text))
        assert set(put_in(base, mine)) | set(put_in(base, theirs)) <= set(have)


@given(texts, texts, texts)
def test_a_conflict_loses_nothing(base, mine, theirs):
    merged = merge(base, mine, theirs)
    for conflict in merged.conflicts:
        assert merged.text[conflict.at :].startswith(conflict.theirs)
        assert conflict.base in base
        assert conflict.mine in mine
        assert conflict.theirs in theirs
        assert conflict.mine != conflict.theirs


@given(st.text(max_size=60), st.text(max_size=60))
def test_the_pieces_make_both_texts(old, new):
    pieces = compare(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != "new") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "gone") == new


def test_numbers_are_whole():
    assert compare("新建10户", "新建12户") == [
        Piece("same", "新建"), Piece("gone", "10"), Piece("new", "12"), Piece("same", "户"),
    ]  # fmt: skip


def test_paragraphs_the_same_changed_moved_new_and_gone():
    old = [
        "标题",
        "第一段讲组织领导，责任到人。",
        "第二段讲完成10项。",
        "第三段不再需要。",
        "第四段讲长效机制。",
    ]
    new = [
        "标题",
        "第四段讲长效机制。",
        "第一段讲组织领导，责任到人。",
        "第二段讲完成12项。",
        "另外补充了截然不同的内容！",
    ]
    changes = compare_lines(old, new)
    assert [(c.kind, c.old, c.new, c.moved) for c in changes] == [
        ("same", 0, 0, False), ("same", 4, 1, True), ("same", 1, 2, False), ("changed", 2, 3, False), ("new", None, 4, False),
        ("gone", 3, None, False),
    ]  # fmt: skip
    assert Piece("new", "12") in changes[3].pieces


lines = st.lists(
    st.sampled_from(["", "甲段落的文字。", "甲段落的文字！", "乙段落另有所述。", "丙", "丁丁"]), max_size=8
)


@given(lines, lines)
def test_every_paragraph_is_told_once(old, new):
    changes = compare_lines(old, new)
    assert sorted(c.old for c in changes if c.old is not None) == list(range(len(old)))
    assert [c.new for c in changes if c.new is not None] == list(range(len(new)))
    for change in changes:
        assert (change.kind == "new") == (change.old is None)
        assert (change.kind == "gone") == (change.new is None)
        if change.kind in ("same", "changed"):
            assert (old[change.old] == new[change.new]) == (change.kind == "same")


@given(lines)
def test_nothing_changed(old):
    assert compare_lines(old, old) == [LineChange("same", n, n) for n in range(len(old))]


def test_ten_thousand_characters_are_compared_in_a_tenth_of_a_second():
    text = (text_of("lanjiang-2026") * 2)[:10_000]
    other = text.replace("整改", "整治").replace("1", "21")
    best = min(_seconds(text, other) for _ in range(3))
    assert best < 0.2  # twice the measure, as tests run beside each other


def _seconds(text, other):
    began = time.perf_counter()
    compare(text, other)
    compare_lines(text.split("\n"), other.split("\n"))
    return time.perf_counter() - began
