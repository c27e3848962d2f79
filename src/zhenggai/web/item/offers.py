"""办理按钮: which acts the page of an item offers to its reader: those he may do, greyed with the reason where he may not at present.

An act in which he has no part at all is not offered. One that somebody else of his unit does is greyed with the permission's sentence.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhenggai.core.errors import Refusal
from zhenggai.ledger.handling import gate, queries, rules
from zhenggai.ledger.handling.models import Evidence, ProgressReport
from zhenggai.ledger.handling.states import (
    EVIDENCE_MOVES,
    REPORT_MOVES,
    AssignmentRole,
    EvidenceMove,
    EvidenceState,
    Grade,
    Horizon,
    MeasureType,
    ReportMove,
    ReportState,
    RequestState,
    Review,
)
from zhenggai.ledger.models import Measure, Task
from zhenggai.parties.models import Organisation, Post
from zhenggai.parties.permissions import PERMISSIONS, why_not
from zhenggai.parties.states import Capacity, OrganisationLevel, Role
from zhenggai.web.item import forms
from zhenggai.web.item.deeds import DEEDS, OF_ITEM, Deed, task_of
from zhenggai.web.item.dossier import ClosureLines, Dossier, TaskLines
from zhenggai.web.labels import named

COLLEAGUES = {Capacity.UNIT_FILLER: Capacity.UNIT_HEAD, Capacity.LEAD_FILLER: Capacity.LEAD_HEAD}
"""Whose acts are shown greyed: what the head of one's own unit does."""

EXPLAINED = frozenset({"apply", "sign_report", "extend", "waive", "withdraw_application"})
"""Those of them that somebody waits for."""

MOST_UNITS = 2000
"""Names offered for completion; any other registered name can be typed."""

Check = Callable[[], object]


@dataclass
class Offer:
    """An act as the page offers it."""

    deed: Deed
    key: str
    url: str
    form: forms.ActForm
    why_not: str = ""
    open: bool = False
    look: str = ""

    @property
    def label(self) -> str:
        """The act's name."""
        return self.deed.label

    @property
    def confirm(self) -> str:
        """What stands on the button that does it."""
        return _("确认%(act)s") % {"act": named(self.deed.label)}


@dataclass
class Offers:
    """The acts at one place of the page; the reasons why some are greyed, each once with the acts that it greys."""

    all: list[Offer] = field(default_factory=list)

    def __bool__(self) -> bool:
        """Whether there is anything to do or to explain."""
        return bool(self.all)

    @property
    def reasons(self) -> list[tuple[str, list[str]]]:
        """Reason → names of acts; none where the sentence itself names the act."""
        found: dict[str, list[str]] = {}
        for offer in self.all:
            if offer.why_not:
                names = found.setdefault(offer.why_not, [])
                names += [] if offer.label in offer.why_not else [offer.label]
        return list(found.items())


@dataclass(frozen=True)
class Bound:
    """A form that was refused: it is shown at its place, open, with what was entered."""

    key: str
    form: forms.ActForm
    sentence: str = ""


