"""三张清单: 问题、任务、责任 as three views of one tree. Rows are built once, for the screen and for every file.

What a post may not know of is in none of them. Where nobody is assigned yet, the document's own words stand there and say so (据文件).
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Case, CharField, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from zhenggai.core.enums import Labelled
from zhenggai.journal.acts import Actor
from zhenggai.ledger.handling import queries
from zhenggai.ledger.handling.models import Assignment
from zhenggai.ledger.handling.profiles import Profile
from zhenggai.ledger.handling.rules import overdue_days
from zhenggai.ledger.handling.standing import shown_above, visible_findings
from zhenggai.ledger.handling.states import (
    AssignmentRole,
    Completion,
    Grade,
    Horizon,
    MeasureType,
    Review,
    Schedule,
)
from zhenggai.ledger.models import Finding, Inspection, Measure, Task
from zhenggai.ledger.states import Level
from zhenggai.parties.models import Organisation

WRITTEN = "据文件"
PERSONALLY = "领办"
STANDING = "长期坚持"

_MANY = 500
"""Rows from which on everything of the inspection is read instead of what belongs to a list of keys."""


class ListKind(Labelled):
    """清单: one of the three views."""

    PROBLEMS = "problems", "问题清单"
    TASKS = "tasks", "任务清单"
    DUTIES = "duties", "责任清单"


# --- which rows --------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Filters:
    """筛选: what of a list is wanted; an empty field wants everything."""

    schedule: str = ""
    completion: str = ""
    review: str = ""
    horizon: str = ""
    unit: int | None = None

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Filters":
        """Read filters from an address; what is no value of a field is left out."""
        said: dict[str, Any] = {}
        for name, known in KNOWN.items():
            if given.get(name, "") in {member.value for member in known}:
                said[name] = given[name]
        unit = given.get("unit", "")
        if unit.isascii() and unit.isdigit() and len(unit) < len(str(2**63)):
            said["unit"] = int(unit)
        return cls(**said)

    @property
    def chosen(self) -> dict[str, str]:
        """The fields that are set, as an address carries them."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: str(value) for name, value in values.items() if value}


KNOWN: dict[str, type[Labelled]] = {
    "schedule": Schedule,
    "completion": Completion,
    "review": Review,
    "horizon": Horizon,
}
"""Filters with a fixed set of values."""


def tasks_of(inspection: Inspection, by: Actor, filters: Filters | None = None) -> QuerySet[Task]:
    """The tasks of the inspection that a post may know of, with the columns by which the lists are ordered."""
    wanted = filters or Filters()
    rows = Task.objects.filter(
        withdrawn_at=None,
        finding__withdrawn_at=None,
        finding__in=visible_findings(by, inspection.findings.all()).values("pk"),
    )
    if wanted.completion:
        rows = rows.filter(completion=wanted.completion)
    if wanted.review:
        rows = rows.filter(finding__review=wanted.review)
    if wanted.horizon:
        rows = rows.filter(horizon=wanted.horizon)
    if wanted.schedule:
        near_days = queries.profile(inspection).near_days
        rows = rows.filter(queries.schedules(timezone.localdate(), near_days)[Schedule(wanted.schedule)])
    given = Assignment.objects.filter(task=OuterRef("pk"), ended_at=None)
    if wanted.unit:
        rows = rows.filter(Exists(given.filter(organisation=wanted.unit)))
    return _ordered(rows, given)


def _ordered(rows: QuerySet[Task], given: QuerySet[Assignment]) -> QuerySet[Task]:
    area, manifestation = Level.AREA.value, Level.MANIFESTATION.value
    leader = given.filter(role=AssignmentRole.LEAD_OFFICIAL.value).values("post__holder__name")[:1]
    lead = given.filter(role=AssignmentRole.LEAD_UNIT.value).values("organisation__name")[:1]
    text = CharField()
    return rows.select_related("finding__parent__parent", "indicator").annotate(
        assigned=Exists(given),
        problem_number=Case(
            When(
                finding__level=manifestation,
                finding__parent__isnull=False,
                then=F("finding__parent__number"),
            ),
            default=F("finding__number"),
        ),
        area_number=Case(
            When(finding__parent__level=area, then=F("finding__parent__number")),
            When(finding__parent__parent__level=area, then=F("finding__parent__parent__number")),
            When(
                finding__level=manifestation,
                finding__parent__isnull=False,
                then=F("finding__parent__number"),
            ),
            default=F("finding__number"),
        ),
        official_name=Case(
            When(assigned=True, then=Coalesce(Subquery(leader), Value(""), output_field=text)),
            default=F("lead_official"),
            output_field=text,
        ),
        unit_name=Case(
            When(assigned=True, then=Coalesce(Subquery(lead), Value(""), output_field=text)),
            default=F("lead_unit"),
            output_field=text,
        ),
        nobody=Case(When(official_name="", unit_name="", then=Value(1)), default=Value(0)),
    )


