"""The whole cast of an inspection: units, posts and an item on which they work. A state is reached through the acts, never by writing rows."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from tests import factories, people
from tests.factories import F, Made
from zhenggai.evidence import store
from zhenggai.evidence.digests import digests_of
from zhenggai.evidence.reception import Received
from zhenggai.ledger.actions import assigning, closing, proving, reporting
from zhenggai.ledger.actions.assigning import Answers, Plan
from zhenggai.ledger.actions.deciding import accept
from zhenggai.ledger.actions.proving import Handed
from zhenggai.ledger.actions.reporting import Said
from zhenggai.ledger.handling.models import Closure, Evidence, ProgressReport
from zhenggai.ledger.handling.states import Completion, Grade, Horizon, ParticipantRole
from zhenggai.ledger.imports import acceptable
from zhenggai.ledger.models import Finding, Inspection, Measure, Task
from zhenggai.ledger.states import Level
from zhenggai.parties.actions import establish_post, register_person
from zhenggai.parties.models import Organisation, Post
from zhenggai.parties.states import Role

SYSTEM = people.SYSTEM
_numbers = itertools.count(1)


def today() -> date:
    return timezone.localdate()


def seat(code: str, name: str, role: Role, unit: Organisation) -> Post:
    """A post with its holder, in a unit."""
    person = register_person(username=code, name=name, password=people.PASSWORD, by=SYSTEM)
    return establish_post(
        code=code, title=f"{unit.name}{role.label}", organisation=unit, role=role, holder=person, by=SYSTEM
    )


@dataclass
class Unit:
    """A unit with its filler and its head."""

    organisation: Organisation
    filler: Post
    head: Post


@dataclass
class World:
    """一次检查 with everybody who works on it."""

    inspection: Inspection
    office: Post
    second_office: Post
    official: Post
    leader: Post
    supervisor: Post
    reader: Post
    lead: Unit
    units: list[Unit]
    outsider: Unit
    posts: list[Post] = field(default_factory=list)

    @property
    def unit(self) -> Unit:
        return self.units[0]

    def finding(self, at: int = 0) -> Finding:
        rows = self.inspection.findings.exclude(level=Level.AREA.value).order_by("number")
        return rows[at]

    def task(self, at: int = 0) -> Task:
        return self.finding(at).tasks.get(number=1)


DOCUMENT = [
    F("治水护河责任落实不严", ["完善河长巡查办法并按月通报", "清理沿河违建并复绿岸坡"], area="生态环境方面"),
    F("民生实事推进缓慢", ["倒排工期建成两所幼儿园"], area="民生保障方面"),
    F("请示报告不够规范", ["修订请示报告清单", "开展一次专题培训"], area="民生保障方面"),
]


def unit(name: str, code: str) -> Unit:
    organisation = people.organisation(name)
    return Unit(
        organisation,
        seat(f"{code}-filler", f"{name[:2]}填", Role.FILLER, organisation),
        seat(f"{code}-head", f"{name[:2]}长", Role.HEAD, organisation),
    )


def world(document: list[F] | None = None, units: int = 1) -> World:
    """An inspection read in and accepted, its roles given, nothing assigned yet."""
    office_unit = people.organisation("浅溪县委整改办")
    office = seat("office", "甲", Role.OFFICE, office_unit)
    made = Made(document or DOCUMENT)
    reading = factories.enter(made, by=office)
    accept(proposals=acceptable(reading), by=office)
    whole = World(
        inspection=Inspection.objects.get(pk=reading.inspection_id),
        office=office,
        second_office=seat("office2", "甲二", Role.OFFICE, office_unit),
        official=seat("official", "丙", Role.OFFICIAL, people.organisation("浅溪县政府")),
        leader=seat("leader", "戊", Role.OFFICIAL, people.organisation("浅溪县委")),
        supervisor=seat("supervisor", "己", Role.SUPERVISOR, people.organisation("浅溪县纪委监委")),
        reader=seat("reader", "乙", Role.READER, office_unit),
        lead=unit("浅溪县发展和改革局", "lead"),
        units=[unit(f"浅溪县第{number}责任局", f"unit{number}") for number in range(1, units + 1)],
        outsider=unit("浅溪县旁观局", "outsider"),
    )
    whole.posts = [
        whole.office, whole.second_office, whole.official, whole.leader, whole.supervisor, whole.reader, whole.lead.filler,
        whole.lead.head, *(post for each in whole.units for post in (each.filler, each.head)), whole.outsider.filler,
        whole.outsider.head,
    ]  # fmt: skip
    assigning.appoint(
        inspection=whole.inspection, role=ParticipantRole.LEADER, post=whole.leader, by=whole.office
    )
    assigning.appoint(
        inspection=whole.inspection,
        role=ParticipantRole.SUPERVISOR,
        organisation=whole.supervisor.organisation,
        by=whole.office,
    )
    return whole


def answers(whole: World, *units: Unit) -> Answers:
    return Answers(
        lead_official=whole.official,
        lead_unit=whole.lead.organisation,
        responsible=[each.organisation for each in (units or (whole.unit,))],
    )


def assigned(whole: World, at: int = 0, **plan: Any) -> Task:
    """A task with its answers and its plan."""
    task = assigning.assign(task=whole.task(at), answers=answers(whole), by=whole.office)
    values = {"horizon": Horizon.CONCENTRATED, "due_on": today() + timedelta(days=60), **plan}
    return assigning.plan(task=task, plan=Plan(title=task.title, **values), by=whole.office)


def handed(text: str = "", **more: Any) -> Handed:
    """A file as it was received; its bytes differ each time unless a text is given."""
    data = (text or f"关于整改落实情况的说明，第{next(_numbers)}份。").encode()
    name = more.pop("name", "说明.txt")
    values = {"title": "整改落实说明", "effective_on": today(), **more}
    # As `receive` keeps it, without the process of its own in which files are read.
    received = Received(*digests_of(data), len(data), "text/plain", store.put(data), len(data.decode()))
    return Handed(name=name, received=received, **values)


def proven(whole: World, task: Task, *, measure: Measure | None = None, **more: Any) -> Evidence:
    """A piece of evidence that was handed in by the unit and accepted by the lead unit."""
    piece = proving.attach(task=task, measure=measure, handed=handed(**more), by=whole.unit.filler)
    return proving.review(evidence=piece, accepted=True, by=whole.lead.filler)


def reported(
    whole: World,
    task: Task,
    completion: Completion = Completion.DONE,
    *,
    period: str = "2026年11月",
    **more: Any,
) -> ProgressReport:
    """A report that the head has signed."""
    narrative = more.pop(
        "narrative", f"{task.title}：已逐项落实整改措施，印发制度2项，任务 {task.pk} 已经办结。"
    )
    report = reporting.fill_in(
        task=task,
        said=Said(period=period, narrative=narrative, completion=completion, **more),
        by=whole.unit.filler,
    )
    return reporting.sign(report=report, by=whole.unit.head)


def ready(whole: World, at: int = 0, completion: Completion = Completion.DONE, **plan: Any) -> Finding:
    """An item for which closure can be applied for."""
    task = assigned(whole, at, **plan)
    for measure in task.measures.all():
        proven(whole, task, measure=measure)
    reported(whole, task, completion)
    return Finding.objects.get(pk=task.finding_id)


def applied(whole: World, at: int = 0, grade: Grade = Grade.DONE, **more: Any) -> Closure:
    """An application under review."""
    plan = more.pop("plan", {})
    completion = Completion.PHASED if grade is Grade.PHASED else Completion.DONE
    finding = ready(whole, at, completion, **plan)
    return closing.apply(finding=finding, grade=grade, text="已全部整改到位。", by=whole.unit.head, **more)


def reviewers(whole: World) -> list[Post]:
    """Who takes the steps of the chain of 巡视, in order."""
    return [whole.lead.head, whole.office, whole.official, whole.supervisor]


def closed(whole: World, at: int = 0, grade: Grade = Grade.DONE, **more: Any) -> Finding:
    """An item closed the right way."""
    closure = applied(whole, at, grade, **more)
    for post in reviewers(whole):
        closure = closing.approve(closure=closure, reason="情况属实", by=post)
    return Finding.objects.get(pk=closure.finding_id)
