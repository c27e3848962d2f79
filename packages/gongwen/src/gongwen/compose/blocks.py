"""排版: paragraphs as plain text or as Markdown.

Guarantees
1. Every block is there, in order; only an empty one is left out.
2. A table stays a table. A sign that would part cells or lines inside a cell is written as one that looks like it.
3. Markdown marks only what is a heading by itself: one that runs into its text stays a paragraph, as it is printed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from gongwen.models import Block, Bulletin, Section


def as_text(blocks: Iterable[Block]) -> str:
    """One paragraph or row a line."""
    return "".join(_one_line(block.text) + "\n" for block in blocks if block.text.strip())


def as_markdown(blocks: Sequence[Block], bulletin: Bulletin) -> str:
    """Paragraphs parted by blank lines, headings marked, tables piped."""
    levels = dict(_levels(bulletin.sections))
    shown = [block for block in blocks if block.text.strip()]
    parts = []
    # Rows of another width begin another table: what is wider than its head would not be shown, what is narrower would be filled up.
    for width, group in groupby(
        shown, key=lambda block: block.text.count("\t") if block.role == "row" else 0
    ):
        members = list(group)
        parts += [_table(members)] if width else [_paragraph(block, levels) for block in members]
    return "\n\n".join(parts) + "\n" if parts else ""


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _levels(sections: Iterable[Section]) -> Iterator[tuple[str, int]]:
    """Each heading's own line and its level."""
    for section in sections:
        yield section.number + section.title, section.level
        yield from _levels(section.children)


def _paragraph(block: Block, levels: dict[str, int]) -> str:
    words = _one_line(block.text)
    if block.role == "title":
        return f"# {words}"
    level = levels.get(words) if block.role == "heading" else None
    return f"{'#' * min(level + 1, 6)} {words}" if level else words


def _table(rows: Sequence[Block]) -> str:
    """The first row stands as the head: Markdown has no table without one."""
    cells = [_one_line(row.text).replace("|", "｜").split("\t") for row in rows]
    lines = [f"| {' | '.join(row)} |" for row in cells]
    return "\n".join([lines[0], "|" + " --- |" * len(cells[0]), *lines[1:]])
