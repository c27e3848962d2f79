"""A draft or an edition as a file: .docx, .pdf, .html, Markdown, plain text or JSON, all from the same paragraphs."""

from collections.abc import Iterable
from typing import Any

import gongwen
from gongwen import layout
from gongwen.models import Block, Span
from zhenggai.core.errors import NotFound, Refusal

MEDIA_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "json": "application/json",
}
"""Ending of the file → media type."""

_FORMS = {"md": "markdown", "txt": "text"}


class FileNotMade(Refusal):
    """文件未能生成: something that the form needs is missing here."""

    code = "file_not_made"


def document_of(paragraphs: Iterable[tuple[str, str]], *, title: str) -> gongwen.Bulletin:
    """Paragraphs, as pairs of role and text, as the text library lays them out."""
    blocks: list[Any] = [Block(role, text, Span(0, 0)) for role, text in paragraphs]  # type: ignore[arg-type]  # the roles are the library's
    return gongwen.Bulletin(kind="其他", title=title, issuer=None, issued_on=None, blocks=tuple(blocks))


def written(document: gongwen.Bulletin, form: str, *, style: str = "gbt9704") -> bytes:
    """A document in a form of ``MEDIA_TYPES``. NotFound for any other, FileNotMade where a font or a tool is missing."""
    if form not in MEDIA_TYPES:
        raise NotFound(f"文稿没有“{form}”格式，可选：{'、'.join(MEDIA_TYPES)}。", form=form)
    if form == "json":
        # JSON says what was read, so that other programs need not read again.
        document = gongwen.read(gongwen.compose(document))
    try:
        return layout.layout(document, _FORMS.get(form, form), style=style)  # type: ignore[arg-type]  # held by MEDIA_TYPES
    except gongwen.GongwenError as error:
        raise FileNotMade(str(error), form=form) from error
