"""Whoever owns the database: opens the journal for changes and writes it anew."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from zhenggai.journal.chain import GENESIS, canonical, digest_entry
from zhenggai.journal.models import ChangedRow, Event


def open_journal() -> None:
    """Take the triggers away, as only the database's owner can."""
    with connection.cursor() as cursor:
        for table in ("journal_event", "journal_changedrow", "journal_treehead", "journal_pseudonym"):
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                for verb in ("update", "delete", "replace"):
                    cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")


Bodies = list[dict[str, object]]
Change = Callable[[Bodies, random.Random], None]


def change(bodies: Bodies, chance: random.Random) -> None:
    """Another reason, actor or time in one event."""
    body = chance.choice(bodies)
    field = chance.choice(["reason", "click", "act"])
    body[field] = f"{body[field]}{chance.randint(0, 9)}"[-32:]  # no longer than the column


def change_row(bodies: Bodies, chance: random.Random) -> None:
    """Another value in what an event says of a row."""
    body = chance.choice([body for body in bodies if body["changes"]])
    changed = chance.choice(body["changes"])
    changed["after"] = {**(changed["after"] or {}), "title": f"改头换面{chance.random()}"}


def delete(bodies: Bodies, chance: random.Random) -> None:
    """One event gone."""
    bodies.pop(chance.randrange(len(bodies)))


def insert(bodies: Bodies, chance: random.Random) -> None:
    """One event more, before the last: what comes after a head the head cannot know."""
    forged = {**chance.choice(bodies), "reason": f"补记{chance.random()}", "changes": []}
    bodies.insert(chance.randrange(len(bodies)), forged)


def reorder(bodies: Bodies, chance: random.Random) -> None:
    """Two events change places."""
    one, other = chance.sample(range(len(bodies)), 2)
    bodies[one], bodies[other] = bodies[other], bodies[one]


def truncate(bodies: Bodies, chance: random.Random) -> None:
    """The end gone."""
    del bodies[chance.randrange(1, len(bodies)) :]


ATTACKS: dict[str, Change] = {
    function.__name__: function for function in (change, change_row, delete, insert, reorder, truncate)
}


@dataclass(frozen=True)
class Stored:
    """An event as it stands in the database, apart from its body."""

    previous: str
    digest: str


def attack(kind: str, chance: random.Random, *, rechain: bool) -> None:
    """Write the journal anew with one change. ``rechain`` computes number, digests and index as the system would have."""
    events = list(Event.objects.order_by("seq"))
    bodies: Bodies = [json.loads(event.body) for event in events]
    known = {
        body["seq"]: Stored(event.previous, event.digest) for body, event in zip(bodies, events, strict=True)
    }
    ATTACKS[kind](bodies, chance)
    Event.objects.all().delete()
    if rechain:
        ChangedRow.objects.all().delete()
    previous = GENESIS
    made, rows = [], []
    for number, body in enumerate(bodies, 1):
        if rechain:
            body["seq"] = number
        text = canonical(body)
        stored = Stored(previous, digest_entry(previous, text)) if rechain else known[body["seq"]]
        made.append(
            Event(
                seq=number, at=datetime.fromisoformat(str(body["at"])), act=body["act"], subject_kind=body["subject"][0],
                subject_id=body["subject"][1], click=body["click"], body=text, previous=stored.previous,
                digest=stored.digest if stored.digest not in {event.digest for event in made} else f"{number:064x}",
                algorithm=body["algorithm"],
            )
        )  # fmt: skip
        rows += [ChangedRow(seq=number, kind=c["kind"], row_id=c["id"]) for c in body["changes"]]
        previous = stored.digest
    Event.objects.bulk_create(made)
    if rechain:
        ChangedRow.objects.bulk_create(rows)
