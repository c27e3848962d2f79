"""What must hold whatever is done to items, in any order, by anyone: random walks, each a test of its own so that a failing one names its seed."""

from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from tests import cast
from zhenggai.core.errors import Refusal
from zhenggai.journal.acts import CATALOGUE
from zhenggai.journal.models import Event
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions import assigning, closing, proving, reporting, requesting
from zhenggai.ledger.actions.assigning import Plan
from zhenggai.ledger.actions.reporting import Said
from zhenggai.ledger.handling import gate, queries
from zhenggai.ledger.handling.models import Closure, Evidence, Extension, ProgressReport, Waiver
from zhenggai.ledger.handling.standing import capacities
from zhenggai.ledger.handling.states import (
    ClosureState,
    Completion,
    Grade,
    Horizon,
    MeasureType,
    Review,
    WaiverKind,
)
from zhenggai.ledger.models import Finding
from zhenggai.parties.permissions import PERMISSIONS

NEAR = 7
LATER = timedelta(days=200)


def pick(rows, at):
    """One of the rows, whichever; None where there is none."""
    found = list(rows.order_by("pk"))
    return found[at % len(found)] if found else None


def step(whole, what, at, by):
    """Somebody tries something on one of the items."""
    finding = whole.finding(at % 2)
    task = pick(finding.tasks.filter(withdrawn_at=None), at)
    measure = pick(task.measures.filter(withdrawn_at=None), at) if task else None
    closure = pick(Closure.objects.filter(finding=finding), -1)
    completion = list(Completion)[at % 3]
    tries = {
        "assign": lambda: assigning.assign(task=task, answers=cast.answers(whole), reason="调整", by=by),
        "reassign": lambda: assigning.assign(
            task=task, answers=cast.answers(whole, whole.outsider), reason="划转", by=by
        ),
        "plan": lambda: assigning.plan(
            task=task, plan=Plan(f"任务{at}", horizon=Horizon.IMMEDIATE if at % 2 else None, due_on=task.due_on), by=by
        ),
        "measure": lambda: assigning.add_measure(task=task, text=f"措施{at}", type=MeasureType.OTHER, by=by),
        "split": lambda: assigning.split(
            task=task, parts=[assigning.Part(f"段{m.pk}", [m.pk]) for m in task.measures.all()], reason="分", by=by
        ),
        "save": lambda: reporting.fill_in(
            task=task, said=Said(f"第{at}期", f"第{at}次推进，已完成{at}处。", completion), by=by
        ),
        "sign": lambda: reporting.sign(report=pick(ProgressReport.objects.filter(finding=finding), at), by=by),
        "unsign": lambda: reporting.send_back(
            report=pick(ProgressReport.objects.filter(finding=finding), at), reason="不实", by=by
        ),
        "attach": lambda: proving.attach(task=task, measure=measure, handed=cast.handed(), by=by),
        "judge": lambda: proving.review(
            evidence=pick(Evidence.objects.filter(finding=finding), at), accepted=at % 4 > 0, reason="看过", by=by
        ),
        "unattach": lambda: proving.withdraw(
            evidence=pick(Evidence.objects.filter(finding=finding), at), reason="错", by=by
        ),
        "extend": lambda: requesting.request_extension(
            task=task, to_on=cast.today() + timedelta(days=at + 1), reason="汛期", by=by
        ),
        "extended": lambda: requesting.decide_extension(
            extension=pick(Extension.objects.filter(finding=finding), -1), approved=at % 3 > 0, decision="阅", by=by
        ),
        "waive": lambda: requesting.request_waiver(
            task=task, kind=WaiverKind.EVIDENCE, measure=measure, reason="涉密", expires_on=cast.today(), by=by
        ),
        "waived": lambda: requesting.decide_waiver(
            waiver=pick(Waiver.objects.filter(finding=finding), -1), approved=True, decision="同意", by=by
        ),
        "apply": lambda: closing.apply(
            finding=finding, grade=list(Grade)[at % 3], text="到位", next_check_on=cast.today() + LATER, by=by
        ),
        "apply short": lambda: closing.apply(finding=finding, grade=Grade.DONE, text="到位", short=True, by=by),
        "approve": lambda: closing.approve(closure=closure, by=by),
        "return": lambda: closing.send_back(closure=closure, reason="补", by=by),
        "withdraw": lambda: closing.withdraw_application(closure=closure, reason="撤", by=by),
        "relapse": lambda: closing.relapse(finding=finding, reason="反弹", found_on=cast.today(), by=by),
        "check": lambda: closing.check_standing(
            finding=finding, text="仍在坚持", next_check_on=cast.today() + LATER, held=at % 2 > 0, by=by
        ),
    }  # fmt: skip
    return tries[what]()


