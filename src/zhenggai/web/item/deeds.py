"""事项办理: every act that concerns one item, with what it is done to and its form. Addresses, page and views follow this table."""

from dataclasses import dataclass
from typing import Any

from zhenggai.core.errors import NotFound
from zhenggai.journal.acts import CATALOGUE
from zhenggai.ledger.actions import assigning, closing, proving, reporting, requesting  # noqa: F401  # enter their acts in the catalogue
from zhenggai.ledger.handling.models import (
    Closure,
    Evidence,
    Extension,
    ProgressReport,
    ReportedFigure,
    Waiver,
)
from zhenggai.ledger.handling.standing import visible_evidence, visible_reports
from zhenggai.ledger.models import Finding, Measure, Task
from zhenggai.parties.models import Post
from zhenggai.parties.states import Capacity
from zhenggai.web.item import forms


@dataclass(frozen=True)
class Deed:
    """An act at an item: its name in addresses, its code, on what it is done (empty: the item itself), its form, how its button looks."""

    name: str
    act: str
    subject: str
    form: type[forms.ActForm]
    look: str = "secondary"
    file: bool = False

    @property
    def label(self) -> str:
        """The act's Chinese name."""
        return CATALOGUE[self.act].label

    def key(self, pk: int) -> str:
        """Name of its place on the page."""
        return f"{self.name}-{pk}"


DEEDS: dict[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed("classify", "finding.classify", "", forms.ClassifyForm),
        Deed("apply", "closure.apply", "", forms.ApplyForm, "primary"),
        Deed("relapse", "finding.relapse", "", forms.RelapseForm, "danger"),
        Deed("standing", "standing.check", "", forms.StandingForm, "primary"),
        Deed("assign", "task.assign", "task", forms.AssignForm),
        Deed("lead", "task.lead", "task", forms.ConfirmForm),
        Deed("plan", "task.plan", "task", forms.PlanForm),
        Deed("split", "task.split", "task", forms.SplitForm),
        Deed("merge", "task.merge", "task", forms.MergeForm),
        Deed("add_measure", "measure.add", "task", forms.MeasureForm),
        Deed("change_measure", "measure.change", "measure", forms.ChangeMeasureForm),
        Deed("report", "report.save", "task", forms.ReportForm, "primary"),
        Deed("sign_report", "report.sign", "report", forms.ConfirmForm, "primary"),
        Deed("return_report", "report.return", "report", forms.ReasonForm),
        Deed("take_figure", "report.figure", "figure", forms.FigureForm),
        Deed("attach", "evidence.attach", "task", forms.AttachForm, "primary", file=True),
        Deed("review_evidence", "evidence.review", "evidence", forms.ReviewForm, "primary"),
        Deed("withdraw_evidence", "evidence.withdraw", "evidence", forms.ReasonForm),
        Deed("extend", "extension.request", "task", forms.ExtensionForm),
        Deed("decide_extension", "extension.decide", "extension", forms.DecideForm, "primary"),
        Deed("waive", "waiver.request", "task", forms.WaiverForm),
        Deed("decide_waiver", "waiver.decide", "waiver", forms.DecideForm, "primary"),
        Deed("approve", "closure.approve", "closure", forms.OpinionForm, "primary"),
        Deed("send_back", "closure.return", "closure", forms.ReasonForm),
        Deed("withdraw_application", "closure.withdraw", "closure", forms.ReasonForm),
    )
}
"""By their names in addresses."""


OF_ITEM = frozenset({"task.assign", "task.plan", "task.split", "task.merge", "report.figure"})
"""Acts on a task that ask for the capacities to the item as a whole."""


def row_of(deed: Deed, finding: Finding, pk: int, by: Post, held: frozenset[Capacity]) -> Any:
    """The row on which an act is done, if it belongs to the item and may be seen; NotFound else."""
    rows: dict[str, Any] = {
        "": lambda: Finding.objects.filter(pk=finding.pk),
        "task": lambda: Task.objects.filter(finding=finding),
        "measure": lambda: Measure.objects.filter(task__finding=finding),
        "report": lambda: visible_reports(by, ProgressReport.objects.filter(finding=finding)),
        "figure": lambda: ReportedFigure.objects.filter(
            report__in=visible_reports(by, ProgressReport.objects.filter(finding=finding))
        ),
        "evidence": lambda: visible_evidence(by, Evidence.objects.filter(finding=finding), held),
        "extension": lambda: Extension.objects.filter(finding=finding),
        "waiver": lambda: Waiver.objects.filter(finding=finding),
        "closure": lambda: Closure.objects.filter(finding=finding),
    }
    found = rows[deed.subject]().filter(pk=pk).first()
    if found is None:
        raise NotFound("要办理的内容已不存在，请刷新页面。")
    return found


def task_of(deed: Deed, row: Any) -> int | None:
    """Key of the task to which a row belongs; None for the item itself and its closures."""
    if deed.subject == "task":
        return int(row.pk)
    if deed.subject == "figure":
        return int(row.report.task_id)
    return getattr(row, "task_id", None)
