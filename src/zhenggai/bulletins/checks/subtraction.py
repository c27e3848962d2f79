"""推算: no number in a document for the public lets its reader work out how many items are withheld.

Guarantees
1. A number equal to what only the whole ledger has is found by what it counts, unit and value, whatever it is bound to, unless it is bound
   to the public value. What it counts is told by its label and its clause: words of state (完成, 审核, 退回…), else the noun.
   A rate that comes of the whole ledger's counts, and not of the public ones, is found as well.
2. In a paragraph that speaks of what is not public, two numbers whose difference or sum is the number withheld are found, and that number itself.
3. A sentence that says how many problems are not made public is found whatever the number; also in what is published beside the paragraphs.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from zhenggai.bulletins.checks.rule import Rule
from zhenggai.bulletins.checks.view import View
from zhenggai.bulletins.facts import Bound, Figure, Item, Place, Trouble
from zhenggai.bulletins.states import FigureState, Severity
from zhenggai.ledger.handling.states import Grade, Review

WHOLE = Rule(
    "withheld.whole",
    "数字含不公开的问题",
    Severity.ERROR,
    "A figure for the public has the value of the whole ledger, so the public one gives away how many are withheld.",
)
PAIR = Rule(
    "withheld.subtraction",
    "可推算不公开的个数",
    Severity.ERROR,
    "Numbers beside words on what is not public give away how many items are withheld.",
)
STATED = Rule(
    "withheld.stated",
    "写明不公开的个数",
    Severity.ERROR,
    "A sentence says how many problems are not made public.",
)
RULES = (WHOLE, PAIR, STATED)

_STATES: Mapping[str, re.Pattern[str]] = {
    "finished": re.compile(r"(?<!未)(?:完成|办结|销号|整改到位|解决)"),
    "phased": re.compile(r"阶段性"),
    "infeasible": re.compile(r"不再整改|客观原因"),
    "reviewing": re.compile(r"审核|在审"),
    "returned": re.compile(r"退回"),
    "unapplied": re.compile(r"未申请|尚未销号|未销号"),
    "overdue": re.compile(r"超期|逾期"),
    "relapsed": re.compile(r"复发|反弹"),
    "immediate": re.compile(r"立行立改"),
}
"""Words by which a count of some items is told from a count of all; 销号 and 完成 are used one for the other."""

_COUNTED = ("个", "项", "件", "条", "")
"""Units in which problems are counted now so, now so."""

_BEFORE, _BEHIND = 16, 8
_RATE = re.compile(r"(?:完成|整改|办结|销号|解决)(?:率|比例)$")
_NUMBER = r"(?:\d[\d,]*|[〇零一二两三四五六七八九十百]+)余?"
_THING = r"(?:问题|事项|任务|内容|情况|线索)"
_HIDDEN = (
    r"(?:(?:不予|不宜|不便|暂不|暂未|未予|尚未|没有|不|未)(?:对外|向社会|对社会|社会)?(?:公开|公布)"
    r"|涉密|涉及(?:国家|工作|商业)?秘密|保密|内部掌握|内部办理|另行(?:通报|报送))"
)
_COUNT = rf"{_NUMBER}\s*[个项件条]"
_SAID = re.compile(
    rf"{_COUNT}[^，。；]{{0,10}}(?:问题|任务)[^。；]{{0,14}}?{_HIDDEN}"
    rf"|{_COUNT}(?:{_HIDDEN}|敏感)[^，。；]{{0,4}}{_THING}"
    rf"|(?:另有|另外|其余|其中|还有|此外){_COUNT}[^，。；]{{0,6}}?{_HIDDEN}"
    rf"|{_HIDDEN}的?[^，。；\d]{{0,6}}(?:问题|任务)?[^，。；\d]{{0,4}}{_COUNT}"
    r"|(?:问题|整改|社会)公开(?:率|比例)[^，。；]{0,6}?\d+(?:\.\d+)?\s*[%％]"
)
_ALL_PUBLIC = re.compile(r"公开(?:率|比例)[^，。；]{0,6}?100(?:\.0+)?\s*[%％]")
_STRONG = re.compile(_HIDDEN)
_WORDS = re.compile(rf"{_HIDDEN}|另有|此外还有|公开|敏感")
_BESIDES = re.compile(r"(?:另有|另外|此外|其余|还有)[^，。；]{0,10}$")
_PROBLEMS = re.compile(rf"{_THING}$")


def check_subtraction(view: View) -> Iterator[Trouble]:
    """Values of the whole ledger, then sentences and pairs of numbers."""
    if not view.public:
        return
    yield from _whole_values(view)
    if view.withheld:
        yield from _whole_rates(view)
    for each in view.draft.beside:
        for match in _SAID.finditer(each.words):
            if not _ALL_PUBLIC.search(match[0]):
                yield STATED.at(
                    view.cut(each.place),
                    f"文稿的{each.what}中“{match[0]}”写明了不公开的个数或比例。",
                    "请删去这一表述，只写公开口径的数字。",
                )
    hidden = len(view.withheld)
    for line, text in enumerate(view.lines):
        if not _WORDS.search(text):
            continue
        said = [match for match in _SAID.finditer(text) if not _ALL_PUBLIC.search(match[0])]
        for match in said:
            yield STATED.at(
                view.at(line, *match.span()),
                f"“{match[0]}”写明了不公开的个数或比例。",
                "请删去这一表述，只写公开口径的数字。",
            )
        if hidden:
            yield from _pairs(view, line, hidden)


def _whole_values(view: View) -> Iterator[Trouble]:
    by_value: dict[Decimal, list[tuple[str, str]]] = defaultdict(list)
    for label, unit, value in view.draft.withheld:
        by_value[value].append((label, unit))
    if not by_value:
        return
    for bound in view.draft.figures:
        figure = bound.figure
        if _is_public_value(bound):
            continue
        for value in _values(figure):
            known = by_value.get(value, ())
            match = next((each for each in known if _same(figure, _clause(view, bound), *each)), None)
            if match:
                yield WHOLE.at(
                    view.cut(figure.place),
                    f"“{figure.label or match[0]}”{figure.text}是含不公开问题的数值，与公开口径相减即可推算不公开的个数。",
                    "请改用公开口径的数值，并绑定它的来源。",
                )
                break


def _clause(view: View, bound: Bound) -> str:
    """The words of a figure's clause before it, and the few behind it."""
    place = view.cut(bound.figure.place)
    if place is None:
        return ""
    text = view.lines[place.line]
    before = re.split(r"[，。；、：]", text[max(0, place.start - _BEFORE) : place.start])[-1]
    return before + re.split(r"[，。；、：]", text[place.end : place.end + _BEHIND])[0]


