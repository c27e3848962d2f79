"""工作簿: the lists in .xlsx, .xls, .et and .xlsb, one row a line, cells parted by tabs.

Guarantees
1. Cells are written as their reader sees them: whole numbers without a point, dates as 2025年6月30日, percentages with their sign.
2. A merged range has its words in its first cell; a title over the whole width is a line of its own, not a row.
3. Hidden sheets are not read and are named in the notes.
4. The library is native code: whatever it gives up with becomes a sentence.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any

from gongwen.errors import (
    DamagedFileError,
    EncryptedFileError,
    GongwenError,
    MissingConverterError,
    NoTextError,
    OversizeFileError,
)
from gongwen.formats.extraction import Extraction
from gongwen.formats.limits import LARGEST_TEXT, Package, bounded
from gongwen.formats.percents import percent_cells
from gongwen.formats.sniffing import FormatName

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_MOST_CELLS = 5_000_000


def extract(data: bytes, *, name: str) -> Extraction:
    """Raises `MissingConverterError`, `DamagedFileError`, `EncryptedFileError`, `OversizeFileError`, `NoTextError`."""
    zipped = data.startswith(b"PK")
    package = Package(data, name) if zipped else None
    if package is not None:
        _check_size(package)
    book = _opened(data, name)
    form: FormatName = "xlsx" if zipped and "xl/workbook.xml" in (package or ()) else "xls"
    shown, hidden = _sheets(book)
    lines: list[str] = []
    for position, sheet_name in shown:
        rows = list(_rows(book, sheet_name, _percents(package, position), name))
        if rows and len(shown) > 1:
            lines.append(f"工作表：{sheet_name}")
        lines += rows
    if not lines:
        raise NoTextError(name, "工作簿中没有内容", "请核对是否选错文件，或内容在隐藏的工作表中")
    notes = (f"隐藏的工作表{len(hidden)}张（{'、'.join(hidden[:5])}）未读取。",) if hidden else ()
    return Extraction(bounded("\n".join(lines) + "\n", name), form, notes)


def _opened(data: bytes, name: str) -> CalamineWorkbook:
    try:
        from python_calamine import CalamineWorkbook, PasswordError  # noqa: PLC0415  (an extra)
    except ImportError:
        raise MissingConverterError(
            name, "组件 python-calamine", 'pip install "gongwen[xlsx]" 后重试，或另存为 .csv 后读取'
        ) from None
    with _sentence_for(name, PasswordError):
        return CalamineWorkbook.from_filelike(BytesIO(data))


class _sentence_for:  # noqa: N801  (read as a word of the language)
    """Whatever native code gives up with, panics included, becomes a sentence; what is already one stays."""

    def __init__(self, name: str, password_error: type[BaseException] | None = None) -> None:
        self.name, self.password_error = name, password_error

    def __enter__(self) -> None:
        return

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if kind is None or issubclass(kind, (GongwenError, KeyboardInterrupt, SystemExit)):
            return
        if self.password_error and issubclass(kind, self.password_error):
            raise EncryptedFileError(self.name) from None
        raise DamagedFileError(self.name, "工作簿的结构不完整") from error


def _check_size(package: Package) -> None:
    """Unpack the parts that the library will unpack, within the limits, before it does so without any."""
    # Every part: a book may name any of them as its sheet.
    for part in package.parts:
        package.read(part)


def _sheets(book: CalamineWorkbook) -> tuple[list[tuple[int, str]], list[str]]:
    """Visible sheets with their position in the book, and the names of the others."""
    shown, hidden = [], []
    for position, sheet in enumerate(book.sheets_metadata):
        if str(sheet.visible).endswith(".Visible") and "WorkSheet" in str(sheet.typ):
            shown.append((position, sheet.name))
        elif "WorkSheet" in str(sheet.typ):
            hidden.append(sheet.name)
    return shown, hidden


def _percents(package: Package | None, position: int) -> Mapping[tuple[int, int], int]:
    return percent_cells(package, position) if package is not None else {}


def _rows(
    book: CalamineWorkbook, sheet_name: str, percents: Mapping[tuple[int, int], int], name: str
) -> Iterator[str]:
    with _sentence_for(name):
        sheet = book.get_sheet_by_name(sheet_name)
        if sheet.height * sheet.width > _MOST_CELLS:
            raise OversizeFileError(name, f"工作表“{sheet_name}”有{sheet.height}行{sheet.width}列")
        values = sheet.to_python(skip_empty_area=False)
    size = 0
    covered = _covered(sheet)
    for number, row in enumerate(values):
        cells = [
            "" if (number, column) in covered else _written(value, percents.get((number, column)))
            for column, value in enumerate(row)
        ]
        if not any(cells):
            continue
        line = _line(cells)
        size += len(line)
        if size > LARGEST_TEXT:
            raise OversizeFileError(name, f"工作表“{sheet_name}”的文字过多")
        yield line


def _line(cells: list[str]) -> str:
    """A row; a cell alone in its row is a title, a note or a unit, and no row."""
    filled = [cell for cell in cells if cell]
    return filled[0] if len(filled) == 1 and cells[0] else "\t".join(cells)


def _covered(sheet: CalamineSheet) -> set[tuple[int, int]]:
    """Cells that a merged range covers, apart from its first."""
    covered: set[tuple[int, int]] = set()
    for (top, left), (bottom, right) in getattr(sheet, "merged_cell_ranges", None) or ():
        if (bottom - top + 1) * (right - left + 1) <= _MOST_CELLS // 100:
            covered.update((r, c) for r in range(top, bottom + 1) for c in range(left, right + 1))
            covered.discard((top, left))
    return covered


def _written(value: Any, decimals: int | None) -> str:
    """A cell's value as its reader sees it; `decimals` is given for a percentage."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float | int):
        if decimals is not None:
            return _plain(value * 100, max(decimals, 0)) + "%"
        return _plain(value)
    if isinstance(value, dt.datetime):
        time = f"{value:%H:%M}" if (value.hour, value.minute) != (0, 0) else ""
        return _day(value) + time
    if isinstance(value, dt.date):
        return _day(value)
    return re.sub(r"\s+", " ", str(value)).strip()


def _plain(value: float, decimals: int | None = None) -> str:
    """No exponent, no digits beyond what the cell holds (15), no superfluous zeros."""
    text = f"{value:.{decimals}f}" if decimals is not None else f"{float(f'{value:.15g}'):.10f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _day(value: dt.date) -> str:
    return f"{value.year}年{value.month}月{value.day}日"
