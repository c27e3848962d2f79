"""What holds for any text: reading never raises, every span slices to its text, every key is there."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from corpus.documents import SHARED
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from gongwen import Bulletin, Span, clean_text, read

HERE = Path(__file__).parent
DOCUMENTS = [
    *sorted((HERE / "documents").glob("*.txt")),
    *sorted((HERE / "documents").glob("*.md")),
    *sorted(SHARED.glob("*.txt")),
]
DOCUMENTS = [path for path in DOCUMENTS if path.with_name(path.stem + ".gold.json").exists()]

# The grammar's own words, glued together at random: what a fuzzer finds fastest.
WORDS = [
    *"一二三十百千万亿0123456789１２。，、；：！？“”‘’（）《》〈〉()<>\"'%％.-—~|#*\t\n \u3000\u200b\ufeff",
    *("一、", "（一）", "1.", "（1）", "①", "一是", "二是", "第", "个", "家", "万元", "百分之", "个百分点", "人次", "余", "以上", "同比下降"),
    *("2024年", "3月5日", "至", "底", "前三季度", "截至", "以来", "2024717日", "分别", "均达", "等", "和", "共", "累计", "其中", "占"),
    *("反馈问题：", "整改状态：", "整改情况：", "整改任务：", "已完成", "正在整改", "未完成", "该问题已完成整改。", "序号\t反馈问题\t整改措施\n"),
    *("印发《", "》", "关于“", "”的问题", "着力解决“", "现将", "中共甲市委", "联系电话：0999-1234567", "a@b.example", "当前位置：首页", "\r\n", "\n\n"),
    *("反饋", "問題", "**", "(kuì)", "1+4+N", "5G", "三重一大", "——", "\x00", "\x1f", "😀", "\ud800"),
]  # fmt: skip
glued = st.lists(st.sampled_from(WORDS), max_size=60).map("".join)
anything = st.one_of(glued, st.text(max_size=200))


def spans(item: object) -> Iterator[tuple[Span, str | None]]:
    """All spans of a result with the text that stands beside them."""
    if dataclasses.is_dataclass(item):
        span = getattr(item, "span", None)
        if span is not None:
            yield (
                span,
                getattr(item, "text", None) if type(item).__name__ not in ("Block", "Measure") else None,
            )
        for field in dataclasses.fields(item):
            yield from spans(getattr(item, field.name))
    elif isinstance(item, tuple) and not isinstance(item, Span):
        for member in item:
            yield from spans(member)


def blank(char: str) -> bool:
    return char.isspace() or char in "\u200b\u200c\u200d\u2060\ufeff"


def assert_spans_hold(source: str, bulletin: Bulletin) -> None:
    for span, text in spans(bulletin):
        piece = source[span.start : span.end]
        assert 0 <= span.start < span.end <= len(source)
        assert not blank(piece[0])
        assert not blank(piece[-1])
        assert text is None or text == "".join(c for c in piece if not blank(c))


@settings(max_examples=300, deadline=None)
@given(anything)
@example("#序号\t反馈问题\t整改措施\n")  # a Markdown sign before a table row shifted its cells by one
def test_reading_never_raises_and_every_span_slices_to_its_text(source: str) -> None:
    bulletin = read(source)
    assert_spans_hold(source, bulletin)
    json.dumps(bulletin.as_dict())
    clean_text(source)


# A row of one cell is a row beside others and text by itself; behind an opening mark that makes a difference.
OPEN_BEFORE_ROW = re.compile(r"[“‘（(《<「『][^\n]*\s[^\n]*[\t|]")


@settings(max_examples=100, deadline=None)
@given(glued)
@example("#印发《\r\n一")  # an opening mark ends no paragraph, whatever sign or indent is about it
@example("印发《\r\n#一")
@example("印发《\r\n\t一")
@example("印发《\n~\n一")
def test_cleaning_again_changes_nothing(source: str) -> None:
    assume(not OPEN_BEFORE_ROW.search(source))
    once = clean_text(source)
    assert clean_text(once).split() == once.split()


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_spans_of_whole_documents(path: Path) -> None:
    source = path.read_bytes().decode("utf-8")
    assert_spans_hold(source, read(source))


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_cut_anywhere_a_document_is_still_read(path: Path) -> None:
    source = path.read_bytes().decode("utf-8")
    for end in range(0, len(source), max(1, len(source) // 12)):
        assert_spans_hold(source[:end], read(source[:end]))
        assert_spans_hold(source[end:], read(source[end:]))


KEYS = {
    "schema", "reader", "kind", "title", "issuer", "issued_on", "inspection", "contact", "blocks", "sections", "findings",
    "quantities", "citations", "dates", "claims", "totals", "organisations", "leftovers", "inferred", "format", "notes",
}  # fmt: skip


@given(anything)
@settings(max_examples=50, deadline=None)
def test_every_key_is_present(source: str) -> None:
    assert set(read(source).as_dict()) == KEYS


def test_every_paragraph_is_a_block_and_nothing_is_lost() -> None:
    source = "甲局关于整改情况的通报\n\n一、情况\n研讨 3 次。\n序号\t问题\n1\t不深\n"
    blocks = read(source).blocks
    assert [block.role for block in blocks] == ["title", "heading", "text", "row", "row"]
    assert "".join("".join(block.text.split()) for block in blocks) == "".join(source.split())


def test_results_cannot_be_changed() -> None:
    bulletin = read("研讨3次")
    with pytest.raises(dataclasses.FrozenInstanceError):
        bulletin.kind = "报告"
    with pytest.raises((dataclasses.FrozenInstanceError, AttributeError)):
        bulletin.quantities[0].label = "x"
