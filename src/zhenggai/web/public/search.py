"""查找: words in the titles and paragraphs of public editions. Plain Python; a word of two characters is a word.

Guarantees
1. What is found contains every word that was asked for, in any of its paragraphs or its title.
2. The time is linear in the length of all editions; what is shown is bounded.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

LONGEST, WORDS = 60, 6
"""Characters of a question, and words in it."""

MOST, EXCERPTS, BEFORE, AFTER = 50, 3, 30, 70
"""Editions shown, excerpts of each, and characters around a hit."""


class TooLong(ValueError):  # noqa: N818  # a refusal, as elsewhere
    """查找的词太长."""


@dataclass(frozen=True)
class Excerpt:
    """摘录: index of the paragraph, its place as people count, and its text in pieces, each with whether it was looked for."""

    number: int
    place: int
    pieces: Sequence[tuple[bool, str]]


@dataclass(frozen=True)
class Result:
    """One edition in which everything was found."""

    path: str
    title: str
    number: int
    day: str
    latest: bool
    excerpts: Sequence[Excerpt]


class Index:
    """检索: the texts of all editions, folded once so that full-width and half-width, large and small letters are the same."""

    def __init__(self, editions: Sequence[Mapping[str, Any]]) -> None:
        self._editions = editions
        self._folded = [[fold(text) for text in (each["title"], *each["paragraphs"])] for each in editions]

    def find(self, query: str) -> tuple[list[Result], int]:
        """The editions with all the words, in the order of the list, and how many there are. TooLong for what is no question."""
        wanted = words(query)
        found = (
            [number for number, texts in enumerate(self._folded) if self._has(texts, wanted)]
            if wanted
            else []
        )
        return [self._result(number, wanted) for number in found[:MOST]], len(found)

    @staticmethod
    def _has(texts: Sequence[str], wanted: Sequence[str]) -> bool:
        return all(any(word in text for text in texts) for word in wanted)

    def _result(self, number: int, wanted: Sequence[str]) -> Result:
        each = self._editions[number]
        excerpts = list(self._excerpts(each["paragraphs"], self._folded[number][1:], wanted))
        return Result(each["path"], each["title"], each["number"], each["day"], each["latest"], excerpts)

    @staticmethod
    def _excerpts(texts: Sequence[str], folded: Sequence[str], wanted: Sequence[str]) -> Iterator[Excerpt]:
        count = 0
        for number, text in enumerate(folded):
            at = min((start for word in wanted if (start := text.find(word)) >= 0), default=-1)
            if at < 0:
                continue
            begin, stop = max(0, at - BEFORE), at + AFTER
            pieces = list(_pieces(texts[number][begin:stop], text[begin:stop], wanted))
            front = [(False, "…")] if begin else []
            back = [(False, "…")] if stop < len(text) else []
            yield Excerpt(number, number + 1, [*front, *pieces, *back])
            count += 1
            if count == EXCERPTS:
                return


def fold(text: str) -> str:
    """The text with equal signs made one, each at its own place."""
    return "".join(_fold(sign) for sign in text)


def _fold(sign: str) -> str:
    if sign.isascii() and not sign.isupper():
        return sign
    folded = unicodedata.normalize("NFKC", sign).casefold()
    return folded if len(folded) == 1 else sign


def words(query: str) -> list[str]:
    """The words of a question, folded, each once. TooLong with a sentence if it is too long, or has too many words."""
    if len(query.strip()) > LONGEST:
        raise TooLong(f"最多查找 {LONGEST} 个字，请缩短。")
    found = list(dict.fromkeys(fold(query.replace("\x00", "")).split()))
    if len(found) > WORDS:
        raise TooLong(f"最多同时查找 {WORDS} 个词，请减少。")
    return found


def _pieces(text: str, folded: str, wanted: Sequence[str]) -> Iterator[tuple[bool, str]]:
    at = 0
    while at < len(text):
        hits = [(start, -len(word)) for word in wanted if (start := folded.find(word, at)) >= 0]
        if not hits:
            break
        start, length = min(hits)
        if start > at:
            yield False, text[at:start]
        yield True, text[start : start - length]
        at = start - length
    if at < len(text):
        yield False, text[at:]
