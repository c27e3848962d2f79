"""建议: sources proposed for the numbers of a draft, the likeliest first."""

from collections.abc import Sequence

from zhenggai.bulletins.facts import Figure, Place, Source
from zhenggai.bulletins.proposing import Suggestion, propose
from zhenggai.bulletins.queries import Sheet
from zhenggai.bulletins.states import FigureState

MOST = 5
"""Suggestions shown for one figure."""


def for_figure(figure: Figure, sources: Sequence[Source]) -> list[Suggestion]:
    """What one figure may rest on, likeliest first."""
    return propose([figure], sources, MOST)[0]


def first_of(figures: Sequence[Figure], sources: Sequence[Source]) -> dict[Place, Suggestion]:
    """The likeliest source of each of these figures; figures without any are left out."""
    found = propose(figures, sources, 1)
    return {figure.place: each[0] for figure, each in zip(figures, found, strict=True) if each}


def best(sheet: Sheet, sources: Sequence[Source]) -> dict[Place, Suggestion]:
    """The likeliest source of each figure of a draft that has none yet."""
    return first_of([each.figure for each in sheet.figures if each.state is FigureState.UNBOUND], sources)
