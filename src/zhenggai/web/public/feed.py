"""订阅与二维码: the feed of editions (Atom), and the code that leads from paper to the page. Plain Python."""

import io
import uuid
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

import segno

from zhenggai.bulletins.public import Published
from zhenggai.web.public.site import Site, edition_path, printable

LONGEST = 50
"""So many of the newest editions stand in the feed."""

_SPACE = uuid.UUID("5c0f1c5e-6d4c-5b7e-9f6a-2f0a8d1b7c11")
"""Of our identifiers: an edition keeps its own wherever the pages are served."""


def feed(editions: Sequence[Published], site: Site) -> bytes:
    """The newest editions as Atom (RFC 4287), newest first."""
    shown = editions[:LONGEST]
    whose = uuid.uuid5(_SPACE, site.base_url or "public")
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">',
        "<title>整改情况公开</title>",
        f"<id>urn:uuid:{whose}</id>",
        f"<updated>{_moment(shown[0]) if shown else '1970-01-01T00:00:00Z'}</updated>",
        "<author><name>整改情况公开</name></author>",
        f'<link rel="self" href={_href(site, "feed.xml")}/>',
        f'<link rel="alternate" type="text/html" href={_href(site, "")}/>',
        *(line for each in shown for line in _entry(each, site)),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _entry(each: Published, site: Site) -> list[str]:
    content = each.content
    said = content["correction"] or next(
        (p["text"] for p in content["paragraphs"] if p["role"] == "text"), ""
    )
    title = f"{content['title']}（第{each.number}版）" if each.number > 1 else content["title"]
    return [
        "<entry>",
        f"<id>urn:uuid:{uuid.uuid5(_SPACE, f'{each.code}/{each.number}/{each.digest}')}</id>",
        f"<title>{_text(title)}</title>",
        f"<updated>{_moment(each)}</updated>",
        f"<author><name>{_text(content['issuer'] or '整改情况公开')}</name></author>",
        f"<category term={quoteattr(printable(content['kind_name']))}/>",
        f'<link rel="alternate" type="text/html" href={_href(site, edition_path(each.code, each.number))}/>',
        f"<summary>{_text(said[:200])}</summary>",
        "</entry>",
    ]


def _moment(each: Published) -> str:
    return each.published_at.isoformat(timespec="seconds")


def _text(value: object) -> str:
    return escape(printable(value))


def _href(site: Site, path: str) -> str:
    return quoteattr(site.absolute(path) or site.link("feed.xml", path))


def qr_code(address: str) -> bytes:
    """An address as a QR code, dark on white with its quiet zone, for screen and paper."""
    out = io.BytesIO()
    segno.make(address, error="m").save(
        out, kind="svg", scale=4, border=4, dark="#1c2733", light="#ffffff", title=address
    )
    return out.getvalue()
