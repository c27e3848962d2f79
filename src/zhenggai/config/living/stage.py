"""演示的舞台: seats the cast and plays the story, every step through its act and by whom it belongs to. All of it is there, or nothing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from importlib import resources
from typing import Any

from django.contrib.auth.hashers import get_hasher
from django.db import transaction
from django.utils import timezone

from zhenggai.config.living import cast, story
from zhenggai.config.living.papers import paper
from zhenggai.config.living.publication import Publication
from zhenggai.config.living.story import Scene, Step
from zhenggai.evidence.reception import receive_text
from zhenggai.journal.locks import Lock, hold
from zhenggai.ledger.actions import assigning, closing, deciding, proving, reporting, requesting
from zhenggai.ledger.actions.assigning import Answers, Part, Plan
from zhenggai.ledger.actions.proving import Handed
from zhenggai.ledger.actions.reporting import Said, fill_in
from zhenggai.ledger.handling.models import Closure, Evidence, Extension, ProgressReport, Waiver
from zhenggai.ledger.handling.states import (
    GROUP,
    Classification,
    ClosureState,
    Completion,
    EvidenceState,
    Grade,
    Horizon,
    ParticipantRole,
    ReportState,
    RequestState,
    WaiverKind,
)
from zhenggai.ledger.handling.waiting import period_of
from zhenggai.ledger.imports import acceptable, read_file
from zhenggai.ledger.models import Finding, Inspection, Measure, Reading, Task
from zhenggai.ledger.states import Kind, Match, ProposalState
from zhenggai.parties import actions as parties
from zhenggai.parties.factors import setup_address
from zhenggai.parties.models import Organisation, Post
from zhenggai.parties.permissions import System
from zhenggai.parties.queries import organisations_by_name, person_by_username, post_by_code, post_codes
from zhenggai.parties.states import OrganisationLevel

SAMPLE = "lanjiang-2026.txt"
LIST = "living/lanjiang-2025-list.txt"
DESK = "living/linbo-2026.txt"
"""The bulletin, the list of the problems' details, and a bulletin of another inspection that stays open at the desk."""


def seat_cast() -> None:
    """Register the units, sections, people and posts that are not there yet; the administrators get their second factor."""
    by = System("zhenggai demo")
    if _missing():
        with transaction.atomic(), _quick_hashes():
            hold(Lock.CHAIN)
            _seat(_missing(), by)


def _missing() -> list[cast.Seat]:
    known = set(post_codes())
    return [seat for seat in cast.SEATS if seat.code not in known]


def _seat(seats: Sequence[cast.Seat], by: System) -> None:
    units = _units(by)
    for seat in seats:
        person = parties.register_person(username=seat.code, name=seat.name, password=cast.PASSWORD, by=by)
        post = parties.establish_post(
            code=seat.code,
            title=seat.title,
            organisation=units[seat.unit],
            role=seat.role,
            holder=person,
            by=by,
        )
        _enrol(post, by)


@contextmanager
def _quick_hashes() -> Iterator[None]:
    """Hash printed passwords at little cost: thirty real hashes take ten seconds. Django renews each when its owner first logs in."""
    hasher: Any = get_hasher()
    usual = {name: vars(type(hasher)).get(name) for name in ("time_cost", "memory_cost")}
    if None in usual.values():
        yield
        return
    hasher.time_cost, hasher.memory_cost = 1, 1024
    try:
        yield
    finally:
        for name in usual:
            delattr(hasher, name)


def _units(by: System) -> dict[str, Organisation]:
    names = cast.UNITS | {key: name for key, (name, _) in cast.SECTIONS.items()}
    known = organisations_by_name(names.values())
    fresh = [name for name in cast.UNITS.values() if name not in known]
    if fresh:
        known |= parties.register_organisations(names=fresh, by=by)
    for name, unit in cast.SECTIONS.values():
        if name not in known:
            above = known[cast.UNITS[unit]]
            known |= parties.register_organisations(
                names=[name], level=OrganisationLevel.SECTION, parent=above, by=by
            )
    return {key: known[name] for key, name in names.items()}


def _enrol(post: Post, by: System) -> None:
    if post.holder and post.code in cast.FACTORS:
        parties.enrol_factor(person=post.holder, secret=cast.FACTORS[post.code], by=by)


def factor_address(code: str) -> str:
    """The otpauth address of an administrator's second factor; empty for others."""
    if code not in cast.FACTORS:
        return ""
    return setup_address(person_by_username(code), cast.FACTORS[code])


def play() -> Reading | None:
    """Read the documents and play the whole story, unless the sample was read before; return the reading that is open at the desk, if any.

    One transaction: a demo that is killed leaves no half of a story.
    """
    with transaction.atomic():
        office = post_by_code("office")
        outcome = _read(SAMPLE)
        if not outcome.repeated:
            deciding.accept(proposals=acceptable(outcome.reading), by=office)
            _accept_list(office)
            stage = _Stage(outcome.reading.inspection)
            stage.play()
            Publication(stage.inspection, stage.posts, stage.today).play()
            _read(DESK)
    return Reading.objects.filter(proposals__state=ProposalState.OPEN.value).order_by("-pk").first()


