"""表中数字: bare figures of a table whose unit stands in its head (问题数（个）) or above it (单位：万元).

Guarantees
1. Only a cell that is a figure and nothing else is taken, and only where its column has a unit.
2. The span is the figure alone; `unit` and value follow the head's unit (万元 is multiplied in).
"""

from __future__ import annotations

import re

from gongwen.reading.clean import Text
from gongwen.reading.ledgertables import Table
from gongwen.reading.numerals import multiplied, value_of
from gongwen.reading.quantities import FoundQuantity, base_unit
from gongwen.reading.tables import units

_BARE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,12}(?:\.\d+)?")
_MULTIPLIER = re.compile("(?P<by>万|亿)(?P<unit>.+)")


def find_cell_quantities(text: Text, tables: list[Table]) -> list[FoundQuantity]:
    """Figures that stand alone in their cells, in order."""
    return [
        _quantity(text.flat[cell.start : cell.end], cell.start, unit)
        for table in tables
        for row in table.rows
        for cell, unit in zip(row.cells, table.units, strict=False)
        if unit and _BARE.fullmatch(text.flat, cell.start, cell.end)
    ]


def _quantity(figure: str, start: int, written_unit: str) -> FoundQuantity:
    shared = _MULTIPLIER.fullmatch(written_unit)
    by, unit = (shared["by"], shared["unit"]) if shared else ("", written_unit)
    value = multiplied(value_of(figure) or value_of("0"), by)  # type: ignore[arg-type]
    base = base_unit(unit)
    kind = units.KIND_OF_UNIT.get(unit) or ("other" if base in units.MEASURE else "count")
    end = start + len(figure)
    return FoundQuantity(start, end, end, value, None, base, figure, written_unit, kind, None, None)
