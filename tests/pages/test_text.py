"""The desk shows the document: every character of it, and each mark where its item stands. No database."""

import pathlib
import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gongwen
from zhenggai.web.desk.marks import Mark, by_piece, segments
from zhenggai.web.desk.paper import CHARACTERS, LONGEST, PIECES, Paper, lay_out
from zhenggai.web.desk.sheet import CONTAINERS, Ink, shown, window_html

SAMPLE = pathlib.Path(__file__).resolve().parents[2] / "src/zhenggai/config/samples/lanjiang-2026.txt"
FRAGMENTS = [line + "\n" for line in SAMPLE.read_text(encoding="utf-8").splitlines()]
KINDS = ["area", "finding", "measure", "figure", "citation", "claim", "organisation"]
INK = Ink(label=lambda kind: f"[{kind}]", href=lambda item: f"?item={item}")

texts = st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=12)), max_size=25).map("".join)


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Mark]]:
    """A text with stretches over it that nest and overlap in every way."""
    text = draw(texts)
    places = st.tuples(st.sampled_from(KINDS), st.integers(0, len(text)), st.integers(0, len(text)))
    spans = [place for place in draw(st.lists(places, max_size=20)) if place[1] != place[2]]
    return text, [Mark(kind, min(a, b), max(a, b), item) for item, (kind, a, b) in enumerate(spans, start=1)]


