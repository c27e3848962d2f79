"""日志成句: events as sentences. Of the ledger's items only kind and number are told; of organisations, people and posts what changed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import DateTimeField
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from zhenggai.journal.queries import EventLine
from zhenggai.journal.snapshots import Journaled, all_journaled
from zhenggai.parties.models import Organisation, Person, Post, SecondFactor
from zhenggai.web.labels import OPEN_TABLES, named

MOST = 12
"""Changed fields that are told of one event."""


@dataclass(frozen=True)
class FieldChange:
    """A field of a row before and after, as people read it."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Told:
    """An event as a sentence, and what it changed as far as an administrator may see it."""

    event: EventLine
    who: str
    seat: str
    subject: str
    changes: Sequence[FieldChange]
    rows: int


def told(events: Iterable[EventLine]) -> list[Told]:
    """Tell events. Four statements beside, for the names of what they speak of."""
    events = list(events)
    known = {declared.kind: declared for declared in all_journaled()}
    names = _names(events, known)
    return [_one(event, known, names) for event in events]


Names = Mapping[tuple[type[Any], str], str]


def _one(event: EventLine, known: Mapping[str, Journaled], names: Names) -> Told:
    actor = event.actor
    changes = [change for line in event.changes for change in _fields(line, known.get(line.kind), names)]
    return Told(
        event=event,
        who=actor.get("person") or actor.get("purpose") or actor.get("title", ""),
        seat="，".join(part for part in (actor.get("title"), actor.get("organisation")) if part),
        subject=_subject(event, known, names),
        changes=changes[:MOST],
        rows=len(event.changes),
    )


def _subject(event: EventLine, known: Mapping[str, Journaled], names: Names) -> str:
    declared = known.get(event.subject_kind)
    if declared is None:
        return f"{event.subject_kind} {event.subject_id}"
    kind = named(str(declared.model._meta.verbose_name))
    name = names.get((declared.model, event.subject_id))
    return (
        f"{kind} {name}"
        if name
        else _("%(kind)s第 %(number)s 号") % {"kind": kind, "number": event.subject_id}
    )


def _fields(line: Any, declared: Journaled | None, names: Names) -> list[FieldChange]:
    if declared is None or declared.model not in OPEN_TABLES:
        return []
    before, after = line.before or {}, line.after or {}
    fields = {field.attname: field for field in declared.model._meta.concrete_fields}
    return [
        FieldChange(
            named(str(fields[column].verbose_name)),
            _shown(fields[column], before.get(column), names),
            _shown(fields[column], after.get(column), names),
        )
        for column in {**before, **after}
        if column in fields and (before.get(column) or "") != (after.get(column) or "")
    ]


def _shown(field: Any, value: Any, names: Names) -> str:
    if value is None or value == "":
        return ""
    if field.is_relation:
        return names.get((field.related_model, str(value)), str(value))
    if isinstance(field, DateTimeField):
        moment = parse_datetime(str(value))
        return timezone.localtime(moment).strftime("%Y-%m-%d %H:%M") if moment else str(value)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return named(dict(field.choices or ()).get(value, "")) or str(value)


def _names(events: Iterable[EventLine], known: Mapping[str, Journaled]) -> Names:
    """Names of the organisations, people and posts that the events speak of."""
    keys: dict[type[Any], set[str]] = defaultdict(set)
    for event in events:
        for kind, row_id, values in _spoken_of(event):
            declared = known.get(kind)
            if declared is None or declared.model not in OPEN_TABLES:
                continue
            keys[declared.model].add(row_id)
            for field in declared.model._meta.concrete_fields:
                if field.related_model and values.get(field.attname) is not None:
                    keys[field.related_model].add(str(values[field.attname]))
    found: dict[tuple[type[Any], str], str] = {}
    for model, name in _CALLED.items():
        rows = model._default_manager.filter(pk__in=keys[model]).values_list("pk", name)
        found.update({(model, str(pk)): shown for pk, shown in rows})
    return found


_CALLED = {Organisation: "name", Person: "name", Post: "title", SecondFactor: "person__name"}
"""By which field a row is called."""


def _spoken_of(event: EventLine) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Kind, key and fields of every row that an event speaks of."""
    yield event.subject_kind, event.subject_id, {}
    for line in event.changes:
        for values in (line.before, line.after):
            yield line.kind, line.row_id, values or {}
