"""列宽: how wide the columns of a table are, and how large its type.

Guarantees
1. Columns are as wide as what stands in them asks for, long texts less than in proportion.
2. Tables of one list, parted by headings, have the same columns.
3. No column is narrower than its longest figure or Latin word, which no line parts; where that is impossible the type becomes smaller, down to 6 pt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongwen.layout.characters import width
from gongwen.layout.plan import Part, Row, Table

_LEAST, _MOST = 2.5, 40.0
_SAMPLED = 200
_SMALLEST_PT = 6.0
_PADDING = 1.2
_UNPARTED = re.compile(r"[!-~]+")


class Columns:
    """Columns of the tables of a run of pages: those of one number of columns are set alike, as parts of one list under several headings."""

    def __init__(self, parts: Sequence[Part], size_pt: float, width_pt: float) -> None:
        rows: dict[int, list[Row]] = {}
        for part in parts:
            if isinstance(part, Table):
                rows.setdefault(part.columns, []).extend(part.rows)
        self._shares = {columns: _shares(of, size_pt, width_pt) for columns, of in rows.items()}

    def of(self, table: Table) -> tuple[tuple[float, ...], float]:
        """Each column's part of the width, and the size of type in points."""
        return self._shares[table.columns]


def _shares(rows: Sequence[Row], size_pt: float, width_pt: float) -> tuple[tuple[float, ...], float]:
    columns = [_column([row.cells[number] for row in rows]) for number in range(len(rows[0].cells))]
    least = sum(smallest for smallest, _ in columns)
    size = max(_SMALLEST_PT, min(size_pt, width_pt / least))
    room = width_pt / size - least
    wanted = sum(usual for _, usual in columns)
    sizes = [smallest + max(room, 0.0) * usual / wanted for smallest, usual in columns]
    return tuple(each / sum(sizes) for each in sizes), size


def _column(cells: Sequence[str]) -> tuple[float, float]:
    """What a column needs at least, in characters, and what its share of the rest is measured by."""
    widths = sorted(width(cell) for cell in cells[:_SAMPLED])
    usual = widths[len(widths) * 9 // 10]
    words = max((len(word) for cell in cells for word in _UNPARTED.findall(cell)), default=0)
    least = max(_LEAST, min(usual, 3.0), 0.56 * min(words, 60)) + _PADDING
    return least, max(1.0, min(_MOST, usual)) ** 0.8
