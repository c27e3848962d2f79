"""Proofs, and the verifier that outsiders run: one file, nothing of the system, and as strict as the system itself."""

import ast
import json
import random
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import hypothesis
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from tests import factories
from zhenggai.core.errors import NotFound
from zhenggai.journal import proofs
from zhenggai.journal.heads import Head, sign_head
from zhenggai.journal.models import Event
from zhenggai.journal.outside import verify_journal as outside
from zhenggai.ledger.actions.deciding import accept


@pytest.fixture
def heads(office) -> tuple[Head, Head]:
    """Two heads of a journal that grew in between."""
    reading = factories.enter(factories.Made(factories.USUAL), by=office)
    first = sign_head()
    for proposal in reading.proposals.filter(parent=None).order_by("position")[:4]:
        accept(proposals=[proposal], by=office)
    return first, sign_head()


@pytest.fixture
def files(heads, tmp_path) -> dict[str, Path]:
    """What an outsider was given: both heads, the export, a proof of each kind."""
    first, second = heads
    said = {
        "first.json": first.as_text(),
        "second.json": second.as_text(),
        "journal.jsonl": "".join(proofs.export_lines()),
        "inclusion.json": json.dumps(proofs.inclusion(2, second)),
        "consistency.json": json.dumps(proofs.consistency(first, second)),
    }
    for name, text in said.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return {name.split(".")[0]: tmp_path / name for name in said}


def check(*arguments: object) -> int:
    return outside.main([str(argument) for argument in arguments])


def test_it_needs_nothing_but_python():
    tree = ast.parse(Path(outside.__file__).read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {str(node.module) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= set(sys.stdlib_module_names)


def test_it_runs_by_itself(files, tmp_path):
    """Copied away and run by an interpreter that sees no installed package."""
    copy = tmp_path / "verify_journal.py"
    copy.write_bytes(Path(outside.__file__).read_bytes())
    command = [sys.executable, "-I", "-S", str(copy), str(files["journal"]), "--head", str(files["second"])]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "核验通过" in done.stdout


def test_an_honest_journal_agrees(files, heads, capsys):
    assert check(files["journal"], "--head", files["first"], "--head", files["second"]) == 0
    said = capsys.readouterr().out
    assert f"{heads[1].size} 条日志首尾相接，与 2 个树头相符" in said
    assert heads[1].last in said


def test_honest_proofs_agree(files, heads, capsys):
    assert check("--proof", files["inclusion"], "--head", files["second"], "--key", heads[0].key) == 0
    assert Event.objects.get(seq=2).body in capsys.readouterr().out
    assert check("--proof", files["consistency"], "--head", files["first"]) == 0
    assert f"{heads[0].size} 条日志是" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "arguments", "sentence"),
    [
        ("another key", ["--proof", "inclusion", "--key", "00" * 32], "公钥不是所给的公钥"),
        ("another head", ["--proof", "inclusion", "--head", "first"], "不是您另行保存的树头"),
        ("no head", ["journal", "--head", "inclusion"], "不是树头"),
        ("no journal", ["first"], "不是导出的日志"),
        ("no proof", ["--proof", "first"], "不是证明"),
        ("no file", ["--proof", "missing.json"], "无法打开"),
    ],
)
def test_what_does_not_fit_together_is_refused(files, capsys, name, arguments, sentence):
    named = [files.get(argument, argument) for argument in arguments]
    assert check(*named) == 1
    assert sentence in capsys.readouterr().out


def test_nothing_to_check_is_wrong_usage(files):
    with pytest.raises(SystemExit) as ended:
        check("--head", files["first"])
    assert ended.value.code == 2


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            lambda lines: [*lines[:2], lines[2].replace("系统", "整改", 1), *lines[3:]],
            "第 2 条日志的内容与其摘要不符",
        ),
        (lambda lines: [*lines[:2], *lines[3:]], "第 2 条日志没有接在前一条之后"),
        (lambda lines: [lines[0], lines[2], lines[1], *lines[3:]], "第 1 条日志没有接在前一条之后"),
        (lambda lines: lines[:-1], "末尾被删去"),
        (lambda lines: [lines[0].replace("events", "event"), *lines[1:]], "不是导出的日志"),
        (lambda lines: [*lines[:-1], lines[-1][:40]], "不完整"),
    ],
    ids=["changed", "removed", "swapped", "cut", "no count", "broken line"],
)
def test_a_changed_export_is_refused(files, capsys, change, sentence):
    lines = files["journal"].read_text(encoding="utf-8").splitlines(keepends=True)
    changed = change(lines)
    assert changed != lines
    files["journal"].write_text("".join(changed), encoding="utf-8")
    try:
        status = check(files["journal"], "--head", files["second"])
    except KeyError:  # pragma: no cover  # what must not happen
        pytest.fail("a traceback instead of a sentence")
    assert status == 1
    assert sentence in capsys.readouterr().out


def rechained(lines: list[str]) -> list[str]:
    """The export with all digests computed anew, as a forger would."""
    made, previous = [lines[0]], outside.GENESIS
    for number, line in enumerate(lines[1:], 1):
        body = json.loads(line)["body"]
        digest = outside.event_digest(previous, body)
        made.append(json.dumps({"seq": number, "previous": previous, "digest": digest, "body": body}) + "\n")
        previous = digest
    return made


