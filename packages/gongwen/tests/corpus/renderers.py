"""The same document in every format, as offices and sites would publish it. Plain text in, bytes out.

Text is what a person would type: one paragraph, heading or table row (cells parted by tabs) a line; see `gongwen.clean_text`.
"""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import groupby
from pathlib import Path

import docx as python_docx
import typst
import xlsxwriter

sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))

from makers import ofd as ofd_file
from makers import placed

TYPST_ESCAPED = frozenset("#$*_`<>@[]\\~/=-+")


def grouped(lines: Sequence[str]) -> Iterator[tuple[bool, list[str]]]:
    """Runs of table rows and of paragraphs."""
    for is_table, group in groupby(lines, key=lambda line: "\t" in line):
        yield is_table, list(group)


def docx(lines: Sequence[str]) -> bytes:
    """A Word document; tables are tables, and an empty deletion stands in the first paragraph."""
    document = python_docx.Document()
    for is_table, group in grouped(lines):
        if not is_table:
            for line in group:
                document.add_paragraph(line)
            continue
        rows = [line.split("\t") for line in group]
        table = document.add_table(len(rows), max(map(len, rows)))
        for number, row in enumerate(rows):
            for place, cell in enumerate(row):
                table.cell(number, place).text = cell
        document.add_paragraph("")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def html(lines: Sequence[str]) -> bytes:
    """A page of a government site in GB18030, with the site around it."""
    parts = []
    for is_table, group in grouped(lines):
        if is_table:
            rows = "".join(
                "<tr>" + "".join(f"<td>{escape(c)}</td>" for c in line.split("\t")) + "</tr>"
                for line in group
            )
            parts.append(f"<table border=1>{rows}</table>")
        else:
            parts += [f'<p style="text-indent:2em">　　{escape(line)}</p>' for line in group]
    page = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"><title>通知公告</title></head><body>'
        '<div class="top"><ul class="nav"><li><a href="/">网站首页</a></li><li><a href="/x">政务公开</a></li></ul></div>'
        '<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/t">通知公告</a></div>'
        f'<div class="content"><div class="TRS_Editor">{"".join(parts)}</div></div>'
        '<div class="related"><h4>相关阅读</h4><ul><li><a href="/1">某县加强作风建设</a></li><li><a href="/2">全县召开会议</a></li></ul></div>'
        '<div class="foot">版权所有 备案号：某ICP备12345678号 技术支持：某公司</div></body></html>'
    )
    return page.encode("gb18030")


def pdf(lines: Sequence[str], *, columns: int = 1) -> bytes:
    """A printed page: first lines set in, page numbers, a ruled table for rows."""
    head = (
        f'#set page(paper: "a4", margin: (x: 28mm, y: 35mm), numbering: "— 1 —", columns: {columns})\n'
        f'#set text(font: "Noto Serif CJK SC", size: {16 if columns == 1 else 11}pt, lang: "zh")\n'
        "#set par(first-line-indent: (amount: 2em, all: true), justify: true)\n#set table(inset: 3pt)\n"
    )
    parts = []
    for is_table, group in grouped(lines):
        if is_table:
            rows = [line.split("\t") for line in group]
            width = max(map(len, rows))
            cells = ", ".join(f"[{typed(c)}]" for row in rows for c in row + [""] * (width - len(row)))
            parts.append(f"#text(size: 9pt, table(columns: {width}, {cells}))")
        else:
            parts += [typed(line) for line in group]
    return typst.compile((head + "\n\n".join(parts)).encode(), format="pdf")


def pdf_two_columns(lines: Sequence[str]) -> bytes:
    """The same in two columns."""
    return pdf(lines, columns=2)


def typed(words: str) -> str:
    """Words as Typst takes them."""
    return "".join("\\" + sign if sign in TYPST_ESCAPED else sign for sign in words)


def ofd(lines: Sequence[str]) -> bytes:
    """A layout file: lines of thirty characters, page numbers; rows stay on one line."""
    pages: list[list[str]] = [[]]
    for line in lines:
        words, indent = line.replace("\t", "  "), 2
        while words:
            if len(pages[-1]) >= 24:
                pages.append([])
            room = 30 - indent
            pages[-1].append(placed(words[:room], 28 + 5 * indent, 37 + 9 * len(pages[-1])))
            words, indent = words[room:], 0
    numbered = [[*page, placed(f"— {n} —", 100, 285, size=4)] for n, page in enumerate(pages, 1)]
    return ofd_file(*("".join(page) for page in numbered))


def xlsx(lines: Sequence[str]) -> bytes:
    """A workbook: a row a line."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    )
    sheet = book.add_worksheet("清单")
    for number, line in enumerate(lines):
        for place, cell in enumerate(line.split("\t")):
            sheet.write_string(number, place, cell)
    book.close()
    return out.getvalue()


def csv_list(lines: Sequence[str]) -> bytes:
    """Values parted by commas, in GB18030."""
    out = io.StringIO()
    writer = csv.writer(out)
    for line in lines:
        writer.writerow(line.split("\t"))
    return out.getvalue().encode("gb18030")


PROSE: dict[str, Callable[[Sequence[str]], bytes]] = {
    "docx": docx,
    "html": html,
    "pdf": pdf,
    "2.pdf": pdf_two_columns,
    "ofd": ofd,
}
LISTS: dict[str, Callable[[Sequence[str]], bytes]] = {
    "docx": docx,
    "html": html,
    "pdf": pdf,
    "xlsx": xlsx,
    "csv": csv_list,
}
