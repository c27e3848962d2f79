"""相符: whether a number in the text is a true way of writing what its source says. Plain Python: no Django, no clock.

Guarantees
1. What cannot be shown to be true does not agree: an unknown qualifier allows the exact value only.
2. ``stand`` says 已绑定 only where unit, period and direction agree and the value is a true way of writing the source's present value.
3. Every sentence names the numbers that it speaks of.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from gongwen.reading.numerals import value_of
from gongwen.reading.quantities import base_unit
from gongwen.reading.tables.units import MULTIPLIERS
from zhenggai.bulletins.facts import Figure, Source, Waived
from zhenggai.bulletins.periods import same_period
from zhenggai.bulletins.states import REMEDIES, FigureState

AT_LEAST = frozenset({"以上", "突破", "不少于", "至少", "不低于"})
"""The source reaches what is written: 以上 includes the number itself (民法典第一千二百五十九条)."""

MORE_THAN = frozenset({"超过", "超", "逾", "以外"})
"""The source is greater than what is written: 超过, 以外 do not include the number itself (the same article)."""

AT_MOST = frozenset({"以下", "以内", "之内", "不超过", "不超", "不高于", "不多于", "最多", "最高"})
"""The source is what is written or less."""

LESS_THAN = frozenset({"不足", "不到", "低于"})
"""The source is less than what is written."""

AND_SOME = frozenset({"余", "多", "几"})
"""300余: from what is written to the next step of its last place that is not zero."""

NEARLY = frozenset({"近", "将近"})
"""近300: less than such a step below what is written."""

ABOUT = frozenset({"约", "大约", "左右", "上下"})
"""Within five per cent."""

EXACTLY = frozenset({"", "达", "共", "累计", "均", "共计", "合计", "总计"})
"""Words that say nothing about how near the number is."""

QUALIFIERS = AT_LEAST | MORE_THAN | AT_MOST | LESS_THAN | AND_SOME | NEARLY | ABOUT | EXACTLY
"""All qualifiers that are understood; a test holds the reader's to them."""

_TOLERANCE = Decimal("0.05")

_SAME_UNITS = (
    ("人", "名", "位"),
    ("%", "％", "百分比"),
    ("平方米", "平米", "㎡", "m²"),
    ("立方米", "m³"),
    ("平方公里", "平方千米", "km²"),
    ("公里", "千米", "km"),
    ("米", "m"),
    ("公斤", "千克", "kg"),
    ("毫克", "mg"),
    ("吨", "t"),
    ("千瓦", "kW"),
    ("兆瓦", "MW"),
    ("吉瓦", "GW"),
    ("千瓦时", "kWh"),
    ("千伏", "kV"),
    ("℃", "摄氏度"),
    ("分贝", "dB"),
    ("标箱", "标准箱", "TEU"),
    ("天", "日", "自然日"),
    ("元", "人民币", "元人民币", "块钱"),
)
"""Units that say the same with other characters; nothing is converted. 户, 家 and 个 count different things and stay apart."""

_ONE_UNIT = {unit: group[0] for group in _SAME_UNITS for unit in group}

_UP = re.compile("增长|增幅|增速|提高|提升|上升|上涨|增加|增多|升幅|涨幅")
_DOWN = re.compile("下降|降低|减少|回落|下滑|降幅|减幅|压降|缩短|收窄|压减")


# ---- values ----


def agrees(figure: Figure, value: Decimal, value_max: Decimal | None) -> bool:
    """Whether what is written is a true way of writing ``value`` (to ``value_max``, where the source gives a range), in the base unit.

    A plain number is true when it is equal, or when the source rounded half up to ``figure.quantum`` is; zero is written only for zero. A
    range agrees with a range of the same ends, and with a single value between its ends. A range of the source agrees with a single
    number only through a qualifier that holds for both its ends. Units, periods and directions are not looked at.
    """
    ends = (value,) if value_max is None or value_max == value else (value, value_max)
    qualifier = figure.qualifier
    if qualifier not in EXACTLY and qualifier in QUALIFIERS:
        return all(_holds(figure, qualifier, end) for end in ends)
    if qualifier not in QUALIFIERS:
        return figure.value_max is None and len(ends) == 1 and figure.value == value
    if figure.value_max is None:
        return len(ends) == 1 and _rounded_equal(figure.value, figure.quantum, value)
    if len(ends) == 1:
        return figure.value <= value <= figure.value_max
    written = (figure.value, figure.value_max)
    return all(_rounded_equal(w, figure.quantum, end) for w, end in zip(written, ends, strict=True))


