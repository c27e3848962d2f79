"""Acts on responsibility and plans: who answers in an inspection and for a task, what is to be done and by when. The three lists are views of these rows."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from zhenggai.indicators.actions import define
from zhenggai.indicators.models import Indicator
from zhenggai.indicators.queries import indicators_named
from zhenggai.indicators.rules import kind_of_unit
from zhenggai.journal.acts import Actor, act, actor_name, moment, record
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import Change, changed, created
from zhenggai.ledger.actions.parts import acting, check_live, opened, voided
from zhenggai.ledger.handling import queries, rules
from zhenggai.ledger.handling.models import Assignment, Participant
from zhenggai.ledger.handling.profiles import profile_of
from zhenggai.ledger.handling.standing import capacities
from zhenggai.ledger.handling.states import (
    GROUP,
    AssignmentRole,
    Classification,
    Horizon,
    MeasureType,
    ParticipantRole,
)
from zhenggai.ledger.models import Finding, Inspection, Measure, Task
from zhenggai.ledger.states import MeasureState
from zhenggai.parties.models import Organisation, Post
from zhenggai.parties.permissions import check
from zhenggai.parties.states import Capacity, OrganisationLevel, Role

# --- an inspection as a whole ----------------------------------------------------------------------------------------------------------


@act("inspection.profile", "选定办理方案")
def choose_profile(*, inspection: Inspection, profile: str, by: Actor) -> Inspection:
    """Choose by which profile an inspection's items are handled; applications under review keep the chain they began with."""
    check(by, "inspection.profile")
    profile_of(profile)
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    before = snapshot(inspection)
    inspection.profile = profile
    inspection.save(update_fields=["profile"])
    record(subject=inspection, changes=[changed(inspection, before)])
    return inspection


@act("inspection.appoint", "明确检查角色")
def appoint(
    *,
    inspection: Inspection,
    role: ParticipantRole,
    post: Post | None = None,
    organisation: Organisation | None = None,
    by: Actor,
) -> Participant:
    """Give a post a part in the leading group, or a unit the part of task force or supervising body. WrongContent if that does not fit."""
    check(by, "inspection.appoint")
    if role in GROUP:
        _check_official(post, role.label)
        organisation = None
    else:
        post, organisation = None, _unit(organisation, role.label)
    known = Participant.objects.filter(
        inspection=inspection, role=role.value, post=post, organisation=organisation, ended_at=None
    )
    if known.exists():
        raise rules.WrongContent(f"该{role.label}已经明确，不必重复。", field="role")
    row = Participant.objects.create(
        inspection=inspection, role=role.value, post=post, organisation=organisation
    )
    record(subject=row, changes=[created(row)])
    return row


@act("inspection.dismiss", "取消检查角色")
def dismiss(*, participant: Participant, reason: str, by: Actor) -> None:
    """End a part in an inspection; it stays on record."""
    check(by, "inspection.dismiss")
    reason = rules.check_reason(reason, "取消检查角色")
    row = Participant.objects.select_for_update().get(pk=participant.pk)
    if row.ended_at is not None:
        raise rules.HandlingRefused("该角色已经取消，不必重复。")
    record(subject=row, changes=[_ended(row)], reason=reason)


@act("finding.classify", "确定公开属性")
def classify(*, finding: Finding, classification: Classification, reason: str, by: Actor) -> Finding:
    """Say who may see an item: 公开, 内部 or 敏感."""
    check(by, "finding.classify")
    reason = rules.check_reason(reason, "改变公开属性")
    finding = queries.locked_finding(finding.pk)
    before = snapshot(finding)
    finding.classification = classification.value
    finding.save(update_fields=["classification"])
    record(subject=finding, changes=[changed(finding, before)], reason=reason)
    return finding


# --- a task ----------------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Answers:
    """责任分工 of a task: one lead official (a post) and one lead unit, any number of responsible and supporting units."""

    lead_official: Post | None = None
    lead_unit: Organisation | None = None
    responsible: Sequence[Organisation] = ()
    supporting: Sequence[Organisation] = ()

    def rows(self) -> list[tuple[AssignmentRole, Post | None, Organisation | None]]:
        """Each answer once, as role, post and unit; WrongContent if a unit cannot answer so."""
        _check_official(self.lead_official, AssignmentRole.LEAD_OFFICIAL.label, required=False)
        wanted: list[tuple[AssignmentRole, Post | None, Organisation | None]] = []
        if self.lead_official:
            wanted.append((AssignmentRole.LEAD_OFFICIAL, self.lead_official, None))
        if self.lead_unit:
            wanted.append((AssignmentRole.LEAD_UNIT, None, _unit(self.lead_unit, "牵头单位")))
        for role, units in (
            (AssignmentRole.RESPONSIBLE, self.responsible),
            (AssignmentRole.SUPPORTING, self.supporting),
        ):
            distinct = {unit.pk: unit for unit in units}.values()
            wanted += [(role, None, _unit(unit, role.label)) for unit in distinct]
        if not any(unit for _, _, unit in wanted):
            raise rules.WrongContent("至少要明确一个牵头单位或责任单位。", field="lead_unit")
        carrying = {unit.pk for role, _, unit in wanted if unit and role is not AssignmentRole.SUPPORTING}
        for role, _, unit in wanted:
            if role is AssignmentRole.SUPPORTING and unit and unit.pk in carrying:
                raise rules.WrongContent(
                    f"“{unit.name}”已是牵头或责任单位，不必再列为配合单位。", field="supporting"
                )
        return wanted


