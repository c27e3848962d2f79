"""清理: files in the store that no row names, left by uploads that were killed, refused late or never handed in.

1. What any app names is never deleted, nor anything younger than the age given.
2. Deleting holds the lock that every act holds, and looks again at each file: no act can come between that look and the deletion, and an act that
   comes after finds the file gone and says so (:func:`zhenggai.evidence.actions.keep_file`).
3. What is not ours in the folder or the bucket is not looked at.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from zhenggai.core import clock
from zhenggai.core.errors import Refusal
from zhenggai.evidence import store
from zhenggai.evidence.places import Entry
from zhenggai.journal.locks import Lock, hold

AGE = timedelta(hours=24)
"""Age below which nothing is taken unless somebody says otherwise."""

_named_by: dict[str, Callable[[], Iterable[str]]] = {}


class SweepFailed(Refusal):
    """清理未完成: the store could not be listed, or did not let a file go."""

    code = "sweep_failed"


@dataclass
class Swept:
    """清理结果: numbers of files; ``size`` in bytes is that of the orphans and the unfinished together."""

    named: int = 0
    young: int = 0
    orphans: int = 0
    unfinished: int = 0
    size: int = 0
    deleted: int = 0


def register_digests(name: str, query: Callable[[], Iterable[str]]) -> None:
    """Add a query of digests that an app's rows name, under ``app.model.field``; blanks among them name nothing."""
    _named_by[name] = query


def all_registered() -> list[str]:
    """The names of all registered queries."""
    return list(_named_by)


def sweep(*, older_than: timedelta = AGE, delete: bool = False) -> Swept:
    """Count what no row names and what unfinished writings left; with ``delete`` remove it. Raises SweepFailed."""
    limit = clock.now() - older_than
    swept = Swept()
    with _told():
        found = list(_candidates(limit, swept))
        if delete and found:
            swept.deleted = _delete(found, limit)
    return swept


def _candidates(limit: datetime, swept: Swept) -> Iterator[Entry]:
    named = _named()
    for entry in store.place().entries():
        if entry.digest in named:
            swept.named += 1
        elif entry.changed_at > limit:
            swept.young += 1
        else:
            swept.orphans += bool(entry.digest)
            swept.unfinished += not entry.digest
            swept.size += entry.size
            yield entry


def _delete(found: Iterable[Entry], limit: datetime) -> int:
    here, deleted = store.place(), 0
    with transaction.atomic():
        hold(Lock.CHAIN)
        named = _named()
        for entry in found:
            now = here.again(entry)
            if now and now.changed_at <= limit and now.digest not in named:
                here.remove(now)
                deleted += 1
    return deleted


def _named() -> set[str]:
    return {digest for query in _named_by.values() for digest in query() if digest}


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise SweepFailed(
            f"清理未完成：{error.strerror or error}。已删除的不受影响，排除故障后可再次运行。"
        ) from error
