"""Acts on source documents."""

from zhenggai.evidence import store
from zhenggai.evidence.models import SourceDocument
from zhenggai.journal.acts import Actor, act, moment, record
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import changed, created
from zhenggai.parties.permissions import check


@act("document.keep", "存档来源文件")
def keep_document(
    *, name: str, data: bytes, text: str | None, problem: str = "", by: Actor
) -> SourceDocument:
    """Keep a document: its bytes and, when it could be read, its text.

    A file kept as unreadable before gets its text when a later try succeeds. The bytes are durable before the row is written.
    """
    check(by, "document.keep")
    sha256 = store.put(data)
    text_sha256 = "" if text is None else store.put(text.encode("utf-8", "surrogatepass"))
    document = SourceDocument.objects.filter(sha256=sha256).first()
    before = snapshot(document) if document else None
    if document is None:
        document = SourceDocument(sha256=sha256, kept_at=moment())
    document.name, document.size = name[-255:], len(data)
    document.text_sha256, document.characters = text_sha256, len(text or "")
    document.problem = problem if text is None else ""
    document.save()
    record(subject=document, changes=[changed(document, before) if before else created(document)])
    return document
