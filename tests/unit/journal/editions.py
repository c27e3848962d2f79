"""A really built edition with its file, as the bulletins' app makes one; and whoever forges it."""

import copy
import json
import uuid

import pytest
from django.db import transaction
from django.test import override_settings

from tests import cast
from zhenggai.core import clock
from zhenggai.journal import signing, trail
from zhenggai.journal.chain import canonical, digest_entry, edition_digest
from zhenggai.journal.editions import package
from zhenggai.journal.heads import SIGNED_WITH, Head, sign_head
from zhenggai.journal.merkle import Tree
from zhenggai.journal.models import Event
from zhenggai.journal.outside import verify_journal as outside
from zhenggai.journal.proofs import NotProvable, consistency, inclusion
from zhenggai.ledger.handling.queries import seals_of
from zhenggai.parties.models import Person

PARAGRAPHS = [
    ("title", "关于浅溪县委巡视整改进展情况的通报"),
    ("body", "截至2026年11月，反馈的3个问题已完成整改2个，整改完成率66.7%。"),
    ("body", "共挽回损失288.88万元，走访群众近300户，印发制度二十五项，其中1,240件信访事项全部办结。"),
    ("signature", "中共浅溪县委巡视整改工作领导小组办公室"),
]
FIGURES = [
    # paragraph, text, value, source
    (1, "11月", "0", "waived"),
    (1, "3个", "3", "computed"),
    (1, "2个", "2", "computed"),
    (1, "66.7%", "66.666667", "derived"),
    (2, "288.88万元", "2888812.5", "reported"),
    (2, "300户", "298", "reported"),
    (2, "二十五项", "25", "reported"),
    (2, "1,240件", "1240", "reported"),
]


def content_of(seals):
    figures = []
    for n, (at, text, value, source) in enumerate(FIGURES, 1):
        start = PARAGRAPHS[at][1].index(text)
        figures.append(
            {
                "n": n, "paragraph": at, "start": start, "end": start + len(text), "text": text, "label": "", "value": value,
                "unit": "", "period": "", "as_of": "2026-11-24", "source": source, "definition": "", "evidence": ["ab" * 32],
            }
        )  # fmt: skip
    closures = [
        {
            "inspection": seal.inspection, "number": seal.number, "cycle": seal.cycle, "grade": seal.grade,
            "closed_on": seal.closed_on.isoformat(), "closure_digest": seal.closure_digest, "evidence": seal.evidence, "title": "一事",
        }
        for seal, _ in seals
    ]  # fmt: skip
    return {
        "code": "TB-2026-01", "number": 1, "title": PARAGRAPHS[0][1], "replaces": None, "figures": figures, "closures": closures,
        "paragraphs": [{"role": role, "text": text} for role, text in PARAGRAPHS],
    }  # fmt: skip


def frozen(content, algorithm, **wrong):
    """Number of the event that freezes a content, written as the trail writes it."""
    after = {
        "content_digest": edition_digest(content, algorithm), "number": content["number"], "code": content["code"], **wrong,
    }  # fmt: skip
    change = trail.Change("bulletins.edition", "1", None, after)
    actor = {"post": "office", "title": "整改办", "organisation": "浅溪县委整改办"}
    entry = trail.Entry("bulletin.publish", "bulletins.edition", "1", actor, "", (change,))
    with transaction.atomic():
        trail.append([entry], at=clock.now(), click=uuid.uuid4().hex)
    return Event.objects.latest("seq").seq


