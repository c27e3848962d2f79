"""合并与比较: two edits of one text made one, and what changed between two texts. Plain Python: no Django, no clock.

Texts are compared by token: a number, a Latin word and a run of blanks are whole, every other character stands alone. So 10 → 12 and
10 → 13 are two answers to one question, not 1213.

Guarantees of ``merge``
1. Who changed nothing gets the other's text; two equal changes are one.
2. Where both changed one place, or places that touch, differently, it is a conflict: the text keeps ``theirs`` (what is stored already), and
   the conflict has all three, so nothing is lost.
3. A clean result has every token that either side put in, and is the same whichever side is called mine.
Nothing raises.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_\u3400-\u9fff\uf900-\ufaff]+|\s+|.", re.DOTALL)

_MOST = 1_000_000_000
"""Pairs of tokens up to which two stretches are aligned (about 30,000 tokens each); longer ones are taken as written anew."""


@dataclass(frozen=True)
class Conflict:
    """冲突: one place that both changed differently. ``at`` is where ``theirs`` stands in the merged text."""

    base: str
    mine: str
    theirs: str
    at: int


@dataclass(frozen=True)
class Merge:
    """合并结果. ``clean`` says that there was no conflict."""

    text: str
    clean: bool
    conflicts: Sequence[Conflict]


@dataclass(frozen=True)
class Piece:
    """比较结果的一段: in both texts, only in the old one, or only in the new one."""

    kind: Literal["same", "gone", "new"]
    text: str


class _Edit(NamedTuple):
    """Tokens ``[start, end)`` of the base become ``tokens``."""

    start: int
    end: int
    tokens: tuple[str, ...]


# ---- merging ----


def merge(base: str, mine: str, theirs: str) -> Merge:
    """三方合并: what both made of ``base``."""
    if mine in (base, theirs):
        return Merge(theirs, clean=True, conflicts=())
    if theirs == base:
        return Merge(mine, clean=True, conflicts=())
    tokens = _tokens(base)
    groups = _grouped(_edits(tokens, _tokens(mine)), _edits(tokens, _tokens(theirs)))
    written: list[str] = []
    conflicts: list[Conflict] = []
    at = position = 0
    for start, end, of_mine, of_theirs in groups:
        at = _write(written, tokens[position:start], at)
        position = end
        own, other = _applied(tokens, start, end, of_mine), _applied(tokens, start, end, of_theirs)
        if of_mine and of_theirs and own != other:
            conflicts.append(Conflict("".join(tokens[start:end]), "".join(own), "".join(other), at))
        at = _write(written, other if of_theirs else own, at)
    _write(written, tokens[position:], at)
    return Merge("".join(written), not conflicts, tuple(conflicts))


def _write(written: list[str], tokens: Sequence[str], at: int) -> int:
    words = "".join(tokens)
    written.append(words)
    return at + len(words)


def _grouped(
    mine: Sequence[_Edit], theirs: Sequence[_Edit]
) -> Iterator[tuple[int, int, list[_Edit], list[_Edit]]]:
    """Edits that overlap or touch, taken together, in order: start and end in the base, and each side's edits there."""
    edits = sorted([(*edit[:2], 0, edit) for edit in mine] + [(*edit[:2], 1, edit) for edit in theirs])
    sides: tuple[list[_Edit], list[_Edit]] = ([], [])
    first, last = 0, -1
    for start, end, side, edit in edits:
        if last >= 0 and (start > last or (start == last and not sides[1 - side])):
            yield first, last, *sides
            sides, last = ([], []), -1
        first = start if last < 0 else first
        last = max(last, end)
        sides[side].append(edit)
    if last >= 0:
        yield first, last, *sides


def _applied(tokens: Sequence[str], start: int, end: int, edits: Sequence[_Edit]) -> list[str]:
    """The tokens of the base from ``start`` to ``end`` with one side's edits in them."""
    result: list[str] = []
    for edit in edits:
        result += [*tokens[start : edit.start], *edit.tokens]
        start = edit.end
    return [*result, *tokens[start:end]]


def _edits(base: Sequence[str], changed: Sequence[str]) -> list[_Edit]:
    return [
        _Edit(start, end, tuple(changed[first:last])) for start, end, first, last in _stretches(base, changed)
    ]


# ---- comparing ----


def compare(old: str, new: str) -> list[Piece]:
    """逐字比较: the pieces of both texts in order; those that are same or gone make the old text, same and new the new one."""
    a, b = _tokens(old), _tokens(new)
    pieces: list[Piece] = []
    position = 0
    for start, end, first, last in _stretches(a, b):
        pieces += (
            _piece("same", a[position:start]) + _piece("gone", a[start:end]) + _piece("new", b[first:last])
        )
        position = end
    return pieces + _piece("same", a[position:])


def _piece(kind: Literal["same", "gone", "new"], tokens: Sequence[str]) -> list[Piece]:
    return [Piece(kind, "".join(tokens))] if tokens else []


@dataclass(frozen=True)
class LineChange:
    """段落的变化. ``old`` and ``new`` are indices of paragraphs (None where there is none); ``pieces`` are set where the words changed.

    ``moved`` says that the paragraph stands elsewhere among those that stayed; its words may have changed as well.
    """

    kind: Literal["same", "changed", "new", "gone"]
    old: int | None
    new: int | None
    moved: bool = False
    pieces: tuple[Piece, ...] = ()


ALIKE = 50.0
"""Likeness in percent (rapidfuzz ratio) from which two paragraphs are taken for one that was rewritten."""

