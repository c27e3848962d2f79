"""分栏: whether a page is set in two columns, and where they part.

Guarantees
1. A gutter is an upright strip, at least about a character wide, that hardly any line enters, with filled lines on both sides.
2. Short lines, lists and signatures leave the right half empty; that is no column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from gongwen.formats.runs import Run

_FEW_ROWS = 6
# The last page's right column may be short.
_BEGUN = 2
_WIDTH = 0.8
_ENTERED = 0.2
_SHARES = (0.03, 0.08, _ENTERED)
_FILLED = 0.6
_STEPS = 400
_HANGING = frozenset("，。、；：！？”’）》」』")
# The strip lies in the middle third, as columns are of about one width.
_FROM, _TO = 0.3, 0.7


@dataclass(frozen=True, slots=True)
class Gutter:
    """栏间空白."""

    left: float
    right: float

    @property
    def middle(self) -> float:
        """Where left and right part."""
        return (self.left + self.right) / 2

    def holds(self, run: Run) -> bool:
        """Whether a run stands in the middle of the strip, and so in a line across both columns; a mark at a line's end may hang into it."""
        if run.text in _HANGING and run.left > self.left - 0.5 * run.size:
            return False
        return run.left < self.middle + 0.2 * run.size and run.right > self.middle - 0.2 * run.size

    def parts(self, rows: Sequence[Sequence[Run]]) -> bool:
        """Whether hardly any of the rows enters the strip, and some have words on both sides of it."""
        entering = sum(any(self.holds(run) for run in row) for row in rows)
        both = sum(row[0].right <= self.left < self.right <= row[-1].left for row in rows if row)
        return both > 0 and entering <= _ENTERED * len(rows)


def find_gutter(rows: Sequence[Sequence[Run]]) -> Gutter | None:
    """The gutter of a page, given its rows; `None` for a page of one column."""
    runs = [run for row in rows for run in row]
    if len(rows) < _FEW_ROWS:
        return None
    left, right = min(run.left for run in runs), max(run.right for run in runs)
    step = (right - left) / _STEPS or 1.0
    entered = _entered(rows, left, step)
    size = median(run.size for run in runs)
    # The emptiest strip first: where the right column is short, its few lines would be taken for lines across.
    for share in _SHARES:
        strip = _widest(entered, max(1, int(share * len(rows))))
        if strip is not None and (strip[1] - strip[0]) * step >= _WIDTH * size:
            gutter = Gutter(left + strip[0] * step, left + strip[1] * step)
            if _is_filled(rows, gutter, left, right):
                return gutter
    return None


def _entered(rows: Sequence[Sequence[Run]], left: float, step: float) -> list[int]:
    """How many rows have words at each step across the page."""
    counts = [0] * (_STEPS + 1)
    for row in rows:
        taken: set[int] = set()
        for run in row:
            taken.update(
                range(int((run.left - left) / step), min(_STEPS, int((run.right - left) / step)) + 1)
            )
        for at in taken:
            counts[at] += 1
    return counts


def _widest(entered: list[int], most: int) -> tuple[int, int] | None:
    """The widest strip in the middle that at most so many rows enter."""
    best: tuple[int, int] | None = None
    start = None
    for at in range(int(_FROM * _STEPS), int(_TO * _STEPS) + 1):
        if entered[at] <= most:
            start = at if start is None else start
            if best is None or at + 1 - start > best[1] - best[0]:
                best = (start, at + 1)
        else:
            start = None
    return best


def _is_filled(rows: Sequence[Sequence[Run]], gutter: Gutter, left: float, right: float) -> bool:
    """Whether the left side is running text, and the right one at least begins with some."""
    full = [_filled_rows(rows, begins, ends) for begins, ends in ((left, gutter.left), (gutter.right, right))]
    return full[0] >= _FEW_ROWS and full[1] >= _BEGUN


def _filled_rows(rows: Sequence[Sequence[Run]], begins: float, ends: float) -> int:
    """How many rows fill most of the stretch with their words."""
    widths = (
        sum(run.right - run.left for run in row if run.left >= begins - 1 and run.right <= ends + run.size)
        for row in rows
    )
    return sum(width >= _FILLED * (ends - begins) for width in widths)
