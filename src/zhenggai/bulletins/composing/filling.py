"""填写: a sentence of a template with the facts of the ledger in it."""

from collections.abc import Mapping, Sequence

from zhenggai.bulletins.composing.naming import amount
from zhenggai.bulletins.composing.words import Said, Words, joined, number
from zhenggai.bulletins.kinds.sentences import Condition, Fact, Optional, Piece, Sentence
from zhenggai.indicators.models import Observation

Facts = Mapping[str, Said]


class _NothingToSayError(Exception):
    """Something outside of ``<…>`` has no value."""


def fill(said: Sentence, facts: Facts, figures: Mapping[str, Observation]) -> Words:
    """The sentence with its facts; empty if something that it cannot do without has no value."""
    try:
        return joined(_filled(said.pieces, facts, figures))
    except _NothingToSayError:
        return Words()


def _filled(pieces: Sequence[Piece], facts: Facts, figures: Mapping[str, Observation]) -> list[Said]:
    found: list[Said] = []
    for piece in pieces:
        if isinstance(piece, str):
            found.append(piece)
        elif isinstance(piece, Fact):
            found.append(_given(facts.get(piece.name, "")))
        elif isinstance(piece, Condition):
            if bool(facts.get(piece.name)) is not piece.wanted:
                raise _NothingToSayError
        elif isinstance(piece, Optional):
            found += _if_possible(piece.pieces, facts, figures)
        else:
            row = figures.get(piece.code)
            if row is None or (row.value == 0 and not piece.nought):
                raise _NothingToSayError
            found.append(number(amount(row.value, row.indicator.unit), row.indicator.name, row))
    return found


def _given(value: Said) -> Said:
    if not value:
        raise _NothingToSayError
    return value


def _if_possible(pieces: Sequence[Piece], facts: Facts, figures: Mapping[str, Observation]) -> list[Said]:
    try:
        return _filled(pieces, facts, figures)
    except _NothingToSayError:
        return []


def gap(what: str) -> str:
    """待补: what nobody has said yet, in hexagonal brackets, as it stands visibly in a draft until somebody does."""
    return f"\u3014待补：{what}\u3015"
