"""下载: the headers under which a kept file is handed out, so that no browser runs or shows it as ours. Plain Python."""

import re
from urllib.parse import quote

from zhenggai.evidence.kinds import KINDS

_SERVED = frozenset(kind.media_type for kind in KINDS.values())
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9 ._()-]+")
_LONGEST = 150
"""Of the plain form; some proxies cut headers."""


def served_type(media_type: str) -> str:
    """The media type of a kind that we keep, else that of bytes about which nothing is said. Text says no character set: it may be GB18030."""
    return media_type if media_type in _SERVED else "application/octet-stream"


def disposition(name: str) -> str:
    """Value of Content-Disposition: an attachment under its name, Chinese included (RFC 6266, RFC 8187), with a plain form for old programs."""
    clean = _UNSEEN.sub("", name.replace("\\", "/").rpartition("/")[2]).strip(" .") or "file"
    stem, dot, ending = clean.rpartition(".")
    plain = _NOT_PLAIN.sub("_", stem or ending)[:_LONGEST].strip() + (
        _NOT_PLAIN.sub("_", dot + ending) if stem else ""
    )
    if plain == clean:
        return f'attachment; filename="{plain}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(clean, safe='')}"


def headers(name: str, media_type: str) -> dict[str, str]:
    """Every header of a download: type, name, and that the type is meant and nothing in it may run."""
    return {
        "Content-Type": served_type(media_type),
        "Content-Disposition": disposition(name),
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cache-Control": "private, no-store",
    }
