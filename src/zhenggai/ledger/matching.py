"""比对: how the items of a new edition stand to those known from earlier ones. Plain Python.

An item is the same as a known one if (1) kind, identity and parent agree; else (2) kind and identity agree anywhere in the inspection; else
(3) its number under the same parent agrees and the words are similar; else (4) the words are nearly equal under the same parent. If words are
only similar, a person is asked. Otherwise it is new. What is known and was not found again is missing; that closes nothing.
"""

import re
import unicodedata
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz, process

from zhenggai.ledger.items import Item
from zhenggai.ledger.kinds import KINDS
from zhenggai.ledger.states import Kind, Match

NEARLY_EQUAL = 85.0
"""Similarity in percent (rapidfuzz ratio) from which two titles are taken for the same one."""

SIMILAR = 60.0
"""Similarity from which a person is asked, and from which an equal number is believed."""

_FUZZY = (Kind.AREA, Kind.FINDING, Kind.MEASURE, Kind.CLAIM)
"""Kinds whose words may be reworded between editions; a figure, document or organisation is called by its exact name."""

_NOISE = re.compile(r"[\s\W_]+")


@dataclass(frozen=True)
class Known:
    """An item of an earlier edition: its proposal, what it says (as read, and as corrected), and what stands above it."""

    key: int
    kind: Kind
    payloads: tuple[Mapping[str, Any], ...]
    contents: frozenset[str]
    number: str = ""
    parent: int | None = None


@dataclass(frozen=True)
class Verdict:
    """比对结果 of one item: the known item it is, or those it might be."""

    match: Match
    known: int | None = None
    candidates: tuple[int, ...] = ()


@dataclass
class Comparison:
    """Verdicts by the items' positions, and the keys of known items that were not found again."""

    verdicts: list[Verdict]
    missing: list[int] = field(default_factory=list)


def compare(items: Sequence[Item], known: Sequence[Known]) -> Comparison:
    """Compare a new edition with everything known; the work is that of the similar titles only, not of all pairs."""
    found: dict[int, Known] = {}
    asked: dict[int, tuple[int, ...]] = {}
    unused = {entry.key: entry for entry in known}
    by_kind: dict[Kind, list[int]] = defaultdict(list)
    for position, item in enumerate(items):
        by_kind[item.kind].append(position)
    for kind in Kind:  # parents come before what hangs on them
        rest = _Round(items, found, unused, by_kind[kind]).exact().anywhere()
        if kind in _FUZZY:
            asked |= rest.numbered().similar()
    verdicts = [_verdict(item, found.get(at), asked.get(at, ())) for at, item in enumerate(items)]
    doubtful = {key for keys in asked.values() for key in keys}
    return Comparison(verdicts, [key for key in unused if key not in doubtful])


def _verdict(item: Item, known: Known | None, candidates: tuple[int, ...]) -> Verdict:
    if known is None:
        return Verdict(Match.UNSURE, candidates=candidates) if candidates else Verdict(Match.NEW)
    same = item.content in known.contents
    return Verdict(Match.UNCHANGED if same else Match.CHANGED, known.key)


def identity(kind: Kind, payload: Mapping[str, Any]) -> str:
    """Return what makes two items of a kind the same one, without blanks, punctuation or width."""
    return "\x1f".join(_words(payload.get(name)) for name in KINDS[kind].identity)


def _words(value: Any) -> str:
    text = "\x1e".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


class _Round:
    """The items of one kind that are still to be found, against the known ones that are still unused."""

    def __init__(
        self, items: Sequence[Item], found: dict[int, Known], unused: dict[int, Known], positions: list[int]
    ) -> None:
        self.items, self.found, self.unused = items, found, unused
        self.kind = items[positions[0]].kind if positions else None
        self.left = positions

    def _pool(self) -> Iterable[Known]:
        return [entry for entry in self.unused.values() if entry.kind is self.kind]

    def _parent(self, position: int) -> int | None:
        """Key of the known item that the item's parent was found to be; -1 for a parent that is new."""
        parent = self.items[position].parent
        if parent is None:
            return None
        return self.found[parent].key if parent in self.found else -1

    def _take(self, position: int, entry: Known) -> None:
        self.found[position] = entry
        del self.unused[entry.key]

    def _first_unused(self, entries: deque[Known]) -> Known | None:
        """The first of the entries that is still to be found; those already found are dropped, so that each is looked at once."""
        while entries and entries[0].key not in self.unused:
            entries.popleft()
        return entries[0] if entries else None

    def _settle(self, by_key: "dict[Any, deque[Known]]", key_of: Callable[[int], Any]) -> "_Round":
        """Give each item left the first unused known one under its key."""
        left = []
        for position in self.left:
            entry = self._first_unused(by_key[key_of(position)])
            if entry is None:
                left.append(position)
            else:
                self._take(position, entry)
        self.left = left
        return self

    def exact(self) -> "_Round":
        """Same identity under the same parent."""
        by_key: dict[Any, deque[Known]] = defaultdict(deque)
        for entry in self._pool():
            for payload in entry.payloads:
                by_key[entry.parent, identity(entry.kind, payload)].append(entry)
        return self._settle(
            by_key, lambda at: (self._parent(at), identity(self.items[at].kind, self.items[at].payload))
        )

    def anywhere(self) -> "_Round":
        """Same identity, whatever it now stands under."""
        by_key: dict[Any, deque[Known]] = defaultdict(deque)
        for entry in self._pool():
            for payload in entry.payloads:
                by_key[identity(entry.kind, payload)].append(entry)
        return self._settle(by_key, lambda at: identity(self.items[at].kind, self.items[at].payload))

    def numbered(self) -> "_Round":
        """Same number under the same parent, and words that are at least similar."""
        by_number: dict[Any, deque[Known]] = defaultdict(deque)
        for entry in self._pool():
            if entry.number:
                by_number[entry.parent, entry.number].append(entry)
        left = []
        for position in self.left:
            key = (self._parent(position), self.items[position].number)
            found = self._first_unused(by_number[key])
            if found is not None and self._likeness(position, found) >= SIMILAR:
                self._take(position, found)
            else:
                left.append(position)
        self.left = left
        return self

    def similar(self) -> dict[int, tuple[int, ...]]:
        """Nearly equal words under the same parent; return the candidates of those that are only similar."""
        siblings: dict[int | None, list[Known]] = defaultdict(list)
        for entry in self._pool():
            siblings[entry.parent].append(entry)
        asked = {}
        for position in self.left:
            ranked = self._ranked(
                position, [e for e in siblings[self._parent(position)] if e.key in self.unused]
            )
            if ranked and ranked[0][0] >= NEARLY_EQUAL:
                self._take(position, ranked[0][1])
            elif ranked:
                asked[position] = tuple(entry.key for _, entry in ranked[:3])
        return asked

    def _ranked(self, position: int, pool: Sequence[Known]) -> list[tuple[float, Known]]:
        """Return those of the pool that are at least similar, most similar first."""
        texts = [identity(entry.kind, payload) for entry in pool for payload in entry.payloads[:1]]
        words = identity(self.items[position].kind, self.items[position].payload)
        hits = process.extract(words, texts, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=3)
        return [(score, pool[index]) for _, score, index in hits]

    def _likeness(self, position: int, entry: Known) -> float:
        words = identity(self.items[position].kind, self.items[position].payload)
        return max(fuzz.ratio(words, identity(entry.kind, payload)) for payload in entry.payloads)
