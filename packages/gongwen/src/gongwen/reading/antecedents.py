"""前文所数: what the figures before have named, for names that lean on it (其余5个, 修订3项, 占总量的31.7%).

Guarantees
1. A label is carried over within its sentence, the last label of each unit within its paragraph.
2. A rest (其余2处) belongs to the number that its parts leave it of, in the paragraph or the one before.
3. A name that says only half is completed by the label before it; what names something itself is left alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from gongwen.reading.quantities import FoundQuantity

# So much of a head is carried over.
CARRIED = 10
_MOST_PARTS = 8
_BARE_AMOUNT = 4
_LONGEST_PART = 6

# 第四轮402个: a turn alone counts what the figure before counted
_TURN = re.compile(r"第[一二三四五六七八九十\d]{1,3}(?:轮|批|次|季度|阶段|年度)")
_COMPARISON = re.compile(
    "(?:低于|高于|优于|好于|超出|超过|低|高)(?:全[国省市区县]|平均|同期|上年|国家|[^，]{0,4}平均)"
)
_AMOUNTS_OF_CHANGE = ("降幅", "增幅", "增速", "涨幅", "跌幅")
# A level of the same thing: 省级文明村12个、市级37个
_LEVEL = re.compile("(?:国家|省|市|州|县|区|乡|镇|村|校|院|部|厅)级")
# A rate of a part: 合格率94.7%，其中小学96.2%
_RATE = re.compile("(?:满意度|[\u4e00-\u9fff]{2}(?:率|占比|比例|比重))$")
_RATE_WORD = re.compile("[率比度量额值幅速数重]|占|增|降|提|减")
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Label:
    """名称 and its head noun, which later figures of the sentence may carry over."""

    text: str
    head: str
    carried: bool = False
    verb: str = ""

    def again(self, text: str) -> Label:
        """A label that leans on this one."""
        return Label(text, self.head, carried=True)


@dataclass(slots=True)
class Antecedents:
    """The label to carry over within the sentence, the last label of each unit, and all numbers of each unit."""

    carried: Label | None = None
    unit: str = ""
    limit: int = 0
    recent: dict[str, Label] = field(default_factory=dict)
    counted: dict[str, list[tuple[Decimal, Label]]] = field(default_factory=dict)
    counted_before: dict[str, list[tuple[Decimal, Label]]] = field(default_factory=dict)

    def enter(self, flat: str, sentence: int, quantity: FoundQuantity) -> None:
        """Forget what another sentence or paragraph said."""
        if sentence > self.limit:
            self.carried = None
            if flat.find("\n", self.limit, quantity.start) >= 0:
                self.recent.clear()
                self.counted_before, self.counted = self.counted, {}

    def leave(self, quantity: FoundQuantity, label: Label) -> None:
        """Remember a label for the figures behind it."""
        self.carried, self.unit, self.limit = label, quantity.unit, quantity.tail
        if label.head:
            self.recent[quantity.unit] = label
            self.counted.setdefault(quantity.unit, []).append((quantity.value, label))

    def whole_of(self, quantity: FoundQuantity) -> Label | None:
        """What a rest is the rest of, in this paragraph or else the one before."""
        for counted in (self.counted, self.counted_before):
            if whole := _whole_of(quantity.value, counted.get(quantity.unit, [])[-_MOST_PARTS:]):
                return whole
        return self.recent.get(quantity.unit)


def _whole_of(rest: Decimal, counted: list[tuple[Decimal, Label]]) -> Label | None:
    """The nearest number that leaves the rest when its parts are taken away, else the largest one."""
    for index in range(len(counted) - 2, -1, -1):
        whole, label = counted[index]
        parts = [value for value, _ in counted[index + 1 :]]
        if rest in (whole - sum(parts), whole - parts[-1]):
            return label
    largest = max(counted, key=lambda item: item[0], default=None)
    return largest[1] if largest and largest[0] > rest else None


def completed(before: str, carried: Label) -> Label | None:
    """A name that says only half: 低于平均水平, 市级, 占总量的, 金额; the label before it says the rest."""
    head = carried.head[-CARRIED:]
    if _COMPARISON.match(before):
        return carried.again(carried.text)
    if _TURN.fullmatch(before):
        return carried.again(before + head)
    if _LEVEL.fullmatch(before):
        return carried.again(before + _LEVEL.sub("", carried.head))
    if before in _AMOUNTS_OF_CHANGE or (before.startswith("占") and len(before) > 1):
        return carried.again(head + before)
    if before.endswith("金额") and len(before) <= _BARE_AMOUNT and (carried.head or carried.verb):
        return carried.again((carried.verb or carried.head)[-CARRIED:] + "金额")
    return None


def rate_of_part(before: str, carried: Label) -> Label | None:
    """合格率达94.7%，其中小学96.2%、初中94.1%: the rate of a part is named by the part and the rate before."""
    rate = _RATE.search(carried.head)
    if not rate or len(before) > _LONGEST_PART or _RATE_WORD.search(before) or not _HAN.search(before):
        return None
    return carried.again(before + rate.group())
