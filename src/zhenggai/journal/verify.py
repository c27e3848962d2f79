"""核验: is the trail whole, and do the rows display what it says?

Streamed: the chain of events with the index of changed rows, the tree against every head, and every journaled row against the last
event that changed it. A trail that was written anew from some event on, or cut off at its end together with the rows, shows only against
a head kept elsewhere: up to the last such head nothing can be changed unseen.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from zhenggai.journal import snapshots
from zhenggai.journal.chain import GENESIS, digest_entry, plain
from zhenggai.journal.heads import Head, HeadRefused, kept_heads
from zhenggai.journal.merkle import Roots
from zhenggai.journal.models import ChangedRow, Event
from zhenggai.journal.moments import one_moment
from zhenggai.journal.trail import digest_after

_CHUNK = 2000


@dataclass(frozen=True)
class Fault:
    """One thing that is not as the journal says: the entry (序号; None for a row or file), the row, and a Chinese sentence."""

    seq: int | None
    kind: str
    row_id: str
    sentence: str


@dataclass
class Report:
    """核验结果: how much was read and what was found, in the order of the journal; the first fault is the first bad entry."""

    events: int = 0
    rows: int = 0
    heads: int = 0
    head: str = GENESIS
    faults: list[Fault] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    def as_dict(self) -> dict[str, Any]:
        """JSON object."""
        return {
            "sound": self.sound,
            "events": self.events,
            "rows": self.rows,
            "heads": self.heads,
            "head": self.head,
            "faults": [vars(fault) for fault in self.faults],
        }


def verify(*, heads: Sequence[Head] = (), most: int = 20) -> Report:
    """Verify the whole journal, against the heads that the system keeps and those given, kept elsewhere.

    Returns a report with at most ``most`` faults.
    """
    report = Report()
    latest: dict[tuple[str, str], tuple[str, int]] = {}
    with one_moment():
        summaries = _Summaries([*_own_heads(report), *heads])
        report.heads = len(summaries.heads)
        report.faults += islice(_chain_faults(report, latest, summaries), most)
        if report.sound:
            report.faults += islice(summaries.faults(report.events), most)
        if report.sound:
            # Behind a broken chain the rows cannot be judged: what the journal says of them is itself in doubt.
            report.faults += islice(_row_faults(report, latest), most)
            report.faults += islice(_check_faults(), most - len(report.faults))
    return report


def _own_heads(report: Report) -> list[Head]:
    try:
        return kept_heads()
    except HeadRefused as refused:
        report.faults.append(Fault(None, "journal.treehead", "", refused.sentence))
        return []


class _Summaries:
    """Holds every head to the tree over the events, as they stream by."""

    def __init__(self, heads: Sequence[Head]) -> None:
        self.heads = heads
        self._roots = Roots()
        self._sizes = {head.size for head in heads}
        self._seen = {0: self._roots.root().hex()}

    def add(self, event: Event) -> None:
        """Take the next event of a chain that is whole up to it."""
        if self._sizes:
            self._roots.add(bytes.fromhex(event.digest))
            if self._roots.size in self._sizes:
                self._seen[self._roots.size] = self._roots.root().hex()

    def faults(self, events: int) -> Iterator[Fault]:
        """The heads that a journal with a whole chain does not bear out."""
        for head in self.heads:
            if head.size > events:
                sentence = (
                    f"{head.at} 的树头记有 {head.size} 条日志，现在只有 {events} 条：末尾的日志被删去。"
                )
                yield Fault(events, "journal.treehead", str(head.size), sentence)
            elif self._seen[head.size] != head.root:
                sentence = f"前 {head.size} 条日志与 {head.at} 的树头不符：其中有的被改动、删除、插入或调换后重新计算过摘要。"
                yield Fault(None, "journal.treehead", str(head.size), sentence)


def _chain_faults(
    report: Report, latest: dict[tuple[str, str], tuple[str, int]], summaries: _Summaries
) -> Iterator[Fault]:
    """Walk the chain and its index; fill ``latest`` with the last digest of each row."""
    index = _index_entries()
    pending = next(index, None)
    for number, event in enumerate(Event.objects.order_by("seq").iterator(chunk_size=_CHUNK), start=1):
        report.events = number
        body = _parsed(event.body)
        sentence = _event_fault(event, number, report.head, body)
        if sentence:
            yield Fault(event.seq, event.subject_kind, event.subject_id, sentence)
            return
        expected = [(event.seq, c["kind"], c["id"], digest_after(c["after"])) for c in body["changes"]]
        found = []
        while pending and pending[0] <= event.seq:
            found.append(pending)
            pending = next(index, None)
        if found != expected:
            yield Fault(
                event.seq,
                event.subject_kind,
                event.subject_id,
                f"第 {event.seq} 条日志的变动索引与日志内容不一致。",
            )
            return
        for _, kind, row_id, digest in expected:
            latest[kind, row_id] = (digest, event.seq)
        report.head = event.digest
        summaries.add(event)
    if pending:
        yield Fault(
            pending[0], pending[1], pending[2], f"变动索引提到第 {pending[0]} 条日志，但日志中没有这一条。"
        )


def _event_fault(event: Event, number: int, previous: str, body: dict[str, Any]) -> str:
    """Say what is wrong with one event; empty if nothing is."""
    if event.seq != number:
        return f"日志在第 {number} 条处缺失：下一条的序号是 {event.seq}。"
    if event.previous != previous:
        return f"第 {number} 条日志没有接在前一条之后：前一条摘要不符。"
    if event.digest != digest_entry(previous, event.body):
        return f"第 {number} 条日志的内容与其摘要不符，内容被改动过。"
    if not body:
        return f"第 {number} 条日志的内容不是日志的格式。"
    columns = {
        "seq": event.seq,
        "at": plain(event.at),
        "algorithm": event.algorithm,
        "act": event.act,
        "subject": [event.subject_kind, event.subject_id],
        "click": event.click,
    }
    if any(body.get(name) != value for name, value in columns.items()):
        return f"第 {number} 条日志的检索栏与日志内容不一致。"
    return ""


def _parsed(body: str) -> dict[str, Any]:
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


def _index_entries() -> Iterator[tuple[int, str, str, str]]:
    rows = ChangedRow.objects.order_by("seq", "id").values_list("seq", "kind", "row_id", "digest")
    return iter(rows.iterator(chunk_size=_CHUNK))


def _row_faults(report: Report, latest: dict[tuple[str, str], tuple[str, int]]) -> Iterator[Fault]:
    """Compare every journaled row with the last event that changed it; entries are used up on the way."""
    names = {}
    for declared in snapshots.all_journaled():
        label = names[declared.kind] = str(declared.model._meta.verbose_name)
        for row_id, digest in declared.rows(_CHUNK):
            report.rows += 1
            said, seq = latest.pop((declared.kind, row_id), ("", None))
            if seq is None:
                yield Fault(None, declared.kind, row_id, f"{label} {row_id} 没有任何日志，是绕过系统写入的。")
            elif said != digest:
                yield Fault(
                    seq,
                    declared.kind,
                    row_id,
                    f"{label} {row_id} 的现有内容与第 {seq} 条日志所记不符，被绕过系统改动过。",
                )
    for (kind, row_id), (said, seq) in latest.items():
        if said:
            yield Fault(
                seq,
                kind,
                row_id,
                f"{names.get(kind, kind)} {row_id} 已不存在，但第 {seq} 条日志之后没有删除它的记录。",
            )


def _check_faults() -> Iterator[Fault]:
    for name, check in snapshots.all_checks().items():
        for sentence in check():
            yield Fault(None, name, "", sentence)
