"""办理清单的读取: a list of acts as CSV or workbook becomes rows of text. What cannot be a list is refused whole, with place and remedy.

1. The first row names the columns; the order is free, an unknown name is refused.
2. A cell is text as people see it; a date in a workbook becomes ``2027-03-01``, a whole number has no decimals.
3. A row that cannot be used (a formula, too many cells) keeps its fault, and the other rows are not touched by it.
"""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineWorkbook

import gongwen
from gongwen.decoding import decode
from zhenggai.core.errors import Refusal

NEEDED = ("检查编号", "问题编号", "办理")
HEADS = (*NEEDED, "等次", "意见", "下次复查日期")
"""The columns of a list of acts; all but the first three may be left out."""

LARGEST = 8 * 1024 * 1024
MOST_ROWS = 5_000
_MOST_UNPACKED = 64 * 1024 * 1024
_REMEDY = f"请按模板填写，首行为：{'、'.join(HEADS)}"


class ListRefused(Refusal):
    """清单不能读取: the file as a whole; nothing of it was done."""

    code = "list_refused"


@dataclass(frozen=True)
class Row:
    """一行: its number in the file as people count, its cells by column, and what is wrong with it if it cannot be used."""

    line: int
    cells: Mapping[str, str]
    fault: str = ""


def read_rows(name: str, data: bytes) -> list[Row]:
    """Read a list; ListRefused names the file, what was found, and the remedy."""
    if len(data) > LARGEST:
        raise ListRefused(f"“{name}”超过 {LARGEST // 1024 // 1024} MB，请拆分后分次导入。")
    if not data.strip():
        raise ListRefused(f"“{name}”是空文件，没有可以办理的内容。{_REMEDY}。")
    ending = name.rpartition(".")[2].lower()
    if ending == "xlsx":
        rows = list(_of_workbook(name, data))
    elif ending == "csv":
        rows = list(_of_csv(name, data))
    else:
        raise ListRefused(f"“{name}”不是 .csv 或 .xlsx 文件，请另存为其中一种后再导入。")
    return _as_rows(name, rows)


Cells = tuple[int, list[str], str]
"""Line, cells and fault."""


def _as_rows(name: str, rows: list[Cells]) -> list[Row]:
    if not rows:
        raise ListRefused(f"“{name}”中没有内容。{_REMEDY}。")
    (line, heads, _), *rest = rows
    heads = [head.strip().lstrip("\ufeff") for head in heads]
    while heads and not heads[-1]:
        heads.pop()
    _check_heads(name, line, heads)
    if not rest:
        raise ListRefused(f"“{name}”只有表头，没有可以办理的行，请填写后再导入。")
    if len(rest) > MOST_ROWS:
        raise ListRefused(f"“{name}”有 {len(rest)} 行，一次最多办理 {MOST_ROWS} 行，请拆分后分次导入。")
    return [_row(line, heads, cells, fault) for line, cells, fault in rest]


def _check_heads(name: str, line: int, heads: list[str]) -> None:
    missing = [head for head in NEEDED if head not in heads]
    unknown = [head or "（空白）" for head in heads if head not in HEADS]
    double = sorted({head for head in heads if heads.count(head) > 1})
    for wrong, what in ((missing, "缺少列"), (unknown, "有不认识的列"), (double, "有重复的列")):
        if wrong:
            raise ListRefused(f"“{name}”第 {line} 行的表头{what}“{'、'.join(wrong)}”。{_REMEDY}。")


def _row(line: int, heads: list[str], cells: list[str], fault: str) -> Row:
    if not fault and any(cell.strip() for cell in cells[len(heads) :]):
        fault = f"有 {len(cells)} 个单元格，表头只有 {len(heads)} 列，请检查是否多了逗号或列"
    padded = [*cells, *[""] * len(heads)]
    return Row(line, {head: padded[at].strip() for at, head in enumerate(heads)}, fault)


# --- CSV -------------------------------------------------------------------------------------------------------------------------------


def _of_csv(name: str, data: bytes) -> Iterator[Cells]:
    """Rows of a CSV in UTF-8, UTF-16 or GB18030, as Excel saves it."""
    try:
        text = decode(data, name=name)
    except gongwen.GongwenError as error:
        raise ListRefused(
            f"“{name}”的文字编码无法识别，请另存为 UTF-8 或 GB18030 编码的 CSV：{error}"
        ) from error
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                formulas = [at for at, cell in enumerate(cells) if cell.lstrip().startswith("=")]
                yield line, cells, _formula(formulas[0]) if formulas else ""
            line = reader.line_num + 1
    except csv.Error as error:
        raise ListRefused(
            f"“{name}”第 {line} 行的引号没有成对，单元格分不开，请检查该行的英文引号。"
        ) from error


