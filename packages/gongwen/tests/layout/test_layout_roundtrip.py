"""排版: reading what was laid out gives back what was laid out, in every form."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from corpus.documents import SHARED
from corpus.drawn import documents
from corpus.made import made
from hypothesis import given, settings
from hypothesis import strategies as st

from gongwen import Block, Bulletin, Span, extract, read
from gongwen.compose import differences
from gongwen.formats.pdf import extract_here
from gongwen.layout import FORMS, Form, Mark, layout
from gongwen.layout.plan import Paragraph, planned

HERE = Path(__file__).parents[1]
DOCUMENTS = [
    path
    for folder in (HERE / "documents", HERE / "documents" / "editions", SHARED)
    for path in sorted(folder.glob("*"))
    if path.suffix in (".txt", ".md") and path.with_name(path.stem + ".gold.json").exists()
]
ENDINGS: dict[Form, str] = {"docx": "docx", "pdf": "pdf", "html": "html", "markdown": "md", "text": "txt"}
KEYS = ("title", "issuer", "sections", "findings", "quantities", "citations", "claims", "totals", "contact")


def read_back(data: bytes, form: Form) -> Bulletin:
    if form == "json":
        return Bulletin.from_dict(json.loads(data))
    # A PDF is read in this process: a process of its own, as `extract` starts, is tested elsewhere and takes a second.
    return read(extract_here(data, name="") if form == "pdf" else extract(data, name=f"通报.{ENDINGS[form]}"))


def without_debris(bulletin: Bulletin) -> Bulletin:
    """As `layout` takes it: what stood around the document is no part of it."""
    return read("".join(block.text + "\n" for block in bulletin.blocks if block.role != "debris"))


def told(bulletin: Bulletin, again: Bulletin) -> list[str]:
    """What they say differently of what a document is about."""
    return [line for line in differences(bulletin, again) if line.startswith(KEYS)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_sample_comes_back(path: Path, form: Form) -> None:
    bulletin = read(path.read_bytes().decode("utf-8"))
    again = read_back(layout(bulletin, form), form)
    source = bulletin
    if form in ("docx", "pdf", "html") and any(block.role == "debris" for block in bulletin.blocks):
        source = replace(bulletin, citations=without_debris(bulletin).citations)
    assert told(source, again) == []


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_debris_is_left_out_and_a_title_below_the_text_comes_first(form: Form) -> None:
    source = "首页>政务公开>正文\n一、整改情况\n排查隐患17处。\n中共浅滩县委\n2026年1月15日\n"
    bulletin = read(source)
    title = Block("title", "中共浅滩县委关于整改情况的通报", Span(0, 0))
    debris = Block("debris", "版权所有：浅滩县", Span(0, 0))
    again = read_back(layout(replace(bulletin, blocks=(*bulletin.blocks, title, debris)), form), form)
    assert again.blocks[0] == replace(title, span=again.blocks[0].span)
    assert not [block for block in again.blocks if "版权所有" in block.text]


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_a_title_that_stood_twice_stands_once(form: Form) -> None:
    bulletin = of_texts("整改隐患17处。")
    again = read_back(layout(replace(bulletin, blocks=(bulletin.blocks[0], *bulletin.blocks)), form), form)
    assert [block.text for block in again.blocks] == ["关于整改情况的通报", "整改隐患17处。"]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("（2026年2月更新）", "subtitle"),
        ("浅委发〔2026〕6号", "number"),
        ("2026年1月15日", "subtitle"),
        ("附件：1.问题清单", "annex"),
        ("整改隐患17处。", "text"),
    ],
)
def test_what_stands_below_the_title_is_told(words: str, kind: str) -> None:
    assert [part.kind for part in planned(of_texts(words)).parts if isinstance(part, Paragraph)] == [
        "title",
        kind,
    ]


@given(documents(), st.sampled_from(FORMS))
@settings(max_examples=80, deadline=None)
def test_whole_documents_come_back(source: str, form: Form) -> None:
    bulletin = read(source)
    assert told(bulletin, read_back(layout(bulletin, form), form)) == []


@pytest.mark.parametrize("form", FORMS)
def test_a_bulletin_built_by_hand_comes_back(form: Form) -> None:
    again = read_back(layout(made(), form), form)
    assert [(f.path, f.title, f.status) for f in again.findings] == [
        (f.path, f.title, f.status) for f in made().findings
    ]
    assert again.title == made().title
    assert [m.path for m in again.findings[0].measures] == ["二（一）1", "二（一）2"]


@pytest.mark.parametrize("form", FORMS)
def test_the_same_bulletin_is_the_same_file(form: Form) -> None:
    assert layout(made(), form) == layout(made(), form)


# ---- hostile input ----

HOSTILE = {
    "null": "整改\x00隐患17处。\x08\x1b",
    "surrogate": "整改隐患17处\ud800。",
    "typst": '#import "x": y $1+1$ *粗* _斜_ @引 <标> [内容] \\转 `码` ~ = 标题 - 项 / 词：#set page() 整改隐患17处。',
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;b&gt; ]]> 整改隐患17处。",
    "private": "整改隐患17处\ue000\ufffe\uffff\U0001f600\u202e反\u200b。",
    "rare": "昇珺玥㛃䶮𠮷：整改隐患17处。",
}


def of_texts(*texts: str) -> Bulletin:
    blocks = tuple(Block("text", text, Span(0, 0)) for text in texts)
    return Bulletin("通报", "关于整改情况的通报", None, None, blocks=(Block("title", "关于整改情况的通报", Span(0, 0)), *blocks))  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_are_words(kind: str, form: Form) -> None:
    data = layout(of_texts(HOSTILE[kind]), form)
    again = read_back(data, form)
    assert len(again.blocks) == 2
    if form != "json":  # which is the reading itself, and this bulletin was built without
        assert [(q.value, q.unit) for q in again.quantities if q.unit == "处"] == [(17, "处")]
    if form == "html":
        assert b"<script" not in data
        assert b"<img" not in data


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("role", ["title", "heading", "text", "item", "row", "contact", "signature"])
def test_a_block_of_any_role_may_be_anything(role: str, form: Form) -> None:
    for text in ("", "\t", "甲\t乙", "x" * 3000, "。", "一、", "（一）", "\n\n", " 甲 \n 乙 "):
        block = Block(role, text, Span(0, 0))  # type: ignore[arg-type]
        layout(replace(of_texts(), blocks=(block, block)), form)


@given(st.lists(st.text(max_size=60), max_size=5), st.sampled_from(FORMS))
@settings(max_examples=60, deadline=None)
def test_laying_out_never_raises(texts: list[str], form: Form) -> None:
    layout(replace(read("\n".join(texts)), title=None), form)
    layout(of_texts(*texts), form)


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_an_empty_document_is_an_empty_page(form: Form) -> None:
    assert layout(read(""), form)


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_a_paragraph_of_fifty_thousand_characters_stays_one(form: Form) -> None:
    words = "坚持举一反三，压实整改责任，" * 3572 + "整改隐患17处。"
    again = read_back(layout(of_texts(words), form), form)
    assert [block.text for block in again.blocks[1:]] == [words]


# Reading a ruled table out of a PDF takes a tenth of a second a page: fewer rows do, over several pages.
@pytest.mark.parametrize(("form", "number"), [("docx", 1000), ("html", 1000), ("pdf", 60)])
@pytest.mark.parametrize("columns", [3, 8])
def test_a_table_of_a_thousand_rows_stays_one(form: Form, number: int, columns: int) -> None:
    head = ["序号", "反馈问题", "整改措施", "牵头领导", "责任单位", "配合单位", "完成时限", "整改状态"][
        :columns
    ]
    cells = [
        "河道管护不到位，巡查流于形式",
        "修订巡河办法，安装探头286个",
        "张三",
        "水务局",
        "林业局",
        "2026年6月底",
        "已完成",
    ]
    rows = ["\t".join([str(n), *cells[: columns - 1]]) for n in range(1, number + 1)]
    blocks = [Block("row", text, Span(0, 0)) for text in ("\t".join(head), *rows)]
    bulletin = replace(of_texts(), title=None, blocks=tuple(blocks))
    again = read_back(layout(bulletin, form), form)
    assert [block.text for block in again.blocks] == [block.text for block in blocks]


def test_a_thousand_rows_are_printed() -> None:
    rows = ["序号\t问题", *(f"{n}\t河道管护不到位" for n in range(1, 1001))]
    bulletin = replace(of_texts(), blocks=tuple(Block("row", text, Span(0, 0)) for text in rows))
    document = pypdfium2.PdfDocument(layout(bulletin, "pdf"))
    last = document[len(document) - 1].get_textpage()
    assert "1000" in last.get_text_range()
    assert "序号" in last.get_text_range()
    last.close()
    document.close()


# ---- marks ----


def test_marks_are_links_in_html_only() -> None:
    bulletin = of_texts("整改隐患17处。")
    mark = Mark(1, 4, 7, "#fig-1", "隐患数", "bound")
    assert '整改隐患<a href="#fig-1" title="隐患数" class="bound">17处</a>。' in layout(bulletin, "html", marks=[mark]).decode()  # fmt: skip
    for form in ("docx", "pdf", "markdown", "text", "json"):
        assert layout(bulletin, form, marks=[mark]) == layout(bulletin, form)  # type: ignore[arg-type]


def test_no_such_form() -> None:
    with pytest.raises(ValueError, match="没有“odt”这种格式"):
        layout(of_texts(), "odt")  # type: ignore[arg-type]
