"""From settled proposals to rows of the ledger and back. Called by :mod:`deciding` only, inside its acts.

One function for each kind makes or changes the rows of many proposals at once and notes, with each proposal, which rows it changed.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Max, Model

from zhenggai.indicators import actions as indicators
from zhenggai.indicators.models import Observation
from zhenggai.journal.acts import Actor, moment
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import changed, created
from zhenggai.ledger import queries, rules
from zhenggai.ledger.actions.citations import take_citations
from zhenggai.ledger.actions.work import PRESENT, Work, create, day, pairs_of, update, update_known
from zhenggai.ledger.handling.rules import horizon_of
from zhenggai.ledger.models import Claim, Finding, Inspection, Measure, Proposal, Task
from zhenggai.ledger.states import (
    Kind,
    Level,
    MeasureState,
    Progress,
)
from zhenggai.parties.actions import register_organisations
from zhenggai.parties.queries import organisations_by_name

_BATCH = 500


def take(works: Sequence[Work], by: Actor) -> None:
    """Make or change the rows of proposals that were accepted or corrected, kind by kind, parents first."""
    targets = {work.proposal.pk: work.proposal for work in works}
    for kind, taker in _TAKERS.items():
        chosen = [work for work in works if work.proposal.kind == kind.value]
        if chosen:
            taker(chosen, _Above(targets), by)


def take_back(works: Sequence[Work], by: Actor, reason: str) -> None:
    """Withdraw the rows that the ledger holds of these proposals."""
    for kind in Kind:
        chosen = [work for work in works if work.proposal.kind == kind.value and work.proposal.target_id]
        if chosen:
            rules.check_can_be_taken_back(kind)
            _take_back_kind(kind, chosen, by, reason)


class _Above:
    """Finds the row of what a proposal stands under, among the proposals at hand and those settled before."""

    def __init__(self, at_hand: Mapping[int, Proposal]) -> None:
        self._at_hand = at_hand

    def rows(self, works: Iterable[Work], kind: Kind) -> dict[int, int]:
        """Row above each work's proposal, by the proposal's key, where it is of the given kind and taken."""
        wanted = {w.proposal.pk: w.proposal.parent_id for w in works if w.proposal.parent_id}
        elsewhere = {parent for parent in wanted.values() if parent not in self._at_hand}
        parents = {**self._at_hand, **queries.proposals_by_key(elsewhere)}
        return {
            pk: target
            for pk, parent in wanted.items()
            if parents[parent].kind == kind.value and (target := parents[parent].target_id)
        }


# --- takers, one for each kind -------------------------------------------------------------------------------------------------------


def _take_inspections(works: Sequence[Work], _above: _Above, _by: Actor) -> None:
    for work in works:
        inspection = Inspection.objects.select_for_update().get(pk=work.proposal.reading.inspection_id)
        update([(work, inspection)], lambda w: {**w.content, **_dates(w)})
        work.proposal.target_id = inspection.pk


def _dates(work: Work) -> dict[str, date | None]:
    return {name: day(work.content[name]) for name in ("started_on", "ended_on", "feedback_on")}


def _take_organisations(works: Sequence[Work], _above: _Above, by: Actor) -> None:
    names = [str(work.content["name"]) for work in works]
    known = organisations_by_name(names)
    missing = [name for name in dict.fromkeys(names) if name not in known]
    if missing:
        known |= register_organisations(names=missing, by=by)
    for work, name in zip(works, names, strict=True):
        work.proposal.target_id = known[name].pk


def _take_areas(works: Sequence[Work], _above: _Above, _by: Actor) -> None:
    _take_tree(works, Level.AREA, {})


def _take_findings(works: Sequence[Work], above: _Above, _by: Actor) -> None:
    """Problems, then the manifestations under them, however deep."""
    left = list(works)
    while left:
        waiting = {work.proposal.pk for work in left}
        ready = [work for work in left if work.proposal.parent_id not in waiting]
        areas, problems = above.rows(ready, Kind.AREA), above.rows(ready, Kind.FINDING)
        _take_tree([work for work in ready if work.proposal.pk not in problems], Level.PROBLEM, areas)
        _take_tree([work for work in ready if work.proposal.pk in problems], Level.MANIFESTATION, problems)
        left = [work for work in left if work.proposal.parent_id in waiting]
    _take_tasks(works)


def _take_tree(works: Sequence[Work], level: Level, parents: Mapping[int, int]) -> None:
    def values(work: Work) -> dict[str, Any]:
        content = work.content
        return {
            "title": content["title"],
            "status_written": content.get("status", ""),
            "progress": content.get("progress", ""),
            "parent_id": parents.get(work.proposal.pk),
            **work.place,
        }

    fresh = update_known(works, Finding, values)
    numbers = _allot_numbers(fresh)
    rows = [
        Finding(inspection=work.proposal.reading.inspection, number=number, level=level.value, **values(work))
        for work, number in zip(fresh, numbers, strict=True)
    ]
    create(fresh, Finding, rows)


def _allot_numbers(works: Sequence[Work]) -> list[int]:
    """Give each new finding the inspection's next number; a number is never given twice."""
    numbers = []
    counters: dict[int, tuple[Work, Inspection, dict[str, Any]]] = {}
    for work in works:
        key = work.proposal.reading.inspection_id
        if key not in counters:
            row = Inspection.objects.select_for_update().get(pk=key)
            counters[key] = (work, row, snapshot(row))
        inspection = counters[key][1]
        numbers.append(inspection.next_number)
        inspection.next_number += 1
    for first, inspection, before in counters.values():
        inspection.save(update_fields=["next_number"])
        first.changes.append(changed(inspection, before))
    return numbers


