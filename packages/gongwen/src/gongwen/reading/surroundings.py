"""上下文字: the words before and behind a figure from which its name is taken.

Guarantees
1. Words before a figure end at it and begin behind the last pause, date or figure; 共, 累计, 达 and the like are left out.
2. Words behind a figure end before the next pause, date or figure, and at the first verb.
3. Nothing beyond `LOOK_BACK` characters is looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from gongwen.reading.clauses import Clauses
from gongwen.reading.nouns import (
    SHORTEST,
    begins_with_verb,
    cut_at_stop,
    holder_of,
    last_noun,
    person_sent,
    trimmed,
    without_last_verb,
)
from gongwen.reading.quantities import FoundQuantity
from gongwen.reading.tables import names
from gongwen.reading.tables.labels import ROLE_OF_LABEL

# 《…》《…》等制度, 融资、用地等问题: what an enumeration sums up stands behind 等
_BEHIND_LIST = re.compile(
    r"^.*》(?:（[^（）]*）)?(?:等)?|^.{2,12}等(?=[\u4e00-\u9fff]{2,6}$)(?!级|候|次|值|距)"
)
_CITED = re.compile("《(?P<title>[^《》]{2,20})》$")
_HAN = re.compile("[\u4e00-\u9fff]")
_WITHIN = re.compile("[中里内外]$")
# Only a verb stands between two figures: 由54项精简为37项
_LINK_VERB = re.compile("[\u4e00-\u9fff]{0,2}[到至为成]")
_NO_NOUNS = ("和", "与", "及", "或", "整改")
_LIST_SIGN = re.compile("(?:以及|[和与及])$")
_FIGURE = re.compile("[\\d、]")
_SHARE_OF_THEM = re.compile("(?:仅|只)?占(?:比)?(?:达到?|为)?")
_SHARE_OF_THOSE = re.compile("的?(?P<who>[\u4e00-\u9fff]{0,8}?)(?:仅|只)?占(?:比)?(?:达到?|为)?")
_MEASURES = ("规定", "标准", "计划", "目标", "上限", "平均", "平均水平")
# 优秀等次比例超过规定4个百分点: what it is measured against
_BEYOND = re.compile(
    "(?:超过|超出|低于|高于|优于)(?:规定|标准|计划|目标|上限|全[国省市县]平均(?:水平)?|[^，]{0,4}平均(?:水平)?)$"
)
_LONGEST_THRESHOLD = 16
_RELATIVE = re.compile(rf"[^，。；的]{{2,14}}的(?P<noun>{'|'.join(names.NOUNS_OF_VERBS)})(?!的)")
_AMONG = re.compile("^(?:其中|对|将|把)+")
_PASSIVE = re.compile("^(?:已|均|全部|被|将)+")
# What the time before is compared with is no part of a name (比上年净增5项)
_COMPARED_WITH = re.compile(
    "^(?:较|比|与)[^，。、]{0,6}?(?:上年|去年|往年|年初|年底|年末|季度末|季末|前[一二两三四五]年|[前后]|月份?)(?:同期|相比|末|底)?(?:[多少高低增减]$)?"
)
# What is done to the people counted: 对1人予以记过处分
_ACT_UPON = re.compile("(?:予以|给予|进行|实施|作出)(?:了)?(?P<act>[^，。；、\n\t]{2,12})")
# So far before its figure a name is looked for.
LOOK_BACK = 80
_LONGEST_PHRASE = 24


class Surroundings:
    """The text around its figures; `times` are the places of its time words, in order."""

    def __init__(self, flat: str, clauses: Clauses, times: list[tuple[int, int]]) -> None:
        self.flat, self.clauses = flat, clauses
        self._times = times
        self._time_starts = [start for start, _ in times]

    # ---- before the figure ----

    def before(self, quantity: FoundQuantity, limit: int) -> str:
        """The words before a figure in its clause; `limit` is the end of the figure before."""
        pause = max(self.clauses.before(self.clauses.pause, quantity.start), limit)
        start = self._behind_times(pause, quantity.start)
        words = self.flat[max(start, quantity.start - LOOK_BACK) : quantity.start]
        if start == limit and (leaning := self._between_figures(words, quantity.start, limit)) is not None:
            return leaning
        cited = _CITED.search(words)
        if cited:
            return cited["title"]  # 签订《共管协议》12份
        if _SHARE_OF_THEM.fullmatch(words):
            return "占比"
        words = _COMPARED_WITH.sub("", trimmed(_BEHIND_LIST.sub("", words.removesuffix("（")))).rstrip("（")
        if words.endswith(_MEASURES):
            words = _BEYOND.sub("", words) or words
        return words or self._further_back(pause, start, limit)

    def _between_figures(self, words: str, position: int, limit: int) -> str | None:
        """What a link between two figures says by itself; `None` where it is no mere link."""
        if _LINK_VERB.fullmatch(words):
            return ""  # 由54项精简为37项
        pause = self.clauses.before(self.clauses.pause, limit)
        if words == "的":  # 任职8年以上的6人: the figure before says who is counted
            return trimmed(_AMONG.sub("", self.flat[max(pause, position - LOOK_BACK) : position - 1]))
        share = _SHARE_OF_THOSE.fullmatch(words)
        if share and self.flat[limit - 2 : limit] in ("以上", "以下"):  # 35岁以下干部仅占9.7%
            return self.flat[max(pause, limit - _LONGEST_THRESHOLD) : limit] + share["who"] + "占比"
        return None

    def _further_back(self, pause: int, start: int, limit: int) -> str:
        """The words before a time word (收集率由2024年的58.3%) or before a colon (公示时间：…（5个工作日）)."""
        if self.flat[pause - 1 : pause] == "：":
            end, pause = pause - 1, self.clauses.before(self.clauses.pause, pause - 1)
            words = trimmed(self.flat[max(pause, end - LOOK_BACK) : end]) if pause >= limit else ""
            return "" if ROLE_OF_LABEL.get(words, "remark") != "remark" else words
        if start == pause:
            return ""
        return trimmed(self.flat[max(pause, start - LOOK_BACK) : self._before_time(start)])

    def _before_time(self, end: int) -> int:
        """Where the time word begins that ends at a place."""
        index = bisect_right(self._time_starts, end - 1) - 1
        return self._times[index][0] if index >= 0 else end

    def _behind_times(self, start: int, end: int) -> int:
        """Where the words begin that follow the last date of a clause."""
        index = bisect_right(self._time_starts, end - 1) - 1
        if index >= 0 and start <= self._times[index][0] and self._times[index][1] <= end:
            return self._times[index][1]
        return start

    def person_sent(self, quantity: FoundQuantity, limit: int) -> str:
        """选派年轻干部到乡镇、园区锻炼164名: the people of the clause, wherever they went."""
        if quantity.unit not in names.PEOPLE:
            return ""
        clause = max(self.clauses.before(self.clauses.comma, quantity.start), limit)
        return person_sent(self.flat[max(clause, quantity.start - LOOK_BACK) : quantity.start])

    # ---- behind the figure ----

    def noun_behind(self, quantity: FoundQuantity, following: int) -> str:
        """The noun that a figure counts, if it stands behind it; `following` is where the next figure begins."""
        words = self._words_behind(quantity, following)
        if quantity.kind == "money" and begins_with_verb(words, 0):
            return ""  # 安排150万元新建护理楼: the money stands before the figure
        for subject in names.SUBJECTS.get(quantity.unit, ()):
            if words.startswith(subject):
                return subject
        act = _ACT_UPON.match(words) if quantity.unit in names.PEOPLE else None
        return act["act"] if act else self._noun_of(words, quantity)

    def _words_behind(self, quantity: FoundQuantity, following: int) -> str:
        tail = quantity.tail
        end = min(self.clauses.after(self.clauses.pause, tail), following, self._next_time(tail))
        words = self.flat[tail:end]
        if (tail > quantity.end and words.startswith("的")) or words.startswith(("（", "）")):
            return ""  # 20万元以上的村: the figure is a threshold of what stands before it
        words = words.lstrip("的")
        if end == following and words:
            words = _before_next_figure(words)
        return words if "）" in words else words.split("（")[0]  # 13宗土地（共计412亩）

    def _noun_of(self, words: str, quantity: FoundQuantity) -> str:
        noun = _WITHIN.sub("", cut_at_stop(words.split("）", maxsplit=1)[0] if "（" not in words else words))
        noun = "" if noun in _NO_NOUNS else noun
        if not noun and (relative := _RELATIVE.match(words)):
            return relative["noun"]  # 8个应于年内完成的问题
        if not noun and quantity.unit in names.ACTS:
            noun = last_noun(words)
        clause = self.flat[quantity.tail : self.clauses.after(self.clauses.comma, quantity.tail)]
        return holder_of(noun, "" if quantity.unit in names.CASES else clause[:LOOK_BACK])

    def verb_phrase_behind(self, quantity: FoundQuantity) -> str:
        """The verb phrase behind a figure that nothing else names (1133人取得…证书); its unit where there is none."""
        end = self.clauses.after(self.clauses.comma, quantity.tail)
        words = self.flat[quantity.tail : min(end, quantity.tail + _LONGEST_PHRASE)]
        text = _PASSIVE.sub("", _FIGURE.split(words)[0])
        return text if _HAN.search(text) else quantity.unit

    def _next_time(self, position: int) -> int:
        index = bisect_right(self._time_starts, position)
        return self._time_starts[index] if index < len(self._time_starts) else len(self.flat)


def _before_next_figure(words: str) -> str:
    """Of the words between two figures those that belong to the first: 26个社区|宣讲48场."""
    words = words.partition("的")[0] if words.find("的") >= SHORTEST else words
    if _LINK_VERB.fullmatch(words) or len(words) < SHORTEST:
        return ""
    return without_last_verb(_LIST_SIGN.sub("", words))