_TREE = ("area_number", "problem_number", "finding__number", "number")
ORDER = {
    ListKind.PROBLEMS: _TREE,
    ListKind.TASKS: _TREE,
    ListKind.DUTIES: ("nobody", "official_name", "unit_name", *_TREE),
}
"""List → the columns by which its rows stand one after another; tasks for which nobody answers come last."""


def after(rows: QuerySet[Task], kind: ListKind, key: int | None) -> QuerySet[Task]:
    """The rows of a list, in its order, that come after the task with this key; all of them if there is none. One statement more."""
    order = ORDER[kind]
    place = rows.filter(pk=key).values(*order).first() if key is not None else None
    if place is not None:
        later = Q(pk__in=[])
        for at, name in enumerate(order):
            same = {earlier: place[earlier] for earlier in order[:at]}
            later |= Q(**same, **{f"{name}__gt": place[name]})
        rows = rows.filter(later)
    return rows.order_by(*order)


def units_of(inspection: Inspection, by: Actor) -> QuerySet[Organisation]:
    """The units that answer for tasks in an inspection, as far as a post may know of them."""
    findings = visible_findings(by, inspection.findings.all())
    given = Assignment.objects.filter(finding__in=findings.values("pk"), ended_at=None)
    return Organisation.objects.filter(pk__in=given.values("organisation")).order_by("name")


def money_of(rows: QuerySet[Task]) -> tuple[Decimal, Decimal]:
    """问题金额 and 已整改金额 of these tasks, in 元. One statement."""
    sums = rows.order_by().aggregate(total=Sum("money_total"), done=Sum("money_done"))
    return sums["total"] or Decimal(0), sums["done"] or Decimal(0)


def numbers_of(inspection: Inspection, by: Actor) -> dict[str, int]:
    """The counts over a list. Five statements at most, and they add up."""
    found = visible_findings(by, inspection.findings.all())
    return queries.counts(found, timezone.localdate(), queries.profile(inspection).near_days)


# --- what a row says ---------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Cell:
    """格: a value with notes behind it (据文件、领办). ``term`` marks an official term; ``look`` names how the screen shows it."""

    value: str | Decimal | date | None = ""
    notes: tuple[str, ...] = ()
    term: bool = False
    look: str = ""

    @property
    def text(self) -> str:
        """The cell as one text."""
        if self.value is None or self.value == "":
            return ""
        value = f"{self.value:,f}" if isinstance(self.value, Decimal) else str(self.value)
        return value + "".join(f"（{note}）" for note in self.notes)

    @property
    def shown(self) -> str:
        """The value without its notes, a date as ISO has it."""
        return str(self.value)


@dataclass
class Line:
    """A row of every list: a task with all that belongs to it, and what of the tree above it may be shown."""

    task: Task
    finding: Finding
    area: str
    problem: Finding | None
    profile: Profile
    schedule: Schedule
    days: int
    written: bool
    measures: list[Measure] = field(default_factory=list)
    answers: dict[str, list[Assignment]] = field(default_factory=lambda: defaultdict(list))

    @property
    def number(self) -> str:
        """任务编号: the item's number and the task's own."""
        return f"{self.finding.number}.{self.task.number}"


