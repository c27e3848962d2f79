"""台账表格: tables of problems, tasks and responsibilities, by tabs or Markdown rows.

Guarantees
1. A table is a run of rows, headings of areas between them included; its header is the first row that names
   columns.
2. Cells are flat positions; an empty cell has no length.
3. A column's role comes from `tables.labels`; unknown columns are kept without a role.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from gongwen.reading.clean import Piece, Text
from gongwen.reading.tables.labels import role_of_header

_BRACKETED = re.compile(r"（[^）]*）")
# The most telling header for the problem itself, when a table has several
_UNIT_WORDS = (
    "[万亿]?(?:元|%|人次|件次|个|项|件|条|家|户|人|名|次|处|份|起|批|亩|公里|平方米|吨|所|座|台|辆|宗|笔)"
)
_HEADER_UNIT = re.compile(f"(?:（(?:单位：)?|/)(?P<unit>{_UNIT_WORDS})）?$")
_CAPTION = re.compile(f"单位：(?P<unit>{_UNIT_WORDS})")
_CAPTION_PIECES = 2
_OF_MONEY = re.compile("金额|资金|款|收入|支出|投资|预算|经费|费用")
_LONGEST_AREA = 40
_LONGEST_HEADER = 16
_MAY_BE_DITTO = ("area", "lead_official", "lead_unit", "responsible", "supporting", "due")
_SPECIFIC = ("具体问题", "具体表现", "问题表现", "问题内容", "问题描述", "问题摘要")


@dataclass(frozen=True, slots=True)
class Cell:
    """单元格: `[start, end)` in the flat text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """行: the cells by role and all cells in order; `start`, `end` as the piece."""

    start: int
    end: int
    piece: int
    by_role: dict[str, Cell]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """表: column roles (None where unknown) and the rows below the header."""

    roles: tuple[str | None, ...]
    start: int
    headers: tuple[str, ...]
    rows: tuple[Row, ...]
    units: tuple[str | None, ...] = ()

    @property
    def lists_problems(self) -> bool:
        """Whether its rows are problems: a problem column beside a task, status, unit or number column."""
        return "problem" in self.roles and len([role for role in self.roles if role]) >= 2  # noqa: PLR2004


def find_tables(text: Text, skip: set[int]) -> list[Table]:
    """All tables with a header; pieces in `skip` (debris) are passed over."""
    tables: list[Table] = []
    run: list[int] = []
    for number, piece in enumerate(text.pieces):
        if piece.is_row and number not in skip:
            run.append(number)
        elif run and not _stands_inside(text, number):
            tables += _table(text, run)
            run = []
    return tables + (_table(text, run) if run else [])


def cells_of(flat: str, piece: Piece) -> tuple[Cell, ...]:
    """The cells of one row."""
    cells: list[Cell] = []
    start = piece.start
    while True:
        tab = flat.find("\t", start, piece.end)
        stop = tab if tab >= 0 else piece.end
        cells.append(Cell(start, stop))
        if tab < 0:
            return tuple(cells)
        start = tab + 1


def _stands_inside(text: Text, number: int) -> bool:
    """An area heading between two rows belongs to the table."""
    pieces = text.pieces
    is_short = pieces[number].end - pieces[number].start <= _LONGEST_AREA
    return is_short and number + 1 < len(pieces) and pieces[number + 1].is_row


def _table(text: Text, run: list[int]) -> list[Table]:
    headers = [
        (position, roles) for position, number in enumerate(run) if (roles := _header_roles(text, number))
    ]
    stops = [*(position for position, _ in headers), len(run)][1:]
    return [
        Table(
            roles,
            text.pieces[run[position]].start,
            _header_words(text, run[position]),
            _with_dittos(text, [_row(text, n, roles) for n in run[position + 1 : stop]]),
            _units(text, run[position]),
        )
        for (position, roles), stop in zip(headers, stops, strict=True)
    ]


def _units(text: Text, number: int) -> tuple[str | None, ...]:
    """The unit of each column: in its header's brackets (问题数（个）), or for money above the table (单位：万元)."""
    cells = cells_of(text.flat, text.pieces[number])
    above = text.pieces[max(0, number - _CAPTION_PIECES)].start
    caption = _CAPTION.search(text.flat, above, text.pieces[number].start)
    shared = caption["unit"] if caption and caption["unit"].endswith("元") else None
    return tuple(_unit(text.flat[cell.start : cell.end], shared) for cell in cells)


def _unit(header: str, shared: str | None) -> str | None:
    own = _HEADER_UNIT.search(header)
    if own:
        return own["unit"]
    return shared if _OF_MONEY.search(header) else None


def _header_words(text: Text, number: int) -> tuple[str, ...]:
    """The header cells as named, without units in brackets."""
    cells = cells_of(text.flat, text.pieces[number])
    return tuple(_BRACKETED.sub("", text.flat[cell.start : cell.end]) for cell in cells)


def _header_roles(text: Text, number: int) -> tuple[str | None, ...]:
    """The column roles of a row that names at least two columns and half of its cells; empty for a row of content."""
    roles = _column_roles(text, number)
    named = len([role for role in roles if role])
    return roles if named >= 2 and 2 * named >= len(roles) else ()  # noqa: PLR2004


def _column_roles(text: Text, number: int) -> tuple[str | None, ...]:
    words = [text.flat[cell.start : cell.end] for cell in cells_of(text.flat, text.pieces[number])]
    names = [_BRACKETED.sub("", word) for word in words]
    if any(len(name) > _LONGEST_HEADER for name in names):
        return ()
    roles = [_role(name, word) for name, word in zip(names, words, strict=True)]
    return tuple(_one_problem_column(roles, names))


def _role(name: str, header: str) -> str | None:
    """A column with a unit holds figures (反馈问题（个）), whatever its name; money stays money."""
    role = role_of_header(name)
    return "figure" if role not in ("money", None) and _HEADER_UNIT.search(header) else role


def _one_problem_column(roles: list[str | None], names: list[str]) -> list[str | None]:
    """Of several problem columns the most specific states the problem; the others are areas."""
    columns = [i for i, role in enumerate(roles) if role == "problem"]
    if not columns and "task" in roles and {"measures", "progress"} & set(roles):
        roles[roles.index("task")] = "problem"
    specific = next((i for i in columns if names[i] in _SPECIFIC), columns[-1] if columns else None)
    return [
        "area" if role == "problem" and i != specific and columns else role for i, role in enumerate(roles)
    ]


def _with_dittos(text: Text, rows: list[Row]) -> tuple[Row, ...]:
    """Rows in which 同上 stands for the cell above, wherever it says who answers or until when."""
    result: list[Row] = []
    for row in rows:
        above = result[-1].by_role if result else {}
        cells = {
            role: above.get(role, cell)
            if role in _MAY_BE_DITTO and text.flat[cell.start : cell.end] == "同上"
            else cell
            for role, cell in row.by_role.items()
        }
        result.append(replace(row, by_role=cells))
    return tuple(result)


def _row(text: Text, number: int, roles: tuple[str | None, ...]) -> Row:
    piece = text.pieces[number]
    cells = cells_of(text.flat, piece)
    by_role: dict[str, Cell] = {}
    for role, cell in zip(roles, cells, strict=False):
        if role and cell.end > cell.start:
            by_role.setdefault(role, cell)
    return Row(piece.start, piece.end, number, by_role, cells)
