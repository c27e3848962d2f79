"""量一量: the produced pages against GB/T 9704-2012: margins, lines, characters, fonts, page numbers.

The .docx goes through LibreOffice, which hangs a closing mark into the margin; so marks do not count for the right edge.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import docx as python_docx
import pdfplumber
import pypdfium2
import pytest

from gongwen import Block, Bulletin, Span, read
from gongwen.layout import docx, pdf

MM = 72 / 25.4
WORDS = "整改落实情况如下共计十二项问题已经完成"
SOURCE = "\n".join(
    [
        "中共浅滩县委关于市委第三轮巡察集中整改进展情况的通报",
        "一、组织领导情况",
        "（一）坚持统筹推动。" + WORDS * 14 + "。",
        *(WORDS * 15 + "。" for _ in range(8)),
        "1.关于工程款问题",
        "（1）关于质保金问题",
        "中共浅滩县委",
        "2026年1月15日",
    ]
)
WIDE = "序号\t反馈问题\t整改措施\t牵头领导\t责任单位\t完成时限\t整改状态"
Chars = list[dict[str, Any]]


def bulletin() -> Bulletin:
    return read(SOURCE + "\n")


@cache
def printed(form: str, style: str = "gbt9704") -> bytes:
    """The pages as PDF: of typst, or of LibreOffice out of the .docx."""
    return pdf(bulletin(), style=style) if form == "pdf" else by_office()["bulletin"]


@cache
def by_office() -> dict[str, bytes]:
    """What is looked at here, out of .docx by LibreOffice; in one go, since it takes seconds to start."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice 未安装")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = {key: folder / f"{key}.docx" for key in ("bulletin", "table")}
        files["bulletin"].write_bytes(docx(bulletin()))
        files["table"].write_bytes(docx(wide_table()))
        profile = f"-env:UserInstallation=file://{folder}/profile"
        subprocess.run(
            [office, profile, "--headless", "--convert-to", "pdf", "--outdir", name, *map(str, files.values())],
            check=True, capture_output=True, timeout=240, env=os.environ,
        )  # fmt: skip
        return {key: path.with_suffix(".pdf").read_bytes() for key, path in files.items()}


def pages(data: bytes) -> list[tuple[float, float, Chars]]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [(float(page.width), float(page.height), list(page.chars)) for page in document.pages]


def lines(chars: Chars) -> list[str]:
    """The text of each printed line, by the baseline's height."""
    rows: dict[int, Chars] = defaultdict(list)
    for char in chars:
        middle = (char["top"] + char["bottom"]) / 2
        key = next((at for at in rows if abs(at - middle) < 6), round(middle))
        rows[key].append(char)
    return ["".join(c["text"] for c in sorted(rows[at], key=lambda c: c["x0"])) for at in sorted(rows)]


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_full_page_has_22_lines_of_28_characters_in_its_margins(form: str) -> None:
    width, height, chars = pages(printed(form))[1]
    body = [c for c in chars if c["bottom"] < height - 34 * MM]
    assert (round(width / MM), round(height / MM)) == (210, 297)
    found = lines(body)
    assert len(found) == 22
    assert [
        len(line) for line in found if not line.startswith((" ", "（", "整改落实")) and len(line) > 20
    ] != []
    full = [line for line in found if "。" not in line]
    assert len(full) > 14
    assert {len(line.strip()) for line in full} <= {28, 26}  # a first line is set in by two
    assert sum(len(line.strip()) == 28 for line in full) > 12
    signs = [c for c in body if re.match(r"[\u4e00-\u9fff]", c["text"])]
    assert min(c["x0"] for c in signs) / MM == pytest.approx(28, abs=1)
    assert (width - max(c["x1"] for c in signs)) / MM == pytest.approx(26, abs=1)
    # 天头 is measured to the line, whose type stands in its middle: (28.95 - 16) / 2 pt are 2.3 mm.
    middles = sorted((c["top"] + c["bottom"]) / 2 / MM for c in signs)
    assert middles[0] == pytest.approx(37 + 28.95 / 2 / MM, abs=1)
    assert middles[-1] == pytest.approx(297 - 35 - 28.95 / 2 / MM, abs=1)


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_page_numbers_stand_outside_below_the_type_area(form: str) -> None:
    for number, (width, height, chars) in enumerate(pages(printed(form)), 1):
        foot = [c for c in chars if c["top"] > height - 35 * MM]
        assert (
            "".join(c["text"] for c in sorted(foot, key=lambda c: c["x0"])).replace(" ", "") == f"—{number}—"
        )
        left, right = min(c["x0"] for c in foot), max(c["x1"] for c in foot)
        if number % 2:
            assert (width - right) / MM == pytest.approx(26 + 14 / MM, abs=1.5)
        else:
            assert left / MM == pytest.approx(28 + 14 / MM, abs=1.5)
        middle = sum((c["top"] + c["bottom"]) / 2 for c in foot) / len(foot)
        assert (height - middle) / MM == pytest.approx(35 - 7 - 14 / 2 / MM, abs=1.5)


def test_a_variation_has_its_own_margins_and_lines() -> None:
    _, height, chars = pages(printed("pdf", "local33"))[1]
    body = [c for c in chars if c["bottom"] < height - 27 * MM and re.match(r"[\u4e00-\u9fff]", c["text"])]
    tops = sorted({round(c["top"]) for c in body})
    assert min(c["x0"] for c in body) / MM == pytest.approx(27, abs=1)
    assert tops[1] - tops[0] == pytest.approx(33, abs=1)


