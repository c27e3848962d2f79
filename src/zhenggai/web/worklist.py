"""待办: what waits for a post, kind by kind, as a table. A page makes one statement for each kind of its role, whatever the size."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from zhenggai.ledger.handling import queries, waiting
from zhenggai.ledger.handling.models import Closure
from zhenggai.ledger.handling.rules import overdue_days
from zhenggai.ledger.handling.states import Grade, Schedule, WaiverKind
from zhenggai.ledger.models import Finding, Task
from zhenggai.parties.models import Post
from zhenggai.parties.states import Role
from zhenggai.web.keyset import key_from
from zhenggai.web.labels import named

SIZE = 20
"""Lines of a kind on a page."""


def item_path(code: str, number: int) -> str:
    """Address of an item's page."""
    return f"/inspections/{code}/items/{number}/"


@dataclass(frozen=True)
class Kind:
    """A kind of what waits: its code, Chinese label, for which roles, how it is read and what its lines say.

    ``at`` leads from a row to its task or item. ``by_date`` orders by the time limit instead of the age; ``look`` colours the whole kind.
    """

    code: str
    label: str
    roles: tuple[Role, ...]
    read: Callable[[Post, date], QuerySet[Any]]
    at: str
    says: Callable[[Any], str]
    by_date: bool = False
    look: str = ""


@dataclass(frozen=True)
class Line:
    """One thing that waits: its key, the item with the task, what it is, and how the time limit stands."""

    key: int
    finding: Finding
    task: Task | None
    says: str
    schedule: Schedule | None
    days: int

    @property
    def href(self) -> str:
        """The item's page."""
        return item_path(self.finding.inspection.code, self.finding.number)

    @property
    def when(self) -> str:
        """How the time limit stands, in words."""
        if self.schedule is Schedule.OVERDUE:
            return _("超期 %(days)d 天") % {"days": self.days}
        if self.schedule is Schedule.NEAR:
            return _("还有 %(days)d 天到期") % {"days": self.days} if self.days else _("今天到期")
        return ""


@dataclass(frozen=True)
class Pile:
    """The lines of a kind on this page, and the key that leads on."""

    kind: Kind
    lines: Sequence[Line]
    next_key: str
    first: bool


def piles(post: Post, *, only: str = "", after: str = "") -> list[Pile]:
    """Everything that waits for a post; ``only`` names a kind of which the lines after a key are wanted."""
    today = timezone.localdate()
    kinds = [kind for kind in KINDS if Role(post.role) in kind.roles and only in ("", kind.code)]
    return [_pile(kind, post, today, after if only else "") for kind in kinds]


def _pile(kind: Kind, post: Post, today: date, after: str) -> Pile:
    rows = kind.read(post, today)
    order = ["due_on", "pk"] if kind.by_date else ["pk"]
    key = _key(after, dated=kind.by_date)
    if key is not None:
        day, pk = key
        rows = rows.filter(Q(due_on__gt=day) | Q(due_on=day, pk__gt=pk) if kind.by_date else Q(pk__gt=pk))
    found = list(rows.order_by(*order)[: SIZE + 1])
    shown = found[:SIZE]
    following = ""
    if len(found) > SIZE:
        following = f"{shown[-1].due_on}.{shown[-1].pk}" if kind.by_date else str(shown[-1].pk)
    return Pile(kind, [_line(kind, row, today) for row in shown], following, key is None)


def _key(written: str, *, dated: bool) -> tuple[date | None, int] | None:
    """The place in an address; None for none and for nonsense, which then mean the beginning."""
    day, _dot, pk = written.rpartition(".")
    key = key_from(pk)
    if key is None:
        return None
    if not dated:
        return None, key
    try:
        return date.fromisoformat(day), key
    except ValueError:
        return None


def _line(kind: Kind, row: Any, today: date) -> Line:
    place = row
    for name in filter(None, kind.at.split(".")):
        place = getattr(place, name)
    task = place if isinstance(place, Task) else None
    finding: Finding = task.finding if task else place
    schedule, days = _schedule(task, finding, today) if task else (None, 0)
    return Line(row.pk, finding, task, kind.says(row), schedule, days)


