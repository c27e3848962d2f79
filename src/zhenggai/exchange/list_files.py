"""三张清单 as workbook and as Word document: A4 landscape, the head row repeated, equal cells merged downwards as in ledgers on paper."""

import io
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import xlsxwriter
from django.utils import timezone
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from zhenggai.core.errors import NotFound
from zhenggai.exchange.exports import Export, book_options, write_cell
from zhenggai.exchange.lists import (
    COLUMNS,
    Cell,
    Filters,
    Line,
    ListKind,
    Placed,
    after,
    lines,
    numbers_of,
    placed,
    tasks_of,
)
from zhenggai.journal.acts import Actor
from zhenggai.journal.moments import one_moment
from zhenggai.ledger.handling.standing import inspection_seen
from zhenggai.ledger.models import Inspection


def export_list(
    inspection: Inspection, kind: ListKind, form: str, *, by: Actor, filters: Filters | None = None
) -> Export:
    """Write one of the lists in a form of ``LIST_FORMS``, as far as the asker may know of it; NotFound for any other."""
    if form not in LIST_FORMS:
        raise NotFound(f"清单没有“{form}”格式的导出，可选：{'、'.join(LIST_FORMS)}。")
    inspection = inspection_seen(by, inspection.code)
    content_type, write = LIST_FORMS[form]
    with one_moment():
        tasks = list(after(tasks_of(inspection, by, filters), kind, None))
        content = write(
            inspection,
            kind,
            lines(inspection, by, tasks),
            _summary(inspection, by, len(tasks), filtered=bool(filters and filters.chosen)),
        )
    return Export(content, content_type, f"{inspection.code}-{kind.value}.{form}")


def title_of(inspection: Inspection, kind: ListKind) -> str:
    """What stands over a list: 中共浅溪县委巡察整改问题清单."""
    return f"{inspection.party}{inspection.kind}整改{kind.label}"


def _summary(inspection: Inspection, by: Actor, number: int, *, filtered: bool) -> str:
    today = timezone.localdate()
    head = f"检查编号 {inspection.code}，截至 {today.year}年{today.month}月{today.day}日"
    if filtered:
        return f"{head}。按条件筛选，列 {number} 项任务。"
    n = numbers_of(inspection, by)
    return (
        f"{head}。问题 {n['total']} 个：未申请 {n['review_none']}、审核中 {n['review_step']}、退回 {n['review_returned']}、"
        f"销号 {n['review_closed']}。任务 {n['tasks']} 项：超期 {n['overdue']}、临期 {n['near']}、序时 {n['on_time']}、"
        f"未定时限 {n['open_ended']}、已办结 {n['finished']}。豁免 {n['waivers']} 项。"
    )


# --- workbook ----------------------------------------------------------------------------------------------------------------------------


def _xlsx(inspection: Inspection, kind: ListKind, rows: list[Line], summary: str) -> bytes:
    """One sheet, each row whole so that it can be filtered and sorted; text is written as text, never as formula or link."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, book_options())
    book.set_properties({"title": title_of(inspection, kind), "comments": summary})
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#E7EEF6", "border": 1, "text_wrap": True, "valign": "vcenter"}),
        "cell": book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "border": 1}),
        "money": book.add_format({"num_format": "#,##0.00", "valign": "top", "border": 1}),
    }  # fmt: skip
    columns = COLUMNS[kind]
    sheet = book.add_worksheet(kind.label)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_header(f"&C&14{title_of(inspection, kind).replace('&', '&&')}")
    sheet.set_footer("&C第 &P 页，共 &N 页")
    for at, column in enumerate(columns):
        sheet.set_column(at, at, column.width + 2)
        sheet.write_string(0, at, column.label, formats["head"])
    for number, line in enumerate(rows, start=1):
        for at, column in enumerate(columns):
            _write(sheet, number, at, column.cell(line), formats)
    sheet.autofilter(0, 0, len(rows), len(columns) - 1)
    book.close()
    return out.getvalue()


def _write(sheet: Any, row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    if isinstance(cell.value, Decimal):
        sheet.write_number(row, column, float(cell.value), formats["money"])
    elif isinstance(cell.value, date) and not cell.notes:
        write_cell(sheet, row, column, cell.value, formats)
    else:
        write_cell(sheet, row, column, cell.text, formats)


# --- Word document -----------------------------------------------------------------------------------------------------------------------

_TITLE, _HEAD, _BODY = "方正小标宋简体", "黑体", "仿宋_GB2312"
_ELSEWHERE = {_TITLE: "宋体", _HEAD: "SimHei", _BODY: "仿宋"}
"""Fonts of official documents, and what stands in for them where they are not installed."""

_LATIN = {_BODY: "Times New Roman"}
"""Fonts of which the Latin letters and numerals are too wide for a table."""

_WIDTH_MM = 297 - 2 * 15


def _docx(inspection: Inspection, kind: ListKind, rows: list[Line], summary: str) -> bytes:
    """A4 landscape: title, one sentence of counts, the table."""
    document = docx.Document()
    document.core_properties.title = title_of(inspection, kind)
    document.core_properties.author = ""
    document.core_properties.comments = ""
    _page(document.sections[0])
    _fallbacks(document)
    _chinese(document)
    _paragraph(
        document.add_paragraph(), title_of(inspection, kind), _TITLE, 22, WD_ALIGN_PARAGRAPH.CENTER, after=6
    )
    _paragraph(document.add_paragraph(), summary, _BODY, 12, WD_ALIGN_PARAGRAPH.LEFT, after=6)
    _table(document, kind, rows)
    _page_numbers(document.sections[0])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _page(section: Any) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(15)
    section.top_margin, section.bottom_margin = Mm(20), Mm(18)


def _fallbacks(document: Any) -> None:
    """Name, for each font, the one that stands in for it; the template's own table knows only Latin fonts."""
    for part in document.part.package.iter_parts():
        if str(part.partname) == "/word/fontTable.xml":
            fonts = "".join(
                f'<w:font w:name="{name}"><w:altName w:val="{other}"/></w:font>'
                for name, other in _ELSEWHERE.items()
            )
            part._blob = part.blob.replace(b"</w:fonts>", fonts.encode() + b"</w:fonts>")  # noqa: SLF001  # python-docx keeps the part as bytes and has no way to set them


