"""台账: one inspection as it stands, section by section, as far as the asker may know of it; what was withdrawn stays visible and says so."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import Enum

from django.db.models import Model
from django.urls import reverse

from zhenggai.indicators.queries import current_observations
from zhenggai.ledger.handling import standing
from zhenggai.ledger.models import Finding, Inspection, Measure, Proposal, Task
from zhenggai.ledger.queries import figures_of
from zhenggai.ledger.states import RESULTS, Kind, Level
from zhenggai.parties.models import Post
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

    @classmethod
    def of_post(cls, post: Post) -> list["Section"]:
        """The sections that a post may open: what came of documents is for office and readers."""
        return list(cls) if standing.reads_documents(post) else [cls.FINDINGS]


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


def part_of(post: Post, inspection: Inspection, section: Section, after: int | None) -> Part:
    """Read a page of a section, as far as the post may know of it. A fixed number of statements."""
    return _READERS[section](post, inspection, after)


def _findings(post: Post, inspection: Inspection, after: int | None) -> Part:
    """The problems with their tasks and measures; an area is named where it begins."""
    problems = standing.visible_findings(post, inspection.findings.exclude(level=Level.AREA.value))
    page = page_after(problems, "number", after, size=SIZE)
    tasks = _tasks(page.rows)
    measures = [measure for entries in tasks.values() for entry in entries for measure in entry.measures]
    sources = _sources(
        post, inspection, [Kind.FINDING, Kind.MEASURE], [*page.rows, *(entry.row for entry in measures)]
    )
    for entry in measures:
        entry.source = sources.get((Kind.MEASURE.value, entry.row.pk), "")
    parents = standing.shown_above(post, inspection.findings.filter(level=Level.AREA.value)).in_bulk()
    shown, area = [], None
    for row in page.rows:
        above = parents.get(row.parent_id or 0)
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


def _results(post: Post, inspection: Inspection, after: int | None) -> Part:
    rows = inspection.policy_documents.filter(role__in=_RESULTS)
    page = page_after(standing.visible_of_documents(post, rows, Kind.CITATION), "pk", after, size=SIZE)
    return _plain(post, inspection, Kind.CITATION, page.rows, page.next_key, first=page.first)


def _documents(post: Post, inspection: Inspection, after: int | None) -> Part:
    rows = inspection.policy_documents.exclude(role__in=_RESULTS)
    page = page_after(standing.visible_of_documents(post, rows, Kind.CITATION), "pk", after, size=SIZE)
    return _plain(post, inspection, Kind.CITATION, page.rows, page.next_key, first=page.first)


def _figures(post: Post, inspection: Inspection, after: int | None) -> Part:
    rows = standing.visible_of_documents(post, current_observations(figures_of(inspection)), Kind.FIGURE)
    page = page_after(rows, "pk", after, size=SIZE)
    return _plain(post, inspection, Kind.FIGURE, page.rows, page.next_key, first=page.first)


def _claims(post: Post, inspection: Inspection, after: int | None) -> Part:
    rows = standing.visible_of_documents(post, inspection.claims.select_related("finding"), Kind.CLAIM)
    page = page_after(rows, "pk", after, size=SIZE)
    return _plain(post, inspection, Kind.CLAIM, page.rows, page.next_key, first=page.first)


def _editions(post: Post, inspection: Inspection, after: int | None) -> Part:
    page = page_after(inspection.readings.select_related("document"), "edition", after, size=SIZE)
    open_to = set(standing.visible_readings(post, inspection.readings.all()).values_list("pk", flat=True))
    entries = [
        Entry(row, reverse("web:desk", args=[row.pk]) if row.pk in open_to else "") for row in page.rows
    ]
    return Part(entries, page.next_key, page.first)


def _plain(
    post: Post,
    inspection: Inspection,
    kind: Kind,
    rows: Sequence[Model],
    next_key: int | None,
    *,
    first: bool,
) -> Part:
    sources = _sources(post, inspection, [kind], rows)
    return Part([Entry(row, sources.get((kind.value, row.pk), "")) for row in rows], next_key, first)


def _sources(
    post: Post, inspection: Inspection, kinds: Sequence[Kind], rows: Sequence[Model]
) -> dict[tuple[str, int], str]:
    """Address at the reading desk of the item that each row came of, by kind and row; the newest edition speaks.

    None where the post may not open the desk. One statement.
    """
    items = Proposal.objects.filter(
        reading__in=standing.visible_readings(post).filter(inspection=inspection),
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


_READERS: dict[Section, Callable[[Post, Inspection, int | None], Part]] = {
    Section.FINDINGS: _findings,
    Section.RESULTS: _results,
    Section.DOCUMENTS: _documents,
    Section.FIGURES: _figures,
    Section.CLAIMS: _claims,
    Section.EDITIONS: _editions,
}
