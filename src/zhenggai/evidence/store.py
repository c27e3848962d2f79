"""The content-addressed store: a file is kept under the SHA-256 of its bytes, in a local folder or in an S3-compatible bucket.

1. A file is durable before :func:`put` returns, so that a row may name it.
2. The same bytes are kept once. What is stored is never changed.
3. A process killed at any moment leaves either the whole file or nothing under its name.
"""

from functools import cache
from pathlib import Path

from django.conf import settings

from zhenggai.core.errors import Refusal
from zhenggai.evidence.digests import digest_of
from zhenggai.evidence.folder import Folder
from zhenggai.evidence.places import Place

__all__ = ["StoreDamaged", "StoreUnwritable", "digest_of", "get", "has", "path_of", "place", "put"]


class StoreDamaged(Refusal):
    """存储损坏: a stored file is missing or its bytes are not those it was stored under."""

    code = "store_damaged"


class StoreUnwritable(Refusal):
    """无法存档: the disk is full, the folder may not be written, or the storage service does not take it."""

    code = "store_unwritable"


def place() -> Place:
    """Where files are kept: the bucket of ZHENGGAI_S3_BUCKET, else the folder ``evidence`` of the data folder."""
    s3 = settings.EVIDENCE_S3
    return _bucket(**s3) if s3 else Folder(Path(settings.EVIDENCE_ROOT))


@cache
def _bucket(**s3: str) -> Place:
    from zhenggai.evidence.bucket import Bucket  # noqa: PLC0415  # slow to load, and only where it is used

    return Bucket(**s3)


def put(data: bytes) -> str:
    """Store bytes durably and return their hexadecimal SHA-256; StoreUnwritable with the reason."""
    digest, here = digest_of(data), place()
    try:
        here.write(digest, data)
    except OSError as error:
        raise StoreUnwritable(
            f"无法写入{here.where(digest)}：{error.strerror}。{here.remedy}", digest=digest
        ) from error
    return digest


def get(digest: str) -> bytes:
    """Return stored bytes; StoreDamaged if they are missing or not what they were."""
    here = place()
    try:
        data = here.read(digest)
    except OSError as error:
        raise StoreDamaged(
            f"存储的文件 {digest[:12]}… 缺失或不可读，请从备份恢复 {here.restore}。", digest=digest
        ) from error
    if digest_of(data) != digest:
        raise StoreDamaged(
            f"存储的文件 {digest[:12]}… 内容已被改动，请从备份恢复 {here.restore}。", digest=digest
        )
    return data


def has(digest: str) -> bool:
    """Whether something is kept under the digest; its bytes are not looked at. StoreDamaged if the place does not answer."""
    here = place()
    try:
        return here.has(digest)
    except OSError as error:
        raise StoreDamaged(
            f"{here.where(digest)} 没有答复：{error.strerror}。{here.remedy}", digest=digest
        ) from error


def path_of(digest: str) -> Path:
    """Where a file with this digest stands in the local folder."""
    return Folder(Path(settings.EVIDENCE_ROOT)).path_of(digest)
