"""树头: whoever holds one can tell any journal that was rewritten behind it."""

import json
import random
from dataclasses import asdict, replace

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import factories
from tests.unit.journal.attackers import ATTACKS, attack, open_journal
from zhenggai.journal import signing
from zhenggai.journal.heads import Head, HeadRefused, kept_heads, sign_head
from zhenggai.journal.merkle import root_of
from zhenggai.journal.models import Event, TreeHead
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions.deciding import accept
from zhenggai.parties.actions import register_organisations

ROUNDS = 84  # times six kinds of attack, chained anew or not: more than a thousand


@pytest.fixture
def ledger(office):
    """An accepted ledger whose events came one by one, so that there are some to attack."""
    reading = factories.enter(factories.Made(factories.USUAL), by=office)
    for proposal in reading.proposals.filter(parent=None).order_by("position"):
        accept(proposals=[proposal], by=office)
    return reading


def test_a_head_says_what_the_journal_holds(ledger):
    head = sign_head()
    digests = [
        bytes.fromhex(digest) for digest in Event.objects.order_by("seq").values_list("digest", flat=True)
    ]
    assert (head.size, head.root) == (len(digests), root_of(digests).hex())
    assert head.last == digests[-1].hex()
    assert Head.parse(head.as_text()) == head
    assert kept_heads() == [head]


def test_no_new_head_without_a_new_event(ledger, office):
    first = sign_head()
    assert sign_head() == first
    factories.enter(factories.Made(factories.USUAL[:1]), by=office, name="other.txt")
    assert sign_head().size > first.size
    assert len(kept_heads()) == 2


def test_a_growing_journal_agrees_with_all_its_heads(ledger, office):
    outside = sign_head()
    factories.enter(factories.Made(factories.USUAL[:1]), by=office, name="other.txt")
    sign_head()
    report = verify(heads=[outside])
    assert (report.sound, report.heads) == (True, 3)


def test_the_first_head_may_be_of_nothing(db):
    head = sign_head()
    assert (head.size, head.root) == (0, root_of([]).hex())
    assert verify(heads=[head]).sound


@pytest.mark.parametrize("rechain", [False, True], ids=["as it was", "chained anew"])
@pytest.mark.parametrize("kind", ATTACKS)
def test_whatever_is_rewritten_up_to_the_last_head_is_found(ledger, kind, rechain):
    """The attacker owns the database, the tables of heads included; only the head kept elsewhere is out of reach."""
    outside = sign_head()
    open_journal()
    TreeHead.objects.all().delete()
    assert verify(heads=[outside]).sound
    unseen = []
    for seed in range(ROUNDS):
        with transaction.atomic():
            before = list(Event.objects.order_by("seq").values_list("body", "digest"))
            attack(kind, random.Random(seed), rechain=rechain)
            changed = list(Event.objects.order_by("seq").values_list("body", "digest")) != before
            report = verify(heads=[outside])
            if report.sound or (rechain and report.faults[0].kind != "journal.treehead") or not changed:
                unseen.append(seed)
            transaction.set_rollback(True)
    assert unseen == []


def test_without_the_head_a_journal_cut_with_its_rows_goes_unseen(ledger, office):
    """Why heads are kept elsewhere: without one this attack succeeds."""
    before = Event.objects.count()
    sign_head()
    reading = factories.enter(factories.Made(factories.USUAL[:1]), by=office, name="other.txt")
    outside = sign_head()
    open_journal()
    _forget(reading, before)
    assert verify().sound
    (fault,) = verify(heads=[outside]).faults
    assert f"现在只有 {before} 条：末尾的日志被删去" in fault.sentence


def _forget(reading, before):
    from zhenggai.evidence.models import SourceDocument
    from zhenggai.journal.models import ChangedRow

    document = reading.document
    reading.proposals.update(parent=None)
    reading.proposals.all().delete()
    reading.delete()
    SourceDocument.objects.filter(pk=document.pk).delete()
    reading.inspection.delete()
    Event.objects.filter(seq__gt=before).delete()
    ChangedRow.objects.filter(seq__gt=before).delete()
    TreeHead.objects.filter(size__gt=before).delete()


def test_a_kept_head_that_was_changed_is_a_fault(ledger):
    head = sign_head()
    open_journal()
    TreeHead.objects.update(head=replace(head, root="0" * 64).as_text())
    (fault,) = verify().faults
    assert "系统保存的第" in fault.sentence
    assert "签名与内容不符" in fault.sentence


