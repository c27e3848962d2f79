"""公开页的应答: pages as they were rendered; no session, no cookie, no log-in, one statement a page."""

import hashlib
from urllib.parse import quote

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header
from django.views.decorators.csrf import csrf_exempt

from zhenggai.bulletins.public import LONGEST_PATH, Kept
from zhenggai.web.public import keep
from zhenggai.web.public.feed import qr_code
from zhenggai.web.public.render import found_page, missing
from zhenggai.web.public.search import LONGEST, TooLong
from zhenggai.web.public.site import HTML, SVG

FRESH = "public, max-age=60"
"""How long a page may be shown without asking: an edition that is corrected is seen to be within a minute."""

_METHODS = ("GET", "HEAD")
_TAKEN = (".json", ".csv", ".docx", ".pdf", ".md", ".txt", ".py")
"""Files that are taken along rather than looked at."""

_AS_NAMED = ("edition.json", "head.json", "verify_journal.py", "dictionary.json", "dictionary.csv")
"""Files whose own name is the one by which the page speaks of them; the others get the document's before it."""


@csrf_exempt
@login_not_required
def serve(request: HttpRequest, path: str = "") -> HttpResponseBase:
    """A public page or file; ``?q=`` on the list searches."""
    request.get_host()  # refuses a host that is not ours, as everywhere
    if request.method not in _METHODS:
        return _guarded(_not_allowed())
    if path == "" and request.GET.get("q", "").strip():
        return _guarded(_search(request.GET["q"]))
    return _guarded(_answer(request, path))


def _answer(request: HttpRequest, path: str) -> HttpResponseBase:
    if not _possible(path):
        return _missing(path)
    if path.endswith("/qr.svg") and not settings.PUBLIC_URL:
        return _qr(request, path.removesuffix("qr.svg"))
    kept = keep.find(path)
    if kept is not None:
        return _served(request, path, kept)
    if path and not path.endswith("/") and keep.find(f"{path}/") is not None:
        return HttpResponsePermanentRedirect(f"{reverse('web:public')}{quote(path)}/")
    return _missing(path)


def _possible(path: str) -> bool:
    """Whether a page may stand at a path at all; what is asked for to see what happens never reaches the database."""
    return (
        len(path) <= LONGEST_PATH
        and path.isprintable()
        and not any(part.startswith(".") for part in path.split("/"))
    )


def _served(request: HttpRequest, path: str, kept: Kept) -> HttpResponseBase:
    response = HttpResponse(kept.body, content_type=kept.media_type)
    if path.endswith(_TAKEN):
        disposition = content_disposition_header(as_attachment=True, filename=_file_name(path))
        response.headers["Content-Disposition"] = disposition or "attachment"
    response.headers["ETag"] = f'"{kept.digest[:32]}"'
    response.headers["Cache-Control"] = FRESH
    answer = get_conditional_response(request, etag=response.headers["ETag"], response=response)
    assert answer is not None  # noqa: S101  # one was given
    return answer


def _file_name(path: str) -> str:
    parts = path.split("/")
    return parts[-1] if parts[-1] in _AS_NAMED else "-".join(parts)


def _qr(request: HttpRequest, page: str) -> HttpResponseBase:
    """The code of a page at the address by which it was asked for, as no other is known."""
    if keep.find(page) is None:
        return _missing(page)
    body = qr_code(request.build_absolute_uri(f"{reverse('web:public')}{quote(page)}"))
    return _served(request, f"{page}qr.svg", Kept(SVG, body, hashlib.sha256(body).hexdigest()))


def _search(written: str) -> HttpResponse:
    query = " ".join(written.replace("\x00", "").split())[: LONGEST * 4]
    context: dict[str, object] = {"query": query, "results": [], "total": 0, "more": False, "refused": ""}
    try:
        results, total = keep.index().find(query)
        context |= {"results": results, "total": total, "more": total > len(results)}
    except TooLong as refused:
        context["refused"] = str(refused)
    return _page(found_page(context))


def _missing(path: str) -> HttpResponse:
    return _page(missing(path), 404)


def _page(body: bytes, status: int = 200) -> HttpResponse:
    return HttpResponse(body, status=status, content_type=HTML, headers={"Cache-Control": "no-cache"})


def _not_allowed() -> HttpResponse:
    said = "公开页只供查看。\n"
    return HttpResponse(
        said, status=405, content_type="text/plain; charset=utf-8", headers={"Allow": ", ".join(_METHODS)}
    )


def _guarded(response: HttpResponseBase) -> HttpResponseBase:
    response.headers["X-Frame-Options"] = settings.X_FRAME_OPTIONS
    response.headers["Content-Language"] = "zh-hans"
    if isinstance(response, HttpResponse) and response.status_code != 304:  # noqa: PLR2004  # nothing follows
        response.headers["Content-Length"] = str(len(response.content))
    return response
