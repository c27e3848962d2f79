"""One moment for many statements: what is read together is from the same state of the database, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def one_moment(snapshot: str = "") -> Iterator[None]:
    """Read everything inside from one snapshot, and write nothing; of another connection, if named (``exported``).

    Inside a transaction, that transaction decides.
    """
    if connection.in_atomic_block:
        yield
        return
    begin = "BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    with connection.cursor() as cursor:
        # Not `atomic()`: on SQLite that would begin immediately, and keep all writers waiting.
        cursor.execute(begin)
        if snapshot:
            cursor.execute("SET TRANSACTION SNAPSHOT %s", [snapshot])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ROLLBACK")


def exported() -> str:
    """Name of the present moment's snapshot, for another connection; empty on SQLite, which knows none."""
    if connection.vendor != "postgresql":
        return ""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])


def last_event() -> tuple[int, str] | None:
    """Number and digest of the last event; on SQLite this is where a moment begins."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT seq, digest FROM journal_event ORDER BY seq DESC LIMIT 1")
        found = cursor.fetchone()
    return tuple(found) if found else None
