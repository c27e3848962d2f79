"""The one door: an official act checks, changes and is recorded, all in one transaction, or not at all.

1. ``@act`` opens the transaction, reads the clock once, and undoes everything when the function raises or records no event.
2. Acts called inside an act join its transaction; all events of the outermost call share one ``click``, but those recorded ``apart``.
3. Events are written when the outermost act ends, in the order in which they were recorded. Acts that write follow one another: the chain's lock
   is the first thing that an outermost act takes, so that none waits for rows while another waits for the chain.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import transaction
from django.db.models import Model

from zhenggai.core import clock
from zhenggai.journal import snapshots, trail
from zhenggai.journal.locks import Lock, hold

P = ParamSpec("P")
R = TypeVar("R")


class Actor(Protocol):
    """Whoever acts: a post-holder, or the system itself."""

    def snapshot(self) -> dict[str, str]:
        """Who this is, as it should be read in twenty years: copied into the journal, never looked up again."""
        ...


class ActWithoutEventError(RuntimeError):
    """An act ended without having recorded its event: a mistake of the programmer, undone."""


@dataclass(frozen=True)
class Act:
    """An entry of the catalogue of acts: stable code and Chinese name."""

    code: str
    label: str


@dataclass
class _Sitting:
    """What all acts of one outermost call share."""

    at: datetime
    click: str
    entries: list[trail.Entry] = field(default_factory=list)
    afterwards: list[Callable[[], None]] = field(default_factory=list)


@dataclass(frozen=True)
class _Doing:
    """The act being done, by whom, in which sitting."""

    act: Act
    actor: dict[str, str]
    sitting: _Sitting


CATALOGUE: dict[str, Act] = {}
_doing: ContextVar[_Doing | None] = ContextVar("doing", default=None)


def act(code: str, label: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a keyword-only function with a ``by`` an official act (行为) and enter it in the catalogue.

    The function must call :func:`record` at least once; ActWithoutEventError otherwise. A code can be given once: ValueError.
    """
    if code in CATALOGUE:
        raise ValueError(f"act {code} is declared twice")
    entry = CATALOGUE[code] = Act(code, label)

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            by: Any = kwargs["by"]
            with _perform(entry, by):
                return function(*args, **kwargs)

        run.__dict__["act"] = entry
        return run

    return decorate


@contextmanager
def _perform(entry: Act, by: Actor) -> Iterator[None]:
    """Do one act: transaction, event, or nothing."""
    outer = _doing.get()
    sitting = outer.sitting if outer else _Sitting(at=clock.now(), click=uuid.uuid4().hex)
    before, to_do = len(sitting.entries), len(sitting.afterwards)
    token = _doing.set(_Doing(entry, by.snapshot(), sitting))
    try:
        with transaction.atomic():
            if outer is None:
                hold(Lock.CHAIN)
            yield
            _check_recorded(entry, sitting, before)
            if outer is None:
                trail.append(sitting.entries, at=sitting.at, click=sitting.click)
                for work in sitting.afterwards:
                    work()
    except BaseException:
        # The rows are rolled back; what was to be said about them goes with them, also when the caller goes on.
        del sitting.entries[before:]
        del sitting.afterwards[to_do:]
        raise
    finally:
        _doing.reset(token)


def _check_recorded(entry: Act, sitting: _Sitting, before: int) -> None:
    if len(sitting.entries) == before:
        raise ActWithoutEventError(f"{entry.code} recorded no event")


def moment() -> datetime:
    """Return the moment of the act being done; RuntimeError outside an act."""
    return _current().sitting.at


def actor_name() -> str:
    """Return how rows name who does the act being done: the post's code, or the title of whoever has no post."""
    actor = _current().actor
    return actor["post"] or actor["title"]


def record(*, subject: Model, changes: Sequence[trail.Change], reason: str = "", apart: bool = False) -> None:
    """Record the event of the act being done: its subject and each row it changed, with before and after.

    ``apart``: under a click of its own. An event that is published must not give away the click of those beside it, which is all that keeps
    their words from being guessed and tried against their digests.
    """
    doing = _current()
    doing.sitting.entries.append(
        trail.Entry(
            act=doing.act.code,
            subject_kind=snapshots.of(subject).kind,
            subject_id=str(subject.pk),
            actor=doing.actor,
            reason=reason,
            changes=tuple(changes),
            click=uuid.uuid4().hex if apart else "",
        )
    )


def afterwards(work: Callable[[], None]) -> None:
    """Do something in the act's transaction once its events are written."""
    _current().sitting.afterwards.append(work)


def _current() -> _Doing:
    doing = _doing.get()
    if doing is None:
        raise RuntimeError("no act is being done: call an action")
    return doing
