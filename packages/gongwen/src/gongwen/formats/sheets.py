"""版面: from words with their places on pages to paragraphs in reading order. For PDF, OFD and recognised pictures alike.

Guarantees
1. Columns are read one after the other; what stands across the gutter (a title) parts what is above it from what is below.
2. Page numbers and lines that every page repeats at its edge are left out, also where they stand inside a sentence.
3. Lines are joined into a paragraph until an indent, a short line, a gap or another size of type begins the next, also over pages.
4. Every word of the pages is in the result once, apart from 2.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from gongwen.formats.columns import Gutter, find_gutter
from gongwen.formats.extraction import Confidence, Extraction
from gongwen.formats.runs import Run
from gongwen.formats.sniffing import FormatName
from gongwen.models import Span

# Places are in points, or in whatever unit the page has; all rules are relative to the size of the type.
_PAGE_NUMBER = re.compile(
    r"[-—–－·•\s]*(?:第\s*)?\d{1,4}\s*页?(?:\s*[/／,，]?\s*共?\s*\d{1,4}\s*页?)?[-—–－·•\s]*"
)
_EDGE = 0.12
_INDENT = 1.0
_SHORT_OF_MARGIN = 2.1
_GAP_OF_LINES = 1.75
_OTHER_SIZE = 0.12
_FEW_LINES = 5
# Of the size of the type: letters that stand so close are set as usual, and then a gap so wide is a blank.
_CLOSE, _CLOSE_BLANK = 0.05, 0.14
_CIRCLED = frozenset("②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on a page: where it stands, and its rows."""

    left: float
    top: float
    right: float
    bottom: float
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """页: its width and height, the words on it, and its tables, whose words are not among the others."""

    width: float
    height: float
    runs: tuple[Run, ...]
    grids: tuple[Grid, ...] = ()


@dataclass(slots=True)
class _Line:
    """A printed line, or a table in its place among them."""

    runs: list[Run] = field(default_factory=list)
    grid: Grid | None = None
    page: int = 0
    column: int = 0

    @property
    def left(self) -> float:
        return self.grid.left if self.grid else min(run.left for run in self.runs)

    @property
    def right(self) -> float:
        return self.grid.right if self.grid else max(run.right for run in self.runs)

    @property
    def top(self) -> float:
        return self.grid.top if self.grid else min(run.top for run in self.runs)

    @property
    def bottom(self) -> float:
        return self.grid.bottom if self.grid else max(run.bottom for run in self.runs)

    @property
    def size(self) -> float:
        return median(run.size for run in self.runs) if self.runs else 0.0

    def size_of(self, *, western: bool) -> float | None:
        """The size of its letters and figures, or of the other signs: they may be of two fonts, whose boxes differ."""
        sizes = [run.size for run in self.runs if run.text.strip().isascii() == western]
        return median(sizes) if sizes else None

    @property
    def text(self) -> str:
        return "".join(_spaced(self.runs))


def _spaced(runs: Sequence[Run]) -> Iterator[str]:
    """The words of a line, with a blank where letters or figures would otherwise run together."""
    previous: Run | None = None
    least = _least_blank(runs)
    for run in runs:
        words = run.text.lstrip()
        if (
            previous
            and _is_western(previous.text[-1:])
            and _is_western(words[:1])
            and _is_apart(previous, run, least)
        ):
            yield " "
        yield words
        previous = run


def _least_blank(runs: Sequence[Run]) -> float:
    """From which part of its size a gap is a blank: the smaller where letters and figures usually stand close, 0 where that cannot be told."""
    gaps = [
        (right.left - left.right) / (right.size or 1.0)
        for left, right in pairwise(runs)
        if _is_western(left.text[-1:]) and _is_western(right.text[:1])
    ]
    return _CLOSE_BLANK if len(gaps) > 1 and median(gaps) < _CLOSE else 0.0


def _is_apart(previous: Run, run: Run, least: float) -> bool:
    """Whether a blank is written, or the gap is one. Figures set as wide as characters stand half a character apart."""
    if run.text[:1] == " ":
        return True
    wide = 1.0 if run.text[:1].isdigit() and previous.text[-1:].isdigit() else 0.3
    return run.left - previous.right > (least or wide) * run.size


