"""Named reads of what is being handled: an item's facts for the gate, who reviews it, what its units signed for, how it stands; counts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from zhenggai.core.errors import NotFound
from zhenggai.journal.chain import digest_text
from zhenggai.journal.queries import event_of_row
from zhenggai.ledger.handling.facts import (
    Application,
    EvidenceFacts,
    ItemFacts,
    MeasureFacts,
    ReportFacts,
    TaskFacts,
    WaiverFacts,
)
from zhenggai.ledger.handling.models import (
    Assignment,
    Closure,
    Evidence,
    Participant,
    ProgressReport,
    Seal,
    TextBand,
    Waiver,
)
from zhenggai.ledger.handling.profiles import Profile, Step, all_profiles, default_profile, profile_of
from zhenggai.ledger.handling.rules import HandlingRefused, least, schedule_of
from zhenggai.ledger.handling.states import (
    AssignmentRole,
    ClosureState,
    Completion,
    EvidenceState,
    Grade,
    Horizon,
    ParticipantRole,
    ReportState,
    RequestState,
    Review,
    Schedule,
    WaiverKind,
)
from zhenggai.ledger.models import Finding, Inspection, Measure, Task
from zhenggai.ledger.states import Level
from zhenggai.parties.models import Post
from zhenggai.parties.states import Capacity, Role


class Sealed(NamedTuple):
    """A seal and the number of the event that recorded it, which is what is proved to outsiders."""

    seal: Seal
    seq: int


def profile(inspection: Inspection) -> Profile:
    """The profile by which an inspection's items are handled."""
    return profile_of(inspection.profile) if inspection.profile else default_profile(inspection.kind)


def locked_finding(pk: int) -> Finding:
    """Read an item again with its inspection, locked for the caller's transaction; NotFound if it is gone. One statement."""
    rows = Finding.objects.select_related("inspection").select_for_update(of=("self",))
    found = rows.filter(pk=pk).annotate(**_beside("pk", "cycle")).first()
    if found is None:
        raise NotFound("该问题已不存在，请刷新页面。")
    return found


def locked_closure(pk: int) -> Closure:
    """Read an application again with its item and inspection, both locked; NotFound if it is gone. One statement."""
    rows = Closure.objects.select_related("finding__inspection").select_for_update(of=("self", "finding"))
    found = rows.filter(pk=pk).annotate(**_beside("finding", "finding__cycle")).first()
    if found is None:
        raise NotFound("该申请已不存在，请刷新页面。")
    for name in ("children_open", "waivers_granted"):
        setattr(found.finding, name, getattr(found, name))
    return found


def locked_task(pk: int) -> Task:
    """Read a task again with its item and inspection, locked; NotFound if it is gone. One statement."""
    rows = Task.objects.select_related("finding__inspection").select_for_update(of=("self",))
    found = rows.filter(pk=pk).first()
    if found is None:
        raise NotFound("该任务已不存在，请刷新页面。")
    return found


def _beside(key: str, cycle: str) -> dict[str, Exists]:
    """What is asked along with an item, so that it costs no statement of its own: open manifestations below, and whether it has waivers."""
    granted = Waiver.objects.filter(finding=OuterRef(key), state=RequestState.APPROVED.value)
    return {
        "children_open": Exists(_open_below(OuterRef(key))),
        "waivers_granted": Exists(granted.filter(cycle=OuterRef(cycle))),
    }


def _open_below(parent: Finding | OuterRef) -> QuerySet[Finding]:
    return Finding.objects.filter(parent=parent, withdrawn_at=None).exclude(review=Review.CLOSED.value)


def item_facts(finding: Finding) -> ItemFacts:
    """Everything that the closure of an item depends on; ``finding`` as ``locked_finding`` returns it. Four statements, five with waivers."""
    answers: dict[int, list[tuple[str, int | None, int | None]]] = defaultdict(list)
    given = Assignment.objects.filter(finding=finding, ended_at=None)
    for task, role, post, unit in given.values_list("task_id", "role", "post_id", "organisation_id"):
        answers[task].append((role, post, unit))
    children = getattr(finding, "children_open", None)
    if children is None:
        children = _open_below(finding).exists()
    return ItemFacts(
        key=finding.pk,
        number=finding.number,
        title=finding.title,
        is_area=finding.level == Level.AREA.value,
        withdrawn=finding.withdrawn_at is not None,
        open_children=bool(children),
        cycle=finding.cycle,
        review=Review(finding.review),
        tasks=_task_facts(finding, answers),
        evidence=_evidence_facts(finding),
        reports=_report_facts(finding),
        waivers=_waiver_facts(finding) if getattr(finding, "waivers_granted", True) else (),
    )


