"""Named reads of source documents."""

from collections.abc import Iterator

from zhenggai.evidence import store
from zhenggai.evidence.models import SourceDocument
from zhenggai.evidence.store import StoreDamaged


def text_of(document: SourceDocument) -> str:
    """The text in which the document's spans are counted; StoreDamaged if it was lost or changed."""
    return stored_text(document.text_sha256)


def stored_text(digest: str) -> str:
    """The text kept under a digest; StoreDamaged if it was lost or changed."""
    return store.get(digest).decode("utf-8", "surrogatepass")


def document_by_digest(sha256: str) -> SourceDocument | None:
    """Return the document kept under this digest."""
    return SourceDocument.objects.filter(sha256=sha256).first()


def unreadable() -> list[SourceDocument]:
    """Files that were kept for another try, newest first."""
    return list(SourceDocument.objects.filter(text_sha256="").order_by("-pk")[:50])


def store_faults() -> Iterator[str]:
    """Check every stored document against its digest; one Chinese sentence for each fault."""
    digests = SourceDocument.objects.order_by("pk").values_list("name", "sha256", "text_sha256")
    for name, *named in digests.iterator():
        for digest in filter(None, named):
            try:
                store.get(digest)
            except StoreDamaged as fault:
                yield f"来源文件“{name}”：{fault.sentence}"
