"""Named reads of the journal."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db.models import Min, Model, Q, QuerySet

from zhenggai.journal import snapshots
from zhenggai.journal.acts import CATALOGUE
from zhenggai.journal.chain import canonical
from zhenggai.journal.models import ChangedRow, Event, TreeHead
from zhenggai.journal.pseudonyms import names_in, resolved, written_for
from zhenggai.journal.trail import head

__all__ = [
    "EventLine",
    "EventsPage",
    "HeadLine",
    "HistoryLine",
    "Story",
    "event_of_row",
    "events_page",
    "head",
    "head_text",
    "heads",
    "history",
    "story",
]

_SEARCHED = 20_000
"""Events that one search for an actor looks through; the next page goes on behind them."""

_KEYS = 500
"""Keys that one statement names: the databases limit how many."""


@dataclass(frozen=True)
class HistoryLine:
    """One line of a row's history: who did what, when and why, and the fields before and after."""

    seq: int
    at: datetime
    act: str
    label: str
    actor: dict[str, str]
    reason: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


def history(row: Model) -> list[HistoryLine]:
    """The acts that changed a row, oldest first. Three statements."""
    kind, row_id = snapshots.of(row).kind, str(row.pk)
    seqs = list(ChangedRow.objects.filter(kind=kind, row_id=row_id).values_list("seq", flat=True))
    events = list(Event.objects.filter(seq__in=seqs).order_by("seq"))
    names = names_in(event.body for event in events)
    return [_line(event, kind, row_id, names) for event in events]


def _line(event: Event, kind: str, row_id: str, names: Mapping[str, str]) -> HistoryLine:
    body = json.loads(event.body)
    change = next(c for c in body["changes"] if c["kind"] == kind and c["id"] == row_id)
    known = CATALOGUE.get(event.act)
    return HistoryLine(
        event.seq, event.at, event.act, known.label if known else event.act,
        resolved(body["actor"], names), body["reason"],
        resolved(change["before"], names), resolved(change["after"], names),
    )  # fmt: skip


def event_of_row(kind: str, row_ids: Iterable[int | str]) -> dict[str, int]:
    """Number of the event that created each of these rows: key of the row, as the journal writes it, → number. One statement for each 500 rows.

    A row of which the journal says nothing is left out.
    """
    keys, found = [str(key) for key in row_ids], dict[str, int]()
    for start in range(0, len(keys), _KEYS):
        rows = ChangedRow.objects.filter(kind=kind, row_id__in=keys[start : start + _KEYS])
        found |= dict(rows.values_list("row_id").annotate(Min("seq")))
    return found


@dataclass(frozen=True)
class ChangeLine:
    """A row that an event changed, with its fields before and after; None where it did not or does not exist."""

    kind: str
    row_id: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None


@dataclass(frozen=True)
class EventLine:
    """One event, as it is told: who did what to what, when and why, and what that changed."""

    seq: int
    at: datetime
    act: str
    label: str
    actor: Mapping[str, str]
    subject_kind: str
    subject_id: str
    reason: str
    changes: tuple[ChangeLine, ...]


@dataclass(frozen=True)
class EventsPage:
    """A page of events, newest first, and the key that leads on; ``None`` where there is nothing older to look at.

    ``searched_to`` is the oldest event looked at, which matters when there are fewer rows than fill a page.
    """

    rows: list[EventLine]
    next_key: int | None
    first: bool
    searched_to: int


def events_page(
    *,
    before: int | None = None,
    act: str = "",
    who: str = "",
    since: datetime | None = None,
    until: datetime | None = None,
    size: int = 30,
) -> EventsPage:
    """The events before a key, newest first: of an act, of an actor (code of the post, log-in name or name), from a moment until before another.

    About 25 statements at most, none of which reads more than ``_SEARCHED`` events, however long the journal is.
    """
    last = head()[0]
    top = min(last + 1 if before is None else before, _first_since(until, last) if until else last + 1)
    bottom = _first_since(since, last) if since else 1
    lowest = max(bottom, top - _SEARCHED) if who else bottom
    rows: QuerySet[Event] = Event.objects.filter(seq__lt=top, seq__gte=lowest)
    if act:
        rows = rows.filter(act=act)
    if who:
        rows = rows.filter(_by(who))
    found = list(rows.order_by("-seq")[: size + 1])
    shown = found[:size]
    names = names_in(event.body for event in shown)
    more = shown[-1].seq if len(found) > size else lowest if lowest > bottom else None
    return EventsPage(
        [_event_line(event, names) for event in shown],
        more,
        first=before is None,
        searched_to=more if more is not None else lowest,
    )


def _by(who: str) -> Q:
    """Events whose actor is so called; the body is canonical, so that its text can be searched."""
    wanted = Q()
    for name in ("post", "username", "person"):
        for written in (who, *written_for(who)):
            wanted |= Q(body__contains=f'"{name}":{canonical(written)}')
    return wanted


def _first_since(moment: datetime, last: int) -> int:
    """Number of the first event at or after a moment, by halving: numbers and times rise together."""
    low, high = 1, last + 1
    while low < high:
        middle = (low + high) // 2
        at = Event.objects.values_list("at", flat=True).get(seq=middle)
        low, high = (low, middle) if at >= moment else (middle + 1, high)
    return low


def _event_line(event: Event, names: Mapping[str, str]) -> EventLine:
    body = json.loads(event.body)
    known = CATALOGUE.get(event.act)
    return EventLine(
        event.seq, event.at, event.act, known.label if known else event.act, resolved(body["actor"], names),
        event.subject_kind, event.subject_id, body["reason"],
        tuple(
            ChangeLine(c["kind"], c["id"], resolved(c["before"], names), resolved(c["after"], names))
            for c in body["changes"]
        ),
    )  # fmt: skip


@dataclass(frozen=True)
class Story:
    """A page of events, newest first, and the key that leads on; ``None`` where there is nothing older."""

    rows: list[EventLine]
    next_key: int | None
    first: bool


def story(rows: Mapping[str, Iterable[int]], *, before: int | None = None, size: int = 20) -> Story:
    """The acts that changed any of these rows (kind → keys), newest first, with what they changed in these rows only. Three statements."""
    wanted = {kind: {str(key) for key in keys} for kind, keys in rows.items()}
    found = Q(pk__in=[])
    for kind, keys in wanted.items():
        found |= Q(kind=kind, row_id__in=keys)
    numbers = ChangedRow.objects.filter(found).values_list("seq", flat=True).distinct().order_by("-seq")
    if before is not None:
        numbers = numbers.filter(seq__lt=before)
    seqs = list(numbers[: size + 1])
    events = list(Event.objects.filter(seq__in=seqs[:size]).order_by("-seq"))
    names = names_in(event.body for event in events)
    lines = [_event_line(event, names) for event in events]
    told = [
        replace(line, changes=tuple(c for c in line.changes if c.row_id in wanted.get(c.kind, ())))
        for line in lines
    ]
    return Story(told, seqs[size - 1] if len(seqs) > size else None, first=before is None)


@dataclass(frozen=True)
class HeadLine:
    """A signed head that the system keeps: over how many events, their root, and when (ISO, UTC)."""

    size: int
    root: str
    at: str


def heads(most: int = 30) -> list[HeadLine]:
    """The newest heads that the system keeps, newest first."""
    rows = TreeHead.objects.order_by("-id")[:most]
    return [HeadLine(row.size, row.root, json.loads(row.head)["at"]) for row in rows]


def head_text(size: int) -> str | None:
    """The head over so many events as it is kept elsewhere; None if there is none."""
    return TreeHead.objects.filter(size=size).values_list("head", flat=True).first()
