"""合计核对 (total.sum): parts named beside a total that cannot make it up.

Guarantees
1. 其中 may name only some parts: an error only when one part is greater than the whole, a warning when several together are,
   a hint when three or more come to the total but for one digit or a swap.
2. 分别为, 包括, 即 name all parts: an error when they do not add up, unless 等 follows or the total counts the parts themselves.
3. Silent on about-figures (余、约), ranges, other units, and people counted by overlapping attributes (女性、党员).
4. If the first parts add up exactly, what follows in the sentence is taken for something else.
5. States of rectification (已完成, 其余) name all parts when the last calls itself the rest; with 正在 last, only too many is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from gongwen.checks.view import Figure, Placed, Sentence, View, is_slip, plain, remark, where
from gongwen.models import Remark, Severity

CODE = "total.sum"
_OPENING = re.compile(r"[^，。：；、（(]{0,8}[，：（(]?(?P<word>其中|分别为|分别是|包括|包含|即)")
_OVERLAPPING = re.compile(r"女|男|党员|群众|少数民族|以上|以下|学历|岁|年轻|骨干|干部")
_REST = re.compile(r"其余|剩余|余下|尚[有未]|仍有|还有")
_OPEN = re.compile(r"正在|未完成|未办结|未整改|推进中")
_DONE = re.compile(r"完成|办结|整改到位|销号|解决|摘牌|落实|已整改|闭环|修复")
_STATUS = re.compile(r"完成|办结|整改|销号|正在|尚|未|其余|剩余|持续|长期|推进|解决|到位|闭环|修复|验收")
# Longer lists are tables written as prose; the bound keeps the time linear.
_FURTHEST = 30
_NOT_A_PART = re.compile(r"其中|另|同时|此外|累计|占|比|较|新增|增加|减少|每")


def check_totals(view: View) -> Iterator[Remark]:
    """Totals with named parts, then states of rectification beside the number of problems."""
    for sentence in view.sentences:
        for number, total in enumerate(sentence.figures):
            if _is_total(total):
                yield from _named_parts(sentence, number)
        yield from _states(sentence)


def _is_total(figure: Figure) -> bool:
    quantity = figure.quantity
    return figure.exact and quantity.kind in ("count", "money") and quantity.value >= 2  # noqa: PLR2004


def _named_parts(sentence: Sentence, number: int) -> Iterator[Remark]:
    total = sentence.figures[number]
    following = sentence.figures[number + 1] if number + 1 < len(sentence.figures) else None
    opening = _OPENING.match(sentence.between(total, following)) if following else None
    if opening is None:
        return
    parts = _parts(sentence, number, opening["word"])
    if not parts or any(not part.exact for part in parts) or _adds_up(total, parts):
        return
    found = (
        _partial(total, parts, sentence)
        if opening["word"] == "其中"
        else _exhaustive(total, parts, sentence, opening["word"])
    )
    if found:
        yield found


def _parts(sentence: Sentence, number: int, word: str) -> list[Figure]:
    """Figures of the total's unit, joined alike, up to the first that is joined otherwise."""
    figures = sentence.figures
    total = figures[number].quantity
    parts: list[Figure] = []
    joined = ""
    for at in range(number + 1, min(number + _FURTHEST, len(figures))):
        figure = figures[at]
        gap = sentence.between(figures[at - 1], figure)
        if figure.quantity.kind in ("percent", "percentage_point"):
            continue
        if not _same_unit(figure, total.unit, total.kind):
            if word == "其中":
                break
            return []
        if parts and (_NOT_A_PART.search(gap) or not _joins(gap, joined)):
            break
        joined = joined or (_separator(gap) if parts else "")
        parts.append(figure)
    return parts


def _same_unit(figure: Figure, unit: str, kind: str) -> bool:
    return figure.quantity.unit == unit and figure.quantity.kind == kind


def _separator(gap: str) -> str:
    return next((mark for mark in "；，、" if mark in gap), "、")


def _joins(gap: str, joined: str) -> bool:
    return not joined or _separator(gap) == joined


def _adds_up(total: Figure, parts: list[Figure]) -> bool:
    running = Decimal(0)
    for count, part in enumerate(parts, 1):
        running += part.quantity.value
        if running == total.quantity.value and count > 1:
            return True
    return False


