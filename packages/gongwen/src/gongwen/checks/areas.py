"""分项数核对 (total.areas, total.table): numbers stated in headings and total rows against what stands below them.

Guarantees
1. A heading's number in brackets is compared only when problems are read directly below it.
2. A 合计 row is compared column by column, and only where every row above has a plain number in that column.
3. Where 小计 rows stand between, or the rows have different numbers of cells, the table is left alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal

from gongwen.checks.view import View, plain, remark
from gongwen.models import Block, Remark

AREAS, TABLE = "total.areas", "total.table"
_BRACKETED = re.compile(r"[（(](?:共)?(?P<number>[\d０-９]{1,3})[个项条](?:问题)?[）)]\s*$")
_NUMBER = re.compile(r"-?(?:[\d０-９]{1,3}(?:[,，][\d０-９]{3})+|[\d０-９]{1,15})(?:[.．][\d０-９]{1,9})?")
_TOTAL = re.compile(r"(?:合\s*计|总\s*计)")


def check_areas(view: View) -> Iterator[Remark]:
    """Headings with a number, then tables with a total row."""
    below = Counter(finding.parent for finding in view.leaves)
    blocks = {block.span.start: block for block in view.bulletin.blocks if block.role == "heading"}
    for section in view.bulletin.sections:
        block = blocks.get(section.span.start)
        stated = _BRACKETED.search(block.text) if block else None
        count = below[section.number.strip("、.（）()")]
        if block and stated and count and int(stated["number"]) != count:
            message = f"标题称{stated['number']}个，其下所列问题为{count}个。"
            yield remark(AREAS, "warning", message, block, path=section.number.strip("、.（）()"))
    yield from _tables(view.bulletin.blocks)


def _tables(blocks: Sequence[Block]) -> Iterator[Remark]:
    rows: list[tuple[Block, list[str]]] = []
    for block in blocks:
        if block.role != "row":
            rows = []
            continue
        cells = [cell.strip() for cell in block.text.split("\t")]
        if any(_TOTAL.fullmatch(cell) for cell in cells[:2]):
            yield from _total_row(block, cells, rows)
            rows = []
        else:
            rows.append((block, cells))


def _total_row(block: Block, cells: list[str], rows: list[tuple[Block, list[str]]]) -> Iterator[Remark]:
    body = rows[1:]
    regular = all(len(row) == len(cells) and "小计" not in row for _, row in body)
    if len(body) < 2 or not regular:  # noqa: PLR2004
        return
    header = rows[0][1]
    for column, words in enumerate(cells):
        stated = _number(words)
        values = [_number(row[column]) for _, row in body]
        known = [value for value in values if value is not None]
        if stated is None or len(known) < len(values):
            continue
        summed = sum(known, Decimal(0))
        name = header[column] if column < len(header) else ""
        if summed != stated and not re.search(r"率|序号|占比|%", name):
            message = f"表格“{name}”一栏合计为{words}，各行之和为{plain(summed)}。"
            yield remark(TABLE, "error", message, block, *[row for row, _ in body])


def _number(words: str) -> Decimal | None:
    return Decimal(re.sub("[,，]", "", words).replace("．", ".")) if _NUMBER.fullmatch(words) else None