@act("task.assign", "落实责任")
def assign(*, task: Task, answers: Answers, reason: str = "", by: Actor) -> Task:
    """Say who answers for a task. Where somebody else did before, a reason is needed; who leaves stays on record with the end of his part."""
    check(by, "task.assign")
    task = queries.locked_task(task.pk)
    check_live(task)
    rules.check_open(task.finding.review, task.finding.number)
    standing = {
        (row.role, row.post_id, row.organisation_id): row
        for row in Assignment.objects.select_for_update().filter(task=task, ended_at=None)
    }
    wanted = {
        (role.value, post.pk if post else None, unit.pk if unit else None)
        for role, post, unit in answers.rows()
    }
    gone = [row for key, row in standing.items() if key not in wanted]
    reason = rules.check_reason(reason, "调整责任分工") if gone else rules.plain_text(reason)
    changes: list[Change] = [_ended(row) for row in gone]
    fresh = [
        Assignment(task=task, finding=task.finding, role=role, post_id=post, organisation_id=unit)
        for role, post, unit in sorted(wanted - set(standing), key=str)
    ]
    changes += [created(row) for row in Assignment.objects.bulk_create(fresh)]
    if not changes:
        raise rules.WrongContent("责任分工没有变化，不必重复办理。", field="lead_unit")
    record(subject=task, changes=[*changes, *voided(task.finding)], reason=reason)
    return task


@act("task.lead", "领办")
def lead_personally(*, task: Task, by: Actor) -> Task:
    """牵头领导 takes a task on himself (领办)."""
    task, _ = opened(task.pk, "task.lead", by, live=True)
    post, _ = acting(by)
    row = Assignment.objects.select_for_update().get(
        task=task, role=AssignmentRole.LEAD_OFFICIAL.value, post=post, ended_at=None
    )
    if row.personally:
        raise rules.HandlingRefused("该任务已经由您领办，不必重复。")
    before = snapshot(row)
    row.personally = True
    row.save(update_fields=["personally"])
    record(subject=task, changes=[changed(row, before)])
    return task


@dataclass(frozen=True)
class Plan:
    """整改方案 of a task: why the problem arose, what is to be reached, in which time, and how much money is concerned (in 元).

    The aim is given in words (``target``) and, if it can be measured, as an indicator with its unit and the value to be reached.
    """

    title: str
    root_cause: str = ""
    target: str = ""
    indicator: str = ""
    unit: str = ""
    target_value: Decimal | None = None
    horizon: Horizon | None = None
    due_on: date | None = None
    due_wording: str = ""
    standing: bool = False
    money_total: Decimal | None = None


@act("task.plan", "制定任务")
def plan(*, task: Task, plan: Plan, reason: str = "", by: Actor) -> Task:
    """Plan a task. A time limit is set here once; afterwards it moves by an extension only.

    Where none is given, the time class says it: so many months from the feedback, as the profile has it.
    """
    task = queries.locked_task(task.pk)
    held = capacities(by, task.finding)
    check(by, "task.plan", held)
    check_live(task)
    rules.check_open(task.finding.review, task.finding.number)
    values = _planned(plan)
    values["due_on"] = plan.due_on or task.due_on or _due_by_class(task.finding.inspection, plan.horizon)
    values["indicator"] = _indicator(plan, by, held)
    if task.due_on is not None and values["due_on"] != task.due_on:
        raise rules.WrongContent(
            f"完成时限已定为 {task.due_on}，不能直接改动；确需推迟，请申请延期。", field="due_on"
        )
    rules.check_money(values["money_total"], task.money_done)
    before = snapshot(task)
    for name, value in values.items():
        setattr(task, name, value)
    task.first_due_on = task.first_due_on or task.due_on
    if snapshot(task) == before:
        raise rules.WrongContent("任务内容没有变化，不必重复办理。", field="title")
    task.save(update_fields=[*values, "first_due_on"])
    record(
        subject=task,
        changes=[changed(task, before), *voided(task.finding)],
        reason=rules.plain_text(reason, most=500, field="reason", label="理由"),
    )
    return task


