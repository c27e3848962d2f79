"""One inspection lived from its feedback to the closure of its last item, by everybody who has a part in it; by acts and by commands."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from tests import cast
from tests.factories import F
from zhenggai.config.command import build_parser, command_modules
from zhenggai.journal.acts import CATALOGUE
from zhenggai.journal.models import Event
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions import assigning, closing, proving, reporting, requesting
from zhenggai.ledger.actions.assigning import Plan
from zhenggai.ledger.actions.reporting import Said
from zhenggai.ledger.handling import gate, queries, rules
from zhenggai.ledger.handling.models import Closure, Extension, Relapse, Waiver
from zhenggai.ledger.handling.profiles import all_profiles
from zhenggai.ledger.handling.states import (
    ClosureState,
    Completion,
    Grade,
    Horizon,
    MeasureType,
    Review,
    WaiverKind,
)
from zhenggai.ledger.models import Finding, Task
from zhenggai.parties.states import Capacity

pytestmark = pytest.mark.django_db

UNITS = 20
PER_UNIT = 2
NEAR_DAYS = 7


class Life:
    """The inspection, and the steps that its people take. ``say`` runs a command in this process."""

    def __init__(self, whole: cast.World, say: Callable[..., int]) -> None:
        self.whole, self.say = whole, say
        self.code = whole.inspection.code

    def unit(self, at: int) -> cast.Unit:
        return self.whole.units[at // PER_UNIT % len(self.whole.units)]

    def finding(self, at: int) -> Finding:
        return self.whole.finding(at)

    def task(self, at: int) -> Task:
        return self.whole.task(at)

    def begin(self, at: int, **plan: Any) -> None:
        task = assigning.assign(
            task=self.task(at), answers=cast.answers(self.whole, self.unit(at)), by=self.whole.office
        )
        values = {"horizon": Horizon.CONCENTRATED, "due_on": cast.today() + timedelta(days=30), **plan}
        assigning.plan(task=task, plan=Plan(title=task.title, **values), by=self.whole.lead.filler)

    def prove(self, at: int, most: int = 9) -> None:
        for measure in self.task(at).measures.order_by("number")[:most]:
            piece = proving.attach(
                task=self.task(at), measure=measure, handed=cast.handed(), by=self.unit(at).filler
            )
            proving.review(evidence=piece, accepted=True, by=self.whole.lead.filler)

    def report(self, at: int, completion: Completion = Completion.DONE, period: str = "首月") -> None:
        text = f"第 {at} 项：已召开会议 {at + 2} 次，建立台账 {at + 3} 本，整改措施逐条落实。"
        said = Said(period=period, narrative=text, completion=completion)
        report = reporting.fill_in(task=self.task(at), said=said, by=self.unit(at).filler)
        if at % 5 == 0:
            reporting.send_back(report=report, reason="写明时间", by=self.unit(at).head)
            report = reporting.fill_in(task=self.task(at), said=said, by=self.unit(at).filler)
        reporting.sign(report=report, by=self.unit(at).head)

    def apply(self, at: int, grade: Grade = Grade.DONE, **more: Any) -> None:
        if at % 2:
            words = ["--grade", grade.value, "--text", "整改到位", "--as", self.unit(at).head.code]
            if more.get("next_check_on"):
                words += ["--next-check", more["next_check_on"].isoformat()]
            assert self.say("item", "apply", self.code, str(self.finding(at).number), *words) == 0
        else:
            closing.apply(
                finding=self.finding(at), grade=grade, text="整改到位", by=self.unit(at).head, **more
            )

    def review(self, at: int, steps: int = 4) -> None:
        for post in cast.reviewers(self.whole)[:steps]:
            if at % 2:
                number = str(self.finding(at).number)
                words = ["--reason", "属实", "--as", post.code]
                assert self.say("item", "approve", self.code, number, *words) == 0
            else:
                closing.approve(closure=self.open(at), reason="属实", by=post)

    def open(self, at: int) -> Closure:
        return Closure.objects.get(finding=self.finding(at), state=ClosureState.OPEN.value)

    def ready(self, at: int, completion: Completion = Completion.DONE, **plan: Any) -> None:
        self.begin(at, **plan)
        self.prove(at)
        self.report(at, completion)


def straight(life: Life, at: int) -> None:
    life.ready(at)
    life.apply(at)


def returned(life: Life, at: int) -> None:
    straight(life, at)
    life.review(at, 1)
    closing.send_back(closure=life.open(at), reason="说明没有写结果", by=life.whole.office)
    life.apply(at)


def voided(life: Life, at: int) -> None:
    straight(life, at)
    life.review(at, 2)
    stale = life.open(at)
    measure = life.task(at).measures.first()
    assigning.change_measure(
        measure=measure, text=f"{measure.text}，并公开结果", type=MeasureType.SIMILAR, reason="补充公开要求",
        by=life.unit(at).filler,
    )  # fmt: skip
    with pytest.raises(rules.HandlingRefused, match="因内容变动失效"):
        closing.approve(closure=stale, by=life.whole.official)
    life.apply(at)


def phased(life: Life, at: int) -> None:
    life.ready(at, Completion.PHASED, standing=True)
    with pytest.raises(gate.TaskNotDone):
        closing.apply(finding=life.finding(at), grade=Grade.DONE, text="整改到位", by=life.unit(at).head)
    life.apply(at, Grade.PHASED, next_check_on=cast.today() + timedelta(days=90))


def extended(life: Life, at: int) -> None:
    life.begin(at, due_on=cast.today() - timedelta(days=3))
    first = life.task(at).due_on
    asked = requesting.request_extension(
        task=life.task(at),
        to_on=cast.today() + timedelta(days=20),
        reason="设备供货推迟",
        by=life.unit(at).head,
    )
    requesting.decide_extension(extension=asked, approved=True, by=life.whole.leader)
    task = life.task(at)
    assert (task.first_due_on, task.due_on) == (first, cast.today() + timedelta(days=20))
    life.prove(at)
    life.report(at)
    life.apply(at)


def waived(life: Life, at: int) -> None:
    life.begin(at)
    life.prove(at, most=1)
    life.report(at)
    with pytest.raises(gate.EvidenceMissing):
        closing.apply(finding=life.finding(at), grade=Grade.DONE, text="整改到位", by=life.unit(at).head)
    asked = requesting.request_waiver(
        task=life.task(at), kind=WaiverKind.EVIDENCE, measure=life.task(at).measures.get(number=2), reason="材料涉密",
        expires_on=cast.today() + timedelta(days=30), by=life.unit(at).head,
    )  # fmt: skip
    requesting.decide_waiver(waiver=asked, approved=True, decision="同意，现场查阅", by=life.whole.official)
    life.apply(at)


def relapsed(life: Life, at: int) -> None:
    straight(life, at)
    life.review(at)
    number = str(life.finding(at).number)
    words = ["--reason", "暗访发现反弹", "--as", life.whole.supervisor.code]
    assert life.say("item", "relapse", life.code, number, *words) == 0
    assert life.finding(at).cycle == 2
    with pytest.raises(gate.TaskNotDone):
        closing.apply(finding=life.finding(at), grade=Grade.DONE, text="再次到位", by=life.unit(at).head)
    life.prove(at)
    life.report(at, period="第二轮")
    life.apply(at)


def infeasible(life: Life, at: int) -> None:
    life.begin(at)
    piece = proving.attach(task=life.task(at), handed=cast.handed(), by=life.unit(at).filler)
    proving.review(evidence=piece, accepted=True, by=life.whole.office)
    life.report(at, Completion.UNDONE)
    life.apply(at, Grade.INFEASIBLE)


LIVES = (
    straight, returned, voided, phased, extended, waived, relapsed, infeasible, straight, straight,
)  # fmt: skip
"""What happens to an item, by its place in the document: to each unit's two items, and so to all units, in turn."""


