"""待办: what waits for a post. Each is one statement that a page may order and cut; what a post may not know of never waits for it."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from zhenggai.ledger.handling.models import (
    Assignment,
    Closure,
    Evidence,
    Extension,
    ProgressReport,
    ReportedFigure,
    Waiver,
)
from zhenggai.ledger.handling.profiles import Profile, all_profiles, default_profile
from zhenggai.ledger.handling.standing import in_group, supervises, visible_findings
from zhenggai.ledger.handling.states import (
    AssignmentRole,
    ClosureState,
    Completion,
    EvidenceState,
    ReportState,
    RequestState,
    Review,
    WaiverKind,
)
from zhenggai.ledger.models import Finding, Measure, Task
from zhenggai.ledger.states import InspectionKind, Level
from zhenggai.parties.models import Post
from zhenggai.parties.states import Capacity, Role

_CARRYING = (AssignmentRole.LEAD_UNIT.value, AssignmentRole.RESPONSIBLE.value)
_SETTLED = (Review.STEP.value, Review.CLOSED.value)
_ACCEPTED = EvidenceState.ACCEPTED.value


def period_of(today: date) -> str:
    """填报时期: the month for which a report is due."""
    return f"{today.year}年{today.month}月"


# --- tasks and their time limits -------------------------------------------------------------------------------------------------------


def overdue(by: Post, today: date) -> QuerySet[Task]:
    """超期: undone tasks past their time limit for which the post answers; all of them for the office."""
    return _undone(by).filter(due_on__lt=today)


def near(by: Post, today: date) -> QuerySet[Task]:
    """临期: undone tasks whose time limit comes within the days that the inspection's profile names."""
    return _undone(by).filter(_soon(today))


def _soon(today: date) -> Q:
    soon = Q(pk__in=[])
    for profile in all_profiles().values():
        last = today + timedelta(days=profile.near_days)
        soon |= _handled_by(profile, "finding__inspection") & Q(due_on__gte=today, due_on__lte=last)
    return soon


def can_extend(by: Post, today: date) -> QuerySet[Task]:
    """可申请延期: tasks of the unit that are overdue, or will be soon, and for which no extension was asked."""
    asked = Extension.objects.filter(task=OuterRef("pk"), state=RequestState.REQUESTED.value)
    rows = _undone(by).filter(Q(due_on__lt=today) | _soon(today))
    return rows.exclude(finding__review=Review.STEP.value).exclude(Exists(asked))


def _undone(by: Post) -> QuerySet[Task]:
    rows = _tasks().exclude(completion=Completion.DONE.value).exclude(finding__review=Review.CLOSED.value)
    role = Role(by.role)
    if role is Role.OFFICE:
        return rows
    given = Assignment.objects.filter(task=OuterRef("pk"), ended_at=None)
    if role is Role.OFFICIAL:
        return rows.filter(Exists(given.filter(post=by)))
    return rows.filter(Exists(given.filter(organisation=_unit(by), role__in=_CARRYING)))


def not_assigned(by: Post, today: date) -> QuerySet[Task]:  # noqa: ARG001  # all are read alike
    """待分工: tasks of open items for which no unit answers yet."""
    units = Assignment.objects.filter(task=OuterRef("pk"), ended_at=None, organisation__isnull=False)
    rows = _tasks().exclude(finding__review=Review.CLOSED.value).exclude(Exists(units))
    return rows.filter(finding__in=visible_findings(by).values("pk"))


# --- reports and evidence --------------------------------------------------------------------------------------------------------------


def not_reported(by: Post, today: date) -> QuerySet[Task]:
    """待填报: undone tasks on which the unit must report and has not, this month. Lead units report where no unit is responsible."""
    given = Assignment.objects.filter(task=OuterRef("pk"), ended_at=None)
    responsible = given.filter(role=AssignmentRole.RESPONSIBLE.value)
    leads = given.filter(role=AssignmentRole.LEAD_UNIT.value, organisation=_unit(by))
    said = ProgressReport.objects.filter(
        task=OuterRef("pk"),
        organisation=_unit(by),
        cycle=OuterRef("finding__cycle"),
        period=period_of(today),
    )
    rows = _working(_tasks()).exclude(completion=Completion.DONE.value).exclude(Exists(said))
    return rows.filter(
        Q(Exists(responsible.filter(organisation=_unit(by)))) | (Q(Exists(leads)) & ~Q(Exists(responsible)))
    )


