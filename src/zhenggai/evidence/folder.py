"""本地存档目录: files below one folder, each under its digest."""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from zhenggai.evidence.digests import digest_of
from zhenggai.evidence.places import Entry

_UNFINISHED = ".new-"


class Folder:
    """The local folder. Raises OSError; :mod:`zhenggai.evidence.store` makes sentences of it."""

    restore = "evidence 目录"
    remedy = "请检查磁盘空间和数据目录的权限，然后重试。"

    def __init__(self, root: Path) -> None:
        self.root = root

    def path_of(self, digest: str) -> Path:
        """Where a file with this digest stands."""
        return self.root / digest[:2] / digest[2:4] / digest

    def where(self, digest: str) -> str:
        """The place as sentences name it."""
        return f"存档目录 {self.path_of(digest).parent}"

    def write(self, digest: str, data: bytes) -> None:
        """Write durably, unless it is there and whole; then it counts as new again, so that no sweep takes it from whoever put it now."""
        target = self.path_of(digest)
        if target.exists() and digest_of(target.read_bytes()) == digest:
            os.utime(target)
        else:
            _write(target, data)

    def read(self, digest: str) -> bytes:
        """The bytes under a digest, whatever they are now."""
        return self.path_of(digest).read_bytes()

    def has(self, digest: str) -> bool:
        """Whether something is kept under the digest."""
        return self.path_of(digest).exists()

    def entries(self) -> Iterator[Entry]:
        """Everything that was kept, and what unfinished writings left."""
        if not self.root.exists():
            return
        for folder, _, names in os.walk(self.root, onerror=_raise):
            for name in sorted(names):
                entry = self._entry(Path(folder, name))
                if entry is not None:
                    yield entry

    def again(self, entry: Entry) -> Entry | None:
        """The entry as it is now; None if it is gone."""
        return self._entry(Path(entry.key))

    def remove(self, entry: Entry) -> None:
        """Remove a file for good."""
        Path(entry.key).unlink(missing_ok=True)

    def _entry(self, path: Path) -> Entry | None:
        try:
            if not path.is_file() or path.is_symlink():
                return None
            found = path.stat()
        except FileNotFoundError:
            return None
        changed = datetime.fromtimestamp(found.st_mtime, UTC)
        if path.name.startswith(_UNFINISHED):
            return Entry(str(path), "", changed, found.st_size)
        return (
            Entry(str(path), path.name, changed, found.st_size) if path == self.path_of(path.name) else None
        )


def _raise(error: OSError) -> None:
    """A folder that cannot be listed is not an empty one."""
    raise error


def _write(target: Path, data: bytes) -> None:
    made = _make_folders(target.parent)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=_UNFINISHED)
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


def _sync_directory(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
