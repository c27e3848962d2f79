"""识别可信度: carries the confidence of each recognised line into the results that stand on it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, TypeVar

from gongwen.formats.extraction import Confidence
from gongwen.models import Bulletin, Span

T = TypeVar("T")


def with_confidences(bulletin: Bulletin, confidences: Sequence[Confidence]) -> Bulletin:
    """The same reading, each result with the least confidence of the lines it stands on; unchanged without confidences."""
    if not confidences:
        return bulletin
    lines = _Lines(confidences)
    return replace(
        bulletin,
        blocks=lines.marked(bulletin.blocks),
        findings=tuple(
            replace(finding, measures=lines.marked(finding.measures))
            for finding in lines.marked(bulletin.findings)
        ),
        quantities=lines.marked(bulletin.quantities),
        citations=lines.marked(bulletin.citations),
        dates=lines.marked(bulletin.dates),
    )


class _Lines:
    """The recognised lines, found by place."""

    def __init__(self, confidences: Sequence[Confidence]) -> None:
        self.starts = [line.span.start for line in confidences]
        self.ends = [line.span.end for line in confidences]
        self.values = [line.value for line in confidences]

    def at(self, span: Span) -> Decimal | None:
        """The least confidence of the lines that a span touches."""
        first, last = bisect_right(self.ends, span.start), bisect_left(self.starts, span.end)
        return min(self.values[first:last], default=None)

    def marked(self, results: tuple[T, ...]) -> tuple[T, ...]:
        changed: list[Any] = [replace(result, confidence=self.at(result.span)) for result in results]  # type: ignore[type-var,attr-defined]
        return tuple(changed)
