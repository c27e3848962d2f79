"""Acts on 进展填报: filled in by a unit for a period, signed by its head, sent back; its figures are proposed, and taken by the office."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils import timezone

import gongwen
from zhenggai.indicators.actions import NewObservation, Signed, observe
from zhenggai.indicators.rules import exact_value
from zhenggai.journal.acts import Actor, act, actor_name, moment, record
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import Change, changed, created
from zhenggai.ledger.actions.parts import acting, opened, today, voided
from zhenggai.ledger.handling import alike, queries, rules
from zhenggai.ledger.handling.models import ProgressReport, ReportedFigure, TextBand
from zhenggai.ledger.handling.states import REPORT_MOVES, Completion, ReportMove, ReportState
from zhenggai.ledger.models import Measure, Task
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import check
from zhenggai.parties.states import Capacity

LONGEST = 20_000
"""Most characters of a narrative."""


@dataclass(frozen=True)
class Said:
    """What a unit says of a task for a period. ``measures_done`` are keys of measures; ``money_done`` is in 元, so far."""

    period: str
    narrative: str
    completion: Completion
    measures_done: Sequence[int] = ()
    money_done: Decimal | None = None


@act("report.save", "填报进展")
def fill_in(*, task: Task, said: Said, by: Actor) -> ProgressReport:
    """Fill in a unit's report of a task for a period, or fill in anew what is a draft or was sent back.

    The figures in its text are noted as proposals; texts that nearly repeat it, of an earlier period or another unit, are pointed out.
    """
    post, _ = acting(by)
    task, _ = opened(task.pk, "report.save", by, live=True)
    finding = task.finding
    values = _checked(task, said)
    unit = post.organisation.unit_key
    known = ProgressReport.objects.select_for_update().filter(
        task=task, organisation=unit, cycle=finding.cycle, period=values["period"]
    )
    report = known.first()
    before = snapshot(report) if report else None
    if report is None:
        report = ProgressReport(
            task=task,
            finding=finding,
            organisation_id=unit,
            cycle=finding.cycle,
            state=ReportState.DRAFT.value,
        )
    report.state = rules.next_of(REPORT_MOVES, ReportState(report.state), ReportMove.SAVE, "该期填报").value
    for name, value in values.items():
        setattr(report, name, value)
    report.filled_at, report.filled_by, report.reason = moment(), actor_name(), ""
    bands = alike.bands(report.narrative)
    report.alike = [list(pair) for pair in _alike(report, bands)]
    report.save()
    TextBand.objects.filter(report=report).delete()
    TextBand.objects.bulk_create([TextBand(report=report, band=band) for band in bands])
    changes: list[Change] = [changed(report, before) if before else created(report)]
    record(subject=report, changes=[*changes, *_figures(report)])
    return report


def _checked(task: Task, said: Said) -> dict[str, Any]:
    period = rules.plain_text(said.period, most=32, field="period", label="填报时期")
    narrative = rules.plain_text(said.narrative, most=LONGEST, field="narrative", label="进展情况")
    for text, field, label in ((period, "period", "填报时期"), (narrative, "narrative", "进展情况")):
        if not text:
            raise rules.WrongContent(f"“{label}”不能为空，请补充后再提交。", field=field)
    rules.check_money(task.money_total, said.money_done)
    wanted = sorted(set(said.measures_done))
    if wanted and Measure.objects.filter(task=task, pk__in=wanted, withdrawn_at=None).count() != len(wanted):
        raise rules.WrongContent("所选措施不属于该任务或已撤回，请重新选择。", field="measures_done")
    return {
        "period": period,
        "narrative": narrative,
        "completion": said.completion.value,
        "measures_done": wanted,
        "money_done": said.money_done,
    }


def _alike(report: ProgressReport, bands: Sequence[int]) -> list[tuple[int, int]]:
    candidates = queries.texts_sharing(bands, without=report.pk) if bands else []
    return alike.agreement(report.narrative, candidates)[:5]


def _figures(report: ProgressReport) -> list[Change]:
    """Propose the figures of the narrative; those of an earlier draft that nobody has decided on go."""
    undecided = report.figures.filter(observation=None, dismissed_at=None)
    changes = [Change("ledger.reportedfigure", str(row.pk), snapshot(row), None) for row in undecided]
    undecided.delete()
    kept = set(report.figures.values_list("label", "written"))
    found: Any = gongwen.read(report.narrative).as_dict()["quantities"]
    rows = [_figure(report, position, said) for position, said in enumerate(found)]
    fresh = [row for row in rows if (row.label, row.written) not in kept]
    return changes + [created(row) for row in ReportedFigure.objects.bulk_create(fresh)]


def _figure(report: ProgressReport, position: int, said: Mapping[str, Any]) -> ReportedFigure:
    return ReportedFigure(
        report=report, position=position, label=(said["label"] or said["text"])[:200], value=str(said["value"])[:40],
        unit=(said["unit"] or "")[:32], kind=said["kind"], change=said["change"] or "", period=(said["period"] or "")[:64],
        written=said["text"][:100], span_start=said["span"][0], span_end=said["span"][1],
    )  # fmt: skip


@act("report.sign", "签发进展")
def sign(*, report: ProgressReport, by: Actor) -> ProgressReport:
    """主要负责人 signs: only so a report leaves its unit. The task's completion becomes what its units have signed for."""
    post, _ = acting(by)
    task, _ = opened(report.task_id, "report.sign", by)
    finding = task.finding
    report = ProgressReport.objects.select_for_update().get(pk=report.pk)
    _check_own(report, post.organisation.unit_key, finding.cycle)
    before = snapshot(report)
    report.state = rules.next_of(REPORT_MOVES, ReportState(report.state), ReportMove.SIGN, "该期填报").value
    report.signed_at, report.signed_by = moment(), actor_name()
    report.save(update_fields=["state", "signed_at", "signed_by"])
    changes = [changed(report, before), *_brought_up(task, report.money_done), *_measures_done(report)]
    record(subject=report, changes=[*changes, *voided(finding)])
    return report


