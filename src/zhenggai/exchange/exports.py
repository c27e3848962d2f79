"""导出: one inspection's ledger as JSON, CSV or workbook."""

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import xlsxwriter

from zhenggai.core.errors import NotFound
from zhenggai.evidence.models import Sourced
from zhenggai.exchange import handling
from zhenggai.exchange.contents import Contents, FindingEntry, gather
from zhenggai.exchange.tables import TABLES, Cell, Table
from zhenggai.indicators.models import Observation
from zhenggai.journal.acts import Actor
from zhenggai.journal.chain import plain
from zhenggai.journal.moments import one_moment
from zhenggai.journal.queries import head
from zhenggai.journal.snapshots import snapshot
from zhenggai.ledger.handling.standing import inspection_seen
from zhenggai.ledger.models import Inspection, Task

SCHEMA = "zhenggai.inspection/1"


class Export(NamedTuple):
    """An export: its bytes, media type and file name."""

    content: bytes
    content_type: str
    filename: str


def export(inspection: Inspection, form: str, *, by: Actor) -> Export:
    """Export what the asker may know of an inspection's ledger, in a form of ``FORMS``; NotFound for any other, and for what he may not know of."""
    inspection = inspection_seen(by, inspection.code)
    if form not in FORMS:
        raise NotFound(f"没有“{form}”格式的导出，可选：{'、'.join(FORMS)}。")
    content_type, write = FORMS[form]
    with one_moment():
        content = write(gather(inspection, by))
    return Export(content, content_type, f"{inspection.code}.{form}")


# --- JSON --------------------------------------------------------------------------------------------------------------------------------


def _json(contents: Contents) -> bytes:
    """Everything, with places and keys; decimals and dates as strings."""
    events, digest = head()
    told = contents.handled()
    document = {
        "schema": SCHEMA,
        "inspection": snapshot(contents.inspection),
        "documents": [
            {
                "edition": reading.edition, "title": reading.title, "issuer": reading.issuer,
                "issued_on": plain(reading.issued_on), "name": reading.document.name, "sha256": reading.document.sha256,
            }
            for reading in contents.readings
        ],
        "findings": [_finding(entry, told[entry.finding.pk]) for entry in contents.findings],
        "figures": [_figure(row) for row in contents.figures],
        "policy_documents": [
            {"title": row.title, "role": row.role, "verb": row.verb, "source": _source(row)} for row in contents.documents
        ],
        "claims": [
            {
                "finding": row.finding.number if row.finding else None, "progress": row.progress, "text": row.text,
                "source": _source(row),
            }
            for row in contents.claims
        ],
        "organisations": [row.name for row in contents.organisations],
        "journal": {"events": events, "head": digest},
    }  # fmt: skip
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _finding(entry: FindingEntry, handled: handling.Said) -> dict[str, Any]:
    row = entry.finding
    return {
        "number": row.number,
        "level": row.level,
        "parent": entry.above.number if entry.above else None,
        "path": entry.path,
        "title": row.title,
        "status_written": row.status_written,
        "progress": row.progress,
        **handling.item(row),
        "tasks": [
            {
                **_task(task),
                **handling.task(task),
                "measures": [
                    {
                        "number": m.number,
                        "text": m.text,
                        "type": m.type,
                        "state": m.state,
                        "done_on": plain(m.done_on),
                        "source": _source(m),
                    }
                    for m in measures
                ],
            }
            for task, measures in entry.tasks
        ],
        "handling": handled,
        "source": _source(row),
    }


def _task(task: Task) -> dict[str, Any]:
    names = (
        "number", "title", "lead_official", "lead_unit", "responsible_units", "supporting_units", "due_wording",
        "due_on", "standing",
    )  # fmt: skip
    return {name: plain(getattr(task, name)) for name in names}


def _figure(row: Observation) -> dict[str, Any]:
    indicator = row.indicator
    return {
        "label": indicator.name, "unit": indicator.unit, "kind": indicator.kind, "change": indicator.change or None,
        "value": plain(row.value), "value_max": plain(row.value_max), "written": row.written,
        "qualifier": row.qualifier or None, "period": row.period or None, "applies_to": row.applies_to,
        "source": _source(row),
    }  # fmt: skip


def _source(row: Sourced) -> dict[str, Any] | None:
    if row.document is None:
        return None
    return {"sha256": row.document.sha256, "span": [row.span_start, row.span_end]}


# --- tables --------------------------------------------------------------------------------------------------------------------------------


def _csv(contents: Contents) -> bytes:
    """The first table, with a byte-order mark so that spreadsheets take it for UTF-8."""
    table = TABLES[0]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(name for name, _ in table.columns)
    for row in table.rows(contents):
        writer.writerow(_harmless(cell) for cell in row)
    return out.getvalue().encode("utf-8-sig")


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _harmless(cell: Cell) -> Cell:
    """Put a quotation mark before text that a spreadsheet would run as a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _xlsx(contents: Contents) -> bytes:
    """Every table as a sheet with a fixed head row; text is written as text, never as formula or link."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, book_options())
    book.set_properties({"title": f"{contents.inspection.code} 整改台账"})
    formats = {
        "head": book.add_format({"bold": True, "bg_color": "#E7EEF6", "border": 1, "text_wrap": True, "valign": "vcenter"}),
        "cell": book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top", "border": 1}),
    }  # fmt: skip
    for table in TABLES:
        _sheet(book, table, contents, formats)
    book.close()
    return out.getvalue()


def book_options() -> dict[str, Any]:
    """How every workbook is made: in memory, and text stays text."""
    names = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers")
    return {"in_memory": True, **dict.fromkeys(names, False)}


def _sheet(book: Any, table: Table, contents: Contents, formats: dict[str, Any]) -> None:
    sheet = book.add_worksheet(table.name)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    for column, (name, width) in enumerate(table.columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name, formats["head"])
    number = 0
    for number, row in enumerate(table.rows(contents), start=1):
        for column, cell in enumerate(row):
            write_cell(sheet, number, column, cell, formats)
    sheet.autofilter(0, 0, number, len(table.columns) - 1)


_EXACT_IN_EXCEL = Decimal(10) ** 15
_CELL = 32_767
"""Most characters in a cell of a workbook."""


def write_cell(sheet: Any, row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    """Write a value as what it is: a day, a number as far as a workbook holds it exactly, else text."""
    if cell is None or cell == "":
        sheet.write_blank(row, column, None, formats["cell"])
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell, formats["date"])
    elif isinstance(cell, int | Decimal) and abs(Decimal(cell)) < _EXACT_IN_EXCEL:
        sheet.write_number(row, column, float(cell), formats["cell"])
    else:
        sheet.write_string(row, column, str(cell)[:_CELL], formats["cell"])


FORMS: dict[str, tuple[str, Callable[[Contents], bytes]]] = {
    "json": ("application/json", _json),
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
}
"""Form → media type and writer."""