_CANDIDATES = 12
"""Paragraphs around its place among which a rewritten one is looked for."""


def compare_lines(old: Sequence[str], new: Sequence[str]) -> list[LineChange]:
    """逐段比较: every paragraph of both texts once, in the order of the new one, those that are gone where they stood."""
    pairs = _paired(old, new)
    stays = _in_order([pairs[n] for n in sorted(pairs)])
    changes = [
        _change(old, new, pairs[n], n, moved=pairs[n] not in stays)
        if n in pairs
        else LineChange("new", None, n)
        for n in range(len(new))
    ]
    kept = set(pairs.values())
    gone = [m for m in range(len(old)) if m not in kept]
    return _with_gone(changes, gone)


def _change(old: Sequence[str], new: Sequence[str], m: int, n: int, *, moved: bool) -> LineChange:
    if old[m] == new[n]:
        return LineChange("same", m, n, moved)
    return LineChange("changed", m, n, moved, tuple(compare(old[m], new[n])))


def _paired(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """New paragraph → old paragraph: equal ones in order, then equal ones elsewhere, then alike ones near their place."""
    pairs: dict[int, int] = {}
    for equal, start, end, first, _ in _opcodes(old, new):
        if equal:
            pairs.update(zip(range(first, first + end - start), range(start, end), strict=True))
    _pair_moved(old, new, pairs)
    _pair_alike(old, new, pairs)
    return pairs


def _pair_moved(old: Sequence[str], new: Sequence[str], pairs: dict[int, int]) -> None:
    kept = set(pairs.values())
    places: dict[str, list[int]] = {}
    for m in range(len(old) - 1, -1, -1):
        if m not in kept and old[m].strip():
            places.setdefault(old[m], []).append(m)
    for n, line in enumerate(new):
        if n not in pairs and places.get(line):
            pairs[n] = places[line].pop()


def _pair_alike(old: Sequence[str], new: Sequence[str], pairs: dict[int, int]) -> None:
    kept = set(pairs.values())
    free = [m for m in range(len(old)) if m not in kept]
    scored = []
    at = 0
    for n in (n for n in range(len(new)) if n not in pairs):
        meant = n * len(old) // max(1, len(new))
        while at < len(free) and free[at] < meant:
            at += 1
        for m in free[max(0, at - _CANDIDATES // 2) : at + _CANDIDATES // 2]:
            score = fuzz.ratio(old[m], new[n], score_cutoff=ALIKE)
            if score:
                scored.append((-score, abs(m - meant), n, m))
    for _, _, n, m in sorted(scored):
        if n not in pairs and m not in kept:
            pairs[n] = m
            kept.add(m)


def _in_order(numbers: Sequence[int]) -> set[int]:
    """The longest rising row of some numbers: those that did not move."""
    ends: list[int] = []
    rows: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        before[number] = rows[place - 1] if place else None
        if place == len(ends):
            ends.append(number)
            rows.append(number)
        else:
            ends[place] = rows[place] = number
    kept: set[int] = set()
    last = rows[-1] if rows else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def _with_gone(changes: list[LineChange], gone: Sequence[int]) -> list[LineChange]:
    """What is gone stands behind the paragraph that it stood behind and that did not move."""
    result: list[LineChange] = []
    waiting = list(reversed(gone))
    for change in changes:
        while waiting and change.old is not None and not change.moved and waiting[-1] < change.old:
            result.append(LineChange("gone", waiting.pop(), None))
        result.append(change)
    return result + [LineChange("gone", m, None) for m in reversed(waiting)]


# ---- tokens ----


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _stretches(a: Sequence[str], b: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """What changed: places in both texts, in order.

    Two changes are one where hardly anything stands between them: a 的 that a rewritten clause happens to share with the old one is no sign
    that it was left alone.
    """
    found: list[tuple[int, int, int, int]] = []
    for equal, start, end, first, last in _opcodes(a, b):
        if equal:
            continue
        if found and 2 * (start - found[-1][1]) <= min(_size(found[-1]), max(end - start, last - first)):
            found[-1] = (found[-1][0], end, found[-1][2], last)
        else:
            found.append((start, end, first, last))
    return found


def _size(stretch: tuple[int, int, int, int]) -> int:
    start, end, first, last = stretch
    return max(end - start, last - first)


def _opcodes(a: Sequence[str], b: Sequence[str]) -> Iterator[tuple[bool, int, int, int, int]]:
    """Stretches of two sequences in order: whether they are equal, and their places in both."""
    before = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    rest = min(len(a), len(b)) - before
    behind = next((n for n in range(rest) if a[-1 - n] != b[-1 - n]), rest)
    if before:
        yield True, 0, before, 0, before
    yield from _changed(a[before : len(a) - behind], b[before : len(b) - behind], before)
    if behind:
        yield True, len(a) - behind, len(a), len(b) - behind, len(b)


def _changed(a: Sequence[str], b: Sequence[str], offset: int) -> Iterator[tuple[bool, int, int, int, int]]:
    if not a and not b:
        return
    if len(a) * len(b) > _MOST:
        yield False, offset, offset + len(a), offset, offset + len(b)
        return
    one: Sequence[Hashable] = a
    for code in Levenshtein.opcodes(one, b):
        yield (
            code.tag == "equal",
            code.src_start + offset,
            code.src_end + offset,
            code.dest_start + offset,
            code.dest_end + offset,
        )
