"""默克尔树: against the definition in RFC 9162, written down as it stands there, and against every change of a proof."""

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zhenggai.journal.merkle import (
    Roots,
    Tree,
    consistency_proof,
    root_of,
)
from zhenggai.journal.outside.verify_journal import consistent, includes


def leaves(number: int) -> list[bytes]:
    return [hashlib.sha256(bytes([at % 256, at // 256])).digest() for at in range(number)]


def by_definition(digests: Sequence[bytes]) -> bytes:
    """Section 2.1.1 word for word."""
    if not digests:
        return hashlib.sha256(b"").digest()
    if len(digests) == 1:
        return hashlib.sha256(b"\x00" + digests[0]).digest()
    split = 1
    while split * 2 < len(digests):
        split *= 2
    return hashlib.sha256(b"\x01" + by_definition(digests[:split]) + by_definition(digests[split:])).digest()


def path_by_definition(index: int, digests: Sequence[bytes]) -> list[bytes]:
    """Section 2.1.3.1 word for word."""
    if len(digests) == 1:
        return []
    split = 1
    while split * 2 < len(digests):
        split *= 2
    if index < split:
        return [*path_by_definition(index, digests[:split]), by_definition(digests[split:])]
    return [*path_by_definition(index - split, digests[split:]), by_definition(digests[:split])]


@pytest.mark.parametrize("size", [*range(20), 31, 32, 33, 100])
def test_a_whole_tree_has_the_defined_root_and_paths(size: int):
    digests = leaves(size)
    tree = Tree(digests)
    assert tree.root() == by_definition(digests)
    for index in range(size):
        assert tree.inclusion_proof(index) == path_by_definition(index, digests)


def test_a_whole_tree_hashes_each_node_once(monkeypatch):
    """So that many proofs over many events cost one pass, not one for each."""
    from zhenggai.journal import merkle

    hashed = []
    monkeypatch.setitem(
        merkle.HASHES, "sha256", lambda data: hashed.append(len(data)) or hashlib.sha256(data)
    )
    tree = Tree(leaves(1000))
    for index in range(1000):
        tree.inclusion_proof(index)
    assert len(hashed) == 1000 + 999


@pytest.mark.parametrize("size", [*range(20), 31, 32, 33, 100])
def test_the_root_is_the_defined_one(size: int):
    assert root_of(leaves(size)) == by_definition(leaves(size))


def test_the_empty_tree_has_the_root_of_the_standard():
    assert root_of([]).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_roots_grow_leaf_by_leaf():
    roots, all_leaves = Roots(), leaves(40)
    for size, leaf in enumerate(all_leaves, 1):
        roots.add(leaf)
        assert (roots.size, roots.root()) == (size, by_definition(all_leaves[:size]))


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 7, 8, 9, 16, 21])
def test_every_leaf_is_shown_to_be_included(size: int):
    digests = leaves(size)
    root = root_of(digests)
    for index, digest in enumerate(digests):
        proof = Tree(digests).inclusion_proof(index)
        assert includes(digest, index, size, proof, root)
        assert len(proof) <= (size - 1).bit_length()


@pytest.mark.parametrize("second", [1, 2, 3, 4, 6, 7, 8, 13, 16, 21])
def test_every_earlier_tree_is_shown_to_be_the_beginning(second: int):
    digests = leaves(second)
    for first in range(1, second + 1):
        proof = consistency_proof(digests, first)
        assert consistent(first, root_of(digests[:first]), second, root_of(digests), proof)


sizes = st.integers(1, 70)


@given(size=sizes, data=st.data())
@settings(max_examples=300, deadline=None)
def test_no_other_leaf_place_size_or_proof_is_included(size: int, data: st.DataObject):
    digests = leaves(size)
    index = data.draw(st.integers(0, size - 1))
    proof, root = Tree(digests).inclusion_proof(index), root_of(digests)
    other = hashlib.sha256(b"other").digest()
    assert not includes(other, index, size, proof, root)
    assert not includes(digests[index], size, size, proof, root)
    assert not includes(digests[index], index, size, [*proof, other], root)
    if proof:
        assert not includes(digests[index], index, size, proof[:-1], root)
        at = data.draw(st.integers(0, len(proof) - 1))
        assert not includes(digests[index], index, size, [*proof[:at], other, *proof[at + 1 :]], root)
        wrong = data.draw(st.integers(0, size - 1).filter(lambda place: place != index))
        assert not includes(digests[index], wrong, size, proof, root)


@given(second=st.integers(2, 70), data=st.data())
@settings(max_examples=300, deadline=None)
def test_a_rewritten_beginning_is_not_consistent(second: int, data: st.DataObject):
    digests = leaves(second)
    first = data.draw(st.integers(1, second - 1))
    changed = data.draw(st.integers(0, first - 1))
    rewritten = [*digests[:changed], hashlib.sha256(b"rewritten").digest(), *digests[changed + 1 :]]
    head = root_of(digests[:first])
    proof = consistency_proof(rewritten, first)
    assert not consistent(first, head, second, root_of(rewritten), proof)
    honest = consistency_proof(digests, first)
    assert not consistent(first, head, second, root_of(digests), [*honest, head])
    assert not consistent(first, head, second, root_of(digests), honest[:-1])


@pytest.mark.parametrize("index", [-1, 3, 10])
def test_there_is_no_proof_of_what_is_not_there(index: int):
    with pytest.raises(IndexError):
        Tree(leaves(3)).inclusion_proof(index)
    with pytest.raises(IndexError):
        consistency_proof(leaves(3), index + 1 if index == 3 else index)


def test_no_tree_begins_with_more_than_it_has():
    root = root_of(leaves(3))
    assert not consistent(4, root, 3, root, [])
    assert not consistent(0, root_of([]), 3, root, [])
    assert not consistent(3, root, 3, root, [root])
