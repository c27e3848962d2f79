"""身份: in which capacities a post stands to an item, and which items it may see at all. The one place where both are decided."""

from collections import defaultdict
from collections.abc import Mapping
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from zhenggai.core.errors import NotFound
from zhenggai.journal.acts import Actor
from zhenggai.ledger.handling.facts import ItemFacts
from zhenggai.ledger.handling.models import Assignment, Evidence, Participant, ProgressReport
from zhenggai.ledger.handling.states import (
    GROUP,
    AssignmentRole,
    Classification,
    ParticipantRole,
    ReportState,
)
from zhenggai.ledger.models import Finding, Inspection, Proposal, Reading, Task
from zhenggai.ledger.states import Kind, Level
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import System, capacities_of
from zhenggai.parties.states import Capacity, Role

R = TypeVar("R", bound=Model)

_SENSITIVE = Classification.SENSITIVE.value
_GROUP = [role.value for role in GROUP]

_OF_UNIT = {
    (Role.HEAD, AssignmentRole.LEAD_UNIT): Capacity.LEAD_HEAD,
    (Role.HEAD, AssignmentRole.RESPONSIBLE): Capacity.UNIT_HEAD,
    (Role.HEAD, AssignmentRole.SUPPORTING): Capacity.SUPPORT,
    (Role.FILLER, AssignmentRole.LEAD_UNIT): Capacity.LEAD_FILLER,
    (Role.FILLER, AssignmentRole.RESPONSIBLE): Capacity.UNIT_FILLER,
    (Role.FILLER, AssignmentRole.SUPPORTING): Capacity.SUPPORT,
}
"""Role of a post and part of its unit in a task → capacity."""

_OF_TASK = frozenset(_OF_UNIT.values()) | {Capacity.LEAD_OFFICIAL}
"""Capacities that come of a part in a task; the others are the same for every task of an item."""


def capacities(
    by: Actor, finding: Finding, *, task: Task | None = None, item: ItemFacts | None = None
) -> frozenset[Capacity]:
    """In which capacities a post stands to an item, or to one task of it.

    At most two statements; ``item``, if its facts are at hand, spares the one about its answers.
    """
    if not isinstance(by, Post):
        return frozenset()
    role = Role(by.role)
    if role in (Role.OFFICE, Role.SYSTEM, Role.SECURITY, Role.AUDIT):
        return capacities_of(by) - {Capacity.SYSTEM, Capacity.SECURITY, Capacity.AUDIT}
    if role is Role.READER:
        return frozenset() if finding.classification == _SENSITIVE else frozenset([Capacity.READER])
    if role is Role.SUPERVISOR:
        supervises = _supervising(by).filter(inspection=finding.inspection_id).exists()
        return frozenset([Capacity.SUPERVISOR] if supervises else [])
    if item is not None and not item.tasks:
        item = None
    answers = Assignment.objects.filter(finding=finding, ended_at=None)
    if task is not None:
        answers = answers.filter(task=task)
    if role is Role.OFFICIAL:
        answering = answers.filter(post=by).exists() if item is None else bool(_parts(item, 1, by.pk))
        return _of_official(by, finding, answering=answering)
    unit = by.organisation.unit_key
    parts = (
        set(answers.filter(organisation=unit).values_list("role", flat=True))
        if item is None
        else _parts(item, 2, unit)
    )
    return frozenset(_OF_UNIT[role, AssignmentRole(part)] for part in parts)


def _parts(item: ItemFacts, place: int, key: int) -> set[str]:
    """The parts that a post (place 1) or a unit (place 2) has in an item's tasks."""
    return {answer[0] for task in item.tasks for answer in task.answers if answer[place] == key}


def _of_official(by: Post, finding: Finding, *, answering: bool) -> frozenset[Capacity]:
    held = {Capacity.LEAD_OFFICIAL} if answering else set()
    roles = set(_grouped(by).filter(inspection=finding.inspection_id).values_list("role", flat=True))
    if roles and (finding.classification != _SENSITIVE or roles - {ParticipantRole.MEMBER.value}):
        held.add(Capacity.GROUP)
    return frozenset(held)


def _supervising(by: Post) -> QuerySet[Participant]:
    """Where the unit of a post is the supervising body."""
    return Participant.objects.filter(
        role=ParticipantRole.SUPERVISOR.value, organisation=by.organisation.unit_key, ended_at=None
    )


