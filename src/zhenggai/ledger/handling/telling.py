"""历史: what of the acts on an item may be told to whom."""

from collections.abc import Mapping
from dataclasses import replace

from zhenggai.journal.queries import ChangeLine, EventLine
from zhenggai.ledger.handling.states import ReportState


def public(event: EventLine, unit: int) -> EventLine:
    """Leave out what an act did to a report before its head signed it, unless it is the reader's own unit's."""
    return replace(event, changes=tuple(each for each in event.changes if not _internal(each, unit)))


def _internal(change: ChangeLine, unit: int) -> bool:
    if change.kind != "ledger.report":
        return False
    states = [row["state"] for row in (change.before, change.after) if row]
    owner = (change.after or change.before or {}).get("organisation_id")
    return owner != unit and ReportState.SIGNED.value not in states


def is_about(event: EventLine, visible: Mapping[str, set[str]]) -> bool:
    """Whether an act was done on what its reader may see; ``visible`` has keys by kind, kinds that it does not name are seen by all."""
    return event.subject_id in visible.get(event.subject_kind, {event.subject_id})
