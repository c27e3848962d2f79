"""Verification of the journal with every row compared, against reading the same events and hashing their bodies."""

import hashlib
from collections.abc import Iterator

from tests import factories
from tests.benchmarks.measure import Line, seconds
from zhenggai.journal.models import Event
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions.deciding import accept
from zhenggai.parties.models import Post


def run() -> Iterator[Line]:
    by = Post.objects.get(code="bench")
    for number in range(4):
        findings = [factories.F(f"第{number}轮第{n}号问题", ["甲措施", "乙措施"]) for n in range(1000)]
        reading = factories.enter(factories.Made(findings), by=by, name=f"{number}.txt")
        accept(proposals=list(reading.proposals.all()), by=by)
    report = verify()
    assert report.sound
    floor = seconds(bare_hashing, times=3)
    yield Line(
        f"verify {report.events:,} events and {report.rows:,} rows",
        seconds(verify, times=3), "read and hash", floor, report.events, "events",
    )  # fmt: skip


def bare_hashing() -> None:
    for body in Event.objects.order_by("seq").values_list("body", flat=True).iterator(chunk_size=2000):
        hashlib.sha256(body.encode()).hexdigest()
