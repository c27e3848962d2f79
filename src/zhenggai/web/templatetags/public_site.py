"""公开页的链接: relative addresses between the public pages."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from zhenggai.web.public.changes import Piece
from zhenggai.web.public.paper import Run

register = template.Library()


@register.simple_tag(takes_context=True)
def to(context: template.Context, *parts: Any) -> str:
    """The relative address of a path of the site, given in parts, from the page that is being written."""
    address: str = context["site"].link(context["path"], "".join(map(str, parts)))
    return address


@register.filter
def runs(pieces: Sequence[Run]) -> SafeString:
    """Text with its figures as links to what is known of them; nothing between two pieces, as Chinese has no blanks."""
    return format_html_join("", "{}", ((_run(piece),) for piece in pieces))


def _run(piece: Run) -> SafeString | str:
    if not piece.figure:
        return piece.text
    look = "figure waived" if piece.waived else "figure"
    return format_html(
        '<a class="{}" id="t{}" href="#f{}">{}</a>', look, piece.figure, piece.figure, piece.text
    )


@register.filter
def differences(pieces: Sequence[Piece]) -> SafeString:
    """What changed within a text: added and removed, also for who does not see colours."""
    tags = {"added": "<ins>{}</ins>", "removed": "<del>{}</del>", "same": "{}"}
    return format_html_join("", "{}", ((format_html(tags[piece.kind], piece.text),) for piece in pieces))


@register.filter
def found(pieces: Sequence[tuple[bool, str]]) -> SafeString:
    """An excerpt with the words that were looked for."""
    return format_html_join(
        "", "{}", ((format_html("<mark>{}</mark>", text) if hit else text,) for hit, text in pieces)
    )
