"""成页: from public editions to every page and file of the site. Deterministic: the same editions give the same bytes.

Needs no request, no session and no database: what is not in an edition cannot be on a page.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.template.loader import get_template
from django.utils import translation

from zhenggai.bulletins.public import Published
from zhenggai.web.public import tables
from zhenggai.web.public.changes import changes
from zhenggai.web.public.charts import HEIGHT, WIDTH, charts
from zhenggai.web.public.feed import feed, qr_code
from zhenggai.web.public.files import OFFERS, Files, files_of
from zhenggai.web.public.paper import blocks, marked
from zhenggai.web.public.site import (
    ATOM,
    CSS,
    CSV,
    HTML,
    JSON,
    SVG,
    TEXT,
    Page,
    Site,
    document_path,
    edition_path,
    printable,
    segment,
)
from zhenggai.web.public.words import ALGORITHMS, GRADES, SOURCES, day, grouped, moment

PAGE_SIZE = 20
"""Documents on a page of the list."""

SEARCH = ".search.json"
"""What is searched: kept beside the pages, never served."""

_WEB = Path(__file__).resolve().parent.parent
_VERIFIER = _WEB.parent / "journal" / "outside" / "verify_journal.py"
_MARK = _WEB / "static" / "web" / "mark.svg"
_STYLES = _WEB / "public" / "styles"


@dataclass(frozen=True)
class Document:
    """文稿: its editions from the first to the latest."""

    code: str
    editions: Sequence[Published]

    @property
    def latest(self) -> Published:
        """The edition that holds."""
        return self.editions[-1]


def documents(editions: Sequence[Published]) -> list[Document]:
    """The documents, the one with the newest edition first."""
    ordered = sorted(editions, key=lambda each: (each.published_at, each.code, each.number), reverse=True)
    codes = dict.fromkeys(each.code for each in ordered)
    return [
        Document(code, sorted((each for each in ordered if each.code == code), key=lambda each: each.number))
        for code in codes
    ]


def render(
    editions: Sequence[Published],
    site: Site,
    made: Mapping[str, Page] | None = None,
    notes: list[str] | None = None,
) -> Iterator[Page]:
    """成页: every page and file, each path once.

    ``made`` are pages rendered before by the same software: files that depend on nothing but their own edition are taken from there. To
    ``notes`` is added why some file could not be made, and what to install.
    """
    found = documents(editions)
    newest = [each for document in found for each in document.editions]
    newest.sort(key=lambda each: (each.published_at, each.code, each.number), reverse=True)
    with translation.override("zh-hans"):
        yield from _lists(found, site)
        for document in found:
            yield from _document(document, site, made or {}, [] if notes is None else notes)
        yield _page(
            "dictionary/", "dictionary", {"columns": tables.dictionary_rows(), "tables": tables.TABLES}, site
        )
    yield Page("dictionary.json", JSON, tables.dictionary_json())
    yield Page("dictionary.csv", CSV, tables.dictionary_csv())
    yield Page("feed.xml", ATOM, feed(newest, site))
    yield Page("verify_journal.py", TEXT, _VERIFIER.read_bytes())
    yield Page("style.css", CSS, b"\n".join(file.read_bytes() for file in sorted(_STYLES.glob("*.css"))))
    yield Page("mark.svg", SVG, _MARK.read_bytes())
    if site.live:
        yield Page(SEARCH, JSON, _searched(found))


def missing(path: str) -> bytes:
    """The page that says that there is nothing at a path."""
    with translation.override("zh-hans"):
        return _page(path, "missing", {}, Site()).body


def found_page(context: Mapping[str, Any]) -> bytes:
    """The page with the results of a search."""
    with translation.override("zh-hans"):
        return _page("", "search", context, Site()).body


# --- lists -------------------------------------------------------------------------------------------------------------------------------


def _lists(found: Sequence[Document], site: Site) -> Iterator[Page]:
    pages = [found[at : at + PAGE_SIZE] for at in range(0, len(found), PAGE_SIZE)] or [[]]
    for number, shown in enumerate(pages, 1):
        context = {
            "entries": [entry(document.latest, len(document.editions)) for document in shown],
            "number": number,
            "pages": len(pages),
            "total": len(found),
            "before": _list_path(number - 1) if number > 1 else None,
            "after": _list_path(number + 1) if number < len(pages) else None,
        }
        yield _page(_list_path(number), "list", context, site)


def _list_path(number: int) -> str:
    return f"page/{number}/" if number > 1 else ""


def entry(each: Published, editions: int = 1) -> dict[str, Any]:
    """An edition as a line of a list."""
    content = each.content
    return {
        "path": document_path(each.code),
        "title": printable(content["title"]),
        "kind": printable(content["kind_name"]),
        "issuer": printable(content["issuer"]),
        "day": day(content["published_on"]),
        "iso": content["published_on"],
        "number": each.number,
        "editions": editions,
        "figures": len(content["figures"]),
        "closures": len(content["closures"]),
        "correction": printable(content["correction"]),
    }


def _searched(found: Sequence[Document]) -> bytes:
    said = [
        {
            "path": edition_path(each.code, each.number),
            "title": printable(each.content["title"]),
            "number": each.number,
            "day": day(each.content["published_on"]),
            "latest": each is document.latest,
            "paragraphs": [printable(p["text"]) for p in each.content["paragraphs"]],
        }
        for document in found
        for each in reversed(document.editions)
    ]
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


# --- one document ------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Shown:
    """One edition with what stands around it."""

    document: Document
    each: Published
    before: Published | None
    files: Files

    @property
    def here(self) -> str:
        return edition_path(self.each.code, self.each.number)


def _document(document: Document, site: Site, made: Mapping[str, Page], notes: list[str]) -> Iterator[Page]:
    befores = [None, *document.editions[:-1]]
    for each, before in zip(document.editions, befores, strict=True):
        shown = _Shown(
            document, each, before, files_of(each.content, edition_path(each.code, each.number), made)
        )
        notes += shown.files.reasons
        context = _told(shown, site)
        yield _page(shown.here, "edition", context, site)
        if each is document.latest:
            yield _page(document_path(document.code), "edition", context, site)
        if before is not None:
            yield _page(f"{shown.here}changes/", "changes", context, site)
        yield _page(f"{shown.here}check/", "check", context, site)
        yield from _data(shown, site)
        yield from shown.files.pages


def _data(shown: _Shown, site: Site) -> Iterator[Page]:
    each, here = shown.each, shown.here
    for table in tables.TABLES:
        yield Page(f"{here}{table.name}.json", JSON, tables.as_json(table, each.content))
        yield Page(f"{here}{table.name}.csv", CSV, tables.as_csv(table, each.content))
    if each.package:
        yield Page(f"{here}edition.json", JSON, each.package.encode("utf-8", "replace"))
        yield Page(f"{here}head.json", JSON, tables.dumped(json.loads(each.package)["head"]))
    if site.base_url:
        yield Page(f"{here}qr.svg", SVG, qr_code(site.absolute(here)))


def _told(shown: _Shown, site: Site) -> dict[str, Any]:
    """Everything that the pages of an edition say."""
    content, document, each = shown.each.content, shown.document, shown.each
    figures = figures_of(content)
    drawn = charts(content)
    return {
        "here": shown.here,
        "document_path": document_path(each.code),
        "title": printable(content["title"]),
        "kind": printable(content["kind_name"]),
        "issuer": printable(content["issuer"]),
        "code": printable(each.code),
        "number": each.number,
        "published_on": day(content["published_on"]),
        "digest": each.digest,
        "algorithm": ALGORITHMS.get(each.algorithm, each.algorithm),
        "head": _head(each),
        "verifier": hashlib.sha256(_VERIFIER.read_bytes()).hexdigest(),
        "blocks": blocks(content),
        "has_title": any(p["role"] == "title" for p in content["paragraphs"]),
        "figures": figures,
        "bound": len(figures) - int(content["waived"]),
        "waived": int(content["waived"]),
        "sources": list(SOURCES.values()),
        "charts": drawn,
        "width": WIDTH,
        "height": HEIGHT,
        "closures": closures_of(content),
        "approvals": [
            {"step": printable(step["step"]), "unit": printable(step["unit"]), "day": day(step["on"])}
            for step in content["approvals"]
        ],
        "inspection": {key: day(printable(value)) for key, value in content["inspection"].items()},
        "correction": printable(content["correction"]),
        "before": shown.before and edition_path(each.code, shown.before.number),
        "replaces": content["replaces"],
        "changes": changes(shown.before.content, content) if shown.before else None,
        "later": _later(document, each),
        "editions": [_version(one) | {"current": one is each} for one in reversed(document.editions)],
        "files": [
            offer
            for offer in OFFERS
            if any(page.path == shown.here + offer.name for page in shown.files.pages)
        ],
        "without": shown.files.without,
        "tables": tables.TABLES,
        "stem": f"{segment(each.code)}-{each.number}",
        "shows_qr": site.shows_qr,
        "address": site.absolute(shown.here),
    }


def _version(one: Published) -> dict[str, Any]:
    content = one.content
    return {
        "path": edition_path(one.code, one.number),
        "number": one.number,
        "day": day(content["published_on"]),
        "correction": printable(content["correction"]),
        "digest": one.digest,
    }


def _later(document: Document, each: Published) -> dict[str, Any] | None:
    """What holds now, if it is not this edition; the correction is the one that replaced this edition."""
    if each is document.latest:
        return None
    following = next(one for one in document.editions if one.number > each.number)
    return _version(document.latest) | {"correction": printable(following.content["correction"])}


def _head(each: Published) -> dict[str, str] | None:
    """Of the signed head in the package: how many entries it covers, when it was made, by which key."""
    if not each.package:
        return None
    head = json.loads(each.package)["head"]
    said = {name: printable(head.get(name, "")) for name in ("size", "at", "root", "key")}
    return said | {"at": moment(said["at"])}


def figures_of(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The figures in the words of the page."""
    placed = marked(content)
    return [
        {
            "n": each["n"],
            "text": printable(each["text"]),
            "label": printable(each["label"]),
            "value": grouped(printable(each["value"])),
            "unit": printable(each["unit"]),
            "period": printable(each["period"]),
            "as_of": day(printable(each["as_of"])),
            "waived": each["source"] == "waived",
            "source": SOURCES.get(each["source"], (printable(each["source"]), "")),
            "definition": printable(each["definition"]),
            "evidence": [printable(digest) for digest in each["evidence"]],
            "reason": printable(each["reason"]),
            "marked": each["n"] in placed,
        }
        for each in content["figures"]
    ]


def closures_of(content: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The closures in the words of the page."""
    return [
        {
            "number": each["number"],
            "cycle": each["cycle"],
            "title": printable(each["title"]),
            "grade": GRADES.get(each["grade"], printable(each["grade"])),
            "day": day(printable(each["closed_on"])),
            "digest": printable(each["closure_digest"]),
            "evidence": [printable(digest) for digest in each["evidence"]],
        }
        for each in content["closures"]
    ]


# --- writing -----------------------------------------------------------------------------------------------------------------------------


def _page(path: str, template: str, context: Mapping[str, Any], site: Site) -> Page:
    """Render a template; ``to`` in it gives the relative address of a path."""
    said = {**context, "site": site, "path": path}
    return Page(path, HTML, _squeezed(get_template(f"public/{template}.html").render(said)))


def _squeezed(text: str) -> bytes:
    """Without the blank lines and indents that templates leave; inside a line nothing is touched."""
    lines = (line.strip(" \t\r") for line in text.split("\n"))
    return ("\n".join(line for line in lines if line) + "\n").encode("utf-8", "replace")