class Built:
    """What an outsider gets, and what a forger could know besides."""

    def __init__(self, algorithm):
        whole = cast.world()
        for at in (0, 2):
            cast.closed(whole, at)
        self.first = sign_head()
        seals = seals_of(whole.inspection, range(1, 20))
        content = content_of(seals)
        seqs = [seq for _, seq in seals]
        mine = frozen(content, algorithm)
        cast.assigned(whole, 1)
        self.head = sign_head()
        self.package = package(content, mine, seqs, self.head)
        self.other = package(
            content_of(seals[:1]), frozen(content_of(seals[:1]), algorithm), seqs[:1], sign_head()
        )
        self.consistency = consistency(self.first, self.head)
        self.closing = Event.objects.filter(act="closure.approve").latest("seq").seq
        self.closing_proof = inclusion(self.closing, self.head)
        self.unsaid = {
            "情况属实", "已全部整改到位", *whole.inspection.findings.values_list("title", flat=True),
            *Person.objects.values_list("username", flat=True), *Event.objects.exclude(act="closure.seal").values_list("click", flat=True),
        }  # fmt: skip
        self.bodies = list(
            Event.objects.filter(seq__lte=self.head.size).order_by("seq").values_list("body", flat=True)
        )
        self.refusals = refusals(content, mine, seqs, self.head, algorithm)


def refusals(content, mine, seqs, head, algorithm):
    """What happens when the edition's app itself asks for what does not fit."""
    asked = {
        "seals in another order": lambda: package(content, mine, seqs[::-1], head),
        "a seal too few": lambda: package(content, mine, seqs[:1], head),
        "another event": lambda: package(content, seqs[0], seqs, head),
        "another content": lambda: package({**content, "number": 2}, mine, seqs, head),
        "number as text": lambda: package(
            content, frozen(content, algorithm, number="1"), seqs, sign_head()
        ),
    }  # fmt: skip
    found = {}
    for name, ask in asked.items():
        with pytest.raises(NotProvable) as raised:
            ask()
        found[name] = raised.value.sentence
    return found


def refused(made, key=None):
    """The sentence with which a package is refused; empty if it passes."""
    try:
        outside.checked_edition(json.loads(json.dumps(made)), key)
    except outside.Refused as sentence:
        return str(sentence)
    return ""


def run(tmp_path, capsys, *arguments, **files):
    """Run the verifier over files; status and what it said. An argument in ``files`` stands for its file."""
    for name, text in files.items():
        (tmp_path / name.replace("__", ".")).write_text(
            text if isinstance(text, str) else json.dumps(text, ensure_ascii=False), encoding="utf-8"
        )
    named = [str(tmp_path / a) if (tmp_path / a).exists() else a for a in arguments]
    return outside.main(named), capsys.readouterr().out


def redigested(made):
    """With the digest of the file computed anew, so that only the journal stands against it."""
    made["digest"] = edition_digest(made["content"], made["algorithm"])
    return made


def forgery(built, change, keys, bodies=None):
    """Everything anew: content, digest, freezing event, the chain behind it, the tree, and a head under a key of the forger's own."""
    made = copy.deepcopy(built.package)
    change(made["content"])
    redigested(made)
    algorithm = made["algorithm"]
    bodies = list(bodies or built.bodies)
    mine = made["proofs"]["edition"]["seq"]
    body = json.loads(bodies[mine - 1])
    after = {name: made["content"][name] for name in ("number", "code")} | {"content_digest": made["digest"]}
    body["changes"][0]["after"] = after
    bodies[mine - 1] = canonical(body)
    previous, digests, before = "0" * 64, [], []
    for text in bodies:
        before.append(previous)
        previous = digest_entry(previous, text, algorithm)
        digests.append(bytes.fromhex(previous))
    tree = Tree(digests, algorithm)
    with override_settings(KEYS_ROOT=keys):
        key = signing.own_key(SIGNED_WITH[algorithm])
    said = {**made["head"], "root": tree.root().hex(), "last": previous, "key": key.public, "signature": ""}
    said["signature"] = key.sign(Head(**said).signed)
    made["head"] = said
    for proof in (made["proofs"]["edition"], *made["proofs"]["closures"]):
        at = proof["seq"] - 1
        path = [node.hex() for node in tree.inclusion_proof(at)]
        proof.update(previous=before[at], body=bodies[at], proof=path, head=said)
    return made, key.public