def _values(figure: Figure) -> tuple[Decimal, ...]:
    return (figure.value,) if figure.value_max is None else (figure.value, figure.value_max)


def _is_public_value(bound: Bound) -> bool:
    source = bound.source
    return (
        source is not None
        and source.source in ("computed", "derived")
        and source.reach == "public"
        and bound.state == FigureState.BOUND
    )


def _states(words: str) -> set[str]:
    return {name for name, pattern in _STATES.items() if pattern.search(words)}


def _same(figure: Figure, clause: str, label: str, unit: str) -> bool:
    if figure.unit != unit and not (figure.unit in _COUNTED and unit in _COUNTED):
        return False
    own, named = _states(figure.label) or _states(clause), _states(label)
    if own or named:
        return bool(own & named)
    words = figure.label
    return not words or not label or words in label or label in words or words[-2:] == label[-2:]


def _whole_rates(view: View) -> Iterator[Trouble]:
    """完成率 reckoned from all items: with the public counts beside it, it gives away how many there are."""
    whole, told = _rates(view.draft.items), _rates(view.told)
    for bound in view.draft.figures:
        figure = bound.figure
        if figure.kind != "percent" or not _RATE.search(figure.label) or not figure.quantum:
            continue
        step = abs(figure.quantum)
        if any(abs(rate - figure.value) < step for rate in whole) and not any(
            abs(rate - figure.value) < step for rate in told
        ):
            yield WHOLE.at(
                view.cut(figure.place),
                f"“{figure.label}”{figure.text}是按全部问题（含不公开的问题）算出的比率，由它可推算不公开的个数。",
                "请按公开口径的个数重算这一比率。",
            )


def _rates(items: Sequence[Item]) -> set[Decimal]:
    """Per cent of items that are done, done or phased, and closed."""
    if not items:
        return set()
    grades = [item.grade for item in items if item.review == Review.CLOSED]
    done, phased = grades.count(Grade.DONE), grades.count(Grade.PHASED)
    return {Decimal(count) * 100 / len(items) for count in (done, done + phased, len(grades))}


def _pairs(view: View, line: int, hidden: int) -> Iterator[Trouble]:
    """Numbers of problems of one paragraph by which the withheld ones can be counted."""
    # 向社会公开 and 另有 stand in many paragraphs: there only numbers of problems count.
    strong = _STRONG.search(view.lines[line])
    counted = [
        (place, bound.figure)
        for place, bound in view.figures.get(line, ())
        if bound.figure.kind in ("count", "") and bound.figure.unit in _COUNTED and bound.figure.read
        if strong or _PROBLEMS.search(bound.figure.label)
    ]
    for place, figure in counted:
        if figure.value == hidden and _BESIDES.search(view.lines[line][: place.start]):
            yield PAIR.at(
                place,
                f"本段提到公开与否，又另计{figure.text}，正是不公开的个数。",
                "请删去这一数字，只写公开口径的数字。",
            )
            return
    found = _pair(counted, Decimal(hidden))
    if found:
        (place, first), (other, second) = found
        yield PAIR.at(
            place,
            f"本段提到公开与否，由{first.text}与{second.text}可推算出不公开的个数。",
            "请删去其中含不公开问题的数字，或删去关于公开与否的表述。",
            (other,),
        )


def _pair(
    counted: Sequence[tuple[Place, Figure]], hidden: Decimal
) -> tuple[tuple[Place, Figure], tuple[Place, Figure]] | None:
    """The first two numbers whose difference or sum is the number withheld; one look into a table for each."""
    seen: dict[Decimal, tuple[Place, Figure]] = {}
    for each in counted:
        value = each[1].value
        for wanted in (value - hidden, value + hidden, hidden - value):
            if wanted in seen:
                return seen[wanted], each
        seen.setdefault(value, each)
    return None