def test_issuer_and_date_stand_as_the_standard_says() -> None:
    width, _, chars = pages(printed("pdf"))[-1]
    rows = {"".join(c["text"] for c in row).replace(" ", ""): row for row in by_row(chars)}
    date, issuer = rows["2026年1月15日"], rows["中共浅滩县委"]
    four = 4 * 442.2 / 28
    assert width - 26 * MM - date[-1]["x1"] == pytest.approx(four, abs=3)
    middle = (date[0]["x0"] + date[-1]["x1"]) / 2
    assert (issuer[0]["x0"] + issuer[-1]["x1"]) / 2 == pytest.approx(middle, abs=8)


def by_row(chars: Chars) -> list[Chars]:
    rows: list[Chars] = []
    for char in sorted(chars, key=lambda c: round((c["top"] + c["bottom"]) / 2 / 8)):
        middle = (char["top"] + char["bottom"]) / 2
        if rows and abs(middle - (rows[-1][0]["top"] + rows[-1][0]["bottom"]) / 2) < 6:
            rows[-1].append(char)
        else:
            rows.append([char])
    return [sorted(row, key=lambda c: c["x0"]) for row in rows]


# ---- the .docx itself ----


def part(name: str, data: bytes | None = None) -> str:
    with zipfile.ZipFile(io.BytesIO(data or docx(bulletin()))) as archive:
        return archive.read(name).decode()


def test_fonts_are_named_and_stood_in_for() -> None:
    said = part("word/styles.xml") + part("word/document.xml")
    named = set(re.findall(r'w:eastAsia="([^"]+)"', said)) - {"zh-CN"}
    assert named == {"方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"}
    table = dict(re.findall(r'w:name="([^"]+)"><w:altName w:val="([^"]+)"', part("word/fontTable.xml")))
    assert set(table) == named
    assert all(other and other != name for name, other in table.items())


def test_parts_are_whole_and_say_nobodys_name() -> None:
    data = docx(bulletin())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            ET.fromstring(archive.read(name))  # noqa: S314  (our own file)
    properties = python_docx.Document(io.BytesIO(data)).core_properties
    assert (properties.author, properties.title) == (
        "",
        "中共浅滩县委关于市委第三轮巡察集中整改进展情况的通报",
    )
    assert properties.language == "zh-CN"


def test_office_programs_know_the_styles() -> None:
    document = python_docx.Document(io.BytesIO(docx(bulletin())))
    names = [p.style.name for p in document.paragraphs if p.text and p.style]
    assert names[:3] == ["Title", "Heading 1", "Normal"]
    assert {"Heading 3", "Heading 4"} <= set(names)
    head, rest = document.paragraphs[3].runs
    assert head.text == "（一）坚持统筹推动。"
    assert head._r.rPr.rFonts.get(python_docx.oxml.ns.qn("w:eastAsia")) == "楷体_GB2312"
    assert rest.text.startswith(WORDS)
    section = document.sections[0]
    assert [round(length.mm) for length in (section.top_margin, section.left_margin) if length] == [37, 28]
    assert document.settings.odd_and_even_pages_header_footer


def wide_table() -> Bulletin:
    cells = ["河道管护不到位" * 3, "修订巡河办法" * 4, "张三", "水务局", "2026-06-30", "已完成"]
    rows = [WIDE, *("\t".join([str(n), *cells]) for n in range(1, 40))]
    blocks = tuple(Block("row", row, Span(0, 0)) for row in rows)
    return Bulletin("清单", None, None, None, blocks=(Block("text", "清单如下。", Span(0, 0)), *blocks))


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_wide_table_stands_on_turned_pages_with_its_head_repeated(form: str) -> None:
    found = pages(pdf(wide_table()) if form == "pdf" else by_office()["table"])
    turned = [chars for width, height, chars in found if width > height]
    assert len(turned) > 1
    assert all("反馈问题" in "".join(c["text"] for c in chars) for chars in turned)


def test_only_the_pages_of_a_wide_table_are_turned() -> None:
    word = python_docx.Document(io.BytesIO(docx(wide_table())))
    assert [section.orientation for section in word.sections] == [0, 1, 0]


# ---- the .pdf itself ----


def test_fonts_are_embedded_as_subsets() -> None:
    document = pypdfium2.PdfDocument(pdf(bulletin()))
    from pypdfium2 import raw  # noqa: PLC0415

    fonts = {
        raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(o.raw))
        for page in document
        for o in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT])
    }
    document.close()
    assert fonts == {1}
    names = {c["fontname"] for _, _, chars in pages(pdf(bulletin())) for c in chars}
    assert all(re.fullmatch(r"[A-Z]{6}\+.+", name) for name in names)


def test_the_file_is_an_archive_with_title_language_and_outline() -> None:
    data = pdf(bulletin())
    assert b"pdfaid:part>2<" in data
    assert b"pdfaid:conformance>B<" in data
    assert b"/Lang(zh-CN)" in data.replace(b" ", b"") or b"/Lang (zh" in data
    document = pypdfium2.PdfDocument(data)
    assert document.get_metadata_value("Title") == "中共浅滩县委关于市委第三轮巡察集中整改进展情况的通报"
    assert document.get_metadata_value("Author") == ""
    outline = [bookmark.get_title() for bookmark in document.get_toc()]
    document.close()
    assert outline[1:] == ["一、组织领导情况", "1.关于工程款问题", "（1）关于质保金问题"]
    assert b"/StructTreeRoot" in data
