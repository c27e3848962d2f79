"""PDF: paragraphs in reading order by where words stand."""

from __future__ import annotations

import io

import pypdfium2
import pytest
import typst
from prints import PARAGRAPHS, TEXT, escaped, printed

from gongwen import Extraction, GongwenError, extract, read

TABLE = "#table(columns: 3, [序号], [问题], [完成率], [1], [学风建设不够，措施跟进不及时，效果不明显], [94.6%], [2], [招生管理], [80%])\n"


def opened(data: bytes) -> Extraction:
    return extract(data, name="通报.pdf")


@pytest.mark.parametrize(
    ("columns", "size", "times"), [(1, 16, 3), (2, 11, 4), (1, 12, 3), (2, 14, 3), (1, 14, 1), (2, 11, 1)]
)
def test_paragraphs_come_back_whole_over_columns_and_pages(columns: int, size: int, times: int) -> None:
    assert opened(printed(columns=columns, size=size, times=times)).text == TEXT * times


def test_a_title_over_two_columns_stands_first() -> None:
    title = "关于巡察整改进展情况的通报"
    source = (
        '#set page(paper: "a4", margin: (x: 28mm, y: 35mm), numbering: "1")\n#set text(font: "Noto Serif CJK SC", size: 11pt)\n'
        "#set par(first-line-indent: (amount: 2em, all: true), justify: true)\n"
        f"#align(center, text(size: 22pt)[{title}])\n#columns(2)[\n"
        + "\n\n".join(map(escaped, PARAGRAPHS * 2))
        + "\n]"
    )
    assert opened(typst.compile(source.encode(), format="pdf")).text.splitlines() == [
        title,
        *PARAGRAPHS,
        *PARAGRAPHS,
    ]


def test_a_ruled_table_is_rows() -> None:
    found = opened(printed(extra=TABLE)).text.splitlines()
    assert found[-3:] == [
        "序号\t问题\t完成率",
        "1\t学风建设不够，措施跟进不及时，效果不明显\t94.6%",
        "2\t招生管理\t80%",
    ]
    assert found[: len(PARAGRAPHS)] == list(PARAGRAPHS)


def turned(data: bytes, quarters: int, *, content: bool) -> bytes:
    """Every page shown so many quarters clockwise; with `content`, what is on it is turned back, so that it reads upright."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        width, height = page.get_size()
        if content:
            matrix = {
                1: (0, 1, -1, 0, height, 0),
                2: (-1, 0, 0, -1, width, height),
                3: (0, -1, 1, 0, 0, width),
            }
            for thing in page.get_objects(max_depth=1):
                thing.transform(pypdfium2.PdfMatrix(*matrix[quarters]))
            if quarters % 2:
                page.set_mediabox(0, 0, height, width)
            page.gen_content()
        page.set_rotation(quarters * 90)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_turned_to_be_wide(quarters: int) -> None:
    assert opened(turned(printed(columns=2, size=11), quarters, content=True)).text == TEXT


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_that_lies_on_its_side(quarters: int) -> None:
    assert opened(turned(printed(extra=TABLE), quarters, content=False)).text.startswith(TEXT)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_table_on_a_page_turned_to_be_wide(quarters: int) -> None:
    data = turned(printed(extra=TABLE), quarters, content=True)
    assert opened(data).text == opened(printed(extra=TABLE)).text


@pytest.mark.parametrize("mode", [0, 3])
def test_text_behind_a_scan_is_taken_and_noted(mode: int) -> None:
    document = pypdfium2.PdfDocument(printed())
    for page in document:
        for thing in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_TEXT], max_depth=1):
            assert pypdfium2.raw.FPDFTextObj_SetTextRenderMode(thing.raw, mode)
        page.gen_content()
    out = io.BytesIO()
    document.save(out)
    found = opened(out.getvalue())
    assert found.text == TEXT
    assert any("页面上不可见" in note for note in found.notes) is (mode == 3)


def test_a_watermark_is_left_out_and_noted() -> None:
    found = opened(printed(extra="#place(center + horizon, rotate(-30deg, text(size: 40pt)[内部资料]))"))
    assert "内部资料" not in found.text
    assert "斜排的水印文字未读取。" in found.notes


def test_radicals_are_read_as_the_characters_they_look_like() -> None:
    source = '#set text(font: "Noto Serif CJK SC")\n⼀、⾏⼈⻓⻛'
    assert opened(typst.compile(source.encode(), format="pdf")).text == "一、行人长风\n"


def test_it_reads_as_the_document_it_is() -> None:
    bulletin, plain = read(opened(printed(columns=2, size=11))), read(TEXT)
    assert [f.title for f in bulletin.findings] == [f.title for f in plain.findings]
    assert [(q.label, q.value, q.path) for q in bulletin.quantities] == [
        (q.label, q.value, q.path) for q in plain.quantities
    ]
    assert bulletin.format == "pdf"


def said_of(data: bytes) -> str:
    """The text, or the sentence of the refusal."""
    try:
        return opened(data).text
    except GongwenError as refused:
        return str(refused)


@pytest.mark.parametrize("share", [0.02, 0.1, 0.3, 0.6, 0.9, 0.999])
def test_a_cut_file_is_refused_or_read_as_far_as_it_goes(share: float) -> None:
    data = printed()
    said = said_of(data[: int(len(data) * share)])
    assert said.strip()
    assert not said.startswith("通报.pdf：") or "请" in said


def test_a_file_with_a_password_is_refused() -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(100, 100)
    out = io.BytesIO()
    document.save(out)
    whole = out.getvalue()
    locked = whole.replace(
        b"trailer\r\n<<",
        b"trailer\r\n<</Encrypt<</Filter/Standard/V 1/R 2/O<"
        + b"00" * 32
        + b">/U<"
        + b"11" * 32
        + b">/P -4>>/ID[<00><00>]",
    ).replace(
        b"trailer\n<<",
        b"trailer\n<</Encrypt<</Filter/Standard/V 1/R 2/O<"
        + b"00" * 32
        + b">/U<"
        + b"11" * 32
        + b">/P -4>>/ID[<00><00>]",
    )
    assert locked != whole
    with pytest.raises(GongwenError) as refused:
        opened(locked)
    assert refused.value.code == "gongwen.encrypted_file"


def test_a_page_without_anything_is_refused() -> None:
    with pytest.raises(GongwenError) as refused:
        opened(typst.compile(b"#rect()", format="pdf"))
    assert refused.value.code == "gongwen.no_text"
