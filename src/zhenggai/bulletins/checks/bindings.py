"""数字绑定: every figure is bound to a source that agrees with it, or waived with a reason.

Guarantees
1. How a figure stands was computed when the draft was bound; these rules only say so, at the figure's place.
2. A figure that is waived is not asked for again, even where nobody can read it; how many are waived is said once.
3. A number that counts all items, withheld ones too, cannot go out to the public: the difference to the public number is what is withheld.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhenggai.bulletins.checks.rule import Rule
from zhenggai.bulletins.checks.view import View
from zhenggai.bulletins.facts import Bound, Place, Source, Trouble
from zhenggai.bulletins.states import REMEDIES, FigureState, Severity

UNBOUND = Rule(
    "figure.unbound", "数字未绑定", Severity.ERROR, "A figure is neither bound to a source nor waived."
)
STALE = Rule(
    "figure.stale", "来源已更新", Severity.ERROR, "The source of a figure has a new value since it was bound."
)
CONTRADICTED = Rule(
    "figure.contradicted",
    "数字与来源不符",
    Severity.ERROR,
    "A figure differs from the source to which it is bound.",
)
UNIT = Rule("figure.unit", "单位不符", Severity.ERROR, "A figure has another unit than its source.")
PERIOD = Rule(
    "figure.period", "时期不符", Severity.ERROR, "A figure is said of another period than its source."
)
UNREAD = Rule(
    "figure.unread",
    "数字无法识别",
    Severity.ERROR,
    "Number-like text that the reader cannot explain, and that nobody waived.",
)
WAIVED = Rule(
    "figure.waived", "免予绑定", Severity.HINT, "How many figures go out without a source, said once."
)
REACH = Rule(
    "figure.reach",
    "口径不可公开",
    Severity.ERROR,
    "A figure for the public is bound to a value that counts withheld items too.",
)
RULES = (UNBOUND, STALE, CONTRADICTED, UNIT, PERIOD, UNREAD, WAIVED, REACH)

_BY_STATE: Mapping[FigureState, Rule] = {
    FigureState.UNBOUND: UNBOUND,
    FigureState.STALE: STALE,
    FigureState.CONTRADICTED: CONTRADICTED,
    FigureState.WRONG_UNIT: UNIT,
    FigureState.WRONG_PERIOD: PERIOD,
}
_OWN, _WHOLE = ("computed", "derived"), "whole"
"""Source classes that are reckoned over items: what documents and units say has no reach."""


def check_bindings(view: View) -> Iterator[Trouble]:
    """Figure by figure, then the number of waivers."""
    waived: list[Place] = []
    for bound in view.draft.figures:
        place = view.cut(bound.figure.place)
        if bound.state == FigureState.WAIVED:
            waived += [place] if place else []
        elif not bound.figure.read:
            yield UNREAD.at(
                place,
                f"“{bound.figure.text}”像是数字，但无法识别，也没有免予绑定的理由。",
                "请改用规范的数字写法，或写明理由免予绑定。",
            )
        elif bound.state in _BY_STATE:
            remedy = bound.remedy or REMEDIES[bound.state]
            yield _BY_STATE[bound.state].at(place, _sentence(bound), remedy)
        if view.public and bound.source and bound.source.source in _OWN and bound.source.reach == _WHOLE:
            yield REACH.at(
                place,
                f"{_named(bound)}绑定的来源按全部问题统计，含不公开的问题，这一口径不可公开。",
                "请改绑同一指标公开口径的数值，并按它改写数字。",
            )
    if waived:
        yield WAIVED.at(
            waived[0],
            f"有{len(waived)}个数字免予绑定，没有来源佐证。",
            "请逐一核对免予绑定的理由是否成立。",
            tuple(waived[1:]),
        )


def _named(bound: Bound) -> str:
    figure = bound.figure
    return f"“{figure.label}”{figure.text}" if figure.label else f"“{figure.text}”"


def _sentence(bound: Bound) -> str:
    source = bound.source
    named = _named(bound)
    if bound.state == FigureState.UNBOUND or source is None:
        return f"{named}没有绑定来源。" if source is None else f"{named}所绑定的来源已不存在。"
    said = {
        FigureState.STALE: f"{named}绑定之后，来源“{source.label}”{_renewed(source)}。",
        FigureState.CONTRADICTED: f"{named}与来源“{source.label}”不符，来源为{_value(source)}。",
        FigureState.WRONG_UNIT: f"{named}的单位与来源“{source.label}”不符，来源以“{source.unit}”计。",
        FigureState.WRONG_PERIOD: (
            f"{named}说的是{bound.figure.period or '未写明的时期'}，来源“{source.label}”说的是{source.period or '未写明的时期'}。"
        ),
    }
    return said[bound.state]


def _renewed(source: Source) -> str:
    if source.now is None:
        return "已撤回，现在没有数值"
    return f"由{source.value:f}{source.unit}变为{source.now:f}{source.unit}"


def _value(source: Source) -> str:
    upper = "" if source.value_max is None else f"至{source.value_max:f}"
    return source.written or f"{source.value:f}{upper}{source.unit}"
