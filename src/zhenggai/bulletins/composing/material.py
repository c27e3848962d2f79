"""素材: everything that a document may say of an inspection, gathered in a fixed number of statements.

What an audience may not know is not gathered: for the public nothing but public items and what hangs on them, for others no sensitive one.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Generic, TypeVar

from django.db.models import F, QuerySet

from zhenggai.bulletins.composing.naming import office
from zhenggai.bulletins.composing.words import Bound, Words, bound_in_order
from zhenggai.bulletins.states import Audience
from zhenggai.indicators.models import Observation
from zhenggai.indicators.queries import candidates
from zhenggai.indicators.states import Reach
from zhenggai.ledger.handling.models import (
    Assignment,
    Evidence,
    Participant,
    ProgressReport,
    ReportedFigure,
    Waiver,
)
from zhenggai.ledger.handling.profiles import Profile
from zhenggai.ledger.handling.queries import profile
from zhenggai.ledger.handling.states import (
    AssignmentRole,
    Classification,
    EvidenceState,
    ParticipantRole,
    ReportState,
    RequestState,
    Review,
    WaiverKind,
)
from zhenggai.ledger.models import Finding, Inspection, Measure, PolicyDocument, Task
from zhenggai.ledger.states import RESULTS, Level, MeasureState

T = TypeVar("T")


@dataclass(frozen=True)
class Step:
    """措施: its words without number and full stop, and whether it was carried out, as evidence, a signed report or a document has it."""

    words: Words
    settled: bool


@dataclass
class Duty:
    """任务 with who answers for it, by office and unit."""

    row: Task
    steps: list[Step] = field(default_factory=list)
    effects: list[Words] = field(default_factory=list)
    official: str = ""
    lead: str = ""
    responsible: list[str] = field(default_factory=list)
    supporting: list[str] = field(default_factory=list)

    @property
    def answered(self) -> bool:
        """Whether anybody answers for it."""
        return bool(self.official or self.lead or self.responsible)


@dataclass(frozen=True)
class Granted:
    """豁免 that counts today."""

    what: str
    reason: str
    until: date


@dataclass
class Item:
    """事项 with everything that may be said of it. ``area`` is the title of the area that it stands under, if that may be named."""

    row: Finding
    area: str
    area_number: int
    order: tuple[int, ...]
    duties: list[Duty] = field(default_factory=list)
    waivers: list[Granted] = field(default_factory=list)

    @property
    def is_closed(self) -> bool:
        """销号."""
        return self.row.review == Review.CLOSED.value

    @property
    def steps(self) -> list[Step]:
        """The measures of all its tasks."""
        return [step for duty in self.duties for step in duty.steps]

    @property
    def effects(self) -> list[Words]:
        """What its units signed for last, each text once."""
        said = [words for duty in self.duties for words in duty.effects]
        return list({words.text: words for words in reversed(said)}.values())[::-1]

    @property
    def units(self) -> list[str]:
        """Who answers for it: responsible units, or lead units where there are none."""
        names = [name for duty in self.duties for name in duty.responsible] or [
            duty.lead for duty in self.duties if duty.lead
        ]
        return list(dict.fromkeys(names))

    @property
    def due_on(self) -> date | None:
        """The last day of its last task."""
        return max((duty.row.due_on for duty in self.duties if duty.row.due_on), default=None)


@dataclass(frozen=True)
class Material:
    """素材 of one document."""

    inspection: Inspection
    profile: Profile
    audience: Audience
    today: date
    items: Sequence[Item]
    figures: Mapping[str, Observation]
    group: Mapping[ParticipantRole, Sequence[str]]
    policies: Sequence[str]
    withheld: bool
    announced: Mapping[int, date]


def gather(
    inspection: Inspection,
    audience: Audience,
    today: date,
    figures: Mapping[str, Observation],
    announced: Mapping[int, date],
) -> Material:
    """Gather the material; ``figures`` are the computed values of the reach that the audience may know, as recorded."""
    reach = Reach.PUBLIC if audience is Audience.PUBLIC else Reach.WHOLE
    live = list(inspection.findings.filter(withdrawn_at=None).order_by("number"))
    shown = [row for row in live if row.level != Level.AREA.value and may_be_named(row, audience)]
    items = {item.row.pk: item for item in _items(live, shown, audience)}
    duties = _duties(inspection, items)
    standing = candidates(inspection.code, reach)
    _put_answers(inspection, duties)
    _put_measures(inspection, duties, standing)
    _put_reports(inspection, duties, standing)
    _put_waivers(inspection, items, today)
    return Material(
        inspection=inspection,
        profile=profile(inspection),
        audience=audience,
        today=today,
        items=sorted(items.values(), key=lambda item: item.order),
        figures=figures,
        group=_group(inspection),
        policies=_policies(inspection, items.values()),
        withheld=audience is not Audience.PUBLIC
        and any(row.level != Level.AREA.value and row.pk not in items for row in live),
        announced=announced,
    )


def may_be_named(row: Finding, audience: Audience) -> bool:
    """Whether a document for this audience may name an item or an area."""
    if audience is Audience.PUBLIC:
        return row.classification == Classification.PUBLIC.value
    return row.classification != Classification.SENSITIVE.value


def _items(live: Sequence[Finding], shown: Sequence[Finding], audience: Audience) -> Iterable[Item]:
    """Items in the order of the tree; of what is above them only the order counts, and an area that may itself be named."""
    by_key = {row.pk: row for row in live}
    for row in shown:
        above, path = by_key.get(row.parent_id or 0), [row.number]
        area: Finding | None = None
        while above is not None and above.number not in path:
            path.insert(0, above.number)
            area = above if above.level == Level.AREA.value else area
            above = by_key.get(above.parent_id or 0)
        named = area is not None and may_be_named(area, audience)
        title = area.title if area is not None and named else ""
        yield Item(row, title, area.number if area is not None and named else 0, tuple(path))


def _duties(inspection: Inspection, items: Mapping[int, Item]) -> dict[int, Duty]:
    found = {}
    tasks = Task.objects.filter(finding__inspection=inspection, withdrawn_at=None).select_related("indicator")
    for row in tasks.order_by("finding__number", "number"):
        if row.finding_id in items:
            found[row.pk] = duty = Duty(row)
            items[row.finding_id].duties.append(duty)
    return found


def _put_answers(inspection: Inspection, duties: Mapping[int, Duty]) -> None:
    """Who answers, as assigned; where nobody was, as the document has it."""
    given = Assignment.objects.filter(finding__inspection=inspection, ended_at=None)
    assigned = set()
    for row in given.select_related("post__organisation", "organisation").order_by(
        "organisation__name", "pk"
    ):
        duty = duties.get(row.task_id)
        if duty is None:
            continue
        assigned.add(row.task_id)
        if row.role == AssignmentRole.LEAD_OFFICIAL.value and row.post:
            duty.official = office(row.post.title, row.post.organisation.name, inspection.party)
        elif row.organisation and row.role == AssignmentRole.LEAD_UNIT.value:
            duty.lead = row.organisation.name
        elif row.organisation:
            to = duty.responsible if row.role == AssignmentRole.RESPONSIBLE.value else duty.supporting
            to.append(row.organisation.name)
    for key, duty in duties.items():
        if key not in assigned:
            duty.lead = duty.row.lead_unit
            duty.responsible = [str(name) for name in duty.row.responsible_units]
            duty.supporting = [str(name) for name in duty.row.supporting_units]


def _put_measures(
    inspection: Inspection, duties: Mapping[int, Duty], standing: Sequence[Observation]
) -> None:
    """The measures, with the numbers in them bound to what was read at the same place of the document, as far as it still stands."""
    places = Places(
        (row.document_id, row.span_start or 0, row.span_end or 0, row)
        for row in standing
        if row.document_id is not None
    )
    proven = set(
        Evidence.objects.filter(
            finding__inspection=inspection,
            cycle=F("finding__cycle"),
            state=EvidenceState.ACCEPTED.value,
            measure__isnull=False,
        ).values_list("measure_id", flat=True)
    )
    signed = _signed(inspection).values_list("measures_done", flat=True)
    proven |= {int(key) for keys in signed for key in keys}
    rows = Measure.objects.filter(task__finding__inspection=inspection, withdrawn_at=None)
    for row in rows.order_by("task__finding__number", "task__number", "number"):
        duty = duties.get(row.task_id)
        if duty is None:
            continue
        found = places.within(row.document_id, row.span_start, row.span_end)
        words = bound_in_order(row.text, found).in_one().stripped().unnumbered().bare()
        told = row.state != MeasureState.PLANNED.value
        if words:
            duty.steps.append(Step(words, told or row.done_on is not None or row.pk in proven))


class Places(Generic[T]):
    """What stands where in which document."""

    def __init__(self, said: Iterable[tuple[int, int, int, T]]) -> None:
        self._by_document: dict[int, list[tuple[int, int, T]]] = defaultdict(list)
        for document, start, end, what in said:
            self._by_document[document].append((start, end, what))
        for rows in self._by_document.values():
            rows.sort(key=lambda each: each[:2])

    def within(self, document: int | None, start: int | None, end: int | None) -> list[T]:
        """What stands within a place, in order."""
        rows = self._by_document.get(document or 0, [])
        if start is None or end is None:
            return []
        first = bisect_left(rows, start, key=lambda each: each[0])
        stop = bisect_left(rows, end, key=lambda each: each[0])
        return [what for _, until, what in rows[first:stop] if until <= end]


def _signed(inspection: Inspection) -> QuerySet[ProgressReport]:
    """Signed reports of the present cycle."""
    return ProgressReport.objects.filter(
        finding__inspection=inspection, cycle=F("finding__cycle"), state=ReportState.SIGNED.value
    )


def _put_reports(inspection: Inspection, duties: Mapping[int, Duty], standing: Sequence[Observation]) -> None:
    """What each unit signed for last, with the numbers that were taken from it as values bound to them."""
    known = {row.pk: row for row in standing}
    figures: dict[int, list[Bound]] = defaultdict(list)
    taken = ReportedFigure.objects.filter(report__finding__inspection=inspection, observation__isnull=False)
    for report, key, label, start, end in taken.order_by("span_start").values_list(
        "report_id", "observation_id", "label", "span_start", "span_end"
    ):
        if key in known:
            figures[report].append(Bound(start, end, label, known[key]))
    latest = {
        (row.task_id, row.organisation_id): row for row in _signed(inspection).order_by("signed_at", "pk")
    }  # fmt: skip
    for (task, _), row in sorted(latest.items(), key=lambda each: each[1].pk):
        if task in duties:
            words = Words(row.narrative, tuple(figures[row.pk])).in_one().closed()
            duties[task].effects += [words] if words else []


def _put_waivers(inspection: Inspection, items: Mapping[int, Item], today: date) -> None:
    rows = Waiver.objects.filter(
        finding__inspection=inspection,
        state=RequestState.APPROVED.value,
        cycle=F("finding__cycle"),
        expires_on__gte=today,
    )
    for row in rows.order_by("pk"):
        if row.finding_id in items:
            granted = Granted(WaiverKind(row.kind).label, row.reason, row.expires_on)
            items[row.finding_id].waivers.append(granted)


def _group(inspection: Inspection) -> dict[ParticipantRole, list[str]]:
    """整改工作领导小组 by office, task force and supervising bodies by unit."""
    found: dict[ParticipantRole, list[str]] = defaultdict(list)
    rows = Participant.objects.filter(inspection=inspection, ended_at=None)
    for row in rows.select_related("post__organisation", "organisation").order_by("pk"):
        if row.post is not None:
            named = office(row.post.title, row.post.organisation.name, inspection.party)
        else:
            named = row.organisation.name if row.organisation else ""
        role = ParticipantRole(row.role)
        if named and named not in found[role]:
            found[role].append(named)
    return found


def _policies(inspection: Inspection, items: Collection[Item]) -> list[str]:
    """制度成果 of the register that what may be said of the items names, in the order in which it does; without 《》."""
    rows = PolicyDocument.objects.filter(
        inspection=inspection, withdrawn_at=None, role__in=[role.value for role in RESULTS]
    )
    register = {title.strip("《》") for title in rows.values_list("title", flat=True)}
    texts = (words.text for item in items for words in (*(step.words for step in item.steps), *item.effects))
    return list(dict.fromkeys(title for text in texts for title in titles_in(text) if title in register))


def titles_in(text: str) -> Iterable[str]:
    """Titles in 《》, the outermost where they are nested."""
    depth = start = 0
    for at, sign in enumerate(text):
        if sign == "《":
            depth, start = depth + 1, start if depth else at + 1
        elif sign == "》" and depth:
            depth -= 1
            if not depth:
                yield text[start:at]


def answers(rows: Iterable[Any]) -> str:
    """Names parted by 、, each once."""
    return "、".join(dict.fromkeys(str(row) for row in rows if row))
