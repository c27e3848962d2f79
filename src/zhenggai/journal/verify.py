"""核验: is the trail whole, and do the rows display what it says?

Streamed: the chain of events with the index of changed rows, the tree against every head, and every journaled row against the last
event that changed it. A trail that was written anew from some event on, or cut off at its end together with the rows, shows only against
a head kept elsewhere: up to the last such head nothing can be changed unseen.

The rows are read by a second process where there can be one; both look at the same moment.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

from zhenggai.journal import pseudonyms, snapshots
from zhenggai.journal.bodies import Cutter, Entry, NotCanonical
from zhenggai.journal.cells import Mark, mark
from zhenggai.journal.chain import GENESIS, HASHES, digest_bytes
from zhenggai.journal.halves import Half, halved
from zhenggai.journal.heads import Head, HeadRefused, kept_heads
from zhenggai.journal.merkle import Roots
from zhenggai.journal.stream import Stored, entries, events, moment_writer, sentence_about

Said = dict[str, dict[str, tuple[Mark | None, int | None]]]
"""By kind and row: mark of what the last event says of the row, None where it is gone; and the event's number."""


_NOTHING = (None, None)


class Rows(NamedTuple):
    """Keys and marks of some rows of a table."""

    kind: str
    keys: list[str]
    marks: list[Mark | None]
    plain_marks: list[Mark | None]


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
    hash: str = ""
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
    said: Said = defaultdict(dict)
    with halved(_other_half) as other:
        summaries = _Summaries([*_own_heads(report), *heads])
        report.heads = len(summaries.heads)
        report.faults += islice(_chain_faults(report, said, summaries), most)
        if report.sound:
            report.faults += islice(summaries.faults(report.events), most)
        if report.sound:
            # Behind a broken chain the rows cannot be judged: what the journal says of them is itself in doubt.
            report.faults += islice(_row_faults(report, said, other), most)
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
        self._trees = [Roots(name) for name in sorted({head.hash for head in heads})]
        self._sizes = {head.size for head in heads}
        self._last = max(self._sizes, default=0)
        self._size = 0
        self._seen: dict[tuple[str, int], str] = {}
        self._look()

    def _look(self) -> None:
        if self._size in self._sizes:
            self._seen |= {(tree.algorithm, self._size): tree.root().hex() for tree in self._trees}

    def add(self, digest: str) -> None:
        """Take the digest of the next event of a chain that is whole up to it."""
        if self._size < self._last:
            self._size += 1
            for tree in self._trees:
                tree.add(bytes.fromhex(digest))
            self._look()

    def faults(self, events: int) -> Iterator[Fault]:
        """The heads that a journal with a whole chain does not bear out."""
        for head in self.heads:
            if head.size > events:
                sentence = (
                    f"{head.at} 的树头记有 {head.size} 条日志，现在只有 {events} 条：末尾的日志被删去。"
                )
                yield Fault(events, "journal.treehead", str(head.size), sentence)
            elif self._seen[head.hash, head.size] != head.root:
                sentence = f"前 {head.size} 条日志与 {head.at} 的树头不符：其中有的被改动、删除、插入或调换后重新计算过摘要。"
                yield Fault(None, "journal.treehead", str(head.size), sentence)


def _chain_faults(report: Report, said: Said, summaries: _Summaries) -> Iterator[Fault]:
    """Walk the chain and its index up to the first fault; fill ``said`` with the last that is said of each row."""
    index = entries()
    pending = next(index, None)

    def known(kind: str, key: str, text: bytes) -> bool:
        return said[kind].get(key, _NOTHING)[0] == mark(text)

    cutter = Cutter(moment_writer(), known)
    for event in events():
        report.events += 1
        rows = []
        while pending and pending[0] <= event[0]:
            rows.append(pending)
            pending = next(index, None)
        texts = _texts(cutter, event, report, rows)
        if texts is None:
            bad = Stored(*event)
            sentence = sentence_about(bad, report.events, report.head, report.hash, rows)
            yield Fault(bad.seq, bad.subject_kind, bad.subject_id, sentence)
            return
        for (seq, kind, key), text in zip(rows, texts, strict=True):
            said[kind][key] = (None if text == b"null" else mark(text), seq)
        report.head = event[-2]
        summaries.add(report.head)
    if pending:
        yield Fault(*pending, f"变动索引提到第 {pending[0]} 条日志，但日志中没有这一条。")


def _texts(cutter: Cutter, event: tuple[Any, ...], report: Report, rows: list[Entry]) -> list[bytes] | None:
    """What the event says of each row; None if it does not fit behind the one before, its own columns or the index."""
    seq, at, act, kind, key, click, body, previous, digest, algorithm = event
    report.hash = report.hash or algorithm
    fits = (
        seq == report.events
        and previous == report.head
        and algorithm == report.hash
        and algorithm in HASHES
        and digest == digest_bytes(previous, body, algorithm)
    )
    if not fits or (rows and rows[0][0] != seq):
        return None
    try:
        return cutter.cut(body, (act, at, algorithm), (click, seq, kind, key), rows)
    except NotCanonical:
        return None


def _other_half() -> Iterator[Rows | Fault]:
    """What can be read beside the chain: marks of all rows of all journaled tables, then what the checks find."""
    for declared in snapshots.all_journaled():
        for found in declared.rows():
            yield Rows(declared.kind, *found)
    for sentence in pseudonyms.faults():
        yield Fault(None, "journal.pseudonym", "", sentence)
    for name, check in snapshots.all_checks().items():
        for sentence in check():
            yield Fault(None, name, "", sentence)


def _row_faults(report: Report, said: Said, found: Half[Rows | Fault]) -> Iterator[Fault]:
    """Compare every journaled row with the last event that changed it; what was said is used up on the way."""
    names = {declared.kind: str(declared.model._meta.verbose_name) for declared in snapshots.all_journaled()}
    others = []
    for part in found:
        if isinstance(part, Fault):
            others.append(part)
            continue
        report.rows += len(part.keys)
        of_kind = said[part.kind]
        for key, shown, plain in zip(part.keys, part.marks, part.plain_marks, strict=True):
            expected, seq = of_kind.pop(key, (None, None))
            if shown is None or expected not in (shown, plain):
                yield Fault(seq, part.kind, key, _row_sentence(f"{names[part.kind]} {key}", seq))
    for kind, of_kind in said.items():
        for key, (expected, seq) in of_kind.items():
            if expected is not None:
                name = f"{names.get(kind, kind)} {key}"
                yield Fault(seq, kind, key, f"{name} 已不存在，但第 {seq} 条日志之后没有删除它的记录。")
    yield from others


def _row_sentence(name: str, seq: int | None) -> str:
    if seq is None:
        return f"{name} 没有任何日志，是绕过系统写入的。"
    return f"{name} 的现有内容与第 {seq} 条日志所记不符，被绕过系统改动过。"
