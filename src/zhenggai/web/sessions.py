"""会话: when it began, when it was last used, and who has given the password and still owes the code.

1. A session ends after eight hours, and after half an hour without a request. When it was last used stands in a signed cookie bound to the
   session, so that looking at a page writes nothing; without the cookie, the beginning counts.
2. Between password and code nobody is logged in: the session only notes, for five minutes, who gave the password.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from zhenggai.core import clock
from zhenggai.parties.models import Person

BEGAN = "began"
AWAITING = "awaiting_code"
SEEN_COOKIE = "seen"
CODE_WITHIN = 5 * 60
"""Seconds in which the code must follow the password."""

_signer = TimestampSigner(salt="zhenggai.web.seen")


def note_beginning(sender: Any, request: HttpRequest, **_facts: Any) -> None:  # noqa: ARG001  # a signal's signature
    """Note when a session began, at log-in."""
    request.session[BEGAN] = _present()


def is_over(request: HttpRequest) -> bool:
    """Whether the session of somebody logged in has lasted, or lain idle, too long."""
    began = request.session.get(BEGAN, 0)
    if _present() - began > settings.SESSION_COOKIE_AGE:
        return True
    return not _was_seen(request) and _present() - began > settings.SESSION_IDLE_SECONDS


def _was_seen(request: HttpRequest) -> bool:
    """Whether the cookie proves a request of this session within the time allowed."""
    try:
        marked = _signer.unsign(request.COOKIES.get(SEEN_COOKIE, ""), max_age=settings.SESSION_IDLE_SECONDS)
    except BadSignature:
        return False
    return marked == _mark(request)


def note_seen(request: HttpRequest, response: HttpResponseBase) -> None:
    """Let the answer carry that the session is in use."""
    response.set_cookie(
        SEEN_COOKIE,
        _signer.sign(_mark(request)),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _mark(request: HttpRequest) -> str:
    return hashlib.sha256((request.session.session_key or "").encode()).hexdigest()[:32]


@dataclass(frozen=True)
class Awaited:
    """Somebody who gave the right password: the person, the back end that said so, and where he wants to go."""

    person: Person
    backend: str
    to: str


def await_code(request: HttpRequest, person: Person, to: str) -> None:
    """Note that a person gave his password, under a new session key."""
    request.session.cycle_key()
    request.session[AWAITING] = {
        "person": person.pk,
        "bound": person.get_session_auth_hash(),
        BACKEND_SESSION_KEY: getattr(person, "backend", settings.AUTHENTICATION_BACKENDS[-1]),
        "to": to,
        "at": _present(),
    }


def awaited(request: HttpRequest) -> Awaited | None:
    """Return who owes the code; None if nobody does, it took too long, or the account changed since."""
    noted = request.session.get(AWAITING)
    if not noted or _present() - noted["at"] > CODE_WITHIN:
        return None
    person = Person.objects.filter(pk=noted["person"], is_active=True).first()
    if person is None or person.get_session_auth_hash() != noted["bound"]:
        return None
    return Awaited(person, noted[BACKEND_SESSION_KEY], noted["to"])


def forget_code(request: HttpRequest) -> None:
    """Owe no code any more."""
    request.session.pop(AWAITING, None)


def _present() -> int:
    return int(clock.now().timestamp())
