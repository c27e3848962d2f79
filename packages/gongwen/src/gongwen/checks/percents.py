"""比例核对 (percent.counts): rates that do not follow from the two counts beside them, or cannot be.

Guarantees
1. Calculated only when a clause counts one whole, then its parts of the same unit, just one of them done, then the rate of that act.
2. Tolerated: one unit in the last written digit, so both rounding and cutting off are right.
3. A rate above 100 % is an error only where all is the most there can be (办结率), never for growth, execution or satisfaction indices.
4. Shares (占) are added up only where 分别 joins them in one sentence; a warning above 100 % and their rounding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from gongwen.checks.view import Figure, Sentence, View, plain, remark, where
from gongwen.models import Quantity, Remark

CODE = "percent.counts"
_ACTS = (
    "完成",
    "办结",
    "整改",
    "解决",
    "落实",
    "销号",
    "接诉",
    "回复",
    "采纳",
    "签约",
    "合格",
    "达标",
    "覆盖",
    "移交",
    "追回",
)
_WHOLE = re.compile(
    r"(?:完成|办结|整改|解决|落实|销号|接诉|回复|采纳|合格|达标|覆盖|到位|满意|参与|入库|普及|优良)(?:率|度)$"
)
_GROWTH = re.compile(r"增|升|同比|环比|超额|比")
_HUNDRED = Decimal(100)


def check_percents(view: View) -> Iterator[Remark]:
    """Rates against their counts, then rates against 100 %."""
    for sentence in view.sentences:
        for number, figure in enumerate(sentence.figures):
            if figure.quantity.kind != "percent":
                continue
            found = _impossible(sentence, figure) or _from_counts(sentence, number)
            if found:
                yield found
        yield from _shares(sentence)


def _impossible(sentence: Sentence, figure: Figure) -> Remark | None:
    quantity = figure.quantity
    lead = sentence.text[max(0, figure.start - 8) : figure.start]
    if (
        quantity.value <= _HUNDRED
        or not _WHOLE.search(quantity.label)
        or _GROWTH.search(lead + quantity.label)
    ):
        return None
    message = f"{where(quantity.path)}“{quantity.label}”不可能超过100%，文中为{quantity.text}。"
    return remark(CODE, "error", message, quantity)


def _from_counts(sentence: Sentence, number: int) -> Remark | None:
    rate = sentence.figures[number]
    lead = sentence.text[max(0, rate.start - 12) : rate.start]
    act = next((act for act in _ACTS if re.search(act + r"(?:比例|率)(?:为|达到?|是|约)?$", lead)), None)
    if act is None or not rate.exact or rate.quantity.change or rate.quantity.applies_to:
        return None
    pair = _counts(sentence, number, act)
    if pair is None:
        return None
    whole, part = pair
    right = part.value * 100 / whole.value
    if abs(right - rate.quantity.value) <= _tolerance(rate.quantity):
        return None
    message = (
        f"{where(rate.quantity.path)}{rate.quantity.label}与两个数不符：{whole.text}中的{part.text}"
        f"应为{plain(round(right, max(1, _digits(rate.quantity))))}%，文中为{rate.quantity.text}。"
    )
    return remark(CODE, "error", message, rate.quantity, whole, part)


def _counts(sentence: Sentence, number: int, act: str) -> tuple[Quantity, Quantity] | None:
    """The whole and its one done part, where the clause up to the rate counts nothing else than that whole and its parts."""
    near = sentence.figures[max(0, number - _FURTHEST) : number]
    if not near or len(near) == _FURTHEST:
        return None
    begin = sentence.text.rfind("；", max(0, near[0].start - 40), sentence.figures[number].start) + 1
    figures = [f for f in near if f.start >= begin]
    if len({(f.quantity.unit, f.quantity.kind) for f in figures}) != 1 or not all(f.exact for f in figures):
        return None
    whole, *parts = figures
    verbs = _SAME_ACT if act in _SAME_ACT else (act,)
    if not parts or any(
        verb in sentence.text[max(begin, whole.start - 40) : whole.start] for verb in verbs if verb != "整改"
    ):
        return None
    done = [part for part in parts if _is_done(_clause(sentence, part), verbs)]
    if len(done) != 1 or not 0 <= done[0].quantity.value <= whole.quantity.value or not whole.quantity.value:
        return None
    return whole.quantity, done[0].quantity


# A clause with more figures is no whole with its parts.
_FURTHEST = 12
_SAME_ACT = ("完成", "整改", "落实", "办结", "解决", "销号")
_QUALIFIED = re.compile(r"基本|阶段|部分|正在|未|剩余|其余|推进")


def _is_done(clause: str, verbs: tuple[str, ...]) -> bool:
    return any(verb in clause for verb in verbs) and not _QUALIFIED.search(clause)


def _clause(sentence: Sentence, figure: Figure) -> str:
    """The words around a figure between pauses, the figure left out."""
    before = re.split(r"[，；、：]", sentence.text[max(0, figure.start - 30) : figure.start])[-1]
    return before + re.split(r"[，；、：]", sentence.text[figure.end : figure.end + 20])[0]


def _digits(quantity: Quantity) -> int:
    return len(quantity.written_value.partition(".")[2])


def _tolerance(quantity: Quantity) -> Decimal:
    return Decimal(1).scaleb(-_digits(quantity))


_SHARE = re.compile(r"占(?:比|总数的?|全部的?)?(?:分别)?(?:为|达)?$")


def _shares(sentence: Sentence) -> Iterator[Remark]:
    """甲占60%、乙占50%: shares of one whole, joined in one list."""
    run = [
        figure
        for figure in sentence.figures
        if figure.quantity.kind == "percent"
        and _SHARE.search(sentence.text[max(0, figure.start - 8) : figure.start])
    ]
    joined = all(
        "；" not in sentence.between(a, b) and "其中" not in sentence.between(a, b) for a, b in pairwise(run)
    )
    summed = sum((figure.quantity.value for figure in run), Decimal(0))
    if len(run) < 2 or not joined or summed <= _HUNDRED + len(run) or "分别" not in sentence.text:  # noqa: PLR2004
        return
    first = run[0].quantity
    message = f"{where(first.path)}各占比之和为{plain(summed)}%，超过100%。"
    yield remark(CODE, "warning", message, first, *[figure.quantity for figure in run[1:]])