def reports_returned(by: Post, today: date) -> QuerySet[ProgressReport]:  # noqa: ARG001
    """退回的填报 of the unit."""
    return _reports(by).filter(state=ReportState.RETURNED.value)


def reports_to_sign(by: Post, today: date) -> QuerySet[ProgressReport]:  # noqa: ARG001
    """待签发: drafts of the unit, for its head."""
    return _reports(by).filter(state=ReportState.DRAFT.value)


def _reports(by: Post) -> QuerySet[ProgressReport]:
    rows = ProgressReport.objects.filter(organisation=_unit(by), cycle=F("finding__cycle"))
    rows = rows.exclude(finding__review=Review.CLOSED.value).filter(finding__withdrawn_at=None)
    return rows.filter(_carried(by)).select_related("task__finding__inspection")


def evidence_returned(by: Post, today: date) -> QuerySet[Evidence]:  # noqa: ARG001
    """不予采信的佐证 that the unit has not replaced."""
    rows = Evidence.objects.filter(state=EvidenceState.RETURNED.value, organisation=_unit(by))
    rows = rows.filter(_carried(by), cycle=F("finding__cycle"), finding__withdrawn_at=None)
    return rows.exclude(finding__review__in=_SETTLED).select_related("task__finding__inspection")


def without_evidence(by: Post, today: date) -> QuerySet[Measure]:
    """缺佐证: measures of the unit's tasks for which nothing was handed in, or nothing that stands."""
    handed = Evidence.objects.filter(
        measure=OuterRef("pk"),
        cycle=OuterRef("task__finding__cycle"),
        state__in=[EvidenceState.PENDING.value, _ACCEPTED, EvidenceState.RETURNED.value],
    )
    rows = Measure.objects.filter(
        withdrawn_at=None, task__withdrawn_at=None, task__finding__withdrawn_at=None
    )
    rows = rows.exclude(task__finding__review__in=_SETTLED).exclude(Exists(handed))
    rows = rows.exclude(Exists(_waived_evidence(OuterRef("task"), OuterRef("pk"), today)))
    given = Assignment.objects.filter(
        task=OuterRef("task"), ended_at=None, organisation=_unit(by), role__in=_CARRYING
    )
    return rows.filter(Exists(given)).select_related("task__finding__inspection")


def evidence_to_review(by: Post, today: date) -> QuerySet[Evidence]:  # noqa: ARG001
    """待审佐证: handed in by another unit and another person; the lead unit's own, and where none leads, for the office."""
    rows = Evidence.objects.filter(state=EvidenceState.PENDING.value, cycle=F("finding__cycle"))
    rows = rows.filter(finding__withdrawn_at=None).exclude(finding__review=Review.CLOSED.value)
    rows = rows.exclude(organisation=_unit(by)).exclude(uploader=by.holder_id)
    leads = Assignment.objects.filter(
        task=OuterRef("task"), ended_at=None, role=AssignmentRole.LEAD_UNIT.value
    )
    if Role(by.role) is Role.OFFICE:
        rows = rows.exclude(Exists(leads.exclude(organisation=OuterRef("organisation"))))
    else:
        rows = rows.filter(Exists(leads.filter(organisation=_unit(by))))
    return rows.select_related("task__finding__inspection", "organisation")


def figures_to_take(by: Post, today: date) -> QuerySet[ReportedFigure]:  # noqa: ARG001
    """待采纳的数字 of signed reports."""
    rows = ReportedFigure.objects.filter(
        observation=None, dismissed_at=None, report__state=ReportState.SIGNED.value
    )
    rows = rows.filter(report__finding__in=visible_findings(by).values("pk"))
    return rows.select_related("report__task__finding__inspection")


# --- closing ---------------------------------------------------------------------------------------------------------------------------


