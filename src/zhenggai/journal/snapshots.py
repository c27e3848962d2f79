"""What a row displays, as journaled; and the list of tables that are journaled.

Each app names its journaled models here when it is loaded, with the fields that its users see or decide by. The journal writes these
snapshots with every act and ``journal verify`` compares them with the rows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from zhenggai.journal import pseudonyms
from zhenggai.journal.cells import Mark, RowWriter, read
from zhenggai.journal.chain import plain


@dataclass(frozen=True)
class Journaled:
    """A journaled table: its kind as named in the journal, its model, the columns compared, and those that name the person that a row is."""

    kind: str
    model: type[Model]
    columns: tuple[str, ...]
    personal: tuple[str, ...] = ()

    def snapshot(self, row: Model) -> dict[str, Any]:
        """What the row displays, as JSON values by column."""
        return {column: plain(getattr(row, column)) for column in self.columns}

    def rows(self) -> Iterator[tuple[list[str], list[Mark | None], list[Mark | None]]]:
        """Keys and marks of what the stored rows display, in chunks, in the order of the keys; None marks a row with nonsense in it.

        The last are the marks with names as they are, as events held them before there were tokens.
        """
        writer, key = (
            RowWriter(self.model, self.columns),
            str(self.model._meta.pk and self.model._meta.pk.attname),
        )
        tokens = pseudonyms.known() if self.personal else {}
        for rows in read(self.model, [*writer.columns, key]):
            keys = [str(row[-1]) for row in rows]
            plain_marks = writer.marks(row[:-1] for row in rows)
            marks = (
                writer.marks(self._named(row, writer.columns, tokens) for row in rows)
                if tokens
                else plain_marks
            )
            yield keys, marks, plain_marks

    def _named(
        self, row: Sequence[Any], columns: Sequence[str], tokens: Mapping[pseudonyms.Named, str]
    ) -> list[Any]:
        whom = str(row[-1])
        return [
            tokens.get((whom, cell), cell) if column in self.personal else cell
            for column, cell in zip(columns, row[:-1], strict=True)
        ]


_by_model: dict[type[Model], Journaled] = {}
_checks: dict[str, Callable[[], Iterable[str]]] = {}


def journaled(
    kind: str, *fields: str, personal: tuple[str, ...] = ()
) -> Callable[[type[Model]], type[Model]]:
    """Class decorator: the model's rows change only through acts, which record these fields.

    A foreign key is named by its field; its key is what is recorded. Where a row is a person, ``personal`` are the fields that name him: events
    hold tokens for them.
    """

    def register(model: type[Model]) -> type[Model]:
        attnames = {field.name: field.attname for field in model._meta.concrete_fields}
        columns = tuple(attnames[field] for field in fields)
        _by_model[model] = Journaled(kind, model, columns, personal)
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


def of(row: Model | type[Model]) -> Journaled:
    """Return the declaration for a row's model; KeyError if the model was never declared journaled."""
    return _by_model[row if isinstance(row, type) else type(row)]


def snapshot(row: Model) -> dict[str, Any]:
    """What the row displays now, as it would be journaled."""
    return of(row).snapshot(row)
