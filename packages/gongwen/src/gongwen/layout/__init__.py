"""排版 `layout(bulletin, form)`: an official document as .docx, .pdf or .html out of a Bulletin, and Markdown, JSON or plain text beside them.

    from gongwen import Bulletin, Span, Section, layout …

A bulletin comes from `gongwen.read`, or is built by hand as `gongwen.compose` takes it: with `blocks`, or with title, sections, findings and signature only.

Guarantees
1. Reading what was laid out gives back all findings, measures, quantities and citations, in every form.
2. The same bulletin in the same style is the same file, byte for byte (for .pdf with the same fonts).
3. Any text can be laid out: what no file can hold is left out or replaced, nothing in it is markup.
4. What cannot be done is a `GongwenError` that says what to install or to change, and what still works.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from typing import Literal, get_args

from gongwen.compose import compose
from gongwen.layout.faces import Face, FontReport, fonts
from gongwen.layout.marks import Mark, marks_by_block
from gongwen.layout.plan import blocks_of, planned
from gongwen.layout.style import Style, load_style, styles
from gongwen.layout.typeset import pdf_bytes
from gongwen.layout.web import body_html, page_html
from gongwen.layout.websheet import STYLESHEET
from gongwen.layout.word import docx_bytes
from gongwen.models import Bulletin

__all__ = [
    "FORMS",
    "STYLESHEET",
    "Face",
    "FontReport",
    "Form",
    "Mark",
    "Style",
    "StyleName",
    "blocks_of",
    "docx",
    "fonts",
    "html",
    "html_body",
    "layout",
    "load_style",
    "pdf",
    "styles",
]

Form = Literal["docx", "pdf", "html", "markdown", "json", "text"]
FORMS: tuple[Form, ...] = get_args(Form)
StyleName = Style | str | os.PathLike[str]
DEFAULT_STYLE = "gbt9704"
# A file with one of them is no text.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def layout(
    bulletin: Bulletin, form: Form, *, style: StyleName = DEFAULT_STYLE, marks: Iterable[Mark] = ()
) -> bytes:
    """排版: the file's bytes; text forms are UTF-8.

    `style` is the name of one of `styles()`, the path of a .toml file or a `Style`. `marks` become links in .html; paper and plain text have none.
    Raises `BadStyleError`, `BadMarkError`, and for .pdf `MissingTypesetterError`, `MissingFontError`; `ValueError` for a form that is none.
    """
    if form == "docx":
        return docx(bulletin, style=style)
    if form == "pdf":
        return pdf(bulletin, style=style)
    if form == "html":
        return html(bulletin, style=style, marks=marks)
    if form == "json":
        return (json.dumps(_encodable(bulletin.as_dict()), ensure_ascii=False, indent=1) + "\n").encode()
    if form in ("markdown", "text"):
        return _utf8(_CONTROLS.sub("", compose(bulletin, form=form)))
    raise ValueError(f"没有“{form}”这种格式，可选：{'、'.join(FORMS)}")


def docx(bulletin: Bulletin, *, style: StyleName = DEFAULT_STYLE) -> bytes:
    """Word 文档. Raises `BadStyleError`."""
    return docx_bytes(planned(bulletin), load_style(style))


def pdf(bulletin: Bulletin, *, style: StyleName = DEFAULT_STYLE) -> bytes:
    """PDF/A-2b with embedded fonts. Raises `BadStyleError`, `MissingTypesetterError`, `MissingFontError`."""
    return pdf_bytes(planned(bulletin), load_style(style))


def html(bulletin: Bulletin, *, style: StyleName = DEFAULT_STYLE, marks: Iterable[Mark] = ()) -> bytes:
    """A page that stands alone, with its style on screen and on paper. Raises `BadStyleError`, `BadMarkError`."""
    blocks = blocks_of(bulletin)
    return page_html(planned(bulletin), load_style(style), blocks, marks_by_block(marks, blocks)).encode()


def html_body(bulletin: Bulletin, *, style: StyleName = DEFAULT_STYLE, marks: Iterable[Mark] = ()) -> str:
    """Only `<article class="gongwen">…</article>`, for a page that brings `STYLESHEET` itself. Raises `BadStyleError`, `BadMarkError`."""
    blocks = blocks_of(bulletin)
    return body_html(planned(bulletin), load_style(style), blocks, marks_by_block(marks, blocks))


def _utf8(words: str) -> bytes:
    """Half of a surrogate pair, which no encoding has, becomes U+FFFD."""
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode()


def _encodable(said: object) -> object:
    if isinstance(said, dict):
        return {key: _encodable(value) for key, value in said.items()}
    if isinstance(said, list):
        return [_encodable(value) for value in said]
    return _utf8(said).decode() if isinstance(said, str) else said
