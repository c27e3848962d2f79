"""编排: what stands on the pages in which order, before any format is thought of.

Guarantees
1. Every paragraph and row of the bulletin is there once, in order, apart from what stood around the document (debris), which is left out, and a title that
   stood elsewhere or twice, which comes first, and once.
2. A run-in heading keeps its words and text in one paragraph; `head` says how many characters are the heading.
3. Rows that follow one another are one table; rows of another width begin another. Its first row is a head if it says nothing but names.
4. Each part knows the number of its block, so that marks find it.
5. The time is linear in the length of the bulletin.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from gongwen.compose.outline import built_blocks
from gongwen.layout.characters import printable
from gongwen.models import Block, Bulletin, Section
from gongwen.reading.tables.numbering import HEADING_STYLES

Kind = Literal["title", "subtitle", "number", "heading", "text", "item", "annex", "contact", "issuer", "date"]

_NUMBERED = tuple((level, re.compile(pattern)) for level, pattern in HEADING_STYLES)
_DATE = re.compile(
    r"[（(]?[\d０-９〇零○一二三四五六七八九]{4}年[\d０-９一二三四五六七八九十]{1,3}月(?:[\d０-９一二三四五六七八九十]{1,3}日)?[）)]?"
)
_DOCUMENT_NUMBER = re.compile(r"[^\s，。；：、]{1,20}〔\d{4}〕\d{1,5}号")
_NOTE = re.compile(r"（[^（）]{2,40}）")
_ANNEX = re.compile(r"附\s*件[：:]")
_ANNEX_LEAD = 3
_SENTENCE = re.compile("[。！？；：]")
_LONGEST_HEAD = 80


@dataclass(frozen=True, slots=True)
class Paragraph:
    """段落. `block` is its number in `blocks`; `level` is a heading's, and the first `head` characters are the heading where text follows."""

    kind: Kind
    text: str
    block: int
    level: int = 0
    head: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """表格的一行."""

    block: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """表格: rows of one width; the first is a head if `headed`."""

    rows: tuple[Row, ...]
    headed: bool

    @property
    def columns(self) -> int:
        """列数."""
        return len(self.rows[0].cells)


Part = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Plan:
    """整份文件."""

    title: str
    parts: tuple[Part, ...]
    issued_on: str | None = None


def blocks_of(bulletin: Bulletin) -> tuple[Block, ...]:
    """The paragraphs that are set out, and that marks count: the bulletin's own, or those made from its structure."""
    return bulletin.blocks or built_blocks(bulletin)


def planned(bulletin: Bulletin) -> Plan:
    """Plan a bulletin."""
    blocks = blocks_of(bulletin)
    numbered = [
        (number, block)
        for number, block in enumerate(blocks)
        if block.role != "debris" and printable(block.text).strip()
    ]
    # A title that a page had below its text: an official document begins with it, and has it once.
    numbered.sort(key=lambda pair: pair[1].role != "title")
    titles = dict.fromkeys(block.text for _, block in numbered if block.role == "title")
    firsts = {text: next(n for n, block in numbered if block.text == text) for text in titles}
    numbered = [(n, block) for n, block in numbered if block.role != "title" or firsts[block.text] == n]
    parts = tuple(_parts(numbered, _levels(bulletin.sections)))
    return Plan("".join(map(printable, titles)) or printable(bulletin.title or ""), parts, bulletin.issued_on)


def _parts(blocks: Sequence[tuple[int, Block]], levels: dict[str, int]) -> Iterator[Part]:
    front = True
    for key, group in groupby(blocks, key=lambda pair: _group(pair[1])):
        members = list(group)
        if key[0] == "row":
            yield _table(members)
        elif key[0] == "title":
            yield from (_paragraph("title", pair) for pair in members)
        elif key[0] == "signature":
            yield from (_signed(pair, front=front) for pair in members)
        else:
            yield from (_body(pair, levels, front=front) for pair in members)
        front = front and key[0] in ("title", "signature")


def _group(block: Block) -> tuple[str, int]:
    return ("row", block.text.count("\t")) if block.role == "row" else (block.role, 0)


