"""Verification of the journal with every row compared, against reading the same events and hashing their bodies.

``python -m tests.benchmarks verifying`` runs this alone; SQLite stands in a file then, so that two processes can read it.
"""

import hashlib
from collections.abc import Iterator

from django.db import transaction

from tests import factories, people
from tests.benchmarks.measure import Line, seconds
from zhenggai.journal.heads import sign_head
from zhenggai.journal.models import Event
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions.deciding import accept
from zhenggai.parties.models import Post
from zhenggai.parties.states import Role


def run() -> Iterator[Line]:
    by = Post.objects.filter(code="bench").first() or people.post("bench", "测", Role.OFFICE)
    for number in range(4):
        findings = [factories.F(f"第{number}轮第{n}号问题", ["甲措施", "乙措施"]) for n in range(1000)]
        reading = factories.enter(factories.Made(findings), by=by, name=f"{number}.txt")
        accept(proposals=list(reading.proposals.all()), by=by)
    head = sign_head()
    report = verify(heads=[head])
    assert report.sound
    floor = seconds(bare_hashing, times=3)
    yield Line(
        f"verify {report.events:,} events and {report.rows:,} rows",
        seconds(lambda: verify(heads=[head])), "read and hash", floor, report.events, "events",
    )  # fmt: skip
    with transaction.atomic():  # no second process inside a transaction
        alone = seconds(lambda: verify(heads=[head]))
    yield Line("the same in one process", alone, "read and hash", floor, report.events, "events")


def bare_hashing() -> None:
    for body in Event.objects.order_by("seq").values_list("body", flat=True).iterator(chunk_size=500):
        hashlib.sha256(body.encode()).hexdigest()
