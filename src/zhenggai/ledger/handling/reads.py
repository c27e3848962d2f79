"""Named reads of reports: texts that may repeat one another, and what a task's units have signed for."""

from collections.abc import Iterable

from django.db.models import Count

from zhenggai.ledger.handling.models import Assignment, ProgressReport, TextBand
from zhenggai.ledger.handling.states import AssignmentRole, Completion, ReportState
from zhenggai.ledger.models import Task

_MOST = 20
"""Candidates whose texts are compared; those that share the most bands come first."""


def texts_sharing(bands: Iterable[int], *, without: int | None) -> list[tuple[int, str]]:
    """Reports whose text shares a band, with their text, the likeliest first. Two statements, by index."""
    rows = TextBand.objects.filter(band__in=list(bands)).exclude(report=without)
    likely = rows.values("report").annotate(shared=Count("pk")).order_by("-shared", "-report")[:_MOST]
    keys = [row["report"] for row in likely]
    texts = dict(ProgressReport.objects.filter(pk__in=keys).values_list("pk", "narrative"))
    return [(key, texts[key]) for key in keys if key in texts]


def signed_completions(task: Task, report: ProgressReport | None) -> list[Completion]:
    """What each unit that must answer for a task has signed for last, in this cycle; a unit that has not is 未完成.

    ``report`` is the one just signed. Responsible units answer; where there are none, the lead unit. Two statements.
    """
    answers = Assignment.objects.filter(task=task, ended_at=None, organisation__isnull=False)
    by_role: dict[str, set[int]] = {}
    for role, unit in answers.values_list("role", "organisation_id"):
        by_role.setdefault(role, set()).add(unit or 0)
    units = by_role.get(AssignmentRole.RESPONSIBLE) or by_role.get(AssignmentRole.LEAD_UNIT) or set()
    signed = ProgressReport.objects.filter(
        task=task, cycle=task.finding.cycle, state=ReportState.SIGNED.value
    ).order_by("signed_at", "pk")
    said = dict(signed.values_list("organisation_id", "completion"))
    if report is not None:
        said[report.organisation_id] = report.completion
    return [Completion(said.get(unit, Completion.UNDONE.value)) for unit in units] or [Completion.UNDONE]