class Desk:
    """The acts that the page offers, place by place."""

    def __init__(self, dossier: Dossier, bound: Bound | None = None) -> None:
        self.dossier, self.bound = dossier, bound
        self.by = dossier.by
        self.item = self.closing = Offers()
        self.placed = False
        """Whether the refused form found its place."""

    @cached_property
    def about(self) -> forms.About:
        """What the forms offer to choose from."""
        return about(self.dossier)

    @property
    def assigns(self) -> bool:
        """Whether names of units are to be offered."""
        return any(
            offer.deed.name == "assign" for task in self.dossier.tasks for offer in task.acts["plan"].all
        )

    @property
    def asks(self) -> bool:
        """Whether what is still missing for a closure is of use: nothing is under review, nothing closed."""
        return self.dossier.is_item and self.dossier.review in (Review.NONE, Review.RETURNED)

    # --- places ---

    def _whole(self) -> Offers:
        """What is done to the item as a whole, apart from its closure."""
        return self._offers(
            self._one(
                "classify", self.dossier.finding, {"classification": self.dossier.finding.classification}
            )
        )

    def _closing(self) -> Offers:
        """申请、复发、复查."""
        dossier, finding = self.dossier, self.dossier.finding
        if not dossier.is_item:
            return Offers()
        if dossier.review is Review.CLOSED:
            later = dossier.today + timedelta(days=180)
            standing = finding.next_check_on and self._one("standing", finding, {"next_check_on": later})
            return self._offers(standing, self._one("relapse", finding, {"found_on": dossier.today}))
        if dossier.review is Review.STEP:
            return Offers()
        return self._offers(self._one("apply", finding, {"grade": Grade.DONE.value}, self._may_apply))

    def _may_apply(self) -> None:
        """Raise the first thing that is missing if no grade can be applied for."""
        missing = [next(unmet(self.dossier, grade), None) for grade in Grade]
        if all(missing):
            raise missing[0] or AssertionError

    def review(self, closure: ClosureLines) -> Offers:
        """审核通过、退回、撤回申请."""
        if not closure.open:
            return Offers()
        row = closure.row
        own = row.applied_unit_id == self.dossier.unit
        checks = [lambda: self._turn(closure), lambda: self._second(closure)]
        return self._offers(
            not own and self._one("approve", row, {}, *checks),
            not own and self._one("send_back", row, {}, *checks),
            own and self._one("withdraw_application", row),
        )

    def _turn(self, closure: ClosureLines) -> None:
        steps = self.dossier.profile.steps(short=closure.row.short)
        step = queries.step_now(closure.row, steps)
        gate.check_turn(step.by, step.label, self.dossier.held, self.by.title)

    def _second(self, closure: ClosureLines) -> None:
        row = closure.row
        gate.check_reviewer(
            person=self.by.holder_id or 0,
            unit=self.dossier.unit,
            applicant=row.applicant_id,
            applied_unit=row.applied_unit_id,
            earlier=[taken.reviewer_id for _, _, taken in closure.steps if taken],
        )

    def plan(self, task: TaskLines) -> Offers:
        """责任与方案."""
        row, mine = task.row, self._lead_of(task)
        if not self._works(task):
            return Offers()
        return self._offers(
            self._one("assign", row, self._answers(task), self._open),
            mine is not None and not mine.personally and self._one("lead", row, {}, self._open),
            self._one("plan", row, self._plan(row), self._open),
            self._one("split", row, self._split(row), self._open),
            len(self.dossier.live_tasks) > 1 and self._one("merge", row, {}, self._open),
        )

    def _works(self, task: TaskLines) -> bool:
        """Whether anything is done about a task: neither it nor its problem was taken back."""
        return task.live and self.dossier.is_item

    def _lead_of(self, task: TaskLines) -> Any:
        rows = [a for role, own in task.answers if role is AssignmentRole.LEAD_OFFICIAL for a in own]
        return next((a for a in rows if a.post_id == self.by.pk), None)

    def measures(self, task: TaskLines) -> Offers:
        """增加措施."""
        if not self._works(task):
            return Offers()
        return self._offers(self._one("add_measure", task.row, {"type": MeasureType.OTHER.value}, self._open))

    def measure(self, row: Measure) -> Offers:
        """修改措施."""
        if row.withdrawn_at is not None:
            return Offers()
        return self._offers(
            self._one("change_measure", row, {"text": row.text, "type": row.type}, self._open)
        )

    def reports(self, task: TaskLines) -> Offers:
        """填报."""
        if not self._works(task):
            return Offers()
        return self._offers(self._one("report", task.row, self._report(task.row), self._open))

    def report(self, row: ProgressReport) -> Offers:
        """签发、退回."""
        state, own = ReportState(row.state), row.organisation_id == self.dossier.unit
        moves = REPORT_MOVES[state] if row.cycle == self.dossier.finding.cycle else {}
        office = bool(self.dossier.held & {Capacity.OFFICE, Capacity.LEAD_HEAD})
        may_return = own or (office and state is ReportState.SIGNED)
        return self._offers(
            own and ReportMove.SIGN in moves and self._one("sign_report", row, {}, self._open),
            may_return and ReportMove.RETURN in moves and self._one("return_report", row, {}, self._open),
        )

    def figure(self, figure: Any, report: ProgressReport) -> Offer | None:
        """采纳、不采纳."""
        if figure.observation_id or figure.dismissed_at or report.state != ReportState.SIGNED.value:
            return None
        return self._one("take_figure", figure)

    def proofs(self, task: TaskLines) -> Offers:
        """提交佐证."""
        if not self._works(task):
            return Offers()
        values = {"effective_on": self.dossier.today, "classification": "internal"}
        return self._offers(self._one("attach", task.row, values, self._open))

    def piece(self, row: Evidence) -> Offers:
        """审核、撤下."""
        moves = EVIDENCE_MOVES[EvidenceState(row.state)] if row.cycle == self.dossier.finding.cycle else {}
        own = row.organisation_id == self.dossier.unit
        another = [
            self._open,
            lambda: rules.check_another(self.by.holder_id or 0, row.uploader_id, "审核佐证"),
            lambda: rules.check_another_unit(self.dossier.unit, row.organisation_id, "审核佐证"),
        ]
        reviews = EvidenceMove.RETURN in moves and not (own and not self._reviews(row))
        values = {"accepted": forms.NO} if EvidenceMove.ACCEPT not in moves else {}
        review = self._one("review_evidence", row, values, *another) if reviews else None
        if review and EvidenceMove.ACCEPT not in moves:
            review.look = "secondary"
        return self._offers(
            review,
            own and EvidenceMove.WITHDRAW in moves and self._one("withdraw_evidence", row, {}, self._open),
        )

    def _reviews(self, row: Evidence) -> bool:
        """Whether somebody who handed it in also holds a capacity in which evidence is reviewed, and is to be told why he may not here."""
        return bool(PERMISSIONS["evidence.review"].who & self.dossier.held_for(row.task_id))

    def requests(self, task: TaskLines) -> Offers:
        """延期、豁免."""
        if not self._works(task) or self.dossier.review is Review.CLOSED:
            return Offers()
        waiting = any(line.row.state == RequestState.REQUESTED.value for line in task.extensions)
        return self._offers(
            self._one("extend", task.row, {}, self._open, lambda: rules.check_none_waiting(waiting)),
            self._one("waive", task.row, {}, self._open),
        )

    def extension(self, row: Any) -> Offers:
        """批复延期."""
        return self._decision("decide_extension", row, "批复延期")

    def waiver(self, row: Any) -> Offers:
        """批复豁免."""
        return self._decision("decide_waiver", row, "批复豁免", row.requested_unit_id)

    def _decision(self, name: str, row: Any, doing: str, unit: int = 0) -> Offers:
        if row.state != RequestState.REQUESTED.value:
            return Offers()
        checks: list[Check] = [
            self._open,
            lambda: rules.check_another(self.by.holder_id or 0, row.requester_id, doing),
        ]
        if unit:
            checks.append(lambda: rules.check_another_unit(self.dossier.unit, unit, doing))
        return self._offers(self._one(name, row, {}, *checks))

    def arrange(self) -> None:
        """Put every act at its place: at the item, its closure, and the lines of the dossier."""
        self.item, self.closing = self._whole(), self._closing()
        for task in self.dossier.tasks:
            task.acts = {
                "plan": self.plan(task), "measures": self.measures(task), "reports": self.reports(task),
                "proofs": self.proofs(task), "requests": self.requests(task),
            }  # fmt: skip
            for measure in task.measures:
                measure.acts = self.measure(measure.row)
            pieces = [*task.evidence, *(piece for measure in task.measures for piece in measure.evidence)]
            for piece in pieces:
                piece.acts = self.piece(piece.row)
            for report in task.reports:
                report.acts = self.report(report.row)
                for figure in report.figures:
                    figure.acts = self.figure(figure.row, report.row)
            for extension in task.extensions:
                extension.acts = self.extension(extension.row)
            for waiver in task.waivers:
                waiver.acts = self.waiver(waiver.row)
        for closure in self.dossier.closures:
            closure.acts = self.review(closure)

    # --- one act ---

    def _open(self) -> None:
        rules.check_open(self.dossier.finding.review, self.dossier.finding.number)

    def _offers(self, *offers: Any) -> Offers:
        return Offers([offer for offer in offers if isinstance(offer, Offer)])

    def _one(
        self, name: str, row: Any, initial: Mapping[str, Any] | None = None, *checks: Check
    ) -> Offer | None:
        """The act, if the reader has a part in it."""
        deed = DEEDS[name]
        held = held_for(self.dossier, deed, row)
        who = PERMISSIONS[deed.act].who
        if who & held:
            reason = _reason_of(checks)
        elif name in EXPLAINED and who & {COLLEAGUES[each] for each in held if each in COLLEAGUES}:
            reason = why_not(self.by, deed.act, held)
        else:
            return None
        key = deed.key(row.pk)
        bound = self.bound if self.bound and self.bound.key == key else None
        form = bound.form if bound else deed.form(key, self.about, row, initial=dict(initial or {}))
        if bound:
            reason, self.placed = "", True
        return Offer(deed, key, url_of(deed, self.dossier, row), form, reason, bound is not None, deed.look)

    # --- what the forms begin with ---

    def _answers(self, task: TaskLines) -> dict[str, Any]:
        """Who answers now; where nobody does yet, whom the document names."""
        row, answers = task.row, dict(task.answers)
        if not answers:
            return {
                "lead_unit": row.lead_unit, "responsible": row.responsible_units, "supporting": row.supporting_units,
            }  # fmt: skip
        units = {
            role: [a.organisation.name for a in rows if a.organisation] for role, rows in answers.items()
        }
        officials = answers.get(AssignmentRole.LEAD_OFFICIAL, [])
        return {
            "lead_official": next((a.post.code for a in officials if a.post), ""),
            "lead_unit": next(iter(units.get(AssignmentRole.LEAD_UNIT, [])), ""),
            "responsible": units.get(AssignmentRole.RESPONSIBLE, []),
            "supporting": units.get(AssignmentRole.SUPPORTING, []),
        }

    def _plan(self, row: Task) -> dict[str, Any]:
        names = ("title", "root_cause", "target", "horizon", "due_on", "due_wording", "standing")
        return {
            **{name: getattr(row, name) for name in names},
            "indicator": row.indicator.name if row.indicator else "", "unit": row.indicator.unit if row.indicator else "",
            "target_value": bare(row.target_value), "money_total": bare(row.money_total),
        }  # fmt: skip

    def _split(self, row: Task) -> dict[str, Any]:
        measures = self.dossier.measures_of(row.pk)
        return {"title_1": row.title, **{f"measure_{m.pk}": "1" for m in measures}}

    def _report(self, row: Task) -> dict[str, Any]:
        """The last draft of one's own unit, or one that was sent back; else what is known."""
        cycle, unit = self.dossier.finding.cycle, self.dossier.unit
        own = [r for r in self.dossier.reports_of(row.pk) if r.organisation_id == unit and r.cycle == cycle]
        draft = next((r for r in own if r.state != ReportState.SIGNED.value), None)
        if draft is not None:
            return {
                "period": draft.period, "narrative": draft.narrative, "completion": draft.completion,
                "measures_done": [str(key) for key in draft.measures_done], "money_done": bare(draft.money_done),
            }  # fmt: skip
        done = [str(m.pk) for m in self.dossier.measures_of(row.pk) if m.done_on]
        return {
            "period": forms.this_month(self.dossier.today), "completion": row.completion, "measures_done": done,
            "money_done": bare(row.money_done),
        }  # fmt: skip