def lines(inspection: Inspection, by: Actor, tasks: Sequence[Task]) -> list[Line]:
    """Build the rows of these tasks. Three statements."""
    today, profile = timezone.localdate(), queries.profile(inspection)
    above = set(shown_above(by, inspection.findings.all()).values_list("pk", flat=True))
    found = {task.pk: _line(task, profile, above, today) for task in tasks}
    few = {"task__in": list(found)} if len(found) <= _MANY else {"task__finding__inspection": inspection}
    for measure in Measure.objects.filter(**few, withdrawn_at=None).order_by("number"):
        if measure.task_id in found:
            found[measure.task_id].measures.append(measure)
    given = Assignment.objects.filter(**few, ended_at=None).select_related("post__holder", "organisation")
    for row in given.order_by("organisation__name", "pk"):
        if row.task_id in found:
            found[row.task_id].answers[row.role].append(row)
    return list(found.values())


def _line(task: Task, profile: Profile, above: set[int], today: date) -> Line:
    finding = task.finding
    parent = finding.parent if finding.parent_id in above else None
    grand = finding.parent.parent if finding.parent and finding.parent.parent_id in above else None
    area = next((each for each in (parent, grand) if each and each.level == Level.AREA.value), None)
    problem: Finding | None = finding
    if finding.level == Level.MANIFESTATION.value:
        problem = parent if parent and parent.level != Level.AREA.value else None
    schedule = queries.schedule(task, finding, profile.near_days, today)
    days = overdue_days(task.due_on, today) if task.due_on else 0
    written = not getattr(task, "assigned", False)
    return Line(task, finding, area.title if area else "", problem, profile, schedule, days, written)


def _problem_number(line: Line) -> Cell:
    return Cell(str(line.problem.number) if line.problem else "")


def _problem(line: Line) -> Cell:
    return Cell(line.problem.title if line.problem else "")


def _manifestation(line: Line) -> Cell:
    return Cell(line.finding.title if line.finding.level == Level.MANIFESTATION.value else "")


def _task(line: Line) -> Cell:
    return Cell(line.task.title)


def _measures(line: Line) -> Cell:
    said = []
    for measure in line.measures:
        kind = MeasureType(measure.type)
        named = f"【{kind.label}】" if kind is not MeasureType.OTHER else ""
        said.append(f"{measure.number}. {named}{measure.text}")
    return Cell("\n".join(said))


def _aim(task: Task) -> str:
    """The aim in words, and the figure by which it is measured."""
    if task.indicator is None or task.target_value is None:
        return task.target
    measured = f"{task.indicator.name} {task.target_value.normalize():f}{task.indicator.unit}"
    return f"{task.target}（{measured}）" if task.target else measured


def _horizon(line: Line) -> Cell:
    task = line.task
    notes = (STANDING,) if task.standing else ()
    if not task.horizon:
        return Cell(STANDING, term=True) if task.standing else Cell()
    return Cell(line.profile.horizons[Horizon(task.horizon)].label, notes, term=True)


def _due(line: Line) -> Cell:
    task = line.task
    if task.due_on is None:
        return Cell(task.due_wording, (WRITTEN,) if task.due_wording else ())
    return Cell(task.due_on, look="date")


def _first_due(line: Line) -> Cell:
    task = line.task
    if task.first_due_on is None or task.first_due_on == task.due_on:
        return Cell()
    return Cell(task.first_due_on, look="date")


def _completion(line: Line) -> Cell:
    completion = Completion(line.task.completion)
    return Cell(line.profile.completion[completion], term=True, look=completion.value)


def _review(line: Line) -> Cell:
    review = Review(line.finding.review)
    return Cell(review.label, term=True, look=f"review-{review.value}")


def _grade(line: Line) -> Cell:
    if not line.finding.grade:
        return Cell()
    return Cell(line.profile.grades[Grade(line.finding.grade)], term=True)


def _schedule(line: Line) -> Cell:
    notes = (f"{line.days} 天",) if line.schedule is Schedule.OVERDUE else ()
    return Cell(line.schedule.label, notes, term=True, look=line.schedule.value)


def _official(line: Line) -> Cell:
    if line.written:
        return Cell(line.task.lead_official, (WRITTEN,) if line.task.lead_official else ())
    for row in line.answers[AssignmentRole.LEAD_OFFICIAL.value]:
        post = row.post
        name = (post.holder.name if post.holder else post.title) if post else ""
        return Cell(name, (PERSONALLY,) if row.personally else ())
    return Cell()