def can_apply(by: Post, today: date) -> QuerySet[Finding]:
    """可申请销号: open items of the unit that lack nothing but the application: done, reported, proven, everything below them closed."""
    tasks = Task.objects.filter(finding=OuterRef("pk"), withdrawn_at=None)
    of_task = {"cycle": OuterRef("finding__cycle"), "task": OuterRef("pk")}
    signed = ProgressReport.objects.filter(**of_task, state=ReportState.SIGNED.value)
    proven = Evidence.objects.filter(**of_task, state=_ACCEPTED)
    units = Assignment.objects.filter(task=OuterRef("pk"), ended_at=None, organisation__isnull=False)
    waived_task = _waivers(today).filter(kind=WaiverKind.TASK.value, task=OuterRef("pk"))
    measures = Measure.objects.filter(task=OuterRef("pk"), withdrawn_at=None)
    waived_whole = _waivers(today).filter(kind=WaiverKind.EVIDENCE.value, task=OuterRef("pk"), measure=None)
    lacking = (
        (Q(completion=Completion.UNDONE.value) & ~Q(Exists(waived_task)))
        | ~Q(Exists(units))
        | ~Q(Exists(signed))
        | (~Q(Exists(measures)) & ~Q(Exists(proven)) & ~Q(Exists(waived_whole)))
    )
    unproven = Measure.objects.filter(
        task__finding=OuterRef("pk"), task__withdrawn_at=None, withdrawn_at=None
    ).exclude(
        Exists(
            Evidence.objects.filter(
                measure=OuterRef("pk"), cycle=OuterRef("task__finding__cycle"), state=_ACCEPTED
            )
        )
    )
    unproven = unproven.exclude(Exists(_waived_evidence(OuterRef("task"), OuterRef("pk"), today)))
    below = Finding.objects.filter(parent=OuterRef("pk"), withdrawn_at=None)
    rows = _items(by).filter(review=Review.NONE.value).filter(Exists(tasks))
    rows = rows.exclude(Exists(tasks.filter(lacking))).exclude(Exists(unproven))
    return rows.exclude(Exists(below.exclude(review=Review.CLOSED.value)))


def applications_returned(by: Post, today: date) -> QuerySet[Finding]:  # noqa: ARG001
    """退回的申请 of the unit, to be mended and made again."""
    own = Closure.objects.filter(
        finding=OuterRef("pk"), cycle=OuterRef("cycle"), state=ClosureState.RETURNED.value
    )
    return _items(by).filter(review=Review.RETURNED.value).filter(Exists(own.filter(applied_unit=_unit(by))))


def _items(by: Post) -> QuerySet[Finding]:
    """Open items for whose tasks the unit answers."""
    given = Assignment.objects.filter(
        finding=OuterRef("pk"), ended_at=None, organisation=_unit(by), role__in=_CARRYING
    )
    rows = Finding.objects.filter(Exists(given), withdrawn_at=None).exclude(level=Level.AREA.value)
    return rows.select_related("inspection")


def steps(by: Post, today: date) -> QuerySet[Closure]:  # noqa: ARG001
    """待审核: applications whose next step the post can take: its turn, another unit's application, no earlier step of the same person."""
    rows = Closure.objects.filter(state=ClosureState.OPEN.value).exclude(applied_unit=_unit(by))
    rows = rows.exclude(applicant=by.holder_id).filter(finding__in=visible_findings(by).values("pk"))
    rows = rows.exclude(steps__reviewer=by.holder_id)
    return rows.filter(_turn(by)).select_related("finding__inspection", "applied_unit")


def _turn(by: Post) -> Q:
    """Whose turn it is, as the profile of each inspection has it; the codes of the chain stand in the row itself."""
    turn = Q(pk__in=[])
    for capacity, holds in _standing(by):
        its = Q(pk__in=[])
        for profile in all_profiles().values():
            for short in (False, True):
                chain = profile.steps(short=short)
                codes = [step.code for step in chain if step.by is capacity]
                place = Q(pk__in=[])
                if codes:
                    for at in range(len(chain)):
                        place |= Q(step=at, **{f"chain__{at}__in": codes})
                    its |= _handled_by(profile, "finding__inspection") & Q(short=short) & place
        turn |= holds & its
    return turn


