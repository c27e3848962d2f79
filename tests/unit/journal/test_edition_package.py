"""核验文件: whatever is changed in an edition's file, by whomever, is caught by the verifier alone."""

import copy
import json
import random
from dataclasses import asdict

import pytest

from tests.unit.journal.editions import forgery, redigested, refused, run
from zhenggai.journal.chain import canonical, edition_digest
from zhenggai.journal.outside import verify_journal as outside

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick")]


# --- what agrees ---


def test_an_honest_edition_agrees(built, edition, tmp_path, capsys):
    files = {"edition": edition, "head": asdict(built.head)}
    status, said = run(
        tmp_path, capsys, "--edition", "edition", "--head", "head", "--key", built.head.key, **files
    )
    assert status == 0, said
    assert "4 段正文、8 处数字、2 项销号" in said
    assert "6 处与所记数值一致，2 处" in said
    assert built.head.at in said
    assert edition["digest"] in said
    assert "注意" not in said


def test_without_key_and_head_it_says_what_that_is_worth(edition, tmp_path, capsys):
    status, said = run(tmp_path, capsys, "--edition", "edition", edition=edition)
    assert status == 0
    assert "不能说明出自谁手" in said


def test_a_head_of_another_day_needs_the_proof_between_them(built, edition, tmp_path, capsys):
    files = {"edition": edition, "head": asdict(built.first), "between": built.consistency}
    status, said = run(tmp_path, capsys, "--edition", "edition", "--head", "head", **files)
    assert (status, "用 --proof 给出" in said) == (1, True)
    status, said = run(
        tmp_path, capsys, "--edition", "edition", "--head", "head", "--proof", "between", **files
    )
    assert status == 0, said
    other = {**files, "edition": built.other}
    status, said = run(
        tmp_path, capsys, "--edition", "edition", "--head", "head", "--proof", "between", **other
    )
    assert (status, "不是版本所附的树头与您保存的树头之间" in said) == (1, True)


def test_two_histories_of_one_length_are_said_to_be_two(built, edition, tmp_path, capsys):
    forged, _ = forgery(built, lambda content: content.update(code="TB-2026-09"), tmp_path)
    status, said = run(
        tmp_path, capsys, "--edition", "edition", "--head", "head", edition=edition, head=forged["head"]
    )
    assert (status, "历史有两个版本" in said) == (1, True)


def test_the_editions_app_gets_nothing_that_would_be_refused(built):
    assert "却有 1 份" in built.refusals["a seal too few"]
    assert "与凭据不符" in built.refusals["seals in another order"]
    for name in ("another event", "another content", "number as text"):
        assert "所定的不是这一版" in built.refusals[name]


def test_the_proofs_of_closures_tell_no_words_no_names_and_no_click_of_another_event(built):
    """A post's code may be the log-in name of the cast: codes of posts are told, and named so."""
    told = json.dumps(built.package["proofs"]["closures"], ensure_ascii=False)
    assert len(built.unsaid) > 20
    assert [words for words in built.unsaid - {"supervisor"} if words in told] == []


# --- what is changed by whoever has only the file ---


CHANGES = {
    "a digit of the text": lambda c: c["paragraphs"][1].update(text=c["paragraphs"][1]["text"].replace("66.7", "96.7")),
    "a value": lambda c: c["figures"][4].update(value="2888813"),
    "a digest behind a figure": lambda c: c["figures"][0].update(evidence=["cd" * 32]),
    "a digest behind a closure": lambda c: c["closures"][0]["evidence"].__setitem__(0, "cd" * 32),
    "a piece of evidence less": lambda c: c["closures"][0]["evidence"].pop(),
    "a closure invented": lambda c: c["closures"].append({**c["closures"][0], "number": 9}),
    "a closure dropped": lambda c: c["closures"].pop(),
    "closures in another order": lambda c: c["closures"].reverse(),
    "a grade": lambda c: c["closures"][1].update(grade="infeasible"),
    "a date": lambda c: c["closures"][1].update(closed_on="2026-01-01"),
    "a number": lambda c: c["closures"][1].update(number=2),
    "the number of the edition": lambda c: c.update(number=2),
    "true for one": lambda c: c.update(number=True),
    "the title": lambda c: c.update(title="别的标题"),
    "something more": lambda c: c.update(more=None),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(CHANGES))