def _is_western(sign: str) -> bool:
    return sign.isascii() and sign.isalnum()


def read_sheets(sheets: Sequence[Sheet], form: FormatName, notes: Iterable[str] = ()) -> Extraction:
    """The text of pages in their order; confidences where the words have them."""
    pages = [
        _lines(sheet, number, gutter)
        for number, (sheet, gutter) in enumerate(zip(sheets, _gutters(sheets), strict=True))
    ]
    kept = _without_edges(pages, sheets)
    lines = _with_rows_joined([line for page in kept for line in page])
    return _written(_paragraphs(lines), form, tuple(notes))


# ---- lines, in reading order ----


def _gutters(sheets: Sequence[Sheet]) -> list[Gutter | None]:
    """The gutter of each page; a page too short to tell by itself is set as those around it are."""
    rows = [list(_rows(sheet.runs)) for sheet in sheets]
    own = [find_gutter(page) for page in rows]
    usual = next((gutter for gutter in own if gutter), None)
    return [
        gutter or (usual if usual and usual.parts(page) else None)
        for gutter, page in zip(own, rows, strict=True)
    ]


def _lines(sheet: Sheet, page: int, gutter: Gutter | None) -> list[_Line]:
    grids = [_Line(grid=grid, page=page) for grid in sheet.grids]
    if gutter is None:
        lines = [_Line(runs=row, page=page) for row in _rows(sheet.runs)]
        return sorted(lines + grids, key=lambda line: (line.top, line.left))
    wide = {run for row in _rows(sheet.runs) if any(gutter.holds(run) for run in row) for run in row}
    lines = [_Line(runs=row, page=page) for row in _rows([run for run in sheet.runs if run in wide])]
    for column, is_left in ((1, True), (2, False)):
        side = [run for run in sheet.runs if run not in wide and (run.left < gutter.middle) == is_left]
        lines += [_Line(runs=row, page=page, column=column) for row in _rows(side)]
    return _by_columns(lines + grids, gutter)