def _standing(by: Post) -> Iterator[tuple[Capacity, Q]]:
    """The capacities in which a post may review, each with the condition on the application's item."""
    role = Role(by.role)
    given = Assignment.objects.filter(finding=OuterRef("finding"), ended_at=None)
    if role is Role.OFFICE:
        yield Capacity.OFFICE, Q()
    elif role is Role.HEAD:
        leads = given.filter(role=AssignmentRole.LEAD_UNIT.value, organisation=_unit(by))
        yield Capacity.LEAD_HEAD, Q(Exists(leads))
    elif role is Role.OFFICIAL:
        yield Capacity.LEAD_OFFICIAL, Q(Exists(given.filter(post=by)))
        yield Capacity.GROUP, in_group(by, "finding__inspection", "finding__classification")
    elif role is Role.SUPERVISOR:
        yield Capacity.SUPERVISOR, supervises(by, "finding__inspection")


def checks_due(by: Post, today: date) -> QuerySet[Finding]:
    """到期的长期坚持复查: closed items whose next check is due."""
    rows = visible_findings(by, Finding.objects.filter(withdrawn_at=None, next_check_on__lte=today))
    return rows.filter(review=Review.CLOSED.value).select_related("inspection")


# --- requests --------------------------------------------------------------------------------------------------------------------------


def extensions(by: Post, today: date) -> QuerySet[Extension]:  # noqa: ARG001
    """待批延期, asked by somebody else."""
    rows = Extension.objects.filter(state=RequestState.REQUESTED.value).exclude(requester=by.holder_id)
    return _to_decide(by, rows)  # type: ignore[return-value]  # the same rows, fewer


def waivers(by: Post, today: date) -> QuerySet[Waiver]:  # noqa: ARG001
    """待批豁免, asked by somebody else of another unit."""
    rows = Waiver.objects.filter(state=RequestState.REQUESTED.value).exclude(requester=by.holder_id)
    return _to_decide(by, rows.exclude(requested_unit=_unit(by)))  # type: ignore[return-value]


def _to_decide(
    by: Post, rows: QuerySet[Extension] | QuerySet[Waiver]
) -> QuerySet[Extension] | QuerySet[Waiver]:
    """Of requests those that the post decides: as the task's lead official, or in the leading group."""
    leads = Assignment.objects.filter(task=OuterRef("task"), ended_at=None, post=by)
    group = in_group(by, "finding__inspection", "finding__classification")
    rows = rows.filter(Q(Exists(leads)) | group, finding__withdrawn_at=None)
    return rows.exclude(finding__review=Review.CLOSED.value).select_related("task__finding__inspection")


# --- parts -----------------------------------------------------------------------------------------------------------------------------


def _unit(by: Post) -> int:
    return by.organisation.unit_key


def _tasks() -> QuerySet[Task]:
    rows = Task.objects.filter(withdrawn_at=None, finding__withdrawn_at=None)
    return rows.select_related("finding__inspection")


def _working(rows: QuerySet[Task]) -> QuerySet[Task]:
    """Tasks of items that are neither closed nor under review."""
    return rows.exclude(finding__review__in=_SETTLED)


def _carried(by: Post) -> Q:
    """Rows of tasks for which the unit answers now."""
    given = Assignment.objects.filter(task=OuterRef("task"), ended_at=None, organisation=_unit(by))
    return Q(Exists(given))


def _waivers(today: date) -> QuerySet[Waiver]:
    return Waiver.objects.filter(
        state=RequestState.APPROVED.value, expires_on__gte=today, cycle=F("finding__cycle")
    )


def _waived_evidence(task: OuterRef, measure: OuterRef, today: date) -> QuerySet[Waiver]:
    rows = _waivers(today).filter(kind=WaiverKind.EVIDENCE.value, task=task)
    return rows.filter(Q(measure=None) | Q(measure=measure))


def _handled_by(profile: Profile, inspection: str) -> Q:
    """Inspections handled by a profile: chosen, or the one of their kind."""
    kinds = [kind.value for kind in InspectionKind if default_profile(kind.value).code == profile.code]
    return Q(**{f"{inspection}__profile": profile.code}) | Q(
        **{f"{inspection}__profile": "", f"{inspection}__kind__in": kinds}
    )
