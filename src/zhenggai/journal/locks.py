"""Locks that last until the transaction ends. On SQLite there is nothing to do: a transaction that will write is alone from its start."""

from enum import IntEnum

from django.db import connection


class Lock(IntEnum):
    """What one transaction at a time may do; the numbers are PostgreSQL's advisory lock keys."""

    CHAIN = 0x5A47_0001
    """Do an act, and so extend the journal's chain."""

    TABLES = 0x5A47_0002
    """Build the tables of a new database."""


def hold(lock: Lock) -> None:
    """Wait for the lock and hold it to the end of the caller's transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(lock)])
