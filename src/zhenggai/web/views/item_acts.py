"""办理: every act on one item. Each view is a form and the action that it calls; what they share is below in :func:`_deed`."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhenggai.core.errors import Refusal
from zhenggai.evidence.reception import receive
from zhenggai.ledger.actions import assigning, closing, proving, reporting, requesting
from zhenggai.ledger.handling import rules
from zhenggai.ledger.handling.models import Evidence
from zhenggai.ledger.handling.standing import finding_seen
from zhenggai.ledger.handling.states import (
    Classification,
    Completion,
    Grade,
    Horizon,
    MeasureType,
    WaiverKind,
)
from zhenggai.ledger.models import Finding, Measure, Task
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import check
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.item import forms
from zhenggai.web.item.deeds import DEEDS, Deed, row_of, task_of
from zhenggai.web.item.dossier import Dossier
from zhenggai.web.item.offers import Bound, about, held_for
from zhenggai.web.labels import named
from zhenggai.web.refusals import status_of
from zhenggai.web.views.item import show

WRONG = 422

Doing = Callable[[Post, Any, Any], str]
"""Calls the action with the post, the row and the form that was filled in; says what was done."""


def _deed(name: str) -> Callable[[Doing], Callable[..., HttpResponse]]:
    """Make a view of a function that does an act. A refusal is shown at the act's place with what was entered, and nothing has changed."""
    deed = DEEDS[name]

    def decorate(do: Doing) -> Callable[..., HttpResponse]:
        @require_POST
        @posted
        @wraps(do)
        def view(
            request: PageRequest, post: Post, code: str, number: int, pk: int | None = None
        ) -> HttpResponse:
            finding = finding_seen(post, code, number)
            dossier = Dossier(finding, post)
            row = row_of(deed, finding, finding.pk if pk is None else pk, post, dossier.held)
            form = _form(request, dossier, deed, row)
            try:
                # The permission is asked before what was entered is looked at, and before a file is received.
                check(post, deed.act, held_for(dossier, deed, row))
                if not form.is_valid():
                    return show(request, dossier, bound=Bound(form.key, form), status=WRONG)
                said = do(post, row, form)
            except Refusal as refusal:
                form.refuse(refusal)
                bound = Bound(form.key, form, refusal.sentence)
                # Somebody else may have changed the item meanwhile: the page shows it as it is now.
                return show(request, Dossier(finding, post), bound=bound, status=status_of(refusal))
            messages.success(request, said)
            return redirect(_place(finding, deed, row))

        return view

    return decorate


def _form(request: PageRequest, dossier: Dossier, deed: Deed, row: Any) -> forms.ActForm:
    form = deed.form(deed.key(row.pk), about(dossier), row, request.POST, request.FILES)
    too_large = forms.EvidenceUpload.refused(request.META) if deed.file else ""
    if too_large:
        form.fields["file"].error_messages["required"] = too_large
    return form


def _place(finding: Finding, deed: Deed, row: Any) -> str:
    """Where on the page the reader goes on."""
    path = reverse("web:item", args=[finding.inspection.code, finding.number])
    task = task_of(deed, row)
    if deed.subject in {"evidence", "report", "measure"}:
        return f"{path}#{deed.subject}-{row.pk}"
    if deed.subject == "figure":
        return f"{path}#report-{row.report_id}"
    return f"{path}#task-{task}" if task else f"{path}#closing" if deed.name != "classify" else path


# --- the item ---


@_deed("classify")
def classify(post: Post, finding: Finding, form: forms.ClassifyForm) -> str:
    """确定公开属性."""
    to = Classification(form.said("classification"))
    assigning.classify(finding=finding, classification=to, reason=form.said("reason"), by=post)
    return _("公开属性已定为“%(to)s”。") % {"to": named(to.label)}


@_deed("apply")
def apply(post: Post, finding: Finding, form: forms.ApplyForm) -> str:
    """申请销号."""
    closure = closing.apply(
        finding=finding, grade=Grade(form.said("grade")), text=form.said("text"),
        next_check_on=form.said("next_check_on"), short=bool(form.said("short")), by=post,
    )  # fmt: skip
    return _("已申请销号，须经 %(steps)d 步审核。") % {"steps": len(closure.chain)}


@_deed("relapse")
def relapse(post: Post, finding: Finding, form: forms.RelapseForm) -> str:
    """登记复发."""
    row = closing.relapse(
        finding=finding, reason=form.said("reason"), found_on=form.said("found_on"), by=post
    )
    return _("已登记复发，进入第 %(cycle)d 轮整改。") % {"cycle": row.cycle}


