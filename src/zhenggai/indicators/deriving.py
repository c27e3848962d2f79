"""推算: values that come of others, exactly. Plain Python; which operands there are is found by :mod:`zhenggai.indicators.currency`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Any

from zhenggai.indicators.rules import DIGITS, PLACES, WrongFigure
from zhenggai.indicators.states import Change, FigureKind, Operation

Reference = str | int
"""An operand in a formula: the code of a computed indicator, or the key of another."""

_MOST = 30
"""Most operands of a sum."""

_NUMBER = {
    Operation.RATE: range(2, 3),
    Operation.SUM: range(2, _MOST + 1),
    Operation.DIFFERENCE: range(2, 3),
    Operation.YEAR_ON_YEAR: range(1, 2),
    Operation.POINTS: range(1, 3),
}
"""How many operands a formula names. 同比 has one, which is compared with itself a year before; so has 百分点变动, if it has not two."""


@dataclass(frozen=True)
class Formula:
    """公式 of a derived indicator, as it stands in its row: ``{"op": …, "of": […]}``."""

    op: Operation
    of: tuple[Reference, ...]

    @property
    def backwards(self) -> bool:
        """Whether the one operand is compared with itself a year before."""
        return len(self.of) == 1

    def as_dict(self) -> dict[str, Any]:
        """JSON object, as the row keeps it."""
        return {"op": self.op.value, "of": list(self.of)}


@dataclass(frozen=True)
class Result:
    """A derived value; ``change`` says which way it went where it is the amount of a change, the value is then not negative."""

    value: Decimal
    change: Change = Change.NONE


class NoValue(WrongFigure):
    """推算不出: an operand is missing, or the operation has no result."""

    code = "no_value"


def formula_of(said: Mapping[str, Any]) -> Formula:
    """Read a formula; WrongFigure names what is wrong with it."""
    try:
        op, of = Operation(said["op"]), tuple(said["of"])
    except (KeyError, TypeError, ValueError) as error:
        raise WrongFigure(
            "推算公式须写明推算方式（比率、合计、差额、同比、百分点变动）和各项指标。", field="formula"
        ) from error
    if not all(isinstance(each, str | int) and not isinstance(each, bool) for each in of):
        raise WrongFigure("推算公式中的指标须以代码或编号列出，请重新选择。", field="formula")
    if len(of) not in _NUMBER[op]:
        least, most = _NUMBER[op][0], _NUMBER[op][-1]
        wanted = f"{least} 项" if least == most else f"{least} 至 {most} 项"
        raise WrongFigure(
            f"“{op.label}”须由 {wanted}指标推算，现在选了 {len(of)} 项，请增减。", field="formula"
        )
    if len(set(of)) < len(of):
        raise WrongFigure("推算公式中同一指标出现了两次，请改选。", field="formula")
    return Formula(op, of)


def check_units(formula: Formula, units: Sequence[tuple[str, str]], unit: str, kind: str) -> None:
    """Raise WrongFigure unless operands and result fit: ``units`` are unit and kind of each operand, ``unit`` and ``kind`` the result's."""
    percent, point = FigureKind.PERCENT.value, FigureKind.PERCENTAGE_POINT.value
    op = formula.op
    if op is not Operation.YEAR_ON_YEAR and len({each for each, _ in units}) > 1:
        shown = "、".join(dict.fromkeys(f"“{each or '无单位'}”" for each, _ in units))
        raise WrongFigure(
            f"“{op.label}”的各项须用同一单位，现有{shown}，请改选同单位的指标。", field="formula"
        )
    wanted = {
        Operation.RATE: percent,
        Operation.YEAR_ON_YEAR: percent,
        Operation.POINTS: point,
    }.get(op)
    if op is Operation.POINTS and any(each != percent for _, each in units):
        raise WrongFigure(
            "“百分点变动”须由百分比指标推算，请改选单位为“%”的指标，或改用“同比”。", field="formula"
        )
    if wanted is not None and kind != wanted:
        shown = "%" if wanted == percent else "个百分点"
        raise WrongFigure(f"“{op.label}”得出的单位是“{shown}”，请把指标的单位改为“{shown}”。", field="unit")
    if wanted is None and units and units[0][0] != unit:
        raise WrongFigure(
            f"“{op.label}”得出的单位与各项相同，应是“{units[0][0]}”，请改正指标的单位。", field="unit"
        )


def derive(op: Operation, operands: Sequence[Decimal]) -> Result:
    """推算: the value that an operation gives; NoValue where it has none. 同比 and 百分点变动 take the present value first, then the earlier one.

    Exact to six places, half up (四舍五入). A change is given without sign, its way in ``change``.
    """
    if op is Operation.SUM:
        return Result(_kept(_exact_sum(operands)))
    first, second = operands
    if op is Operation.DIFFERENCE:
        return Result(_kept(_exact_sum([first, -second])))
    if op is Operation.POINTS:
        return _changed(_exact_sum([first, -second]))
    if op is Operation.RATE:
        if second == 0:
            raise NoValue("分母为零，比率算不出，请核对分母指标的数值。")
        return Result(_kept(_hundredfold(first, second)))
    if second == 0:
        raise NoValue("上年同期为零，同比算不出，可改写为“上年同期为零”。")
    if second < 0:
        raise NoValue("上年同期为负数，同比没有意义，可改写为增减的数额。")
    return _changed(_hundredfold(_exact_sum([first, -second]), second))


def _exact_sum(values: Sequence[Decimal]) -> Decimal:
    with localcontext(prec=DIGITS * 4):
        return sum(values, Decimal(0))


def _hundredfold(numerator: Decimal, denominator: Decimal) -> Decimal:
    """Hundred times a quotient, in whole millionths, half up away from zero; by integers, so that nothing is rounded twice."""
    above, over = numerator.as_integer_ratio()
    below, under = denominator.as_integer_ratio()
    top, bottom = above * under * 100 * 10**PLACES, over * below
    negative = (top < 0) is not (bottom < 0) and top != 0
    top, bottom = abs(top), abs(bottom)
    millionths = (2 * top + bottom) // (2 * bottom)
    return Decimal(-millionths if negative else millionths).scaleb(-PLACES)


def _changed(value: Decimal) -> Result:
    change = Change.UP if value > 0 else Change.DOWN if value < 0 else Change.NONE
    return Result(_kept(abs(value)), change)


def _kept(value: Decimal) -> Decimal:
    """The value without idle zeros; NoValue if both databases could not keep it exactly."""
    with localcontext(prec=DIGITS * 4):
        plain = value.normalize()
        _, digits, exponent = plain.as_tuple()
        if len(digits) + max(int(exponent), 0) > DIGITS:
            raise NoValue(f"推算结果 {plain:f} 超出可精确记账的 {DIGITS} 位有效数字，请改用更大的单位。")
        return plain if int(exponent) <= 0 else plain.quantize(Decimal(1))
