"""比对: how the items of a new edition stand to those known from earlier ones. Plain Python.

An item is the same as a known one if, under the same parent, (1) everything agrees; else (2) its identity agrees; else (3) its identity agrees
elsewhere: a finding, area or document in the whole inspection (it was moved), a figure or claim within the same finding, a measure never; else
(4) its number under the same parent agrees and the words are similar; else (5) the words are nearly equal under the same parent. If the words are
only similar, or a finding's number agrees and the words do not, a person is asked. Otherwise it is new. What is known and was not found again is
missing; that closes nothing.
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

_MAY_MOVE = (Kind.INSPECTION, Kind.ORGANISATION, Kind.AREA, Kind.FINDING, Kind.CITATION)
"""Kinds that are the same one wherever they stand; what hangs on a finding is not."""

_WITHIN_A_FINDING = (Kind.CLAIM, Kind.FIGURE)
"""Kinds that are the same one within their finding, under whichever of its measures."""

_BY_NUMBER_ALONE = (Kind.FINDING,)
"""Kinds of which a person is asked when only the number agrees."""

_NOISE = re.compile(r"[\s\W_]+")


@dataclass(frozen=True)
class Known:
    """An item of an earlier edition: its proposal, what it says (as read, and as corrected), and what stands above it.

    ``asked`` are the items among which a person has still to say which one this is.
    """

    key: int
    kind: Kind
    payloads: tuple[Mapping[str, Any], ...]
    contents: frozenset[str]
    number: str = ""
    parent: int | None = None
    asked: tuple[int, ...] = ()


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


def compare(
    items: Sequence[Item], known: Sequence[Known], *, given: Mapping[int, int] | None = None
) -> Comparison:
    """Compare a new edition with everything known; the work is that of the similar titles only, not of all pairs.

    ``given`` says of some items, by position, which known one (by key) they are: a person has answered.
    """
    by_known_key = {entry.key: entry for entry in known}
    found = {position: by_known_key[key] for position, key in (given or {}).items()}
    asked: dict[int, tuple[int, ...]] = {}
    taken = {entry.key for entry in found.values()}
    unused = {entry.key: entry for entry in known if entry.key not in taken}
    families = _Families(items, known, found)
    by_kind: dict[Kind, list[int]] = defaultdict(list)
    for position, item in enumerate(items):
        if position not in found:
            by_kind[item.kind].append(position)
    for kind in Kind:  # parents come before what hangs on them
        rest = _Round(items, found, unused, by_kind[kind], families).same().exact().moved()
        if kind in _FUZZY:
            asked |= rest.numbered().similar()
    verdicts = [
        _verdict(at, item, found.get(at), asked.get(at, ()), families) for at, item in enumerate(items)
    ]
    doubtful = {key for verdict in verdicts for key in verdict.candidates}
    return Comparison(verdicts, [key for key in unused if key not in doubtful])


def _verdict(
    at: int, item: Item, known: Known | None, candidates: tuple[int, ...], families: "_Families"
) -> Verdict:
    if known is None:
        return Verdict(Match.UNSURE, candidates=candidates) if candidates else Verdict(Match.NEW)
    if known.asked:
        # Nobody has answered yet, so the question goes on; those that this edition found again are no answer any more.
        left = tuple(key for key in known.asked if key not in families.found_keys())
        return Verdict(Match.UNSURE if left else Match.NEW, known.key, left)
    same = item.content in known.contents and (
        item.kind is not Kind.FINDING or families.parent(at) == known.parent
    )
    return Verdict(Match.UNCHANGED if same else Match.CHANGED, known.key)


class _Families:
    """What stands above an item, told in the keys of known items, so that old and new can be compared."""

    def __init__(self, items: Sequence[Item], known: Sequence[Known], found: dict[int, Known]) -> None:
        self._items, self._found = items, found
        self._known = {entry.key: entry for entry in known}

    def found_keys(self) -> set[int]:
        """Keys of the known items that were found again."""
        return {entry.key for entry in self._found.values()}

    def parent(self, position: int) -> int | None:
        """Key of the known item that the item's parent was found to be; -1 for a parent that is new."""
        parent = self._items[position].parent
        if parent is None:
            return None
        return self._found[parent].key if parent in self._found else -1

    def finding(self, position: int) -> int | None:
        """The same of the finding around the item."""
        at: int | None = self._items[position].parent
        while at is not None and self._items[at].kind is not Kind.FINDING:
            at = self._items[at].parent
        if at is None:
            return None
        return self._found[at].key if at in self._found else -1

    def finding_of(self, entry: Known) -> int | None:
        """Key of the finding around a known item."""
        above = self._known.get(entry.parent or 0)
        while above is not None and above.kind is not Kind.FINDING:
            above = self._known.get(above.parent or 0)
        return above.key if above else None


