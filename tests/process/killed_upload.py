"""Keeps a file in a child process that kills itself with SIGKILL at its n-th statement; prints what was left, for each n.

Run by test_durability.py. Prints a JSON list of [n, whether killed, stored files, events of keeping, files in the store, orphans, swept, sound].
"""

import json
import os
import signal
from datetime import timedelta

import django

DATA = "会议纪要：整改完成。".encode("gb18030")  # so that its text is a file of its own


def main() -> None:
    django.setup()
    from tests import people
    from zhenggai.config.database import make_ready
    from zhenggai.parties.states import Role

    make_ready(build=True)
    people.post("office", "甲", Role.OFFICE)
    results, killed, n = [], True, 0
    while killed:
        n += 1
        killed = _fork(n) == -signal.SIGKILL
        results.append([n, killed, *_state()])
    print(json.dumps(results))


def _fork(n: int) -> int:
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        _keep(n)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _keep(n: int) -> None:
    from django.db import connection

    from zhenggai.evidence.actions import keep_file
    from zhenggai.parties.queries import post_by_code

    count = 0

    def counting(execute, sql, params, many, context):
        nonlocal count
        count += 1
        if count == n:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)

    by = post_by_code("office")
    with connection.execute_wrapper(counting):
        keep_file(name="纪要.txt", data=DATA, by=by)


def _state() -> list:
    from zhenggai.evidence import store
    from zhenggai.evidence.models import StoredFile
    from zhenggai.evidence.sweep import sweep
    from zhenggai.journal.models import Event
    from zhenggai.journal.verify import verify

    files = len(list(store.place().entries()))
    young = sweep(delete=True).young  # of 24 hours: takes nothing
    swept = sweep(delete=True, older_than=timedelta(0))
    events = Event.objects.filter(act="file.keep").count()
    return [StoredFile.objects.count(), events, files, young, swept.deleted, verify().sound]


if __name__ == "__main__":
    main()
