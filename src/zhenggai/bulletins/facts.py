"""What is known of a draft when it is bound and checked. Plain Python: no Django, no clock.

A place is ``(line, start, end)``: the index of a paragraph, and characters ``[start, end)`` of its text.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import gongwen
from zhenggai.bulletins.states import Audience, FigureState, Severity
from zhenggai.ledger.handling.states import Classification, Completion, Grade, Review


class Place(NamedTuple):
    """位置: index of a paragraph, and characters ``[start, end)`` of its text."""

    line: int
    start: int
    end: int


@dataclass(frozen=True)
class Line:
    """A paragraph of a draft: its key (0 where it has none), its role as the text library names it, and its text."""

    key: int
    role: str
    text: str


@dataclass(frozen=True)
class Figure:
    """数字: a number in a draft as the reader understands it. ``value`` is in the base unit.

    ``quantum`` is the smallest step that the written form can express (288.88万元 → 100), so that a rounded figure can be told from a wrong
    one. ``read`` is False for number-like text that the reader cannot explain: it needs a waiver all the same, has no unit, and its value is 0.
    """

    place: Place
    text: str
    label: str
    value: Decimal
    unit: str
    kind: str
    quantum: Decimal = Decimal(1)
    value_max: Decimal | None = None
    qualifier: str = ""
    change: str = ""
    period: str = ""
    applies_to: tuple[str, ...] = ()
    path: str = ""
    read: bool = True


@dataclass(frozen=True)
class Source:
    """来源: what an observation says, as far as binding and checking need it. ``now`` is what its series says today (None: nothing any more)."""

    key: int
    label: str
    value: Decimal
    unit: str
    kind: str
    now: Decimal | None
    value_max: Decimal | None = None
    now_max: Decimal | None = None
    period: str = ""
    change: str = ""
    applies_to: tuple[str, ...] = ()
    source: str = ""
    reach: str = "whole"
    as_of: date | None = None
    code: str = ""
    written: str = ""
    qualifier: str = ""


@dataclass(frozen=True)
class Waived:
    """免予绑定: the reason, and who said so."""

    reason: str
    by: str = ""


@dataclass(frozen=True)
class Bound:
    """A figure with what it is bound to, if anything, and how it stands. ``remedy`` is empty where nothing is to be done."""

    figure: Figure
    state: FigureState
    remedy: str = ""
    source: Source | None = None
    waived: Waived | None = None
    binding: int = 0


@dataclass(frozen=True)
class Item:
    """A problem of the ledger as a document may speak of it."""

    number: int
    title: str
    classification: Classification
    completion: Completion
    review: Review
    grade: Grade | None
    cycle: int = 1


@dataclass(frozen=True)
class Earlier:
    """A published edition of the same inspection: its number, title and paragraphs."""

    code: str
    number: int
    title: str
    paragraphs: Sequence[str]


class Beside(NamedTuple):
    """随文公开的文字: words that go out with a document outside its paragraphs: what they are, where they belong (None: to the whole), the words."""

    what: str
    place: Place | None
    words: str


@dataclass(frozen=True)
class Draft:
    """文稿: everything that a check may look at.

    ``reading`` is the library's reading of ``text``, which is the paragraphs, one a line; ``starts`` are the offsets of the lines in it.
    ``policies`` maps titles of the register of policy documents (without 《》) to their role (new, revised, superior …).
    ``beside`` is what is published with the paragraphs: the correction, reasons of waivers, names and definitions of what figures rest on.
    ``withheld`` are values that only the whole ledger has: ``(label, unit, value)`` of computed indicators whose public value differs.
    """

    lines: Sequence[Line]
    text: str
    starts: Sequence[int]
    reading: gongwen.Bulletin
    figures: Sequence[Bound]
    audience: Audience
    items: Sequence[Item] = ()
    policies: Mapping[str, str] = field(default_factory=dict)
    earlier: Sequence[Earlier] = ()
    withheld: Sequence[tuple[str, str, Decimal]] = ()
    replaces: bool = False
    beside: Sequence[Beside] = ()

    def place_of(self, start: int, end: int) -> Place:
        """The place of characters ``[start, end)`` of the whole text, cut at the end of the paragraph in which it begins."""
        line = max(bisect_right(self.starts, start) - 1, 0)
        offset = self.starts[line]
        return Place(line, start - offset, min(end - offset, len(self.lines[line].text)))


@dataclass(frozen=True)
class Trouble:
    """审前检查的一条意见: which rule, how grave, where, a Chinese sentence that says what was found, and what to do.

    ``related`` are other places that it speaks of.
    """

    code: str
    severity: Severity
    place: Place | None
    sentence: str
    remedy: str
    related: tuple[Place, ...] = ()
