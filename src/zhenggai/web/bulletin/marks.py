"""标记: how each state of a figure, a draft and a remark looks. A sign stands beside every colour, and words beside every sign."""

from collections.abc import Iterator, Sequence

from zhenggai.bulletins.facts import Bound
from zhenggai.bulletins.states import DraftState, FigureState, Severity
from zhenggai.web.cutting import cut

SIGNS = {
    FigureState.BOUND: "✓",
    FigureState.STALE: "更",
    FigureState.CONTRADICTED: "异",
    FigureState.WRONG_UNIT: "单",
    FigureState.WRONG_PERIOD: "期",
    FigureState.UNBOUND: "缺",
    FigureState.WAIVED: "免",
}
"""A sign for each, so that colour is not the only one."""

SEVERITY_SIGNS = {Severity.ERROR: "✕", Severity.WARNING: "▲", Severity.HINT: "·"}

SEVERITY_LOOKS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "plain"}
"""Looks of badges."""

STATE_LOOKS = {
    DraftState.DRAFTING: "open",
    DraftState.REVIEW: "warning",
    DraftState.APPROVED: "corrected",
    DraftState.PUBLISHED: "accepted",
    DraftState.DROPPED: "rejected",
}

STATE_SIGNS = {
    DraftState.DRAFTING: "✎",
    DraftState.REVIEW: "◷",
    DraftState.APPROVED: "●",
    DraftState.PUBLISHED: "✓",
    DraftState.DROPPED: "✕",
}


def pieces(text: str, figures: Sequence[Bound]) -> Iterator[tuple[str, Bound | None]]:
    """Cut a paragraph at its numbers: plain words, or a number with how it stands."""
    return cut(text, ((each.figure.place.start, each.figure.place.end, each) for each in figures))
