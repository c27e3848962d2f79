"""Who may work on the ledger."""

from collections.abc import Callable

from zhenggai.core.errors import NotPermitted
from zhenggai.journal.acts import Actor
from zhenggai.parties.permissions import check_role
from zhenggai.parties.states import Role


def check_read_in(by: Actor) -> None:
    """读入文件."""
    check_role(by, Role.OFFICE, doing="读入文件")


def can_read_in(by: Actor) -> str:
    """Why the actor may not read documents in: the sentence for the greyed button; empty if he may."""
    return _why_not(check_read_in, by)


def check_decide(by: Actor) -> None:
    """核定条目."""
    check_role(by, Role.OFFICE, doing="采纳、更正或不采纳条目")


def can_decide(by: Actor) -> str:
    """Why the actor may not decide: the sentence for the greyed button; empty if he may."""
    return _why_not(check_decide, by)


def _why_not(check: Callable[[Actor], None], by: Actor) -> str:
    try:
        check(by)
    except NotPermitted as refusal:
        return refusal.sentence
    return ""
