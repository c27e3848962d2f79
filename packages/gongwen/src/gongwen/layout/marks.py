"""标记: words of a paragraph that lead somewhere, as figures and cited documents do on a public page.

Guarantees
1. A mark covers characters of one block's text as it stands in `blocks_of(bulletin)`, `[start, end)`.
2. One that lies outside, is empty, crosses another or a cell's edge, or would run a script, is a `BadMarkError`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongwen.errors import BadMarkError
from gongwen.models import Block

_SCHEME = re.compile(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):")
_ALLOWED = frozenset({"http", "https", "mailto", "tel"})
_CLASSES = re.compile(r"[A-Za-z0-9_ -]*")
_CONTROLS = re.compile(r"[\x00-\x20\x7f]")


@dataclass(frozen=True, slots=True)
class Mark:
    """标记: characters `[start, end)` of the text of block number `block` become a link."""

    block: int
    start: int
    end: int
    href: str
    title: str
    classes: str = ""


def marks_by_block(marks: Iterable[Mark], blocks: Sequence[Block]) -> dict[int, list[Mark]]:
    """The marks of each block in order. Raises `BadMarkError`."""
    found: dict[int, list[Mark]] = {}
    for mark in sorted(marks, key=lambda mark: (mark.block, mark.start, mark.end)):
        _check(mark, blocks)
        own = found.setdefault(mark.block, [])
        if own and mark.start < own[-1].end:
            raise _bad(mark, f"与“{own[-1].title}”的标记重叠")
        own.append(mark)
    return found


def _check(mark: Mark, blocks: Sequence[Block]) -> None:
    if not 0 <= mark.block < len(blocks):
        raise _bad(mark, f"没有这一段，共{len(blocks)}段")
    text = blocks[mark.block].text
    if not 0 <= mark.start < mark.end <= len(text):
        raise _bad(mark, f"超出该段，该段共{len(text)}字")
    if "\t" in text[mark.start : mark.end]:
        raise _bad(mark, "跨越了单元格")
    # A browser drops blanks and controls before it looks for the scheme.
    scheme = _SCHEME.match(_CONTROLS.sub("", mark.href))
    if scheme and scheme[1].lower() not in _ALLOWED:
        raise _bad(mark, f"链接“{mark.href[:40]}”不是网页地址")
    if not _CLASSES.fullmatch(mark.classes):
        raise _bad(mark, "类名只能用字母、数字、连字符和下划线")


def _bad(mark: Mark, finding: str) -> BadMarkError:
    return BadMarkError(mark.block, mark.start, mark.end, finding)
