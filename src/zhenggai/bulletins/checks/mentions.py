"""问题提及: where titles occur, or nearly occur, in a text without blanks and punctuation.

1. Exact occurrences are found all, of titles of four characters or more.
2. Near ones (85 % and more) of titles of eight characters or more, through three-character pieces that few titles have in common:
   what only distinguishes 甲镇 from 乙镇 decides, so that titles made after one pattern are not taken for each other.
3. The time is linear in the text: a piece leads to few titles, a place is compared once for each.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

NEAR = 85
"""Per cent of agreement from which a title nearly occurs."""

SHORTEST, SHORTEST_NEAR = 4, 8
_PIECE = 3
_COMMON = 12
_ROUGHLY, _LONGER = 75, 5
_SHARE = 0.35
"""Share of a title's own pieces that a place must have: at 85 % agreement spread evenly, about half are left."""


@dataclass(frozen=True)
class Mention:
    """Title ``title`` (its index) at characters ``[start, end)``, with the per cent of agreement."""

    title: int
    start: int
    end: int
    score: int


def mentions(text: str, titles: Sequence[str]) -> list[Mention]:
    """All occurrences of bare titles in a bare text, in order of place."""
    found: list[Mention] = []
    for number, title in enumerate(titles):
        if len(title) >= SHORTEST:
            found += [Mention(number, at, at + len(title), 100) for at in _occurrences(text, title)]
    exact: dict[int, list[int]] = defaultdict(list)
    for mention in found:
        exact[mention.title].append(mention.start)
    pieces = _own_pieces(titles)
    needed = Counter(number for numbers in pieces.values() for number in numbers)
    for number, hits in _hits(text, pieces).items():
        found += _near(
            text, number, titles[number], hits, max(2, int(_SHARE * needed[number])), exact[number]
        )
    return sorted(found, key=lambda mention: (mention.start, mention.end, mention.title))


def _occurrences(text: str, title: str) -> Iterator[int]:
    at = text.find(title)
    while at >= 0:
        yield at
        at = text.find(title, at + len(title))


def _own_pieces(titles: Sequence[str]) -> dict[str, list[int]]:
    """Pieces that at most a few titles have, with those titles."""
    pieces: dict[str, list[int]] = defaultdict(list)
    for number, title in enumerate(titles):
        if len(title) >= SHORTEST_NEAR:
            for piece in {title[at : at + _PIECE] for at in range(len(title) - _PIECE + 1)}:
                pieces[piece].append(number)
    return {piece: numbers for piece, numbers in pieces.items() if len(numbers) <= _COMMON}


def _hits(text: str, pieces: dict[str, list[int]]) -> dict[int, list[int]]:
    """Places of each title's pieces, in order."""
    found: dict[int, list[int]] = defaultdict(list)
    for at in range(len(text) - _PIECE + 1):
        numbers = pieces.get(text[at : at + _PIECE])
        if numbers:
            for number in numbers:
                found[number].append(at)
    return found


def _near(
    text: str, number: int, title: str, hits: list[int], needed: int, exact: list[int]
) -> Iterator[Mention]:
    width = len(title) + len(title) // 4
    first = 0
    while first + needed <= len(hits):
        begin = hits[first]
        last = bisect_left(hits, begin + width, first)
        if last - first < needed:
            first += 1
            continue
        at = bisect_left(exact, begin - width)
        if at < len(exact) and exact[at] < begin + width:
            first = max(bisect_left(hits, exact[at] + len(title), first), first + 1)
            continue
        found = _aligned(text, title, max(0, begin - width // 2), begin + width + width // 2)
        if found:
            start, end, score = found
            yield Mention(number, start, end, score)
            first = max(bisect_left(hits, end, first), first + 1)
        else:
            first = max(bisect_left(hits, begin + width // 2, first), first + 1)


def _aligned(text: str, title: str, start: int, end: int) -> tuple[int, int, int] | None:
    """The place in ``[start, end)`` that agrees best with a title; it may be a fifth longer, by words put in."""
    aligned = fuzz.partial_ratio_alignment(title, text[start:end], score_cutoff=_ROUGHLY)
    # The shorter of the two is laid over the longer: what is left of the text at its end may be shorter than the title.
    if aligned is None or aligned.src_end - aligned.src_start < len(title):
        return None
    begin, stop = start + aligned.dest_start, start + aligned.dest_end
    best = max(
        (fuzz.ratio(title, text[begin : stop + more]), -more) for more in range(len(title) // _LONGER + 1)
    )
    return (begin, min(stop - best[1], len(text)), int(best[0])) if best[0] >= NEAR else None