def _grouped(by: Post) -> QuerySet[Participant]:
    """Where a post belongs to the leading group."""
    return Participant.objects.filter(post=by, role__in=_GROUP, ended_at=None)


def capacities_in(by: Actor, inspection: Inspection) -> frozenset[Capacity]:
    """In which capacities a post stands to an inspection as a whole, whatever its items. At most one statement."""
    if not isinstance(by, Post):
        return frozenset()
    role = Role(by.role)
    if role is Role.SUPERVISOR:
        held = {Capacity.SUPERVISOR} if _supervising(by).filter(inspection=inspection).exists() else ()
        return frozenset(held)
    if role is Role.OFFICIAL:
        return frozenset({Capacity.GROUP} if _grouped(by).filter(inspection=inspection).exists() else ())
    return capacities_of(by) - {Capacity.SYSTEM, Capacity.SECURITY, Capacity.AUDIT}


def grouped_in(by: Post) -> Q:
    """Inspections in whose leading group a post is."""
    return Q(Exists(_grouped(by).filter(inspection=OuterRef("pk"))))


def supervises(by: Post, inspection: str = "inspection") -> Q:
    """Rows whose inspection the unit of a post supervises; ``inspection`` is the way to it."""
    return Q(Exists(_supervising(by).filter(inspection=OuterRef(inspection))))


def in_group(by: Post, inspection: str = "inspection", classification: str = "classification") -> Q:
    """Rows of items that a post knows of as one of the leading group; what is sensitive is for its leaders only."""
    group = _grouped(by).filter(inspection=OuterRef(inspection))
    leaders = group.exclude(role=ParticipantRole.MEMBER.value)
    return Q(Exists(leaders)) | (Q(Exists(group)) & ~Q(**{classification: _SENSITIVE}))


def capacities_by_task(
    by: Actor, finding: Finding, held: frozenset[Capacity]
) -> Mapping[int, frozenset[Capacity]]:
    """In which capacities a post stands to each task of an item, given those to the item as a whole. One statement, however many tasks."""
    found: dict[int, frozenset[Capacity]] = defaultdict(lambda: held - _OF_TASK)
    if not isinstance(by, Post) or not held & _OF_TASK:
        return found
    role, rows = Role(by.role), Assignment.objects.filter(finding=finding, ended_at=None)
    official = role is Role.OFFICIAL
    own = rows.filter(post=by) if official else rows.filter(organisation=by.organisation.unit_key)
    for task, part in own.values_list("task", "role"):
        capacity = Capacity.LEAD_OFFICIAL if official else _OF_UNIT[role, AssignmentRole(part)]
        found[task] |= {capacity} & held
    return found


def _sees_all(by: Actor) -> bool:
    return isinstance(by, System) or (isinstance(by, Post) and by.role == Role.OFFICE.value)


def visible_findings(by: Actor, rows: QuerySet[Finding] | None = None) -> QuerySet[Finding]:
    """The items that a post may know of. A join, never a list of keys: the cost does not grow with what it may not see."""
    found = Finding.objects.all() if rows is None else rows
    if _sees_all(by):
        return found
    if not isinstance(by, Post):
        return found.none()
    role = Role(by.role)
    if role is Role.READER:
        return found.exclude(classification=_SENSITIVE)
    own = Assignment.objects.filter(finding=OuterRef("pk"), ended_at=None)
    if role is Role.SUPERVISOR:
        return found.filter(supervises(by))
    if role is Role.OFFICIAL:
        return found.filter(Q(Exists(own.filter(post=by))) | in_group(by))
    if role in (Role.HEAD, Role.FILLER):
        return found.filter(Exists(own.filter(organisation=by.organisation.unit_key)))
    return found.none()


def visible_inspections(by: Actor, rows: QuerySet[Inspection] | None = None) -> QuerySet[Inspection]:
    """The inspections that a post may know of: those in which it has a part, or one of whose items it may see."""
    found = Inspection.objects.all() if rows is None else rows
    if _sees_all(by):
        return found
    if not isinstance(by, Post):
        return found.none()
    role = Role(by.role)
    if role is Role.READER:
        return found
    takes_part = Participant.objects.filter(inspection=OuterRef("pk"), ended_at=None)
    own = Assignment.objects.filter(finding__inspection=OuterRef("pk"), ended_at=None)
    unit = by.organisation.unit_key
    if role is Role.SUPERVISOR:
        return found.filter(Exists(takes_part.filter(organisation=unit)))
    if role is Role.OFFICIAL:
        return found.filter(Q(Exists(takes_part.filter(post=by))) | Q(Exists(own.filter(post=by))))
    if role in (Role.HEAD, Role.FILLER):
        return found.filter(Exists(own.filter(organisation=unit)))
    return found.none()


