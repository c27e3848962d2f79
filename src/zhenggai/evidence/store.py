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


class StoreUnwritable(Refusal):
    """无法存档: the disk is full or the folder may not be written."""

    code = "store_unwritable"


def digest_of(data: bytes) -> str:
    """Hexadecimal SHA-256, the name under which bytes are kept."""
    return hashlib.sha256(data).hexdigest()


def put(data: bytes) -> str:
    """Store bytes durably and return their hexadecimal SHA-256."""
    digest = digest_of(data)
    target = path_of(digest)
    try:
        if not _holds(target, digest):
            _write(target, data)
    except OSError as error:
        raise StoreUnwritable(
            f"无法写入存档目录 {target.parent}：{error.strerror}。请检查磁盘空间和数据目录的权限，然后重试。"
        ) from error
    return digest


def _holds(target: Path, digest: str) -> bool:
    """Whether the file is there and whole; one that was damaged is written anew."""
    return target.exists() and digest_of(target.read_bytes()) == digest


def _write(target: Path, data: bytes) -> None:
    made = _make_folders(target.parent)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    # A new name is durable only when the directory that holds it is, and so on up to the first that was there before.
    for folder in (target.parent, *made):
        _sync_directory(folder)


def _make_folders(folder: Path) -> list[Path]:
    """Make the folders that do not exist and return those that hold a new one."""
    missing = [above for above in (folder, *folder.parents) if not above.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return [above.parent for above in missing]


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
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
