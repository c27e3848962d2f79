"""文稿文件: an edition as files that offices and programs open, laid out by the text library from the same paragraphs as the page.

A form that cannot be made here is left out; the others are there, and the library's own sentence says what to install.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, cast

import gongwen
from gongwen.layout import Form, layout
from gongwen.models import Block, BlockRole, Span
from zhenggai.web.public.site import JSON, TEXT, Page, printable


class Offer(NamedTuple):
    """A file of an edition: its name, what it is called, its media type and its form in the library."""

    name: str
    label: str
    media_type: str
    form: Form


OFFERS = (
    Offer("edition.docx", "Word 文档", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    Offer("edition.pdf", "PDF", "application/pdf", "pdf"),
    Offer("edition.md", "Markdown", "text/markdown; charset=utf-8", "markdown"),
    Offer("edition.txt", "纯文本", TEXT, "text"),
    Offer("structure.json", "结构数据（JSON）", JSON, "json"),
)  # fmt: skip
"""In the order in which they are offered."""


@dataclass(frozen=True)
class Files:
    """The files that could be made; the names of those that could not, and for whoever runs the system why."""

    pages: Sequence[Page]
    without: Sequence[str]
    reasons: Sequence[str]


def files_of(content: Mapping[str, Any], folder: str, made: Mapping[str, Page]) -> Files:
    """The files of an edition below its folder; one that was ``made`` before is not made again."""
    pages, without, reasons = [], [], []
    bulletin: gongwen.Bulletin | None = None
    for offer in OFFERS:
        path = f"{folder}{offer.name}"
        if path in made:
            pages.append(made[path])
            continue
        bulletin = bulletin or bulletin_of(content)
        try:
            pages.append(Page(path, offer.media_type, layout(bulletin, offer.form)))
        except gongwen.GongwenError as error:
            without.append(offer.label)
            reasons.append(str(error))
    return Files(pages, without, reasons)


def bulletin_of(content: Mapping[str, Any]) -> gongwen.Bulletin:
    """An edition as the library takes it: read from its text, each paragraph in the role that the edition gives it."""
    blocks, at = [], 0
    for each in content["paragraphs"]:
        text = printable(each["text"])
        blocks.append(Block(cast("BlockRole", each["role"]), text, Span(at, at + len(text))))
        at += len(text) + 1
    read = gongwen.read("\n".join(block.text for block in blocks))
    return replace(
        read, title=printable(content["title"]), issuer=printable(content["issuer"]) or read.issuer,
        issued_on=content["issued_on"] or read.issued_on, blocks=tuple(blocks),
    )  # fmt: skip
