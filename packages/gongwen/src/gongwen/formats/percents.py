"""百分比单元格: which cells of an .xlsx sheet are shown as percentages; their stored value is a fraction.

Guarantees
1. A cell counts when its own format ends in a percent sign; the number of decimals shown is kept.
2. A book without percent formats costs one look at its styles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from gongwen.formats.limits import Package, whole

# Formats that every program knows by number: 0% and 0.00%.
_BUILT_IN = {9: 0, 10: 2}
_CELL = re.compile(rb'<(?:\w+:)?c\b(?=[^>]*\br="([A-Z]{1,3})(\d{1,7})")(?=[^>]*\bs="(\d{1,5})")[^>]*>')


def percent_cells(package: Package, position: int) -> Mapping[tuple[int, int], int]:
    """Row and column (from 0) of each percentage in the sheet at `position` of the book → decimals shown."""
    styles = _percent_styles(package)
    part = _sheet_part(package, position)
    if not styles or part not in package:
        return {}
    found = {}
    for cell in _CELL.finditer(package.read(part)):
        decimals = styles.get(int(cell[3]))
        if decimals is not None:
            found[int(cell[2]) - 1, _column(cell[1])] = decimals
    return found


def _percent_styles(package: Package) -> dict[int, int]:
    """Index of a cell format → decimals, for those that show percentages."""
    if "xl/styles.xml" not in package:
        return {}
    root = package.xml("xl/styles.xml")
    space = root.tag.partition("}")[0] + "}" if "}" in root.tag else ""
    own = {whole(f.get("numFmtId"), -1): f.get("formatCode", "") for f in root.iter(f"{space}numFmt")}
    shown = dict(_BUILT_IN) | {key: _decimals(code) for key, code in own.items() if _is_percent(code)}
    formats = root.find(f"{space}cellXfs")
    used = [] if formats is None else [whole(xf.get("numFmtId"), 0) for xf in formats]
    return {index: shown[key] for index, key in enumerate(used) if key in shown}


def _is_percent(code: str) -> bool:
    return code.partition(";")[0].strip().endswith("%")


def _decimals(code: str) -> int:
    point = re.search(r"\.([0#?]+)%", code)
    return len(point[1]) if point else 0


def _sheet_part(package: Package, position: int) -> str:
    """Where a sheet stands: the book names a relation, the relation a part."""
    if "xl/_rels/workbook.xml.rels" not in package:
        return f"xl/worksheets/sheet{position + 1}.xml"
    targets = {r.get("Id", ""): r.get("Target", "") for r in package.xml("xl/_rels/workbook.xml.rels")}
    sheets = [e for e in package.xml("xl/workbook.xml").iter() if e.tag.endswith("}sheet")]
    if position >= len(sheets):
        return ""
    key = next((value for name, value in sheets[position].attrib.items() if name.endswith("}id")), "")
    target = targets.get(key, "").lstrip("/")
    return target if target.startswith("xl/") else f"xl/{target}"


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
