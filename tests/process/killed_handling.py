"""Does an act of handling in a child process that is killed with SIGKILL in the middle, at each of many moments; prints what was left.

Run by test_contention.py. Prints, for each act, a list of [moment, whether killed, what the ledger says, events, orphaned files, sound]. A moment is
the number of the statement before which the child died, "commit" just before, "done" just after its commit; the last line was not killed.
"""

import json
import os
import signal
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import django

MOMENTS = 12
TEXT = "整改落实情况的说明：已全部完成。"


def main() -> None:
    django.setup()
    from tests import cast
    from zhenggai.config.database import make_ready

    make_ready(build=True)
    whole = cast.world()
    scenes = {
        "closure.approve": _approval(whole),
        "report.sign": _signature(whole),
        "evidence.attach": _piece(whole),
    }
    print(json.dumps({name: played(*scene) for name, scene in scenes.items()}))


def _approval(whole: Any) -> tuple[Callable[[], None], Callable[[], Any]]:
    """The last step of a review."""
    from tests import cast
    from zhenggai.ledger.actions import closing
    from zhenggai.ledger.handling.models import Closure
    from zhenggai.ledger.models import Finding

    closure = cast.applied(whole)
    for post in cast.reviewers(whole)[:-1]:
        closure = closing.approve(closure=closure, reason="属实", by=post)

    def state() -> Any:
        row, finding = Closure.objects.get(pk=closure.pk), Finding.objects.get(pk=closure.finding_id)
        return [row.state, row.step, row.steps.count(), finding.review, finding.grade]

    return lambda: closing.approve(closure=closure, reason="属实", by=whole.supervisor), state


def _signature(whole: Any) -> tuple[Callable[[], None], Callable[[], Any]]:
    """A head's signature, which brings the task and its measures up to date."""
    from tests import cast
    from zhenggai.ledger.actions import reporting
    from zhenggai.ledger.handling.models import ProgressReport
    from zhenggai.ledger.handling.states import Completion

    task = cast.assigned(whole, 1)
    said = reporting.Said(
        period="首月",
        narrative="两所幼儿园已建成并招生。",
        completion=Completion.DONE,
        measures_done=[task.measures.get().pk],
    )
    report = reporting.fill_in(task=task, said=said, by=whole.unit.filler)

    def state() -> Any:
        row = ProgressReport.objects.select_related("task").get(pk=report.pk)
        return [row.state, row.task.completion, str(row.task.measures.get().done_on is not None)]

    return lambda: reporting.sign(report=report, by=whole.unit.head), state


def _piece(whole: Any) -> tuple[Callable[[], None], Callable[[], Any]]:
    """A file that is handed in: its bytes are in the store before the act begins."""
    from tests import cast
    from zhenggai.evidence.models import StoredFile
    from zhenggai.evidence.reception import receive_text
    from zhenggai.ledger.actions import proving
    from zhenggai.ledger.handling.models import Evidence

    task = cast.assigned(whole, 2)
    measure = task.measures.first()

    def attach() -> None:
        handed = proving.Handed(
            name="说明.txt",
            received=receive_text(name="说明.txt", text=TEXT),
            title="说明",
            effective_on=cast.today(),
        )
        proving.attach(task=task, measure=measure, handed=handed, by=whole.unit.filler)

    def state() -> Any:
        return [
            Evidence.objects.filter(task=task).count(),
            StoredFile.objects.filter(name="说明.txt").count(),
        ]

    return attach, state


def played(act: Callable[[], None], state: Callable[[], Any]) -> list[list[Any]]:
    """Do an act in children that die at many moments, and at last after its commit; what each of them left."""
    results = [["before", False, *_left(state)]]
    # Killed just before the commit, the child has counted the statements of the whole act, and left nothing.
    statements, died = _fork(act, "commit")
    results.append(["commit", died, *_left(state)])
    step = max(1, statements // MOMENTS)
    results += [[n, _fork(act, n)[1], *_left(state)] for n in range(1, statements + 1, step)]
    results.append(["done", _fork(act, "done")[1], *_left(state)])
    return results


def _fork(act: Callable[[], None], moment: int | str) -> tuple[int, bool]:
    """Do the act in a child that dies at a moment; return how many statements it counted, if it came to its commit, and whether it was killed."""
    from django.db import connections

    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _dying(act, moment, writing)
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return int(said or 0), os.waitstatus_to_exitcode(status) == -signal.SIGKILL


def _dying(act: Callable[[], None], moment: int | str, writing: int) -> None:
    from django.db import connection

    count = 0

    def counting(execute, sql, params, many, context):
        nonlocal count
        count += 1
        if count == moment:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    commit = connection._commit

    def committing() -> None:
        os.write(writing, str(count).encode())
        if moment == "commit":
            os.kill(os.getpid(), signal.SIGKILL)
        commit()
        if moment == "done":
            os.kill(os.getpid(), signal.SIGKILL)

    connection._commit = committing
    with connection.execute_wrapper(counting):
        act()


def _left(state: Callable[[], Any]) -> list[Any]:
    from zhenggai.evidence.sweep import sweep
    from zhenggai.journal.models import Event
    from zhenggai.journal.verify import verify

    swept = sweep(delete=True, older_than=timedelta(0))
    return [state(), Event.objects.count(), swept.deleted, verify().sound]


if __name__ == "__main__":
    main()