def _take_tasks(works: Sequence[Work]) -> None:
    """Keep the one task that each finding starts with: what the document assigns for it."""
    by_finding = {work.proposal.target_id: work for work in works if work.proposal.target_id}
    tasks = Task.objects.filter(finding__in=by_finding.keys(), number=1)
    known = {task.finding_id: task for task in tasks.select_for_update()}

    def values(work: Work) -> dict[str, Any]:
        content = work.content
        names = (
            "lead_official",
            "lead_unit",
            "responsible_units",
            "supporting_units",
            "due_wording",
            "standing",
        )
        return {
            "title": content["title"],
            **{name: content[name] for name in names},
            "due_on": day(content["due_on"]),
        }

    pairs: list[tuple[Work, Model]] = [(by_finding[finding], task) for finding, task in known.items()]
    update(pairs, lambda work: {**values(work), **PRESENT})
    fresh = {finding: work for finding, work in by_finding.items() if finding not in known}
    rows = [
        Task(finding_id=finding, number=1, **values(work), **_begun(work)) for finding, work in fresh.items()
    ]
    for work, row in zip(fresh.values(), Task.objects.bulk_create(rows, batch_size=_BATCH), strict=True):
        work.changes.append(created(row))


def _begun(work: Work) -> dict[str, Any]:
    """What only a new task takes from its document: the time limit that was set first, and its time class."""
    horizon = horizon_of(work.content["due_wording"])
    return {"first_due_on": day(work.content["due_on"]), "horizon": horizon.value if horizon else ""}


def _take_measures(works: Sequence[Work], above: _Above, _by: Actor) -> None:
    def values(work: Work) -> dict[str, Any]:
        return {"text": work.content["text"], **work.place}

    fresh = update_known(works, Measure, values)
    findings = above.rows(fresh, Kind.FINDING)
    tasks = dict(
        Task.objects.filter(finding__in=set(findings.values()), number=1).values_list("finding_id", "pk")
    )
    last: dict[int, int] = defaultdict(int)
    last.update(
        Measure.objects.filter(task__in=set(tasks.values()))
        .values("task")
        .annotate(last=Max("number"))
        .values_list("task", "last")
    )
    claims = queries.claims_within([work.proposal for work in fresh])
    rows = []
    for work in fresh:
        task = tasks[findings[work.proposal.pk]]
        last[task] += 1
        state = _measure_state(work, claims[work.proposal.pk]).value
        rows.append(Measure(task_id=task, number=last[task], state=state, **values(work)))
    create(fresh, Measure, rows)


_PLAN = re.compile(r"(?:[一二三四五六七八九十]+是)?(?:拟|计划|将|下一步)")
_SAID = {
    Progress.NOT_DONE.value: MeasureState.UNDONE,
    Progress.ONGOING.value: MeasureState.UNDERWAY,
    Progress.PHASED.value: MeasureState.UNDERWAY,
}
"""What a claim inside a measure makes of it, the weightiest first."""


