"""名称: what a figure counts or rates, taken from the words around it.

Guarantees
1. The noun behind the figure wins (5个取现车队); at the end of a clause the noun before it does
   (培育绿色工厂10户).
2. A noun phrase begins behind the last verb or preposition before it, never inside quotation marks.
3. Time words, 共, 累计, 达 and the like are no part of a label.
4. Where neither side names anything, the head of the figure before in the same sentence is carried over.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from decimal import Decimal

from gongwen.reading.clauses import Clauses
from gongwen.reading.nouns import (
    SHORTEST,
    begins_with_verb,
    cut_at_stop,
    ends_in_verb,
    head_of,
    holder_of,
    is_bare_verb,
    is_rest,
    last_noun,
    person_sent,
    trimmed,
    with_verb,
    without_clause,
    without_last_verb,
    without_lead,
)
from gongwen.reading.quantities import FoundQuantity
from gongwen.reading.tables import names

_PREDICATE = re.compile(
    rf"(?:已|正|正在|尚|尚在|仍|仍在|还|均|"
    rf"需|需要)?(?:{'|'.join(names.PREDICATE_ADVERBS)})*(?:{'|'.join(names.PREDICATES)})(?:整改|到位|"
    rf"销号)?"
)
# 第四轮402个: a turn alone counts what the figure before counted
_TURN = re.compile(r"第[一二三四五六七八九十\d]{1,3}(?:轮|批|次|季度|阶段|年度)")
_COMPARISON = re.compile(
    "(?:低于|高于|优于|好于|超出|超过|低|高)(?:全[国省市区县]|平均|同期|上年|国家|[^，]{0,4}平均)"
)
# 《…》《…》等制度, 融资、用地等问题: what an enumeration sums up stands behind 等
_BEHIND_LIST = re.compile(
    r"^.*》(?:（[^（）]*）)?(?:等)?|^.{2,12}等(?=[\u4e00-\u9fff]{2,6}$)(?!级|候|次|值|距)"
)
_CITED = re.compile("《(?P<title>[^《》]{2,20})》$")
_HAN = re.compile("[\u4e00-\u9fff]")
_WITHIN = re.compile("[中里内外]$")
# Only a verb stands between two figures: 由54项精简为37项
_LINK_VERB = re.compile("[\u4e00-\u9fff]{0,2}[到至为成]")
_LIST_SIGNS = ("和", "与", "及", "或")
_LIST_SIGN = re.compile("(?:以及|[和与及])$")
_FIGURE = re.compile("[\\d、]")
_AMOUNTS_OF_CHANGE = ("降幅", "增幅", "增速", "涨幅", "跌幅")
_SHARE_OF_THEM = re.compile("的?占(?:比)?(?:达到?|为)?")
_LONGEST_THRESHOLD = 16
# A rate of a part (其中小学96.2%), a level of the same thing (省级文明村12个、市级37个)
_RATE = re.compile("(?:满意度|[\u4e00-\u9fff]{2}(?:率|占比|比例|比重))$")
_LEVEL = re.compile("(?:国家|省|市|州|县|区|乡|镇|村|校|院|部|厅)级")
_MUST = re.compile("(?:应当?|必须|须|要|务必|承诺)$")
_AMONG = re.compile("^(?:其中|对|将|把)+")
# What must be done within a length of time
_WITHIN_TIME = re.compile(
    "(?:以|之)?内(?:必须|须|应当?|要|一律|予以|给予|全部|及时)*(?P<act>[\u4e00-\u9fff“”]{2,14})"
)
# What the time before is compared with is no part of a name (比上年净增5项)
_COMPARED_WITH = re.compile(
    "^(?:较|比|与)[^，。、]{0,6}?(?:上年|去年|往年|年初|年底|年末|季度末|季末|前[一二两三四五]年|[前后]|月份?)(?:同期|相比|末|底)?(?:[多少高低增减]$)?"
)
# What is done to the people counted: 对1人予以记过处分
_ACT_UPON = re.compile("(?:予以|给予|进行|实施|作出)(?:了)?(?P<act>[^，。；、\n\t]{2,12})")
# So far before its figure a name is looked for; so much of a head is carried over.
_LOOK_BACK, _CARRIED = 80, 10
_BARE_AMOUNT = 4
_LONGEST_PART = 6
_RATE_WORD = re.compile("[率比度量额值幅速数重]|占|增|降|提|减")
_MOST_PARTS = 8


@dataclass(frozen=True, slots=True)
class Label:
    """名称 and its head noun, which later figures of the sentence may carry over."""

    text: str
    head: str
    carried: bool = False
    verb: str = ""


@dataclass(slots=True)
class _Context:
    """What the figures before say: the label to carry over within the sentence, and the last label of each unit."""

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
        """What a rest (其余2处) is the rest of, in this paragraph or else the one before."""
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


class Labeller:
    """Names the figures of one text in order."""

    def __init__(self, flat: str, clauses: Clauses, times: list[tuple[int, int]]) -> None:
        self.flat, self.clauses = flat, clauses
        self._time_starts = [start for start, _ in times]
        self._times = times

    def names(self, found: list[FoundQuantity]) -> list[Label]:
        """The labels of all figures, in order."""
        labels: list[Label] = []
        context = _Context()
        for number, quantity in enumerate(found):
            following = found[number + 1].start if number + 1 < len(found) else len(self.flat)
            context.enter(self.flat, self.clauses.before(self.clauses.sentence, quantity.start), quantity)
            label = self._label(quantity, context, following)
            if (
                number
                and found[number - 1].end == quantity.start
                and found[number - 1].unit not in names.AREAS
            ):
                # 14项28个具体问题: both count the same thing; 2万名65岁以上老人: the age only says which
                shared = self._noun_behind(quantity, following) if quantity.unit == "岁" else label.text
                labels[-1] = Label(shared or labels[-1].text, head_of(shared))
            if number and found[number - 1].end == quantity.start and found[number - 1].unit == "类":
                labels[-1] = Label(label.text + "类", label.head)  # 3大类16个问题
            context.leave(quantity, label)
            labels.append(label)
        return labels

    def _label(self, quantity: FoundQuantity, context: _Context, following: int) -> Label:
        """The label of a figure; `following` is where the next figure begins."""
        before = self.words_before(quantity, context.limit)
        if quantity.kind in ("percent", "percentage_point") and before:
            return self._from_before(before, quantity, context)
        if quantity.kind == "duration" and (limit := self._time_limit(before, quantity, context)):
            return limit
        if quantity.unit == "岁" and not before:
            return Label("年龄", "")
        if quantity.kind == "duration" and before and quantity.tail > quantity.end:
            return self._from_before(before, quantity, context)  # 任职8年以上中层干部
        behind = "" if quantity.kind == "percentage_point" else self._noun_behind(quantity, following)
        if before and quantity.unit in names.ACTS and is_bare_verb(behind) and not is_bare_verb(before):
            behind = ""  # 院长办公会5次研究部署: the meetings are counted
        if quantity.unit in names.AREAS and (behind or not before or quantity.unit != "类"):
            return Label(behind + quantity.unit, behind or quantity.unit)
        if behind:
            return Label(behind, head_of(behind), verb=self._predicate(quantity.tail + len(behind)))
        return self._from_before(before, quantity, context)

    def words_before(self, quantity: FoundQuantity, limit: int) -> str:
        """The words before a figure in its clause, without time words and fillers."""
        pause = max(self.clauses.before(self.clauses.pause, quantity.start), limit)
        start = self._behind_times(pause, quantity.start)
        words = self.flat[max(start, quantity.start - _LOOK_BACK) : quantity.start]
        if start == limit and _LINK_VERB.fullmatch(words):
            return ""  # 由54项精简为37项
        if words == "的" and start == limit:  # 任职8年以上的6人: the figure before says who is counted
            return trimmed(
                _AMONG.sub(
                    "",
                    self.flat[
                        max(
                            self.clauses.before(self.clauses.pause, limit), quantity.start - _LOOK_BACK
                        ) : quantity.start - 1
                    ],
                )
            )
        if start == limit and _SHARE_OF_THEM.fullmatch(words):  # 35岁以下占61.5%
            pause = self.clauses.before(self.clauses.pause, limit)
            return self.flat[max(pause, limit - _LONGEST_THRESHOLD) : limit] + "占比"
        cited = _CITED.search(words)
        if cited:
            return cited["title"]  # 签订《共管协议》12份
        words = _COMPARED_WITH.sub("", trimmed(_BEHIND_LIST.sub("", words.removesuffix("（")))).rstrip("（")
        if words or (start == pause and self.flat[pause - 1 : pause] != "："):
            return words
        if self.flat[pause - 1 : pause] == "：":  # 公示时间：…（5个工作日）
            end, pause = pause - 1, self.clauses.before(self.clauses.pause, pause - 1)
            return trimmed(self.flat[max(pause, end - _LOOK_BACK) : end]) if pause >= limit else ""
        return trimmed(self.flat[max(pause, start - _LOOK_BACK) : self._before_time(start)])

    def _before_time(self, end: int) -> int:
        """Where the time word begins that ends at a place (收集率由2024年的58.3%)."""
        index = bisect_right(self._time_starts, end - 1) - 1
        return self._times[index][0] if index >= 0 else end

    def _behind_times(self, start: int, end: int) -> int:
        """Where the words begin that follow the last date of a clause."""
        index = bisect_right(self._time_starts, end - 1) - 1
        if index >= 0 and start <= self._times[index][0] and self._times[index][1] <= end:
            return self._times[index][1]
        return start

    def _noun_behind(self, quantity: FoundQuantity, following: int) -> str:
        end = min(
            self.clauses.after(self.clauses.pause, quantity.tail), following, self._next_time(quantity.tail)
        )
        words = self.flat[quantity.tail : end]
        if quantity.tail > quantity.end and words.startswith("的"):
            return ""  # 20万元以上的村: the figure is a threshold of what stands before it
        words = words.lstrip("的")
        if end == following and words:
            words = words.partition("的")[0] if words.find("的") >= SHORTEST else words
            if _LINK_VERB.fullmatch(words) or len(words) < SHORTEST:
                return ""
            words = without_last_verb(_LIST_SIGN.sub("", words))
        if quantity.kind == "money" and begins_with_verb(words, 0):
            return ""  # 安排150万元新建护理楼: the money stands before the figure
        for subject in names.SUBJECTS.get(quantity.unit, ()):
            if words.startswith(subject):
                return subject
        if words.startswith(("（", "）")):
            return ""
        if "）" not in words:
            words = words.split("（")[0]  # 13宗土地（共计412亩）
        act = _ACT_UPON.match(words) if quantity.unit in names.PEOPLE else None
        if act:
            return act["act"]
        noun = _WITHIN.sub("", cut_at_stop(words.split("）")[0] if "（" not in words else words))
        noun = "" if noun in _LIST_SIGNS else noun
        if not noun and quantity.unit in names.ACTS:
            noun = last_noun(words)
        clause = self.flat[quantity.tail : self.clauses.after(self.clauses.comma, quantity.tail)]
        return holder_of(noun, "" if quantity.unit in names.CASES else clause[:_LOOK_BACK])

    def _next_time(self, position: int) -> int:
        index = bisect_right(self._time_starts, position)
        return self._time_starts[index] if index < len(self._time_starts) else len(self.flat)

    def _time_limit(self, before: str, quantity: FoundQuantity, context: _Context) -> Label | None:
        """投诉24小时内必须回应、5个工作日内办结: what must have happened when the time is over."""
        match = _WITHIN_TIME.match(self.flat, quantity.end)
        if not match:
            return None
        subject = _MUST.sub("", last_noun(before)) if before and not ends_in_verb(before) else ""
        if not before and context.carried:
            subject = context.carried.head
        return Label(f"{subject[-_CARRIED:]}{match['act']}时限", subject)

    def _from_before(self, before: str, quantity: FoundQuantity, context: _Context) -> Label:
        carried = context.carried
        before = _without_counted(before, carried)
        leaning = self._leaning(before, quantity, context)
        if leaning:
            return leaning
        if quantity.kind == "percent" and carried and (part := _rate_of_part(before, carried)):
            return part
        noun = self._person_sent(quantity, context) or last_noun(before)
        if quantity.kind in ("count", "money"):
            noun = without_clause(noun)
        return (
            Label(with_verb(before, noun), head_of(noun)) if noun else self._without_noun(quantity, context)
        )

    def _person_sent(self, quantity: FoundQuantity, context: _Context) -> str:
        """选派年轻干部到乡镇、园区锻炼164名: the people of the clause, wherever they went."""
        if quantity.unit not in names.PEOPLE:
            return ""
        clause = max(self.clauses.before(self.clauses.comma, quantity.start), context.limit)
        return person_sent(self.flat[max(clause, quantity.start - _LOOK_BACK) : quantity.start])

    def _leaning(self, before: str, quantity: FoundQuantity, context: _Context) -> Label | None:
        """A label that leans on the figures before: 其余5个, 修订3项, 占总量的31.7%."""
        carried = context.carried
        verb = before.rstrip("了的")
        if before and is_rest(before):
            whole = context.whole_of(quantity)
            return self._bare(verb, quantity, whole) if whole else self._verb_phrase_behind(quantity)
        if before and (quantity.kind in ("count", "other") or self._is_part_of_sum(quantity, context)):
            named = self._named_by_the_figures_before(before, quantity, context)
            if named or is_bare_verb(before):
                return self._bare(verb, quantity, named)
        return self._completed(before, carried) if carried else None

    @staticmethod
    def _is_part_of_sum(quantity: FoundQuantity, context: _Context) -> bool:
        """问题金额2.36亿元，已整改到位2.11亿元: money behind an amount that is named as one."""
        carried = context.carried
        return quantity.kind == "money" and bool(carried and carried.head.endswith("金额"))

    @staticmethod
    def _named_by_the_figures_before(before: str, quantity: FoundQuantity, context: _Context) -> Label | None:
        """What a verb without its noun counts (修订3项, 诉讼解决22份): the figure before, or the last one of its unit."""
        if quantity.unit in names.PEOPLE:
            return None
        if is_bare_verb(before) and context.unit == quantity.unit:
            return context.carried
        return context.recent.get(quantity.unit) if ends_in_verb(before) else None

    def _without_noun(self, quantity: FoundQuantity, context: _Context) -> Label:
        """Nothing before names the figure: the predicate behind it, what was named before, or the verb phrase behind."""
        carried = context.carried
        if quantity.kind == "percentage_point":  # 占比73.2%，增加28个、提高14.4个百分点: of the rate
            carried = context.recent.get("%", carried)
        if quantity.unit in names.PEOPLE and begins_with_verb(self.flat, quantity.tail):
            return self._verb_phrase_behind(quantity)
        predicate = self._predicate(quantity.tail)
        if predicate:
            return Label(predicate, "")
        if carried and not self._speaks_of_others(quantity, context):
            return Label(carried.text, carried.head, carried=True)
        return context.recent.get(quantity.unit) or self._verb_phrase_behind(quantity)

    def _speaks_of_others(self, quantity: FoundQuantity, context: _Context) -> bool:
        """A count of another unit in a clause of its own (…资金212万元，另有3户无法追缴) counts something else."""
        is_own_clause = self.clauses.before(self.clauses.comma, quantity.start) > context.limit
        return is_own_clause and quantity.kind == "count" and quantity.unit != context.unit

    @staticmethod
    def _completed(before: str, carried: Label) -> Label | None:
        """A name that says only half: 低于平均水平, 占总量的, 金额; the label before it says the rest."""
        if _COMPARISON.match(before):
            return Label(carried.text, carried.head, carried=True)
        if _TURN.fullmatch(before):
            return Label(before + carried.head[-_CARRIED:], carried.head, carried=True)
        if _LEVEL.fullmatch(before):
            return Label(before + _LEVEL.sub("", carried.head), carried.head, carried=True)
        if before in _AMOUNTS_OF_CHANGE:
            return Label(carried.head[-_CARRIED:] + before, carried.head, carried=True)
        if before.startswith("占") and len(before) > 1:
            return Label(carried.head[-_CARRIED:] + before, carried.head, carried=True)
        if before.endswith("金额") and len(before) <= _BARE_AMOUNT and (carried.head or carried.verb):
            return Label((carried.verb or carried.head)[-_CARRIED:] + "金额", carried.head, carried=True)
        return None

    def _predicate(self, position: int) -> str:
        """What is said of the noun that ends here (3个问题尚在整改), for the amount that may follow."""
        match = _PREDICATE.match(self.flat, position)
        return match.group() if match else ""

    def _bare(self, verb: str, quantity: FoundQuantity, carried: Label | None) -> Label:
        """A verb alone (修订3项, 其余5个) counts what the figure before counted; 涉及19人 counts people."""
        if verb.endswith("涉及"):
            return Label(verb + ("人员" if quantity.unit in ("人", "名") else ""), "")
        if carried and carried.head:
            return Label(verb + carried.head[-_CARRIED:], carried.head, carried=True, verb=verb)
        return Label(verb, "", verb=verb)

    def _verb_phrase_behind(self, quantity: FoundQuantity) -> Label:
        """Nothing before, a verb behind (1133人取得…证书): the verb phrase names the figure."""
        end = self.clauses.after(self.clauses.comma, quantity.tail)
        words = self.flat[quantity.tail : min(end, quantity.tail + 24)]
        words = _FIGURE.split(words)[0]
        text = re.sub(r"^(?:已|均|全部|被|将)+", "", words)
        return Label(text if _HAN.search(text) else quantity.unit, "")


def _rate_of_part(before: str, carried: Label) -> Label | None:
    """合格率达94.7%，其中小学96.2%、初中94.1%: the rate of a part is named by the part and the rate before."""
    rate = _RATE.search(carried.head)
    if not rate or len(before) > _LONGEST_PART or _RATE_WORD.search(before) or not _HAN.search(before):
        return None
    return Label(before + rate.group(), carried.head, carried=True)


def _without_counted(before: str, carried: Label | None) -> str:
    """66项整改任务已完成37项: what was just counted is not named again."""
    if not carried or not carried.head or not before.startswith(carried.head):
        return before
    rest = without_lead(before[len(carried.head) :])
    return rest if rest and is_bare_verb(rest) else before