class Reader(HTMLParser):
    """Reads the HTML as a browser would: the words, and the words under each item."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words = ""
        self.under: dict[str, str] = {}
        self.places: list[str] = []
        self._open: list[list[str]] = []

    def handle_starttag(self, _tag, attrs):
        named = dict(attrs)
        self._open.append((named.get("data-items") or "").split())
        if (named.get("id") or "").startswith("m-"):
            self.places.append(named["id"])

    def handle_endtag(self, _tag):
        self._open.pop()

    def handle_data(self, data):
        self.words += data
        for items in self._open:
            for item in items:
                self.under[item] = self.under.get(item, "") + data


def bare(text: str) -> str:
    """A text without blanks; what no page can carry is shown as a replacement."""
    return re.sub("[\ud800-\udfff]", "\ufffd", "".join(text.split()))


def read_html(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def whole(paper: Paper, marks: list[Mark]) -> Reader:
    return read_html("".join(window_html(paper.text, paper.shown(w), marks, INK) for w in paper.windows))


@settings(max_examples=150, deadline=None)
@given(marked())
def test_every_character_is_shown_and_each_mark_covers_its_own(made: tuple[str, list[Mark]]):
    text, marks = made
    page = whole(lay_out(text, gongwen.read(text).as_dict()), marks)
    assert bare(page.words) == bare(text)
    for mark in marks:
        assert bare(page.under.get(str(mark.item), "")) == bare(text[mark.start : mark.end])


@settings(max_examples=60, deadline=None)
@given(marked())
def test_each_item_has_one_place(made: tuple[str, list[Mark]]):
    text, marks = made
    paper = lay_out(text, {"blocks": [], "sections": []})
    for window in paper.windows:
        page = read_html(window_html(text, paper.shown(window), marks, INK))
        here = {mark.anchor for mark in marks if mark.start < window.end and mark.end > window.start}
        assert sorted(page.places) == sorted(here)


@settings(max_examples=100, deadline=None)
@given(texts, st.lists(st.tuples(st.integers(-3, 400), st.integers(-3, 400)), max_size=12))
def test_pieces_and_windows_cover_the_text_whatever_the_blocks(text: str, spans: list[tuple[int, int]]):
    blocks = [
        {"role": "text", "span": [a, min(b, len(text))]} for a, b in spans if 0 <= a < min(b, len(text))
    ]
    paper = lay_out(text, {"blocks": blocks, "sections": []})
    assert "".join(text[piece.start : piece.end] for piece in paper.pieces) == text
    assert all(piece.end - piece.start <= LONGEST for piece in paper.pieces)
    assert (paper.windows[0].start, paper.windows[-1].end) == (0, len(text))
    assert all(a.end == b.start and a.last == b.first for a, b in pairwise(paper.windows))


def test_windows_stay_small():
    text = "甲乙丙丁\n" * 40_000
    blocks = [{"role": "text", "span": [start, start + 4]} for start in range(0, len(text), 5)]
    paper = lay_out(text, {"blocks": blocks, "sections": []})
    assert all(window.last - window.first <= PIECES for window in paper.windows)
    one_line = lay_out("甲" * 300_000, {"blocks": [{"role": "text", "span": [0, 300_000]}], "sections": []})
    assert all(window.end - window.start <= CHARACTERS + LONGEST for window in one_line.windows)
    for position in (0, 1, 299_999, 300_000):
        window = one_line.windows[one_line.window_at(position)]
        assert window.start <= min(position, 299_999) < window.end


@pytest.mark.parametrize(
    ("text", "parted", "as_shown"),
    [
        ("反馈会次日，市\n委召开", False, "反馈会次日，市委召开"),
        ("2025 年 3 月", False, "2025年3月"),
        ("  首行缩进", False, "首行缩进"),
        ("全角　空格", False, "全角空格"),
        ("Beijing\nReview of 2025", False, "Beijing Review of 2025"),
        ("共20\n25年", False, "共2025年"),
        ("12 34", False, "12 34"),
        ("12\t34", True, "12 34"),
        ("单位  数量", True, "单位 数量"),
        ("单 位", True, "单位"),
        ("行尾\r\n", False, "行尾"),
        ("坏\ud800字", False, "坏\ufffd字"),
    ],
)
def test_blanks(text: str, parted: bool, as_shown: str):  # noqa: FBT001  # a column of the table
    assert shown(text, 0, len(text), parted=parted) == as_shown


def test_segments_name_outer_before_inner():
    finding, claim, figure = Mark("finding", 0, 20, 1), Mark("claim", 2, 12, 2), Mark("figure", 8, 15, 3)
    cut = [(s.start, s.end, [m.item for m in s.marks]) for s in segments(0, 22, [figure, claim, finding])]
    assert cut == [
        (0, 2, [1]),
        (2, 8, [1, 2]),
        (8, 12, [1, 2, 3]),
        (12, 15, [1, 3]),
        (15, 20, [1]),
        (20, 22, []),
    ]


@settings(max_examples=60, deadline=None)
@given(marked(), st.lists(st.integers(0, 300), max_size=8))
def test_marks_are_dealt_to_every_piece_they_touch(made: tuple[str, list[Mark]], cuts: list[int]):
    _text, marks = made
    edges = list(pairwise(sorted({0, 300, *cuts})))
    dealt = by_piece(edges, marks)
    assert dealt == [
        [m for m in sorted(marks, key=lambda m: m.order) if m.start < e and m.end > s] for s, e in edges
    ]


def test_headings_keep_their_order_and_run_in_text_stays_outside():
    text = "一、总体情况\n（一）加强领导。市委开会。\n1.具体事项\n"
    result = gongwen.read(text).as_dict()
    paper = lay_out(text, result)
    html = window_html(text, paper.pieces, [], INK)
    levels = [int(level) for level in re.findall(r"<h(\d)", html)]
    assert levels[0] == 3
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert '<h4 class="lead">（一）加强领导。</h4>市委开会。' in html


def test_what_holds_others_is_labelled_by_attribute_not_by_text():
    html = window_html("问题一二", lay_out("问题一二", {}).pieces, [Mark("finding", 0, 4, 7, "（一）")], INK)
    assert 'data-chip="[finding]"' in html
    assert 'aria-label="[finding] （一）"' in html
    assert read_html(html).words.strip() == "问题一二"


def test_a_link_is_given_once_to_what_is_interrupted():
    html = window_html(
        "一二三四五", lay_out("一二三四五", {}).pieces, [Mark("claim", 0, 5, 1), Mark("figure", 2, 3, 2)], INK
    )
    assert html.count("<a ") == 2
    assert html.count('id="m-1"') == 1


@pytest.mark.parametrize("kind", sorted(CONTAINERS))
def test_text_is_escaped_everywhere(kind: str):
    text = "<b>&\"'《x》"
    marks = [Mark(kind, 0, len(text), 1, '"><i>'), Mark("leftover", 1, 3, note='<u>"')]
    html = window_html(text, lay_out(text, {}).pieces, marks, INK)
    assert "<b>" not in html
    assert "<i>" not in html
    assert "<u>" not in html
    assert read_html(html).words.strip() == text
