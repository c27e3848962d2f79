"""The journal read from its beginning to its end, as the database holds it, and what is wrong with an event that does not fit.

Nothing here builds models: verification reads every event there is.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from zhenggai.journal.bodies import Entry
from zhenggai.journal.cells import UNREADABLE, Writer, read, writer
from zhenggai.journal.chain import HASHES, digest_bytes
from zhenggai.journal.models import ChangedRow, Event


class Stored(NamedTuple):
    """日志 as the database holds it."""

    seq: int
    at: Any
    act: str
    subject_kind: str
    subject_id: str
    click: str
    body: bytes
    previous: str
    digest: str
    algorithm: str


_COLUMNS = tuple(Stored.__annotations__)


def events() -> Iterator[tuple[Any, ...]]:
    """All events in their order, each as the fields of Stored."""
    for rows in read(Event, _COLUMNS, as_bytes=["body"]):
        yield from rows


def moment_writer() -> Writer:
    """Writes a moment of an event, as the database holds it, as JSON."""
    return writer(Event._meta.get_field("at"))


def entries() -> Iterator[Entry]:
    """The index, in the order of the events and of their changes."""
    for rows in read(ChangedRow, ("seq", "kind", "row_id"), order=("seq", "id")):
        yield from rows


def sentence_about(event: Stored, number: int, previous: str, algorithm: str, rows: Sequence[Entry]) -> str:
    """Say what is wrong with an event, that does not fit."""
    if event.seq != number:
        return f"日志在第 {number} 条处缺失：下一条的序号是 {event.seq}。"
    if event.previous != previous:
        return f"第 {number} 条日志没有接在前一条之后：前一条摘要不符。"
    if event.algorithm not in HASHES or event.algorithm != algorithm:
        return f"第 {number} 条日志的算法“{event.algorithm}”不是这份日志的算法，或本版本不支持。"
    if event.digest != digest_bytes(previous, event.body, algorithm):
        return f"第 {number} 条日志的内容与其摘要不符，内容被改动过。"
    body = _parsed(event.body)
    if not body:
        return f"第 {number} 条日志的内容不是日志的格式。"
    columns = {
        "seq": event.seq,
        "at": _moment(event.at),
        "algorithm": event.algorithm,
        "act": event.act,
        "subject": [event.subject_kind, event.subject_id],
        "click": event.click,
    }
    if any(body.get(name) != value for name, value in columns.items()):
        return f"第 {number} 条日志的检索栏与日志内容不一致。"
    if [(number, c["kind"], c["id"]) for c in body["changes"]] != list(rows):
        return f"第 {number} 条日志的变动索引与日志内容不一致。"
    return f"第 {number} 条日志的内容不是日志的规范格式，不是由系统写入的。"


def _moment(cell: Any) -> Any:
    try:
        return json.loads(moment_writer()(cell))
    except UNREADABLE:
        return None


def _parsed(body: bytes) -> dict[str, Any]:
    """The body as JSON; empty unless it has the form that the journal writes."""
    try:
        parsed = json.loads(body)
        whole = all(
            isinstance(c["kind"], str) and isinstance(c["id"], str) and "after" in c
            for c in parsed["changes"]
        )
    except (ValueError, TypeError, KeyError):
        return {}
    return parsed if whole else {}
