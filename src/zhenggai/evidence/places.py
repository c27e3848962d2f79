"""存放处: what a place of files must do, whether it is a folder or a bucket. Plain Python.

A place raises OSError, FileNotFoundError for what is not there; the sentences are made in :mod:`zhenggai.evidence.store`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Entry:
    """One file in a place: its key there, the digest it is kept under (empty for an unfinished writing), its age and size in bytes."""

    key: str
    digest: str
    changed_at: datetime
    size: int


class Place(Protocol):
    """存放处. ``restore`` and ``remedy`` are words for the sentences: what to restore from a backup, what to look at when writing fails."""

    restore: str
    remedy: str

    def where(self, digest: str) -> str:
        """The place as sentences name it."""
        ...

    def write(self, digest: str, data: bytes) -> None:
        """Keep bytes under their digest: durable when this returns, whole or not there, counted as new from now on."""
        ...

    def read(self, digest: str) -> bytes:
        """The bytes under a digest, whatever they are now."""
        ...

    def has(self, digest: str) -> bool:
        """Whether something is kept under the digest."""
        ...

    def entries(self) -> Iterator[Entry]:
        """Everything that was kept, and what unfinished writings left."""
        ...

    def again(self, entry: Entry) -> Entry | None:
        """The entry as it is now; None if it is gone."""
        ...

    def remove(self, entry: Entry) -> None:
        """Remove a file for good."""
        ...
