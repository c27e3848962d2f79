"""The journal's tables: the database itself refuses changes."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from zhenggai.journal.models import ChangedRow, Event
from zhenggai.parties.actions import register_organisations

STATEMENTS = [
    "UPDATE journal_event SET act = 'x'",
    "DELETE FROM journal_event",
    "UPDATE journal_changedrow SET kind = ''",
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


def test_an_act_spends_four_statements_on_the_journal(office):
    """The last event, the tokens for who acts, the events, the index."""
    with CaptureQueriesContext(connection) as queries:
        register_organisations(names=["浅溪县水务局"], by=office)
    assert len([query for query in queries if "journal_" in query["sql"]]) == 4
