"""How a page answers: whole, or the part that htmx asked for."""

from collections.abc import Collection
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.encoding import escape_uri_path

from zhenggai.web.access import PageRequest


def page(
    request: PageRequest,
    template: str,
    context: dict[str, Any],
    *,
    parts: Collection[str] = (),
    status: int = 200,
) -> HttpResponse:
    """Answer with the page, or with the named part of the same template when htmx asks for one of ``parts``."""
    part = wanted_part(request, parts)
    return render(request, f"{template}#{part}" if part else template, context, status=status)


def wanted_part(request: PageRequest, parts: Collection[str]) -> str:
    """Return the part into which htmx will put the answer; empty for the whole page.

    A part is named after the element that it fills. A restored history entry is a whole page, whatever filled it last.
    """
    htmx = request.htmx
    if not htmx or htmx.boosted or htmx.history_restore_request:
        return ""
    return htmx.target if htmx.target and htmx.target in parts else ""


def attachment(content: bytes | str, content_type: str, name: str, full_name: str = "") -> HttpResponse:
    """Answer with a file to be saved, never shown by the browser itself; ``full_name`` is the Chinese one beside a plain ``name`` (RFC 8187)."""
    also = f"; filename*=UTF-8''{escape_uri_path(full_name)}" if full_name else ""
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"{also}',
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=content_type, headers=headers)
