"""What stands in a table's cells, written as the journal writes it, straight from the database's own values.

Verification reads every row of the ledger, so nothing is built on the way: no model, and no date that is only to be written out again.
"""

import json.encoder
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.db import connection
from django.db.models import Field, ForeignKey, Model

from zhenggai.journal.chain import canonical, plain

Writer = Callable[[Any], str]
"""Takes a cell that is not NULL; raises one of UNREADABLE where it is not of its column's type."""

Mark = int | bytes
"""See ``mark``."""

UNREADABLE = (TypeError, ValueError, ArithmeticError, AttributeError, KeyError)
"""What writers raise on nonsense, which SQLite keeps in any column."""

_TEXTS = frozenset({"CharField", "TextField", "SlugField"})
CHUNK = 500
"""Rows fetched at once; more no longer fit the processor's cache."""

_REPEATED = 4096
"""Values remembered of a column whose values are costly to write and repeat, such as the moment of an act."""
_BITS = 64
_KEYED = (
    bool(sys.flags.hash_randomization)
    and sys.hash_info.algorithm.startswith("siphash")
    and sys.hash_info.width == _BITS
)


def read(
    model: type[Model], columns: Sequence[str], *, order: Sequence[str] = (), as_bytes: Sequence[str] = ()
) -> Iterator[Iterable[tuple[Any, ...]]]:
    """Read columns (by attname) of all rows as the database holds them, in chunks, in an order: by default that of the keys.

    Texts named in ``as_bytes`` come in UTF-8; the first column must then be the key, a large number, and the others texts and moments.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    chosen = ", ".join(_cell(fields[column], as_bytes=column in as_bytes) for column in columns)
    keys = order or [str(model._meta.pk and model._meta.pk.attname)]
    by = ", ".join(_quoted(fields[column]) for column in keys)
    table = connection.ops.quote_name(model._meta.db_table)
    if as_bytes and connection.vendor == "postgresql":
        types = ["int8", *("bytea" if column in as_bytes else "text" for column in columns[1:])]
        yield from _copied(f"SELECT {chosen} FROM {table}", by, types)  # noqa: S608  # own names
        return
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT {chosen} FROM {table} ORDER BY {by}")  # noqa: S608  # own names
        while rows := cursor.fetchmany(CHUNK):
            yield rows


def _copied(statement: str, key: str, types: Sequence[str]) -> Iterator[list[tuple[Any, ...]]]:
    """The rows by PostgreSQL's COPY, which takes half the time of a cursor where rows are long, and gives texts as the bytes that they are."""
    behind = ""
    while True:
        part = f"COPY ({statement}{behind} ORDER BY {key} LIMIT {CHUNK}) TO STDOUT (FORMAT BINARY)"
        with connection.cursor() as cursor, cursor.copy(part) as copy:
            copy.set_types(types)
            rows = list(copy.rows())
        if not rows:
            return
        yield rows
        behind = f" WHERE {key} > {rows[-1][0]}"


def _cell(field: "Field[Any, Any]", *, as_bytes: bool) -> str:
    """How a column is asked for, so that the driver does not build what is only to be written out again."""
    name = _quoted(field)
    if connection.vendor == "postgresql":
        return f"{name}::text" if field.get_internal_type() in _PARSERS else name
    # A plus keeps the driver of SQLite from converting by the declared type of the column.
    return f"CAST({name} AS BLOB)" if as_bytes else f"+{name}"


def _quoted(field: "Field[Any, Any]") -> str:
    return connection.ops.quote_name(str(field.column))


class RowWriter:
    """Writes what a row displays as the canonical JSON that events hold, for the given columns of a model."""

    def __init__(self, model: type[Model], columns: Sequence[str]) -> None:
        fields = {field.attname: field for field in model._meta.concrete_fields}
        self.columns = tuple(sorted(columns))
        self._writers = tuple(writer(fields[column]) for column in self.columns)
        self._form = "{" + ",".join(f"{canonical(column)}:%s" for column in self.columns) + "}"

    def marks(self, rows: Iterable[Sequence[Any]]) -> list[Mark | None]:
        """Marks of rows of cells, in the order of ``columns``; None where a cell holds nonsense."""
        writers, form = self._writers, self._form
        found: list[Mark | None] = []
        for row in rows:
            try:
                written = [
                    "null" if cell is None else write(cell) for write, cell in zip(writers, row, strict=True)
                ]
                found.append(mark((form % tuple(written)).encode()))
            except UNREADABLE:
                found.append(None)
        return found


def mark(text: bytes) -> Mark:
    """What stands for a text in UTF-8 while what the journal says of a row and what the row displays are compared.

    Python's own hash is SipHash under a key drawn anew by every process, so nobody can prepare two texts of one mark; it costs a tenth of SHA-256,
    which is used where the key is fixed (PYTHONHASHSEED) or the hash is another.
    """
    return hash(text) if _KEYED else sha256(text).digest()


def writer(field: "Field[Any, Any]") -> Writer:
    """How a column's cells are written."""
    if isinstance(field, ForeignKey):
        return writer(field.target_field)
    kind = field.get_internal_type()
    if kind in _TEXTS:
        return json.encoder.encode_basestring
    if kind.endswith(("IntegerField", "AutoField")):
        return int.__repr__
    if kind == "BooleanField":
        return {0: "false", 1: "true"}.__getitem__
    return lru_cache(_REPEATED)(_converted(field))


def _converted(field: "Field[Any, Any]") -> Writer:
    """As Django reads the column and the journal writes the value."""
    column = field.get_col(field.model._meta.db_table)
    converters = [*connection.ops.get_db_converters(column), *column.get_db_converters(connection)]
    parse = _PARSERS.get(field.get_internal_type()) if connection.vendor == "postgresql" else None

    def write(cell: Any) -> str:
        if parse:
            cell = parse(cell)
        for convert in converters:
            cell = convert(cell, column, connection)
        return canonical(plain(cell))

    return write


_PARSERS: dict[str, Callable[[str], Any]] = {
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "DecimalField": Decimal,
}
"""For what PostgreSQL was asked to give as text."""