@_deed("standing")
def standing(post: Post, finding: Finding, form: forms.StandingForm) -> str:
    """长期坚持复查."""
    held = form.said("held") == forms.YES
    closing.check_standing(
        finding=finding, text=form.said("text"), next_check_on=form.said("next_check_on"), held=held, by=post
    )
    return _("已登记复查：坚持到位。") if held else _("已登记复查：没有坚持，另立新一轮整改。")


# --- tasks ---


@_deed("assign")
def assign(post: Post, task: Task, form: forms.AssignForm) -> str:
    """落实责任."""
    units = form.said("lead_unit_units")
    answers = assigning.Answers(
        lead_official=form.said("official"), lead_unit=units[0] if units else None,
        responsible=form.said("responsible_units"), supporting=form.said("supporting_units"),
    )  # fmt: skip
    assigning.assign(task=task, answers=answers, reason=form.said("reason"), by=post)
    return _("任务 %(number)d 的责任已落实。") % {"number": task.number}


@_deed("lead")
def lead(post: Post, task: Task, _form: forms.ConfirmForm) -> str:
    """领办."""
    assigning.lead_personally(task=task, by=post)
    return _("任务 %(number)d 由您领办。") % {"number": task.number}


@_deed("plan")
def plan(post: Post, task: Task, form: forms.PlanForm) -> str:
    """制定任务."""
    horizon = form.said("horizon")
    content = assigning.Plan(
        title=form.said("title"), root_cause=form.said("root_cause"), target=form.said("target"),
        indicator=form.said("indicator"), unit=form.said("unit"), target_value=form.said("target_value"), horizon=Horizon(horizon) if horizon else None, due_on=form.said("due_on"),
        due_wording=form.said("due_wording"), standing=form.said("standing"),
        money_total=rules.money(form.said("money_total"), "money_total", _("问题金额（元）")),
    )  # fmt: skip
    assigning.plan(task=task, plan=content, reason=form.said("reason"), by=post)
    return _("任务 %(number)d 已保存。") % {"number": task.number}


@_deed("split")
def split(post: Post, task: Task, form: forms.SplitForm) -> str:
    """拆分任务."""
    parts = [assigning.Part(title, measures) for title, measures in form.parts]
    made = assigning.split(task=task, parts=parts, reason=form.said("reason"), by=post)
    return _("已拆分为 %(parts)d 项任务。") % {"parts": len(made)}


@_deed("merge")
def merge(post: Post, task: Task, form: forms.MergeForm) -> str:
    """合并任务."""
    into = Task.objects.get(pk=form.said("into"), finding=task.finding_id)
    assigning.merge(task=task, into=into, reason=form.said("reason"), by=post)
    return _("任务 %(number)d 已并入任务 %(into)d。") % {"number": task.number, "into": into.number}


@_deed("add_measure")
def add_measure(post: Post, task: Task, form: forms.MeasureForm) -> str:
    """增加措施."""
    row = assigning.add_measure(
        task=task, text=form.said("text"), type=MeasureType(form.said("type")), by=post
    )
    return _("已增加措施 %(number)d。") % {"number": row.number}


@_deed("change_measure")
def change_measure(post: Post, measure: Measure, form: forms.ChangeMeasureForm) -> str:
    """修改措施."""
    kind = MeasureType(form.said("type"))
    assigning.change_measure(
        measure=measure, text=form.said("text"), type=kind, reason=form.said("reason"), by=post
    )
    return _("措施 %(number)d 已修改。") % {"number": measure.number}


# --- reports ---


@_deed("report")
def report(post: Post, task: Task, form: forms.ReportForm) -> str:
    """填报进展."""
    said = reporting.Said(
        period=form.said("period"), narrative=form.said("narrative"), completion=Completion(form.said("completion")),
        measures_done=[int(key) for key in form.said("measures_done") or ()],
        money_done=rules.money(form.said("money_done"), "money_done", _("已整改金额（元）")),
    )  # fmt: skip
    row = reporting.fill_in(task=task, said=said, by=post)
    return _("%(period)s的填报已保存，待主要负责人签发。") % {"period": row.period}


@_deed("sign_report")
def sign_report(post: Post, row: Any, _form: forms.ConfirmForm) -> str:
    """签发进展."""
    reporting.sign(report=row, by=post)
    return _("%(period)s的填报已签发。") % {"period": row.period}


@_deed("return_report")
def return_report(post: Post, row: Any, form: forms.ReasonForm) -> str:
    """退回填报."""
    reporting.send_back(report=row, reason=form.said("reason"), by=post)
    return _("%(period)s的填报已退回。") % {"period": row.period}


