"""标注: items laid over a text as flat segments, however they nest or overlap. Plain Python.

1. The segments of a stretch follow one another without gap and cover it exactly.
2. Each segment names all marks over it, outermost first: the one that began earlier, and of two that began together the longer.
3. So the characters of the segments that name a mark are exactly those of its span within the stretch.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True)
class Mark:
    """标注: a named stretch of the text, ``[start, end)``. ``item`` is a proposal's key; None for a date, a leftover, a doubt or a remark."""

    kind: str
    start: int
    end: int
    item: int | None = None
    note: str = ""

    @property
    def anchor(self) -> str:
        """Address within the page: of an item by its key, of a leftover by its place; a date has none."""
        if self.item is not None:
            return f"m-{self.item}"
        return f"l-{self.start}" if self.kind == "leftover" else ""

    @property
    def order(self) -> tuple[int, int, bool, int]:
        """Outer before inner; of two equal stretches the one that is an item is inside, where it can be chosen."""
        return (self.start, -self.end, self.item is not None, self.item or 0)


@dataclass(frozen=True)
class Segment:
    """A stretch over which the same marks stand."""

    start: int
    end: int
    marks: tuple[Mark, ...]


def segments(start: int, end: int, marks: Iterable[Mark]) -> Iterator[Segment]:
    """Cut ``[start, end)`` at every edge of the marks that touch it."""
    touching = sorted(
        (m for m in marks if m.start < end and m.end > start and m.start < m.end), key=lambda m: m.order
    )
    edges = {start, end}
    for mark in touching:
        edges.add(max(mark.start, start))
        edges.add(min(mark.end, end))
    waiting = 0
    over: list[Mark] = []
    for left, right in pairwise(sorted(edges)):
        over = [mark for mark in over if mark.end > left]
        while waiting < len(touching) and touching[waiting].start <= left:
            over.append(touching[waiting])
            waiting += 1
        yield Segment(left, right, tuple(over))


def by_piece(edges: Sequence[tuple[int, int]], marks: Iterable[Mark]) -> list[list[Mark]]:
    """Give each of the ordered stretches the marks that touch it, in one pass."""
    ordered = sorted(marks, key=lambda mark: mark.order)
    found: list[list[Mark]] = []
    waiting = 0
    over: list[Mark] = []
    for start, end in edges:
        over = [mark for mark in over if mark.end > start]
        while waiting < len(ordered) and ordered[waiting].start < end:
            if ordered[waiting].end > start:
                over.append(ordered[waiting])
            waiting += 1
        found.append(list(over))
    return found
