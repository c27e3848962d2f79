"""名称: what a figure counts or rates, taken from the words around it.

Guarantees
1. The noun behind the figure wins (5个取现车队); at the end of a clause the noun before it does (培育绿色工厂10户).
2. A noun phrase begins behind the last verb or preposition before it, never inside quotation marks.
3. Time words, 共, 累计, 达 and the like are no part of a label.
4. Where neither side names anything, the head of the figure before in the same sentence is carried over.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from gongwen.clauses import Clauses
from gongwen.quantities import FoundQuantity
from gongwen.tables import verbs


def _alternation(words: tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, set(words)), key=len, reverse=True))


# Verbs that are nouns before these: 组织处理, 完成率.
_NOT_VERBS = r"(?!组织(?:处理|部|生活|领导|机构|建设|关系|体系)|完成[率量额]|违规发放|超标准发放)"
# Nouns that hold a verb; they neither begin nor end a name.
_WHOLE_WORDS = "党组织|供应商|供应链|组织生活会|民主生活会|恶意拖欠|落实情况|验收单|办理单|推进会|调度会|通报会|研究会|协调会|约谈会"
_LEADING = re.compile(
    rf"[“‘《][^“”‘’《》]*[”’》]|{_WHOLE_WORDS}|{_NOT_VERBS}(?P<verb>(?:{_alternation(verbs.LEADING)})(?:了|出|到|的是)?|{verbs.PREPOSITIONS})|组织处理"
)
_STOP = re.compile(
    rf"[“‘《][^“”‘’《》]*[”’》]|{_WHOLE_WORDS}|(?P<stop>{_alternation(verbs.TRAILING)}|{verbs.SHORT_STOPS})|"
    rf"{_NOT_VERBS}(?P<verb>{_alternation(verbs.LEADING)})"
)
# Who is counted by 家 or 户 comes first; what follows is said of them (单位扣减经费).
_SUBJECT = {
    "家": ("企业", "单位", "部门", "机构"),
    "户": ("企业", "农户", "居民", "群众"),
    "个": ("部门", "单位"),
}
_ACTS = ("次", "场", "轮")
_PREDICATE = re.compile(
    r"(?:已|正|正在|尚|仍|还|均)?(?:未|按计划|按序时|持续|基本|全部|有序|加快|抓紧)*"
    r"(?:完成|整改|推进|办结|销号|落实|启动|解决|履行|执行|审理|兑付|办理)(?:整改|到位|销号)?"
)
_VERB_BEFORE = re.compile(rf"(?:{_alternation(verbs.LEADING)})$")
_FILLER_END = re.compile(rf"(?:{_alternation(verbs.FILLERS)}|{verbs.SHORT_FILLERS})+$")
_LEAD_WORDS = re.compile(
    r"^(?:[的了和与及、，：）]|[一二三四五六七八九十]{1,3}是|（[\d一二三四五六七八九十]{1,2}）|\d{1,2}[.、]|目前|现(?!场|有|代|行|状|金|役|存|任)|今年以来|今年|去年|全年|当年|全市|全县|全区|全省|全州|我市|我县|我区|我省|我局|辖区内|已经|已(?!完成|整改|办结|销号|整治|处置|启动|解决|到位|清退|拆除)|共|共计|累计|先后|"
    r"分别|同步|同时|其中|均|又|并|再|还|近|约(?!谈|定|束)|上半年|下半年|期间|仅|且|年内|当前|每年|每月|每季度|每日|每周|每半年|以来|截至|截止|前|底前|底|内|另有|另外|另|通过)+"
)
_REST = re.compile(r"(?:其余|剩余|余下|另有|另外|另|其他)(?:的)?$")
_BARE_VERB = re.compile(
    rf"(?:已|正在|未|尚未|全部|部分|大部分|新|拟|待|阶段性|基本|持续)*(?:{_alternation(verbs.LEADING + verbs.NOMINAL)}|推进|完成|到位|延期|移交|取得(?:明显|重要)?阶段性(?:明显)?(?:成效|成果|进展)|并|长期坚持|其中)*(?:到位|了|的)?$"
)
_ADVERB_LEAD = re.compile(r"^(?:共|累计|先后|已|均|各类|各|新)+(?=.{2})")
# 第四轮402个: a turn alone counts what the figure before counted
_TURN = re.compile(r"第[一二三四五六七八九十\d]{1,3}(?:轮|批|次|季度|阶段|年度)")
_COMPARISON = re.compile(
    "(?:低于|高于|优于|好于|超出|超过|低|高)(?:全[国省市区县]|平均|同期|上年|国家|[^，]{0,4}平均)"
)
_BEHIND_LIST = re.compile(r"^.*》(?:（[^（）]*）)?(?:等)?")
_HAN = re.compile("[\u4e00-\u9fff]")
# 责任追究问题, 隐患排查机制: the verb belongs to the noun behind it
_NOUN_OF_VERB = re.compile(
    "(?:问题|事项|机制|制度|措施|项目|行为|案件|工作|任务|方案|清单|平台|中心|资金|人员|活动|工程|计划|线索|专班|小组)"
)
_WITHIN = re.compile("[中里内]$")
_MIN_NOUN = 2
_CARRIED = 10
# Only a verb stands between two figures: 由54项精简为37项
_LINK_VERB = re.compile("[\u4e00-\u9fff]{0,2}[到至为成]")
# So far before its figure a name is looked for.
_LOOK_BACK = 80
_BARE_AMOUNT = 4
_PEOPLE = ("人", "名", "人次", "位")
# What is done to the people counted: 对1人予以记过处分
_ACT_UPON = re.compile("(?:予以|给予|进行|实施|作出)(?:了)?(?P<act>[^，。；、\n\t]{2,12})")
_HEAD_NOUN = re.compile("(?:问题|任务|事项|措施|制度|线索|信访件|隐患|案件|项目|清单|文件|资金)$")
_LONG_HEAD = 6
_AREAS = ("方面", "类", "领域")


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

    def enter(self, flat: str, sentence: int, quantity: FoundQuantity) -> None:
        """Forget what another sentence or paragraph said."""
        if sentence > self.limit:
            self.carried = None
            if flat.find("\n", self.limit, quantity.start) >= 0:
                self.recent.clear()

    def leave(self, quantity: FoundQuantity, label: Label) -> None:
        """Remember a label for the figures behind it."""
        self.carried, self.unit, self.limit = label, quantity.unit, quantity.tail
        if label.head:
            self.recent[quantity.unit] = label


class Labeller:
    """Names the figures of one text in order."""

    def __init__(self, flat: str, clauses: Clauses, times: list[tuple[int, int]]) -> None:
        self.flat, self.clauses = flat, clauses
        self._time_starts = [start for start, _ in times]
        self._times = times

    def names(self, found: list[FoundQuantity]) -> list[Label]:
        """The labels of all figures, in order."""
        names: list[Label] = []
        context = _Context()
        for number, quantity in enumerate(found):
            following = found[number + 1].start if number + 1 < len(found) else len(self.flat)
            context.enter(self.flat, self.clauses.before(self.clauses.sentence, quantity.start), quantity)
            label = self._label(quantity, context, following)
            if number and found[number - 1].end == quantity.start and found[number - 1].unit not in _AREAS:
                names[-1] = Label(label.text, label.head)  # 14项28个具体问题: both count the same thing
            context.leave(quantity, label)
            names.append(label)
        return names

    def _label(self, quantity: FoundQuantity, context: _Context, following: int) -> Label:
        """The label of a figure; `following` is where the next figure begins."""
        before = self.words_before(quantity, context.limit)
        if quantity.kind in ("percent", "percentage_point") and before:
            return self._from_before(before, quantity, context)
        behind = "" if quantity.kind == "percentage_point" else self._noun_behind(quantity, following)
        if quantity.unit in _AREAS and (behind or not before or quantity.unit != "类"):
            return Label(behind + quantity.unit, behind or quantity.unit)
        if behind:
            return Label(behind, _head(behind))
        return self._from_before(before, quantity, context)

    def words_before(self, quantity: FoundQuantity, limit: int) -> str:
        """The words before a figure in its clause, without time words and fillers."""
        pause = max(self.clauses.before(self.clauses.pause, quantity.start), limit)
        start = self._behind_times(pause, quantity.start)
        words = self.flat[max(start, quantity.start - _LOOK_BACK) : quantity.start]
        if start == limit and _LINK_VERB.fullmatch(words):
            return ""  # 由54项精简为37项
        words = trimmed(_BEHIND_LIST.sub("", words.removesuffix("（")))
        if words or start == pause:
            return words
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
            words = words.partition("的")[0] if words.find("的") >= _MIN_NOUN else words
            if _LINK_VERB.fullmatch(words):
                return ""
        for subject in _SUBJECT.get(quantity.unit, ()):
            if words.startswith(subject):
                return subject
        if words.startswith(("（", "）")):
            return ""
        act = _ACT_UPON.match(words) if quantity.unit in _PEOPLE else None
        if act:
            return act["act"]
        noun = _WITHIN.sub("", cut_at_stop(words.split("）")[0] if "（" not in words else words))
        if not noun and quantity.unit in _ACTS:
            noun = last_noun(words)
        return noun

    def _next_time(self, position: int) -> int:
        index = bisect_right(self._time_starts, position)
        return self._time_starts[index] if index < len(self._time_starts) else len(self.flat)

    def _from_before(self, before: str, quantity: FoundQuantity, context: _Context) -> Label:
        carried = context.carried
        if carried and carried.head and before.startswith(carried.head) and len(before) > len(carried.head):
            before = _LEAD_WORDS.sub("", before[len(carried.head) :])  # 66项整改任务已完成37项
        if before and _REST.fullmatch(before):
            return self._bare(before.rstrip("了的"), quantity, context.recent.get(quantity.unit) or carried)
        if before and quantity.kind == "count" and _BARE_VERB.fullmatch(before):
            same = context.unit == quantity.unit and quantity.unit not in _PEOPLE
            return self._bare(before.rstrip("了的"), quantity, carried if same else None)
        if carried:
            completed = self._completed(before, carried)
            if completed:
                return completed
        noun = last_noun(before)
        if noun:
            return Label(_with_verb(before, noun), _head(noun))
        if quantity.unit in _PEOPLE and _LEADING.match(self.flat, quantity.tail):
            return self._verb_phrase_behind(quantity)
        predicate = _PREDICATE.match(self.flat, quantity.tail)
        if predicate:
            return Label(predicate.group(), "")
        if carried:
            return Label(carried.text, carried.head, carried=True)
        return self._verb_phrase_behind(quantity)

    @staticmethod
    def _completed(before: str, carried: Label) -> Label | None:
        """A name that says only half: 低于平均水平, 占总量的, 金额; the label before it says the rest."""
        if _COMPARISON.match(before):
            return Label(carried.text, carried.head, carried=True)
        if _TURN.fullmatch(before):
            return Label(before + carried.head[-_CARRIED:], carried.head, carried=True)
        if before.startswith("占") and len(before) > 1:
            return Label(carried.head[-_CARRIED:] + before, carried.head, carried=True)
        if before.endswith("金额") and len(before) <= _BARE_AMOUNT and (carried.head or carried.verb):
            return Label((carried.verb or carried.head)[-_CARRIED:] + "金额", carried.head, carried=True)
        return None

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
        text = re.sub(r"^(?:已|均|全部|被|将)+", "", words)
        return Label(text if _HAN.search(text) else quantity.unit, "")


def _head(noun: str) -> str:
    """The word that later figures count too: of a long name only its last noun, if that is one that is counted."""
    match = _HEAD_NOUN.search(noun)
    return match.group() if match and len(noun) > _LONG_HEAD else noun


def _with_verb(before: str, noun: str) -> str:
    """A name of two characters says more with its verb: 追缴资金."""
    start = before.rfind(noun)
    verb = _VERB_BEFORE.search(before, 0, start) if len(noun) == _MIN_NOUN and start > 0 else None
    return verb.group() + noun if verb else noun


def trimmed(words: str) -> str:
    """Words without leading time words and trailing fillers (共, 达, 分别为 …)."""
    return _LEAD_WORDS.sub("", _FILLER_END.sub("", words))


def last_noun(words: str) -> str:
    """The noun phrase at the end of some words: what follows the last verb, if that is a noun at all."""
    cut = 0
    for match in _LEADING.finditer(words):
        if match["verb"] and len(words) - match.end() >= _MIN_NOUN:
            cut = match.end()
    noun = words[cut:].lstrip("的了")
    noun = _ADVERB_LEAD.sub("", noun)
    return noun.rstrip("的了") or words


def cut_at_stop(words: str) -> str:
    """The noun phrase at the beginning of some words: up to the first verb or adverb; empty if there is none."""
    first = 3 if words.startswith("不") else 0
    for match in _STOP.finditer(words):
        if match["stop"] and match.start() == 0 and not first:
            return ""
        if match["verb"] and _NOUN_OF_VERB.match(words, match.end()):
            continue
        if (match["stop"] and match.start() >= first) or (match["verb"] and match.start() >= _MIN_NOUN):
            return words[: match.start()].rstrip("的")
    return words.rstrip("的")
