"""What a row displays, as journaled; and the list of tables that are journaled.

Each app names its journaled models here when it is loaded, with the fields that its users see or decide by. The journal writes these
snapshots with every act and ``journal verify`` compares them with the rows.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from zhenggai.journal.chain import canonical, digest_text, plain


@dataclass(frozen=True)
class Journaled:
    """A journaled table: its kind as named in the journal, its model, and the columns compared."""

    kind: str
    model: type[Model]
    columns: tuple[str, ...]

    def snapshot(self, row: Model) -> dict[str, Any]:
        """What the row displays, as JSON values by column."""
        return {column: plain(getattr(row, column)) for column in self.columns}

    def rows(self, chunk: int = 2000) -> Iterator[tuple[str, str]]:
        """Key and digest of what each stored row displays, in the order of the keys; the digest is empty where a cell holds nonsense."""
        last: Any = None
        try:
            for pk, *cells in self._cells(last).iterator(chunk_size=chunk):
                yield str(pk), self._digest(cells)
                last = pk
        except _UNREADABLE:
            # A cell that the database's own converter cannot read stops the whole statement: go on row by row behind it.
            yield from self._rows_singly(last)

    def _cells(self, after: Any) -> QuerySet[Model, Any]:
        rows = self.model._default_manager.order_by("pk")
        return (rows if after is None else rows.filter(pk__gt=after)).values_list("pk", *self.columns)

    def _rows_singly(self, after: Any) -> Iterator[tuple[str, str]]:
        for pk in list(self._cells(after).values_list("pk", flat=True)):
            try:
                (_, *cells) = self._cells(None).get(pk=pk)
                yield str(pk), self._digest(cells)
            except _UNREADABLE:
                yield str(pk), ""

    def _digest(self, cells: Sequence[Any]) -> str:
        try:
            shown = {column: plain(cell) for column, cell in zip(self.columns, cells, strict=True)}
            return digest_text(canonical(shown))
        except (TypeError, ValueError):
            return ""


_UNREADABLE = (TypeError, ValueError, ArithmeticError, AttributeError)
"""What the converters of a database raise on a cell that is not of its column's type."""

_by_model: dict[type[Model], Journaled] = {}
_checks: dict[str, Callable[[], Iterable[str]]] = {}


def journaled(kind: str, *fields: str) -> Callable[[type[Model]], type[Model]]:
    """Class decorator: the model's rows change only through acts, which record these fields.

    A foreign key is named by its field; its key is what is recorded.
    """

    def register(model: type[Model]) -> type[Model]:
        attnames = {field.name: field.attname for field in model._meta.concrete_fields}
        columns = tuple(attnames[field] for field in fields)
        _by_model[model] = Journaled(kind, model, columns)
        return model

    return register


def register_check(name: str, check: Callable[[], Iterable[str]]) -> None:
    """Add a check of things that stand outside the database, such as stored files; it yields one Chinese sentence for each fault."""
    _checks[name] = check


def all_journaled() -> list[Journaled]:
    """Every journaled table, in the order in which the apps declare them."""
    return list(_by_model.values())


def all_checks() -> dict[str, Callable[[], Iterable[str]]]:
    """Every registered check by its name."""
    return dict(_checks)


def of(row: Model) -> Journaled:
    """Return the declaration for a row's model; KeyError if the model was never declared journaled."""
    return _by_model[type(row)]


def snapshot(row: Model) -> dict[str, Any]:
    """What the row displays now, as it would be journaled."""
    return of(row).snapshot(row)
