"""Writing columns of many rows at once."""

from collections.abc import Collection, Sequence

from django.db import connection
from django.db.models import Model


def update_rows(rows: Collection[Model], columns: Sequence[str]) -> None:
    """Write the named fields of each row: one prepared statement, run for all of them.

    Django's ``bulk_update`` builds an expression for each cell, which costs far more than the writing: measured with four columns of 9,900
    proposals on SQLite, 0.3 s here against 7 s. No signals are sent, as with ``bulk_update``.
    """
    if not rows:
        return
    meta = next(iter(rows))._meta
    by_name = {field.name: field for field in meta.concrete_fields}
    fields = [by_name[name] for name in columns]
    assignments = ", ".join(f"{_quoted(field.column)} = %s" for field in fields)
    statement = f"UPDATE {_quoted(meta.db_table)} SET {assignments} WHERE {_quoted(meta.pk.column)} = %s"  # noqa: S608
    values = [
        [field.get_db_prep_save(getattr(row, field.attname), connection) for field in (*fields, meta.pk)]
        for row in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(statement, values)


def _quoted(name: str | None) -> str:
    """A table's or column's own name; never anything from outside."""
    return connection.ops.quote_name(name or "")
