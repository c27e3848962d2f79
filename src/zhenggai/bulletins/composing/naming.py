"""称谓: how parties, offices, days and amounts are written in an official document. Plain Python."""

import re
from datetime import date
from decimal import Decimal

_DIGITS = "零一二三四五六七八九"
_PLACE = "省市县区州盟旗"
_TOWNS = ("镇", "乡", "街道")
_BODIES = ("公司", "集团", "学院", "大学", "医院", "学校", "银行")
_PARTY_ENDS = ("委", "委员会", "党组", "党委", "工委", "支部", "总支")
PARTY_KINDS = ("巡视", "巡察")
"""Kinds of inspection that are answered by the Party organisation of the inspected body."""


def day(value: date | None) -> str:
    """2026年1月5日; empty for none."""
    return f"{value.year}年{value.month}月{value.day}日" if value else ""


def period(start: date | None, end: date | None) -> str:
    """2025年3月12日至6月6日: the year is not said twice."""
    if start is None or end is None:
        return day(start)
    last = day(end)
    return f"{day(start)}至{last.removeprefix(f'{start.year}年')}"


def chinese(value: int) -> str:
    """1 → 一, 12 → 十二, 120 → 一百二十; for 1 to 999."""
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    said = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        said += ("" if tens == 1 and not hundreds else _DIGITS[tens]) + "十"
    elif hundreds and ones:
        said += "零"
    return said + (_DIGITS[ones] if ones else "")


def amount(value: Decimal, unit: str) -> str:
    """A number with its unit: whole counts as they are, money in 亿元 or 万元 where that is exact to two decimals."""
    if unit == "元":
        for scale, name in ((Decimal(10) ** 8, "亿元"), (Decimal(10) ** 4, "万元")):
            scaled = value / scale
            if abs(scaled) >= 1 and scaled == round(scaled, 2):
                return plain(scaled) + name
    return plain(value) + unit


def plain(value: Decimal) -> str:
    """A number in digits, without an exponent and without zeros that say nothing."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quoted(title: str) -> str:
    """A title as it stands within “ ”: its own quotation marks become single, its closing punctuation goes."""
    return title.strip().rstrip("。；;.").replace("“", "‘").replace("”", "’")


def committee(party: str, kind: str) -> str:
    """发文机关: who answers for an inspected party: its Party organisation to 巡视 and 巡察, otherwise the body itself; empty if unknown."""
    name = party.strip()
    if not name or name.startswith("中共") or name.endswith(_PARTY_ENDS):
        return name if not name or name.startswith("中共") or kind not in PARTY_KINDS else f"中共{name}"
    if kind not in PARTY_KINDS:
        return f"{name}人民政府" if name[-1] in _PLACE else name
    if name[-1] in _PLACE:
        return f"中共{name}委"
    return f"中共{name}委员会" if name.endswith((*_TOWNS, *_BODIES)) else f"中共{name}党组"


def inspection_name(round_: str, authority: str, team: str, kind: str) -> str:
    """十二届省委第七轮巡视; 省委巡视 where the round is not known."""
    if round_:
        return round_ if round_.endswith(kind) else round_ + kind
    return f"{authority or team.partition('第')[0]}{kind}"


def place_of(party: str) -> str:
    """岚江市 of 岚江市, 中共岚江市委; empty where the party is no place."""
    found = re.match(rf"(?:中共)?(.*[{_PLACE}])委?$", party.strip())
    return found[1] if found else ""


def office(title: str, unit: str, party: str) -> str:
    """职务: how an official is called in a document of his own place: 市委书记, 市长, 市委组织部部长; never by his name."""
    own = [part for part in re.split("[、，,]", title) if "领导小组" not in part]
    said = "、".join(own) or title
    place = place_of(party)
    short = _short(unit, place)
    if said.startswith(unit):
        return short + said.removeprefix(unit)
    if re.match(rf"(?:常务)?副?[{_PLACE}镇乡]长", said) or said.startswith(short):
        return said
    return short + said


def _short(unit: str, place: str) -> str:
    """市委 of 中共岚江市委 in 岚江市."""
    name = unit.removeprefix("中共")
    return place[-1] + name.removeprefix(place) if place and name.startswith(place) else name
