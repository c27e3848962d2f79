"""Cutting a body into what it says of each row: the very text that was hashed, neither built nor written anew.

A body is ``{"act":…,"actor":…,"algorithm":…,"at":…,"changes":[{"after":…,"before":…,"id":…,"kind":…},…],"click":…,"reason":…,"seq":…,"subject":[…]}``,
written by :func:`zhenggai.journal.chain.canonical`, and taken here as the bytes that are hashed. Everything around the rows' values is compared
byte by byte with what the columns and the index say, so a body of another form is refused.

Nearly all bodies are flat: no backslash, and no brace but those around a change and a row. There no text can be mistaken for structure, since a
quotation mark inside a text has a backslash before it, and a row ends at its first closing brace. Where a body is not flat, Python's own scanner
finds the ends. What a row said before must be what the journal said of it last, or be scanned; what it says last is compared with the row.
"""

import json
import re
from collections.abc import Callable, Sequence
from json.encoder import encode_basestring
from typing import Any

from zhenggai.journal.cells import UNREADABLE, Writer
from zhenggai.journal.chain import canonical

OPEN, BEFORE, CHANGES = '{"after":', ',"before":', b',"changes":['
_FLAT = re.compile(
    rb'\{"after":(\{[^}]*\}|null),"before":(\{[^}]*\}|null),"id":"([^"]*)","kind":"([^"]*)"\}(?:,(?=\{)|(?=\]))'
)
_scan = json.JSONDecoder().raw_decode
_MANY = 10_000

Entry = tuple[int, str, str]
"""An entry of the index: number of the event, kind and key of the row."""

Known = Callable[[str, str, bytes], bool]
"""Whether the journal said this of the row last: kind, key, text."""


class NotCanonical(ValueError):  # noqa: N818  # a finding, told in a sentence by whoever asked
    """The body is not of the form, or does not say what columns and index say."""


class Cutter:
    """Cuts bodies; remembers their beginnings, which all events of a click share. ``moment`` writes a cell of the column of moments."""

    def __init__(self, moment: Writer, known: Known) -> None:
        self._moment = moment
        self._known = known
        self._beginnings: dict[bytes, tuple[str, Any, str]] = {}

    def cut(
        self,
        body: bytes,
        beginning: tuple[str, Any, str],
        end: tuple[str, int, str, str],
        rows: Sequence[Entry],
    ) -> list[bytes]:
        """What the body says of each row (``null`` where it is gone), given the index's entries. NotCanonical.

        ``beginning`` is act, moment and algorithm, ``end`` click, number, kind and key of the subject, as the columns have them.
        """
        try:
            start = body.index(CHANGES)
            if self._beginnings.get(body[:start]) != beginning:
                self._learn(body[:start], beginning)
            said, stop = self._changes(body, start + len(CHANGES), rows)
            _check_end(body[stop:], end)
        except UNREADABLE as error:
            raise NotCanonical(str(error)) from error
        return said

    def _learn(self, begun: bytes, beginning: tuple[str, Any, str]) -> None:
        act, at, algorithm = beginning
        text = begun.decode() + "}"
        wanted = {
            "act": act,
            "actor": json.loads(text)["actor"],
            "algorithm": algorithm,
            "at": json.loads(self._moment(at)),
        }
        if canonical(wanted) != text:
            raise NotCanonical
        if len(self._beginnings) > _MANY:
            self._beginnings.clear()
        self._beginnings[begun] = beginning

    def _changes(self, body: bytes, at: int, rows: Sequence[Entry]) -> tuple[list[bytes], int]:
        """What is said of each row, and where that ends."""
        said: list[bytes] = []
        stop = at
        for _, kind, key in rows:
            match = _FLAT.match(body, stop)
            if match is None:
                return _scanned(body, at, rows)
            after, before, said_key, said_kind = match.groups()
            if said_key.decode() != key or said_kind.decode() != kind:
                return _scanned(body, at, rows)
            if before != b"null" and not self._known(kind, key, before):
                _scan(before.decode(), 0)
            said.append(after)
            stop = match.end()
        # A row's text ends at its first closing brace; an opening one too many is inside a text or a value.
        if b"\\" in body or body.count(b"{", at, stop) != body.count(b"}", at, stop):
            return _scanned(body, at, rows)
        return said, stop


def _scanned(body: bytes, start: int, rows: Sequence[Entry]) -> tuple[list[bytes], int]:
    """The same of a body that is not flat."""
    text = body[start:].decode()
    said: list[bytes] = []
    at = 0
    for _, kind, key in rows:
        opening = "," + OPEN if said else OPEN
        after_end = _scan(text, at + len(opening))[1]
        before_end = _scan(text, after_end + len(BEFORE))[1]
        close = f',"id":{encode_basestring(key)},"kind":{encode_basestring(kind)}}}'
        if not (
            text.startswith(opening, at)
            and text.startswith(BEFORE, after_end)
            and text.startswith(close, before_end)
        ):
            raise NotCanonical
        said.append(text[at + len(opening) : after_end].encode())
        at = before_end + len(close)
    return said, len(body) - len(text[at:].encode())


def _check_end(rest: bytes, end: tuple[str, int, str, str]) -> None:
    """Nothing is left but click, reason, number and subject."""
    click, seq, kind, key = end
    front = f'],"click":{encode_basestring(click)},"reason":'
    back = f',"seq":{seq},"subject":[{encode_basestring(kind)},{encode_basestring(key)}]}}'
    if rest == f'{front}""{back}'.encode():
        return
    text = rest.decode()
    reason, stop = _scan(text, len(front))
    if not text.startswith(front) or not isinstance(reason, str) or text[stop:] != back:
        raise NotCanonical
