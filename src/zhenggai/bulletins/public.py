"""公开文稿: the editions that were approved for the public, and nothing else; all that the public pages ever ask the database.

Reads the tables of editions, packages and rendered pages only: never a draft, never the ledger.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Max, Q, QuerySet

from zhenggai.bulletins.models import Edition, EditionPackage, PublicPage
from zhenggai.bulletins.states import Audience


@dataclass(frozen=True)
class Published:
    """公开版本: what an edition says (``zhenggai.bulletins.freezing`` tells its keys), its digest, and its package; empty until there is one."""

    content: Mapping[str, Any]
    digest: str
    algorithm: str
    published_at: datetime
    package: str = ""

    @property
    def code(self) -> str:
        """Of the document."""
        return str(self.content["code"])

    @property
    def number(self) -> int:
        """Of the edition."""
        return int(self.content["number"])


class Newest(NamedTuple):
    """Keys of the newest public edition and package: as editions are only ever added, whether anything is new. 0 for none."""

    edition: int
    package: int


def _editions() -> QuerySet[Edition]:
    return Edition.objects.filter(audience=Audience.PUBLIC.value)


def published() -> list[Published]:
    """Every public edition, newest first. Two statements."""
    packages = EditionPackage.objects.filter(edition__audience=Audience.PUBLIC.value)
    texts = dict(packages.values_list("edition", "text"))
    rows = _editions().order_by("-published_at", "-pk")
    columns = ("pk", "content", "content_digest", "algorithm", "published_at")
    return [
        Published(json.loads(content), digest, algorithm, at, texts.get(pk, ""))
        for pk, content, digest, algorithm, at in rows.values_list(*columns).iterator(chunk_size=50)
    ]


def newest() -> Newest:
    """Whether anything is new. Two statements."""
    edition = _editions().aggregate(newest=Max("pk"))["newest"]
    package = EditionPackage.objects.aggregate(newest=Max("pk"))["newest"]
    return Newest(edition or 0, package or 0)


# --- rendered pages ----------------------------------------------------------------------------------------------------------------------


class Kept(NamedTuple):
    """存下的公开页: a page as it was rendered."""

    media_type: str
    body: bytes
    digest: str


LONGEST_PATH = int(PublicPage._meta.get_field("path").max_length or 0)
"""Characters of the longest path under which a page can be kept."""


_PAGE = """
SELECT media_type, body, digest, (SELECT max(id) FROM bulletins_edition WHERE audience = %s), (SELECT max(id) FROM bulletins_editionpackage)
FROM bulletins_publicpage WHERE path = %s
"""
"""Written out, since a page is asked for far more often than anything else, and composing this costs more than running it."""


def kept_page(path: str) -> tuple[Kept, Newest] | None:
    """The page kept at a path, and what is the newest that there is; None if no page is there. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(_PAGE, [Audience.PUBLIC.value, path])
        found = cursor.fetchone()
    if found is None:
        return None
    media_type, body, digest, edition, package = found
    return Kept(media_type, bytes(body), digest), Newest(edition or 0, package or 0)


def kept_pages(names: Iterable[str]) -> dict[str, tuple[str, bytes]]:
    """Media type and body of the kept pages whose path ends with ``/`` and one of these names. One statement."""
    wanted = Q()
    for name in names:
        wanted |= Q(path__endswith=f"/{name}")
    rows = PublicPage.objects.filter(wanted).values_list("path", "media_type", "body")
    return {path: (media_type, bytes(body)) for path, media_type, body in rows}


def keep_pages(pages: Mapping[str, Kept]) -> tuple[int, int]:
    """Keep these pages and no others: how many were written, and how many taken away. To be called in a transaction."""
    known = dict(PublicPage.objects.values_list("path", "digest"))
    changed = sorted(path for path, page in pages.items() if known.get(path) != page.digest)
    PublicPage.objects.bulk_create(
        (
            PublicPage(
                path=path, media_type=pages[path].media_type, body=pages[path].body, digest=pages[path].digest
            )
            for path in changed
        ),
        batch_size=100,
        update_conflicts=True,
        unique_fields=["path"],
        update_fields=["media_type", "body", "digest"],
    )
    gone = sorted(known.keys() - pages.keys())
    for at in range(0, len(gone), 500):
        PublicPage.objects.filter(path__in=gone[at : at + 500]).delete()
    return len(changed), len(gone)
