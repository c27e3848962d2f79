"""默克尔树: the tree over the journal's events, as RFC 9162 (section 2.1) defines it. Plain Python.

A leaf is the digest of an event, which covers the event's body and all events before it. So a root of n leaves says: these n events, in this order.

1. ``root_of`` keeps one digest for each level, however many leaves there are; a ``Tree`` keeps all nodes, for many proofs.
2. An inclusion proof of ⌈log₂ n⌉ digests shows an outsider that an event is in the tree of a head; a consistency proof shows that a later
   tree has the earlier one as its beginning.
3. A proof is checked from the proof, the head and the event alone, by ``outside/verify_journal.py``, which has nothing of this module.
"""

from collections.abc import Iterable, Sequence
from typing import Self

from zhenggai.journal.chain import ALGORITHM, HASHES

_LEAF, _NODE = b"\x00", b"\x01"


def leaf_hash(digest: bytes, algorithm: str = ALGORITHM) -> bytes:
    """Hash of a leaf; ``digest`` is the event's, as bytes."""
    return bytes(HASHES[algorithm](_LEAF + digest).digest())


def node_hash(left: bytes, right: bytes, algorithm: str = ALGORITHM) -> bytes:
    """Hash of an inner node."""
    return bytes(HASHES[algorithm](_NODE + left + right).digest())


class Roots:
    """树根: takes leaves one by one and knows the root so far; one digest for each full subtree is kept."""

    def __init__(self, algorithm: str = ALGORITHM) -> None:
        self.size = 0
        self.algorithm = algorithm
        self._full: list[
            bytes
        ] = []  # roots of full subtrees, largest first: one for each set bit of the size

    @classmethod
    def resumed(cls, size: int, frontier: Sequence[bytes], algorithm: str = ALGORITHM) -> Self:
        """The tree whose full subtrees have these roots. ValueError if a tree of that size has others."""
        if len(frontier) != size.bit_count():
            raise ValueError(f"a tree of {size} leaves has {size.bit_count()} full subtrees")
        roots = cls(algorithm)
        roots.size, roots._full = size, list(frontier)
        return roots

    @property
    def frontier(self) -> list[bytes]:
        """Roots of the full subtrees, largest first."""
        return list(self._full)

    def add(self, digest: bytes) -> None:
        """Append a leaf."""
        node, size = leaf_hash(digest, self.algorithm), self.size
        while size & 1:
            node = node_hash(self._full.pop(), node, self.algorithm)
            size >>= 1
        self._full.append(node)
        self.size += 1

    def root(self) -> bytes:
        """The root over all leaves so far; of no leaves the hash of nothing."""
        if not self._full:
            return bytes(HASHES[self.algorithm](b"").digest())
        node = self._full[-1]
        for left in reversed(self._full[:-1]):
            node = node_hash(left, node, self.algorithm)
        return node


def root_of(digests: Iterable[bytes], algorithm: str = ALGORITHM) -> bytes:
    """The root over leaves in their order."""
    roots = Roots(algorithm)
    for digest in digests:
        roots.add(digest)
    return roots.root()


class Tree:
    """树: all nodes over some leaves, level by level, so that any number of proofs costs one pass over the leaves.

    A level holds the nodes over 1, 2, 4 … leaves; a last one without a neighbour is carried up as it is. Two digests are kept for each leaf.
    """

    def __init__(self, digests: Iterable[bytes], algorithm: str = ALGORITHM) -> None:
        level = [leaf_hash(digest, algorithm) for digest in digests]
        self._levels = [level]
        self._algorithm = algorithm
        while len(level) > 1:
            pairs = zip(level[::2], level[1::2], strict=False)
            level = [node_hash(left, right, algorithm) for left, right in pairs] + level[len(level) & ~1 :]
            self._levels.append(level)

    def root(self) -> bytes:
        """The root over the leaves; of none the hash of nothing."""
        return self._levels[-1][0] if self._levels[0] else root_of((), self._algorithm)

    def inclusion_proof(self, index: int) -> list[bytes]:
        """The digests that lead from the leaf at ``index`` (from 0) to the root. IndexError outside the leaves."""
        if not 0 <= index < len(self._levels[0]):
            raise IndexError(index)
        beside = ((level, (index >> height) ^ 1) for height, level in enumerate(self._levels))
        return [level[at] for level, at in beside if at < len(level)]


def consistency_proof(digests: Sequence[bytes], first: int, algorithm: str = ALGORITHM) -> list[bytes]:
    """The digests that show the first ``first`` leaves to be the beginning of ``digests``. IndexError unless 0 < first ≤ their number."""
    if not 0 < first <= len(digests):
        raise IndexError(first)
    return _subproof(digests, first, algorithm, whole=True)


def _subproof(digests: Sequence[bytes], first: int, algorithm: str, *, whole: bool) -> list[bytes]:
    if first == len(digests):
        return [] if whole else [root_of(digests, algorithm)]
    split = _split(len(digests))
    if first <= split:
        return [
            *_subproof(digests[:split], first, algorithm, whole=whole),
            root_of(digests[split:], algorithm),
        ]
    return [
        *_subproof(digests[split:], first - split, algorithm, whole=False),
        root_of(digests[:split], algorithm),
    ]


def _split(size: int) -> int:
    """The largest power of two below ``size``, where a tree parts."""
    return 1 << (size - 1).bit_length() - 1
