"""PDF: set by typst from the same plan; fonts embedded, PDF/A-2b, headings tagged and in the outline.

Guarantees
1. Words reach typst as JSON strings: no sign in them is markup.
2. 22 lines of 28 characters: a line's box is as high as the style's distance of lines, a character as wide as its part of the line.
3. The same bulletin, style and fonts give the same file, dated on the day of issue; no author.
4. Text can be selected and extracted; reading it back gives the paragraphs and rows of the plan.

Promised is PDF/A-2b as far as typst checks it, where the fonts have every sign; `MissingFontError` and `MissingTypesetterError` say what to install and what still works.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any, Literal, cast

from gongwen.layout.columns import Columns
from gongwen.layout.faces import chain, families, latin_chain, typesetter_fonts
from gongwen.layout.plan import Paragraph, Part, Plan, Table, turned_runs
from gongwen.layout.signing import signing_indents
from gongwen.layout.style import Style
from gongwen.layout.titles import title_lines
from gongwen.layout.wordparts import TITLE_PITCH

_BLANK_IN_NUMBER = re.compile(r"(?<=\d) (?=\d)")
_STANDARD: Literal["a-2b"] = "a-2b"
_FRONT = ("title", "subtitle", "number")


@cache
def _template() -> bytes:
    return (Path(__file__).parent / "official.typ").read_bytes()


def pdf_bytes(plan: Plan, style: Style) -> bytes:
    """The file. Raises `MissingTypesetterError`, `MissingFontError`."""
    found = families()
    given = {
        "title": plan.title,
        "latin": latin_chain(style.text.latin, found),
        "style": _measures(style, found),
        "runs": list(_runs(plan, style)),
    }
    from typst import Compiler, TypstError  # noqa: PLC0415  (an extra; `families` has refused without it)

    compiler = Compiler(
        font_paths=typesetter_fonts(), sys_inputs={"given": json.dumps(given, ensure_ascii=False)}
    )
    made = functools.partial(compiler.compile, _template(), format="pdf", timestamp=_seconds(plan.issued_on))
    try:
        data = made(pdf_standards=[_STANDARD])
    except TypstError:
        # A sign that no font on the machine has is against the standard: the file keeps it, and is a plain PDF.
        data = made()
    return cast("bytes", data)


def _seconds(issued_on: str | None) -> int:
    """When the file says it was made: on the day of issue; PDF/A demands a date, and a document without one has the epoch's."""
    try:
        day = date.fromisoformat(issued_on or "")
    except ValueError:
        return 0
    return max(0, int(datetime.combine(day, time(), UTC).timestamp()))


def _measures(style: Style, found: frozenset[str]) -> dict[str, Any]:
    """The style as the template wants it."""

    def face(name: str, part: str, *, bold: bool = False) -> dict[str, Any]:
        names, is_bold = chain(name, part, found)
        return {"names": names, "bold": bold or is_bold}

    page, title, number, table = style.page, style.title, style.page_number, style.table
    return {
        "page": {
            "width": page.width_mm, "height": page.height_mm, "top": page.top_mm, "bottom": page.bottom_mm,
            "left": page.left_mm, "right": page.right_mm,
        },
        "pitch": style.pitch_pt,
        "size": style.text.size_pt,
        "character": style.character_pt,
        "tracking": style.tracking_pt,
        "indent": style.text.indent_characters,
        "text": face(style.text.font, "text"),
        "title": {
            "face": face(title.font, "title"), "size": title.size_pt,
            "pitch": max(style.pitch_pt, TITLE_PITCH * title.size_pt),
        },
        "levels": {
            level: face(said.font, "head" if level == "1" else "text", bold=said.bold)
            for level, said in style.heading.items()
        },
        "number": {
            "face": face(number.font, "text"), "size": number.size_pt, "place": number.place, "below": number.below_mm,
        },
        "table": {
            "face": face(table.font, "text"), "head": face(table.head_font, "head"),
        },
    }  # fmt: skip


def _runs(plan: Plan, style: Style) -> Iterator[dict[str, Any]]:
    for turned, parts in turned_runs(plan.parts, style.table.wide_columns):
        yield {"turned": turned, "parts": list(_parts(parts, style, turned=turned))}


def _parts(parts: tuple[Part, ...], style: Style, *, turned: bool) -> Iterator[dict[str, Any]]:
    wanted = style.table.wide_size_pt if turned else style.table.size_pt
    columns = Columns(parts, wanted, style.text_height_pt if turned else style.text_width_pt)
    above: Part | None = None
    at = 0
    while at < len(parts):
        part = parts[at]
        is_front = isinstance(part, Paragraph) and part.kind in _FRONT
        if isinstance(above, Paragraph) and above.kind in _FRONT and not is_front:
            yield {"kind": "blank", "lines": style.title.blank_lines_after}
        if isinstance(part, Table):
            if isinstance(above, Table):  # else their rules would make one table of them
                yield {"kind": "blank", "lines": 1}
            yield _table(part, *columns.of(part))
        elif part.kind in ("issuer", "date"):
            lines = list(_signed(parts, at, style))
            yield {"kind": "blank", "lines": style.signature.blank_lines_before}
            yield {"kind": "signed", "lines": lines}
            at += len(lines) - 1
        else:
            yield _paragraph(part, style)
        above = parts[at]
        at += 1


def _table(table: Table, shares: tuple[float, ...], size: float) -> dict[str, Any]:
    rows = [list(map(_unparted, row.cells)) for row in table.rows]
    return {"kind": "table", "headed": table.headed, "shares": shares, "size": size, "rows": rows}


def _unparted(words: str) -> str:
    """No line ends at the blank within a number such as 0971 8276235: it would be read as one."""
    return _BLANK_IN_NUMBER.sub("\u00a0", words)


def _signed(parts: tuple[Part, ...], at: int, style: Style) -> Iterator[dict[str, Any]]:
    """Issuers and dates that follow one another."""
    indents: tuple[float, float] | None = None
    while at < len(parts):
        part = parts[at]
        if not isinstance(part, Paragraph) or part.kind not in ("issuer", "date"):
            return
        right: float = indents[1] if indents else style.signature.right_characters
        indents = None
        if part.kind == "issuer":
            indents = signing_indents(parts, at, style.signature.right_characters)
            right = indents[0] if indents else right
        yield {"right": right, "words": _unparted(part.text)}
        at += 1


def _paragraph(part: Paragraph, style: Style) -> dict[str, Any]:
    if part.kind == "title":
        most = int(style.text_width_pt / style.title.size_pt)
        return {"kind": "title", "lines": title_lines(part.text.strip(), most, shape=style.title.shape)}
    if part.kind in ("subtitle", "number"):
        return {"kind": "front", "words": _unparted(part.text)}
    if part.kind == "heading" and not part.head:
        return {"kind": "heading", "level": min(max(part.level, 1), 4), "words": _unparted(part.text)}
    if part.kind == "annex":
        return {"kind": "annex", "head": part.head, "words": _unparted(part.text)}
    level = str(min(max(part.level, 1), 4))
    return {
        "kind": "text",
        "level": level,
        "head": _unparted(part.text[: part.head]),
        "words": _unparted(part.text[part.head :]),
    }
