"""The content-addressed store: a file is kept under the SHA-256 of its bytes.

1. A file is durable on disk before :func:`put` returns, so that a row may name it.
2. The same bytes are kept once. What is stored is never changed.
3. A process killed at any moment leaves either the whole file or nothing under its name.
"""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings

from zhenggai.core.errors import Refusal


class StoreDamaged(Refusal):
    """存储损坏: a stored file is missing or its bytes are not those it was stored under."""

    code = "store_damaged"


def digest_of(data: bytes) -> str:
    """Hexadecimal SHA-256, the name under which bytes are kept."""
    return hashlib.sha256(data).hexdigest()


def put(data: bytes) -> str:
    """Store bytes durably and return their hexadecimal SHA-256."""
    digest = digest_of(data)
    target = path_of(digest)
    if target.exists():
        return digest
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
        _sync_directory(target.parent)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return digest


def get(digest: str) -> bytes:
    """Return stored bytes; StoreDamaged if they are missing or not what they were."""
    try:
        data = path_of(digest).read_bytes()
    except OSError as error:
        raise StoreDamaged(
            f"存储的文件 {digest[:12]}… 缺失或不可读，请从备份恢复 evidence 目录。", digest=digest
        ) from error
    if digest_of(data) != digest:
        raise StoreDamaged(
            f"存储的文件 {digest[:12]}… 内容已被改动，请从备份恢复 evidence 目录。", digest=digest
        )
    return data


def path_of(digest: str) -> Path:
    """Where a file with this digest stands."""
    return Path(settings.EVIDENCE_ROOT) / digest[:2] / digest[2:4] / digest


def _sync_directory(folder: Path) -> None:
    # The new name is durable only when its directory is.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