def held_for(dossier: Dossier, deed: Deed, row: Any) -> frozenset[Capacity]:
    """In which capacities an act on a row is asked for: those to its task where the act asks so, else those to the item."""
    task = None if deed.act in OF_ITEM else task_of(deed, row)
    return dossier.held if task is None else dossier.held_for(task)


def _reason_of(checks: Iterable[Check]) -> str:
    """The first rule's sentence that stands in the way; empty if none does."""
    for check in checks:
        try:
            check()
        except Refusal as refusal:
            return refusal.sentence
    return ""


def about(dossier: Dossier) -> forms.About:
    """What the forms of an item offer to choose from. One statement, for those who assign."""
    profile = dossier.profile
    office = Capacity.OFFICE in dossier.held
    officials = Post.objects.filter(role=Role.OFFICIAL.value, holder__isnull=False).select_related("holder")
    return forms.About(
        tasks=[task.row for task in dossier.live_tasks],
        measures={task.row.pk: dossier.measures_of(task.row.pk) for task in dossier.live_tasks},
        replaceable={task.row.pk: dossier.replaceable(task.row.pk) for task in dossier.live_tasks},
        officials=list(officials) if office else [],
        grades=profile.grades,
        completions=profile.completion,
        horizons={horizon: time.label for horizon, time in profile.horizons.items()},
        is_immediate=dossier.facts.is_immediate,
        usual_dues=usual_dues(dossier),
    )


