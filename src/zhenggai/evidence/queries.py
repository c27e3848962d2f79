"""Named reads of source documents and stored files."""

import hashlib
from collections.abc import Callable, Iterable, Iterator

from django.db.models import Model

from zhenggai.evidence import store
from zhenggai.evidence.models import SourceDocument, StoredFile
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


def file_by_digest(sha256: str) -> StoredFile | None:
    """Return the file kept under this digest."""
    return StoredFile.objects.filter(sha256=sha256).first()


def text_of_file(file: StoredFile) -> str:
    """The text that was read from a file when it was kept; empty if none was. StoreDamaged if it was lost or changed."""
    return stored_text(file.text_sha256) if file.text_sha256 else ""


def store_faults() -> Iterator[str]:
    """Check every stored document and file against its digests; one Chinese sentence for each fault."""
    documents = SourceDocument.objects.order_by("pk").values_list("name", "sha256", "text_sha256")
    for name, *named in documents.iterator():
        for digest in filter(None, named):
            yield from _faults(f"来源文件“{name}”", digest)
    files = StoredFile.objects.order_by("pk").values_list("name", "sha256", "sm3", "text_sha256")
    for name, sha256, sm3, text_sha256 in files.iterator():
        yield from _faults(f"存档文件“{name}”", sha256, sm3)
        if text_sha256:
            yield from _faults(f"存档文件“{name}”的文本", text_sha256)


def _faults(what: str, sha256: str, sm3: str = "") -> Iterator[str]:
    try:
        data = store.get(sha256)
    except StoreDamaged as fault:
        yield f"{what}：{fault.sentence}"
        return
    if sm3 and hashlib.new("sm3", data).hexdigest() != sm3:
        yield f"{what}：内容与登记的国密摘要（SM3）不符，请核对登记并从备份恢复。"


def digests_named(model: type[Model], field: str) -> Callable[[], Iterable[str]]:
    """Return the query of what stands in a column of digests, for :func:`zhenggai.evidence.sweep.register_digests`."""
    return lambda: model._default_manager.values_list(field, flat=True).iterator()
