"""重复段落 (paragraph.twice): a paragraph that stands twice, or almost.

Guarantees
1. Only running text of 40 characters or more; short headings and set lines, rows and contact lines are left out.
2. Digits count: two paragraphs that differ in a figure are no repetition of each other, only hinted at when nearly all else agrees.
3. Linear: a tenth or so of the eight-character pieces is kept, chosen by their first character, and each points to its first paragraph only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from zlib import crc32

from gongwen.checks.view import View, remark
from gongwen.models import Block, Remark

CODE = "paragraph.twice"
_SHORTEST = 40
_PIECE = 8
_KEPT = 8
_ALIKE = 0.9
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}是|[（(]?[\d一二三四五六七八九十]{1,3}[）).、．])")
_IDLE = re.compile(r"[\s，。；：、！？“”‘’（）()]")


def check_paragraphs(view: View) -> Iterator[Remark]:
    """Exact repetitions, then near ones."""
    seen: dict[str, Block] = {}
    first_with: dict[int, int] = {}
    blocks: list[Block] = []
    for block in view.bulletin.blocks:
        words = _normal(block)
        if len(words) < _SHORTEST:
            continue
        if words in seen:
            yield _twice(block, seen[words], view)
            continue
        pieces = _pieces(words)
        near = _near(pieces, first_with)
        if near is not None:
            yield _almost(block, blocks[near], view)
        seen[words] = block
        blocks.append(block)
        for piece in pieces:
            first_with.setdefault(piece, len(blocks) - 1)


def _normal(block: Block) -> str:
    if block.role not in ("text", "item", "heading"):
        return ""
    return _IDLE.sub("", _NUMBERING.sub("", block.text))


def _pieces(words: str) -> set[int]:
    """Checksums of the pieces that begin with a character whose number says so: chosen alike wherever they stand."""
    return {
        crc32(words[at : at + _PIECE].encode("utf-8", "replace"))
        for at, char in enumerate(words[: 1 - _PIECE])
        if ord(char) % _KEPT == 0
    }


def _near(pieces: set[int], first_with: dict[int, int]) -> int | None:
    votes = Counter(first_with[piece] for piece in pieces if piece in first_with)
    if len(pieces) < _PIECE or not votes:
        return None
    number, count = votes.most_common(1)[0]
    return number if count >= _ALIKE * len(pieces) else None


def _twice(block: Block, first: Block, view: View) -> Remark:
    message = f"这一段与前文重复：“{block.text[:20]}…”已在前面出现过。"
    return remark(CODE, "warning", message, block, first, path=view.path_at(block.span.start))


def _almost(block: Block, first: Block, view: View) -> Remark:
    message = f"这一段与前文几乎相同：“{block.text[:20]}…”与前面的“{first.text[:20]}…”只差几处。"
    return remark(CODE, "hint", message, block, first, path=view.path_at(block.span.start))
