"""The store of files: whole or not there, once, unchanged."""

import os

import pytest
from django.conf import settings

from zhenggai.evidence import store
from zhenggai.evidence.store import StoreDamaged


def files():
    return [file for file in settings.EVIDENCE_ROOT.rglob("*") if file.is_file()]


def test_put_and_get():
    digest = store.put("整改".encode())
    assert store.get(digest) == "整改".encode()
    assert store.put("整改".encode()) == digest
    assert [file.name for file in files()] == [digest]


@pytest.mark.parametrize("damage", [lambda p: p.unlink(), lambda p: p.write_bytes(b"other")])
def test_damage_is_told_with_the_remedy(damage):
    digest = store.put(b"x")
    damage(store.path_of(digest))
    with pytest.raises(StoreDamaged, match="请从备份恢复 evidence 目录"):
        store.get(digest)


def test_a_full_disk_leaves_nothing_under_the_name(monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(store.StoreUnwritable, match="No space left on device。请检查磁盘空间"):
        store.put(b"does not fit")
    assert files() == []


def test_bytes_are_synced_before_they_have_their_name(monkeypatch):
    seen = []
    real = os.fsync

    def watch(handle):
        seen.append(store.path_of(store.digest_of(b"order")).exists())
        real(handle)

    monkeypatch.setattr(os, "fsync", watch)
    store.put(b"order")
    assert seen[0] is False, "first the bytes"
    assert seen[1:] == [True] * 4, "then the name: its folder, and those above that were new"


def test_a_damaged_file_is_healed_by_the_same_bytes():
    digest = store.put(b"whole")
    store.path_of(digest).write_bytes(b"hole")
    assert store.put(b"whole") == digest
    assert store.get(digest) == b"whole"
