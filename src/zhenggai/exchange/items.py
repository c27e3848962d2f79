"""一个问题的办理情况, as it leaves the system in words: its tasks on their axes, what is missing for closure, what was done."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from zhenggai.journal import snapshots
from zhenggai.journal.queries import EventLine, story
from zhenggai.ledger.actions import (  # noqa: F401  # the acts of a history have their names once they are declared
    assigning,
    closing,
    deciding,
    proving,
    reading,
    reporting,
    requesting,
)
from zhenggai.ledger.handling import gate, queries
from zhenggai.ledger.handling.standing import capacities, visible_evidence, visible_reports
from zhenggai.ledger.handling.states import (
    AssignmentRole,
    Completion,
    Horizon,
    Review,
)
from zhenggai.ledger.handling.telling import is_about, public
from zhenggai.ledger.models import Finding, Measure
from zhenggai.parties.models import Post


@dataclass(frozen=True)
class TaskLine:
    """A task on the axes of time class, completion and schedule, in the profile's words; who answers as one text."""

    number: int
    title: str
    horizon: str
    standing: bool
    completion: str
    schedule: str
    due_on: str
    first_due_on: str
    answers: str


def tasks_of(finding: Finding, today: date) -> list[TaskLine]:
    """The tasks that count, by number."""
    profile = queries.profile(finding.inspection)
    lines = []
    for task in finding.tasks.filter(withdrawn_at=None).order_by("number"):
        completion = Completion(task.completion)
        schedule = queries.schedule(task, finding, profile.near_days, today)
        lines.append(
            TaskLine(
                number=task.number,
                title=task.title,
                horizon=profile.horizons[Horizon(task.horizon)].label if task.horizon else "",
                standing=task.standing,
                completion=profile.completion[completion],
                schedule=schedule.label,
                due_on=task.due_on.isoformat() if task.due_on else "",
                first_due_on=task.first_due_on.isoformat() if task.first_due_on else "",
                answers="；".join(_answers(task.assignments.filter(ended_at=None))),
            )
        )
    return lines


def _answers(rows: object) -> Iterator[str]:
    for row in rows.select_related("post", "organisation").order_by("pk"):  # type: ignore[attr-defined]  # a related manager's rows
        who = row.organisation.name if row.organisation else row.post.title
        yield f"{AssignmentRole(row.role).label}{who}{'（领办）' if row.personally else ''}"


def missing_of(finding: Finding, today: date) -> list[str]:
    """What is still missing for a closure, as sentences; of what its application would say itself nothing. Empty once it is closed.

    Asked for as 取得阶段性成效 where the tasks have come so far, else as 完成整改, as on the page.
    """
    if finding.review == Review.CLOSED.value:
        return []
    item = queries.item_facts(finding)
    steps = queries.profile(finding.inspection).steps(short=False)
    reviewing = queries.reviewing_units(item, finding.inspection_id)
    asked = queries.complete_application(item, queries.grade_to_expect(item), steps, reviewing, today)
    return [refusal.sentence for refusal in gate.unmet(item, asked, today)]


def history_of(finding: Finding, by: Post) -> list[str]:
    """What was done on the item, oldest first, a sentence each; nothing of evidence or reports that the post may not see.

    At most thirteen statements, and three for every 200 acts.
    """
    seen = _seen(finding, by)
    visible = {kind: {str(key) for key in keys} for kind, keys in seen.items()}
    told = (public(event, by.organisation.unit_key) for event in _events(seen))
    return [_sentence(event) for event in told if _tells(event, visible)][::-1]


def _seen(finding: Finding, by: Post) -> dict[str, list[int]]:
    """Keys of every row of which the post may be told the history, by the journal's kind."""
    rows: tuple[QuerySet[Any], ...] = (
        Finding.objects.filter(pk=finding.pk),
        finding.tasks.all(),
        Measure.objects.filter(task__finding=finding),
        finding.assignments.all(),
        visible_reports(by, finding.reports.all()),
        visible_evidence(by, finding.evidence.all(), capacities(by, finding)),
        *(getattr(finding, name).all() for name in _OPEN_TO_ALL),
    )
    return {snapshots.of(own.model).kind: list(own.values_list("pk", flat=True)) for own in rows}


_OPEN_TO_ALL = ("closures", "extensions", "waivers", "relapses", "standing_checks")


def _events(seen: Mapping[str, list[int]]) -> Iterator[EventLine]:
    """The acts on these rows, newest first."""
    page = story(seen, size=200)
    yield from page.rows
    while page.next_key is not None:
        page = story(seen, before=page.next_key, size=200)
        yield from page.rows


def _tells(event: EventLine, visible: Mapping[str, set[str]]) -> bool:
    """What was done with evidence is told through the pieces that may be seen, though the act also changed the item."""
    kinds = {change.kind for change in event.changes}
    return bool(kinds) and (is_about(event, visible) or event.subject_kind in kinds)


def _sentence(line: EventLine) -> str:
    at = timezone.localtime(line.at).strftime("%Y-%m-%d %H:%M")
    actor = line.actor
    who = (
        f"{actor['person']}（{actor['organisation']}{actor['title']}）" if actor["person"] else actor["title"]
    )
    return f"{at}　{who}{line.label}{f'：{line.reason}' if line.reason else ''}"
