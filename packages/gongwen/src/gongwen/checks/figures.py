"""同数两值 (figure.two_values, money.units): one figure that the document gives twice and differently.

Guarantees
1. Speaks only when label, unit, period and members are equal, the label is specific, and the two values differ like a typing slip:
   digits swapped or one digit changed, in numbers of three digits or more.
2. Silent when the label occurs with more than two values, in a comparison, or within one sentence's list.
3. money.units: the same label and the same digits once in 万元 and once in 元.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from gongwen.checks.view import View, is_slip, remark
from gongwen.models import Quantity, Remark

CODE, UNITS = "figure.two_values", "money.units"
_SPECIFIC = 4


def check_figures(view: View) -> Iterator[Remark]:
    """Pairs of one label with two values, then money whose unit changed."""
    groups: dict[tuple[object, ...], list[Quantity]] = defaultdict(list)
    money: dict[tuple[str, str], list[Quantity]] = defaultdict(list)
    for quantity in view.bulletin.quantities:
        if len(quantity.label) < _SPECIFIC or quantity.value_max is not None or quantity.change:
            continue
        groups[quantity.label, quantity.unit, quantity.period, quantity.applies_to].append(quantity)
        if quantity.kind == "money":
            money[quantity.label, quantity.written_value].append(quantity)
    for group in groups.values():
        yield from _two_values(group)
    for group in money.values():
        yield from _two_units(group)


def _two_values(group: list[Quantity]) -> Iterator[Remark]:
    values = {quantity.value: quantity for quantity in reversed(group)}
    if len(values) != 2:  # noqa: PLR2004
        return
    first, second = sorted(values.values(), key=lambda quantity: quantity.span)
    if first.path == second.path or not is_slip(first.written_value, second.written_value):
        return
    message = f"“{first.label}”前后不一：“{first.path}”处为{first.text}，“{second.path}”处为{second.text}。"
    yield remark(CODE, "warning", message, second, first)


def _two_units(group: list[Quantity]) -> Iterator[Remark]:
    units = {quantity.written_unit: quantity for quantity in reversed(group)}
    if len(units) != 2:  # noqa: PLR2004
        return
    first, second = sorted(units.values(), key=lambda quantity: quantity.span)
    message = f"“{first.label}”的数字相同而单位不同：一处为{first.text}，一处为{second.text}。"
    yield remark(UNITS, "warning", message, second, first)