def _partial(total: Figure, parts: list[Figure], sentence: Sentence) -> Remark | None:
    whole = total.quantity
    greater = next((part for part in parts if part.quantity.value > whole.value), None)
    if greater and (whole.unit != "个" or _related(whole.label, greater.quantity.label)):
        return remark(
            CODE,
            "error",
            f"{where(whole.path)}部分大于总数：总数为{whole.text}，其中的“{greater.quantity.label}”却有{greater.quantity.text}。",
            whole,
            greater.quantity,
        )
    if greater or len(parts) < 2 or _OVERLAPPING.search(sentence.text, total.start, parts[-1].end):  # noqa: PLR2004
        return None
    summed = sum((part.quantity.value for part in parts), Decimal(0))
    severity: Severity = "warning" if summed > whole.value else "hint"
    if severity == "hint" and not (len(parts) > 2 and is_slip(plain(summed), plain(whole.value))):  # noqa: PLR2004
        return None
    return remark(CODE, severity, _message(whole.path, total, parts, summed), whole, *_quantities(parts))


def _exhaustive(total: Figure, parts: list[Figure], sentence: Sentence, word: str) -> Remark | None:
    whole = total.quantity
    # "3个镇分别有…": the figure counts who has them, not what is counted.
    if len(parts) < 2 or whole.value == len(parts):  # noqa: PLR2004
        return None
    if sentence.text[parts[-1].end : parts[-1].end + 4].lstrip("）)").startswith(
        "等"
    ) or "等" in sentence.between(total, parts[-1]):
        return None
    summed = sum((part.quantity.value for part in parts), Decimal(0))
    if word.startswith(("包", "即")) and whole.unit == "个" and not _alike(whole.label, parts):
        return None
    return remark(CODE, "error", _message(whole.path, total, parts, summed), whole, *_quantities(parts))


def _alike(label: str, parts: list[Figure]) -> bool:
    return any(_related(label, part.quantity.label) or part.quantity.label.endswith("类") for part in parts)


def _related(left: str, right: str) -> bool:
    return left[-2:] == right[-2:] or left[-2:] in right


def _quantities(parts: list[Figure]) -> list[Placed]:
    return [part.quantity for part in parts]


def _message(path: str, total: Figure, parts: list[Figure], summed: Decimal) -> str:
    named = "、".join(part.quantity.text for part in parts)
    return f"{where(path)}各部分之和与总数不符：总数为{total.quantity.text}，所列{named}合计{_sum_words(total, summed)}。"


def _sum_words(total: Figure, summed: Decimal) -> str:
    quantity = total.quantity
    if quantity.written_unit.startswith("万") and quantity.kind == "money":
        return f"{plain(summed / 10_000)}万元"
    if quantity.written_unit.startswith("亿") and quantity.kind == "money":
        return f"{plain(summed / 100_000_000)}亿元"
    return f"{plain(summed)}{quantity.unit}"


def _states(sentence: Sentence) -> Iterator[Remark]:
    """问题17个，已完成15个，其余3个: the last part names itself as the rest, so all are named."""
    figures = sentence.figures
    for number, last in enumerate(figures):
        before = sentence.text[figures[number - 1].end : last.start] if number else ""
        if number < 2 or not last.exact or not (_REST.search(before) or _OPEN.search(before)):  # noqa: PLR2004
            continue
        total, parts = _whole_and_states(sentence, number)
        if total is None or len(parts) < 2:  # noqa: PLR2004
            continue
        summed = sum((part.quantity.value for part in parts), Decimal(0))
        # 正在办理 may leave others unnamed; 其余 leaves none.
        if summed > total.quantity.value or (summed != total.quantity.value and _REST.search(before)):
            message = _message(total.quantity.path, total, parts, summed)
            yield remark(CODE, "error", message, total.quantity, *_quantities(parts))


def _whole_and_states(sentence: Sentence, number: int) -> tuple[Figure | None, list[Figure]]:
    """Walk back from the rest over figures with a word of state to the first without: the whole."""
    figures = sentence.figures
    unit, kind = figures[number].quantity.unit, figures[number].quantity.kind
    parts: list[Figure] = []
    for at in range(number, max(-1, number - _FURTHEST), -1):
        figure = figures[at]
        if figure.quantity.kind in ("percent", "percentage_point"):
            continue
        if not _same_unit(figure, unit, kind) or not figure.exact:
            return None, []
        before = _clause_before(sentence, at)
        after = sentence.text[figure.end : figure.end + 6].split("，")[0]
        if not _STATUS.search(before + after) or not parts:
            if not parts:
                parts.append(figure)
                continue
            return (figure, parts[::-1]) if any(_done(sentence, p) for p in parts) else (None, [])
        parts.append(figure)
    return None, []


def _clause_before(sentence: Sentence, at: int) -> str:
    begin = sentence.figures[at - 1].end if at else 0
    return re.split(r"[，；、：]", sentence.text[begin : sentence.figures[at].start])[-1]


def _done(sentence: Sentence, part: Figure) -> bool:
    return bool(_DONE.search(sentence.text[max(0, part.start - 12) : part.end + 6]))
