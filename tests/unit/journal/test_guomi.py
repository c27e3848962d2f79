"""国密: SM3 in chain, tree and export, SM2 under heads; known answers, and the library's own opinion."""

import json
import random

import pytest

from tests import people
from zhenggai.config import environment
from zhenggai.config.environment import SettingRefused
from zhenggai.journal import proofs, signing
from zhenggai.journal.chain import HASHES, digest_entry
from zhenggai.journal.heads import journal_hash, sign_head
from zhenggai.journal.models import Event
from zhenggai.journal.outside import verify_journal as outside
from zhenggai.journal.verify import verify
from zhenggai.parties.actions import register_organisations
from zhenggai.parties.states import Role


@pytest.mark.parametrize(
    ("name", "message", "digest"),
    [
        # GB/T 32905-2016, annex A
        ("sm3", b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        ("sm3", b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
        # FIPS 180-4
        ("sha256", b"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ],
)
def test_known_digests(name, message, digest):
    assert HASHES[name](message).hexdigest() == digest
    assert outside.hashed(name, message).hex() == digest


def test_known_signature():
    """GM/T 0003.5, the example over the recommended curve, with the standard's default name of the signer."""
    public = bytes.fromhex(
        "0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
        "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"
    )
    signature = bytes.fromhex(
        "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
        "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"
    )
    assert outside.sm2_verifies(public, signature, b"message digest")
    assert not outside.sm2_verifies(public, signature, b"message digest.")


@pytest.fixture
def keys(settings, tmp_path):
    settings.KEYS_ROOT = tmp_path / "keys"


def test_signatures_are_judged_as_the_library_judges_them(keys):
    chance, key = random.Random(5), signing.own_key("sm2")
    assert signing.own_key("sm2").public == key.public
    for length in (0, 1, 100):
        message = chance.randbytes(length)
        signature = key.sign(message)
        assert signing.verifies("sm2", key.public, signature, message)
        wrong = bytearray(bytes.fromhex(signature))
        wrong[chance.randrange(64)] ^= 1 << chance.randrange(8)
        assert not signing.verifies("sm2", key.public, wrong.hex(), message)
        assert not signing.verifies("sm2", key.public, signature, message + b"x")
    for public in ("", "04" + "00" * 64, "04" + "ff" * 64, key.public[:-2], "02" + key.public[2:]):
        assert not signing.verifies("sm2", public, signature, message)
    for signature in ("00" * 64, "ff" * 64):
        assert not signing.verifies("sm2", key.public, signature, message)


def test_without_the_library_nothing_is_signed(keys, monkeypatch):
    def missing(name):
        raise ImportError(name)

    monkeypatch.setattr(signing, "import_module", missing)
    with pytest.raises(signing.KeyUnusable, match="没有安装 tongsuopy"):
        signing.own_key("sm2")


def test_a_journal_keeps_to_what_it_began_with(db, settings, keys, tmp_path):
    settings.JOURNAL_HASH = "sm3"
    office = people.post("office", "甲", Role.OFFICE)
    settings.JOURNAL_HASH = "sha256"
    first = sign_head()
    register_organisations(names=["云岭县水务局"], by=office)
    second = sign_head()
    assert (journal_hash(), first.hash, first.algorithm) == ("sm3", "sm3", "sm2")
    assert set(Event.objects.values_list("algorithm", flat=True)) == {"sm3"}
    event = Event.objects.latest("seq")
    assert event.digest == digest_entry(event.previous, event.body, "sm3")
    report = verify(heads=[first, second])
    assert (report.faults, report.heads) == ([], 4)
    files = {
        "h": second.as_text(),
        "j": "".join(proofs.export_lines()),
        "p": json.dumps(proofs.inclusion(2, second)),
        "c": json.dumps(proofs.consistency(first, second)),
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    head = ["--head", str(tmp_path / "h")]
    assert outside.main([str(tmp_path / "j"), *head]) == 0
    assert outside.main(["--proof", str(tmp_path / "p"), *head]) == 0
    assert outside.main(["--proof", str(tmp_path / "c")]) == 0
    (tmp_path / "j").write_text(files["j"].replace('"hash":"sm3"', '"hash":"sha256"', 1), encoding="utf-8")
    assert outside.main([str(tmp_path / "j"), *head]) == 1
    assert outside.main([str(tmp_path / "j")]) == 1


def test_an_event_of_another_algorithm_is_found(office):
    from tests.unit.journal.attackers import open_journal

    open_journal()
    for name in ("sm3", "md5"):
        Event.objects.filter(seq=2).update(algorithm=name)
        assert f"算法“{name}”不是这份日志的算法" in verify().faults[0].sentence


def test_the_profile_is_known_or_refused(monkeypatch):
    for profile, name in (("", "sha256"), ("guomi", "sm3"), (" GUOMI ", "sm3")):
        monkeypatch.setenv("ZHENGGAI_PROFILE", profile)
        assert environment.journal_hash() == name
    monkeypatch.setattr(environment.hashlib, "algorithms_available", {"sha256"})
    monkeypatch.setenv("ZHENGGAI_PROFILE", "guomi")
    with pytest.raises(SettingRefused, match="没有 SM3"):
        environment.journal_hash()
    monkeypatch.setenv("ZHENGGAI_PROFILE", "gost")
    with pytest.raises(SettingRefused, match="请写 guomi 或留空"):
        environment.journal_hash()
