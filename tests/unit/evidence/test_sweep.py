"""What no row names and is old enough is counted, and on demand deleted; nothing else ever is."""

import os
from datetime import timedelta

import pytest
from django.conf import settings

from tests import factories
from tests.unit.evidence.test_keeping import kept
from tests.unit.evidence.test_places import client, place, service  # noqa: F401  # fixtures
from zhenggai.evidence import store, sweep
from zhenggai.evidence.actions import keep_file
from zhenggai.evidence.reception import receive
from zhenggai.evidence.sweep import AGE, SweepFailed
from zhenggai.journal.verify import verify

MINUTES = "会议纪要：整改完成。".encode("gb18030")
"""Its text, in UTF-8, is a file of its own."""


def age(path, hours):
    then = path.stat().st_mtime - hours * 3600
    os.utime(path, (then, then))


def test_what_rows_name_stays(office):
    factories.enter(
        factories.Made(factories.USUAL), by=office
    )  # a document that is its own text, and the result
    keep_file(name="纪要.txt", data=MINUTES, by=office)
    before = kept()
    assert len(before) == 4
    for path in before:
        age(path, 1000)
    swept = sweep.sweep(delete=True)
    assert (swept.named, swept.orphans, swept.deleted) == (4, 0, 0)
    assert kept() == before
    assert verify().sound


def test_orphans_are_counted_and_deleted_on_demand(office):
    store.path_of(store.put(b"named by nobody"))
    file = keep_file(name="纪要.txt", data=MINUTES, by=office)
    for path in kept():
        age(path, 25)
    counted = sweep.sweep()
    assert (counted.named, counted.orphans, counted.size, counted.deleted) == (2, 1, 15, 0)
    assert len(kept()) == 3
    assert sweep.sweep(delete=True).deleted == 1
    assert store.has(file.sha256)
    assert store.has(file.text_sha256)
    assert sweep.sweep(delete=True).deleted == 0


def test_nothing_younger_than_the_age(db):
    path = store.path_of(store.put(b"just now"))
    assert sweep.sweep(delete=True).young == 1
    age(path, 23)
    assert sweep.sweep(delete=True).young == 1
    assert sweep.sweep(delete=True, older_than=timedelta(hours=22)).deleted == 1


def test_what_is_put_again_is_young_again(db):
    path = store.path_of(store.put(b"twice"))
    age(path, 100)
    store.put(b"twice")
    assert sweep.sweep(delete=True).deleted == 0
    assert path.exists()


def test_unfinished_writings_go_and_what_is_not_ours_stays(db):
    folder = store.path_of(store.put(b"x")).parent
    (folder / ".new-abc").write_bytes(b"half")
    (settings.EVIDENCE_ROOT / "说明.txt").write_bytes(b"of the administrator")
    (folder / "stray").write_bytes(b"not under its name")
    for path in kept():
        age(path, 48)
    swept = sweep.sweep(delete=True)
    assert (swept.orphans, swept.unfinished, swept.deleted) == (1, 1, 2)
    assert sorted(path.name for path in kept()) == ["stray", "说明.txt"]


def test_what_is_kept_while_sweeping_stays(office, monkeypatch):
    """Between the first look and the deletion somebody's act names the file."""
    received = receive(name="纪要.txt", data=MINUTES)
    for path in kept():
        age(path, 48)
    real = sweep._delete

    def late(found, limit):
        keep_file(name="纪要.txt", data=received, by=office)
        return real(found, limit)

    monkeypatch.setattr(sweep, "_delete", late)
    swept = sweep.sweep(delete=True)
    assert (swept.orphans, swept.deleted) == (2, 0)
    assert verify().sound


def test_both_places(place, office):  # noqa: F811  # a fixture
    keep_file(name="纪要.txt", data=MINUTES, by=office)
    orphan = store.put(b"named by nobody")
    swept = sweep.sweep(delete=True, older_than=timedelta(seconds=-5))  # the service rounds to seconds
    assert (swept.named, swept.orphans, swept.deleted) == (2, 1, 1)
    assert not store.has(orphan)
    assert verify().sound


def test_a_store_that_cannot_be_listed(db, settings):
    settings.EVIDENCE_S3 = {
        "region": "r",
        "style": "path",
        "bucket": "b",
        "endpoint": "http://127.0.0.1:1",
        "key": "k",
        "secret": "s",
        "prefix": "",
    }
    with pytest.raises(SweepFailed, match=r"清理未完成：.*可再次运行"):
        sweep.sweep(delete=True, older_than=AGE)


def test_every_column_of_digests_is_registered():
    """A field that names a file in the store must say so, or a sweep would take the file."""
    from scripts.reference import own_models

    fields = {
        f"{model._meta.label_lower}.{field.name}"
        for model in own_models()
        for field in model._meta.concrete_fields
        if field.name.endswith("sha256")
    }
    assert fields <= set(sweep.all_registered())
    assert len(fields) >= 5
