"""已占位置: which places of the text are already explained, so that their numerals count nothing.

Guarantees
1. Later stages see one mark per character; the first reason given to a place stays.
2. Names in quotation marks and set phrases are marked, problem statements in quotation marks are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from gongwen.reading.patterns import any_of
from gongwen.reading.tables import phrases

FREE, CITATION, DATE, FRAME, NUMBERING, NAME = range(6)

_QUOTES = re.compile(r"[“”‘’\n\t]")
_SET_PHRASE = re.compile(any_of(phrases.SET_PHRASES))
_SCHEME = re.compile(phrases.SCHEME)
_ROUND_THE_CLOCK = re.compile(phrases.ROUND_THE_CLOCK)
_SERVICE_NUMBER = re.compile(phrases.SERVICE_NUMBER)
_PROBLEM = re.compile("|".join(phrases.PROBLEM_SIGNS))
_SLOGAN, _LONG_NAME = 8, 20


class Masks:
    """One byte per flat character: why its numerals are no quantities."""

    def __init__(self, length: int) -> None:
        self.marks = bytearray(length)

    def mark(self, places: Iterable[tuple[int, int]], reason: int) -> None:
        """Give the free characters of some places a reason."""
        for start, end in places:
            if not any(self.marks[start:end]):
                self.marks[start:end] = bytes([reason]) * (end - start)
            else:
                self._mark_free(start, end, reason)

    def _mark_free(self, start: int, end: int, reason: int) -> None:
        for position in range(start, end):
            self.marks[position] = self.marks[position] or reason


def named_places(flat: str) -> list[tuple[int, int]]:
    """Places whose numerals belong to a name: slogans in quotation marks, set phrases, schemes like 1+4+N."""
    places = [match.span() for match in _SET_PHRASE.finditer(flat)]
    places += [match.span() for match in _SCHEME.finditer(flat)]
    places += [match.span() for match in _ROUND_THE_CLOCK.finditer(flat)]
    places += [match.span() for match in _SERVICE_NUMBER.finditer(flat)]
    return places + [place for place in _quotations(flat) if _is_name(flat[place[0] : place[1]])]


def _quotations(flat: str) -> list[tuple[int, int]]:
    """Contents of all quotations, nested ones too, each within its paragraph."""
    places: list[tuple[int, int]] = []
    stack: list[int] = []
    for sign in _QUOTES.finditer(flat):
        if sign.group() in "“‘":
            stack.append(sign.end())
        elif sign.group() in "”’":
            if stack:
                places.append((stack.pop(), sign.start()))
        else:
            stack.clear()
    return places


def _is_name(content: str) -> bool:
    """A short quotation is a name; a long one only if nothing in it says that something is wrong."""
    if len(content) <= _SLOGAN:
        return True
    return len(content) <= _LONG_NAME and not _PROBLEM.search(content) and "，" not in content
