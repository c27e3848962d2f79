"""合计核对: figures bound to the ledger add up by what they are, whatever words stand beside them.

Guarantees
1. A total must be the sum of its parts where all are bound in the same paragraph, and cannot be less than those that are.
2. A rate (完成率) is compared with the bound counts of its sentence; it is wrong only where none of the usual ways to reckon it gives it.
3. What was rounded may be off by what rounding can do; numbers that say about (约、余) or a range are left alone; a code bound to two values in one paragraph is too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from zhenggai.bulletins.checks.parts import PARTS, RATE_OF, RATES, WITHIN
from zhenggai.bulletins.checks.rule import Rule
from zhenggai.bulletins.checks.view import View
from zhenggai.bulletins.facts import Bound, Place, Trouble
from zhenggai.bulletins.states import Severity

TOTAL = Rule(
    "total.parts",
    "分项之和不等于总数",
    Severity.ERROR,
    "Figures bound to a total of the ledger and to all its parts do not add up.",
)
RATE = Rule(
    "total.rate",
    "比率与两数不符",
    Severity.ERROR,
    "A bound rate does not follow from the two bound counts beside it.",
)
RULES = (TOTAL, RATE)

_Placed = tuple[Place, Bound]


def check_sums(view: View) -> Iterator[Trouble]:
    """Paragraph by paragraph for totals, sentence by sentence for rates."""
    for line, figures in view.figures.items():
        by_code = _by_code(figures)
        if not by_code:
            continue
        told = set[Place]()
        for total, parts in (*PARTS, *((total, (part,)) for total, part in WITHIN)):
            for trouble in _added(by_code, total, parts, exhaustive=(total, parts) in PARTS):
                if trouble.place not in told:
                    told.add(trouble.place or Place(line, 0, 0))
                    yield trouble
        for start, sentence in view.sentences(line):
            yield from _rated(view.figures_in(line, start, start + len(sentence)))


def _by_code(figures: Sequence[_Placed]) -> dict[str, list[_Placed]]:
    found: dict[str, list[_Placed]] = {}
    for place, bound in figures:
        code = bound.source.code if bound.source else ""
        if code and bound.figure.read and not bound.figure.qualifier and bound.figure.value_max is None:
            found.setdefault(code, []).append((place, bound))
    return found


def _one(by_code: dict[str, list[_Placed]], code: str) -> _Placed | None:
    """The figure of a code; None where there is none, or where two differ: then it is not known which is meant."""
    figures = by_code.get(code, [])
    return figures[0] if len({bound.figure.value for _, bound in figures}) == 1 else None


def _added(
    by_code: dict[str, list[_Placed]], total: str, codes: Sequence[str], *, exhaustive: bool
) -> Iterator[Trouble]:
    whole = _one(by_code, total)
    named = [part for code in codes if (part := _one(by_code, code))]
    if whole is None or not named:
        return
    figure = whole[1].figure
    summed = sum((part.figure.value for _, part in named), Decimal(0))
    slack = sum((_slack(bound) for _, bound in [whole, *named]), Decimal(0))
    over = summed - figure.value
    if over <= slack and not (exhaustive and len(named) == len(codes) and over < -slack):
        return
    said = "、".join(f"“{part.figure.label}”{part.figure.text}" for _, part in named)
    how = "大于总数" if over > 0 else "小于总数"
    yield TOTAL.at(
        whole[0],
        f"分项之和{how}：“{figure.label}”{figure.text}，所列{said}合计为{plain(summed)}{figure.unit}。",
        "请核对总数与各分项是否取自同一时点、同一口径，更正不符的数字。",
        tuple(place for place, _ in named),
    )


def _rated(figures: Sequence[_Placed]) -> Iterator[Trouble]:
    rates = [pair for pair in figures if pair[1].figure.kind == "percent" and not pair[1].figure.change]
    by_code = _by_code(figures) if rates else {}
    whole = _one(by_code, RATE_OF)
    if whole is None or not whole[1].figure.value:
        return
    for place, bound in rates:
        figure = bound.figure
        ways = next((ways for end, ways in RATES.items() if figure.label.endswith(end)), ())
        known = [[_one(by_code, code) for code in codes] for codes in ways]
        sets = [[part for part in parts if part] for parts in known if all(parts)]
        right = [
            sum((b.figure.value for _, b in parts), Decimal(0)) * 100 / whole[1].figure.value
            for parts in sets
        ]
        # Rounding up and cutting off are both in use: less than one step of the last written digit.
        if not right or any(abs(each - figure.value) < abs(figure.quantum) for each in right):
            continue
        if figure.qualifier or figure.value_max is not None:
            continue
        counted = "加".join(part.figure.text for _, part in sets[0])
        yield RATE.at(
            place,
            f"“{figure.label}”{figure.text}与同句各数不符：{whole[1].figure.text}中的{counted}应为{plain(round(right[0], 2))}%。",
            "请按各数重算比率，或核对各数。",
            (whole[0], *(each for each, _ in sets[0])),
        )


def _slack(bound: Bound) -> Decimal:
    """How far rounding may have moved a figure: half its last step, nothing for a count written in full."""
    quantum = abs(bound.figure.quantum)
    return quantum / 2 if quantum > 1 else Decimal(0)


def plain(value: Decimal) -> str:
    """A number as a person writes it, without an exponent or idle zeros."""
    words = f"{value:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words