@pytest.fixture
def say():
    """Run a command in this process, on the test's own database."""
    modules = command_modules()
    parser = build_parser(modules)

    def run(*words: str) -> int:
        options = parser.parse_args(list(words))
        return int(modules[options.command].run(options))

    return run


def document(findings: int) -> list[F]:
    areas = ("政治建设方面", "履职尽责方面", "队伍建设方面", "财经纪律方面")
    return [
        F(
            f"{'甲乙丙丁戊己庚辛壬癸'[at % 10]}类事项第{at + 1}项落实不到位",
            [f"制定第{at + 1}项整改细则", f"开展第{at + 1}项专项检查"],
            area=areas[at * len(areas) // findings],
        )
        for at in range(findings)
    ]


def check_counts(whole: cast.World) -> dict[str, int]:
    """What belongs together adds up."""
    said = queries.counts(queries.items(whole.inspection), cast.today(), NEAR_DAYS)
    assert said["total"] == sum(said[f"review_{review.value}"] for review in Review)
    assert said["review_closed"] == sum(said[f"grade_{grade.value}"] for grade in Grade)
    schedule = ("overdue", "near", "on_time", "open_ended", "finished")
    assert said["tasks"] == sum(said[name] for name in schedule)
    assert said["tasks"] == sum(said[f"completion_{c.value}"] for c in Completion)
    return said


def test_an_inspection_from_feedback_to_closure(say, tmp_path, capsys):
    total = UNITS * PER_UNIT
    whole = cast.world(document(total), units=UNITS)
    life = Life(whole, say)
    for at in range(total):
        LIVES[at % len(LIVES)](life, at)
    waiting = check_counts(whole)
    assert (waiting["total"], waiting["review_step"]) == (total, total)
    numbers = {at: life.finding(at).number for at in range(total)}
    for at in range(total):
        life.review(at, 3)
    # The supervisor closes all of them by one list.
    file = tmp_path / "销号.csv"
    rows = [f"{life.code},{number},审核通过,经核查准予销号" for number in numbers.values()]
    file.write_text("\n".join(["检查编号,问题编号,办理,意见", *rows]), encoding="gb18030")
    assert say("acts", str(file), "--as", whole.supervisor.code, "--dry-run") == 0
    assert check_counts(whole)["review_step"] == total
    assert say("acts", str(file), "--as", whole.supervisor.code) == 0
    assert "办理 40 行，未办理 0 行" in capsys.readouterr().err

    said = check_counts(whole)
    kinds = [LIVES[at % len(LIVES)] for at in range(total)]
    assert (said["total"], said["review_closed"]) == (total, total)
    assert said["grade_phased"] == kinds.count(phased)
    assert said["grade_infeasible"] == kinds.count(infeasible)
    assert said["returns"] == kinds.count(returned)
    assert said["relapsed"] == kinds.count(relapsed) == Relapse.objects.count()
    assert said["waivers"] == kinds.count(waived) == Waiver.objects.count()
    assert said["overdue"] == said["near"] == said["on_time"] == said["open_ended"] == 0
    assert kinds.count(extended) == Extension.objects.count()
    states = Closure.objects.values_list("state", flat=True)
    assert list(states).count(ClosureState.VOID.value) == kinds.count(voided)
    assert verify().faults == []
    assert set(Event.objects.values_list("act", flat=True)) <= set(CATALOGUE)


@pytest.mark.parametrize("profile", sorted(all_profiles()))
def test_each_profile_closes_by_its_own_chains(profile):
    whole = cast.world(document(3), units=1)
    assigning.choose_profile(inspection=whole.inspection, profile=profile, by=whole.office)
    by_capacity = {
        Capacity.LEAD_HEAD: whole.lead.head,
        Capacity.OFFICE: whole.office,
        Capacity.LEAD_OFFICIAL: whole.official,
        Capacity.GROUP: whole.leader,
        Capacity.SUPERVISOR: whole.supervisor,
    }
    life = Life(whole, lambda *_: 1)
    for at, short, grade in ((0, False, Grade.DONE), (1, True, Grade.DONE), (2, False, Grade.PHASED)):
        life.ready(
            at, Completion.PHASED if grade is Grade.PHASED else Completion.DONE,
            horizon=Horizon.IMMEDIATE if short else Horizon.CONCENTRATED,
        )  # fmt: skip
        later = cast.today() + timedelta(days=60) if grade is Grade.PHASED else None
        closing.apply(
            finding=life.finding(at), grade=grade, text="整改到位", next_check_on=later, short=short,
            by=life.unit(at).head,
        )  # fmt: skip
        steps = all_profiles()[profile].steps(short=short)
        assert life.open(at).chain == [step.code for step in steps]
        for step in steps:
            closing.approve(closure=life.open(at), reason="属实", by=by_capacity[step.by])
        assert life.finding(at).review == Review.CLOSED.value
    said = check_counts(whole)
    assert (said["review_closed"], said["grade_done"], said["grade_phased"]) == (3, 2, 1)
    assert verify().faults == []
