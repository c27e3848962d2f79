"""The acts of handling at 1,000, 100,000 and 1,000,000 tasks: milliseconds and statements, against replaying the bare SQL of the same act.

``python -m tests.benchmarks.acting 1000 100000``. The database is a file (or PostgreSQL with ZHENGGAI_TEST_DATABASE=postgresql), so that every commit
reaches the disk. Rows that only fill the tables are copied in SQL; the acts are real, each on an item of its own.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from unittest import mock

from django.db import connection, transaction
from django.db.models import Model
from django.test.utils import CaptureQueriesContext

SIZES = (1_000, 100_000, 1_000_000)
TIMES = 12
OWN = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT", "ROLLBACK TO SAVEPOINT")


@dataclass(frozen=True)
class Result:
    """One act at one size: milliseconds (median) and statements, the floor, and the act without its journal."""

    tasks: int
    act: str
    ms: float
    statements: int
    floor_ms: float
    without_journal_ms: float

    def __str__(self) -> str:
        return (
            f"{self.tasks:>9,} tasks  {self.act:<20} {self.ms:7.2f} ms  {self.statements:3d} statements   "
            f"{self.ms / self.floor_ms:5.1f} x bare SQL ({self.floor_ms:.2f} ms)   journal {self.ms - self.without_journal_ms:5.2f} ms"
        )


def copies(template: Model, count: int, base: int, **own: str) -> None:
    """Copy a row ``count`` times in one statement; ``own`` gives expressions over ``n`` (1 … count) for the columns that differ."""
    model = type(template)
    table = connection.ops.quote_name(model._meta.db_table)
    columns = [field.column for field in model._meta.concrete_fields]
    own = {"id": f"{base} + c.n", **own}
    picked = ", ".join(own.get(column, f"t.{connection.ops.quote_name(column)}") for column in columns)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({names}) WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < {count}) "  # noqa: S608  # our own names
            f"SELECT {picked} FROM c, {table} AS t WHERE t.id = {template.pk}"
        )
        if connection.vendor == "postgresql":
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{model._meta.db_table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
            )


class Field:
    """An inspection with so many tasks, and fresh items for each run of an act."""

    def __init__(self, count: int) -> None:
        from tests import cast

        self.cast = cast
        self.whole = cast.world()
        self.task = cast.assigned(self.whole)
        self._fill(count)
        self.fresh = self._fresh()

    def _fill(self, count: int) -> None:
        base = 10_000_000
        finding, task = self.task.finding, self.task
        with transaction.atomic():
            copies(finding, count, base, number=f"{base} + c.n")
            copies(task, count, base, finding_id=f"{base} + c.n")
            for step, row in enumerate(task.assignments.order_by("pk")):
                copies(row, count, base * (step + 1), task_id=f"{base} + c.n", finding_id=f"{base} + c.n")
            copies(task.measures.first(), count, base, task_id=f"{base} + c.n", number="1")
        self.base = base
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")

    def _fresh(self) -> Iterator[object]:
        from zhenggai.ledger.models import Task

        at = 0
        while True:
            at += 1
            yield Task.objects.get(pk=self.base + at)


def acts(field: Field) -> dict[str, tuple[Callable[[], object], Callable[[object], object]]]:
    """Name → how an item is prepared, and the act on what that gave."""
    from zhenggai.ledger.actions import assigning, closing, proving, reporting, requesting
    from zhenggai.ledger.actions.assigning import Plan
    from zhenggai.ledger.actions.reporting import Said
    from zhenggai.ledger.handling.states import Completion, Grade

    whole, cast = field.whole, field.cast
    later = cast.today() + timedelta(days=200)

    def said(n: int) -> Said:
        return Said(
            f"{n}月", f"第{n}次推进：已清理违建{n}处，完善制度并逐项落实，完成年度任务。", Completion.DONE
        )

    numbers = iter(range(1, 10**9))

    def drafted() -> object:
        return reporting.fill_in(task=next(field.fresh), said=said(next(numbers)), by=whole.unit.filler)

    def attached() -> object:
        return proving.attach(task=next(field.fresh), handed=cast.handed(), by=whole.unit.filler)

    def ready() -> object:
        task = next(field.fresh)
        cast.proven(whole, task, measure=task.measures.first())
        cast.reported(whole, task)
        return task.finding

    def applied() -> object:
        return closing.apply(finding=ready(), grade=Grade.DONE, text="到位", by=whole.unit.head)

    def nearly() -> object:
        closure = applied()
        for post in cast.reviewers(whole)[:-1]:
            closure = closing.approve(closure=closure, by=post)
        return closure

    def requested() -> object:
        return requesting.request_extension(
            task=next(field.fresh), to_on=later, reason="汛期", by=whole.unit.head
        )

    return {
        "task.plan": (
            lambda: next(field.fresh),
            lambda task: assigning.plan(
                task=task, plan=Plan("新的任务名称", root_cause="原因", due_on=task.due_on), by=whole.office
            ),
        ),
        "task.assign": (
            lambda: next(field.fresh),
            lambda task: assigning.assign(
                task=task, answers=cast.answers(whole, whole.outsider), reason="划转", by=whole.office
            ),
        ),
        "report.save": (
            lambda: next(field.fresh),
            lambda task: reporting.fill_in(task=task, said=said(next(numbers)), by=whole.unit.filler),
        ),
        "report.sign": (drafted, lambda report: reporting.sign(report=report, by=whole.unit.head)),
        "evidence.attach": (
            lambda: (next(field.fresh), cast.handed()),
            lambda given: proving.attach(task=given[0], handed=given[1], by=whole.unit.filler),
        ),
        "evidence.review": (
            attached,
            lambda piece: proving.review(evidence=piece, accepted=True, by=whole.lead.filler),
        ),
        "extension.request": (
            lambda: next(field.fresh),
            lambda task: requesting.request_extension(
                task=task, to_on=later, reason="汛期", by=whole.unit.head
            ),
        ),
        "extension.decide": (
            requested,
            lambda row: requesting.decide_extension(extension=row, approved=True, by=whole.official),
        ),
        "closure.apply": (
            ready,
            lambda item: closing.apply(finding=item, grade=Grade.DONE, text="到位", by=whole.unit.head),
        ),
        "closure.approve": (applied, lambda row: closing.approve(closure=row, by=whole.lead.head)),
        "closure.approve last": (nearly, lambda row: closing.approve(closure=row, by=whole.supervisor)),
        "closure.return": (
            applied,
            lambda row: closing.send_back(closure=row, reason="补材料", by=whole.lead.head),
        ),
    }


def measured(count: int, name: str, prepare: Callable[[], object], act: Callable[[object], object]) -> Result:
    """Median of several runs, each on an item of its own; the floor replays the statements of one run, undone afterwards."""
    with CaptureQueriesContext(connection):
        given = prepare()
        before = len(connection.queries)
        with transaction.atomic():
            act(given)
            transaction.set_rollback(True)
        queries = [query["sql"] for query in connection.queries[before:]]
    statements = [sql for sql in queries if not sql.startswith(OWN)]
    floor = (
        _floor(statements) + _commit()
    )  # at once: what the act wrote next would be in the way of its own keys
    ours = _median(prepare, act)
    with mock.patch("zhenggai.journal.trail.append"):
        without = _median(prepare, act)
    return Result(count, name, ours, len(statements), floor, without)


def _median(prepare: Callable[[], object], act: Callable[[object], object]) -> float:
    taken = []
    for _ in range(TIMES):
        given = prepare()
        start = time.perf_counter()
        act(given)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def _floor(statements: list[str]) -> float:
    """The same statements by a bare cursor, read to the end, in a transaction that is undone."""
    taken = []
    for _ in range(TIMES):
        with transaction.atomic(), connection.cursor() as cursor:
            start = time.perf_counter()
            for sql in statements:
                cursor.execute(sql)
                if cursor.description:
                    cursor.fetchall()
            taken.append(time.perf_counter() - start)
            transaction.set_rollback(True)
    return statistics.median(taken) * 1000


def _commit() -> float:
    """One small transaction that reaches the disk: every act ends in one, and the floor above is undone."""
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE ledger_inspection SET next_number = next_number + 1")
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1000


def main(sizes: tuple[int, ...]) -> None:
    import django

    import tests.settings  # noqa: F401  # chooses the database and the folder

    django.setup()
    from django.conf import settings
    from django.test.utils import setup_databases, setup_test_environment, teardown_databases

    if connection.vendor == "sqlite":
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(settings.DATA / "bench.sqlite3")
        connection.settings_dict.setdefault("TEST", {})["NAME"] = str(settings.DATA / "bench.sqlite3")
    setup_test_environment()
    for size in sizes:
        old = setup_databases(verbosity=0, interactive=False)
        try:
            print(f"-- {connection.vendor}, {size:,} tasks")
            for line in run(size):
                print(line, flush=True)
        finally:
            teardown_databases(old, verbosity=0)


def run(size: int) -> Iterator[Result]:
    field = Field(size)
    for name, (prepare, act) in acts(field).items():
        yield measured(size, name, prepare, act)


if __name__ == "__main__":
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    main(tuple(int(word) for word in sys.argv[1:]) or SIZES)
