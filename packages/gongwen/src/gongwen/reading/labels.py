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

from gongwen.reading.antecedents import CARRIED, Antecedents, Label, completed, rate_of_part
from gongwen.reading.clauses import Clauses
from gongwen.reading.nouns import (
    begins_with_verb,
    ends_in_verb,
    head_of,
    holds,
    is_bare_verb,
    is_rest,
    lacks,
    last_noun,
    with_verb,
    without_clause,
    without_lead,
)
from gongwen.reading.quantities import FoundQuantity
from gongwen.reading.surroundings import Surroundings
from gongwen.reading.tables import names

_PREDICATE = re.compile(
    rf"(?:已|正|正在|尚|尚在|仍|仍在|还|均|"
    rf"需|需要)?(?:{'|'.join(names.PREDICATE_ADVERBS)})*(?:{'|'.join(names.PREDICATES)})(?:整改|到位|"
    rf"销号)?(?!不)"
)
_AMONG_THEM = re.compile("(?:其中|中有|仍有|尚有)$")
_MUST = re.compile("(?:应当?|必须|须|要|务必|承诺)$")
# What must be done within a length of time
_WITHIN_TIME = re.compile(
    "(?:以|之)?内(?:必须|须|应当?|要|一律|予以|给予|全部|及时)*(?P<act>[\u4e00-\u9fff“”]{2,14})"
)


class Labeller:
    """Names the figures of one text in order."""

    def __init__(self, flat: str, clauses: Clauses, times: list[tuple[int, int]]) -> None:
        self.flat, self.clauses = flat, clauses
        self._around = Surroundings(flat, clauses, times)

    def names(self, found: list[FoundQuantity]) -> list[Label]:
        """The labels of all figures, in order."""
        labels: list[Label] = []
        told = Antecedents()
        for number, quantity in enumerate(found):
            following = found[number + 1].start if number + 1 < len(found) else len(self.flat)
            told.enter(self.flat, self.clauses.before(self.clauses.sentence, quantity.start), quantity)
            label = self._label(quantity, told, following)
            if number and found[number - 1].end == quantity.start:
                labels[-1] = self._of_neighbour(found[number - 1], labels[-1], quantity, label, following)
            told.leave(quantity, label)
            labels.append(label)
        return labels

    def _of_neighbour(
        self, previous: FoundQuantity, own: Label, quantity: FoundQuantity, label: Label, following: int
    ) -> Label:
        """The label of a figure with another right behind it: both count the same thing (14项28个具体问题)."""
        if previous.unit == "类":
            return Label(label.text + "类", label.head)  # 3大类16个问题
        if previous.unit in names.AREAS:
            return own
        if quantity.unit == "岁":  # 2万名65岁以上老人: the age only says which
            noun = self._around.noun_behind(quantity, following)
            return Label(noun, head_of(noun)) if noun else own
        return Label(label.text, label.head)

    def _label(self, quantity: FoundQuantity, told: Antecedents, following: int) -> Label:
        """The label of a figure; `following` is where the next figure begins."""
        before = self._around.before(quantity, told.limit)
        if quantity.kind == "percentage_point" or (quantity.kind == "percent" and before):
            return self._from_before(before, quantity, told)
        if quantity.kind == "duration" and (label := self._of_time(before, quantity, told)):
            return label
        behind = self._around.noun_behind(quantity, following)
        if before and quantity.unit in names.ACTS and is_bare_verb(behind) and not is_bare_verb(before):
            behind = ""  # 院长办公会5次研究部署: the meetings are counted
        if quantity.unit in names.AREAS and (behind or not before or quantity.unit != "类"):
            return Label(behind + quantity.unit, behind or quantity.unit)
        if behind and told.carried and self._is_one_of_them(behind, quantity, told):
            return told.carried.again(told.carried.text)
        if behind:
            return Label(behind, head_of(behind), verb=self._predicate(quantity.tail + len(behind)))
        return self._from_before(before, quantity, told)

    def _is_one_of_them(self, behind: str, quantity: FoundQuantity, told: Antecedents) -> bool:
        """12家企业中有5家安全员配备不足: of those counted before some fail, in what stands behind."""
        among = _AMONG_THEM.search(self.flat, max(told.limit, quantity.start - 4), quantity.start)
        fails = quantity.unit == told.unit and among and told.carried and told.carried.head
        clause = self.flat[quantity.tail : self.clauses.after(self.clauses.comma, quantity.tail)]
        return bool(fails) and not holds(behind) and lacks(clause)

    def _of_time(self, before: str, quantity: FoundQuantity, told: Antecedents) -> Label | None:
        """The label of a length of time that says until when, how old or how long; else `None`."""
        if limit := self._time_limit(before, quantity, told):
            return limit
        if quantity.unit == "岁" and not before:
            return Label("年龄", "")
        if before and quantity.tail > quantity.end:
            return self._from_before(before, quantity, told)  # 任职8年以上中层干部
        return None

    def _time_limit(self, before: str, quantity: FoundQuantity, told: Antecedents) -> Label | None:
        """投诉24小时内必须回应、5个工作日内办结: what must have happened when the time is over."""
        match = _WITHIN_TIME.match(self.flat, quantity.end)
        if not match:
            return None
        subject = _MUST.sub("", last_noun(before)) if before and not ends_in_verb(before) else ""
        if not before and told.carried:
            subject = told.carried.head
        return Label(f"{subject[-CARRIED:]}{match['act']}时限", subject)

    def _from_before(self, before: str, quantity: FoundQuantity, told: Antecedents) -> Label:
        carried = told.carried
        before = _without_counted(before, carried)
        leaning = self._leaning(before, quantity, told)
        if leaning:
            return leaning
        if quantity.kind == "percent" and carried and (part := rate_of_part(before, carried)):
            return part
        noun = self._around.person_sent(quantity, told.limit) or last_noun(before)
        if quantity.kind in ("count", "money"):
            noun = without_clause(noun)
        return Label(with_verb(before, noun), head_of(noun)) if noun else self._without_noun(quantity, told)

    def _leaning(self, before: str, quantity: FoundQuantity, told: Antecedents) -> Label | None:
        """A label that leans on the figures before: 其余5个, 修订3项, 占总量的31.7%."""
        verb = before.rstrip("了的")
        if before and is_rest(before):
            whole = told.whole_of(quantity)
            return _bare(verb, quantity, whole) if whole else self._verb_phrase_behind(quantity)
        if before.endswith("涉及") and quantity.kind == "money":
            return _bare(verb, quantity, None)
        if before and (quantity.kind in ("count", "other") or _is_part_of_sum(quantity, told)):
            named = _named_before(before, quantity, told)
            if named or is_bare_verb(before):
                return _bare(verb, quantity, named)
        return completed(before, told.carried) if told.carried else None

    def _without_noun(self, quantity: FoundQuantity, told: Antecedents) -> Label:
        """Nothing before names the figure: the predicate behind it, what was named before, or the verb phrase behind."""
        carried = told.carried
        if quantity.kind == "percentage_point":  # 占比73.2%，增加28个、提高14.4个百分点: of the rate
            carried = told.recent.get("%", carried)
        if quantity.unit in names.PEOPLE and begins_with_verb(self.flat, quantity.tail):
            return self._verb_phrase_behind(quantity)
        predicate = self._predicate(quantity.tail)
        if predicate:
            return Label(predicate, "")
        if carried and not self._speaks_of_others(quantity, told):
            return carried.again(carried.text)
        return told.recent.get(quantity.unit) or self._verb_phrase_behind(quantity)

    def _speaks_of_others(self, quantity: FoundQuantity, told: Antecedents) -> bool:
        """A count of another unit in a clause of its own (…资金212万元，另有3户无法追缴) counts something else."""
        is_own_clause = self.clauses.before(self.clauses.comma, quantity.start) > told.limit
        return is_own_clause and quantity.kind == "count" and quantity.unit != told.unit

    def _predicate(self, position: int) -> str:
        """What is said of the noun that ends here (3个问题尚在整改), for the amount that may follow."""
        match = _PREDICATE.match(self.flat, position)
        return match.group() if match else ""

    def _verb_phrase_behind(self, quantity: FoundQuantity) -> Label:
        return Label(self._around.verb_phrase_behind(quantity), "")


