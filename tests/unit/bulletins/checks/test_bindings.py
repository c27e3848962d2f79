"""数字绑定: each state of a figure, for each audience."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.unit.bulletins.checks.drafts import draft, source, troubles, words
from zhenggai.bulletins.facts import Bound, Draft, Figure, Place, Waived
from zhenggai.bulletins.states import REMEDIES, Audience, FigureState, Severity

TEXT = "巡察反馈的34个问题，完成整改27个。"
ITEMS = source("34", "ledger.items", label="反馈问题", now=Decimal(35))


def made(state: FigureState, *, bound: bool = True, **more: object) -> Draft:
    return draft(TEXT, sources={"34个": ITEMS} if bound else {}, states={"34个": state}, **more)


@pytest.mark.parametrize(
    ("state", "code", "said"),
    [
        (FigureState.STALE, "figure.stale", "由34个变为35个"),
        (FigureState.CONTRADICTED, "figure.contradicted", "来源为34个"),
        (FigureState.WRONG_UNIT, "figure.unit", "以“个”计"),
        (FigureState.WRONG_PERIOD, "figure.period", "未写明的时期"),
    ],
)
def test_a_bound_figure_that_does_not_hold(state: FigureState, code: str, said: str) -> None:
    draft_ = made(state)
    (trouble,) = [t for t in troubles(draft_, "figure") if t.code != "figure.waived"]
    assert (trouble.code, trouble.severity, words(draft_, trouble.place)) == (code, Severity.ERROR, "34个")
    assert said in trouble.sentence
    assert trouble.remedy == REMEDIES[state]


def test_an_unbound_figure() -> None:
    draft_ = made(FigureState.UNBOUND, bound=False)
    (trouble,) = [t for t in troubles(draft_, "figure") if t.code != "figure.waived"]
    assert (trouble.code, words(draft_, trouble.place)) == ("figure.unbound", "34个")


def test_a_source_that_is_withdrawn_is_said() -> None:
    gone = source("34", label="反馈问题", now=None)
    (trouble,) = troubles(
        draft(TEXT, sources={"34个": gone}, states={"34个": FigureState.STALE}), "figure.stale"
    )
    assert "已撤回" in trouble.sentence


def test_bound_and_waived_figures_have_one_hint_that_counts_the_waivers() -> None:
    (trouble,) = troubles(draft(TEXT), "figure")
    assert (trouble.code, trouble.severity) == ("figure.waived", Severity.HINT)
    assert "2个数字" in trouble.sentence
    assert len(trouble.related) == 1
    both = {"34个": ITEMS, "27个": source("27")}
    assert troubles(draft(TEXT, sources=both), "figure") == []


def unread(state: FigureState) -> Draft:
    figure = Figure(Place(0, 0, 2), "巡察", "", Decimal(0), "", "other", read=False)
    waived = Waived("专名") if state == FigureState.WAIVED else None
    return replace(draft(TEXT), figures=[Bound(figure, state, waived=waived)])


def test_what_nobody_can_read_needs_a_waiver() -> None:
    assert [t.code for t in troubles(unread(FigureState.UNBOUND), "figure")] == ["figure.unread"]
    assert [t.code for t in troubles(unread(FigureState.WAIVED), "figure")] == ["figure.waived"]


@pytest.mark.parametrize(
    ("audience", "kind", "reach", "wrong"),
    [
        (Audience.PUBLIC, "computed", "whole", True),
        (Audience.PUBLIC, "computed", "public", False),
        (Audience.PUBLIC, "derived", "whole", True),
        (Audience.PUBLIC, "derived", "public", False),
        (Audience.PUBLIC, "reported", "whole", False),
        (Audience.PUBLIC, "document", "whole", False),
        (Audience.INTERNAL, "computed", "whole", False),
    ],
)
def test_a_value_of_the_whole_ledger_is_not_for_the_public(
    audience: Audience, kind: str, reach: str, *, wrong: bool
) -> None:
    own = source("34", source=kind, reach=reach)
    found = troubles(draft(TEXT, sources={"34个": own}, audience=audience), "figure.reach")
    assert len(found) == wrong
