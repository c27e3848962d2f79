"""数字: the value of figures and of Chinese numerals.

Guarantees
1. `value_of` gives the exact decimal of full- or half-width figures with or without thousands commas.
2. Chinese numerals are read up to 万亿, with or without their last unit (三百五, 一百二十).
3. What is no numeral gives `None`; nothing raises.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from gongwen.reading.tables.units import MULTIPLIERS

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10_000, "亿": 100_000_000}


def value_of(written: str) -> Decimal | None:
    """数值 of `1,240`, `47.35`, `十七` or `一百二十`; `None` if it is no number."""
    if written[:1].isascii():
        try:
            value = Decimal(written.replace(",", ""))
        except InvalidOperation:
            return None
        return value if value.is_finite() else None
    whole, point, fraction = written.partition("点")
    number = chinese_value(whole)
    if number is None or (point and not fraction) or any(c not in _DIGITS for c in fraction):
        return None
    return Decimal(f"{number}.{''.join(str(_DIGITS[c]) for c in fraction)}") if fraction else Decimal(number)


def chinese_value(written: str) -> int | None:
    """中文数字 → int. A row of bare digits (二〇二五) is read figure by figure."""
    if not written or any(c not in _DIGITS and c not in _UNITS and c not in _GROUPS for c in written):
        return None
    if len(written) > 1 and all(c in _DIGITS for c in written):
        return int("".join(str(_DIGITS[c]) for c in written))
    return _grouped_value(written)


def _grouped_value(written: str) -> int:
    total = section = digit = 0
    last_unit = 1
    for char in written:
        if char in _DIGITS:
            digit = _DIGITS[char]
            if char in "零〇○":
                last_unit = 1
        elif char in _UNITS:
            last_unit = _UNITS[char]
            section += (digit or 1) * last_unit
            digit = 0
        else:
            last_unit = _GROUPS[char]
            total = (
                (total + section + digit) * last_unit
                if char == "亿"
                else total + (section + digit) * last_unit
            )
            section = digit = 0
    return total + section + digit * max(1, last_unit // 10)


def multiplied(value: Decimal, multiplier: str) -> Decimal:
    """万、亿 multiplied in."""
    return value * MULTIPLIERS[multiplier] if multiplier else value
