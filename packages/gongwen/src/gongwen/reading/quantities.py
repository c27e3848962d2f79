"""数量: numbers with their units, wherever they count, measure or rate something.

Guarantees
1. A number is a quantity only with a unit of `tables.units`; ordinals, names, dates and numbers of headings
   are none.
2. 万 and 亿 are multiplied into `value`; ranges give `value_max`; 余 and 多 belong to the span, 近 and 以上
   do not.
3. Chinese numerals count from 二 with a classifier (三张清单), not inside set phrases (三重一大).
4. Each place of the text belongs to at most one quantity; what looks like a number and is none of these is
   left over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from gongwen.models import Change, QuantityKind
from gongwen.reading.clean import Text
from gongwen.reading.masks import NUMBERING
from gongwen.reading.numerals import multiplied, value_of
from gongwen.reading.patterns import any_of
from gongwen.reading.tables import units

_FIGURES = r"\d{1,3}(?:,\d{3})+(?:\.\d{1,8})?(?![\d,])|\d{1,16}(?:\.\d{1,8})?(?!\d)"
_CHINESE = (
    r"[二两三四五六七八九十][一二三四五六七八九十百千零]{0,8}|一[百千][一二三四五六七八九十百千零]{0,8}"
)
_PERCENT = "[零一二两三四五六七八九十百]{1,6}(?:点[零一二三四五六七八九]{1,6})?"
_MULTIPLIER = "万亿|千亿|百亿|十亿|千万|百万|亿|万|千(?![米瓦克伏])|百|十"
_VAGUE = "余|多(?!数|为|年)|几"
# 4点建议: 点 counts only what is said in points; elsewhere it is a clock or a place
_POINTS = "点(?=整改|意见|建议|要求|措施|希望|指示|体会)"
_GE = f"个(?:{'|'.join(units.AFTER_GE)})(?!度计划)"
_ASCII_UNITS = "|".join(re.escape(u) for u in units.ALL_UNITS if u[0].isascii() and u[0].isalpha())
_OTHER_UNITS = "|".join(
    re.escape(u) for u in units.ALL_UNITS if not (u[0].isascii() and u[0].isalpha()) and u != "个"
)
_NOT_UNITS = any_of(units.NOT_UNITS)
_UNIT = (
    f"{_GE}|大(?:类|项)|{_POINTS}|(?!{_NOT_UNITS})(?:{_OTHER_UNITS})|个|"
    f"大(?=[\u4e00-\u9fff“])(?![会队学厅小量多型众])|(?:{_ASCII_UNITS})(?![A-Za-z])"
)
_NUMERAL_UNIT = (
    f"{_GE}|大(?:类|项)|(?!{_NOT_UNITS})(?:"
    + any_of(u for u in units.NUMERAL_CLASSIFIERS if u not in ("个", "大"))
    + ")(?![县市镇乡街路])|个(?!一(?![线流般类])|把握)|大(?=[\u4e00-\u9fff“])(?![会队学厅小量多型众类项])"
)
_TO = "至|到|-{1,2}|—{1,2}|~"
_BEHIND = "以上|以下|左右|上下|以内|之内|以外"

_NUMBER = re.compile(
    rf"""(?=[0-9百一二两三四五六七八九十])(?:
      百分之(?P<pct>{_FIGURES}|{_PERCENT})(?:(?:{_TO})(?:百分之)?(?P<pct2>{_FIGURES}|{_PERCENT}))?(?P<pb>{_BEHIND})?
    | (?<![\d.A-Za-z+,])(?P<bare>\d{{1,4}}(?:\.\d{{1,4}})?)(?=(?:、\d{{1,4}}(?:\.\d{{1,4}})?){{0,4}}[、和]
      \d{{1,4}}(?:\.\d{{1,4}})?(?P<shared>个百分点|%))
    | (?:(?<![\d.A-Za-z+,])|(?<=\n\d\.)|(?<=\n\d\d\.))(?P<n>{_FIGURES})(?P<v1>{_VAGUE})?(?P<m>{_MULTIPLIER})?(?P<v2>{_VAGUE})?
      (?:(?P<u0>{_UNIT})?(?:{_TO})(?P<n2>{_FIGURES})(?P<m2>{_MULTIPLIER})?(?P<v3>{_VAGUE})?)?
      (?P<u>{_UNIT})(?P<b>{_BEHIND})?
    | (?<![第一二三四五六七八九十百千零〇两\d周])(?<!星期)(?P<cn>{_CHINESE})(?P<cv>余|多)?(?P<cm>万|亿)?
      (?:(?:至|到)(?P<cn2>{_CHINESE}))?
      (?P<cu>{_NUMERAL_UNIT}|日(?=内|以内|之内)|年(?!行动|规划|计划|期|来|级|制|间|度|代|会|多|一))(?P<cb>{_BEHIND})?
    )""",
    re.VERBOSE,
)
_ORDINAL_BEFORE = re.compile(
    r"(?:第|№|No\.|编号|(?<![目当此之以日年月空])前|(?<![以之线网会名旗乡])[上下]|(?<![之以])后)$"
)
_ORDINAL_UNITS = ("类", "轮", "名", "批", "位", "届", "期", "次", "条", "章", "款", "项", "号", "个", "季度")
_RECURRING_DAY = re.compile(r"(?:每|当|次|本|上|下)(?:个)?月$")
_DAYS_AS_TIME = re.compile(r"(?:之|以)?内|前")
_DAYS_BEFORE = re.compile(r"(?:为期|公示期|期限|时间|不少于|至少|超过|连续|累计|共|近|约|满|为|天数)$")
# 两年 is a length of time only when something says so; 三年行动, 五年规划 are names.
_YEARS_BEHIND = re.compile("以上|以下|以内|之内|内(?!部)|有余|之久")
_YEARS_BEFORE = re.compile("(?:超过|连续|逾|满|长达|近|共|为期|最长|不足|不少于|已达)$")
_BEFORE_QUALIFIER = re.compile(
    r"(将近|(?<![附远亲靠邻])近|大约|(?<![签节合条预公违])约|逾|(?<!不)超过|(?<!不)超|突破|不足|不到|不少于|至少|不超过|不超|"
    r"不低于|不高于|不多于|最多|最高)(?:达)?$"
)
_CAPACITY = re.compile(
    rf"(?:{'|'.join(units.CAPACITY_WORDS)}|[年日][^，。；、\n\t]{{0,6}}能力)[^，。；\n\t]*$"
)
_BEFORE_VERB = re.compile(r"(至少|不少于|不低于|不超过)[^，。；、\d\n\t“”]{0,10}$")
_CHANGE = re.compile(
    r"(?:(?P<down>下降|降低|减少|回落|下滑|压降|缩短|收窄|下跌|下浮|负增长|降幅(?:达|为)?|净减)|(?P<up>增长|"
    r"提升|提高|上升|增加|上涨|扩大|上浮|"
    r"高出|多出|(?<!新)增(?:幅)?(?:达|为)?))(?:了|约|近|逾|超过|超|分别|达)*$"
)
# 会议压减20%: of a rate these are changes, of a count (压减7家) they are what was done
_CUT = re.compile(r"(?:压减|压缩|精简|削减|缩减|节省|减幅)(?:了|约|近|逾|超过|分别|达)*$")
# 能耗降8.3%, 效率提15%: one character, where a rate follows
_SHORT_CHANGE = re.compile(r"(?<![下上升回])(?:(?P<down>降|减)|(?P<up>提|升|涨|增))(?:了|约|近|逾|超)?$")
# 比4月少29起
_COMPARED = re.compile(r"[比较][^，。；\n\t]{1,8}(?:(?P<down>少|减|低|降)|(?P<up>多|增|高|升))(?:了|出)?$")
_CHANGE_AFTER = re.compile(r"的(?:(?P<down>降幅|下降)|(?P<up>增幅|增长|增速))")
_LOOK_BACK = 12
_RESPECTIVELY = re.compile("分别[^，。；]*$")


@dataclass(slots=True)
class FoundQuantity:
    """A quantity in flat positions; `tail` is the end of a qualifier behind the unit (以上)."""

    start: int
    end: int
    tail: int
    value: Decimal
    value_max: Decimal | None
    unit: str
    written_value: str
    written_unit: str
    kind: QuantityKind
    qualifier: str | None
    change: Change | None


def find_quantities(text: Text, marks: bytearray) -> list[FoundQuantity]:
    """所有数量 in order, without their labels; marked places are passed over."""
    flat = text.flat
    found: list[FoundQuantity] = []
    for match in _numbers(flat, marks):
        if marks[match.start()] or not _counts(flat, match):
            continue
        quantity = _quantity(flat, match)
        if quantity:
            found.append(quantity)
    _spread_capacity(flat, found)
    _spread_unit(flat, found)
    _spread_change(flat, found)
    return found


def _numbers(flat: str, marks: bytearray) -> Iterator[re.Match[str]]:
    """All numbers; behind the number of a heading (1.12个部门) the next one begins right away."""
    position = 0
    while match := _NUMBER.search(flat, position):
        position = match.end()
        if marks[match.start()] == NUMBERING and not marks[position - 1]:
            position = next(i for i in range(match.start(), position) if marks[i] != NUMBERING)
        else:
            yield match


def _counts(flat: str, match: re.Match[str]) -> bool:
    """Whether the match counts something rather than naming a place in a row or a day of the month."""
    start, unit = match.start(), match["u"] or match["cu"] or "%"
    before = flat[max(0, start - 6) : start]
    ordinal = _ORDINAL_BEFORE.search(before)
    if ordinal and (ordinal.group() in ("第", "№", "No.", "编号") or unit.startswith(_ORDINAL_UNITS)):
        return False
    if unit == "日":
        return not _RECURRING_DAY.search(before) and bool(
            _DAYS_AS_TIME.match(flat, match.end())
            or _DAYS_BEFORE.search(before)
            or "以内" in (match["b"] or "")
        )
    if unit == "年" and match["cn"]:
        return bool(_YEARS_BEHIND.match(flat, match.end("cu")) or _YEARS_BEFORE.search(before))
    return not (unit == "年" and len(match["n"] or "") >= 3)  # noqa: PLR2004


def _quantity(flat: str, match: re.Match[str]) -> FoundQuantity | None:
    if match["pct"]:
        return _percent(flat, match)
    if match["bare"]:  # 提高2.1、1.3个百分点: the unit is shared with the figures behind
        return _found(
            flat, match, (Decimal(match["bare"]), None), (match["bare"], ""), match["shared"], None, None
        )
    if match["cn"]:
        return _chinese(flat, match)
    value, upper = value_of(match["n"]), value_of(match["n2"]) if match["n2"] else None
    if value is None:
        return None
    multiplier = match["m"] or ""
    if upper is not None:
        shared = match["m2"] or ""
        value, upper = multiplied(value, multiplier or shared), multiplied(upper, shared)
        multiplier = shared
    else:
        value = multiplied(value, multiplier)
    vague = match["v1"] or match["v2"] or match["v3"]
    return _found(flat, match, (value, upper), (match["n"], multiplier), match["u"], vague, match["b"])


def _percent(flat: str, match: re.Match[str]) -> FoundQuantity | None:
    value, upper = value_of(match["pct"]), value_of(match["pct2"]) if match["pct2"] else None
    if value is None:
        return None
    return _found(flat, match, (value, upper), (match["pct"], ""), "%", None, match["pb"])


def _chinese(flat: str, match: re.Match[str]) -> FoundQuantity | None:
    value, upper = value_of(match["cn"]), value_of(match["cn2"]) if match["cn2"] else None
    if value is None:
        return None
    multiplier = match["cm"] or ""
    value = multiplied(value, multiplier)
    return _found(
        flat, match, (value, upper), (match["cn"], multiplier), match["cu"], match["cv"], match["cb"]
    )


def _found(
    flat: str, match: re.Match[str], values: tuple[Decimal, Decimal | None], written: tuple[str, str], unit: str,
    vague: str | None, behind: str | None,
) -> FoundQuantity:  # fmt: skip
    multiplier_in_unit = next((m for m in ("万", "亿") if unit.startswith(m) and len(unit) > 1), "")
    value = multiplied(values[0], multiplier_in_unit)
    base = base_unit(unit[len(multiplier_in_unit) :])
    end = match.end() - len(behind or "")
    kind = units.KIND_OF_UNIT.get(unit) or _kind(flat, match.start(), base)
    qualifier = _qualifier(flat, match.start(), vague, behind, kind)
    change = _change(flat, match.start(), end)
    written_unit = written[1] + unit
    return FoundQuantity(match.start(), end, match.end(), value, values[1], base, written[0], written_unit, kind,
                         qualifier, change)  # fmt: skip


def base_unit(unit: str) -> str:
    """单位: 个 dropped before another unit, 大 read as 个, 人民币 as 元."""
    if unit == "大":
        return "个"
    if unit[0] == "大" and len(unit) > 1:
        return unit[1:]
    if unit[0] == "个" and len(unit) > 1:
        return unit[1:]
    return "元" if unit in ("人民币", "元人民币", "块钱") else unit


def _kind(flat: str, start: int, unit: str) -> QuantityKind:
    kind = units.KIND_OF_UNIT.get(unit)
    if kind:
        return kind
    if unit in units.CAPACITY_UNITS or _CAPACITY.search(flat, max(0, start - _LOOK_BACK), start):
        return "capacity"
    return "other" if unit in units.MEASURE else "count"


def _spread_capacity(flat: str, found: list[FoundQuantity]) -> None:
    """年产1200万只车轮、9万吨箔: what is listed with 、 behind a capacity is one too."""
    for previous, quantity in pairwise(found):
        between = flat[previous.end : quantity.start]
        listed = between.endswith(("、", "和")) and not re.search("[，。；\n\t]|等", between)
        if previous.kind == "capacity" and listed and quantity.kind in ("count", "other"):
            quantity.kind = "capacity"


def _spread_unit(flat: str, found: list[FoundQuantity]) -> None:
    """提高6.2个、4.5个百分点: a bare 个 before a listed 百分点 or 工作日 is one of them."""
    for following, quantity in pairwise(reversed(found)):
        listed = flat[quantity.tail : following.start] in ("、", "和")
        if listed and quantity.unit == "个" and following.unit in units.AFTER_GE:
            quantity.unit, quantity.kind = following.unit, following.kind


def _spread_change(flat: str, found: list[FoundQuantity]) -> None:
    """分别增长12.4%、15.8%: a bare figure behind an amount of change is one too."""
    for previous, quantity in pairwise(found):
        if (
            previous.change
            and flat[previous.tail : quantity.start] in ("、", "和")
            and (
                previous.unit == quantity.unit
                or _RESPECTIVELY.search(flat, max(0, previous.start - _LOOK_BACK), previous.start)
            )
        ):
            quantity.change = previous.change


def _qualifier(
    flat: str, start: int, vague: str | None, behind: str | None, kind: QuantityKind
) -> str | None:
    if vague:
        return vague
    before = _BEFORE_QUALIFIER.search(flat, max(0, start - 4), start)
    if before and not (kind == "duration" and before[1] == "近"):
        return before[1]
    distant = (
        _BEFORE_VERB.search(flat, max(0, start - 14), start) if kind != "percent" and not behind else None
    )
    return distant[1] if distant else behind


def _change(flat: str, start: int, end: int) -> Change | None:
    """升降: only when the figure is the amount of change itself; 提高到 gives a level."""
    match = _CHANGE.search(flat, max(0, start - _LOOK_BACK), start) or _CHANGE_AFTER.match(flat, end)
    if not match:
        match = _COMPARED.search(flat, max(0, start - _LOOK_BACK), start)
    if not match and flat[end - 1] in "%点":
        match = _SHORT_CHANGE.search(flat, max(0, start - _LOOK_BACK), start)
    if not match:
        cut = flat[end - 1] == "%" and _CUT.search(flat, max(0, start - _LOOK_BACK), start)
        return "down" if cut else None
    return "down" if match["down"] else "up"