def _measure_state(work: Work, claims: Sequence[str]) -> MeasureState:
    """A list or a feedback plans its measures; every other document reports them, as what their own sentences claim."""
    if work.proposal.reading.document_kind in {"清单", "反馈意见"} or _PLAN.match(work.content["text"]):
        return MeasureState.PLANNED
    return next((state for progress, state in _SAID.items() if progress in claims), MeasureState.REPORTED)


def _take_claims(works: Sequence[Work], above: _Above, _by: Actor) -> None:
    findings = above.rows(works, Kind.FINDING) | _findings_of_measures(above.rows(works, Kind.MEASURE))

    def values(work: Work) -> dict[str, Any]:
        return {
            "progress": work.content["progress"],
            "text": work.content["text"],
            "finding_id": findings.get(work.proposal.pk),
            **work.place,
        }

    fresh = update_known(works, Claim, values)
    rows = [Claim(inspection=work.proposal.reading.inspection, **values(work)) for work in fresh]
    create(fresh, Claim, rows)


def _findings_of_measures(measures: Mapping[int, int]) -> dict[int, int]:
    finding = dict(
        Measure.objects.filter(pk__in=set(measures.values())).values_list("pk", "task__finding_id")
    )
    return {proposal: finding[measure] for proposal, measure in measures.items()}


def _take_figures(works: Sequence[Work], _above: _Above, by: Actor) -> None:
    """Enter values; a value that replaces an earlier one cites it."""
    rows = indicators.observe(values=[_observation(work) for work in works], by=by)
    for work, row in zip(works, rows, strict=True):
        work.proposal.target_id = row.pk


def _observation(work: Work) -> indicators.NewObservation:
    content, p = work.content, work.proposal
    place = None
    if p.span_start is not None and p.span_end is not None:
        place = (p.reading.document, p.span_start, p.span_end)
    return indicators.NewObservation(
        name=(content["label"], content["unit"], content["kind"], content["change"]),
        value=Decimal(content["value"]),
        value_max=Decimal(content["value_max"]) if content["value_max"] else None,
        written=content["written"],
        qualifier=content["qualifier"],
        period=content["period"],
        applies_to=content["applies_to"],
        place=place,
        corrects=p.target_id,
        reason=_correcting(p) if p.target_id else "",
        scope=p.reading.inspection.code,
    )


def _correcting(proposal: Proposal) -> str:
    """Why a value takes the place of the one that the proposal named before."""
    name = proposal.reading.document.name
    if proposal.previous_id is not None:
        return f"文件“{name}”（第 {proposal.reading.edition} 版）的说法不同。"[:500]
    return f"重新核定文件“{name}”所载数字。"[:500]


_TAKERS: dict[Kind, Callable[[Sequence[Work], _Above, Actor], None]] = {
    Kind.INSPECTION: _take_inspections,
    Kind.ORGANISATION: _take_organisations,
    Kind.AREA: _take_areas,
    Kind.FINDING: _take_findings,
    Kind.MEASURE: _take_measures,
    Kind.CITATION: lambda works, _above, _by: take_citations(works),
    Kind.CLAIM: _take_claims,
    Kind.FIGURE: _take_figures,
}


# --- taking back -----------------------------------------------------------------------------------------------------------------------


def _take_back_kind(kind: Kind, works: Sequence[Work], by: Actor, reason: str) -> None:
    if kind not in queries.WITHDRAWABLE:
        return  # an organisation stays registered: others may be named by it
    shared = queries.shared_rows([work.proposal for work in works], kind)
    gone = [work for work in works if work.proposal.target_id not in shared]
    pairs = [
        (work, row)
        for work, row in pairs_of(gone, queries.WITHDRAWABLE[kind])
        if getattr(row, "withdrawn_at", None) is None
    ]
    if kind is Kind.FIGURE:
        values_gone = [row for _, row in pairs if isinstance(row, Observation)]
        if values_gone:
            indicators.withdraw(observations=values_gone, reason=reason, by=by)
        return
    values = {"withdrawn_at": moment(), "withdrawn_by": works[0].proposal.decided_by}
    update(pairs, lambda _work: values)
    if kind is Kind.FINDING:
        by_finding = {row.pk: work for work, row in pairs}
        tasks = Task.objects.filter(finding__in=by_finding.keys()).select_for_update()
        update([(by_finding[task.finding_id], task) for task in tasks], lambda _work: values)