ACT = {
    "assign": "task.assign", "reassign": "task.assign", "plan": "task.plan", "measure": "measure.add", "split": "task.split",
    "save": "report.save", "sign": "report.sign", "unsign": "report.return", "attach": "evidence.attach", "judge": "evidence.review",
    "unattach": "evidence.withdraw", "extend": "extension.request", "extended": "extension.decide", "waive": "waiver.request",
    "waived": "waiver.decide", "apply": "closure.apply", "apply short": "closure.apply", "approve": "closure.approve",
    "return": "closure.return", "withdraw": "closure.withdraw", "relapse": "finding.relapse", "check": "standing.check",
}  # fmt: skip


def somebody(whole, what, at, who):
    """Three times in four one who may, so that long chains are walked; else anybody."""
    if who % 4 == 0:
        return whole.posts[who % len(whole.posts)]
    finding = whole.finding(at % 2)
    if what == "approve" and (closure := queries.open_closure(finding)):
        return cast.reviewers(whole)[closure.step % 4 if not closure.short else 1]
    may = [post for post in whole.posts if capacities(post, finding) & PERMISSIONS[ACT[what]].who]
    return may[who % len(may)] if may else whole.office


NAMES = list(ACT)
LIKELY = (
    ["approve"] * 14
    + ["apply"] * 6
    + ["apply short"] * 3
    + ["judge"] * 4
    + ["sign"] * 3
    + ["save"] * 2
    + ["attach"] * 2
)


def walk(seed):
    """Where a random walk begins, and its steps: what is tried, on what, by whom."""
    random = Random(seed)
    begin = random.choice(["assigned", "ready", "ready", "closed"])
    return begin, [
        (random.choice(NAMES + LIKELY), random.randrange(12), random.randrange(100)) for _ in range(45)
    ]


MISSING = (AttributeError, TypeError)
"""What an act raises that was given nothing because there is nothing yet: the test's own try, not a refusal."""


def check_invariants(whole, leaks):
    assert leaks == []
    assert verify().faults == []
    assert set(Event.objects.values_list("act", flat=True)) <= set(CATALOGUE)
    for finding in queries.items(whole.inspection):
        check_item(finding)
    counted = queries.counts(Finding.objects.filter(inspection=whole.inspection), cast.today(), NEAR)
    assert counted["total"] == sum(counted[f"review_{r.value}"] for r in Review)
    assert counted["review_closed"] == sum(counted[f"grade_{g.value}"] for g in Grade)
    assert counted["tasks"] == sum(counted[f"completion_{c.value}"] for c in Completion)
    assert counted["tasks"] == sum(
        counted[name] for name in ("overdue", "near", "on_time", "open_ended", "finished")
    )


def check_item(finding):
    """No closure without the gate, one application at a time, facts that stay."""
    closures = list(Closure.objects.filter(finding=finding))
    standing = [c for c in closures if c.state == ClosureState.OPEN.value]
    assert len(standing) == (1 if finding.review == Review.STEP.value else 0)
    done = {c.cycle: c for c in closures if c.state == ClosureState.CLOSED.value}
    assert set(done) == set(range(1, finding.cycle)) | (
        {finding.cycle} if finding.review == "closed" else set()
    )
    for closure in done.values():
        steps = list(closure.steps.all())
        assert [s.step for s in steps if s.approved] == closure.chain
        assert all(s.digest == closure.digest for s in steps)
        people = {s.reviewer_id for s in steps}
        assert closure.applicant_id not in people
        assert len(people) == len(steps)
        assert closure.applied_unit_id not in {s.unit_id for s in steps}
        assert closure.closer_id == steps[-1].reviewer_id
    if finding.review == Review.CLOSED.value:
        item, asked = queries.item_facts(finding), queries.application_of(done[finding.cycle])
        gate.check_unchanged(item, asked, done[finding.cycle].digest)
        assert list(gate.unmet(item, asked, finding.closed_on)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(24))
def test_any_order_of_acts_by_anyone_keeps_the_gate(seed):
    begin, steps = walk(seed)
    whole = cast.world()
    if begin == "assigned":
        cast.assigned(whole, 0)
        cast.assigned(whole, 1)
    else:  # the second item is phased, so that both grades are within reach
        cast.ready(whole, 0, horizon=Horizon.IMMEDIATE)
        cast.ready(whole, 1, Completion.PHASED)
    if begin == "closed":
        finding = whole.finding()
        closure = closing.apply(
            finding=finding, grade=Grade.DONE, text="到位", short=True, by=whole.unit.head
        )
        closing.approve(closure=closure, by=whole.office)
    leaks = []
    for what, at, who in steps:
        by = somebody(whole, what, at, who)
        events = Event.objects.count()
        try:
            with transaction.atomic():
                step(whole, what, at, by)
        except Refusal as refusal:
            if Event.objects.count() != events or not refusal.sentence:
                leaks.append((what, at, by.code))
        except MISSING:
            assert Event.objects.count() == events
        else:
            if Event.objects.count() == events:
                leaks.append((what, at, by.code, "no event"))
    check_invariants(whole, leaks)
