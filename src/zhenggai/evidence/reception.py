"""接收文件: everything about a file that takes time, done before an act and its lock begin: look, scan, read, keep the bytes."""

import logging
from dataclasses import dataclass

from django.conf import settings

import gongwen
from zhenggai.evidence import store
from zhenggai.evidence.digests import digests_of
from zhenggai.evidence.kinds import Kind, kind_of
from zhenggai.evidence.scan import check_clean

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Received:
    """已接收的文件: its bytes and its text are in the store, and no row names them yet; :mod:`zhenggai.evidence.sweep` takes what nobody claims."""

    sha256: str
    sm3: str
    size: int
    media_type: str
    text_sha256: str
    characters: int


def receive(*, name: str, data: bytes) -> Received:
    """接收: look at the file, have it scanned, read its text, keep it durably. Whoever calls has asked whether it may.

    Raises FileRefused, FileInfected, ScanFailed, and then nothing was kept; StoreUnwritable.
    """
    kind = kind_of(name, data, largest=settings.EVIDENCE_LARGEST)
    check_clean(name, data)
    text = _text_of(name, data, kind)
    digests = digests_of(data)
    store.put(data)
    text_sha256 = "" if text is None else store.put(text.encode("utf-8", "surrogatepass"))
    return Received(*digests, len(data), kind.media_type, text_sha256, len(text or ""))


def receive_text(*, name: str, text: str) -> Received:
    """接收文本: receive what this program wrote itself as plain text. It is looked at and scanned like any file; its text is known and need not be read."""
    data = text.encode()
    kind = kind_of(name, data, largest=settings.EVIDENCE_LARGEST)
    check_clean(name, data)
    store.put(data)
    sha256, sm3 = digests_of(data)
    return Received(sha256, sm3, len(data), kind.media_type, sha256, len(text))


def _text_of(name: str, data: bytes, kind: Kind) -> str | None:
    """The text of a document; of a picture or a scanned page only where ZHENGGAI_FILE_OCR says so. What cannot be read has none."""
    if not (kind.document or (kind.picture and settings.EVIDENCE_OCR)):
        return None
    try:
        return gongwen.extract(data, name=name, recognise=settings.EVIDENCE_OCR).text or None
    except gongwen.GongwenError:
        return None
    except Exception:  # noqa: BLE001  # what proves something is kept whether we can read it or not
        _log.exception("text of %s", name)
        return None