@_deed("take_figure")
def take_figure(post: Post, figure: Any, form: forms.FigureForm) -> str:
    """采纳填报数字."""
    accepted = form.said("accepted") == forms.YES
    row = reporting.take_figure(figure=figure, accepted=accepted, by=post)
    said = _("已采纳数字“%(label)s %(written)s”。") if accepted else _("数字“%(label)s %(written)s”不采纳。")
    return said % {"label": row.label, "written": row.written}


# --- evidence ---


@_deed("attach")
def attach(post: Post, task: Task, form: forms.AttachForm) -> str:
    """提交佐证. The file is received before the act, which holds a lock."""
    file = form.said("file")
    handed = proving.Handed(
        name=file.name, received=receive(name=file.name, data=file.read()), title=form.said("title"),
        effective_on=form.said("effective_on"), classification=Classification(form.said("classification")),
    )  # fmt: skip
    measure = _chosen(Measure.objects.filter(task=task), form.said("measure"))
    replaces = _chosen(Evidence.objects.filter(task=task), form.said("replaces"))
    row = proving.attach(task=task, handed=handed, measure=measure, replaces=replaces, by=post)
    return _("佐证“%(title)s”已提交，待其他单位审核。") % {"title": row.title}


def _chosen(rows: Any, key: str | None) -> Any:
    return rows.filter(pk=int(key)).first() if key else None


@_deed("review_evidence")
def review_evidence(post: Post, row: Evidence, form: forms.ReviewForm) -> str:
    """审核佐证."""
    accepted = form.said("accepted") == forms.YES
    proving.review(evidence=row, accepted=accepted, reason=form.said("reason"), by=post)
    said = _("已采信佐证“%(title)s”。") if accepted else _("佐证“%(title)s”不予采信。")
    return said % {"title": row.title}


@_deed("withdraw_evidence")
def withdraw_evidence(post: Post, row: Evidence, form: forms.ReasonForm) -> str:
    """撤下佐证."""
    proving.withdraw(evidence=row, reason=form.said("reason"), by=post)
    return _("佐证“%(title)s”已撤下。") % {"title": row.title}


# --- requests ---


@_deed("extend")
def extend(post: Post, task: Task, form: forms.ExtensionForm) -> str:
    """申请延期."""
    requesting.request_extension(task=task, to_on=form.said("to_on"), reason=form.said("reason"), by=post)
    return _("已申请将任务 %(number)d 的时限延至 %(to)s。") % {
        "number": task.number,
        "to": form.said("to_on"),
    }


@_deed("decide_extension")
def decide_extension(post: Post, row: Any, form: forms.DecideForm) -> str:
    """批复延期."""
    approved = form.said("approved") == forms.YES
    requesting.decide_extension(extension=row, approved=approved, decision=form.said("decision"), by=post)
    return _("延期申请已批准。") if approved else _("延期申请不批准。")


@_deed("waive")
def waive(post: Post, task: Task, form: forms.WaiverForm) -> str:
    """请示豁免."""
    requesting.request_waiver(
        task=task, kind=WaiverKind(form.said("kind")), reason=form.said("reason"), expires_on=form.said("expires_on"),
        measure=_chosen(Measure.objects.filter(task=task), form.said("measure")), by=post,
    )  # fmt: skip
    return _("已请示豁免，待批复。")


@_deed("decide_waiver")
def decide_waiver(post: Post, row: Any, form: forms.DecideForm) -> str:
    """批复豁免."""
    approved = form.said("approved") == forms.YES
    requesting.decide_waiver(waiver=row, approved=approved, decision=form.said("decision"), by=post)
    return _("豁免已批准。") if approved else _("豁免不批准。")


# --- closing ---


@_deed("approve")
def approve(post: Post, row: Any, form: forms.OpinionForm) -> str:
    """审核通过."""
    closure = closing.approve(closure=row, reason=form.said("reason"), by=post)
    return _("审核通过，本问题已销号。") if closure.closed_on else _("审核通过，转下一步。")


@_deed("send_back")
def send_back(post: Post, row: Any, form: forms.ReasonForm) -> str:
    """退回."""
    closing.send_back(closure=row, reason=form.said("reason"), by=post)
    return _("申请已退回。")


@_deed("withdraw_application")
def withdraw_application(post: Post, row: Any, form: forms.ReasonForm) -> str:
    """撤回申请."""
    closing.withdraw_application(closure=row, reason=form.said("reason"), by=post)
    return _("申请已撤回。")
