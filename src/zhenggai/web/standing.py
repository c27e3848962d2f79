"""台账: one inspection as it stands, section by section; what was withdrawn stays visible and says so."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from django.db.models import Model
from django.urls import reverse

from zhenggai.indicators.queries import current_observations
from zhenggai.ledger.models import Finding, Inspection, Measure, Proposal, Task
from zhenggai.ledger.queries import figures_of
from zhenggai.ledger.states import RESULTS, Kind, Level
from zhenggai.web.keyset import page_after

SIZE = 60
"""Rows on a page of a section."""

_RESULTS = [role.value for role in RESULTS]


class Section(Enum):
    """A part of the ledger, with its Chinese label."""

    FINDINGS = "findings", "问题清单"
    RESULTS = "results", "制度成果"
    DOCUMENTS = "documents", "引用文件"
    FIGURES = "figures", "数字"
    CLAIMS = "claims", "整改情况"
    EDITIONS = "editions", "版次"

    def __init__(self, code: str, label: str) -> None:
        self.code, self.label = code, label

    @classmethod
    def of(cls, code: str) -> "Section":
        """The section that an address names; the first for anything else."""
        return next((section for section in cls if section.code == code), cls.FINDINGS)


@dataclass
class TaskEntry:
    """A task with its measures, each with the address of its place in the document."""

    task: Task
    measures: list["Entry"] = field(default_factory=list)


@dataclass
class Entry:
    """A row of the ledger, the address of its place in the document, and, for a finding, its tasks."""

    row: Model
    source: str
    area: str = ""
    tasks: list[TaskEntry] = field(default_factory=list)


@dataclass(frozen=True)
class Part:
    """A page of a section."""

    entries: Sequence[Entry]
    next_key: int | None
    first: bool

    @property
    def areas(self) -> bool:
        """Whether the page names areas, so that the problems stand one heading deeper."""
        return any(entry.area for entry in self.entries)


def part_of(inspection: Inspection, section: Section, after: int | None) -> Part:
    """Read a page of a section. A fixed number of statements."""
    return _READERS[section](inspection, after)


def _findings(inspection: Inspection, after: int | None) -> Part:
    """The problems with their tasks and measures; an area is named where it begins."""
    problems = inspection.findings.exclude(level=Level.AREA.value).select_related("parent")
    page = page_after(problems, "number", after, size=SIZE)
    tasks = _tasks(page.rows)
    measures = [measure for entries in tasks.values() for entry in entries for measure in entry.measures]
    sources = _sources(
        inspection, [Kind.FINDING, Kind.MEASURE], [*page.rows, *(entry.row for entry in measures)]
    )
    for entry in measures:
        entry.source = sources.get((Kind.MEASURE.value, entry.row.pk), "")
    shown, area = [], None
    for row in page.rows:
        above = row.parent if row.parent and row.parent.level == Level.AREA.value else None
        begins = above.title if above and above.pk != area else ""
        area = above.pk if above else area
        shown.append(Entry(row, sources.get((Kind.FINDING.value, row.pk), ""), begins, tasks.get(row.pk, [])))
    return Part(shown, page.next_key, page.first)


def _tasks(findings: Sequence[Finding]) -> dict[int, list[TaskEntry]]:
    tasks = list(Task.objects.filter(finding__in=[row.pk for row in findings]).order_by("finding", "number"))
    measures: dict[int, list[Entry]] = defaultdict(list)
    for measure in Measure.objects.filter(task__in=[task.pk for task in tasks]).order_by("task", "number"):
        measures[measure.task_id].append(Entry(measure, ""))
    found: dict[int, list[TaskEntry]] = defaultdict(list)
    for task in tasks:
        found[task.finding_id].append(TaskEntry(task, measures[task.pk]))
    return found


def _results(inspection: Inspection, after: int | None) -> Part:
    rows = inspection.policy_documents.filter(role__in=_RESULTS)
    page = page_after(rows, "pk", after, size=SIZE)
    return _plain(inspection, Kind.CITATION, page.rows, page.next_key, first=page.first)


def _documents(inspection: Inspection, after: int | None) -> Part:
    rows = inspection.policy_documents.exclude(role__in=_RESULTS)
    page = page_after(rows, "pk", after, size=SIZE)
    return _plain(inspection, Kind.CITATION, page.rows, page.next_key, first=page.first)


def _figures(inspection: Inspection, after: int | None) -> Part:
    page = page_after(current_observations(figures_of(inspection)), "pk", after, size=SIZE)
    return _plain(inspection, Kind.FIGURE, page.rows, page.next_key, first=page.first)


def _claims(inspection: Inspection, after: int | None) -> Part:
    page = page_after(inspection.claims.select_related("finding"), "pk", after, size=SIZE)
    return _plain(inspection, Kind.CLAIM, page.rows, page.next_key, first=page.first)


def _editions(inspection: Inspection, after: int | None) -> Part:
    page = page_after(inspection.readings.select_related("document"), "edition", after, size=SIZE)
    entries = [Entry(row, reverse("web:desk", args=[row.pk])) for row in page.rows]
    return Part(entries, page.next_key, page.first)


def _plain(
    inspection: Inspection, kind: Kind, rows: Sequence[Model], next_key: int | None, *, first: bool
) -> Part:
    sources = _sources(inspection, [kind], rows)
    return Part([Entry(row, sources.get((kind.value, row.pk), "")) for row in rows], next_key, first)


def _sources(
    inspection: Inspection, kinds: Sequence[Kind], rows: Sequence[Model]
) -> dict[tuple[str, int], str]:
    """Address at the reading desk of the item that each row came of, by kind and row; the newest edition speaks. One statement."""
    items = Proposal.objects.filter(
        reading__inspection=inspection,
        kind__in=[kind.value for kind in kinds],
        target_id__in={row.pk for row in rows},
        span_start__isnull=False,
    ).order_by("pk")
    return {
        (
            item.kind,
            item.target_id or 0,
        ): f"{reverse('web:desk', args=[item.reading_id])}?item={item.pk}#m-{item.pk}"
        for item in items.only("kind", "target_id", "reading_id")
    }


_READERS: dict[Section, Callable[[Inspection, int | None], Part]] = {
    Section.FINDINGS: _findings,
    Section.RESULTS: _results,
    Section.DOCUMENTS: _documents,
    Section.FIGURES: _figures,
    Section.CLAIMS: _claims,
    Section.EDITIONS: _editions,
}