def _indicator(plan: Plan, by: Actor, held: frozenset[Capacity]) -> Indicator | None:
    """The indicator by which an aim is measured, registered if need be."""
    name = rules.plain_text(plan.indicator, most=200, field="indicator", label="目标指标")
    unit = rules.plain_text(plan.unit, most=32, field="unit", label="计量单位")
    if bool(name) is not (plan.target_value is not None):
        raise rules.WrongContent("目标指标和目标值须同时填写，或都不填。", field="indicator")
    if not name:
        return None
    key = (name, unit, kind_of_unit(unit).value, "")
    return indicators_named([key]).get(key) or define(name=key, by=by, capacities=held)


def _due_by_class(inspection: Inspection, horizon: Horizon | None) -> date | None:
    if horizon is None or inspection.feedback_on is None:
        return None
    return rules.due_from(queries.profile(inspection), horizon, inspection.feedback_on)


def _planned(plan: Plan) -> dict[str, Any]:
    title = rules.plain_text(plan.title, most=2000, field="title", label="任务")
    if not title:
        raise rules.WrongContent("“任务”不能为空，请补充后再提交。", field="title")
    return {
        "title": title,
        "root_cause": rules.plain_text(plan.root_cause, most=5000, field="root_cause", label="原因分析"),
        "target": rules.plain_text(plan.target, most=2000, field="target", label="整改目标"),
        "target_value": plan.target_value,
        "horizon": plan.horizon.value if plan.horizon else "",
        "due_on": plan.due_on,
        "due_wording": rules.plain_text(plan.due_wording, most=100, field="due_wording", label="时限原文"),
        "standing": plan.standing,
        "money_total": plan.money_total,
    }


@dataclass(frozen=True)
class Part:
    """A part into which a task is split: its title and the measures that go with it, by key."""

    title: str
    measures: Sequence[int] = field(default_factory=tuple)


@act("task.split", "拆分任务")
def split(*, task: Task, parts: Sequence[Part], reason: str, by: Actor) -> list[Task]:
    """Split a task: the first part stays the task, each further one becomes a task of the same problem with the same answers and time limit."""
    check(by, "task.split")
    reason = rules.check_reason(reason, "拆分任务")
    task = queries.locked_task(task.pk)
    check_live(task)
    rules.check_open(task.finding.review, task.finding.number)
    measures = {m.pk: m for m in Measure.objects.select_for_update().filter(task=task, withdrawn_at=None)}
    rules.check_split([part.measures for part in parts], measures)
    titles = [rules.plain_text(part.title, most=2000, field="parts", label="任务") for part in parts]
    if not all(titles):
        raise rules.WrongContent("拆分后的每项任务都要有名称。", field="parts")
    before = snapshot(task)
    task.title = titles[0]
    task.save(update_fields=["title"])
    changes: list[Change] = [changed(task, before)]
    made = [task]
    number = _last_number(task.finding)
    answers = list(Assignment.objects.filter(task=task, ended_at=None))
    for part, title in zip(parts[1:], titles[1:], strict=True):
        number += 1
        fresh = _copy_of(task, number=number, title=title)
        fresh.save()
        made.append(fresh)
        changes.append(created(fresh))
        changes += _answers_copied(answers, fresh)
        changes += _moved([measures[key] for key in part.measures], fresh)
    record(subject=task, changes=[*changes, *voided(task.finding)], reason=reason)
    return made


@act("task.merge", "合并任务")
def merge(*, task: Task, into: Task, reason: str, by: Actor) -> Task:
    """Merge a task into another of the same problem: its measures move there; the task stays on record, taken back."""
    check(by, "task.merge")
    reason = rules.check_reason(reason, "合并任务")
    task, into = queries.locked_task(task.pk), queries.locked_task(into.pk)
    for each in (task, into):
        check_live(each)
    rules.check_open(task.finding.review, task.finding.number)
    if task.pk == into.pk or task.finding_id != into.finding_id:
        raise rules.WrongContent("只能并入同一问题下的另一项任务，请重新选择。", field="into")
    before = snapshot(task)
    task.merged_into, task.withdrawn_at, task.withdrawn_by = into, moment(), actor_name()
    task.save(update_fields=["merged_into", "withdrawn_at", "withdrawn_by"])
    moving = list(Measure.objects.select_for_update().filter(task=task, withdrawn_at=None).order_by("number"))
    changes: list[Change] = [changed(task, before), *_moved(moving, into)]
    answers = Assignment.objects.select_for_update().filter(task=task, ended_at=None)
    changes += [_ended(row) for row in answers]
    record(subject=task, changes=[*changes, *voided(task.finding)], reason=reason)
    return into


