"""站点: where a page stands and how another is reached from it. Plain Python.

Guarantees
1. Every link between pages is relative, so that they work below any address and from any folder.
2. The same editions give the same paths and bytes.
"""

import hashlib
import re
from dataclasses import dataclass
from urllib.parse import quote

HTML = "text/html; charset=utf-8"
JSON = "application/json; charset=utf-8"
CSV = "text/csv; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
SVG = "image/svg+xml"
CSS = "text/css; charset=utf-8"
ATOM = "application/atom+xml; charset=utf-8"

RESERVED = frozenset(["page", "dictionary", "index.html"])
_UNSAFE = re.compile(r"[^\w.-]")
_CONTROL = {
    **dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(127, 160), 0xFFFE, 0xFFFF], "\ufffd"),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


@dataclass(frozen=True)
class Page:
    """公开页 as it is served or written: its path below the list of documents; what ends in ``/`` is a page of its own folder."""

    path: str
    media_type: str
    body: bytes

    @property
    def digest(self) -> str:
        """SHA-256 of type and body."""
        return hashlib.sha256(self.media_type.encode() + b"\n" + self.body).hexdigest()


@dataclass(frozen=True)
class Site:
    """站点: ``base_url`` is the address of the list of documents, without ``/`` at its end, empty where it is not known.

    A live site has a search, and knows the address by which it was asked; files have neither, and name ``index.html`` in links, so that they
    work where no server is.
    """

    base_url: str = ""
    live: bool = True

    @property
    def shows_qr(self) -> bool:
        """Whether an address is known that a QR code can show."""
        return self.live or bool(self.base_url)

    def link(self, here: str, there: str) -> str:
        """The relative, percent-encoded address of a path as seen from another."""
        path, hash_, fragment = there.partition("#")
        start, goal = here.split("/")[:-1], path.split("/")
        shared = 0
        while shared < min(len(start), len(goal) - 1) and start[shared] == goal[shared]:
            shared += 1
        way = "../" * (len(start) - shared) + "/".join(map(quote, goal[shared:]))
        if not self.live and not goal[-1]:
            way += "index.html"
        return f"{way or './'}{hash_}{fragment}"

    def absolute(self, path: str) -> str:
        """The whole address of a path; empty where the site does not know its own."""
        return f"{self.base_url}/{quote(path)}" if self.base_url else ""


def segment(code: str) -> str:
    """The folder of a document: its code, made safe where it is not."""
    if _UNSAFE.search(code) or code.startswith(".") or code in RESERVED or not code:
        return f"{_UNSAFE.sub('_', code).lstrip('.')}_{hashlib.sha256(code.encode()).hexdigest()[:8]}"
    return code


def document_path(code: str) -> str:
    """Where the latest edition of a document stands."""
    return f"{segment(code)}/"


def edition_path(code: str, number: int) -> str:
    """Where one edition stands."""
    return f"{segment(code)}/{number}/"


def printable(text: object) -> str:
    """Text without the signs that no page can hold; every character keeps its place."""
    return str(text).translate(_CONTROL)