def _holds(figure: Figure, qualifier: str, value: Decimal) -> bool:
    """Whether a qualified number is true of one value."""
    low, high = figure.value, figure.value if figure.value_max is None else figure.value_max
    if qualifier in AT_LEAST:
        return value >= low
    if qualifier in MORE_THAN:
        return value > low
    if qualifier in AT_MOST:
        return value <= high
    if qualifier in LESS_THAN:
        return value < high
    if qualifier in AND_SOME:
        return low <= value < high + last_step(high, figure.quantum)
    if qualifier in NEARLY:
        return low - last_step(low, figure.quantum) < value <= high
    if low <= value <= high or (low == high and _rounded_equal(low, figure.quantum, value)):
        return True
    return low - abs(low) * _TOLERANCE <= value <= high + abs(high) * _TOLERANCE


def _rounded_equal(written: Decimal, quantum: Decimal, value: Decimal) -> bool:
    if written == value:
        return True
    if quantum <= 0 or written == 0:
        return False  # 0 states that there is none; what rounds to it is not none
    return (value / quantum).to_integral_value(ROUND_HALF_UP) * quantum == written


def last_step(value: Decimal, quantum: Decimal) -> Decimal:
    """One step of the last place of a number that is not zero: 300 → 100, 1240 → 10, 1.5 → 0.1; of 0 the quantum."""
    if value == 0:
        return quantum
    exponent = value.normalize().as_tuple().exponent
    return Decimal((0, (1,), int(exponent)))


def quantum_of(written_value: str, written_unit: str, unit: str, value: Decimal) -> Decimal:
    """The smallest step of a written number in the base unit: 288.88万元 → 100, 28.6% → 0.1, 1.5万人次 → 1000, 三 → 1.

    ``value`` is the number in the base unit; what 万 and 亿 multiplied is found from it, and from ``written_unit`` where it is zero.
    """
    plain = written_value.translate(_HALF_WIDTH).replace(",", "")
    fraction = re.search(r"[.点](.+)$", plain)
    step = Decimal((0, (1,), -len(fraction[1]) if fraction else 0))
    written = value_of(plain)
    if written and value:
        return step * (value / written)
    multiplier = written_unit.removesuffix(unit) if unit else written_unit
    return step * MULTIPLIERS.get(multiplier.rstrip("个"), 1)


_HALF_WIDTH = {0xFF10 + i: ord("0") + i for i in range(10)} | {ord("．"): ord("."), ord("，"): ord(",")}


# ---- unit, direction ----


@lru_cache(maxsize=4096)
def unit_of(unit: str) -> str:
    """A unit in its one form: ％ is %, 个百分点 is 百分点, 名 is 人."""
    bare = "".join(unit.split())
    bare = base_unit(bare) if bare else ""
    return _ONE_UNIT.get(bare, bare)


def same_unit(figure: Figure, source: Source) -> bool:
    """Whether text and source count in one unit; 万元 beside 元 is another one, as values are in the base unit."""
    return unit_of(figure.unit) == unit_of(source.unit)


def same_change(figure: Figure, source: Source) -> bool:
    """Whether both speak of a level, or both of a change in one direction.

    Where only one of them says a direction, the words of the other's label decide (a column 同比增长 is a change, though its cells do not
    say so). A negative amount (同比 -3.2%) is a change the other way.
    """
    value = source.value if source.now is None else source.now
    return _same_direction(figure, source, value)


def _same_direction(figure: Figure, source: Source, value: Decimal) -> bool:
    written = figure.change
    said = _OTHER_WAY[source.change] if value < 0 else source.change
    if written and not said:
        said = _direction(source.label)
    elif said and not written:
        written = _direction(figure.label)
    return written == said


_OTHER_WAY = {"up": "down", "down": "up", "": "down"}


def _direction(label: str) -> str:
    """The direction that the words of a label say, if only one."""
    up, down = _UP.search(label), _DOWN.search(label)
    if bool(up) == bool(down):
        return ""
    return "up" if up else "down"


# ---- the state ----


