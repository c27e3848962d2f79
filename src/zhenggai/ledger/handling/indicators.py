"""台账指标: what the ledger counts for a bulletin, each by its rows, so that another can count them again.

1. Additive by construction: every item is in exactly one of the groups by review, every closed one in one of the grades.
2. The public reach (公开口径) looks at nothing but public items and what hangs on them. No figure of it depends on how many items are
   withheld, so that none can be found out by subtraction.
3. As many statements for a thousand items as for one.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import NamedTuple

from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce

from zhenggai.indicators.computing import Computed, Definition
from zhenggai.indicators.states import Direction, FigureKind, Reach
from zhenggai.ledger.handling.models import Assignment, Evidence, StandingCheck, Waiver
from zhenggai.ledger.handling.states import (
    AssignmentRole,
    Classification,
    Completion,
    EvidenceState,
    Grade,
    Horizon,
    RequestState,
    Review,
)
from zhenggai.ledger.models import Inspection, Measure, PolicyDocument, Proposal, Task
from zhenggai.ledger.states import RESULTS, TAKEN, Kind, Level, PolicyRole, ProposalState

_COUNT, _MONEY = FigureKind.COUNT.value, FigureKind.MONEY.value
_UP, _DOWN = Direction.UP.value, Direction.DOWN.value
_NOW = "时点"
_ITEMS = "已撤回的问题；方面只是归类，不计入"
_OF_ITEMS = "已撤回的问题及其任务"
_ROLES = [role.value for role in RESULTS]


def _one(
    code: str, name: str, unit: str, numerator: str, exclusions: str, direction: str = "", kind: str = _COUNT
) -> Definition:
    return Definition(
        f"ledger.{code}", name, unit, kind, direction, numerator, "", exclusions, period_kind=_NOW
    )


DEFINITIONS = (
    _one("items", "反馈问题", "个", "列入台账的问题和具体表现，逐一编号、逐一销号的事项", _ITEMS),
    _one("areas", "方面", "个", "下有在册问题的方面", "没有在册问题的方面"),
    _one("tasks", "整改任务", "项", "在册问题下的整改任务", "已撤回、并入其他任务的任务"),
    _one("measures", "整改措施", "条", "在册整改任务下的整改措施", "已撤回的措施，已撤回任务下的措施"),
    _one("closed", "销号问题", "个", "经审核链逐级审核、准予销号的问题，含三种等次", "销号后复发、正在新一轮整改的问题", _UP),
    _one("done", "已完成整改问题", "个", "以“完成整改”等次销号的问题", "取得阶段性成效的问题，不再整改的问题", _UP),
    _one("phased", "取得阶段性成效并长期坚持问题", "个", "以“取得阶段性成效并长期坚持”等次销号的问题", "以其他等次销号的问题"),
    _one("infeasible", "不再整改问题", "个", "以“因客观原因不再整改”等次销号的问题", "以其他等次销号的问题"),
    _one("reviewing", "审核中问题", "个", "已申请销号、审核链尚未走完的问题", "被退回、撤回申请的问题"),
    _one("returned", "退回问题", "个", "销号申请被退回、尚未重新申请的问题", "退回后已重新申请的问题", _DOWN),
    _one("unapplied", "未申请销号问题", "个", "本轮整改尚未申请销号的问题", "已申请、被退回和已销号的问题", _DOWN),
    _one("overdue", "超期任务", "项", "完成时限已过、尚未完成、所属问题尚未销号的整改任务；时限当天不算超期", "未定时限的任务", _DOWN),
    _one("immediate", "立行立改任务", "项", "整改时段为立行立改的整改任务", "已撤回、并入其他任务的任务"),
    _one("results", "制度成果", "项", "整改中新制定和修订的制度文件，同名文件计一项", "引用的上级文件、已有文件、整改方案、协议", _UP),
    _one("results_new", "新制定制度", "项", "制度成果中新制定的", "修订的制度", _UP),
    _one("results_revised", "修订制度", "项", "制度成果中修订的", "新制定的制度", _UP),
    _one("units", "责任单位", "个", "在册整改任务现任的责任单位，同一单位计一次", "只任牵头单位、配合单位的单位"),
    _one("evidence", "采信佐证材料", "份", "在册问题各轮整改中审核采信的佐证材料", "待审、不采信、已换新版、已撤下的材料"),
    _one("money_total", "问题金额", "元", "在册整改任务登记的问题金额之和", "未登记金额的任务", "", _MONEY),
    _one("money_done", "已整改金额", "元", "责任单位主要负责人签发的已整改金额之和，含挽回、退缴、追缴", "未签发的填报", _UP, _MONEY),
    _one("waivers", "豁免", "项", "本轮整改中已批准且在有效期内的豁免", "待批、不批准、过期和以前轮次的豁免", _DOWN),
    _one("returns", "退回", "次", "在册问题销号申请被退回的次数之和", "申请单位自行撤回、因内容变动失效的申请", _DOWN),
    _one("relapses", "复发问题", "个", "销号后登记复发、另立新一轮整改的问题", "未曾复发的问题", _DOWN),
    _one("checks", "回头看复查", "次", "对取得阶段性成效并长期坚持的问题按期复查的次数", _OF_ITEMS, _UP),
)  # fmt: skip
"""Every indicator of the ledger. 反馈问题 = 销号 + 审核中 + 退回 + 未申请; 销号 = 已完成 + 阶段性成效 + 不再整改; 制度成果 = 新制定 + 修订."""


class _Item(NamedTuple):
    pk: int
    level: str
    parent: int | None
    classification: str
    review: str
    grade: str
    cycle: int
    returns: int
    withdrawn_at: datetime | None


class _Task(NamedTuple):
    pk: int
    finding: int
    completion: str
    due_on: date | None
    horizon: str
    money_total: Decimal | None
    money_done: Decimal | None


def compute(scope: str, reach: Reach, today: date) -> Mapping[str, Computed]:
    """Every figure of ``DEFINITIONS`` for an inspection, by code; empty for one that there is not. Ten statements, eleven for the public reach."""
    inspection = Inspection.objects.filter(code=scope).first()
    if inspection is None:
        return {}
    public = reach is Reach.PUBLIC
    names = ("pk", "level", "parent", "classification", "review", "grade", "cycle", "returns", "withdrawn_at")
    rows = [_Item(*row) for row in inspection.findings.values_list(*names)]
    items = [row for row in rows if _is_item(row) and (not public or _is_public(row))]
    counted = {item.pk: item for item in items}
    keys: dict[str, Iterable[int]] = {
        "items": counted,
        "areas": _areas(rows, items, public=public),
        **_by_review(items),
        "relapses": [item.pk for item in items if item.cycle > 1],
        **_beside(inspection, counted, today, public=public),
        **_results(inspection, rows, public=public),
    }
    found = {code: _counted(pks) for code, pks in keys.items()}
    tasks = _tasks(inspection, counted)
    found |= _by_task(tasks, counted, today)
    returned = {item.pk: Decimal(item.returns) for item in items if item.returns}
    found["returns"] = _summed(returned)
    return {definition.code: found[definition.code.removeprefix("ledger.")] for definition in DEFINITIONS}


def _is_item(row: _Item) -> bool:
    return row.level != Level.AREA.value and row.withdrawn_at is None


def _is_public(item: _Item) -> bool:
    return item.classification == Classification.PUBLIC.value


def _counted(keys: Iterable[int]) -> Computed:
    chosen = sorted(keys)
    return Computed(Decimal(len(chosen)), len(chosen), _digest(chosen))


def _summed(values: Mapping[int, Decimal]) -> Computed:
    return Computed(sum(values.values(), Decimal(0)), len(values), _digest(sorted(values)))


def _digest(keys: Sequence[int]) -> str:
    """SHA-256 over the sorted keys, in decimal, parted by line feeds."""
    return hashlib.sha256("\n".join(map(str, keys)).encode()).hexdigest()


def _areas(rows: Sequence[_Item], items: Sequence[_Item], *, public: bool) -> set[int]:
    """The areas above the items that count; for the public none that is itself sensitive."""
    by_key = {row.pk: row for row in rows if row.withdrawn_at is None}
    found = set()
    for item in items:
        above = by_key.get(item.parent or 0)
        while above is not None and above.level != Level.AREA.value:
            above = by_key.get(above.parent or 0)
        if above is not None and not (public and above.classification == Classification.SENSITIVE.value):
            found.add(above.pk)
    return found


def _by_review(items: Sequence[_Item]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = defaultdict(list)
    for item in items:
        groups[item.review].append(item.pk)
        groups[f"grade {item.grade}"].append(item.pk)
    return {
        "closed": groups[Review.CLOSED.value],
        "reviewing": groups[Review.STEP.value],
        "returned": groups[Review.RETURNED.value],
        "unapplied": groups[Review.NONE.value],
        **{grade.value: groups[f"grade {grade.value}"] for grade in Grade},
    }


def _tasks(inspection: Inspection, counted: Mapping[int, _Item]) -> list[_Task]:
    rows = Task.objects.filter(finding__inspection=inspection, withdrawn_at=None).values_list(
        "pk", "finding", "completion", "due_on", "horizon", "money_total", "money_done"
    )
    return [task for task in (_Task(*row) for row in rows) if task.finding in counted]


def _by_task(tasks: Sequence[_Task], counted: Mapping[int, _Item], today: date) -> dict[str, Computed]:
    overdue = [
        task.pk
        for task in tasks
        if task.due_on is not None
        and task.due_on < today
        and task.completion != Completion.DONE.value
        and counted[task.finding].review != Review.CLOSED.value
    ]
    return {
        "tasks": _counted(task.pk for task in tasks),
        "overdue": _counted(overdue),
        "immediate": _counted(task.pk for task in tasks if task.horizon == Horizon.IMMEDIATE.value),
        "money_total": _summed({task.pk: task.money_total for task in tasks if task.money_total}),
        "money_done": _summed({task.pk: task.money_done for task in tasks if task.money_done}),
    }


def _beside(
    inspection: Inspection, counted: Mapping[int, _Item], today: date, *, public: bool
) -> dict[str, list[int]]:
    """Keys of what hangs on the items that count."""
    live = {"finding__inspection": inspection}
    measures = Measure.objects.filter(
        task__finding__inspection=inspection, withdrawn_at=None, task__withdrawn_at=None
    )
    evidence = Evidence.objects.filter(**live, state=EvidenceState.ACCEPTED.value)
    if public:
        evidence = evidence.exclude(classification=Classification.SENSITIVE.value)
    units = Assignment.objects.filter(
        **live, role=AssignmentRole.RESPONSIBLE.value, ended_at=None, task__withdrawn_at=None
    )
    waivers = Waiver.objects.filter(**live, state=RequestState.APPROVED.value, expires_on__gte=today)
    return {
        "measures": _of(measures.values_list("pk", "task__finding"), counted),
        "evidence": _of(evidence.values_list("pk", "finding"), counted),
        "units": sorted(set(_of(units.values_list("organisation", "finding"), counted))),
        "waivers": [
            pk
            for pk, finding, cycle in waivers.values_list("pk", "finding", "cycle")
            if finding in counted and counted[finding].cycle == cycle
        ],
        "checks": _of(StandingCheck.objects.filter(**live).values_list("pk", "finding"), counted),
    }


def _of(pairs: Iterable[tuple[int | None, int]], counted: Mapping[int, _Item]) -> list[int]:
    return [pk for pk, finding in pairs if pk is not None and finding in counted]


def _results(inspection: Inspection, rows: Sequence[_Item], *, public: bool) -> dict[str, list[int]]:
    """The results (制度成果) by their part; for the public only what documents say of them outside items that are withheld."""
    documents = PolicyDocument.objects.filter(inspection=inspection, role__in=_ROLES, withdrawn_at=None)
    roles = dict(documents.values_list("pk", "role"))
    if public:
        withheld = {row.pk for row in rows if not _is_public(row) and row.level != Level.AREA.value}
        said = _said_openly(inspection, withheld)
        roles = {
            pk: role if role in said.get(pk, ()) else min(said[pk])
            for pk, role in roles.items()
            if said.get(pk)
        }
    return {
        "results": list(roles),
        "results_new": [pk for pk, role in roles.items() if role == PolicyRole.NEW.value],
        "results_revised": [pk for pk, role in roles.items() if role == PolicyRole.REVISED.value],
    }


def _said_openly(inspection: Inspection, withheld: set[int]) -> dict[int, set[str]]:
    """As which result each document is named outside the items that are withheld, by its key. One statement.

    A mention counts as within an item by its place in the text, as :func:`zhenggai.ledger.handling.standing.visible_of_documents` has it.
    """
    states = [*(state.value for state in TAKEN), ProposalState.SUPERSEDED.value]
    named = Proposal.objects.filter(
        reading__inspection=inspection,
        kind__in=[Kind.CITATION.value, Kind.FINDING.value],
        target_id__isnull=False,
        span_start__isnull=False,
    ).annotate(role=Coalesce(KT("corrected__role"), KT("payload__role")))
    closed: dict[int, list[tuple[int, int]]] = defaultdict(list)
    mentions = []
    for kind, reading, target, start, end, state, role in named.values_list(
        "kind", "reading_id", "target_id", "span_start", "span_end", "state", "role"
    ):
        if target is None or start is None or end is None:
            continue  # the filter above leaves none; the columns' types do not say so
        if kind == Kind.CITATION.value:
            if state in states and role in _ROLES:
                mentions.append((reading, target, start, role))
        elif target in withheld:
            closed[reading].append((start, end))
    found: dict[int, set[str]] = defaultdict(set)
    for reading, target, place, role in mentions:
        if not any(start <= place < end for start, end in closed[reading]):
            found[target].add(role)
    return found
