"""事项全貌: everything about one problem, loaded in a fixed number of statements and filtered by what its reader may see."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from django.db.models import Model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhenggai.ledger.handling import queries, rules
from zhenggai.ledger.handling.facts import ItemFacts
from zhenggai.ledger.handling.models import (
    Assignment,
    Closure,
    Evidence,
    Extension,
    ProgressReport,
    Relapse,
    ReportedFigure,
    ReviewStep,
    StandingCheck,
    Waiver,
)
from zhenggai.ledger.handling.profiles import Profile
from zhenggai.ledger.handling.standing import (
    capacities,
    capacities_by_task,
    visible_evidence,
    visible_findings,
    visible_reports,
)
from zhenggai.ledger.handling.states import (
    AssignmentRole,
    ClosureState,
    Completion,
    EvidenceState,
    Grade,
    Horizon,
    ReportState,
    RequestState,
    Review,
    Schedule,
)
from zhenggai.ledger.models import Claim, Finding, Measure, Task
from zhenggai.ledger.states import Level
from zhenggai.parties.models import Organisation, Post
from zhenggai.parties.states import Capacity, Role

M = TypeVar("M", bound=Model)

REVIEWING = frozenset(
    {
        Capacity.OFFICE,
        Capacity.SUPERVISOR,
        Capacity.LEAD_HEAD,
        Capacity.LEAD_FILLER,
        Capacity.LEAD_OFFICIAL,
        Capacity.GROUP,
    }
)
"""Capacities in which reports of others are judged, and are told which texts are alike."""

_URGENCY = [
    Schedule.OVERDUE,
    Schedule.NEAR,
    Schedule.ON_TIME,
    Schedule.OPEN_ENDED,
    Schedule.FINISHED,
]


@dataclass
class Line:
    """A row, and the acts that are offered on it."""

    row: Any
    acts: Any = None


@dataclass(frozen=True)
class Alike:
    """雷同: another report whose text nearly repeats one, and how far (92%); ``where`` names it only if the reader may see it."""

    percent: str
    where: str
    own_unit: bool
    address: str = ""


@dataclass
class ReportLines:
    """A report with its figures, and the texts alike."""

    row: ProgressReport
    figures: list[Line]
    alike: list[Alike]
    measures: str
    completion: str
    acts: Any = None


@dataclass
class MeasureLines:
    """A measure with what proves it."""

    row: Measure
    evidence: list[Line]
    acts: Any = None


@dataclass
class TaskLines:
    """A task with all that hangs on it."""

    row: Task
    held: frozenset[Capacity]
    answers: list[tuple[AssignmentRole, list[Assignment]]]
    measures: list[MeasureLines]
    evidence: list[Line]
    reports: list[ReportLines]
    extensions: list[Line]
    waivers: list[Line]
    schedule: Schedule
    late: int
    horizon: str
    completion: str
    unsigned: int
    acts: dict[str, Any] = field(default_factory=dict)

    @property
    def live(self) -> bool:
        """Whether it counts."""
        return self.row.withdrawn_at is None

    @property
    def extended(self) -> bool:
        """Whether its time limit was moved."""
        return self.row.first_due_on is not None and self.row.first_due_on != self.row.due_on


@dataclass
class ClosureLines:
    """An application with its chain: the steps that were taken, the one whose turn it is, those to come."""

    row: Closure
    grade: str
    steps: list[tuple[str, str, ReviewStep | None]]
    checks: list[StandingCheck] = field(default_factory=list)
    relapse: Relapse | None = None
    acts: Any = None

    @property
    def open(self) -> bool:
        """Whether it is under review."""
        return self.row.state == ClosureState.OPEN.value


class Dossier:
    """One problem as one post sees it."""

    def __init__(self, finding: Finding, by: Post) -> None:
        self.finding, self.by = finding, by
        self.inspection = finding.inspection
        self.unit = by.organisation.unit_key
        self.today: date = timezone.localdate()
        self.review = Review(finding.review)
        self.held = capacities(by, finding)
        self._by_task = capacities_by_task(by, finding, self.held)
        self.profile: Profile = queries.profile(self.inspection)
        self._load()

    def held_for(self, task: int) -> frozenset[Capacity]:
        """In which capacities the reader stands to a task."""
        return self._by_task[task]

    def _load(self) -> None:
        """Read every table once."""
        finding = self.finding
        self._assignments = _by(
            Assignment.objects.filter(finding=finding, ended_at=None)
            .select_related("organisation", "post__holder", "post__organisation")
            .order_by("pk"),
            "task_id",
        )
        self._measures = _by(
            Measure.objects.filter(task__finding=finding).order_by("task", "number"), "task_id"
        )
        evidence = Evidence.objects.filter(finding=finding).select_related("file", "organisation", "uploader")
        self.evidence: list[Evidence] = list(visible_evidence(self.by, evidence, self.held).order_by("pk"))
        self._reports = _by(
            visible_reports(self.by, ProgressReport.objects.filter(finding=finding))
            .select_related("organisation")
            .order_by("-cycle", "-filled_at", "-pk"),
            "task_id",
        )
        self._figures = _by(
            ReportedFigure.objects.filter(report__finding=finding).order_by("report", "position"), "report_id"
        )
        self._extensions = _by(Extension.objects.filter(finding=finding).order_by("pk"), "task_id")
        self._waivers = _by(
            Waiver.objects.filter(finding=finding).select_related("measure", "requested_unit").order_by("pk"),
            "task_id",
        )
        self._steps = _by(
            ReviewStep.objects.filter(closure__finding=finding).select_related("reviewer", "unit"),
            "closure_id",
        )
        self._checks = _by(StandingCheck.objects.filter(finding=finding).order_by("pk"), "closure_id")
        self._relapses = {row.closure_id: row for row in Relapse.objects.filter(finding=finding)}
        self._task_rows = list(
            Task.objects.filter(finding=finding).select_related("merged_into", "indicator").order_by("number")
        )
        self.closures_rows = list(
            Closure.objects.filter(finding=finding)
            .select_related("applicant", "applied_unit", "closer", "closer_unit")
            .order_by("-pk")
        )
        self.children = list(
            visible_findings(self.by, Finding.objects.filter(parent=finding)).order_by("number")
        )
        self.claims = list(Claim.objects.filter(finding=finding).order_by("pk"))

    # --- the item ---

    @property
    def is_item(self) -> bool:
        """Whether it is handled and closed: neither an area nor taken back."""
        return self.finding.level != Level.AREA.value and self.finding.withdrawn_at is None

    @property
    def area(self) -> Finding | None:
        """What it stands under."""
        return self.finding.parent

    @cached_property
    def facts(self) -> ItemFacts:
        """What the closure depends on."""
        return queries.item_facts(self.finding)

    @cached_property
    def reviewing(self) -> dict[Capacity, set[int]]:
        """Units that can review, by capacity."""
        return dict(queries.reviewing_units(self.facts, self.inspection.pk))

    @cached_property
    def live_tasks(self) -> list[TaskLines]:
        """The tasks that count."""
        return [task for task in self.tasks if task.live]

    @property
    def horizons(self) -> list[str]:
        """Names of the time classes of its tasks."""
        return list(dict.fromkeys(task.horizon for task in self.live_tasks if task.horizon))

    @property
    def standing(self) -> bool:
        """长期坚持."""
        return any(task.row.standing for task in self.live_tasks)

    @property
    def completion(self) -> Completion:
        """The item is as far as the least of its tasks."""
        return rules.least(Completion(task.row.completion) for task in self.live_tasks)

    @property
    def completion_label(self) -> str:
        """As the profile calls it."""
        return self.profile.completion[self.completion]

    @property
    def grade(self) -> str:
        """The grade of its closure, as the profile calls it."""
        return self.profile.grades[Grade(self.finding.grade)] if self.finding.grade else ""

    @property
    def done(self) -> int:
        """How many of its tasks are done."""
        return sum(task.row.completion == Completion.DONE.value for task in self.live_tasks)

    @property
    def schedule(self) -> Schedule:
        """The most pressing of its tasks."""
        if self.review is Review.CLOSED:
            return Schedule.FINISHED
        said = [task.schedule for task in self.live_tasks]
        return min(said, key=_URGENCY.index, default=Schedule.OPEN_ENDED)

    @property
    def pressing(self) -> TaskLines | None:
        """The task whose time limit is next, or longest past."""
        waiting = [t for t in self.live_tasks if t.row.due_on and t.schedule is not Schedule.FINISHED]
        return min(waiting, key=lambda task: task.row.due_on or self.today, default=None)

    # --- tasks ---

    @cached_property
    def tasks(self) -> list[TaskLines]:
        """Every task, those that were taken back last."""
        shown = [self._task(row) for row in self._task_rows]
        return sorted(shown, key=lambda task: (not task.live, task.row.number))

    def _task(self, row: Task) -> TaskLines:
        proofs: dict[int | None, list[Evidence]] = defaultdict(list)
        for piece in self.evidence:
            if piece.task_id == row.pk:
                proofs[piece.measure_id].append(piece)
        horizon = Horizon(row.horizon) if row.horizon else None
        return TaskLines(
            row=row,
            held=self.held_for(row.pk),
            answers=self._answers(row),
            measures=[MeasureLines(m, _newest(proofs[m.pk])) for m in self._measures[row.pk]],
            evidence=_newest(proofs[None]),
            reports=[self._report(report) for report in self._reports[row.pk]],
            extensions=[Line(each) for each in self._extensions[row.pk]],
            waivers=[Line(each) for each in self._waivers[row.pk]],
            schedule=queries.schedule(row, self.finding, self.profile.near_days, self.today),
            late=rules.overdue_days(row.due_on, self.today) if row.due_on else 0,
            horizon=self.profile.horizons[horizon].label if horizon else "",
            completion=self.profile.completion[Completion(row.completion)],
            unsigned=self._unsigned.get(row.pk, 0),
        )

    def _answers(self, row: Task) -> list[tuple[AssignmentRole, list[Assignment]]]:
        rows = self._assignments[row.pk]
        return [(role, own) for role in AssignmentRole if (own := [a for a in rows if a.role == role.value])]

    @cached_property
    def _unsigned(self) -> dict[int, int]:
        """How many reports of the present cycle there are that the reader may not see yet, by task. The gate's facts count them."""
        seen = {report.pk for rows in self._reports.values() for report in rows}
        found: dict[int, int] = defaultdict(int)
        for report in self.facts.reports:
            if report.key not in seen and report.state is not ReportState.SIGNED:
                found[report.task] += 1
        return found

    def measures_of(self, task: int) -> list[Measure]:
        """A task's measures that count."""
        return [row for row in self._measures[task] if row.withdrawn_at is None]

    def replaceable(self, task: int) -> list[Evidence]:
        """Pieces of a task that the reader's unit may replace by a newer version."""
        states = (EvidenceState.PENDING.value, EvidenceState.ACCEPTED.value, EvidenceState.RETURNED.value)
        return [
            piece
            for piece in self.evidence
            if piece.task_id == task and piece.organisation_id == self.unit and piece.state in states
        ]

    # --- reports ---

    def reports_of(self, task: int) -> list[ProgressReport]:
        """A task's reports that the reader may see, newest first."""
        return self._reports[task]

    def _report(self, row: ProgressReport) -> ReportLines:
        own = row.organisation_id == self.unit and Role(self.by.role) in (Role.HEAD, Role.FILLER)
        tells = own or self.held & REVIEWING
        numbers = {m.pk: m.number for m in self._measures[row.task_id]}
        done = [str(numbers[key]) for key in row.measures_done if key in numbers]
        return ReportLines(
            row,
            [Line(figure) for figure in self._figures[row.pk]],
            self._alike(row) if tells else [],
            "、".join(done),
            self.profile.completion[Completion(row.completion)],
        )

    def _alike(self, row: ProgressReport) -> list[Alike]:
        found = []
        for key, percent in row.alike:
            other = self._others.get(key)
            if other is None:
                found.append(Alike(f"{percent}%", "", own_unit=False))
                continue
            own = other.organisation_id == row.organisation_id
            where = _("%(unit)s %(period)s 对 %(code)s 问题 %(number)d 的填报") % {
                "unit": other.organisation.name, "period": other.period, "code": other.finding.inspection.code,
                "number": other.finding.number,
            }  # fmt: skip
            path = reverse("web:item", args=[other.finding.inspection.code, other.finding.number])
            found.append(Alike(f"{percent}%", where, own_unit=own, address=f"{path}#report-{other.pk}"))
        return found

    @cached_property
    def _others(self) -> dict[int, ProgressReport]:
        """The reports whose texts are alike, as far as the reader may see them. One statement."""
        keys = {key for rows in self._reports.values() for row in rows for key, _ in row.alike}
        if not keys:
            return {}
        known = ProgressReport.objects.filter(pk__in=keys, finding__in=visible_findings(self.by).values("pk"))
        rows = visible_reports(self.by, known)
        return {row.pk: row for row in rows.select_related("finding__inspection", "organisation")}

    # --- closures ---

    @cached_property
    def closures(self) -> list[ClosureLines]:
        """Every application, newest first."""
        return [self._closure(row) for row in self.closures_rows]

    def _closure(self, row: Closure) -> ClosureLines:
        steps = {step.code: step for step in self.profile.steps(short=row.short)}
        taken = {step.number: step for step in self._steps[row.pk]}
        shown = []
        for number, code in enumerate(row.chain, start=1):
            step = steps.get(code)
            shown.append((step.label if step else code, step.by.label if step else "", taken.get(number)))
        grade = next(
            (name for member, name in self.profile.grades.items() if member.value == row.grade), row.grade
        )
        return ClosureLines(row, grade, shown, self._checks[row.pk], self._relapses.get(row.pk))

    @property
    def application(self) -> ClosureLines | None:
        """The newest application."""
        return self.closures[0] if self.closures else None

    @property
    def earlier(self) -> list[ClosureLines]:
        """The applications before it."""
        return self.closures[1:]

    @cached_property
    def turn(self) -> tuple[int, int, str, str, str] | None:
        """Whose turn it is: number of the step, of how many, its name, in which capacity it is taken, and by which units."""
        newest = self.application
        if newest is None or not newest.open:
            return None
        step = queries.step_now(newest.row, self.profile.steps(short=newest.row.short))
        units = self.reviewing.get(step.by, set()) - {newest.row.applied_unit_id}
        names = "、".join(sorted(self.unit_names[key] for key in units if key in self.unit_names))
        return newest.row.step + 1, len(newest.row.chain), step.label, step.by.label, names

    @cached_property
    def unit_names(self) -> dict[int, str]:
        """Names of the units that review. One statement."""
        keys = {key for units in self.reviewing.values() for key in units}
        return dict(Organisation.objects.filter(pk__in=keys).values_list("pk", "name"))

    @property
    def waived(self) -> int:
        """How many waivers of this cycle were granted and still hold."""
        return sum(
            1
            for rows in self._waivers.values()
            for row in rows
            if row.state == RequestState.APPROVED.value
            and row.cycle == self.finding.cycle
            and row.expires_on >= self.today
        )

    # --- names ---

    @cached_property
    def posts(self) -> dict[str, str]:
        """Titles of the posts that signed, reviewed or decided, by code. One statement."""
        codes: set[str] = set()
        for rows, columns in (
            ((r for rs in self._reports.values() for r in rs), ("filled_by", "signed_by")),
            (self.evidence, ("uploaded_by", "reviewed_by")),
            ((r for rs in self._extensions.values() for r in rs), ("requested_by", "decided_by")),
            ((r for rs in self._waivers.values() for r in rs), ("requested_by", "decided_by")),
        ):
            codes |= {getattr(row, column) for row in rows for column in columns}
        return dict(Post.objects.filter(code__in=codes - {""}).values_list("code", "title"))

    @cached_property
    def keys(self) -> dict[str, list[int]]:
        """Keys of every row of which the reader may be told the history, by the journal's kind."""
        reports = [row.pk for rows in self._reports.values() for row in rows]
        return {
            "ledger.finding": [self.finding.pk],
            "ledger.task": [row.pk for row in self._task_rows],
            "ledger.measure": _keys(self._measures),
            "ledger.assignment": list(
                Assignment.objects.filter(finding=self.finding).values_list("pk", flat=True)
            ),
            "ledger.evidence": [row.pk for row in self.evidence],
            "ledger.report": reports,
            "ledger.closure": [row.pk for row in self.closures_rows],
            "ledger.reviewstep": _keys(self._steps),
            "ledger.extension": _keys(self._extensions),
            "ledger.waiver": _keys(self._waivers),
            "ledger.relapse": [row.pk for row in self._relapses.values()],
            "ledger.standingcheck": _keys(self._checks),
        }

    @property
    def names(self) -> dict[tuple[str, str], str]:
        """How rows are called in the history, by kind and key."""
        numbers = {row.pk: row.number for row in self._task_rows}
        found = {
            ("ledger.task", str(pk)): _("任务 %(number)d") % {"number": number}
            for pk, number in numbers.items()
        }
        for rows in self._measures.values():
            for row in rows:
                found["ledger.measure", str(row.pk)] = _("任务 %(task)d 措施 %(measure)d") % {
                    "task": numbers[row.task_id],
                    "measure": row.number,
                }
        for piece in self.evidence:
            found["ledger.evidence", str(piece.pk)] = _("佐证“%(title)s”") % {"title": piece.title}
        for reports in self._reports.values():
            for report in reports:
                found["ledger.report", str(report.pk)] = _("%(unit)s %(period)s 填报") % {
                    "unit": report.organisation.name,
                    "period": report.period,
                }
        return found


def _by(rows: Iterable[M], column: str) -> dict[int, list[M]]:
    found: dict[int, list[M]] = defaultdict(list)
    for row in rows:
        found[getattr(row, column)].append(row)
    return found


def _keys(rows: dict[int, list[M]]) -> list[int]:
    return [row.pk for own in rows.values() for row in own]


def _newest(pieces: Sequence[Evidence]) -> list[Line]:
    """What counts first, what was replaced or withdrawn last."""
    gone = (EvidenceState.REPLACED.value, EvidenceState.WITHDRAWN.value)
    return [Line(row) for row in sorted(pieces, key=lambda piece: (piece.state in gone, -piece.pk))]
