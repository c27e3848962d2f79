"""正文: the paragraphs of an edition as the page shows them, each number in them a link to what is known of it. Plain Python.

Guarantees
1. The text of the page is the text of the edition, character for character.
2. A figure is marked where the edition says it stands; one whose place does not fit the text is not marked, and still listed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from zhenggai.web.cutting import cut
from zhenggai.web.public.site import printable

_LEVELS = (
    (2, re.compile(r"[一二三四五六七八九十百]+、")),
    (3, re.compile(r"[（(][一二三四五六七八九十百]+[）)]")),
    (4, re.compile(r"\d+[.．、]")),
    (5, re.compile(r"[（(]\d+[）)]")),
)
_LONGEST_HEADING = 60
"""A heading longer than this has its text in the same paragraph."""


@dataclass(frozen=True)
class Run:
    """一段文字: ``figure`` is the number of the figure that it is, 0 for none; ``waived`` if it has no source."""

    text: str
    figure: int = 0
    waived: bool = False


@dataclass(frozen=True)
class Block:
    """段落: ``tag`` is title, h2 … h5, p, run-in, item, contact, signature or table; of a table ``rows``, of the rest ``runs``."""

    tag: str
    number: int
    runs: Sequence[Run] = ()
    rows: Sequence["Row"] = field(default=())


@dataclass(frozen=True)
class Row:
    """表格的一行."""

    number: int
    cells: Sequence[Sequence[Run]]


def blocks(content: Mapping[str, Any]) -> list[Block]:
    """The paragraphs in order; rows that follow one another and are equally wide are one table."""
    paragraphs = [
        (number, each["role"], printable(each["text"])) for number, each in enumerate(content["paragraphs"])
    ]
    places = _places(content["figures"], [text for _, _, text in paragraphs])
    found: list[Block] = []
    level = 1
    for key, group in groupby(
        paragraphs, key=lambda each: (each[1], each[2].count("\t") if each[1] == "row" else 0)
    ):
        members = list(group)
        if key[0] == "row":
            rows = [Row(number, list(_cells(text, places.get(number, [])))) for number, _, text in members]
            found.append(Block("table", members[0][0], rows=rows))
            continue
        for number, role, text in members:
            tag = _tag(role, text)
            if tag.startswith("h"):
                level = min(int(tag[1:]), level + 1)
                tag = f"h{level}"
            found.append(Block(tag, number, list(_runs(text, 0, len(text), places.get(number, [])))))
    return found


def marked(content: Mapping[str, Any]) -> set[int]:
    """Numbers of the figures that stand marked in the text."""
    texts = [printable(each["text"]) for each in content["paragraphs"]]
    return {number for line in _places(content["figures"], texts).values() for _, _, (number, _) in line}


_Mark = tuple[int, bool]
"""A figure's number, and whether it is waived."""

_Place = tuple[int, int, _Mark]


def _places(figures: Sequence[Mapping[str, Any]], texts: Sequence[str]) -> dict[int, list[_Place]]:
    found: dict[int, list[_Place]] = {}
    for each in sorted(figures, key=lambda one: (one["paragraph"], one["start"])):
        line, start, end = each["paragraph"], each["start"], each["end"]
        if (
            not 0 <= line < len(texts)
            or not 0 <= start < end <= len(texts[line])
            or "\t" in texts[line][start:end]
        ):
            continue
        own = found.setdefault(line, [])
        if not own or own[-1][1] <= start:
            own.append((start, end, (each["n"], each["source"] == "waived")))
    return found


def _tag(role: str, text: str) -> str:
    if role == "heading":
        level = next((level for level, pattern in _LEVELS if pattern.match(text)), 2)
        return f"h{level}" if len(text) <= _LONGEST_HEADING else "run-in"
    return role if role in ("title", "item", "contact", "signature") else "p"


def _runs(text: str, begin: int, stop: int, places: Sequence[_Place]) -> Iterator[Run]:
    for words, mark in cut(text, places, begin=begin, stop=stop):
        yield Run(words, *(mark or ()))


def _cells(text: str, places: Sequence[_Place]) -> Iterator[list[Run]]:
    begin = 0
    for cell in text.split("\t"):
        yield list(_runs(text, begin, begin + len(cell), places))
        begin += len(cell) + 1
