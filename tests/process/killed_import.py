"""Imports a document in a child process that kills itself with SIGKILL at its n-th statement; prints what was left, for each n.

Run by test_durability.py. Prints a JSON list of [n, whether the child was killed, readings, proposals, accepted, events, sound].
"""

import json
import os
import pathlib
import signal
import sys
from contextlib import nullcontext

import django


def main() -> None:
    django.setup()
    from zhenggai.config.database import make_ready

    make_ready(build=True)
    _establish()
    document = pathlib.Path(sys.argv[1])
    results = []
    # The rehearsal's savepoints are statements too, where the real run begins and commits: a few less there.
    statements = _fork(document, 10**9, rehearse=True) - 4
    step = max(1, statements // int(sys.argv[2]))
    for n in [*range(1, statements + 1, step), statements]:
        killed = _fork(document, n) == -signal.SIGKILL
        results.append([n, killed, *_state()])
    _fork(document, 10**9)
    results.append([0, False, *_state()])
    print(json.dumps(results))


def _establish() -> None:
    from tests import people
    from zhenggai.parties.states import Role

    people.post("office", "甲", Role.OFFICE)


def _fork(document: pathlib.Path, n: int, *, rehearse: bool = False) -> int:
    """Import in a child; return its statements when rehearsing, else its exit status."""
    from django.db import connections

    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        count = _import(document, n, rehearse=rehearse)
        os.write(writing, str(count).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    return int(said) if rehearse else os.waitstatus_to_exitcode(status)


def _import(document: pathlib.Path, n: int, *, rehearse: bool) -> int:
    from django.db import connection, transaction

    from zhenggai.ledger.imports import read_file
    from zhenggai.parties.queries import post_by_code

    count = 0

    def counting(execute, sql, params, many, context):
        nonlocal count
        count += 1
        if count == n:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    by = post_by_code("office")
    # Only the rehearsal gets a transaction of its own; what is killed has none but its own.
    with connection.execute_wrapper(counting), transaction.atomic() if rehearse else nullcontext():
        read_file(name=document.name, data=document.read_bytes(), accept_all=True, by=by)
        if rehearse:
            transaction.set_rollback(True)
    return count


def _state() -> list:
    from zhenggai.journal.models import Event
    from zhenggai.journal.verify import verify
    from zhenggai.ledger.models import Proposal, Reading

    return [
        Reading.objects.count(),
        Proposal.objects.count(),
        Proposal.objects.filter(state="accepted").count(),
        Event.objects.count(),
        verify().sound,
    ]


if __name__ == "__main__":
    main()