def _delimiter(text: str) -> str:
    head = text.lstrip().partition("\n")[0]
    return max((",", "\t", ";"), key=head.count)


def _formula(column: int) -> str:
    return f"{_column(column)} 列是公式，请改为写明的内容（复制后选择性粘贴为数值）"


def _column(at: int) -> str:
    letters = ""
    while at >= 0:
        letters = chr(ord("A") + at % 26) + letters
        at = at // 26 - 1
    return letters


# --- workbook --------------------------------------------------------------------------------------------------------------------------


def _of_workbook(name: str, data: bytes) -> Iterator[Cells]:
    """Rows of a workbook's only sheet with content; hidden ones are not looked at."""
    _check_package(name, data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        shown = [
            at for at, sheet in enumerate(book.sheets_metadata) if str(sheet.visible).endswith(".Visible")
        ]
        filled = [at for at in shown if book.get_sheet_by_index(at).to_python(skip_empty_area=True)]
        sheet = book.get_sheet_by_index(filled[0] if filled else 0)
        merged = sheet.merged_cell_ranges or []
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the library gives up with errors of many kinds, panics included
        raise ListRefused(
            f"“{name}”无法打开，可能已损坏或设有密码，请另存为 .xlsx 或 .csv 后再导入。"
        ) from error
    if len(filled) > 1:
        names = "、".join(book.sheet_names[at] for at in filled)
        raise ListRefused(
            f"“{name}”有 {len(filled)} 张有内容的工作表（{names}），请只保留办理清单一张后再导入。"
        )
    formulas = _formulas(name, data, filled[0] if filled else 0)
    if merged:
        (row, column), (last, until) = merged[0]
        area = f"{_column(column)}{row + 1}:{_column(until)}{last + 1}"
        raise ListRefused(f"“{name}”中有合并的单元格（{area}），请取消合并、在每一行写全后再导入。")
    for line, cells in enumerate(rows, start=1):
        written = [_written(cell) for cell in cells]
        fault = _formula(formulas[line]) if line in formulas else ""
        if fault or any(cell.strip() for cell in written):
            yield line, written, fault


def _written(cell: Any) -> str:
    """A cell as text."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*?\b\w+:id=\"([^\"]+)\"")
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_FORMULA = re.compile(rb"<(?:\w+:)?c\b[^>]*?\br=\"([A-Z]+)(\d+)\"[^>]*>\s*<(?:\w+:)?f\b")


def _check_package(name: str, data: bytes) -> None:
    """Before anything is unpacked: it is a workbook, and no larger inside than a list can be."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            package.getinfo("xl/workbook.xml")
            size = sum(part.file_size for part in package.infolist())
    except (zipfile.BadZipFile, KeyError, OSError) as error:
        raise ListRefused(
            f"“{name}”不是可以打开的 .xlsx 工作簿，请另存为 .xlsx 或 .csv 后再导入。"
        ) from error
    if size > _MOST_UNPACKED:
        raise ListRefused(f"“{name}”解压后过大，请只保留办理清单后再导入。")


def _formulas(name: str, data: bytes, position: int) -> dict[int, int]:
    """Line → first column that holds a formula, of the sheet at a position; ListRefused where it cannot be told."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            sheet = package.read(_sheet(package, position))
    except (zipfile.BadZipFile, KeyError, IndexError, OSError, NotImplementedError, RuntimeError) as error:
        raise ListRefused(f"“{name}”的结构不完整，请另存为 .xlsx 或 .csv 后再导入。") from error
    found: dict[int, int] = {}
    for match in _FORMULA.finditer(sheet):
        found.setdefault(int(match[2]), _number(match[1].decode()))
    return found


def _sheet(package: zipfile.ZipFile, position: int) -> str:
    """The part of a package that holds the sheet at a position."""
    key = _SHEET.findall(package.read("xl/workbook.xml"))[position]
    for relation in _RELATION.findall(package.read("xl/_rels/workbook.xml.rels")):
        if b'Id="' + key + b'"' in relation:
            target = relation.partition(b'Target="')[2].partition(b'"')[0].decode()
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    raise KeyError(key)


def _number(letters: str) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - ord("A") + 1
    return at - 1
