"""What the acts of 办理 share: who acts, on which task, and what a change does to the application under review. Called inside acts only."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.utils import timezone

from zhenggai.core.errors import NotPermitted
from zhenggai.journal.acts import Actor, actor_name, moment
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import Change, changed
from zhenggai.ledger.actions.work import Work
from zhenggai.ledger.handling import gate, queries, rules
from zhenggai.ledger.handling.models import Closure
from zhenggai.ledger.handling.standing import capacities
from zhenggai.ledger.handling.states import REVIEW_MOVES, ClosureState, Review, ReviewMove
from zhenggai.ledger.models import Finding, Task
from zhenggai.parties.models import Person, Post
from zhenggai.parties.permissions import check
from zhenggai.parties.states import Capacity


def acting(by: Actor) -> tuple[Post, Person]:
    """Return the post that acts and its holder; NotPermitted for anybody else: a responsibility has a name."""
    if isinstance(by, Post) and by.holder is not None:
        return by, by.holder
    raise NotPermitted("此事须由在岗人员以本人岗位办理，请用有任职人员的岗位登录后再办。")


def today() -> date:
    """The day of the act being done, as the calendar on the wall shows it."""
    return timezone.localdate(moment())


def check_live(task: Task) -> None:
    """Raise HandlingRefused for a task that was taken back or merged into another."""
    if task.withdrawn_at is not None:
        raise rules.HandlingRefused(f"任务“{task.title[:30]}”已撤回或并入其他任务，不能再办理。")


def opened(task: int, act: str, by: Actor, *, live: bool = False) -> tuple[Task, frozenset[Capacity]]:
    """Read a task again, locked, for an act that the actor may do and that its item, not being closed, allows; with his capacities.

    ``live``: refused, too, for a task that was taken back.
    """
    row = queries.locked_task(task)
    held = capacities(by, row.finding, task=row)
    check(by, act, held)
    if live:
        check_live(row)
    rules.check_open(row.finding.review, row.finding.number)
    return row, held


def voided(finding: Finding) -> list[Change]:
    """Void the application under review if what is to be approved is no longer what was applied for; return what that changed.

    Nothing is asked while nothing is under review.
    """
    if finding.review != Review.STEP.value:
        return []
    closure = queries.open_closure(finding)
    if closure is None:
        return []
    item = queries.item_facts(finding)
    try:
        gate.check_unchanged(item, queries.application_of(closure), closure.digest)
    except gate.ContentChanged:
        return ended(closure, finding, ClosureState.VOID, ReviewMove.VOID)
    return []


def ended(closure: Closure, finding: Finding, state: ClosureState, move: ReviewMove) -> list[Change]:
    """End an application without a decision of its reviewers; return what that changed."""
    before, was = snapshot(closure), snapshot(finding)
    closure.state = state.value
    closure.ended_at, closure.ended_by = moment(), actor_name()
    closure.save(update_fields=["state", "ended_at", "ended_by"])
    finding.review = review_after(finding, move)
    finding.save(update_fields=["review"])
    return [changed(closure, before), changed(finding, was)]


def review_after(finding: Finding, move: ReviewMove) -> str:
    """The review state of an item after a move; HandlingRefused if the table does not allow it."""
    return rules.next_of(REVIEW_MOVES, Review(finding.review), move, f"问题 {finding.number}").value


_CONTENT = {"title", "text", "parent_id", "withdrawn_at", "due_on", "standing"}
"""Columns of findings, tasks and measures whose change is more than another mention in another document."""


def settle_reviews(works: Sequence[Work]) -> None:
    """Hold decisions about a document to what is closed or under review: a closed item refuses them, an application is voided by them."""
    touched = {finding: work for work in works for finding in _touched(work)}
    if not touched:
        return
    wanted = [Review.CLOSED.value, Review.STEP.value]
    for finding in Finding.objects.select_for_update().filter(pk__in=touched, review__in=wanted):
        rules.check_open(finding.review, finding.number)
        touched[finding.pk].changes += voided(finding)


def _touched(work: Work) -> Iterator[int]:
    """Keys of the items whose content a decision has changed."""
    tasks = set()
    for change in work.changes:
        before, after = change.before or {}, change.after or {}
        if all(before.get(name) == after.get(name) for name in _CONTENT):
            continue
        if change.kind == "ledger.finding":
            yield int(change.row_id)
            yield from filter(None, [after.get("parent_id")])
        elif change.kind == "ledger.task":
            yield after["finding_id"]
        elif change.kind == "ledger.measure":
            tasks.add(after["task_id"])
    if tasks:
        yield from Task.objects.filter(pk__in=tasks).values_list("finding_id", flat=True)
