"""文稿列表: drafts and editions of an inspection as lines, and drafts that wait for somebody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from zhenggai.bulletins.kinds import KindRefused, kind_of
from zhenggai.bulletins.models import Approval, Bulletin
from zhenggai.bulletins.queries import drafts_touched, sheets_of, visible_bulletins
from zhenggai.bulletins.states import SETTLED, Audience, DraftState
from zhenggai.ledger.handling.profiles import Step
from zhenggai.ledger.handling.queries import profile
from zhenggai.parties.models import Post
from zhenggai.parties.states import Capacity, Role
from zhenggai.web.bulletin.marks import STATE_LOOKS, STATE_SIGNS
from zhenggai.web.labels import named

_LIVE = (DraftState.DRAFTING, DraftState.REVIEW, DraftState.APPROVED)

MOST = 20
"""Drafts shown among what waits."""

_CAPACITIES = {
    Role.OFFICE: Capacity.OFFICE,
    Role.OFFICIAL: Capacity.GROUP,
    Role.SUPERVISOR: Capacity.SUPERVISOR,
}
"""In which capacity a post reviews the drafts that it sees."""


@dataclass(frozen=True)
class DraftLine:
    """A draft as the list shows it."""

    row: Bulletin
    kind: str
    audience: str
    state: str
    look: str
    sign: str
    figures: int | None
    unsettled: int
    turn: str
    public: bool


def lines(rows: Sequence[Bulletin]) -> list[DraftLine]:
    """Drafts with their numbers counted. A fixed number of statements, however many there are."""
    live = [row for row in rows if DraftState(row.state) in _LIVE]
    sheets = {sheet.bulletin.pk: sheet for sheet in sheets_of(live, timezone.localdate())}
    found = []
    for row in rows:
        state, sheet = DraftState(row.state), sheets.get(row.pk)
        public = state is DraftState.PUBLISHED and row.audience == Audience.PUBLIC.value
        found.append(
            DraftLine(
                row, _kind(row.kind), named(Audience(row.audience).label), named(state.label), STATE_LOOKS[state],
                STATE_SIGNS[state], len(sheet.figures) if sheet else None,
                sum(each.state not in SETTLED for each in sheet.figures) if sheet else 0, turn_of(row), public,
            )
        )  # fmt: skip
    return found


def _kind(code: str) -> str:
    """The name of a kind; its code where its template is gone or cannot be used: the drafts made by it are still there."""
    try:
        return named(kind_of(code).name)
    except KindRefused:
        return code


def turn_of(row: Bulletin) -> str:
    """Who is to act now, in words; empty where nobody is."""
    state = DraftState(row.state)
    if state is DraftState.REVIEW:
        step = step_of(row)
        return f"{named(step.label)}（{named(step.by.label)}）" if step else _("审核步骤已不在办理方案中")
    return {DraftState.DRAFTING: _("整改办起草、送审"), DraftState.APPROVED: _("整改办定版发布")}.get(
        state, ""
    )


def step_of(row: Bulletin) -> Step | None:
    """The step whose turn it is; None if the profile has it no more."""
    if row.step >= len(row.chain):
        return None
    steps = profile(row.inspection).publication
    return next((step for step in steps if step.code == row.chain[row.step]), None)


def waiting_for(post: Post) -> list[tuple[Bulletin, str]]:
    """Drafts whose step is the post's to take, and, for the office, those that are approved. Two statements at most."""
    capacity = _CAPACITIES.get(Role(post.role))
    if capacity is None:
        return []
    states = [DraftState.REVIEW.value, *([DraftState.APPROVED.value] if capacity is Capacity.OFFICE else [])]
    taken = Prefetch(
        "approvals", Approval.objects.only("bulletin_id", "round", "reviewer_id"), to_attr="taken"
    )
    rows = (
        visible_bulletins(post)
        .filter(state__in=states)
        .prefetch_related(taken)
        .order_by("submitted_at", "pk")
    )
    rows = rows.exclude(Q(state=DraftState.REVIEW.value) & Q(submitter=post.holder_id))
    return [(row, turn_of(row)) for row in _mine(rows, capacity, post)][:MOST]


def touched_by(post: Post, observations: Iterable[int]) -> list[Bulletin]:
    """Drafts that the post may read in which a number rests on one of these values, or on another of the same series. Two statements."""
    touched = drafts_touched(observations)
    return list(visible_bulletins(post).filter(pk__in=touched.values("pk")).order_by("-pk")[:MOST])


def _mine(rows: Iterable[Bulletin], capacity: Capacity, post: Post) -> Iterable[Bulletin]:
    for row in rows:
        if row.state == DraftState.APPROVED.value:
            yield row
            continue
        step = step_of(row)
        earlier = {each.reviewer_id for each in row.taken if each.round == row.round}  # type: ignore[attr-defined]  # prefetched above
        if step is not None and step.by is capacity and post.holder_id not in earlier:
            yield row