def _schedule(task: Task, finding: Finding, today: date) -> tuple[Schedule, int]:
    near_days = queries.profile(finding.inspection).near_days
    schedule = queries.schedule(task, finding, near_days, today)
    if task.due_on is None:
        return schedule, 0
    return schedule, overdue_days(task.due_on, today) or max(0, (task.due_on - today).days)


def _step(closure: Closure) -> str:
    """The step whose turn it is, for which grade, and who applied."""
    step = queries.step_now(closure, queries.profile(closure.finding.inspection).steps(short=closure.short))
    grade = queries.profile(closure.finding.inspection).grades[Grade(closure.grade)]
    return f"{named(step.label)} · {named(grade)} · {closure.applied_unit.name}"


def _title(row: Any) -> str:
    return str(row.title)


def _reason(row: Any) -> str:
    return str(row.reason)


_UNITS = (Role.FILLER, Role.HEAD)
_ANSWER = (Role.FILLER, Role.HEAD, Role.OFFICIAL, Role.OFFICE)

STEPS = Kind(
    "steps", "待审核的销号申请", (Role.HEAD, Role.OFFICE, Role.OFFICIAL, Role.SUPERVISOR), waiting.steps, "finding", _step,
)  # fmt: skip
"""The kind of which several may be approved at once."""

KINDS = (
    Kind("overdue", "超期任务", _ANSWER, waiting.overdue, "", _title, by_date=True, look="overdue"),
    Kind("near", "临期任务", _ANSWER, waiting.near, "", _title, by_date=True, look="near"),
    STEPS,
    Kind("extensions", "待批的延期", (Role.OFFICIAL,), waiting.extensions, "task", lambda row: f"{row.from_on or '—'} → {row.to_on}：{row.reason}"),
    Kind("waivers", "待批的豁免", (Role.OFFICIAL,), waiting.waivers, "task", lambda row: f"{named(WaiverKind(row.kind).label)}：{row.reason}"),
    Kind("sign", "待签发的进展填报", (Role.HEAD,), waiting.reports_to_sign, "task", lambda row: f"{row.period}：{row.narrative}"),
    Kind("apply", "可申请销号的问题", (Role.HEAD,), waiting.can_apply, "", _title),
    Kind("returned", "被退回的销号申请", (Role.HEAD,), waiting.applications_returned, "", _title),
    Kind("extend", "可申请延期的任务", (Role.HEAD,), waiting.can_extend, "", _title, by_date=True),
    Kind("report", "本期待填报的任务", (Role.FILLER,), waiting.not_reported, "", _title),
    Kind("reports_returned", "被退回的进展填报", (Role.FILLER,), waiting.reports_returned, "task", lambda row: f"{row.period}：{row.reason}"),
    Kind("evidence_returned", "不予采信的佐证", (Role.FILLER,), waiting.evidence_returned, "task", lambda row: f"{row.title}：{row.reason}"),
    Kind("evidence_missing", "缺少佐证的措施", (Role.FILLER,), waiting.without_evidence, "task", lambda row: f"{row.number}. {row.text}"),
    Kind("evidence", "待审核的佐证", (*_UNITS, Role.OFFICE), waiting.evidence_to_review, "task", lambda row: f"{row.title} · {row.organisation.name}"),
    Kind("assign", "待落实责任的任务", (Role.OFFICE,), waiting.not_assigned, "", _title),
    Kind("figures", "待采纳的填报数字", (Role.OFFICE,), waiting.figures_to_take, "report.task", lambda row: f"{row.label} {row.written}"),
    Kind("checks", "到期的长期坚持复查", (Role.SUPERVISOR, Role.OFFICE), waiting.checks_due, "", lambda row: f"{row.next_check_on}：{row.title}"),
)  # fmt: skip
"""Every kind, in the order of the page."""