def stand(figure: Figure, source: Source | None, waived: Waived | None) -> tuple[FigureState, str]:
    """状态与处理办法: how a figure stands to what it is bound to, and a Chinese sentence that names the numbers (empty where all is well)."""
    if source is None:
        if waived is not None:
            return FigureState.WAIVED, ""
        return FigureState.UNBOUND, _unbound(figure)
    if not figure.read or not same_unit(figure, source):
        return FigureState.WRONG_UNIT, _wrong_unit(figure, source)
    if not same_period(figure.period, source.period):
        return FigureState.WRONG_PERIOD, (
            f"文中“{figure.text}”说的是{figure.period}，来源“{source.label}”是{source.period}的数值"
            f"（{amount(source.value, source.value_max, source.unit)}）。{REMEDIES[FigureState.WRONG_PERIOD]}"
        )
    if source.now is not None and _matches(figure, source, source.now, source.now_max):
        return FigureState.BOUND, ""
    if source.now is None:
        return FigureState.STALE, (
            f"文中为 {_written(figure)}，来源{_named(source)}（绑定时为 {amount(source.value, source.value_max, source.unit)}）"
            "现已没有有效数值，请核对来源，改绑仍然有效的来源，或写明理由免予绑定。"
        )
    if _matches(figure, source, source.value, source.value_max):
        return FigureState.STALE, (
            f"文中为 {_written(figure)}，与绑定时相同；来源{_named(source)}现为 {_present(source)}，"
            "请按现值改写数字，或核对来源。"
        )
    return FigureState.CONTRADICTED, (
        f"文中为 {_written(figure)}，来源{_named(source)}现为 {_present(source)}，请更正其一或改绑来源。"
    )


def _matches(figure: Figure, source: Source, value: Decimal, value_max: Decimal | None) -> bool:
    if not _same_direction(figure, source, value):
        return False
    if value < 0 and figure.change and value_max is None:
        value = -value  # 下降3.2% writes -3.2
    if figure.qualifier and figure.qualifier == source.qualifier and figure.value == value:
        return True  # the source itself says 超过98%
    return agrees(figure, value, value_max)


def _unbound(figure: Figure) -> str:
    if not figure.read:
        return f"“{figure.text}”不是系统能识别的带单位的数字，请补上单位或改写，或写明理由免予绑定。"
    return f"“{figure.text}”没有来源。{REMEDIES[FigureState.UNBOUND]}"


def _wrong_unit(figure: Figure, source: Source) -> str:
    told = amount(source.value, source.value_max, source.unit)
    if not figure.read:
        return (
            f"“{figure.text}”不是系统能识别的带单位的数字，无法与来源{_named(source)}（{told}）核对，"
            "请补上单位或改写，或解除绑定后写明理由免予绑定。"
        )
    return (
        f"文中“{figure.text}”的单位是“{figure.unit}”，来源{_named(source)}的单位是“{source.unit}”（{told}）。"
        f"{REMEDIES[FigureState.WRONG_UNIT]}"
    )


def _written(figure: Figure) -> str:
    direction = {"up": "上升", "down": "下降"}.get(figure.change, "")
    before = figure.qualifier if figure.qualifier and figure.qualifier not in _BEHIND | AND_SOME else ""
    behind = figure.qualifier if figure.qualifier in _BEHIND else ""
    return f"{direction}{before}{figure.text}{behind}"


_BEHIND = frozenset({"以上", "以下", "以内", "之内", "以外", "左右", "上下"})


def _named(source: Source) -> str:
    return f"“{source.label}”{source.period}"


def _present(source: Source) -> str:
    """What the source says today, with its direction and day."""
    now = source.value if source.now is None else source.now
    direction = {"up": "上升", "down": "下降"}.get(source.change, "")
    day = source.as_of
    until = f"（截至{day.year}年{day.month}月{day.day}日）" if day else ""
    return f"{direction}{amount(now, source.now_max, source.unit)}{until}"


def amount(value: Decimal, value_max: Decimal | None, unit: str) -> str:
    """数值与单位 as people write them: 288.88万元, 20至30户, 1,240人."""
    number = _plain(value, unit)
    if value_max is not None and value_max != value:
        number = f"{number}至{_plain(value_max, unit)}"
    return number + unit


_ENOUGH = 15
"""Digits up to which a value is written out; sources have no more."""


def _plain(value: Decimal, unit: str) -> str:
    for step, word in ((Decimal(100_000_000), "亿"), (Decimal(10_000), "万")):
        scaled = value / step
        if unit == "元" and abs(scaled) >= 1 and scaled == round(scaled, 4):
            return f"{_trimmed(scaled)}{word}"
    return _trimmed(value)


def _trimmed(value: Decimal) -> str:
    if value.adjusted() > _ENOUGH:
        return f"{value.normalize():E}"
    written = f"{value:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written
