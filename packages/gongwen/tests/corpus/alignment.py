"""Moves an annotation onto another text of the same document, by its characters that are not blank."""

from __future__ import annotations

from bisect import bisect_right
from difflib import SequenceMatcher
from typing import Any


class Alignment:
    """Where places of one text lie in another; `lost` is the share of characters that have no counterpart."""

    def __init__(self, source: str, target: str) -> None:
        self._of_source = [at for at, sign in enumerate(source) if not sign.isspace()]
        self._of_target = [at for at, sign in enumerate(target) if not sign.isspace()]
        one, other = ("".join(text.split()) for text in (source, target))
        matcher = SequenceMatcher(None, one, other, autojunk=False)
        self._blocks = matcher.get_matching_blocks()
        self._starts = [block.a for block in self._blocks]
        self._places = {at: number for number, at in enumerate(self._of_source)}
        matched = sum(block.size for block in self._blocks)
        self.lost = 1 - matched / max(1, len(one))

    def at(self, place: int) -> int | None:
        """Where a character of the source stands in the target; `None` if it is not there."""
        number = self._places.get(place)
        if number is None:
            return None
        block = self._blocks[max(0, bisect_right(self._starts, number) - 1)]
        inside = number - block.a
        return self._of_target[block.b + inside] if 0 <= inside < block.size else None

    def span(self, span: list[int]) -> list[int] | None:
        """A span of the source in the target; `None` if neither end is there."""
        ends = [at for place in range(*span) if (at := self.at(place)) is not None]
        return [min(ends), max(ends) + 1] if ends else None


def moved(gold: Any, alignment: Alignment) -> Any:
    """The annotation with every span moved; what has no place in the target keeps one behind its end, and so counts as missed."""
    if isinstance(gold, dict):
        return {
            key: _moved_span(value, alignment) if key == "span" else moved(value, alignment)
            for key, value in gold.items()
        }
    if isinstance(gold, list):
        return [moved(item, alignment) for item in gold]
    return gold


def _moved_span(span: list[int], alignment: Alignment) -> list[int]:
    return alignment.span(span) or [0, 1]