def _bare(verb: str, quantity: FoundQuantity, named: Label | None) -> Label:
    """A verb alone (修订3项, 其余5个) counts what the figure before counted; 涉及19人 counts people."""
    if verb.endswith("涉及"):
        people = "人员" if quantity.unit in names.PEOPLE else ""
        return Label("涉及" + ("金额" if quantity.kind == "money" else people), "")
    if named and named.head:
        return Label(verb + named.head[-CARRIED:], named.head, carried=True, verb=verb)
    return Label(verb, "", verb=verb)


def _named_before(before: str, quantity: FoundQuantity, told: Antecedents) -> Label | None:
    """What a verb without its noun counts (修订3项, 诉讼解决22份): the figure before, or the last one of its unit."""
    if quantity.unit in names.PEOPLE:
        return None
    if is_bare_verb(before) and told.unit == quantity.unit:
        return told.carried
    return told.recent.get(quantity.unit) if ends_in_verb(before) else None


def _is_part_of_sum(quantity: FoundQuantity, told: Antecedents) -> bool:
    """问题金额2.36亿元，已整改到位2.11亿元: money behind an amount that is named as one."""
    carried = told.carried
    return quantity.kind == "money" and bool(carried and carried.head.endswith("金额"))


def _without_counted(before: str, carried: Label | None) -> str:
    """66项整改任务已完成37项: what was just counted is not named again."""
    if not carried or not carried.head or not before.startswith(carried.head):
        return before
    rest = without_lead(before[len(carried.head) :])
    return rest if rest and is_bare_verb(rest) else before
