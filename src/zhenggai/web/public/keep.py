"""存页: the rendered pages in the database, and how they are known to be those of the editions that are there.

Editions are only ever added, so the keys of the newest edition and package, together with the software and the address of the site, tell whether
the kept pages are right. A page is read together with these keys in one statement; whoever sees that they have moved renders anew.
"""

import hashlib
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import transaction

import gongwen
from zhenggai.bulletins import public
from zhenggai.bulletins.public import Kept, Newest
from zhenggai.web.public.files import OFFERS
from zhenggai.web.public.render import SEARCH, render
from zhenggai.web.public.search import Index
from zhenggai.web.public.site import JSON, Page, Site
from zhenggai.web.public.tables import dumped

STAMP = ".stamp.json"
"""Under which path is kept for what the pages were rendered; never served."""

_WEB = Path(__file__).resolve().parent.parent
_SOURCES = (
    (_WEB / "public", "*.py"), (_WEB / "templates" / "public", "*.html"), (_WEB / "templatetags", "public_site.py"),
    (_WEB / "static" / "web", "*.svg"), (_WEB / "public" / "styles", "*.css"),
    (_WEB.parent / "journal" / "outside", "*.py"), (_WEB.parent / "bulletins", "merging.py"), (_WEB, "cutting.py"),
    (Path(gongwen.__file__).parent, "**/*.*"),
)  # fmt: skip
_TRIES = 5


@dataclass(frozen=True)
class Refreshed:
    """What a rendering changed: pages in all, pages written, pages taken away; ``notes`` say what could not be made, and what to install."""

    pages: int
    written: int
    removed: int
    notes: tuple[str, ...] = ()


class _Known:
    """What this process has seen: for which editions the kept pages are right, and the index of the search."""

    newest: Newest | None = None
    search: tuple[str, Index] | None = None


def find(path: str) -> Kept | None:
    """The page at a path, or None. One statement while nothing is new; if something is, pages are rendered first."""
    found = public.kept_page(path)
    if found is None or found[1] != _Known.newest:
        newest = public.newest()
        if _stamp(newest) != _kept_stamp():
            refresh()
            newest = public.newest()
        _Known.newest = newest
        found = public.kept_page(path)
    return found[0] if found else None


def index() -> Index:
    """What is searched; built anew when the pages were."""
    kept = find(SEARCH)
    if kept is None:
        return Index([])
    if _Known.search is None or _Known.search[0] != kept.digest:
        _Known.search = (kept.digest, Index(json.loads(kept.body)))
    return _Known.search[1]


def refresh() -> Refreshed:
    """重新成页: render every page from the editions and keep what differs; called after an edition was added, and by whoever finds that it was not.

    Rendering happens outside the transaction; if an edition was added meanwhile, it is done again. Any number of processes may do it at once.
    """
    for _ in range(_TRIES):
        newest = public.newest()
        stamp = Page(STAMP, JSON, _stamp(newest))
        pages, notes = _rendered()
        pages[STAMP] = stamp
        kept = {path: Kept(page.media_type, page.body, page.digest) for path, page in pages.items()}
        with transaction.atomic():
            if public.newest() == newest:
                written, removed = public.keep_pages(kept)
                return Refreshed(len(pages), written, removed, notes)
    raise RuntimeError("editions were added faster than they could be rendered")


def _rendered() -> tuple[dict[str, Page], tuple[str, ...]]:
    made: dict[str, Page] = {}
    if _software() == _said(_kept_stamp()).get("software"):
        files = public.kept_pages(offer.name for offer in OFFERS)
        made = {path: Page(path, media_type, body) for path, (media_type, body) in files.items()}
    notes: list[str] = []
    pages = render(public.published(), Site(settings.PUBLIC_URL), made, notes)
    return {page.path: page for page in pages if len(page.path) <= public.LONGEST_PATH}, tuple(
        dict.fromkeys(notes)
    )


def _stamp(newest: Newest) -> bytes:
    said = {
        "edition": newest.edition,
        "package": newest.package,
        "software": _software(),
        "address": settings.PUBLIC_URL,
    }
    return dumped(said)


def _kept_stamp() -> bytes:
    found = public.kept_page(STAMP)
    return found[0].body if found else b"{}"


def _said(stamp: bytes) -> dict[str, object]:
    said: dict[str, object] = json.loads(stamp)
    return said


@cache
def _software() -> str:
    """Digest of everything that makes a page out of an edition, so that another version of it renders anew."""
    digest = hashlib.sha256()
    for folder, pattern in _SOURCES:
        for file in sorted(folder.glob(pattern)):
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(
                    file.relative_to(folder).as_posix().encode() + b"\0" + file.read_bytes() + b"\0"
                )
    return digest.hexdigest()
