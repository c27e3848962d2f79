"""标注: what was understood, laid over the text as flat segments, however it nests or overlaps.

Guarantees
1. The segments of a stretch follow one another without gap and cover it exactly.
2. Each segment names all marks over it, outermost first.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongwen.models import Bulletin, Quantity, Remark, Span
from gongwen.serialise import plain_decimal

STATUS = {"completed": "已完成", "phased": "阶段性完成", "ongoing": "正在整改", "not_done": "未完成"}
_SURE = 0.9


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of the text with its kind, its words for a person, and its address in the page."""

    kind: str
    span: Span
    note: str
    anchor: str = ""


def marks_of(bulletin: Bulletin, remarks: Iterable[Remark]) -> list[Mark]:
    """Everything that is marked."""
    return sorted(_all(bulletin, remarks), key=lambda mark: (mark.span.start, -mark.span.end))


def _all(bulletin: Bulletin, remarks: Iterable[Remark]) -> Iterator[Mark]:
    yield from _figures(bulletin)
    yield from _named(bulletin)
    yield from _doubts(bulletin)
    for claim in bulletin.claims:
        yield Mark(f"claim {claim.status}", claim.span, f"整改情况：{STATUS[claim.status]}")
    for remark in remarks:
        for span in (remark.span, *remark.related):
            yield Mark(f"remark {remark.severity}", span, remark.message)


def _figures(bulletin: Bulletin) -> Iterator[Mark]:
    for number, quantity in enumerate(bulletin.quantities):
        yield Mark("figure", quantity.span, figure_note(quantity), f"q{number}")
        if quantity.inferred:
            yield Mark("doubt", quantity.span, "时期按上文推断")
    for total in bulletin.totals:
        yield Mark("total", total.span, f"总数：{total.label}")


def _named(bulletin: Bulletin) -> Iterator[Mark]:
    """Cited documents, dates, organisations."""
    for number, citation in enumerate(bulletin.citations):
        yield Mark(
            "citation", citation.span, "　".join(filter(None, ("引用文件", citation.verb))), f"c{number}"
        )
    for date in bulletin.dates:
        until = f" 至 {date.end}" if date.end else ""
        yield Mark("date", date.span, f"日期：{date.start}{until}" + ("（推断）" if date.inferred else ""))
    for organisation in bulletin.organisations:
        yield Mark("organisation", organisation.span, "单位")


def _doubts(bulletin: Bulletin) -> Iterator[Mark]:
    """What was not understood, and lines that were recognised with little certainty."""
    for leftover in bulletin.leftovers:
        yield Mark("leftover", leftover.span, f"未识别：{leftover.reason}")
    for block in bulletin.blocks:
        if block.confidence is not None and block.confidence < _SURE:
            yield Mark("doubt", block.span, f"识别可信度 {block.confidence * 100:.0f}%")


def figure_note(quantity: Quantity) -> str:
    """A figure in words: what, of whom, how much, when."""
    value = plain_decimal(quantity.value)
    if quantity.value_max is not None:
        value += f"—{plain_decimal(quantity.value_max)}"
    change = {"up": "增", "down": "减"}.get(quantity.change or "", "")
    parts = (
        quantity.label,
        "、".join(quantity.applies_to),
        f"{quantity.qualifier or ''}{change}{value}{quantity.unit}",
        quantity.period,
    )
    return " · ".join(part for part in parts if part)


def segments(start: int, end: int, marks: Sequence[Mark]) -> Iterator[tuple[int, int, list[Mark]]]:
    """Cut `[start, end)` at every edge of the marks that touch it; the marks are in order."""
    touching = [mark for mark in marks if mark.span.start < end and mark.span.end > start]
    edges = {start, end}
    for mark in touching:
        edges |= {max(mark.span.start, start), min(mark.span.end, end)}
    for left, right in pairwise(sorted(edges)):
        yield left, right, [mark for mark in touching if mark.span.start <= left and mark.span.end >= right]