def _task_facts(
    finding: Finding, answers: dict[int, list[tuple[str, int | None, int | None]]]
) -> list[TaskFacts]:
    """The tasks that count with their measures. One statement for both."""
    rows = (
        Task.objects.filter(finding=finding, withdrawn_at=None)
        .order_by("number", "measures__number")
        .values_list(
            "pk", "number", "title", "completion", "horizon", "due_on",
            "measures__pk", "measures__number", "measures__text", "measures__withdrawn_at",
        )
    )  # fmt: skip
    tasks: dict[int, TaskFacts] = {}
    measures: dict[int, list[MeasureFacts]] = defaultdict(list)
    for key, number, title, completion, horizon, due_on, measure, order, text, withdrawn in rows:
        if key not in tasks:
            tasks[key] = TaskFacts(
                key, number, title, Completion(completion), Horizon(horizon) if horizon else None, due_on,
                measures[key], answers.get(key, ()),
            )  # fmt: skip
        if measure is not None and withdrawn is None:
            measures[key].append(MeasureFacts(measure, order, text))
    return list(tasks.values())


def _evidence_facts(finding: Finding) -> list[EvidenceFacts]:
    live = [EvidenceState.PENDING.value, EvidenceState.ACCEPTED.value, EvidenceState.RETURNED.value]
    rows = Evidence.objects.filter(finding=finding, cycle=finding.cycle, state__in=live).order_by("pk")
    names = ("pk", "task_id", "measure_id", "title", "file__sha256", "version", "effective_on", "state")
    return [
        EvidenceFacts(key, task, measure, title, sha256, version, effective_on, EvidenceState(state))
        for key, task, measure, title, sha256, version, effective_on, state in rows.values_list(*names)
    ]


def accepted_digests(closure: Closure) -> list[str]:
    """SHA-256 of the accepted pieces of evidence on which a closure rests, sorted, each once. One statement."""
    rows = Evidence.objects.filter(
        finding=closure.finding_id, cycle=closure.cycle, state=EvidenceState.ACCEPTED.value
    )
    return sorted(set(rows.values_list("file__sha256", flat=True)))


def seals_of(inspection: Inspection, numbers: Iterable[int]) -> list[Sealed]:
    """The seals of an inspection's items, by number and cycle, each with the event that proves it. Two statements.

    An item that came back has one for each cycle that was closed; ``seal.finding`` says whether it is closed now.
    """
    rows = Seal.objects.filter(finding__inspection=inspection, number__in=list(numbers))
    seals = list(rows.select_related("finding").order_by("number", "cycle"))
    events = event_of_row("ledger.seal", [seal.pk for seal in seals])
    return [Sealed(seal, events[str(seal.pk)]) for seal in seals]


def _report_facts(finding: Finding) -> list[ReportFacts]:
    rows = ProgressReport.objects.filter(finding=finding, cycle=finding.cycle).order_by("pk")
    names = ("pk", "task_id", "organisation_id", "period", "state", "completion", "narrative")
    return [
        ReportFacts(
            key, task, unit, period, ReportState(state), Completion(completion), digest_text(narrative)
        )
        for key, task, unit, period, state, completion, narrative in rows.values_list(*names)
    ]


def _waiver_facts(finding: Finding) -> list[WaiverFacts]:
    rows = Waiver.objects.filter(
        finding=finding, cycle=finding.cycle, state=RequestState.APPROVED.value
    ).order_by("pk")
    names = ("pk", "kind", "task_id", "measure_id", "expires_on")
    return [
        WaiverFacts(key, WaiverKind(kind), task, measure, until)
        for key, kind, task, measure, until in rows.values_list(*names)
    ]


