"""Acts on source documents, and on files that prove something."""

from collections.abc import Collection

from zhenggai.evidence import store
from zhenggai.evidence.models import SourceDocument, StoredFile
from zhenggai.evidence.queries import file_by_digest
from zhenggai.evidence.reception import Received, receive
from zhenggai.journal.acts import Actor, act, moment, record
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import Change, changed, created
from zhenggai.parties.permissions import check
from zhenggai.parties.states import Capacity


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


@act("file.keep", "存档文件")
def keep_file(
    *, name: str, data: bytes | Received, by: Actor, capacities: Collection[Capacity] | None = None
) -> StoredFile:
    """Keep a file that proves something; the same bytes are one row, whatever they are called.

    An act holds the journal's lock, and looking at a file takes time: call :func:`zhenggai.evidence.reception.receive` before, and give what it
    returns as ``data``. ``capacities`` are those in which the actor stands to what the file is for. A row without text gets it when a later try
    could read it. Raises NotPermitted, FileRefused, FileInfected, ScanFailed, StoreUnwritable, and StoreDamaged when what was received was
    swept away meanwhile.
    """
    check(by, "file.keep", capacities)
    received = data if isinstance(data, Received) else receive(name=name, data=data)
    _check_held(name, received)
    file = file_by_digest(received.sha256)
    changes: list[Change] = []
    if file is None:
        file = StoredFile.objects.create(name=_last_part(name), kept_at=moment(), **vars(received))
        changes = [created(file)]
    elif received.text_sha256 and not file.text_sha256:
        before = snapshot(file)
        file.text_sha256, file.characters = received.text_sha256, received.characters
        file.save()
        changes = [changed(file, before)]
    record(subject=file, changes=changes)
    return file


def _check_held(name: str, received: Received) -> None:
    """Under the lock, so that a sweep is either before this, and seen here, or after it, and sees the row."""
    if not all(store.has(digest) for digest in (received.sha256, received.text_sha256) if digest):
        raise store.StoreDamaged(f"文件“{name}”接收后放置过久，已被清理，请重新上传。")


def _last_part(name: str) -> str:
    """The name without its folders, its ending kept when it is long."""
    return name.replace("\\", "/").rpartition("/")[2].strip()[-255:] or "未命名"