def test_an_export_chained_anew_is_refused_by_the_head_alone(files, capsys):
    lines = files["journal"].read_text(encoding="utf-8").splitlines(keepends=True)
    forged = rechained([*lines[:2], lines[2].replace("系统", "整改", 1), *lines[3:]])
    files["journal"].write_text("".join(forged), encoding="utf-8")
    assert check(files["journal"]) == 0
    assert check(files["journal"], "--head", files["first"]) == 1
    assert "不符：其中有的被改动过" in capsys.readouterr().out


@pytest.mark.parametrize("kind", ["inclusion", "consistency"])
def test_any_change_of_a_proof_is_refused(files, kind):
    text = files[kind].read_text(encoding="utf-8")
    chance, passed = random.Random(7), []
    for _ in range(150):
        at = chance.randrange(len(text))
        changed = (
            text[:at] + chance.choice([c for c in "0123456789abcdef甲乙" if c != text[at]]) + text[at + 1 :]
        )
        files[kind].write_text(changed, encoding="utf-8")
        if check("--proof", files[kind]) == 0 and json.loads(changed) != json.loads(text):
            passed.append(changed[max(0, at - 20) : at + 20])
    assert passed == []


# --- many at once ---


@given(data=st.data())
@hypothesis.settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_many_proofs_are_what_each_would_be_alone(heads, data):
    head = data.draw(st.sampled_from(heads))
    seqs = data.draw(st.lists(st.integers(1, head.size), max_size=8))
    assert proofs.inclusions(seqs, head) == [proofs.inclusion(seq, head) for seq in seqs]


def test_many_proofs_lead_to_the_root_in_a_fixed_number_of_statements(heads, django_assert_num_queries):
    head = heads[1]
    with django_assert_num_queries(2):
        found = proofs.inclusions(range(head.size, 0, -1), head)
    for seq, proof in zip(range(head.size, 0, -1), found, strict=True):
        digest = bytes.fromhex(Event.objects.get(seq=seq).digest)
        path = [bytes.fromhex(node) for node in proof["proof"]]
        assert (proof["seq"], proof["head"]) == (seq, asdict(head))
        assert outside.includes(digest, seq - 1, head.size, path, bytes.fromhex(head.root))


def test_one_that_cannot_be_proved_leaves_none(heads):
    with pytest.raises(NotFound, match="没有第 999 条日志"):
        proofs.inclusions([1, 999], heads[1])
    with pytest.raises(proofs.NotProvable, match="晚于该树头"):
        proofs.inclusions([1, heads[1].size], heads[0])
    assert proofs.inclusions([], heads[1]) == []


# --- what cannot be proved ---


def test_an_event_younger_than_the_head(heads):
    with pytest.raises(proofs.NotProvable, match="晚于该树头"):
        proofs.inclusion(heads[1].size, heads[0])


def test_an_event_that_is_not_there(heads):
    with pytest.raises(NotFound, match="没有第 999 条日志"):
        proofs.inclusion(999, heads[1])


def test_heads_in_the_wrong_order(heads):
    with pytest.raises(proofs.NotProvable, match="请调换两个文件的次序"):
        proofs.consistency(heads[1], heads[0])


def test_a_head_of_another_journal(heads):
    other = Head(**{**asdict(heads[1]), "root": "0" * 64})
    for prove in (lambda: proofs.inclusion(2, other), lambda: proofs.consistency(heads[0], other)):
        with pytest.raises(proofs.NotProvable, match="无法出具证明"):
            prove()


# --- signatures, in two hundred lines against a library ---


def test_signatures_are_judged_as_the_library_judges_them():
    chance = random.Random(3)
    for length in (0, 1, 31, 32, 33, 200):
        private = Ed25519PrivateKey.from_private_bytes(chance.randbytes(32))
        public, message = private.public_key().public_bytes_raw(), chance.randbytes(length)
        signature = private.sign(message)
        assert outside.ed25519_verifies(public, signature, message)
        for at in chance.sample(range(512), 12):
            wrong = bytearray(signature)
            wrong[at // 8] ^= 1 << at % 8
            assert not outside.ed25519_verifies(public, bytes(wrong), message)
        assert not outside.ed25519_verifies(public, signature, message + b"x")
        assert not outside.ed25519_verifies(public, signature[:-1], message)


def test_a_signature_with_the_order_added_is_not_a_second_valid_one():
    private = Ed25519PrivateKey.from_private_bytes(bytes(32))
    signature = private.sign(b"head")
    scalar = int.from_bytes(signature[32:], "little") + outside.ORDER
    forged = signature[:32] + scalar.to_bytes(32, "little")
    assert not outside.ed25519_verifies(private.public_key().public_bytes_raw(), forged, b"head")


@pytest.mark.parametrize(
    "encoded", [b"\xff" * 32, b"\x02" + bytes(31), (1 << 255 | 1).to_bytes(32, "little")]
)
def test_what_is_no_point_is_no_key(encoded):
    assert not outside.ed25519_verifies(encoded, bytes(64), b"head")