def open_closure(finding: Finding) -> Closure | None:
    """Return the application that is under review, locked."""
    rows = Closure.objects.filter(finding=finding, state=ClosureState.OPEN.value)
    return rows.select_for_update(of=("self",)).first()


def application_of(closure: Closure) -> Application:
    """What was applied for."""
    return Application(
        Grade(closure.grade), closure.text, closure.next_check_on, closure.short, tuple(closure.chain)
    )


def reviewing_units(item: ItemFacts, inspection: int) -> dict[Capacity, set[int]]:
    """The units to which those belong who may take a step of an item's review, by capacity. Two statements."""
    found: dict[Capacity, set[int]] = defaultdict(set)
    parts = Participant.objects.filter(inspection=inspection, ended_at=None)
    group = set()
    for role, post, unit in parts.values_list("role", "post_id", "organisation_id"):
        if post is not None:
            group.add(post)
        elif role == ParticipantRole.SUPERVISOR.value:
            found[Capacity.SUPERVISOR].add(unit or 0)
    answers = [answer for task in item.tasks for answer in task.answers]
    found[Capacity.LEAD_HEAD] = {
        unit for role, _, unit in answers if role == AssignmentRole.LEAD_UNIT and unit
    }
    officials = {post for role, post, _ in answers if role == AssignmentRole.LEAD_OFFICIAL and post}
    posts = Post.objects.filter(Q(role=Role.OFFICE.value) | Q(pk__in=officials | group), holder__isnull=False)
    for pk, role, organisation, above in posts.values_list(
        "pk", "role", "organisation_id", "organisation__unit_id"
    ):
        own = above or organisation
        if role == Role.OFFICE.value:
            found[Capacity.OFFICE].add(own)
        if pk in officials:
            found[Capacity.LEAD_OFFICIAL].add(own)
        if pk in group:
            found[Capacity.GROUP].add(own)
    return found


def chain_for(
    steps: Iterable[Step], reviewing: Mapping[Capacity, set[int]], applied_unit: int
) -> tuple[str, ...]:
    """Codes of the steps to be taken: all that somebody of another unit than the applicant's can take. Nobody reviews himself."""
    return tuple(step.code for step in steps if reviewing.get(step.by, set()) - {applied_unit})


def grade_to_expect(item: ItemFacts) -> Grade:
    """The grade that the completion of an item's tasks allows."""
    phased = least(task.completion for task in item.tasks) is Completion.PHASED
    return Grade.PHASED if phased else Grade.DONE


def complete_application(
    item: ItemFacts,
    grade: Grade,
    steps: Iterable[Step],
    reviewing: Mapping[Capacity, set[int]],
    today: date,
    *,
    unit: int = 0,
) -> Application:
    """An application that lacks nothing of its own: what the gate then misses is missing in the item.

    ``unit`` applies, if it answers for the item; else the first responsible unit, or the first lead unit.
    """
    answers = [(role, own) for task in item.tasks for role, _, own in task.answers if own]
    if unit not in {own for _, own in answers}:
        order = (AssignmentRole.RESPONSIBLE.value, AssignmentRole.LEAD_UNIT.value)
        unit = next((own for wanted in order for role, own in answers if role == wanted), 0)
    chain = chain_for(steps, reviewing, unit)
    return Application(grade, "—", today + timedelta(days=1), short=False, chain=chain)


def step_now(closure: Closure, steps: Iterable[Step]) -> Step:
    """The step whose turn it is. Where the inspection has another profile since, the step is that of the profile it began with.

    HandlingRefused where no profile has it any more, as when a file of the data folder was changed.
    """
    everywhere = (step for each in all_profiles().values() for step in (*each.chain, *each.short_chain))
    by_code = {step.code: step for step in (*everywhere, *steps)}
    code = closure.chain[closure.step]
    if code not in by_code:
        raise HandlingRefused(
            f"申请的审核步骤“{code}”已不在任何办理方案中，不能继续审核；请恢复该方案，或由申请单位撤回后重新申请。",
            step=code,
        )
    return by_code[code]


_ALIKE = 20
"""Candidates whose texts are compared; those that share the most bands come first."""


