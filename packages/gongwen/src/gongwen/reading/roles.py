"""段落角色: every paragraph, heading and table row of the document in order.

Guarantees
1. Each piece of the text gives exactly one block, in order; nothing is lost.
2. `text` is cleaned: joined lines, blanks of justification removed, cells parted by tabs.
"""

from __future__ import annotations

import re

from gongwen.models import Block, BlockRole
from gongwen.reading.clean import Text
from gongwen.reading.frame import Frame
from gongwen.reading.outline import Outline
from gongwen.reading.tables.numbering import CIRCLED, IS_STYLE

_ITEM = re.compile(rf"{IS_STYLE}|[{CIRCLED}]|（?\d{{1,2}}[）.、]")


def read_blocks(text: Text, frame: Frame, outline: Outline) -> list[Block]:
    """Blocks of the whole text."""
    headings = {heading.piece for heading in outline.headings}
    return [_block(text, number, _role(text, number, frame, headings)) for number in range(len(text.pieces))]


def _role(text: Text, number: int, frame: Frame, headings: set[int]) -> BlockRole:
    given = frame.roles.get(number)
    if given:
        return given
    piece = text.pieces[number]
    if number in headings or piece.markdown_level:
        return "heading"
    if piece.is_row:
        return "row"
    return "item" if _ITEM.match(text.flat, piece.start) else "text"


def _block(text: Text, number: int, role: BlockRole) -> Block:
    piece = text.pieces[number]
    return Block(role, piece_text(text, number), text.span(piece.start, piece.end))


def piece_text(text: Text, number: int) -> str:
    """A paragraph as it is shown: its own characters, cells parted by tabs, a blank only where two figures would run together."""
    piece = text.pieces[number]
    return text.written[piece.start : piece.end].strip("\n")
