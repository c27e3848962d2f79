"""原文: the document paragraph by paragraph with its marks, findings framed, remarks beside the paragraph in which they begin."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise

from gongwen.models import Block, Bulletin, Remark
from gongwen.page.marks import STATUS, Mark, segments

_SEVERITY = {"error": "有误", "warning": "存疑", "hint": "提示"}
_LONGEST_HEADING = 80
_BLANKS = re.compile(r"\s+")
_SURROGATES = dict.fromkeys(range(55296, 57344), "�")


def paper_html(
    bulletin: Bulletin, text: str, marks: Sequence[Mark], remarks: Sequence[tuple[int, Remark]]
) -> str:
    """The whole text. What no block covers stands as small print, so that nothing is lost."""
    pieces = list(_pieces(bulletin.blocks, text))
    starts = [start for _, start, _ in pieces]
    beside: dict[int, list[tuple[int, Remark]]] = defaultdict(list)
    for number, remark in remarks:
        beside[max(0, bisect_right(starts, remark.span.start) - 1)].append((number, remark))
    findings = {finding.span.start: finding for finding in bulletin.findings}
    measures = {m.span.start: m for finding in bulletin.findings for m in finding.measures}
    tags = {at: _finding_tag(f.path, f.status_class) for at, f in findings.items()}
    tags |= {
        at: tags.get(at, "") + f'<span class="tag measure" data-t="措施 {escape(m.path)}"></span>'
        for at, m in measures.items()
    }
    placed: set[str] = set()
    by_piece = _by_piece(pieces, marks)
    return "".join(
        _piece_html(text, piece, by_piece[index], tags, placed, beside.get(index, ()))
        for index, piece in enumerate(pieces)
    )


def _finding_tag(path: str, status: str | None) -> str:
    told = f" · {STATUS[status]}" if status else ""
    return f'<span class="tag finding" id="f-{escape(path)}" data-t="问题 {escape(path)}{told}"></span>'


_Piece = tuple[str, int, int]


def _pieces(blocks: Iterable[Block], text: str) -> Iterator[_Piece]:
    """Blocks in order as role, start, end; the rest of the text as debris."""
    at = 0
    for block in blocks:
        start, end = max(block.span.start, at), block.span.end
        if start > at and text[at:start].strip():
            yield "debris", at, start
        if end > start:
            yield block.role, start, end
            at = end
    if at < len(text):
        yield "debris", at, len(text)


def _by_piece(pieces: Sequence[_Piece], marks: Sequence[Mark]) -> list[list[Mark]]:
    """The marks that touch each piece. Marks are in order of their beginnings; a long one touches several pieces."""
    starts = [start for _, start, _ in pieces]
    found: list[list[Mark]] = [[] for _ in pieces]
    for mark in marks:
        first = max(0, bisect_right(starts, mark.span.start) - 1)
        for index in range(first, bisect_left(starts, mark.span.end)):
            found[index].append(mark)
    return found


def _piece_html(
    text: str,
    piece: _Piece,
    marks: Sequence[Mark],
    tags: dict[int, str],
    placed: set[str],
    remarks: Iterable[tuple[int, Remark]],
) -> str:
    role, start, end = piece
    stops = [start, *sorted(at for at in _tags_in(tags, start, end) if at > start), end]
    words = "".join(
        tags.get(left, "") + _stretch(text, left, right, marks, placed) for left, right in pairwise(stops)
    )
    # A heading that runs on into its text is not set in bold as a whole.
    name = "text" if role == "heading" and end - start > _LONGEST_HEADING else role
    body = f'<p class="{name}">{words}</p>'
    asides = "".join(
        f'<aside id="r{number}" class="note {remark.severity}"><b>{_SEVERITY[remark.severity]}</b> {escape(remark.message)}</aside>'
        for number, remark in remarks
    )
    return f'<div class="noted">{body}<div>{asides}</div></div>\n' if asides else body + "\n"


def shown(text: str, start: int, end: int) -> str:
    """A stretch of the text without the blanks that only wrap or justify its lines; tabs part cells and stay."""

    def blank(found: re.Match[str]) -> str:
        if "\t" in found.group():
            return "\t"
        left, right = start + found.start() - 1, start + found.end()
        if left < 0 or right >= len(text) or not (text[left].isascii() and text[right].isascii()):
            return ""
        return " "

    return _BLANKS.sub(blank, text[start:end].translate(_SURROGATES))


def _tags_in(tags: dict[int, str], start: int, end: int) -> Iterator[int]:
    return (
        (at for at in range(start, end) if at in tags)
        if end - start < len(tags)
        else (at for at in tags if start <= at < end)
    )


def _stretch(text: str, start: int, end: int, marks: Sequence[Mark], placed: set[str]) -> str:
    parts = []
    for left, right, over in segments(start, end, marks):
        words = escape(shown(text, left, right))
        if not over:
            parts.append(words)
            continue
        fresh = [mark.anchor for mark in over if mark.anchor and mark.anchor not in placed]
        placed.update(fresh)
        own = f' id="{fresh[0]}"' if fresh else ""
        others = "".join(f'<a id="{anchor}"></a>' for anchor in fresh[1:])
        kinds = " ".join(dict.fromkeys(kind for mark in over for kind in mark.kind.split()))
        notes = "；".join(dict.fromkeys(mark.note for mark in over if mark.note))
        parts.append(
            f'{others}<mark{own} class="{kinds}" title="{escape(notes)}" tabindex="0">{words}</mark>'
        )
    return "".join(parts)