def _read(name: str) -> Any:
    data = resources.files("zhenggai.config.samples").joinpath(name).read_bytes()
    return read_file(name=name.rpartition("/")[2], data=data, by=post_by_code("office"))


def _accept_list(office: Post) -> None:
    """Take the list's problems; what it says of the inspection itself is shorter than what is known, so that is kept."""
    reading = _read(LIST).reading
    said = reading.proposals.filter(kind=Kind.INSPECTION.value, match=Match.CHANGED.value).first()
    if said:
        deciding.keep(proposal=said, reason="通报所写更全", by=office)
    deciding.accept(proposals=acceptable(reading), by=office)


@dataclass
class _Stage:
    """The inspection on which the story is played, and who is who."""

    inspection: Inspection
    posts: dict[str, Post] = field(default_factory=dict)
    units: dict[str, Organisation] = field(default_factory=dict)
    papers: int = 0
    today: date = field(default_factory=timezone.localdate)

    def play(self) -> None:
        """Appoint, then play scene after scene."""
        self.posts = {seat.code: post_by_code(seat.code) for seat in cast.SEATS}
        named = organisations_by_name(cast.UNITS.values())
        self.units = {key: named[name] for key, name in cast.UNITS.items()}
        for part, who in story.APPOINTED:
            role = ParticipantRole(part)
            holder = {"post": self.posts[who]} if role in GROUP else {"organisation": self.units[who]}
            assigning.appoint(inspection=self.inspection, role=role, by=self.posts["office"], **holder)
        self._make_public()
        for scene in story.SCENES:
            finding = self.inspection.findings.get(title__startswith=scene.title)
            for step in scene.steps:
                _VERBS[step.does](_Moment(self, scene, finding.pk, self._who(scene, step)), step)

    def _make_public(self) -> None:
        """Classify as 公开 all but the problems that the story keeps within."""
        kept = [scene.title for scene in story.SCENES if not scene.public]
        for finding in self.inspection.findings.filter(withdrawn_at=None):
            if not finding.title.startswith(tuple(kept)):
                assigning.classify(
                    finding=finding, classification=Classification.PUBLIC, reason="经领导小组会议研究，可向社会公开",
                    by=self.posts["office"],
                )  # fmt: skip

    def _who(self, scene: Scene, step: Step) -> Post:
        own = {
            "filler": scene.filler or f"{scene.unit}-filler",
            "head": f"{scene.unit}-head",
            "lead-filler": "plan-filler",
            "lead-head": "plan-head",
            "official": scene.official,
        }
        return self.posts[own.get(step.who, step.who)]

    def in_days(self, days: int | None) -> date | None:
        return None if days is None else self.today + timedelta(days=days)


@dataclass
class _Moment:
    """One step being played: on which problem, by whom."""

    stage: _Stage
    scene: Scene
    finding_pk: int
    by: Post

    @property
    def finding(self) -> Finding:
        return Finding.objects.get(pk=self.finding_pk)

    @property
    def task(self) -> Task:
        return Task.objects.filter(finding=self.finding_pk, withdrawn_at=None).order_by("number")[0]

    @property
    def closure(self) -> Closure:
        return Closure.objects.get(finding=self.finding_pk, state=ClosureState.OPEN.value)

    @property
    def measures(self) -> list[Measure]:
        return list(self.task.measures.filter(withdrawn_at=None).order_by("number"))


def _assign(now: _Moment, step: Step) -> None:
    units = [now.stage.units[key] for key in (now.scene.unit, *step.says["also"])]
    answers = Answers(
        lead_official=now.stage.posts[now.scene.official],
        lead_unit=now.stage.units["plan"],
        responsible=units,
    )
    assigning.assign(task=now.task, answers=answers, by=now.by)


def _plan(now: _Moment, step: Step) -> None:
    says = dict(step.says)
    money, due, horizon = says.pop("money", None), says.pop("due"), says.pop("horizon")
    assigning.plan(
        task=now.task,
        plan=Plan(
            title=now.task.title,
            horizon=Horizon(horizon),
            due_on=now.stage.in_days(due),
            money_total=money and Decimal(money),
            **says,
        ),
        by=now.by,
    )


def _attach(now: _Moment, step: Step) -> None:
    says = step.says
    most = 1 if says.get("again") else says.get("most", 99)
    measures: Sequence[Measure | None] = [None] if says.get("whole") else now.measures[:most]
    for measure in measures:
        now.stage.papers += 1
        about = measure.text if measure else now.finding.title
        name, title, text = paper(now.stage.papers, now.by.organisation.name, about)
        handed = Handed(
            name=name,
            received=receive_text(name=name, text=text),
            title=says.get("again") or title,
            effective_on=now.stage.today - timedelta(days=now.stage.papers % 40 + 3),
            classification=Classification(says.get("classification", "internal")),
        )
        proving.attach(task=now.task, measure=measure, handed=handed, by=now.by)