def _levels(sections: Iterable[Section]) -> dict[str, int]:
    """Each heading's own words → its level. Without recursion into Python's limit: sections nest four deep."""
    found: dict[str, int] = {}
    waiting = list(sections)
    while waiting:
        section = waiting.pop()
        found[printable(section.number + section.title)] = section.level
        waiting += section.children
    return found


def _paragraph(kind: Kind, pair: tuple[int, Block], level: int = 0, head: int = 0) -> Paragraph:
    number, block = pair
    return Paragraph(kind, printable(block.text), number, level, head)


def _signed(pair: tuple[int, Block], *, front: bool) -> Paragraph:
    """An issuer or a date; below the title it is a line under it."""
    if front:
        return _paragraph("subtitle", pair)
    return _paragraph("date" if _DATE.fullmatch(pair[1].text.strip()) else "issuer", pair)


def _body(pair: tuple[int, Block], levels: dict[str, int], *, front: bool) -> Paragraph:
    number, block = pair
    text = printable(block.text)
    if block.role == "heading":
        return Paragraph("heading", text, number, *_heading(text, levels))
    if block.role in ("item", "contact"):
        return _paragraph("item" if block.role == "item" else "contact", pair)
    if front and _DOCUMENT_NUMBER.fullmatch(text.strip()):
        return _paragraph("number", pair)
    if front and (_DATE.fullmatch(text.strip()) or _NOTE.fullmatch(text.strip())):
        return _paragraph("subtitle", pair)
    found = _ANNEX.match(text)
    return Paragraph("annex" if found else "text", text, number, head=_ANNEX_LEAD if found else 0)


def _heading(text: str, levels: dict[str, int]) -> tuple[int, int]:
    """Level of a heading, and how many of its characters are the heading itself where text follows."""
    whole = levels.get(text.strip())
    if whole is not None:
        return whole, 0
    level = next((level for level, pattern in _NUMBERED if pattern.match(text)), 1)
    head = _head_of_section(text, levels) or _head_of_sentence(text)
    return level, 0 if head >= len(text.rstrip()) else head


def _head_of_section(text: str, levels: dict[str, int]) -> int:
    """The longest section's own words with which the text begins, with the mark behind them."""
    end = next((end for end in range(min(len(text), _LONGEST_HEAD * 2), 0, -1) if text[:end] in levels), 0)
    return end + 1 if end and text[end : end + 1] in tuple("。！？：；") else end


def _head_of_sentence(text: str) -> int:
    found = _SENTENCE.search(text, 0, _LONGEST_HEAD)
    return found.end() if found else 0


# ---- tables ----

_LONGEST_NAME = 24
_NO_NAME = re.compile(r"[\d.,%％／/-]+|.*[。；].*")


def _table(members: Sequence[tuple[int, Block]]) -> Table:
    rows = tuple(
        Row(number, tuple(cell.strip() for cell in printable(block.text).split("\t")))
        for number, block in members
    )
    return Table(rows, _is_head(rows[0]))


def _is_head(row: Row) -> bool:
    """Whether a row names columns: short words in every cell."""
    return all(cell and len(cell) <= _LONGEST_NAME and not _NO_NAME.fullmatch(cell) for cell in row.cells)


def turned_runs(parts: Sequence[Part], most_columns: int) -> Iterator[tuple[bool, tuple[Part, ...]]]:
    """Parts by the way their pages are turned: wide tables with the headings between them stand on turned pages together."""
    upright: list[Part] = []
    turned: list[Part] = []
    between: list[Part] = []
    for part in parts:
        if isinstance(part, Table) and part.columns > most_columns:
            if not turned and upright:
                yield False, tuple(upright)
                upright = []
            turned += [*between, part]
            between = []
        elif turned and isinstance(part, Paragraph) and part.kind == "heading" and not part.head:
            between.append(part)
        else:
            if turned:
                yield True, tuple(turned)
            upright += [*between, part]
            turned, between = [], []
    if turned:
        yield True, tuple(turned)
    if upright or between:
        yield False, (*upright, *between)
