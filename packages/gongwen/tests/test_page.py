"""标注网页: self-contained, whole, and nothing of the document becomes markup."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from gongwen import Remark, Span, check, read
from gongwen.models import Leftover
from gongwen.page import page
from gongwen.page.marks import Mark, segments
from gongwen.page.paper import shown

HERE = Path(__file__).parent
DOCUMENTS = sorted((HERE / "documents").glob("*.txt"))


def opened(source: str) -> html.HtmlElement:
    bulletin = read(source)
    return html.document_fromstring(page(bulletin, source, name="件.txt", remarks=check(bulletin)))


def paper_words(document: html.HtmlElement) -> str:
    (paper,) = document.xpath("//article")
    for aside in paper.xpath(".//aside"):
        aside.drop_tree()
    return "".join(paper.text_content().split())


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_character_of_a_document_is_there_once(path: Path) -> None:
    source = path.read_bytes().decode("utf-8")
    assert paper_words(opened(source)) == "".join(source.split())


@given(st.text(alphabet=st.characters(blacklist_categories=("Cs", "Cc")), max_size=120))
@settings(max_examples=100, deadline=None)
def test_of_any_text(source: str) -> None:
    assert paper_words(opened(source)) == "".join(source.split())


EVIL = "《<script>alert(1)</script>》印发\"'&amp;<img src=x onerror=y>17处，共<b>3</b>个。"


def test_nothing_of_the_document_becomes_markup() -> None:
    document = opened(EVIL)
    assert not document.xpath("//script | //img | //b[text()='3']")
    assert paper_words(document) == "".join(EVIL.split())


def test_nothing_is_fetched_and_nothing_runs() -> None:
    text = page(read("整改17处。"), "整改17处。")
    assert not re.search(r"(?:src|href)=[\"'](?!#)|url\(|@import|<script|\son\w+=", text)


def test_links_lead_to_places_of_the_page() -> None:
    source = (HERE / "documents" / "lanjiang-2026.txt").read_bytes().decode()
    document = opened(source)
    places = document.xpath("//@id")
    assert len(places) == len(set(places))
    links = [link.removeprefix("#") for link in document.xpath("//a/@href")]
    assert len(links) > 150
    assert set(links) <= set(places)


def test_a_figure_is_told_in_words() -> None:
    document = opened("截至2025年6月底，东区、西区分别新增学位1.2万个、800个。")
    titles = document.xpath("//article//mark[contains(@class, 'figure')]/@title")
    told = [title.split("；")[0] for title in titles]
    assert [words.partition("学位")[2] for words in told] == [
        " · 东区 · 12000个 · 截至2025年6月底", " · 西区 · 800个 · 截至2025年6月底",
    ]  # fmt: skip


def test_remarks_stand_beside_and_in_the_list() -> None:
    source = "整改问题17个。\n\n其余正在推进。"
    remark = Remark("total.sum", "error", "合计与各项之和不符。", Span(4, 7), "17个")
    document = html.document_fromstring(page(read(source), source, remarks=[remark]))
    (aside,) = document.xpath("//article//aside")
    assert aside.text_content() == "有误 合计与各项之和不符。"
    assert document.xpath("//aside[@class='lists']//a[@href='#r1']")
    assert "error" in document.xpath("//article//mark[contains(@title, '合计')]/@class")[0]


def test_leftovers_notes_and_confidence_are_shown() -> None:
    bulletin = read("整改17处。代号88。")
    blocks = tuple(replace(block, confidence=Decimal("0.62")) for block in bulletin.blocks)
    bulletin = replace(
        bulletin,
        blocks=blocks,
        notes=("含1张图片。",),
        leftovers=(Leftover("88", "数字后没有单位", Span(8, 10)),),
    )
    text = page(bulletin, "整改17处。代号88。")
    for words in ("识别可信度 62%", "含1张图片。", "未识别：数字后没有单位"):
        assert words in text


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("甲\n乙", "甲乙"),
        ("a\nb", "a b"),
        ("17 处", "17处"),
        ("12 34", "12 34"),
        ("甲\t乙", "甲\t乙"),
        ("甲 \u3000 乙", "甲乙"),
    ],
)
def test_blanks_that_only_wrap_are_left_out(text: str, words: str) -> None:
    assert shown(text, 0, len(text)) == words


marks = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30)).filter(lambda pair: pair[0] < pair[1]), max_size=8
)


@given(marks)
@settings(deadline=None)
def test_segments_cover_and_name_all_marks(pairs: list[tuple[int, int]]) -> None:
    made = sorted(
        (Mark("x", Span(a, b), "", str(n)) for n, (a, b) in enumerate(pairs)),
        key=lambda m: (m.span.start, -m.span.end),
    )
    found = list(segments(5, 25, made))
    assert [found[0][0], *[right for _, right, _ in found]] == sorted(
        {5, *[left for left, _, _ in found], 25}
    )
    for mark in made:
        under = {at for left, right, over in found if mark in over for at in range(left, right)}
        assert under == set(range(max(5, mark.span.start), min(25, mark.span.end)))


def test_a_figure_under_two_marks_has_one_place() -> None:
    source = "整改17个问题。"
    remark = Remark("x", "hint", "看一看。", Span(0, 3))
    document = html.document_fromstring(page(read(source), source, remarks=[remark]))
    assert document.xpath("//article//mark/@id") == ["q0"]
    assert len(document.xpath("//article//mark[contains(@class, 'figure')]")) == 2