def test_a_changed_content_is_refused(edition, name):
    before = canonical(edition["content"])
    CHANGES[name](edition["content"])
    assert canonical(edition["content"]) != before
    assert "公布以后被改动过" in refused(edition)
    assert refused(redigested(edition)).startswith(("第", "数字第")), "the journal does not name this content"


def test_every_single_digit_counts(edition):
    """Each digit of the content, one after the other, with the file's digest left alone and computed anew."""
    text = json.dumps(edition["content"], ensure_ascii=False)
    places = [at for at, char in enumerate(text) if char.isdigit()]
    assert len(places) > 300
    for at in places:
        changed = f"{text[:at]}{(int(text[at]) + 1) % 10}{text[at + 1 :]}"
        try:
            edition["content"] = json.loads(changed)
        except ValueError:  # a number that begins with 0 is no JSON
            continue
        assert refused(edition), changed[max(0, at - 20) : at + 20]
        assert refused(redigested(edition)), changed[max(0, at - 20) : at + 20]


def moved(made):
    made["proofs"]["closures"].reverse()


PROOFS = {
    "proofs exchanged": (moved, "与凭据不符"),
    "a proof dropped": (lambda made: made["proofs"]["closures"].pop(), "应当一项一份"),
    "a proof too many": (lambda made: made["proofs"]["closures"].append(made["proofs"]["edition"]), "应当一项一份"),
    "the edition's proof for a closure": (
        lambda made: made["proofs"]["closures"].__setitem__(0, made["proofs"]["edition"]), "不是销号凭据"
    ),
    "a closure's proof for the edition": (
        lambda made: made["proofs"].update(edition=made["proofs"]["closures"][0]), "所定的不是这一版"
    ),
    "one proof twice": (
        lambda made: made["proofs"]["closures"].__setitem__(1, made["proofs"]["closures"][0]), "与凭据不符"
    ),
    "a body changed": (
        lambda made: made["proofs"]["closures"][0].update(
            body=made["proofs"]["closures"][0]["body"].replace('"grade":"done"', '"grade":"phased"')
        ), "不在",
    ),
    "a proof of another kind": (lambda made: made["proofs"]["edition"].update(kind="consistency"), "不属于这个树头"),
    "something more": (lambda made: made["proofs"].update(more=[]), "不是版本和销号的证明"),
    "another hash function": (lambda made: made.update(algorithm="md5"), "与摘要不符"),
    "no head": (lambda made: made.update(head=None), "不是树头"),
    "an older date of signing": (lambda made: made["head"].update(at="2020-01-01T00:00:00+00:00"), "签名与内容不符"),
    "nothing": (lambda made: made.clear(), "不是版本的核验文件"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(PROOFS))
def test_what_does_not_prove_the_content_is_refused(edition, name):
    change, sentence = PROOFS[name]
    change(edition)
    assert sentence in refused(edition)


def test_a_proof_under_another_head_is_refused(built, edition):
    edition["proofs"]["closures"][0] = built.other["proofs"]["closures"][0]
    assert "不属于这个树头" in refused(edition)


def test_the_closing_event_is_no_seal(built, edition):
    edition["proofs"]["closures"][1] = built.closing_proof
    assert f"第 {built.closing} 条日志不是销号凭据" in refused(edition)


def test_random_changes_never_pass_unless_the_content_is_the_same(built):
    """Of the tree of values: thousands of replacements, removals, exchanges, repetitions, anywhere in the file."""
    chance = random.Random(11)
    tried = passed = 0
    while tried < 3000:
        made = copy.deepcopy(built.package)
        for _ in range(chance.choice([1, 1, 2, 3])):
            mutate(made, chance)
        if chance.random() < 0.3 and isinstance(made.get("content"), dict):
            made["digest"] = edition_digest(made["content"], built.head.hash)
        if json.dumps(made) == json.dumps(built.package):
            continue
        tried += 1
        if not refused(made):
            passed += 1
            assert canonical(made["content"]) == canonical(built.package["content"])
    assert passed < tried / 20


def mutate(made, chance):
    """Change one place of a tree of values."""
    holder = made
    while True:
        keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
        if not keys:
            return
        key = chance.choice(keys)
        value = holder[key]
        if isinstance(value, dict | list) and chance.random() < 0.85:
            holder = value
            continue
        break
    kind = chance.randrange(6)
    if kind == 0:
        del holder[key]
    elif kind == 1:
        holder[key] = chance.choice([None, True, 0, 1, -1, 1.0, "", "1", [], {}, "ab" * 32, [[]]])
    elif kind == 2 and isinstance(value, str) and value:
        at = chance.randrange(len(value))
        holder[key] = value[:at] + chance.choice("0123456789abcdef整改\ud800") + value[at + 1 :]
    elif kind == 3 and isinstance(value, int):
        holder[key] = value + chance.choice([-1, 1, 0.0, 10**30])
    elif kind == 4:
        holder[key] = copy.deepcopy(made.get(chance.choice(list(made)), None)) if made else None
    elif isinstance(holder, list):
        holder.insert(chance.randrange(len(holder) + 1), copy.deepcopy(value))


def test_random_changes_of_the_text_never_pass_unless_the_content_is_the_same(built, tmp_path, capsys):
    chance, file = random.Random(13), tmp_path / "edition.json"
    text = json.dumps(built.package, ensure_ascii=False)
    for _ in range(600):
        at = chance.randrange(len(text))
        char = chance.choice('0123456789abcdef整改，。",:{}[] \\')
        changed = chance.choice(
            [text[:at] + char + text[at + 1 :], text[:at] + char + text[at:], text[:at] + text[at + 1 :]]
        )
        file.write_text(changed, encoding="utf-8")
        if outside.main(["--edition", str(file)]) == 0:
            assert canonical(json.loads(changed)["content"]) == canonical(built.package["content"])
        capsys.readouterr()


def test_what_is_said_twice_is_refused(built, tmp_path, capsys):
    """Readers of JSON differ in which of two they take: what a page shows must not be the other one."""
    text = json.dumps(built.package, ensure_ascii=False)
    doubled = text.replace('"code": "TB-2026-01"', '"code": "TB-2026-99", "code": "TB-2026-01"', 1)
    assert json.loads(doubled) == built.package
    status, said = run(tmp_path, capsys, "--edition", "edition", edition=doubled)
    assert (status, "出现了两次" in said) == (1, True)


@pytest.mark.parametrize(
    "text", ["[" * 100_000, "{", "1", "null", '{"format": "zhenggai-edition/1"}', "\ufeff{}", '{"a": NaN}', "9" * 5000]
)  # fmt: skip
def test_what_is_no_edition_gets_a_sentence(tmp_path, capsys, text):
    status, said = run(tmp_path, capsys, "--edition", "edition", edition=text)
    assert (status, said[:2]) == (1, "✗ ")


# --- what is forged by whoever can write a journal of his own ---


def test_a_journal_of_the_forgers_own_is_refused_by_key_and_by_head(built, tmp_path, capsys):
    forged, key = forgery(built, lambda c: c["figures"][0].update(definition="另一口径"), tmp_path)
    assert key != built.head.key
    files = {"edition": forged, "head": asdict(built.head)}
    assert run(tmp_path, capsys, "--edition", "edition", **files)[0] == 0
    status, said = run(tmp_path, capsys, "--edition", "edition", "--key", built.head.key, **files)
    assert (status, "公钥不是所给的公钥" in said) == (1, True)
    status, said = run(tmp_path, capsys, "--edition", "edition", "--head", "head", **files)
    assert (status, "历史有两个版本" in said) == (1, True)


def sealed_as(built, **values):
    """The bodies with the first seal saying something else."""
    seq = built.package["proofs"]["closures"][0]["seq"]
    body = json.loads(built.bodies[seq - 1])
    body["changes"][0]["after"] |= values
    return [*built.bodies[: seq - 1], canonical(body), *built.bodies[seq:]]


OWN = {
    "a figure at another place": (lambda c: c["figures"][1].update(start=0, end=2), "不是“3个”"),
    "a figure beyond its paragraph": (lambda c: c["figures"][1].update(paragraph=9), "数字第 2 处"),
    "a figure before its paragraph": (lambda c: c["figures"][1].update(paragraph=-3), "数字第 2 处"),
    "a value that is not written": (lambda c: c["figures"][1].update(value="4"), "写的是“3个”，所记的数值却是 4"),
    "a rate rounded wrongly": (lambda c: c["figures"][3].update(value="66.64"), "写的是“66.7%”"),
    "an amount rounded wrongly": (lambda c: c["figures"][4].update(value="2888700"), "写的是“288.88万元”"),
    "a value in Chinese": (lambda c: c["figures"][6].update(value="26"), "写的是“二十五项”"),
    "a closure twice": (lambda c: c["closures"].__setitem__(1, c["closures"][0]), "与凭据不符"),
    "a grade": (lambda c: c["closures"][0].update(grade="infeasible"), "grade 与凭据不符，本版为“infeasible”，凭据为“done”"),
    "a cycle": (lambda c: c["closures"][0].update(cycle=True), "cycle 与凭据不符"),
    "a field less": (lambda c: c["closures"][0].pop("evidence"), "evidence 与凭据不符"),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(OWN))
def test_an_issuer_who_signs_what_does_not_agree_is_refused(built, tmp_path, name):
    """Under a key that is taken for genuine: what the file itself shows to be wrong."""
    change, sentence = OWN[name]
    assert sentence in refused(forgery(built, change, tmp_path)[0])


def test_one_closure_counted_twice_is_refused(built, tmp_path):
    forged, _ = forgery(built, lambda c: c["closures"].__setitem__(1, c["closures"][0]), tmp_path)
    forged["proofs"]["closures"][1] = forged["proofs"]["closures"][0]
    assert "是同一次销号，重复计算" in refused(forged)


def test_a_seal_made_after_the_edition_is_refused(built, tmp_path):
    """The edition's event and the first seal's change places."""
    bodies = list(built.bodies)
    mine, seal = built.package["proofs"]["edition"]["seq"], built.package["proofs"]["closures"][0]["seq"]
    one, other = json.loads(bodies[seal - 1]), json.loads(bodies[mine - 1])
    one["seq"], other["seq"] = mine, seal
    bodies[mine - 1], bodies[seal - 1] = canonical(one), canonical(other)
    swapped = copy.copy(built)
    swapped.package = copy.deepcopy(built.package)
    swapped.package["proofs"]["edition"]["seq"], swapped.package["proofs"]["closures"][0]["seq"] = seal, mine
    forged, _ = forgery(swapped, lambda c: None, tmp_path, bodies)
    assert "晚于定版" in refused(forged)


def test_a_seal_that_says_something_else_is_refused(built, tmp_path):
    bodies = sealed_as(built, grade="phased")
    forged, _ = forgery(built, lambda c: None, tmp_path, bodies)
    assert "grade 与凭据不符，本版为“done”，凭据为“phased”" in refused(forged)


def test_a_seal_with_the_number_of_another_event_is_refused(built, tmp_path):
    """So that it could pass for one made before the edition."""
    bodies = list(built.bodies)
    seq = built.package["proofs"]["closures"][0]["seq"]
    bodies[seq - 1] = canonical(json.loads(bodies[seq - 1]) | {"seq": 1})
    assert "不是所说的那一条" in refused(forgery(built, lambda c: None, tmp_path, bodies)[0])
