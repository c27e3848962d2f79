"""The document as HTML. Plain Python: strings in, a string out; everything from the text is escaped.

1. Every character of the window's text stands in the HTML once and in order, except blanks.
2. Blanks that only wrap or justify lines are left out; those that part words, figures or cells stay, as one space.
3. Each mark is named on every segment under it (``data-items``), and ``m-KEY`` is the place of its first one.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from zhenggai.web.desk.marks import Mark, Segment, by_piece, segments
from zhenggai.web.desk.paper import Piece

_BLANKS = re.compile(r"\s+")
_SURROGATE = re.compile("[\ud800-\udfff]")

CONTAINERS = frozenset({"area", "finding", "measure"})
"""Kinds that hold others: shown by a label where they begin, and by a line beside them; their text stays free for what stands in it."""

_WIDE = frozenset({"area", "finding"})
"""Kinds that fill the page when they are chosen, and so are coloured lightly."""

_TOLD = frozenset({"figure"})
"""Kinds of item whose note is shown over the text: what a figure counts is not in the figure itself."""

_PARTED = frozenset({"row", "contact", "signature"})
"""Roles in which a wide blank parts cells or lines."""


@dataclass(frozen=True)
class Ink:
    """How items are named and where they lead: ``label`` of a kind in the reader's language, ``href`` of an item, and the chosen one."""

    label: Callable[[str], str]
    href: Callable[[int], str]
    chosen: int | None = None


@dataclass
class _Done:
    """Addresses that the page already has, and items that already have their link."""

    placed: set[str] = field(default_factory=set)
    linked: set[int | None] = field(default_factory=set)


def window_html(
    text: str,
    pieces: Sequence[Piece],
    marks: Iterable[Mark],
    ink: Ink,
    beside: Mapping[int, str] | None = None,
) -> str:
    """The pieces of a window with the marks that touch them; ``beside`` is HTML that stands beside a piece, by its index."""
    shared = by_piece([(piece.start, piece.end) for piece in pieces], marks)
    done = _Done()
    parts = []
    depth = 2
    for index, (piece, over) in enumerate(zip(pieces, shared, strict=True)):
        if piece.role == "title":
            depth = 3
        elif piece.role == "heading":
            # A level is never skipped, whatever the document does.
            depth = min(piece.level + 2, depth + 1, 6)
        html = _piece_html(text, piece, over, ink, done, depth)
        noted = (beside or {}).get(index)
        parts.append(
            f'<div class="noted">{html}<div class="notes-beside">{noted}</div></div>\n' if noted else html
        )
    return "".join(parts)


def _piece_html(text: str, piece: Piece, over: Sequence[Mark], ink: Ink, done: _Done, depth: int) -> str:
    def stretch(start: int, end: int) -> str:
        return "".join(
            _segment_html(text, piece, segment, ink, done) for segment in segments(start, end, over)
        )

    name = _piece_class(piece, over)
    if piece.role not in ("title", "heading"):
        return f'<p class="{name}">{stretch(piece.start, piece.end)}</p>\n'
    if piece.role == "title" or piece.lead >= piece.end:
        return f'<h{depth} class="{name}">{stretch(piece.start, piece.end)}</h{depth}>\n'
    lead = f'<h{depth} class="lead">{stretch(piece.start, piece.lead)}</h{depth}>'
    return f'<div class="{name} p-runin">{lead}{stretch(piece.lead, piece.end)}</div>\n'


def _piece_class(piece: Piece, marks: Sequence[Mark]) -> str:
    """Class of a piece: its role, its level, and what it stands in."""
    inside = {f"in-{mark.kind}" for mark in marks if mark.kind in CONTAINERS}
    level = [f"level-{piece.level}"] if piece.level else []
    return " ".join([f"p-{piece.role}", *level, *sorted(inside)])


def _segment_html(text: str, piece: Piece, segment: Segment, ink: Ink, done: _Done) -> str:
    words = escape(shown(text, segment.start, segment.end, parted=piece.role in _PARTED))
    if not segment.marks:
        return words
    items = [mark for mark in segment.marks if mark.item is not None]
    inner = items[-1] if items else None
    link = inner is not None and inner.kind not in CONTAINERS and inner.item not in done.linked
    fresh = [mark for mark in segment.marks if mark.anchor and mark.anchor not in done.placed]
    done.placed.update(mark.anchor for mark in fresh)
    places = "".join(_place(mark, ink) for mark in fresh if not (link and mark is inner))
    attributes = _attributes(segment.marks, items, ink)
    if not link or inner is None:
        return f"{places}<span{attributes}>{words}</span>"
    done.linked.add(inner.item)
    own = f' id="{inner.anchor}"' if inner in fresh else ""
    return f"{places}<a{own} {_target(inner, ink)}{attributes}>{words}</a>"


def _target(mark: Mark, ink: Ink) -> str:
    """Where a link to an item leads, and whether it is the chosen one."""
    current = ' aria-current="true"' if mark.item == ink.chosen else ""
    return f'data-item="{mark.item}" href="{escape(ink.href(mark.item or 0))}"{current}'


def _place(mark: Mark, ink: Ink) -> str:
    """Where an item begins: a label for one that holds others, else only an address."""
    if mark.kind not in CONTAINERS:
        return f'<span id="{mark.anchor}"></span>'
    label = escape(ink.label(mark.kind))
    # The label is an attribute, shown by the style sheet: whoever copies the text gets the text.
    return (
        f'<a id="{mark.anchor}" class="chip chip-{mark.kind}" data-chip="{label}" '
        f'aria-label="{label} {escape(mark.note)}" {_target(mark, ink)}></a>'
    )


def _attributes(marks: Sequence[Mark], items: Sequence[Mark], ink: Ink) -> str:
    classes = sorted({f"m-{mark.kind}" for mark in marks})
    classes += [
        "is-within" if mark.kind in _WIDE else "is-chosen" for mark in items if mark.item == ink.chosen
    ]
    told = (mark.note for mark in marks if mark.note and (mark.item is None or mark.kind in _TOLD))
    notes = "；".join(dict.fromkeys(told))
    named = f' data-items="{" ".join(str(mark.item) for mark in items)}"' if items else ""
    titled = f' title="{escape(notes)}"' if notes else ""
    return f' class="{" ".join(classes)}"{named}{titled}'


def shown(text: str, start: int, end: int, *, parted: bool = False) -> str:
    """A stretch of the text as it is shown: without the blanks that only wrap or justify its lines."""

    def blank(found: re.Match[str]) -> str:
        left, right = start + found.start() - 1, start + found.end()
        if left < 0 or right >= len(text):
            return ""
        return " " if _parts(text[left], text[right], found.group(), parted=parted) else ""

    return _BLANKS.sub(blank, _SURROGATE.sub("\ufffd", text[start:end]))


def _parts(left: str, right: str, blanks: str, *, parted: bool) -> bool:
    """Whether blanks part two words: Western letters, or two figures on one line, or the cells of a row."""
    if parted and (len(blanks) > 1 or "\t" in blanks):
        return True
    if not (left.isascii() and right.isascii()) or left.isspace() or right.isspace():
        return False
    return not (left.isdigit() and right.isdigit() and "\n" in blanks)