def reads_documents(by: Actor) -> bool:
    """Whether a post may look into documents and what was read from them: figures, results, claims, editions, the reading desk."""
    return _sees_all(by) or (isinstance(by, Post) and by.role == Role.READER.value)


def visible_of_documents(by: Actor, rows: QuerySet[R], kind: Kind) -> QuerySet[R]:
    """Of rows of a kind that came of documents, what a post may know of: for a reader (查阅) nothing that stands within a sensitive item."""
    if not reads_documents(by):
        return rows.none()
    if _sees_all(by):
        return rows
    within = Proposal.objects.filter(
        reading=OuterRef("reading"),
        kind=Kind.FINDING.value,
        target_id__in=Finding.objects.filter(classification=_SENSITIVE).values("pk"),
        span_start__lte=OuterRef("span_start"),
        span_end__gt=OuterRef("span_start"),
    )
    said = Proposal.objects.filter(kind=kind.value, target_id=OuterRef("pk"))
    return rows.exclude(Exists(said.filter(Exists(within))))


def visible_readings(by: Actor, rows: QuerySet[Reading] | None = None) -> QuerySet[Reading]:
    """The readings whose desk a post may open. A document cannot be shown in part: a reader (查阅) sees none of an inspection with a sensitive item."""
    found = Reading.objects.all() if rows is None else rows
    if not reads_documents(by):
        return found.none()
    if _sees_all(by):
        return found
    sensitive = Finding.objects.filter(inspection=OuterRef("inspection"), classification=_SENSITIVE)
    return found.exclude(Exists(sensitive))


def shown_above(by: Actor, findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """Of what stands above items, the titles that a post may read: areas (方面) that are not sensitive, and items of its own."""
    return findings.filter(
        (Q(level=Level.AREA.value) & ~Q(classification=_SENSITIVE))
        | Q(pk__in=visible_findings(by).values("pk"))
    )


def visible_reports(by: Post, rows: QuerySet[ProgressReport]) -> QuerySet[ProgressReport]:
    """A report leaves its unit only with its head's signature: before, nobody else sees it."""
    return rows.filter(Q(state=ReportState.SIGNED.value) | Q(organisation=by.organisation.unit_key))


def visible_evidence(by: Actor, rows: QuerySet[Evidence], held: frozenset[Capacity]) -> QuerySet[Evidence]:
    """Of an item's evidence what a post may see: sensitive pieces only whoever handed them in, reviews them, or leads."""
    if isinstance(by, System) or held & {Capacity.OFFICE, Capacity.SUPERVISOR, Capacity.LEAD_OFFICIAL}:
        return rows
    if isinstance(by, Post) and held & {Capacity.LEAD_HEAD, Capacity.LEAD_FILLER}:
        return rows
    return _not_of_others(by, rows) if isinstance(by, Post) else rows.none()


def exported_evidence(by: Actor, rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    """Of the evidence of many items, what an export holds: sensitive pieces only for the office, the supervising body and the unit that handed them in."""
    if isinstance(by, Post) and by.role not in (Role.OFFICE.value, Role.SUPERVISOR.value):
        return _not_of_others(by, rows)
    return rows


def _not_of_others(by: Post, rows: QuerySet[Evidence]) -> QuerySet[Evidence]:
    return rows.filter(~Q(classification=_SENSITIVE) | Q(organisation=by.organisation.unit_key))


def finding_seen(by: Actor, code: str, number: int) -> Finding:
    """Return the item of an inspection under its number; NotFound if there is none, or the asker may not know of it."""
    rows = visible_findings(by).filter(inspection__code=code, number=number)
    found = rows.select_related("inspection", "parent").first()
    if found is None:
        raise NotFound(f"没有编号为 {code} 第 {number} 号的问题，请核对编号。", code=code, number=number)
    return found


def inspection_seen(by: Actor, code: str) -> Inspection:
    """Return the inspection with this code; NotFound if there is none, or the asker may not know of it."""
    found = visible_inspections(by).filter(code=code).first()
    if found is None:
        raise NotFound(f"没有编号为“{code}”的检查，请核对编号。", code=code)
    return found
