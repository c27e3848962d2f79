"""Writing the trail: entries become chained events. Only :mod:`zhenggai.journal.acts` calls this."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Model

from zhenggai.journal import pseudonyms, snapshots
from zhenggai.journal.chain import GENESIS, canonical, digest_entry, plain
from zhenggai.journal.models import ChangedRow, Event

_BATCH = 500
_NAMES = ("person", "username")
"""What names the person in an actor; ``holder`` is his key."""


@dataclass(frozen=True)
class Change:
    """A row's displayed fields before and after an act; ``None`` where it did not or does not exist."""

    kind: str
    row_id: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None


@dataclass(frozen=True)
class Entry:
    """What an act has to say, before it is given its place in the chain; ``click`` is empty where it shares that of its sitting."""

    act: str
    subject_kind: str
    subject_id: str
    actor: dict[str, str]
    reason: str
    changes: tuple[Change, ...]
    click: str = ""


def created(row: Model) -> Change:
    """Describe a row that the act has just created."""
    declared = snapshots.of(row)
    return Change(declared.kind, str(row.pk), None, declared.snapshot(row))


def changed(row: Model, before: dict[str, Any]) -> Change:
    """Describe a row that the act has changed, given the snapshot taken before."""
    declared = snapshots.of(row)
    return Change(declared.kind, str(row.pk), before, declared.snapshot(row))


def append(entries: Sequence[Entry], *, at: datetime, click: str) -> None:
    """Chain the entries to the journal's end, within the caller's transaction, which holds the chain's lock."""
    seq, previous, algorithm = _last()
    entries = _pseudonymous(entries)
    events: list[Event] = []
    rows: list[ChangedRow] = []
    for number, entry in enumerate(entries, start=seq + 1):
        own = entry.click or click
        body = canonical(_body(entry, number, at, own, algorithm))
        digest = digest_entry(previous, body, algorithm)
        events.append(
            Event(
                seq=number, at=at, act=entry.act, subject_kind=entry.subject_kind, subject_id=entry.subject_id,
                click=own, body=body, previous=previous, digest=digest, algorithm=algorithm,
            )
        )  # fmt: skip
        rows += [ChangedRow(seq=number, kind=c.kind, row_id=c.row_id) for c in entry.changes]
        previous = digest
    Event.objects.bulk_create(events, batch_size=_BATCH)
    ChangedRow.objects.bulk_create(rows, batch_size=_BATCH)


def _pseudonymous(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with tokens for the names of people: of the actor, and of rows that are persons."""
    personal = {d.kind: d.personal for d in snapshots.all_journaled() if d.personal}
    tokens = pseudonyms.tokens_for(
        [
            *((e.actor.get("holder", ""), e.actor.get(name, "")) for e in entries for name in _NAMES),
            *(
                (c.row_id, str(said[name]))
                for e in entries
                for c in e.changes
                for said in (c.before, c.after)
                if said
                for name in personal.get(c.kind, ())
            ),
        ]
    )

    def named(whom: str, said: dict[str, Any] | None, names: Sequence[str]) -> Any:
        return said and {
            name: tokens.get((whom, value), value) if name in names else value for name, value in said.items()
        }

    return [
        replace(
            entry,
            actor=named(entry.actor.get("holder", ""), entry.actor, _NAMES),
            changes=tuple(
                replace(c, before=named(c.row_id, c.before, names), after=named(c.row_id, c.after, names))
                if (names := personal.get(c.kind, ()))
                else c
                for c in entry.changes
            ),
        )
        for entry in entries
    ]


def _body(entry: Entry, seq: int, at: datetime, click: str, algorithm: str) -> dict[str, Any]:
    return {
        "seq": seq,
        "at": plain(at),
        "algorithm": algorithm,
        "act": entry.act,
        "subject": [entry.subject_kind, entry.subject_id],
        "actor": entry.actor,
        "click": click,
        "reason": entry.reason,
        "changes": [
            {"kind": c.kind, "id": c.row_id, "before": c.before, "after": c.after} for c in entry.changes
        ],
    }


def _last() -> tuple[int, str, str]:
    """Number, digest and hash function of the last event; of a new journal the function that ZHENGGAI_PROFILE says."""
    last = Event.objects.order_by("-seq").values_list("seq", "digest", "algorithm").first()
    return last or (0, GENESIS, str(settings.JOURNAL_HASH))


def head() -> tuple[int, str]:
    """How many events the journal holds, and the digest of the last one."""
    last = Event.objects.order_by("-seq").values_list("seq", "digest").first()
    return last or (0, GENESIS)