def _lead(line: Line) -> Cell:
    return _units(line, AssignmentRole.LEAD_UNIT, [line.task.lead_unit] if line.task.lead_unit else [])


def _responsible(line: Line) -> Cell:
    return _units(line, AssignmentRole.RESPONSIBLE, line.task.responsible_units)


def _supporting(line: Line) -> Cell:
    return _units(line, AssignmentRole.SUPPORTING, line.task.supporting_units)


def _units(line: Line, role: AssignmentRole, written: Sequence[str]) -> Cell:
    if line.written:
        return Cell("、".join(written), (WRITTEN,) if written else ())
    names = [row.organisation.name for row in line.answers[role.value] if row.organisation]
    return Cell("、".join(names))


# --- the three lists -----------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Column:
    """A column of a list: its head, its width in characters, what stands in it, and whether equal cells are merged downwards."""

    label: str
    width: int
    cell: Callable[[Line], Cell]
    merged: bool = False


_NUMBER = Column("任务编号", 10, lambda line: Cell(line.number, look="number"))
_TASK = Column("整改任务", 30, _task)
_STATUS = (Column("完成情况", 10, _completion), Column("进度", 10, _schedule))

COLUMNS: dict[ListKind, tuple[Column, ...]] = {
    ListKind.PROBLEMS: (
        Column("方面", 12, lambda line: Cell(line.area), merged=True),
        Column("编号", 6, _problem_number, merged=True),
        Column("反馈问题", 28, _problem, merged=True),
        Column("具体表现", 20, _manifestation, merged=True),
        _NUMBER,
        _TASK,
        Column("原因分析", 20, lambda line: Cell(line.task.root_cause)),
        Column("整改时段", 10, _horizon),
        *_STATUS,
        Column("审核情况", 9, _review),
        Column("销号等次", 11, _grade),
    ),
    ListKind.TASKS: (
        _NUMBER,
        _TASK,
        Column("整改措施", 37, _measures),
        Column("整改目标", 18, lambda line: Cell(_aim(line.task))),
        Column("整改时段", 10, _horizon),
        Column("完成时限", 14, _due),
        Column("最初时限", 14, _first_due),
        *_STATUS,
        Column("问题金额（元）", 15, lambda line: Cell(line.task.money_total, look="amount")),
        Column("已整改金额（元）", 15, lambda line: Cell(line.task.money_done, look="amount")),
    ),
    ListKind.DUTIES: (
        Column("牵头领导", 12, _official, merged=True),
        Column("牵头单位", 18, _lead, merged=True),
        Column("责任单位", 22, _responsible, merged=True),
        Column("配合单位", 18, _supporting),
        _NUMBER,
        _TASK,
        Column("完成时限", 13, _due),
        *_STATUS,
        Column("审核情况", 9, _review),
    ),
}
"""List → its columns. Every list names the same tasks."""

TERMS = {
    WRITTEN,
    PERSONALLY,
    STANDING,
    *(kind.label for kind in ListKind),
    *(column.label for columns in COLUMNS.values() for column in columns),
}
"""What the screen shows in the reader's language."""


@dataclass(frozen=True)
class Placed:
    """A cell in its place: over how many rows it reaches; 0 where the one above reaches over it."""

    column: Column
    cell: Cell
    rows: int


def placed(kind: ListKind, rows: Sequence[Line]) -> list[list[Placed]]:
    """The cells of a list, with equal ones merged downwards as far as everything to their left is equal too."""
    columns = COLUMNS[kind]
    cells = [[column.cell(line) for column in columns] for line in rows]
    table = [[Placed(column, cell, 1) for column, cell in zip(columns, row, strict=True)] for row in cells]
    begun = [0] * len(columns)
    for number in range(1, len(rows)):
        equal = True
        for at, column in enumerate(columns):
            equal = equal and column.merged and cells[number][at] == cells[number - 1][at]
            if not equal:
                begun[at] = number
                continue
            first = table[begun[at]][at]
            table[begun[at]][at] = Placed(column, first.cell, first.rows + 1)
            table[number][at] = Placed(column, cells[number][at], 0)
    return table