def texts_sharing(bands: Iterable[int], *, without: int | None) -> list[tuple[int, str]]:
    """Reports whose text shares a band, with their text, the likeliest first. Two statements, by index."""
    rows = TextBand.objects.filter(band__in=list(bands)).exclude(report=without)
    likely = rows.values("report").annotate(shared=Count("pk")).order_by("-shared", "-report")[:_ALIKE]
    keys = [row["report"] for row in likely]
    texts = dict(ProgressReport.objects.filter(pk__in=keys).values_list("pk", "narrative"))
    return [(key, texts[key]) for key in keys if key in texts]


def signed_completions(task: Task) -> list[Completion]:
    """What each unit that must answer for a task has signed for last, in this cycle; a unit that has not is 未完成.

    Responsible units answer; where there are none, the lead unit. Two statements.
    """
    answers = Assignment.objects.filter(task=task, ended_at=None, organisation__isnull=False)
    by_role: dict[str, set[int]] = {}
    for role, unit in answers.values_list("role", "organisation_id"):
        by_role.setdefault(role, set()).add(unit or 0)
    units = by_role.get(AssignmentRole.RESPONSIBLE) or by_role.get(AssignmentRole.LEAD_UNIT) or set()
    signed = ProgressReport.objects.filter(
        task=task, cycle=task.finding.cycle, state=ReportState.SIGNED.value
    ).order_by("signed_at", "pk")
    said = dict(signed.values_list("organisation_id", "completion"))
    return [Completion(said.get(unit, Completion.UNDONE.value)) for unit in units]


def schedules(today: date, near_days: int) -> dict[Schedule, Q]:
    """进度: the condition on tasks for each way in which a time limit stands; every task meets exactly one, as ``rules.schedule_of`` has it."""
    undone = ~Q(completion=Completion.DONE.value) & ~Q(finding__review=Review.CLOSED.value)
    soon = today + timedelta(days=near_days)
    return {
        Schedule.ON_TIME: undone & Q(due_on__gt=soon),
        Schedule.NEAR: undone & Q(due_on__gte=today, due_on__lte=soon),
        Schedule.OVERDUE: undone & Q(due_on__lt=today),
        Schedule.FINISHED: ~undone,
        Schedule.OPEN_ENDED: undone & Q(due_on=None),
    }


def schedule(task: Task, finding: Finding, near_days: int, today: date) -> Schedule:
    """How the time limit of an item's task stands."""
    return schedule_of(task.due_on, Completion(task.completion), Review(finding.review), today, near_days)


def items(inspection: Inspection) -> QuerySet[Finding]:
    """事项: what is handled and closed: problems and manifestations that count."""
    return inspection.findings.exclude(level=Level.AREA.value).filter(withdrawn_at=None)


def counts(rows: QuerySet[Finding], today: date, near_days: int) -> dict[str, int]:
    """How many items stand where. What belongs together adds up: total = closed + under review + returned + not applied. Four statements."""
    rows = rows.exclude(level=Level.AREA.value).filter(withdrawn_at=None)
    reviews = rows.aggregate(
        total=Count("pk"),
        returns=Count("pk", filter=Q(returns__gt=0)),
        relapsed=Count("pk", filter=Q(cycle__gt=1)),
        **{f"review_{r.value}": Count("pk", filter=Q(review=r.value)) for r in Review},
        **{f"grade_{g.value}": Count("pk", filter=Q(grade=g.value)) for g in Grade},
    )
    tasks = Task.objects.filter(finding__in=rows.values("pk"), withdrawn_at=None)
    by_task = tasks.aggregate(
        tasks=Count("pk"),
        **{s.value: Count("pk", filter=condition) for s, condition in schedules(today, near_days).items()},
        **{f"completion_{c.value}": Count("pk", filter=Q(completion=c.value)) for c in Completion},
    )
    waivers = Waiver.objects.filter(
        finding__in=rows.values("pk"),
        state=RequestState.APPROVED.value,
        expires_on__gte=today,
        cycle=F("finding__cycle"),
    )
    measures = Measure.objects.filter(task__in=tasks.values("pk"), withdrawn_at=None)
    return {**reviews, **by_task, "waivers": waivers.count(), "measures": measures.count()}