def _check_own(report: ProgressReport, unit: int, cycle: int) -> None:
    if report.organisation_id != unit:
        raise rules.HandlingRefused("只能签发本单位的填报。")
    rules.check_present_cycle(report.cycle, cycle, f"{report.period}的填报")


def _brought_up(task: Task, money_done: Decimal | None = None) -> list[Change]:
    """The task is as far as the least of its responsible units has signed for; return what that changed."""
    before = snapshot(task)
    completion = rules.least(queries.signed_completions(task))
    task.completion = completion.value
    task.completed_on = (task.completed_on or today()) if completion is Completion.DONE else None
    task.money_done = task.money_done if money_done is None else money_done
    if snapshot(task) == before:
        return []
    task.save(update_fields=["completion", "completed_on", "money_done"])
    return [changed(task, before)]


def _measures_done(report: ProgressReport) -> list[Change]:
    changes: list[Change] = []
    wanted = Measure.objects.select_for_update().filter(pk__in=report.measures_done, done_on=None)
    for measure in wanted:
        before = snapshot(measure)
        measure.done_on = today()
        measure.save(update_fields=["done_on"])
        changes.append(changed(measure, before))
    return changes


@act("report.return", "退回填报")
def send_back(*, report: ProgressReport, reason: str, by: Actor) -> ProgressReport:
    """Send a report back to be filled in again, with the reason; the head of the unit before signing, the office after."""
    task, held = opened(report.task_id, "report.return", by)
    finding = task.finding
    reason = rules.check_reason(reason, "退回填报")
    report = ProgressReport.objects.select_for_update().get(pk=report.pk)
    rules.check_present_cycle(report.cycle, finding.cycle, f"{report.period}的填报")
    _check_may_return(report, by, held)
    before = snapshot(report)
    report.state = rules.next_of(REPORT_MOVES, ReportState(report.state), ReportMove.RETURN, "该期填报").value
    report.signed_at, report.signed_by, report.reason = None, "", reason
    report.save(update_fields=["state", "signed_at", "signed_by", "reason"])
    changes = [changed(report, before), *_brought_up(task)]
    record(subject=report, changes=[*changes, *voided(finding)], reason=reason)
    return report


def _check_may_return(report: ProgressReport, by: Actor, held: frozenset[Capacity]) -> None:
    """What has not left its unit is its head's; what was signed may also be sent back by the lead unit and the office."""
    if isinstance(by, Post) and report.organisation_id != by.organisation.unit_key:
        may = held & {Capacity.OFFICE, Capacity.LEAD_HEAD} and report.state == ReportState.SIGNED.value
        if not may:
            raise rules.HandlingRefused("只能退回本单位的填报，或由牵头单位、整改办退回已签发的填报。")


@act("report.figure", "采纳填报数字")
def take_figure(*, figure: ReportedFigure, accepted: bool, by: Actor) -> ReportedFigure:
    """Take a figure of a signed report as a value of its indicator, or decide not to."""
    check(by, "report.figure")
    rows = ReportedFigure.objects.select_related("report__finding__inspection", "report__organisation")
    row = rows.select_for_update(of=("self",)).get(pk=figure.pk)
    if row.observation_id or row.dismissed_at:
        raise rules.HandlingRefused(f"数字“{row.label}{row.written}”已经核定，不必重复。")
    if row.report.state != ReportState.SIGNED.value:
        raise rules.HandlingRefused("该填报尚未由主要负责人签发，其数字不能采纳。")
    before = snapshot(row)
    if accepted:
        (value,) = observe(values=[_observation(row)], by=by)
        row.observation = value
        row.save(update_fields=["observation"])
    else:
        row.dismissed_at, row.dismissed_by = moment(), actor_name()
        row.save(update_fields=["dismissed_at", "dismissed_by"])
    record(subject=row, changes=[changed(row, before)])
    return row


def _observation(row: ReportedFigure) -> NewObservation:
    report = row.report
    signed = Signed(report.organisation, report.signed_at, report.signed_by) if report.signed_at else None
    return NewObservation(
        name=(row.label, row.unit, row.kind, row.change),
        value=exact_value(row.value),
        value_max=None,
        written=row.written,
        qualifier="",
        period=row.period or report.period,
        applies_to=[],
        place=None,
        scope=report.finding.inspection.code,
        as_of=timezone.localdate(report.signed_at) if report.signed_at else None,
        signed=signed,
    )
