"""What a figure can be. Plain Python."""

from decimal import Decimal, InvalidOperation

from zhenggai.core.errors import Refusal
from zhenggai.indicators.states import FigureKind

DIGITS = 15
"""Most significant digits of a value: what both databases give back unchanged."""

PLACES = 6
"""Most decimal places of a value."""


class ImpossibleFigure(Refusal):
    """数值无法入账: not a number, or one that could not be kept exactly."""

    code = "impossible_figure"


def exact_value(written: str) -> Decimal:
    """Return a figure's value in the base unit; ImpossibleFigure unless it can be kept exactly.

    At most 15 significant digits and 6 decimal places, as SQLite keeps a decimal in a double.
    """
    try:
        value = Decimal(written)
    except InvalidOperation as error:
        raise ImpossibleFigure(f"“{written}”不是数值，请填写十进制数字，例如 12.5。") from error
    if not value.is_finite():
        raise ImpossibleFigure(f"“{written}”不是有限的数值，请填写十进制数字，例如 12.5。")
    value = value.normalize()
    _, digits, exponent = value.as_tuple()
    places = -int(exponent)
    if len(digits) + max(-places, 0) > DIGITS or places > PLACES:
        raise ImpossibleFigure(
            f"“{written}”超出可精确记账的范围（最多 {DIGITS} 位有效数字、{PLACES} 位小数），请核对原文或改用更大的单位。"
        )
    return value


def kind_of_unit(unit: str) -> FigureKind:
    """The kind of figure that a unit of measure says, as the reader tells them apart; a count for everything else."""
    known = {
        "%": FigureKind.PERCENT,
        "％": FigureKind.PERCENT,
        "个百分点": FigureKind.PERCENTAGE_POINT,
        "元": FigureKind.MONEY,
    }
    return known.get(unit, FigureKind.COUNT)