def identity(kind: Kind, payload: Mapping[str, Any]) -> str:
    """Return what makes two items of a kind the same one, without blanks, punctuation or width."""
    return "\x1f".join(_words(payload.get(name)) for name in KINDS[kind].identity)


def _words(value: Any) -> str:
    text = "\x1e".join(map(str, value)) if isinstance(value, list) else str(value or "")
    return _NOISE.sub("", unicodedata.normalize("NFKC", text)).lower()


class _Round:
    """The items of one kind that are still to be found, against the known ones that are still unused."""

    def __init__(
        self,
        items: Sequence[Item],
        found: dict[int, Known],
        unused: dict[int, Known],
        positions: list[int],
        families: _Families,
    ) -> None:
        self.items, self.found, self.unused, self.families = items, found, unused, families
        self.kind = items[positions[0]].kind if positions else None
        self.left = positions

    def _pool(self) -> Iterable[Known]:
        return [entry for entry in self.unused.values() if entry.kind is self.kind]

    def _parent(self, position: int) -> int | None:
        return self.families.parent(position)

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

    def _identity(self, position: int) -> str:
        return identity(self.items[position].kind, self.items[position].payload)

    def same(self) -> "_Round":
        """Same content under the same parent."""
        by_key: dict[Any, deque[Known]] = defaultdict(deque)
        for entry in self._pool():
            for content in entry.contents:
                by_key[entry.parent, content].append(entry)
        return self._settle(by_key, lambda at: (self._parent(at), self.items[at].content))

    def exact(self) -> "_Round":
        """Same identity under the same parent."""
        return self._by_identity(lambda entry: entry.parent, self._parent)

    def moved(self) -> "_Round":
        """Same identity elsewhere, as far as the kind may move."""
        if self.kind in _MAY_MOVE:
            return self._by_identity(lambda _entry: None, lambda _at: None)
        if self.kind in _WITHIN_A_FINDING:
            return self._by_identity(self.families.finding_of, self.families.finding)
        return self

    def _by_identity(
        self, above: Callable[[Known], int | None], above_item: Callable[[int], int | None]
    ) -> "_Round":
        by_key: dict[Any, deque[Known]] = defaultdict(deque)
        for entry in self._pool():
            for words in {identity(entry.kind, payload) for payload in entry.payloads}:
                by_key[above(entry), words].append(entry)
        return self._settle(by_key, lambda at: (above_item(at), self._identity(at)))

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
        """Nearly equal words under the same parent; return the candidates of those about which a person is asked."""
        siblings: dict[int | None, list[Known]] = defaultdict(list)
        numbered: dict[Any, list[Known]] = defaultdict(list)
        for entry in self._pool():
            siblings[entry.parent].append(entry)
            if entry.number and self.kind in _BY_NUMBER_ALONE:
                numbered[entry.parent, entry.number].append(entry)
        likely: dict[int, list[Known]] = {}
        for position in self.left:
            parent = self._parent(position)
            ranked = self._ranked(position, [e for e in siblings[parent] if e.key in self.unused])
            if ranked and ranked[0][0] >= NEARLY_EQUAL:
                self._take(position, ranked[0][1])
            else:
                number = self.items[position].number
                likely[position] = [entry for _, entry in ranked[:3]] + numbered[parent, number]
        return self._questions(likely)

    def _questions(self, likely: Mapping[int, Sequence[Known]]) -> dict[int, tuple[int, ...]]:
        """Candidates by item, of those that no other item turned out to be."""
        asked = {
            position: tuple(dict.fromkeys(entry.key for entry in entries if entry.key in self.unused))
            for position, entries in likely.items()
        }
        return {position: keys for position, keys in asked.items() if keys}

    def _ranked(self, position: int, pool: Sequence[Known]) -> list[tuple[float, Known]]:
        """Return those of the pool that are at least similar, most similar first."""
        texts = [identity(entry.kind, payload) for entry in pool for payload in entry.payloads[:1]]
        words = self._identity(position)
        hits = process.extract(words, texts, scorer=fuzz.ratio, score_cutoff=SIMILAR, limit=3)
        return [(score, pool[index]) for _, score, index in hits]

    def _likeness(self, position: int, entry: Known) -> float:
        words = self._identity(position)
        return max(fuzz.ratio(words, identity(entry.kind, payload)) for payload in entry.payloads)
