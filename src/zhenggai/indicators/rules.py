"""What a figure can be, and how one is read as it was written. Plain Python."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation, localcontext

from zhenggai.core.errors import Refusal
from zhenggai.indicators.states import FigureKind

DIGITS = 15
"""Most significant digits of a value: what both databases give back unchanged."""

PLACES = 6
"""Most decimal places of a value."""


class ImpossibleFigure(Refusal):
    """数值无法入账: not a number, or one that could not be kept exactly."""

    code = "impossible_figure"


class WrongFigure(Refusal):
    """填写有误: a value, period, date or definition that cannot be so; ``field`` names where."""

    code = "wrong_figure"


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
    with localcontext(
        prec=max(1, len(value.as_tuple().digits))
    ):  # the usual 28 digits would round away what is to be found
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
        "百分点": FigureKind.PERCENTAGE_POINT,
        "元": FigureKind.MONEY,
    }
    return known.get(unit, FigureKind.COUNT)


_LONGEST = 60
"""Most characters of a value as it is written."""

_MULTIPLIERS = {"十": 10, "百": 100, "千": 10**3, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8, "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12}  # fmt: skip
_WRITTEN = re.compile(
    r"(?P<sign>[-\u2212]?)(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?P<rest>\D{0,16})"
)
_MULTIPLIER = re.compile("|".join(sorted(_MULTIPLIERS, key=len, reverse=True)))
_VAGUE = (
    "约",
    "近",
    "余",
    "多",
    "几",
    "逾",
    "超",
    "不足",
    "不到",
    "以上",
    "以下",
    "左右",
    "上下",
    "大概",
    "至少",
    "不少于",
    "最多",
)
_RANGE = re.compile(r"\d[^\d.,]*[-–—~～至到][^\d]*\d")
_NUMERAL = re.compile("[〇零一二两三四五六七八九十百千万亿点]+")


@dataclass(frozen=True)
class Written:
    """A value read as it was written: in the base unit, and the form in which it stood."""

    value: Decimal
    written: str


def read_value(written: str, unit: str) -> Written:
    """Read one definite value of an indicator with this unit: 288.88万元, 1,234.50元, １２％, 10. WrongFigure or ImpossibleFigure.

    A bare number counts in the indicator's unit. 万 and 亿 are multiplied in. Nothing is guessed: no Chinese numerals, no 约, no range,
    no other unit.
    """
    text = re.sub(r"\s+", "", unicodedata.normalize("NFKC", written))
    if not text:
        raise _wrong("“数值”不能为空，请填写一个确定的数，例如 12.5。")
    if len(text) > _LONGEST:
        raise _wrong(f"“数值”有 {len(text)} 个字符，太长了，请只填写一个数和它的单位。")
    vague = next((word for word in _VAGUE if word in text), None)
    if vague:
        raise _wrong(f"“数值”写的“{written}”带有“{vague}”，指标值须是确数，请填写核实后的准确数值。")
    if _RANGE.search(text):
        raise _wrong(f"“数值”写的“{written}”是一个区间，指标值须是一个确定的数，请填写其中核实的一个。")
    found = _WRITTEN.fullmatch(text)
    if found is None:
        raise _wrong(f"“数值”写的“{written}”{_finding(text)}")
    factor = _factor(found["rest"], unit, written)
    with localcontext(prec=2 * _LONGEST):
        value = Decimal(found["number"].replace(",", "")) * factor
        signed = -value if found["sign"] else value
    try:
        return Written(exact_value(f"{signed:f}"), written.strip()[:100])
    except ImpossibleFigure as refusal:
        raise ImpossibleFigure(refusal.sentence, field="value") from refusal


def _wrong(sentence: str) -> WrongFigure:
    return WrongFigure(sentence, field="value")


def _finding(text: str) -> str:
    """Why a text is no value, and what to write."""
    if _NUMERAL.match(text):
        return "是中文数字，请改用阿拉伯数字填写，例如 12.5。"
    if re.search(r"\d,", text):
        return "千位分隔号的位置不对，请核对，例如 1,234.50。"
    return "不是数值，请填写阿拉伯数字，可带单位，例如 288.88万元。"


def plain_unit(unit: str) -> str:
    """A unit as units are compared: ％ as %, 个百分点 as 百分点, 人民币 as 元."""
    plain = unicodedata.normalize("NFKC", unit).strip()
    return {"个百分点": "百分点", "人民币": "元", "元人民币": "元"}.get(plain, plain)


def _factor(said: str, unit: str, written: str) -> int:
    """By how much a number counts for what stands behind it: 万 of a unit, or the unit alone; WrongFigure for another unit."""
    wanted = plain_unit(unit)
    if plain_unit(said) in ("", wanted):
        return 1
    multiplier = _MULTIPLIER.match(said)
    if multiplier:
        rest = plain_unit(said[multiplier.end() :])
        if rest == wanted or (not rest and not _MULTIPLIER.match(wanted)):
            return int(_MULTIPLIERS[multiplier.group()])
    wish = f"换算成“{unit}”" if unit else "去掉单位"
    raise _wrong(
        f"“数值”写的“{written}”以“{said}”计，本指标的单位是“{unit or '无'}”，请核对是否选错指标，或{wish}后填写。"
    )


def check_as_of(as_of: date | None, today: date) -> date:
    """Return the day as of which a value is; WrongFigure if it is missing or still to come."""
    if as_of is None:
        raise WrongFigure("“截至日期”没有填写，请填写数值统计到哪一天。", field="as_of")
    if as_of > today:
        raise WrongFigure(f"“截至日期”{as_of} 在今天（{today}）之后，请填写已经统计到的日期。", field="as_of")
    return as_of


def check_text(text: str, *, most: int, field: str, label: str, needed: bool = False) -> str:
    """Return a text without what a database cannot hold; WrongFigure if it is longer than ``most``, or missing where it is needed."""
    cleaned = text.replace("\x00", "").strip()
    if needed and not cleaned:
        raise WrongFigure(f"“{label}”不能为空，请填写后再提交。", field=field)
    if len(cleaned) > most:
        raise WrongFigure(f"“{label}”有 {len(cleaned)} 字，最多 {most} 字，请缩短。", field=field)
    return cleaned