# --- measures --------------------------------------------------------------------------------------------------------------------------


@act("measure.add", "增加措施")
def add_measure(*, task: Task, text: str, type: MeasureType, by: Actor) -> Measure:  # noqa: A002  # 措施类型
    """Add a measure to a task."""
    task, _ = opened(task.pk, "measure.add", by, live=True)
    text = _measure_text(text)
    row = Measure.objects.create(
        task=task,
        number=(Measure.objects.filter(task=task).count() + 1),
        text=text,
        type=type.value,
        state=MeasureState.PLANNED.value,
    )
    record(subject=row, changes=[created(row), *voided(task.finding)])
    return row


@act("measure.change", "修改措施")
def change_measure(*, measure: Measure, text: str, type: MeasureType, reason: str, by: Actor) -> Measure:  # noqa: A002  # 措施类型
    """Change what a measure says or its type."""
    task, _ = opened(measure.task_id, "measure.change", by)
    reason = rules.check_reason(reason, "修改措施")
    row = Measure.objects.select_for_update().get(pk=measure.pk)
    if row.withdrawn_at is not None:
        raise rules.HandlingRefused(f"措施 {row.number} 已撤回，不能再修改。")
    before = snapshot(row)
    row.text, row.type = _measure_text(text), type.value
    if snapshot(row) == before:
        raise rules.WrongContent("措施没有变化，不必重复办理。", field="text")
    row.save(update_fields=["text", "type"])
    record(subject=row, changes=[changed(row, before), *voided(task.finding)], reason=reason)
    return row


# --- parts -----------------------------------------------------------------------------------------------------------------------------


def _measure_text(text: str) -> str:
    cleaned = rules.plain_text(text, most=20_000, field="text", label="措施")
    if not cleaned:
        raise rules.WrongContent("“措施”不能为空，请补充后再提交。", field="text")
    return cleaned


def _check_official(post: Post | None, what: str, *, required: bool = True) -> None:
    if post is None:
        if required:
            raise rules.WrongContent(f"请选择担任{what}的岗位。", field="post")
        return
    if post.role != Role.OFFICIAL.value:
        raise rules.WrongContent(f"{what}须是“{Role.OFFICIAL.label}”岗位，“{post.title}”不是。", field="post")


def _unit(organisation: Organisation | None, what: str) -> Organisation:
    if organisation is None:
        raise rules.WrongContent(f"请选择{what}。", field="organisation")
    if organisation.level == OrganisationLevel.SECTION.value:
        raise rules.WrongContent(
            f"“{organisation.name}”是科室，{what}须是单位，请选择其所属单位。", field="organisation"
        )
    return organisation


def _ended(row: Assignment | Participant) -> Change:
    before = snapshot(row)
    row.ended_at, row.ended_by = moment(), actor_name()
    row.save(update_fields=["ended_at", "ended_by"])
    return changed(row, before)


def _last_number(finding: Finding) -> int:
    numbers = Task.objects.filter(finding=finding).order_by("-number").values_list("number", flat=True)
    return numbers.first() or 0


_SHARED = (
    "finding_id", "lead_official", "lead_unit", "responsible_units", "supporting_units", "due_wording", "due_on", "first_due_on",
    "standing", "horizon", "root_cause", "target",
)  # fmt: skip
"""What a part of a split task takes over; money and completion stay with the first part, so that nothing counts twice."""


def _copy_of(task: Task, **own: Any) -> Task:
    return Task(**{name: getattr(task, name) for name in _SHARED}, **own)


def _answers_copied(answers: Sequence[Assignment], task: Task) -> list[Change]:
    rows = [
        Assignment(
            task=task,
            finding_id=task.finding_id,
            role=row.role,
            post_id=row.post_id,
            organisation_id=row.organisation_id,
            personally=row.personally,
        )
        for row in answers
    ]
    return [created(row) for row in Assignment.objects.bulk_create(rows)]


def _moved(measures: Sequence[Measure], task: Task) -> list[Change]:
    """Move measures to another task, at its end; their evidence goes with them."""
    changes: list[Change] = []
    number = Measure.objects.filter(task=task).count()
    for row in measures:
        before = snapshot(row)
        number += 1
        row.task, row.number = task, number
        row.save(update_fields=["task", "number"])
        changes.append(changed(row, before))
        for piece in row.evidence.select_for_update():
            was = snapshot(piece)
            piece.task = task
            piece.save(update_fields=["task"])
            changes.append(changed(piece, was))
    return changes
