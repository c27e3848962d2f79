"""Drafts for the tests of the checks: a text, and what is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import gongwen
from zhenggai.bulletins.checks import check
from zhenggai.bulletins.facts import Bound, Draft, Figure, Item, Line, Place, Source, Trouble, Waived
from zhenggai.bulletins.states import Audience, FigureState
from zhenggai.ledger.handling.states import Classification, Completion, Grade, Review

HEAD = "中共甲县委关于巡察整改进展情况的通报\n"
FOOT = "\n联系电话：0999-6620418；邮政信箱：甲县人民路1号，邮编999100；电子邮箱：zgb@jiaxian.example。\n中共甲县委\n2026年5月15日"


def item(
    number: int, title: str, state: str = "done", classification: str = "public", cycle: int = 1
) -> Item:
    """An item; ``state`` is a grade if it is closed, else how far its review is."""
    grade = Grade(state) if state in set(Grade) else None
    return Item(
        number,
        title,
        Classification(classification),
        Completion.PHASED if grade == Grade.PHASED else Completion.DONE if grade else Completion.UNDONE,
        Review.CLOSED if grade else Review(state),
        grade,
        cycle,
    )


def source(value: str, code: str = "", **more: Any) -> Source:
    known = {
        "key": 1,
        "label": "来源",
        "unit": "个",
        "kind": "count",
        "source": "computed",
        "reach": "public",
    }
    return Source(value=Decimal(value), code=code, **{**known, "now": Decimal(value), **more})


def draft(
    text: str,
    *,
    sources: Mapping[str, Source] | None = None,
    states: Mapping[str, FigureState] | None = None,
    audience: Audience = Audience.PUBLIC,
    bind: bool = True,
    **known: Any,
) -> Draft:
    """A draft of a text, one paragraph a line. Figures are waived, unless ``sources`` or ``states`` say otherwise by their words."""
    paragraphs = text.split("\n")
    reading = gongwen.read(text)
    starts, at = [], 0
    for paragraph in paragraphs:
        starts.append(at)
        at += len(paragraph) + 1
    lines = [Line(number + 1, _role(reading, start, start + len(words)), words)
             for number, (start, words) in enumerate(zip(starts, paragraphs, strict=True))]  # fmt: skip
    known = {"policies": {}, **known}
    made = Draft(lines, text, starts, reading, (), audience, **known)
    figures = _figures(made, sources or {}, states or {}) if bind else ()
    return Draft(lines, text, starts, reading, figures, audience, **known)


def _role(reading: gongwen.Bulletin, start: int, end: int) -> str:
    return next((block.role for block in reading.blocks if start <= block.span.start < end), "text")


def _figures(
    made: Draft, sources: Mapping[str, Source], states: Mapping[str, FigureState]
) -> Sequence[Bound]:
    found = []
    for quantity in made.reading.quantities:
        place = made.place_of(*quantity.span)
        figure = Figure(
            place, quantity.text, quantity.label, quantity.value, quantity.unit, quantity.kind, _quantum(quantity),
            quantity.value_max, quantity.qualifier or "", quantity.change or "", quantity.period or "",
        )  # fmt: skip
        own = sources.get(quantity.text)
        state = states.get(quantity.text, FigureState.BOUND if own else FigureState.WAIVED)
        waived = Waived("叙述用数") if state == FigureState.WAIVED else None
        found.append(Bound(figure, state, source=own, waived=waived))
    return found


def _quantum(quantity: gongwen.Quantity) -> Decimal:
    digits = len(quantity.written_value.partition(".")[2])
    scale = 10_000 if quantity.written_unit.startswith("万") else 1
    return Decimal(scale).scaleb(-digits)


def troubles(made: Draft, *codes: str) -> list[Trouble]:
    """Troubles of the codes, or of families (``claim``); all without."""
    return [t for t in check(made) if not codes or t.code in codes or t.code.split(".")[0] in codes]


def words(made: Draft, place: Place | None) -> str:
    """The words at a place."""
    return "" if place is None else made.lines[place.line].text[place.start : place.end]
