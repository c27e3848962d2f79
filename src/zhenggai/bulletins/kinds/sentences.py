"""模板句: the little language in which the sentences of a template are written. Plain Python: no Django, no clock.

- ``{party}``            a fact of the ledger or a setting, as words;
- ``[[ledger.items]]``   a figure: number and unit, bound to the observation it comes of; ``[[ledger.items!]]`` is said though it be nought;
- ``<，由{leader}任组长>``  a part that is left out where something in it has no value;
- ``{?withheld}``        writes nothing, but what stands beside it is left out unless the fact holds; ``{!withheld}`` the other way round.

A sentence in which something outside of ``<…>`` has no value is left out as a whole, so that no half of one is ever printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_PIECE = re.compile(
    r"\{(?P<if>[?!]?)(?P<fact>[a-z][a-z_]*)\}|\[\[(?P<code>[a-z][a-z_.]*)(?P<nought>!?)\]\]|<(?P<part>[^<>]*)>"
)
_STRAY = re.compile(r"[{}<>]|\[\[|\]\]")


@dataclass(frozen=True)
class Fact:
    """``{name}``."""

    name: str


@dataclass(frozen=True)
class Condition:
    """``{?name}``, or ``{!name}`` with ``wanted`` False."""

    name: str
    wanted: bool


@dataclass(frozen=True)
class Number:
    """``[[code]]``; ``nought``: said though it be 0."""

    code: str
    nought: bool


@dataclass(frozen=True)
class Optional:
    """``<…>``."""

    pieces: tuple[Piece, ...]


Piece = str | Fact | Condition | Number | Optional


@dataclass(frozen=True)
class Sentence:
    """模板句."""

    pieces: tuple[Piece, ...]

    @property
    def facts(self) -> set[str]:
        """Names of the facts that it speaks of."""
        return {each.name for each in _flat(self.pieces) if isinstance(each, Fact | Condition)}

    @property
    def codes(self) -> set[str]:
        """Codes of the indicators that it speaks of."""
        return {each.code for each in _flat(self.pieces) if isinstance(each, Number)}


def _flat(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for each in pieces:
        if isinstance(each, Optional):
            yield from _flat(each.pieces)
        else:
            yield each


def sentence(text: str) -> Sentence:
    """Understand a sentence; ValueError, in Chinese, for a bracket that opens or closes nothing."""
    return Sentence(tuple(_pieces(text)))


def _pieces(text: str) -> Iterator[Piece]:
    at = 0
    for found in _PIECE.finditer(text):
        yield from _plain(text[at : found.start()])
        at = found.end()
        if found["fact"]:
            yield Condition(found["fact"], found["if"] == "?") if found["if"] else Fact(found["fact"])
        elif found["code"]:
            yield Number(found["code"], bool(found["nought"]))
        else:
            yield Optional(tuple(_pieces(found["part"])))
    yield from _plain(text[at:])


def _plain(text: str) -> Iterator[str]:
    stray = _STRAY.search(text)
    if stray:
        around = text[max(stray.start() - 8, 0) : stray.end() + 8]
        raise ValueError(f"“{around}”中的“{stray.group()}”不成对，或占位符不是小写字母和下划线")
    if text:
        yield text
