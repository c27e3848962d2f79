"""The ledger as tables: the sheets of a workbook, of which the first is also the CSV."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhenggai.evidence.models import Sourced
from zhenggai.exchange.contents import Contents, FindingEntry
from zhenggai.indicators.models import Observation
from zhenggai.indicators.states import Change, FigureKind
from zhenggai.ledger.models import Measure, Task
from zhenggai.ledger.states import Level, MeasureState, PolicyRole, Progress

Cell = str | int | Decimal | date | None


@dataclass(frozen=True)
class Table:
    """One sheet: its name, the columns with their width in characters, and its rows."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: Callable[[Contents], Iterator[Sequence[Cell]]]


def place(row: Sourced) -> tuple[str, str]:
    """Name of the source document and the place in it, in characters of its text."""
    if row.document is None:
        return "", ""
    return row.document.name, f"{row.span_start}–{row.span_end}"


def _ledger_rows(contents: Contents) -> Iterator[Sequence[Cell]]:
    """One row for each measure, or for a finding's task without any."""
    for entry in contents.findings:
        if entry.finding.level != Level.AREA.value:
            for task, measures in entry.tasks:
                rows: Sequence[Measure | None] = measures or [None]
                for measure in rows:
                    yield _ledger_row(contents, entry, task, measure)


def _ledger_row(
    contents: Contents, entry: FindingEntry, task: Task, measure: Measure | None
) -> Sequence[Cell]:
    finding = entry.finding
    return (
        finding.number,
        contents.area_of(entry),
        finding.title,
        entry.path,
        finding.status_written or Progress(finding.progress).label,
        task.title,
        task.lead_official,
        task.lead_unit,
        "、".join(task.responsible_units),
        "、".join(task.supporting_units),
        task.due_wording,
        task.due_on,
        "是" if task.standing else "",
        measure.number if measure else None,
        measure.text if measure else "",
        MeasureState(measure.state).label if measure else "",
        *place(measure or finding),
    )


def _figure_rows(contents: Contents) -> Iterator[Sequence[Cell]]:
    for row in contents.figures:
        yield (
            row.indicator.name,
            row.value.normalize(),
            row.value_max.normalize() if row.value_max is not None else None,
            row.indicator.unit,
            FigureKind(row.indicator.kind).label,
            Change(row.indicator.change).label,
            row.qualifier,
            row.period,
            applies_to(row),
            row.written,
            *place(row),
        )


def applies_to(row: Observation) -> str:
    """What a figure applies to, in one line."""
    return "、".join(row.applies_to)


def _document_rows(contents: Contents) -> Iterator[Sequence[Cell]]:
    for row in contents.documents:
        yield row.title, PolicyRole(row.role).label, row.verb, *place(row)


def _claim_rows(contents: Contents) -> Iterator[Sequence[Cell]]:
    for row in contents.claims:
        number = row.finding.number if row.finding else None
        yield number, Progress(row.progress).label, row.text, *place(row)


def _organisation_rows(contents: Contents) -> Iterator[Sequence[Cell]]:
    for row in contents.organisations:
        yield (row.name,)


_PLACE = (("来源文件", 24), ("位置（字）", 14))

TABLES = (
    Table(
        "台账",
        (
            ("编号", 6), ("方面", 24), ("反馈问题", 40), ("原文序号", 10), ("文件所述状态", 14), ("整改任务", 40),
            ("牵头领导", 12), ("牵头单位", 16), ("责任单位", 20), ("配合单位", 20), ("时限原文", 18), ("完成时限", 12),
            ("长期坚持", 8), ("措施序号", 8), ("整改措施", 60), ("措施状态", 12), *_PLACE,
        ),
        _ledger_rows,
    ),
    Table(
        "数字",
        (
            ("名称", 30), ("数值", 14), ("上限", 10), ("单位", 8), ("类别", 8), ("增减", 6), ("限定词", 8), ("时期", 16),
            ("适用对象", 24), ("原文写法", 14), *_PLACE,
        ),
        _figure_rows,
    ),
    Table("制度文件", (("名称", 60), ("性质", 10), ("动词", 10), *_PLACE), _document_rows),
    Table("整改情况陈述", (("问题编号", 8), ("所述进展", 16), ("原文", 60), *_PLACE), _claim_rows),
    Table("单位", (("名称", 40),), _organisation_rows),
)  # fmt: skip
"""Every sheet, in the order of the workbook."""
