"""识别可信度: the least sure line of a place counts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongwen import Span, read
from gongwen.confidence import _Lines, with_confidences
from gongwen.formats.extraction import Confidence

SOURCE = "整改17个问题。\n完成2个。"
LINES = (Confidence(Span(0, 8), Decimal("0.99")), Confidence(Span(9, 14), Decimal("0.71")))


def test_without_lines_nothing_changes() -> None:
    bulletin = read(SOURCE)
    assert with_confidences(bulletin, ()) is bulletin


def test_each_result_has_that_of_its_lines() -> None:
    found = with_confidences(read(SOURCE), LINES)
    assert [q.confidence for q in found.quantities] == [Decimal("0.99"), Decimal("0.71")]


@pytest.mark.parametrize(
    ("span", "value"),
    [
        ((0, 14), "0.71"),
        ((2, 5), "0.99"),
        ((7, 10), "0.71"),
        ((8, 9), None),
        ((13, 20), "0.71"),
        ((20, 22), None),
    ],
)
def test_the_least_of_all_lines_touched(span: tuple[int, int], value: str | None) -> None:
    assert _Lines(LINES).at(Span(*span)) == (None if value is None else Decimal(value))
