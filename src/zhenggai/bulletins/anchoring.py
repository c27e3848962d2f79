"""随文移动: where the bound numbers of a paragraph stand after somebody edited it. Plain Python: no Django, no clock.

A number is known by the words around it: those of its clause before it, its unit and the words behind it, and itself, so that it follows its
clause when clauses change places and keeps its binding when its digits are corrected (10户 → 12户). Numbers of the old text that are bound
to nothing take part as well: what is one of theirs is not mistaken for a bound one.

Guarantees
1. Every place in the result is one of ``figures``; no two anchors have the same.
2. An unchanged text changes nothing, and what stands before or behind the edit stays with its words.
3. What went with its clause is ``None``. Nothing raises.
4. The work grows with the number of figures: each is compared with its nearest candidates only.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

Place = tuple[int, int]

_NUMBER = re.compile(r"\d[\d.,，．]*|[零〇一二两三四五六七八九十百千万亿点]+")
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_PAUSE = re.compile("[，。；：、\n\t！？（）]")
_LEFT, _RIGHT = 24, 10
_FEW = 2
"""Clauses with fewer characters before the number (a list, a cell) are known by what stands before them as well."""

_NEAREST = 40
_LONGEST = 20_000
"""Characters of a changed stretch up to which it is aligned; a longer one was written anew."""

_WORDS, _BEHIND, _ITSELF, _IN_PLACE = 0.55, 0.2, 0.15, 0.25
_ANOTHERS = 0.3
"""Taken off where the new number is written as another one of the old text was: in 分别为10户、12户、15户 the second goes, not the third."""

_ENOUGH = 0.55


@dataclass(frozen=True, slots=True)
class _Known:
    """A number and what it is known by."""

    place: Place
    number_end: int
    number: str
    left: str
    right: str


def reanchor(old: str, new: str, anchors: Sequence[Place], figures: Sequence[Place]) -> list[Place | None]:
    """Where each bound number of ``old`` stands in ``new``; ``figures`` are the places of the numbers of ``new``. None if it went."""
    if not anchors or not figures:
        return [None] * len(anchors)
    if old == new:
        return _unchanged(anchors, figures)
    known = [_known(old, place) for place in _with_others(old, anchors)]
    candidates = [_known(new, place) for place in sorted(set(figures))]
    matched: dict[int, int] = {}
    _match_outside(old, new, known, candidates, matched)
    _match_exactly(known, candidates, matched)
    _match_alike(old, new, known, candidates, matched)
    return _answers(anchors, known, candidates, matched)


def _unchanged(anchors: Sequence[Place], figures: Sequence[Place]) -> list[Place | None]:
    free = set(figures)
    answers: list[Place | None] = []
    for anchor in anchors:
        place = (anchor[0], anchor[1])
        answers.append(place if place in free else None)
        free.discard(place)
    return answers


def _with_others(old: str, anchors: Sequence[Place]) -> list[Place]:
    """The anchors, and the numbers of the old text that are none."""
    places = sorted({(start, end) for start, end in anchors if 0 <= start < end <= len(old)})
    starts = [start for start, _ in places]
    others = []
    for run in _DIGITS.finditer(old):
        before = bisect_left(starts, run.end()) - 1
        if before < 0 or places[before][1] <= run.start():
            others.append(run.span())
    return sorted([*places, *others])


def _known(text: str, place: Place) -> _Known:
    start, end = place
    number = _NUMBER.match(text, start, end)
    number_end = number.end() if number else end
    left = text[max(0, start - _LEFT) : start]
    pauses = [pause.end() for pause in _PAUSE.finditer(left)]
    while pauses and len(left) - pauses[-1] < _FEW:
        pauses.pop()
    left = left[pauses[-1] :] if pauses else left
    behind = text[number_end : number_end + _RIGHT]
    pause = _PAUSE.search(behind)
    right = behind[: pause.start()] if pause else behind
    return _Known(
        (start, end), number_end, text[start:number_end], _DIGITS.sub("#", left), _DIGITS.sub("#", right)
    )


def _match_outside(
    old: str, new: str, known: Sequence[_Known], candidates: Sequence[_Known], matched: dict[int, int]
) -> None:
    """Numbers whose clause stands before or behind everything that changed."""
    before, behind = _common_ends(old, new)
    shift = len(new) - len(old)
    at = {candidate.place: n for n, candidate in enumerate(candidates)}
    taken: set[int] = set()
    for n, each in enumerate(known):
        start, end = each.place
        if end <= before:
            found = at.get((start, end))
        elif _clause_start(old, start) >= len(old) - behind:
            found = at.get((start + shift, end + shift))
        else:
            continue
        if found is not None and found not in taken:
            matched[n] = found
            taken.add(found)


def _common_ends(old: str, new: str) -> tuple[int, int]:
    """How many characters at the beginning and at the end are the same; the two do not overlap."""
    most = min(len(old), len(new))
    before = next((n for n in range(most) if old[n] != new[n]), most)
    rest = most - before
    behind = next((n for n in range(rest) if old[-1 - n] != new[-1 - n]), rest)
    return before, behind


def _clause_start(text: str, position: int) -> int:
    """Where the pause stands that begins the clause; -1 at the beginning of the text if something was written before it."""
    for place in range(position - 1, max(-1, position - 1 - 4 * _LEFT), -1):
        if _PAUSE.match(text, place):
            return place
    return 0


def _match_exactly(known: Sequence[_Known], candidates: Sequence[_Known], matched: dict[int, int]) -> None:
    """Numbers whose words, and then whose words and digits, are found once in what is left of both texts."""
    for with_number in (True, False):
        free_known, free_candidates = _free(known, candidates, matched)
        keys = Counter(_key(known[n], with_number=with_number) for n in free_known)
        numbers = {known[n].number for n in free_known}
        places: dict[tuple[str, ...], list[int]] = {}
        for n in free_candidates:
            places.setdefault(_key(candidates[n], with_number=with_number), []).append(n)
        for n in free_known:
            key = _key(known[n], with_number=with_number)
            found = places.get(key, [])
            if keys[key] != 1 or len(found) != 1 or len(known[n].left) < _FEW:
                continue
            if with_number or candidates[found[0]].number not in numbers - {known[n].number}:
                matched[n] = found[0]


def _key(each: _Known, *, with_number: bool) -> tuple[str, ...]:
    return (each.left, each.right, each.number) if with_number else (each.left, each.right)


def _free(
    known: Sequence[_Known], candidates: Sequence[_Known], matched: dict[int, int]
) -> tuple[list[int], list[int]]:
    taken = set(matched.values())
    return [n for n in range(len(known)) if n not in matched], [
        n for n in range(len(candidates)) if n not in taken
    ]


def _match_alike(
    old: str, new: str, known: Sequence[_Known], candidates: Sequence[_Known], matched: dict[int, int]
) -> None:
    """The rest by likeness, the surest pair first."""
    free_known, free_candidates = _free(known, candidates, matched)
    if not free_known or not free_candidates:
        return
    where = _alignment(old, new)
    numbers = {known[n].number for n in free_known}
    pairs = []
    for n in free_known:
        for m in _nearest(known[n].place[0], len(old), len(new), candidates, free_candidates):
            score = _likeness(known[n], candidates[m], where)
            if candidates[m].number != known[n].number and candidates[m].number in numbers:
                score -= _ANOTHERS
            if score >= _ENOUGH:
                pairs.append((-score, abs(n - m), n, m))
    taken: set[int] = set()
    for _, _, n, m in sorted(pairs):
        if n not in matched and m not in taken:
            matched[n] = m
            taken.add(m)


def _nearest(
    start: int, old_length: int, new_length: int, candidates: Sequence[_Known], free: Sequence[int]
) -> Sequence[int]:
    if len(free) <= _NEAREST:
        return free
    at = start * new_length // max(1, old_length)
    middle = bisect_left(free, at, key=lambda m: candidates[m].place[0])
    first = max(0, min(middle - _NEAREST // 2, len(free) - _NEAREST))
    return free[first : first + _NEAREST]


def _likeness(one: _Known, other: _Known, where: dict[int, int]) -> float:
    """From 0 to 1.15: the same words before and behind, the same number, and the same place between what did not change."""
    words = 1.0 if one.left == other.left else fuzz.ratio(one.left, other.left) / 100
    behind = 1.0 if one.right[:2] == other.right[:2] else 0.0
    itself = 1.0 if one.number == other.number else 0.0
    start, end = one.place[0], one.number_end
    in_place = (start > 0 and where.get(start - 1) == other.place[0] - 1) or (
        where.get(end) == other.number_end
    )
    return _WORDS * words + _BEHIND * behind + _ITSELF * itself + _IN_PLACE * in_place


def _alignment(old: str, new: str) -> dict[int, int]:
    """Where the characters that did not change stand in the new text."""
    if max(len(old), len(new)) > _LONGEST:
        return {}
    return dict(_equal_characters(old, new))


def _equal_characters(old: str, new: str) -> Iterator[tuple[int, int]]:
    for block in Levenshtein.opcodes(old, new):
        if block.tag == "equal":
            yield from zip(
                range(block.src_start, block.src_end), range(block.dest_start, block.dest_end), strict=True
            )


def _answers(
    anchors: Sequence[Place], known: Sequence[_Known], candidates: Sequence[_Known], matched: dict[int, int]
) -> list[Place | None]:
    found = {known[n].place: candidates[m].place for n, m in matched.items()}
    answers: list[Place | None] = []
    for start, end in anchors:
        answers.append(found.pop((start, end), None))
    return answers
