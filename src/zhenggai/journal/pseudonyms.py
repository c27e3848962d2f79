"""化名: how people are named in events, so that a name can be erased although no event can be changed.

1. Where a body would name a person stands a token: SHA-256 over a random salt and the name. Without the salt nothing can be told from it.
2. A table of the journal keeps salt and name of each token, for whom it stands, and is asked when events are shown. Salt and name can be emptied,
   together and for good; nothing else in it can be changed.
3. An event stays as it was hashed: chain, heads, exports and proofs hold as before once a name is gone.
"""

import hashlib
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.db import connection, transaction

from zhenggai.journal.models import Pseudonym

PREFIX = "token:"
ERASED = "（个人信息已删除）"
_DOMAIN = "zhenggai.token.1\n"
_WRITTEN = re.compile(r'"token:([0-9a-f]{64})"')

Named = tuple[str, str]
"""Key of the person, and one of his names."""


def token_of(salt: str, value: str) -> str:
    """The token that stands for a name, hexadecimal."""
    return hashlib.sha256(f"{_DOMAIN}{salt}\n{value}".encode("utf-8", "surrogatepass")).hexdigest()


def tokens_for(names: Iterable[Named]) -> dict[Named, str]:
    """The tokens of names as events hold them; new ones are made for those that have none. One statement, two where there are new ones."""
    wanted = {name for name in names if all(name)}
    if not wanted:
        return {}
    rows = Pseudonym.objects.filter(whom__in={whom for whom, _ in wanted}).exclude(value="")
    found = {(row.whom, row.value): row.token for row in rows}
    fresh = [_fresh(whom, value) for whom, value in sorted(wanted - set(found))]
    if fresh:
        Pseudonym.objects.bulk_create(fresh)
    found |= {(row.whom, row.value): row.token for row in fresh}
    return {name: PREFIX + found[name] for name in wanted}


def _fresh(whom: str, value: str) -> Pseudonym:
    salt = secrets.token_hex(16)
    return Pseudonym(token=token_of(salt, value), whom=whom, salt=salt, value=value)


def known() -> dict[Named, str]:
    """The tokens of all names that are still there and are what their tokens say."""
    rows = Pseudonym.objects.exclude(value="")
    return {
        (row.whom, row.value): PREFIX + row.token
        for row in rows.iterator()
        if token_of(row.salt, row.value) == row.token
    }


def faults() -> Iterator[str]:
    """One Chinese sentence for each token that does not stand for what is kept with it."""
    for row in Pseudonym.objects.order_by("token").iterator():
        if (row.salt or row.value) and token_of(row.salt, row.value) != row.token:
            yield f"人员 {row.whom} 的化名 {row.token[:12]}… 与其所记不符，被绕过系统改动过。"


def written_for(value: str) -> list[str]:
    """How events write a name: the tokens of all who are so called."""
    return [PREFIX + token for token in Pseudonym.objects.filter(value=value).values_list("token", flat=True)]


def names_in(bodies: Iterable[str]) -> dict[str, str]:
    """What the tokens in some bodies stand for; ERASED where that is gone. One statement."""
    tokens = {token for body in bodies for token in _WRITTEN.findall(body)}
    rows = Pseudonym.objects.filter(token__in=tokens).values_list("token", "value") if tokens else []
    return {PREFIX + token: value or ERASED for token, value in rows}


def resolved(said: Any, names: Mapping[str, str]) -> Any:
    """The fields of an actor or a row with names for tokens."""
    return said and {
        name: names.get(value, value) if isinstance(value, str) else value for name, value in said.items()
    }


def forget(whom: str, *, keep: Iterable[str]) -> None:
    """Empty all names of a person but those to keep, also where the database remembers what it overwrote."""
    Pseudonym.objects.filter(whom=whom).exclude(value__in=list(keep)).update(salt="", value="")
    transaction.on_commit(_purge)


def _purge() -> None:
    """On SQLite the log of what was written holds the old pages until it is cut; their freed space is overwritten as it is freed."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
