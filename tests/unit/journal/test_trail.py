"""The journal's tables: the database itself refuses changes."""

import pytest
from django.db import DatabaseError, connection, transaction

from zhenggai.journal.models import ChangedRow, Event

STATEMENTS = [
    "UPDATE journal_event SET act = 'x'",
    "DELETE FROM journal_event",
    "UPDATE journal_changedrow SET digest = ''",
    "DELETE FROM journal_changedrow",
]


@pytest.mark.parametrize("statement", STATEMENTS)
def test_journal_refuses(office, statement):
    events, rows = Event.objects.count(), ChangedRow.objects.count()
    assert events
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert (Event.objects.count(), ChangedRow.objects.count()) == (events, rows)


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no INSERT OR REPLACE")
@pytest.mark.parametrize("table", ["journal_event", "journal_changedrow"])
def test_journal_refuses_replacing(office, table):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")  # noqa: S608  # own names


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no TRUNCATE")
def test_journal_refuses_truncate(office):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE journal_event")
