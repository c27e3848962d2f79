"""Import of 1,000 findings, with and without accepting them, against bare inserts of as many rows."""

from collections.abc import Iterator

from django.db import transaction

from tests import factories, people
from tests.benchmarks.measure import Line, seconds
from zhenggai.ledger.actions.deciding import accept
from zhenggai.ledger.imports import read_file
from zhenggai.ledger.models import Finding, Inspection, Task
from zhenggai.ledger.states import Kind
from zhenggai.parties.states import Role

COUNT = 1000


def undone(work) -> None:
    """Do the work in a transaction that is rolled back, so that the next run finds the same database."""
    with transaction.atomic():
        work()
        transaction.set_rollback(True)


def run() -> Iterator[Line]:
    made = factories.Made(
        [factories.F(f"第{n}号问题：任务落实不到位，{n}个单位进度偏慢") for n in range(COUNT)]
    )
    by = people.post("bench", "测", Role.OFFICE)

    def read_in() -> None:
        factories.enter(made, by=by)

    def read_in_and_accept() -> None:
        reading = factories.enter(made, by=by)
        accept(proposals=list(reading.proposals.all()), by=by)

    text = written()

    def import_file() -> None:
        outcome = read_file(name="bench.txt", data=text, accept_all=True, by=by)
        assert outcome.kinds[Kind.FINDING].new == COUNT

    floor = seconds(lambda: undone(bare_inserts))
    yield Line(
        "import a file of 1,000 findings, accept all",
        seconds(lambda: undone(import_file), times=3), "bare insert", floor, COUNT, "findings",
    )  # fmt: skip
    yield Line(
        "read in 1,000 findings as proposals",
        seconds(lambda: undone(read_in)),
        "bare insert",
        floor,
        COUNT,
        "findings",
    )
    yield Line(
        "read in and accept 1,000 findings",
        seconds(lambda: undone(read_in_and_accept)), "bare insert", floor, COUNT, "findings",
    )  # fmt: skip


def written() -> bytes:
    """A report with 1,000 problems, as a unit would write it."""
    parts = ["中共浅溪县委关于巡察整改情况的报告", ""]
    for chapter, half in ("一", 0), ("二", COUNT // 2):
        parts.append(f"{chapter}、反馈问题整改情况（第{chapter}批）")
        for n in range(1, COUNT // 2 + 1):
            parts += [f"{n}.关于“第{half + n}号事项落实不到位”问题的整改", "整改情况：已建立台账并逐项督办。"]
    return "\n".join(parts).encode()


def bare_inserts() -> None:
    """The rows that the ledger ends up with, and nothing else: no proposals, no comparison, no journal."""
    inspection = Inspection.objects.create(code="floor", kind="巡察")
    findings = Finding.objects.bulk_create(
        [
            Finding(
                inspection=inspection,
                number=n,
                level="problem",
                title=f"第{n}号问题：任务落实不到位，{n}个单位进度偏慢",
            )
            for n in range(COUNT)
        ],
        batch_size=500,
    )
    Task.objects.bulk_create([Task(finding=f, number=1, title=f.title) for f in findings], batch_size=500)