def _waiting_evidence(now: _Moment) -> list[Evidence]:
    rows = Evidence.objects.filter(finding=now.finding_pk, state=EvidenceState.PENDING.value)
    return list(rows.order_by("pk"))


def _accept(now: _Moment, step: Step) -> None:
    for piece in _waiting_evidence(now)[: step.says.get("most", 99)]:
        proving.review(evidence=piece, accepted=True, by=now.by)


def _refuse(now: _Moment, step: Step) -> None:
    piece = _waiting_evidence(now)[step.says["which"]]
    proving.review(evidence=piece, accepted=False, reason=step.says["reason"], by=now.by)


def _report(now: _Moment, step: Step) -> None:
    money = step.says.get("money")
    completion = Completion(step.says["completion"])
    said = Said(
        period=period_of(now.stage.today),
        narrative=step.says["narrative"],
        completion=completion,
        measures_done=[m.pk for m in now.measures] if completion is Completion.DONE else [],
        money_done=money and Decimal(money),
    )
    fill_in(task=now.task, said=said, by=now.by)


def _sign(now: _Moment, _: Step) -> None:
    draft = ProgressReport.objects.get(
        finding=now.finding_pk, organisation=now.by.organisation.unit_key, state=ReportState.DRAFT.value
    )
    reporting.sign(report=draft, by=now.by)


def _apply(now: _Moment, step: Step) -> None:
    closing.apply(
        finding=now.finding,
        grade=Grade(step.says["grade"]),
        text=step.says["text"],
        next_check_on=now.stage.in_days(step.says.get("next_check")),
        short=step.says.get("short", False),
        by=now.by,
    )


def _approve(now: _Moment, step: Step) -> None:
    closing.approve(closure=now.closure, reason=step.says["reason"], by=now.by)


def _return(now: _Moment, step: Step) -> None:
    closing.send_back(closure=now.closure, reason=step.says["reason"], by=now.by)


def _relapse(now: _Moment, step: Step) -> None:
    closing.relapse(finding=now.finding, reason=step.says["reason"], found_on=now.stage.today, by=now.by)


def _recheck(now: _Moment, step: Step) -> None:
    closing.check_standing(
        finding=now.finding,
        text=step.says["text"],
        next_check_on=now.stage.in_days(step.says["next_check"]),
        by=now.by,
    )


def _split(now: _Moment, step: Step) -> None:
    keys = [measure.pk for measure in now.measures]
    middle = (len(keys) + 1) // 2
    first, second = step.says["parts"]
    parts = [Part(first, keys[:middle]), Part(second, keys[middle:])]
    assigning.split(task=now.task, parts=parts, reason=step.says["reason"], by=now.by)


def _merge(now: _Moment, step: Step) -> None:
    tasks = Task.objects.filter(finding=now.finding_pk, withdrawn_at=None).order_by("number")
    into, task = tasks[0], tasks[1]
    assigning.merge(task=task, into=into, reason=step.says["reason"], by=now.by)


def _lead(now: _Moment, _: Step) -> None:
    assigning.lead_personally(task=now.task, by=now.by)


def _classify(now: _Moment, step: Step) -> None:
    assigning.classify(
        finding=now.finding,
        classification=Classification(step.says["to"]),
        reason=step.says["reason"],
        by=now.by,
    )


def _extend(now: _Moment, step: Step) -> None:
    to_on = now.stage.today + timedelta(days=step.says["to"])
    requesting.request_extension(task=now.task, to_on=to_on, reason=step.says["reason"], by=now.by)


def _grant_extension(now: _Moment, step: Step) -> None:
    row = Extension.objects.get(finding=now.finding_pk, state=RequestState.REQUESTED.value)
    requesting.decide_extension(extension=row, approved=True, decision=step.says["decision"], by=now.by)


def _waive(now: _Moment, step: Step) -> None:
    at = step.says.get("measure")
    requesting.request_waiver(
        task=now.task,
        kind=WaiverKind(step.says["kind"]),
        measure=None if at is None else now.measures[at],
        reason=step.says["reason"],
        expires_on=now.stage.today + timedelta(days=step.says["days"]),
        by=now.by,
    )


def _grant_waiver(now: _Moment, step: Step) -> None:
    row = Waiver.objects.get(finding=now.finding_pk, state=RequestState.REQUESTED.value)
    requesting.decide_waiver(waiver=row, approved=True, decision=step.says["decision"], by=now.by)


_VERBS: dict[str, Callable[[_Moment, Step], None]] = {
    "assign": _assign,
    "plan": _plan,
    "attach": _attach,
    "accept": _accept,
    "refuse": _refuse,
    "report": _report,
    "sign": _sign,
    "apply": _apply,
    "approve": _approve,
    "return": _return,
    "relapse": _relapse,
    "recheck": _recheck,
    "split": _split,
    "merge": _merge,
    "lead": _lead,
    "classify": _classify,
    "extend": _extend,
    "grant-extension": _grant_extension,
    "waive": _waive,
    "grant-waiver": _grant_waiver,
}
"""The verbs of the story → the act that is done."""
