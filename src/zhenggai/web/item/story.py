"""历史: what the journal says of an item, as sentences: who, when, what, why, and which fields changed from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Field
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from zhenggai.journal.queries import ChangeLine, EventLine, Story
from zhenggai.ledger.handling.telling import is_about, public
from zhenggai.parties.models import Organisation, Post
from zhenggai.web.labels import history_fields, named
from zhenggai.web.templatetags.pages import plain_number

_LONGEST = 60


@dataclass(frozen=True)
class Altered:
    """One field that changed; ``fresh`` where it said nothing before."""

    label: str
    before: str
    after: str
    fresh: bool


@dataclass(frozen=True)
class Told:
    """One act as a sentence: who, from which post and unit, when, what, why; and what changed, row by row."""

    seq: int
    at: datetime
    label: str
    person: str
    place: str
    reason: str
    rows: list[tuple[str, list[Altered]]]


def tell(
    story: Story, names: Mapping[tuple[str, str], str], seen: Mapping[str, Iterable[int]], unit: int
) -> list[Told]:
    """Make sentences of a page of the journal, for a reader of this unit. Two statements at most.

    ``names`` says how rows are called by kind and key, ``seen`` which he may see.
    """
    lines = [change for event in story.rows for change in event.changes]
    shown = _Shown(lines)
    fields = history_fields()
    visible = {kind: {str(key) for key in keys} for kind, keys in seen.items()}
    told = (public(event, unit) for event in story.rows)
    return [_told(event, names, shown, fields, visible) for event in told if event.changes]


def _told(
    event: EventLine,
    names: Mapping[tuple[str, str], str],
    shown: _Shown,
    fields: Mapping[str, Mapping[str, Field[Any, Any]]],
    visible: Mapping[str, set[str]],
) -> Told:
    rows = []
    for change in event.changes:
        altered = _altered(change, shown, fields.get(change.kind, {}))
        if altered:
            rows.append((names.get((change.kind, change.row_id), ""), altered))
    # What is said about a row that the reader may not see stays unsaid, though the act also changed one that he may.
    whole = is_about(event, visible)
    title, unit = event.actor.get("title", ""), event.actor.get("organisation", "")
    place = title if title.startswith(unit) else f"{unit} {title}"
    return Told(
        event.seq, event.at, event.label, event.actor.get("person", ""), place, event.reason if whole else "", rows,
    )  # fmt: skip


def _altered(change: ChangeLine, shown: _Shown, fields: Mapping[str, Field[Any, Any]]) -> list[Altered]:
    before, after = change.before, change.after or {}
    found = []
    ended = before is not None and not before.get("ended_at") and bool(after.get("ended_at"))
    if change.kind == "ledger.assignment" and (ended or before is None):
        role = shown.value(fields["role"], after.get("role"))
        label = _("不再承担“%(role)s”") % {"role": role} if ended else role
        return [Altered(label, "", _who(change, shown), fresh=True)]
    for column, field in fields.items():
        was, now = (before or {}).get(column), after.get(column)
        if was == now or (before is None and now in (None, "", False, 0)):
            continue
        label = named(str(field.verbose_name))
        found.append(
            Altered(label, shown.value(field, was), shown.value(field, now), fresh=was in (None, ""))
        )
    return found


def _who(change: ChangeLine, shown: _Shown) -> str:
    after = change.after or {}
    return shown.names.get(("post_id", after.get("post_id"))) or shown.names.get(
        ("organisation_id", after.get("organisation_id")), ""
    )


class _Shown:
    """How values of the journal are shown; the names of units and posts among them are looked up at once."""

    def __init__(self, changes: Iterable[ChangeLine]) -> None:
        keys: dict[str, set[int]] = {"post_id": set(), "organisation_id": set()}
        for change in changes:
            if change.kind == "ledger.assignment":
                for column, found in keys.items():
                    found |= {row[column] for row in (change.before, change.after) if row and row.get(column)}
        self.names: dict[tuple[str, Any], str] = {}
        for column, rows in (
            ("post_id", Post.objects.filter(pk__in=keys["post_id"]).values_list("pk", "title")),
            ("organisation_id", Organisation.objects.filter(pk__in=keys["organisation_id"]).values_list("pk", "name")),
        ):  # fmt: skip
            if keys[column]:
                self.names |= {(column, pk): str(name) for pk, name in rows}

    def value(self, field: Field[Any, Any], value: Any) -> str:
        """A value in words."""
        if value in (None, ""):
            return _("空")
        if isinstance(value, bool):
            return _("是") if value else _("否")
        if field.attname in ("post_id", "organisation_id"):
            return self.names.get((field.attname, value), str(value))
        labels = dict(field.flatchoices)
        if value in labels:
            return named(str(labels[value]))
        text = str(value)
        if field.get_internal_type() == "DecimalField":
            return plain_number(Decimal(text))
        if field.get_internal_type() == "DateField" and parse_date(text[:10]):
            return text[:10]
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
