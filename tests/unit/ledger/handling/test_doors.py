"""The gate is the same through every door: an act, a page, a command, a list of acts, and approval of several at once."""

import csv
from dataclasses import dataclass

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from tests import cast
from tests.pages.conftest import client_of
from zhenggai.config.command import build_parser, command_modules
from zhenggai.core.errors import Refusal
from zhenggai.journal.models import Event
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions import closing, proving
from zhenggai.ledger.handling.models import Closure
from zhenggai.ledger.handling.states import Completion, Grade, Review
from zhenggai.ledger.models import Finding, Task
from zhenggai.parties.models import Person

pytestmark = pytest.mark.django_db


@dataclass
class Door:
    """A way in: says what came of it, empty when the act was done."""

    whole: cast.World
    tmp_path: object
    capsys: object

    def apply_act(self, post, finding):
        return _told(lambda: closing.apply(finding=finding, grade=Grade.DONE, text="到位", by=post))

    def apply_page(self, post, finding):
        return self._posted(post, finding, "apply/", {"grade": "done", "text": "到位"})

    def apply_command(self, post, finding):
        return self._command(
            "item", "apply", self._code, str(finding.number), "--grade", "done", "--text", "到位", post=post
        )

    def apply_list(self, post, finding):
        return self._list(post, [self._code, finding.number, "申请销号", "完成整改", "到位", ""])

    def approve_act(self, post, finding):
        return _told(lambda: closing.approve(closure=_open(finding), by=post))

    def approve_page(self, post, finding):
        return self._posted(post, finding, f"closure/{_open(finding).pk}/approve/", {"reason": "属实"})

    def approve_command(self, post, finding):
        return self._command("item", "approve", self._code, str(finding.number), post=post)

    def approve_list(self, post, finding):
        return self._list(post, [self._code, finding.number, "审核通过", "", "属实", ""])

    def approve_several(self, post, finding):
        answer = client_of(Person.objects.get(pk=post.holder_id)).post(
            reverse("web:approve_chosen"), {"closure": [_open(finding).pk]}
        )
        said = [str(message) for message in get_messages(answer.wsgi_request)]
        return "" if any("审核通过" in words for words in said) else " ".join(said)

    @property
    def _code(self):
        return self.whole.inspection.code

    def _posted(self, post, finding, place, said):
        path = f"/inspections/{self._code}/items/{finding.number}/"
        answer = client_of(Person.objects.get(pk=post.holder_id)).post(path + place, said)
        return "" if answer.status_code == 302 else answer.content.decode()

    def _command(self, *words, post):
        modules = command_modules()
        options = build_parser(modules).parse_args([*words, "--as", post.code])
        return _told(lambda: modules[options.command].run(options))

    def _list(self, post, row):
        file = self.tmp_path / "办理.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows([["检查编号", "问题编号", "办理", "等次", "意见", "下次复查日期"], row])
        modules = command_modules()
        options = build_parser(modules).parse_args(["acts", str(file), "--as", post.code])
        self.capsys.readouterr()
        if modules["acts"].run(options) == 0:
            return ""
        said = self.capsys.readouterr()
        return said.out + said.err


def _told(call):
    try:
        call()
    except Refusal as refusal:
        return refusal.sentence
    return ""


def _open(finding):
    return Closure.objects.filter(finding=finding).order_by("-pk").first()


@pytest.fixture
def door(tmp_path, capsys):
    return Door(cast.world(), tmp_path, capsys)


APPLYING = ["apply_act", "apply_page", "apply_command", "apply_list"]
APPROVING = ["approve_act", "approve_page", "approve_command", "approve_list", "approve_several"]


def unproven(whole):
    task = cast.assigned(whole)
    cast.proven(whole, task, measure=task.measures.first())
    cast.reported(whole, task)


def undone(whole):
    cast.ready(whole, 0, Completion.PHASED)


def unsigned(whole):
    task = cast.assigned(whole)
    for measure in task.measures.all():
        cast.proven(whole, task, measure=measure)
    Task.objects.filter(pk=task.pk).update(completion=Completion.DONE.value)


def under_review(whole):
    cast.applied(whole)


MISSING = {
    unproven: "没有经审核采信的佐证材料",
    undone: "取得阶段性成效",
    unsigned: "主要负责人签发",
    under_review: "正在审核",
}


@pytest.mark.parametrize("way", APPLYING)
@pytest.mark.parametrize("arrange", MISSING, ids=lambda f: f.__name__)
def test_what_is_missing_is_said_alike_at_every_door(door, way, arrange):
    arrange(door.whole)
    events = Event.objects.count()
    said = getattr(door, way)(door.whole.unit.head, door.whole.finding())
    assert MISSING[arrange] in said
    assert Event.objects.count() == events


@pytest.mark.parametrize("way", APPLYING)
def test_who_may_not_is_told_alike_and_who_may_not_see_finds_nothing(door, way):
    cast.ready(door.whole)
    finding = door.whole.finding()
    events = Event.objects.count()
    assert "“申请销号”须由" in getattr(door, way)(door.whole.unit.filler, finding)
    if way != "apply_act":
        said = getattr(door, way)(door.whole.outsider.head, finding)
        assert any(words in said for words in ("没有编号为", "没有找到"))
    assert Event.objects.count() == events


def changed(whole):
    Task.objects.filter(pk=whole.task().pk).update(title="悄悄改了任务")


def himself(whole):
    whole.lead.head.holder = whole.unit.head.holder
    whole.lead.head.save()


def returned(whole):
    piece = whole.task().evidence.first()
    proving.review(evidence=piece, accepted=False, reason="复核发现不实", by=whole.lead.filler)


WRONG = {changed: "有变动", himself: "本人", returned: "因内容变动失效"}


@pytest.mark.parametrize("way", APPROVING)
@pytest.mark.parametrize("arrange", WRONG, ids=lambda f: f.__name__)
def test_what_is_wrong_is_said_alike_at_every_door(door, way, arrange):
    cast.applied(door.whole)
    arrange(door.whole)
    events = Event.objects.count()
    finding = door.whole.finding()
    said = getattr(door, way)(door.whole.lead.head, finding)
    told = WRONG[arrange]
    if arrange is returned and way in ("approve_command", "approve_list", "approve_page"):
        told = ""  # these name the application under review, and there is none any more
    assert said
    assert told in said
    assert Event.objects.count() == events
    assert Finding.objects.get(pk=finding.pk).review != Review.CLOSED.value


@pytest.mark.parametrize("way", APPROVING)
def test_nobody_goes_ahead_of_his_turn_at_any_door(door, way):
    cast.applied(door.whole)
    events = Event.objects.count()
    assert "现在轮到" in getattr(door, way)(door.whole.supervisor, door.whole.finding())
    assert Event.objects.count() == events


@pytest.mark.parametrize("apply", APPLYING)
def test_an_item_is_closed_through_every_door(door, apply):
    cast.ready(door.whole)
    finding = door.whole.finding()
    assert getattr(door, apply)(door.whole.unit.head, finding) == ""
    ways = [way for way in APPROVING if way != "approve_act"]
    for post, way in zip(cast.reviewers(door.whole), ways, strict=True):
        assert getattr(door, way)(post, finding) == "", way
    assert Finding.objects.get(pk=finding.pk).review == Review.CLOSED.value
    assert verify().faults == []
