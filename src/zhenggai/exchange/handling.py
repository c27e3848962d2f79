"""办理 in exports: who answers, what was reported, proven, waived and reviewed of each item. A fixed number of statements, however many rows."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from zhenggai.journal.acts import Actor
from zhenggai.journal.chain import plain
from zhenggai.ledger.handling.models import (
    Assignment,
    Closure,
    Evidence,
    Extension,
    ProgressReport,
    Relapse,
    ReviewStep,
    Waiver,
)
from zhenggai.ledger.handling.standing import exported_evidence
from zhenggai.ledger.handling.states import EvidenceState, ReportState
from zhenggai.ledger.models import Finding

Said = dict[str, Any]

_ITEM = ("classification", "review", "grade", "cycle", "closed_on", "next_check_on", "returns")
_TASK = (
    "horizon", "completion", "completed_on", "first_due_on", "root_cause", "target", "target_value", "money_total", "money_done",
)  # fmt: skip


def item(finding: Finding) -> Said:
    """The axes of an item that are stored with it."""
    return {name: plain(getattr(finding, name)) for name in _ITEM}


def task(row: Any) -> Said:
    """What is planned and signed for of a task, beside what its document assigned."""
    aim = {"indicator": row.indicator.name, "unit": row.indicator.unit} if row.indicator else {}
    return {**{name: plain(getattr(row, name)) for name in _TASK}, **aim}


def handled(findings: Any, by: Actor) -> dict[int, Said]:
    """``findings`` is a subquery of keys. By the item's key: answers, signed reports, evidence, requests, applications with their steps, relapses. Eight statements."""
    found: dict[int, Said] = defaultdict(
        lambda: {
            name: []
            for name in ("answers", "reports", "evidence", "waivers", "extensions", "closures", "relapses")
        }
    )
    parts: tuple[tuple[str, QuerySet[Any], Callable[[Any], Said]], ...] = (
        ("answers", _answers(findings), _answer),
        ("reports", _reports(findings), _report),
        ("evidence", _evidence(findings, by), _proof),
        ("waivers", _requests(Waiver, findings), _waiver),
        ("extensions", _requests(Extension, findings), _extension),
        ("relapses", Relapse.objects.filter(finding__in=findings).order_by("pk"), _relapse),
    )
    for name, rows, say in parts:
        for row in rows:
            found[row.finding_id][name].append(say(row))
    steps = defaultdict(list)
    for step in (
        ReviewStep.objects.filter(closure__finding__in=findings).select_related("unit").order_by("pk")
    ):
        steps[step.closure_id].append(_step(step))
    closures = Closure.objects.filter(finding__in=findings).select_related("applied_unit").order_by("pk")
    for row in closures:
        found[row.finding_id]["closures"].append({**_closure(row), "steps": steps[row.pk]})
    return found


def _answers(findings: Any) -> QuerySet[Any]:
    rows = Assignment.objects.filter(finding__in=findings, ended_at=None)
    return rows.select_related("task", "post__holder", "organisation").order_by("task__number", "pk")


def _answer(row: Assignment) -> Said:
    return {
        "task": row.task.number,
        "role": row.role,
        "unit": row.organisation.name if row.organisation else None,
        "post": row.post.title if row.post else None,
        "personally": row.personally,
    }


def _reports(findings: Any) -> QuerySet[Any]:
    rows = ProgressReport.objects.filter(finding__in=findings, state=ReportState.SIGNED.value)
    return rows.select_related("task", "organisation").order_by("pk")


def _report(row: ProgressReport) -> Said:
    names = ("cycle", "period", "narrative", "completion", "money_done", "signed_at", "signed_by")
    said = {name: plain(getattr(row, name)) for name in names}
    return {"task": row.task.number, "unit": row.organisation.name, **said}


def _evidence(findings: Any, by: Actor) -> QuerySet[Any]:
    """Evidence that counts or did, as far as it may leave with this post."""
    rows = Evidence.objects.filter(finding__in=findings).exclude(
        state__in=[EvidenceState.WITHDRAWN.value, EvidenceState.REPLACED.value]
    )
    return (
        exported_evidence(by, rows).select_related("task", "measure", "file", "organisation").order_by("pk")
    )


def _proof(row: Evidence) -> Said:
    names = (
        "cycle",
        "title",
        "version",
        "effective_on",
        "classification",
        "state",
        "uploaded_at",
        "reviewed_at",
    )
    return {
        "task": row.task.number,
        "measure": row.measure.number if row.measure else None,
        "unit": row.organisation.name,
        **{name: plain(getattr(row, name)) for name in names},
        "sha256": row.file.sha256,
        "sm3": row.file.sm3,
    }


def _requests(model: type[Waiver | Extension], findings: Any) -> QuerySet[Any]:
    return model.objects.filter(finding__in=findings).select_related("task").order_by("pk")


def _waiver(row: Waiver) -> Said:
    names = ("cycle", "kind", "reason", "expires_on", "state", "decision", "requested_by", "decided_by")
    return {"task": row.task.number, **{name: plain(getattr(row, name)) for name in names}}


def _extension(row: Extension) -> Said:
    names = ("from_on", "to_on", "reason", "state", "decision", "requested_by", "decided_by")
    return {"task": row.task.number, **{name: plain(getattr(row, name)) for name in names}}


def _relapse(row: Relapse) -> Said:
    return {name: plain(getattr(row, name)) for name in ("cycle", "reason", "found_on")}


def _closure(row: Closure) -> Said:
    names = (
        "cycle", "grade", "short", "chain", "step", "text", "next_check_on", "digest", "state", "applied_at", "applied_by", "closed_on",
    )  # fmt: skip
    return {"unit": row.applied_unit.name, **{name: plain(getattr(row, name)) for name in names}}


def _step(row: ReviewStep) -> Said:
    names = ("step", "approved", "digest", "reason", "taken_at", "taken_by")
    return {"unit": row.unit.name, **{name: plain(getattr(row, name)) for name in names}}