def usual_dues(dossier: Dossier) -> str:
    """The last days of the profile's time classes, counted from the feedback; empty while its date is not known."""
    feedback = dossier.inspection.feedback_on
    if feedback is None:
        return ""
    times = dossier.profile.horizons
    return "、".join(
        f"{named(times[each].label)} {rules.due_from(dossier.profile, each, feedback)}" for each in Horizon
    )


def units() -> list[str]:
    """Names of registered units, for completion. One statement."""
    rows = Organisation.objects.exclude(level=OrganisationLevel.SECTION.value).order_by("name")
    return list(rows.values_list("name", flat=True)[:MOST_UNITS])


def url_of(deed: Deed, dossier: Dossier, row: Any) -> str:
    """Address to which the act's form is sent."""
    arguments = [dossier.inspection.code, dossier.finding.number, *([row.pk] if deed.subject else [])]
    return reverse(f"web:item_{deed.name}", args=arguments)


def bare(value: Any) -> str:
    """A number as somebody would type it."""
    if value is None:
        return ""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


# --- 销号条件 ---


def unmet(dossier: Dossier, grade: Grade) -> Iterator[gate.GateRefused]:
    """The conditions of a closure of this grade that are not met."""
    steps, facts = dossier.profile.steps(short=False), dossier.facts
    asked = queries.complete_application(
        facts, grade, steps, dossier.reviewing, dossier.today, unit=dossier.unit
    )
    return gate.unmet(facts, asked, dossier.today)


@dataclass(frozen=True)
class Condition:
    """One line of the checklist: what must be there, and what of it is missing, each with a link."""

    label: str
    missing: list[tuple[str, str]]


def checklist(
    dossier: Dossier, grade: Grade, labels: Mapping[type[gate.GateRefused], str]
) -> list[Condition]:
    """销号条件: every condition of the gate with what is missing of it. No statement of its own."""
    found: dict[str, list[tuple[str, str]]] = {label: [] for label in labels.values()}
    for refusal in unmet(dossier, grade):
        label = labels.get(type(refusal))
        if label:
            found[label].append((refusal.sentence, anchor_of(refusal)))
    return [Condition(label, missing) for label, missing in found.items()]


def anchor_of(refusal: gate.GateRefused) -> str:
    """Where on the page what is missing is put right."""
    task, measure = refusal.facts.get("task"), refusal.facts.get("measure")
    if measure:
        return f"#measure-{measure}"
    if isinstance(refusal, gate.NotReported | gate.TaskNotDone) and task:
        return f"#reports-{task}"
    if task:
        return f"#task-{task}"
    return "#children" if isinstance(refusal, gate.ChildrenOpen) else "#tasks"
