"""表格文本: .csv and .tsv lists, as rows with cells parted by tabs.

Guarantees
1. The delimiter is the one that parts the rows evenly: comma, semicolon, tab or the Chinese comma.
2. A line break inside a cell becomes a blank, so that a row stays a line.
3. What is prose in spite of its name stays the text it is.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from gongwen.decoding import decode
from gongwen.errors import DamagedFileError
from gongwen.formats.extraction import Extraction

_DELIMITERS = (",", "\t", ";", "，", "|")
_LOOKED_AT = 50
# Rows that are as wide as most: fewer, and the signs part sentences, not cells.
_EVEN = 0.6
_SOME = 0.3
_CELLS_OF_A_LIST = 3
_THOUSANDS = re.compile(r"\d,\d{3}(?!\d)")
_LARGEST_CELL = 1_000_000


def extract(data: bytes, *, name: str) -> Extraction:
    """Raises `BinaryFileError`, `UndecodableFileError`, `DamagedFileError`."""
    text = decode(data, name=name)
    delimiter = _delimiter(text)
    if delimiter is None:
        return Extraction(text, "txt", ("文件名为表格，内容却是文章，按文章读取。",))
    csv.field_size_limit(_LARGEST_CELL)
    width = _width(text, delimiter)
    try:
        rows = [[_cell(cell) for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error:
        raise DamagedFileError(name, "引号没有成对，单元格分不开") from None
    lines = [_line(row, width, delimiter) for row in rows if any(row)]
    return Extraction("\n".join(lines) + "\n", "csv")


def _line(row: list[str], width: int, delimiter: str) -> str:
    """A row; what has far fewer cells than the others is a sentence with a sign in it (1,240份), not a row."""
    joined = delimiter.join(row)
    is_sentence = len(row) <= width // 2 or (len(row) < width and _THOUSANDS.search(joined))
    return joined if is_sentence else "\t".join(row)


def _cell(cell: str) -> str:
    return " ".join(cell.split())


def _delimiter(text: str) -> str | None:
    """The sign that parts most rows into the same number of cells, at least two; the widest rows win."""
    best: tuple[int, str] | None = None
    for delimiter in _DELIMITERS:
        width = _width(text, delimiter)
        if width > 1 and (best is None or width > best[0]):
            best = (width, delimiter)
    return best[1] if best else None


def _width(text: str, delimiter: str) -> int:
    """How many cells the rows of a list have; 0 if there is no list. Titles and areas between the rows have one cell only."""
    try:
        rows = csv.reader(io.StringIO(text), delimiter=delimiter)
        widths = [len(row) for _, row in zip(range(_LOOKED_AT), rows, strict=False) if any(row)]
    except csv.Error:
        return 0
    parted = [width for width in widths if width > 1]
    if not parted:
        return 0
    width, number = Counter(parted).most_common(1)[0]
    # The Chinese comma parts sentences first of all; Western signs hardly ever stand in Chinese prose.
    share = _EVEN if delimiter == "，" or width < _CELLS_OF_A_LIST else _SOME
    return (
        width if number >= share * len(widths) and (number > 1 or len(widths) == 1 or share == _EVEN) else 0
    )