def _rows(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Runs whose middles lie on one height, from the top down, each from left to right."""
    row: list[Run] = []
    for run in sorted(runs, key=lambda run: (run.top + run.bottom) / 2):
        middle = (run.top + run.bottom) / 2
        if row and middle - _middle(row) > 0.5 * min(run.size, row[-1].size or run.size):
            yield sorted(row, key=lambda run: run.left)
            row = []
        row.append(run)
    if row:
        yield sorted(row, key=lambda run: run.left)


def _middle(row: list[Run]) -> float:
    return (row[-1].top + row[-1].bottom) / 2


def _by_columns(lines: list[_Line], gutter: Gutter) -> list[_Line]:
    """Left column, right column; a line or table across both ends what stands above it."""
    ordered: list[_Line] = []
    sides: tuple[list[_Line], list[_Line]] = ([], [])
    for line in sorted(lines, key=lambda line: (line.top, line.left)):
        if line.left < gutter.left and line.right > gutter.right:
            ordered += sides[0] + sides[1]
            sides = ([], [])
            ordered.append(line)
        else:
            sides[line.left >= gutter.middle].append(line)
    return ordered + sides[0] + sides[1]


# ---- the edges of pages ----


def _without_edges(pages: list[list[_Line]], sheets: Sequence[Sheet]) -> list[list[_Line]]:
    """Leave out page numbers, and what most pages repeat at their edge."""
    repeated = _repeated(pages, sheets)
    return [
        [
            line
            for line in lines
            if not (
                _is_at_edge(line, sheet) and (_PAGE_NUMBER.fullmatch(line.text) or _shape(line) in repeated)
            )
        ]
        for lines, sheet in zip(pages, sheets, strict=True)
    ]


def _repeated(pages: list[list[_Line]], sheets: Sequence[Sheet]) -> set[str]:
    counts = Counter(
        shape
        for lines, sheet in zip(pages, sheets, strict=True)
        for shape in {_shape(line) for line in lines if _is_at_edge(line, sheet)}
    )
    least = max(2, (len(pages) + 1) // 2)
    return {shape for shape, number in counts.items() if number >= least and len(pages) > 1}


def _is_at_edge(line: _Line, sheet: Sheet) -> bool:
    return line.grid is None and (line.bottom < _EDGE * sheet.height or line.top > (1 - _EDGE) * sheet.height)


def _shape(line: _Line) -> str:
    """A line with its figures unseen, since they count the pages."""
    return re.sub(r"\d+", "0", "".join(line.text.split()))


# ---- tables over pages ----


def _with_rows_joined(lines: list[_Line]) -> list[_Line]:
    """A row that a page broke becomes whole: its rest stands first on the next page, with nothing in the first cell.

    The head that a table repeats on each page is there once.
    """
    joined: list[_Line] = []
    head: tuple[str, ...] = ()
    page = 0
    for line in lines:
        above = joined[-1] if joined else None
        if line.grid is None or not above or above.grid is None:
            head, page = (line.grid.rows[0] if line.grid else ()), line.page
        goes_on = line.grid is not None and page + 1 == line.page
        page = line.page
        if line.grid and goes_on and above and above.grid and line.grid.rows[0] == head:
            line.grid = replace(line.grid, rows=line.grid.rows[1:])
        if above and above.grid and line.grid and line.grid.rows and goes_on:
            rest = line.grid.rows[0]
            if _is_rest(above.grid.rows[-1], rest):
                whole = tuple(a + b for a, b in zip(above.grid.rows[-1], rest, strict=True))
                above.grid = replace(above.grid, rows=(*above.grid.rows[:-1], whole))
                line.grid = replace(line.grid, rows=line.grid.rows[1:])
        if line.grid is None or line.grid.rows:
            joined.append(line)
    return joined


def _is_rest(row: Sequence[str], rest: Sequence[str]) -> bool:
    """Whether some cells of a row go on: only where they stood open, and not with the next step of a list (②…)."""
    filled = [(cell, more) for cell, more in zip(row, rest, strict=False) if more]
    return (
        len(row) == len(rest)
        and not rest[0]
        and all(cell and cell[-1] not in "。；" and more[0] not in _CIRCLED for cell, more in filled)
    )


# ---- paragraphs ----


def _paragraphs(lines: list[_Line]) -> Iterator[list[_Line]]:
    """Lines that belong together."""
    margins = _margins(lines)
    spacing = _spacing(lines)
    paragraph: list[_Line] = []
    for line in lines:
        if paragraph and _begins(paragraph, line, margins, spacing):
            yield paragraph
            paragraph = []
        paragraph.append(line)
    if paragraph:
        yield paragraph


_Margins = dict[tuple[int, int], tuple[float, float]]


def _margins(lines: list[_Line]) -> _Margins:
    """Left and right edge of the running text, by page and column; a page with few lines takes those of all."""
    by_place: dict[tuple[int, int], list[_Line]] = {}
    for line in lines:
        if line.runs:
            by_place.setdefault((line.page, line.column), []).append(line)
    wide = {
        column: _edges([line for line in lines if line.runs and line.column == column])
        for column in {c for _, c in by_place}
    }
    return {
        place: _own_edges(own, wide[place[1]]) if len(own) > 2 * _FEW_LINES else wide[place[1]]
        for place, own in by_place.items()
    }


def _own_edges(lines: list[_Line], wide: tuple[float, float]) -> tuple[float, float]:
    """A page's own edges; one that holds nothing but first lines, set in by two characters, has the left edge of all pages."""
    left, right = _edges(lines)
    size = median(line.size for line in lines)
    return (wide[0] if 1.5 * size < left - wide[0] < 2.5 * size else left), right


def _edges(lines: list[_Line]) -> tuple[float, float]:
    """The left edge at which many lines begin, and the right one which the longest reach."""
    lefts = Counter(round(line.left / max(line.size, 1) * 2) for line in lines)
    usual = max(lefts.values())
    edge = min(place for place, number in lefts.items() if number >= max(2, usual * 0.3) or usual == 1)
    left = min(line.left for line in lines if abs(round(line.left / max(line.size, 1) * 2) - edge) <= 1)
    rights = sorted(line.right for line in lines)
    return left, rights[min(len(rights) - 1, len(rights) * 9 // 10)]


def _spacing(lines: list[_Line]) -> float:
    """The usual distance from line to line."""
    steps = [
        below.top - above.top
        for above, below in pairwise(lines)
        if (above.page, above.column) == (below.page, below.column)
        and above.runs
        and below.runs
        and below.top > above.top
    ]
    return median(steps) if steps else 0.0


def _begins(paragraph: list[_Line], line: _Line, margins: _Margins, spacing: float) -> bool:
    """Whether a line begins a paragraph of its own."""
    last = paragraph[-1]
    if line.grid or last.grid:
        return True
    size = line.size
    if _is_of_other_size(last, line):
        return True
    if _goes_on_centred(last, line, margins):
        return False
    left, _ = margins[line.page, line.column]
    last_left, last_right = margins[last.page, last.column]
    if last.right < last_right - _SHORT_OF_MARGIN * last.size:
        return True
    same_place = (line.page, line.column) == (last.page, last.column)
    if same_place and spacing and line.top - last.top > _GAP_OF_LINES * spacing:
        return True
    # Set in by two characters: a first line. A paragraph whose lines are all set in is told by its second line.
    indented = line.left > left + _INDENT * size
    was_indented = last.left > last_left + _INDENT * last.size
    return indented and not (was_indented and len(paragraph) > 1 and abs(line.left - last.left) < 0.5 * size)


def _is_of_other_size(last: _Line, line: _Line) -> bool:
    """Whether two lines are set in another size of type, told by signs of the same kind if both have some."""
    for western in (False, True):
        one, other = last.size_of(western=western), line.size_of(western=western)
        if one is not None and other is not None:
            return abs(one - other) > _OTHER_SIZE * max(one, other)
    return abs(line.size - last.size) > _OTHER_SIZE * max(line.size, last.size)


def _goes_on_centred(last: _Line, line: _Line, margins: _Margins) -> bool:
    """Whether a line below the title (题注) goes on: both are centred, and the upper one has a bracket open or began with a dash."""
    words = last.text.lstrip()
    is_open = words.count("（") > words.count("）") or words.startswith("——")
    left, right = margins[line.page, line.column]
    middle, slack = (left + right) / 2, 0.6 * line.size
    are_centred = all(abs((each.left + each.right) / 2 - middle) < slack for each in (last, line))
    return is_open and are_centred and last.page == line.page and line.left > left + line.size


# ---- text ----


def _written(paragraphs: Iterable[list[_Line]], form: FormatName, notes: tuple[str, ...]) -> Extraction:
    """One paragraph or table row a line, and where each recognised line stands in it."""
    parts: list[str] = []
    confidences: list[Confidence] = []
    at = 0
    for paragraph in paragraphs:
        previous = ""
        for line in paragraph:
            words = _row_text(line.grid) if line.grid else _fitted(previous, line.text)
            if not words.strip():
                continue
            parts.append(words)
            confidences += _confidence(line, words, at)
            at += len(words)
            previous = words
        if previous:
            parts.append("\n")
            at += 1
    return Extraction("".join(parts), form, notes, tuple(confidences))


def _row_text(grid: Grid) -> str:
    return "\n".join("\t".join(row) for row in grid.rows if any(row))


def _fitted(before: str, words: str) -> str:
    """A line as the continuation of another: Western words keep a blank between them, a broken word loses its hyphen's."""
    words = words.strip()
    if before and _is_western(before[-1:]) and _is_western(words[:1]) and before[-1:].isalpha():
        return " " + words
    return words


def _confidence(line: _Line, words: str, at: int) -> Iterator[Confidence]:
    values = [run.confidence for run in line.runs if run.confidence is not None]
    if values and words.strip():
        start = at + len(words) - len(words.lstrip())
        yield Confidence(Span(start, at + len(words.rstrip())), min(values))
