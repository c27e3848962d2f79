"""What an inspection's ledger says, gathered once for every form of export. A fixed number of statements, however many rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from zhenggai.indicators.models import Observation
from zhenggai.indicators.queries import current_observations
from zhenggai.ledger import queries
from zhenggai.ledger.models import Claim, Finding, Inspection, Measure, PolicyDocument, Reading, Task
from zhenggai.ledger.states import Kind
from zhenggai.parties.models import Organisation


@dataclass
class FindingEntry:
    """A finding with its number in the document, its tasks and their measures."""

    finding: Finding
    path: str
    tasks: list[tuple[Task, list[Measure]]] = field(default_factory=list)


@dataclass
class Contents:
    """台账内容 of one inspection; what was withdrawn is left out."""

    inspection: Inspection
    readings: list[Reading]
    findings: list[FindingEntry]
    figures: list[Observation]
    documents: list[PolicyDocument]
    claims: list[Claim]
    organisations: list[Organisation]

    def area_of(self, entry: FindingEntry) -> str:
        """Title of the area (方面) above a finding; empty if it stands under none."""
        parent = entry.finding.parent
        return parent.title if parent else ""


def gather(inspection: Inspection) -> Contents:
    """Read an inspection's ledger."""
    readings = list(inspection.readings.select_related("document").order_by("edition"))
    return Contents(
        inspection,
        readings,
        _findings(inspection),
        list(current_observations(queries.figures_of(inspection))),
        list(inspection.policy_documents.filter(withdrawn_at=None).select_related("document").order_by("pk")),
        list(
            inspection.claims.filter(withdrawn_at=None).select_related("document", "finding").order_by("pk")
        ),
        queries.organisations_of(inspection),
    )


def _findings(inspection: Inspection) -> list[FindingEntry]:
    rows = (
        inspection.findings.filter(withdrawn_at=None).select_related("parent", "document").order_by("number")
    )
    paths = queries.paths(inspection, (Kind.AREA, Kind.FINDING))
    entries = {row.pk: FindingEntry(row, paths.get(row.pk, "")) for row in rows}
    tasks = Task.objects.filter(finding__inspection=inspection, withdrawn_at=None).order_by(
        "finding", "number"
    )
    measures: dict[int, list[Measure]] = {}
    for measure in _measures(inspection):
        measures.setdefault(measure.task_id, []).append(measure)
    for task in tasks:
        if task.finding_id in entries:
            entries[task.finding_id].tasks.append((task, measures.get(task.pk, [])))
    return list(entries.values())


def _measures(inspection: Inspection) -> Iterable[Measure]:
    rows = Measure.objects.filter(task__finding__inspection=inspection, withdrawn_at=None)
    return rows.select_related("document").order_by("task", "number")
