"""Two halves of one long reading: a second process does one of them, at the same moment of the database.

1. On PostgreSQL the second process takes over the first one's snapshot. On SQLite both begin to read, and begin again if an act came in between:
   whatever changes the ledger honestly is an event.
2. Inside a transaction, or where the database is in this process's memory, there can be no second reader; the caller then does both halves.
3. The connection is closed before the process is doubled, so that neither uses the other's.
"""

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import TypeVar

from django.db import connection

from zhenggai.journal.moments import exported, last_event, one_moment

T = TypeVar("T")
Half = Iterable[T]
_TRIES = 20


class HalfLostError(RuntimeError):
    """The second process ended before it was done."""


@contextmanager
def halved(work: Callable[[], Iterator[T]]) -> Iterator[Half[T]]:
    """Read inside at one moment, and have ``work`` read at the same one; what is given yields its results. HalfLostError."""
    if not _possible():
        with one_moment():
            yield work()
        return
    connection.close()
    ours, theirs = multiprocessing.Pipe()
    second = multiprocessing.get_context("fork").Process(
        target=_second, args=(work, theirs, ours), daemon=True
    )
    second.start()
    theirs.close()
    try:
        with _same_moment(ours) as together:
            yield _results(ours) if together else work()
    finally:
        ours.close()
        second.terminate()
        second.join()


def _possible() -> bool:
    in_memory = connection.vendor == "sqlite" and "mode=memory" in str(connection.settings_dict["NAME"])
    return not (connection.in_atomic_block or in_memory)


@contextmanager
def _same_moment(second: Connection) -> Iterator[bool]:
    """A moment that the second process shares; False if there was none, because acts never ceased."""
    for _ in range(_TRIES):
        with one_moment():
            try:
                second.send((exported(), last_event()))
                together = second.recv()
            except (EOFError, OSError) as error:
                raise HalfLostError("the second process ended at once") from error
            if together:
                yield True
                return
    with one_moment():
        yield False


def _second(work: Callable[[], Iterator[T]], first: Connection, other_end: Connection) -> None:
    """What the second process does: find the moment, do the work, send what it gives."""
    other_end.close()
    while True:
        snapshot, seen = first.recv()
        with one_moment(snapshot):
            together = last_event() == seen
            first.send(together)
            if together:
                # All at once at the end: a pipe that nobody reads yet would hold up the work.
                for result in list(work()):
                    first.send([result])
                first.send([])
                return


def _results(second: Connection) -> Iterator[T]:
    try:
        while result := second.recv():
            yield result[0]
    except EOFError as error:
        raise HalfLostError("the second process ended before it was done") from error