def _chinese(document: Any) -> None:
    """Say that the text is simplified Chinese, so that punctuation and stand-in fonts are those of the mainland."""
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _paragraph(
    paragraph: Any, text: str, font: str, size: float, alignment: Any, *, after: float = 0, bold: bool = False
) -> None:
    shape = paragraph.paragraph_format
    shape.alignment, shape.space_before, shape.space_after = alignment, Pt(0), Pt(after)
    shape.line_spacing = 1.0
    for number, piece in enumerate(_printable(text).split("\n")):
        run = paragraph.add_run(piece)
        if number:
            run._r.insert(0, OxmlElement("w:br"))  # noqa: SLF001  # a break before the text, in the same run
        run.font.name, run.font.size, run.font.bold = _LATIN.get(font, font), Pt(size), bold
        run._r.rPr.rFonts.set(qn("w:eastAsia"), font)  # noqa: SLF001  # python-docx sets the Latin font only


def _printable(text: str) -> str:
    """Without the control characters that XML cannot hold."""
    return "".join(character for character in text if character >= " " or character in "\n\t")


def _table(document: Any, kind: ListKind, rows: list[Line]) -> None:
    columns = COLUMNS[kind]
    table = document.add_table(rows=1, cols=len(columns))
    table.style, table.autofit = "Table Grid", False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "50")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.find(qn("w:tblLook")).addprevious(margins)  # noqa: SLF001  # narrow margins within cells; python-docx has no name for them
    whole = sum(column.width for column in columns)
    widths = [Mm(_WIDTH_MM * column.width / whole) for column in columns]
    for grid, width in zip(table.columns, widths, strict=True):
        grid.width = width
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001  # repeated on every page; python-docx has no name for it
    for cell, column, width in zip(head.cells, columns, widths, strict=True):
        cell.width = width
        _paragraph(cell.paragraphs[0], column.label, _HEAD, 9, WD_ALIGN_PARAGRAPH.CENTER)
    for line in placed(kind, rows):
        for cell, place, width in zip(table.add_row().cells, line, widths, strict=True):
            cell.width = width
            _fill(cell, place)


def _fill(cell: Any, place: Placed) -> None:
    if place.rows != 1:
        merge = OxmlElement("w:vMerge")
        merge.set(qn("w:val"), "restart" if place.rows else "continue")
        cell._tc.get_or_add_tcPr().append(merge)  # noqa: SLF001  # merging by python-docx walks the whole table for each cell
    text = place.cell.text if place.rows else ""
    right = isinstance(place.cell.value, Decimal)
    alignment = WD_ALIGN_PARAGRAPH.RIGHT if right else WD_ALIGN_PARAGRAPH.LEFT
    _paragraph(cell.paragraphs[0], text, _BODY, 9, alignment)


def _page_numbers(section: Any) -> None:
    """页码: — 1 — in the middle of the foot."""
    paragraph = section.footer.paragraphs[0]
    _paragraph(paragraph, "— ", "宋体", 12, WD_ALIGN_PARAGRAPH.CENTER)
    for kind, text in (("begin", ""), ("", " PAGE "), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(12)
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        else:
            mark.text = text
        run._r.append(mark)  # noqa: SLF001  # fields have no name in python-docx
    paragraph.add_run(" —").font.size = Pt(12)


LIST_FORMS: dict[str, tuple[str, Callable[[Inspection, ListKind, list[Line], str], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
}
"""Form → media type and writer."""
