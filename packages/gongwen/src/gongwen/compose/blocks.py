"""排版: paragraphs as plain text or as Markdown.

Guarantees
1. Every block is there, in order; only an empty one is left out.
2. A table stays a table. A | inside a cell is escaped in Markdown.
3. Markdown marks only what is a heading by itself: one that runs into its text stays a paragraph, as it is printed.
4. A heading without number, which only Markdown knows, is marked one deeper than the numbered one above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from gongwen.models import Block, Bulletin, Section
from gongwen.reading.tables.numbering import HEADING_STYLES

_DEEPEST = 6
_WIDE = str.maketrans("#|", "\uff03\uff5c")
_NUMBERED = re.compile("|".join(pattern for _, pattern in HEADING_STYLES))


def as_text(blocks: Iterable[Block]) -> str:
    """One paragraph or row a line."""
    return "".join(_words(block) + "\n" for block in blocks if block.text.strip())


def as_markdown(blocks: Sequence[Block], bulletin: Bulletin) -> str:
    """Paragraphs parted by blank lines, headings marked, tables piped."""
    shown = [block for block in blocks if block.text.strip()]
    parts: list[str] = []
    marks = _marks(shown, bulletin)
    # Rows of another width begin another table: what is wider than its head would not be shown, what is narrower would be filled up.
    for width, group in groupby(zip(shown, marks, strict=True), key=lambda pair: _width(pair[0])):
        members = list(group)
        parts += [_table([row for row, _ in members])] if width else [_paragraph(*pair) for pair in members]
    return "\n\n".join(parts) + "\n" if parts else ""


def _width(block: Block) -> int:
    return block.text.count("\t") if block.role == "row" else 0


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _words(block: Block) -> str:
    """The block's line; a sign at its start that would make a heading or a table of it is written as its wide twin."""
    line = _one_line(block.text)
    return line[:1].translate(_WIDE) + line[1:]


def _levels(sections: Iterable[Section]) -> Iterator[tuple[str, int]]:
    """Each heading's own line and its level."""
    for section in sections:
        yield section.number + section.title, section.level
        yield from _levels(section.children)


def _marks(blocks: Iterable[Block], bulletin: Bulletin) -> Iterator[int]:
    """How many # stand before each block."""
    levels = dict(_levels(bulletin.sections))
    above = 1
    for block in blocks:
        level = levels.get(_one_line(block.text))
        if block.role == "title":
            yield 1
        elif block.role != "heading":
            yield 0
        elif level is not None:
            above = min(level + 1, _DEEPEST)
            yield above
        else:
            runs_in = _NUMBERED.match(block.text) and "\t" not in block.text
            yield 0 if runs_in else min(above + 1, _DEEPEST)


def _paragraph(block: Block, mark: int) -> str:
    words = _words(block)
    return f"{'#' * mark} {words}" if mark else words


def _table(rows: Sequence[Block]) -> str:
    """The first row stands as the head: Markdown has no table without one."""
    cells = [_one_line(row.text).replace("|", r"\|").split("\t") for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join([lines[0], "|" + " --- |" * len(cells[0]), *lines[1:]])