def test_heads_are_append_only(ledger):
    sign_head()
    for change in ("UPDATE journal_treehead SET size = 1", "DELETE FROM journal_treehead"):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(change)


# --- the written head ---


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda said: said | {"size": said["size"] + 1}, "签名与内容不符"),
        (lambda said: said | {"at": "2020-01-01T00:00:00+00:00"}, "签名与内容不符"),
        (lambda said: said | {"signature": "00" * 64}, "签名与内容不符"),
        (lambda said: said | {"signature": "zz"}, "签名与内容不符"),
        (lambda said: said | {"key": said["key"][:-2]}, "签名与内容不符"),
        (lambda said: said | {"hash": "md5"}, "算法（md5、ed25519）本版本不支持"),
        (lambda said: said | {"algorithm": "none"}, "算法（sha256、none）本版本不支持"),
        (lambda said: said | {"size": "12"}, "不完整或有多余的项目"),
        (lambda said: said | {"more": 1}, "不完整或有多余的项目"),
        (lambda said: {k: v for k, v in said.items() if k != "last"}, "不完整或有多余的项目"),
        (lambda _: {"format": "other/1"}, "不是树头文件"),
        (lambda said: [said], "不是树头文件"),
    ],
)
def test_what_is_not_a_whole_head_is_refused_by_name(ledger, change, sentence):
    said = asdict(sign_head())
    with pytest.raises(HeadRefused) as refused:
        Head.parse(json.dumps(change(said)), name="旧树头.json")
    assert refused.value.sentence.startswith("旧树头.json ")
    assert sentence in refused.value.sentence


def test_no_json_is_no_head():
    with pytest.raises(HeadRefused, match="不是树头文件"):
        Head.parse("第 1 页", name="x")


# --- the key ---


@pytest.fixture
def keys(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"
    return settings.KEYS_ROOT


def test_the_key_is_made_once_and_private(keys):
    first, second = signing.own_key(), signing.own_key()
    assert first.public == second.public
    (file,) = keys.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert keys.stat().st_mode & 0o777 == 0o700


def test_a_file_that_is_no_key_is_refused(keys):
    keys.mkdir()
    (keys / "journal.ed25519").write_text("不是密钥", encoding="utf-8")
    with pytest.raises(signing.KeyUnusable, match="不是密钥，请从备份恢复"):
        signing.own_key()


def test_a_folder_that_cannot_be_made_is_refused(settings, tmp_path):
    (tmp_path / "keys").write_text("", encoding="ascii")
    settings.KEYS_ROOT = tmp_path / "keys"
    with pytest.raises(signing.KeyUnusable, match="请检查数据目录的权限和磁盘空间"):
        signing.own_key()


def test_another_process_made_the_key_first(keys, monkeypatch):
    first = signing.own_key()
    monkeypatch.setattr(signing, "_read", lambda _: "")
    assert signing.own_key().public == first.public


def test_signatures_of_other_keys_messages_and_algorithms_do_not_hold(keys):
    key = signing.own_key()
    signature = key.sign(b"head")
    assert signing.verifies("ed25519", key.public, signature, b"head")
    assert not signing.verifies("ed25519", key.public, signature, b"other")
    assert not signing.verifies("ed25519", "11" * 32, signature, b"head")
    assert not signing.verifies("sm2", key.public, signature, b"head")


# --- a head goes on from the one before ---


def test_a_new_head_reads_only_the_events_since(ledger, office):
    first = sign_head()
    register_organisations(names=["云岭县水务局"], by=office)
    with CaptureQueriesContext(connection) as queries:
        second = sign_head()
    assert any(f'"seq" > {first.size}' in query["sql"] for query in queries)
    digests = Event.objects.order_by("seq").values_list("digest", flat=True)
    assert (second.size, second.root) == (first.size + 1, root_of(map(bytes.fromhex, digests)).hex())
    assert verify(heads=[first, second]).sound


@pytest.mark.parametrize("frontier", [None, [], ["00" * 32], "x", [1]])
def test_where_the_subtrees_were_not_kept_all_events_are_read(ledger, office, frontier):
    first = sign_head()
    open_journal()
    TreeHead.objects.update(frontier=frontier)
    register_organisations(names=["云岭县水务局"], by=office)
    second = sign_head()
    assert verify(heads=[first, second]).sound
