"""What an inspection's ledger says to whoever asks, gathered once for every form of export. A fixed number of statements, however many rows."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from zhenggai.exchange.handling import Said, handled
from zhenggai.indicators.models import Observation
from zhenggai.indicators.queries import current_observations
from zhenggai.journal.acts import Actor
from zhenggai.ledger import queries
from zhenggai.ledger.handling import standing
from zhenggai.ledger.models import Claim, Finding, Inspection, Measure, PolicyDocument, Reading, Task
from zhenggai.ledger.states import Kind
from zhenggai.parties.models import Organisation


@dataclass
class FindingEntry:
    """A finding with its number in the document, what it stands under as far as that may be shown, its tasks and their measures."""

    finding: Finding
    path: str
    above: Finding | None = None
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
    by: Actor

    def handled(self) -> dict[int, Said]:
        """How each item was handled, by its key; asked for by the one form that tells it."""
        return handled(
            standing.visible_findings(self.by, self.inspection.findings.all()).values("pk"), self.by
        )

    def area_of(self, entry: FindingEntry) -> str:
        """Title of the area (方面) above a finding; empty if it stands under none."""
        return entry.above.title if entry.above else ""


def gather(inspection: Inspection, by: Actor) -> Contents:
    """Read of an inspection's ledger what the asker may know of: all items, or his own; what came of documents for office and readers only."""
    whole = standing.reads_documents(by)
    figures = current_observations(queries.figures_of(inspection))
    documents = inspection.policy_documents.filter(withdrawn_at=None).select_related("document")
    claims = inspection.claims.filter(withdrawn_at=None).select_related("document", "finding")
    organisations = queries.organisations_of(inspection)
    return Contents(
        inspection,
        list(inspection.readings.select_related("document").order_by("edition")) if whole else [],
        _findings(inspection, by),
        list(standing.visible_of_documents(by, figures, Kind.FIGURE)),
        list(standing.visible_of_documents(by, documents, Kind.CITATION).order_by("pk")),
        list(standing.visible_of_documents(by, claims, Kind.CLAIM).order_by("pk")),
        list(standing.visible_of_documents(by, organisations, Kind.ORGANISATION)),
        by,
    )


def _findings(inspection: Inspection, by: Actor) -> list[FindingEntry]:
    rows = standing.visible_findings(by, inspection.findings.filter(withdrawn_at=None))
    rows = rows.select_related("document").order_by("number")
    above = standing.shown_above(by, inspection.findings.all()).in_bulk()
    paths = queries.paths(inspection, (Kind.AREA, Kind.FINDING))
    entries = {
        row.pk: FindingEntry(row, paths.get(row.pk, ""), above.get(row.parent_id or 0)) for row in rows
    }
    rows_of_tasks = Task.objects.filter(finding__inspection=inspection, withdrawn_at=None)
    tasks = rows_of_tasks.select_related("indicator").order_by("finding", "number")
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
