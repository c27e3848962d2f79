"""句读: where the sentences, clauses and list members around a place begin and end.

Guarantees
1. A full stop, a semicolon, the end of a paragraph or a cell ends a sentence part; commas and colons end
   clauses, except the colon of a ratio or a clock (1:350).
2. Signs inside quotation marks and brackets end nothing outside them.
3. Look-ups are binary searches over one pass of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right

_SIGNS = re.compile(r"[。！？\n\t；，、“”‘’（）《》]|：(?!\d)|(?<!\d)：")
_OPEN, _CLOSE = "“‘（《", "”’）》"


class Clauses:
    """Positions of the signs that part sentences (hard), clauses (comma) and list members (pause)."""

    def __init__(self, flat: str) -> None:
        self.length = len(flat)
        self.sentence: list[int] = []
        self.hard: list[int] = []
        self.comma: list[int] = []
        self.pause: list[int] = []
        self._scan(flat)

    def _scan(self, flat: str) -> None:
        depth = 0
        for match in _SIGNS.finditer(flat):
            sign = match.group()
            if sign in _OPEN:
                depth += 1
            elif sign in _CLOSE:
                depth = max(0, depth - 1)
            elif sign in "\n\t":
                depth = 0
                self._add(match.start(), 4)
            elif depth == 0:
                self._add(match.start(), _RANK[sign])

    def _add(self, position: int, rank: int) -> None:
        """A sign of one rank is also one of the lower ranks."""
        for level, positions in ((4, self.sentence), (3, self.hard), (2, self.comma), (1, self.pause)):
            if rank >= level:
                positions.append(position)

    def before(self, positions: list[int], place: int) -> int:
        """The beginning of the part that holds `place`: behind the last sign before it."""
        index = bisect_left(positions, place)
        return positions[index - 1] + 1 if index else 0

    def after(self, positions: list[int], place: int) -> int:
        """The end of the part that holds `place`: the next sign at or behind it."""
        index = bisect_right(positions, place - 1)
        return positions[index] if index < len(positions) else self.length


_RANK = {"。": 4, "！": 4, "？": 4, "；": 3, "，": 2, "：": 2, "、": 1}
