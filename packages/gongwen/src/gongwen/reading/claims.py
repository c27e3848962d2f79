"""整改状态表述: clauses that say problems, tasks, leads, letters or dangers are completed, phased, ongoing or not done.

Guarantees
1. A claim is one clause with a status word and a thing that can be put right; labels and table cells are
   none.
2. Plain output (新建3所) is no claim.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from gongwen.models import StatusClass
from gongwen.reading.clauses import Clauses
from gongwen.reading.clean import Text
from gongwen.reading.tables import claims as words


def _any(choices: tuple[str, ...]) -> str:
    return "(?:" + "|".join(choices) + ")"


_NOT_DONE = (
    f"(?:尚|仍)?(?:未|没有)(?:能)?{_any(words.HOW)}{{0,2}}{_any(words.UNFINISHED)}(?!(?:事项|问题|任务)$)|"
    f"{words.COUNTED}[^，。]{{0,6}}整改(?:仍)?不到位|(?:未达到?|滞后于?)序时"
)
_PHASED = (
    "取得(?:了)?(?:重要|明显|积极)?阶段性(?:明显|重要|积极)?(?:成效|成果|进展)|"
    "阶段性(?:明显)?(?:完成|成效|成果)|"
    "基本(?:完成|整改|办结)|部分(?:完成|整改)"
)
_ONGOING = (
    f"(?:正在|(?<!纠)正|仍在|尚在)(?:抓紧|加快|持续|有序|积极|按序时|序时){{0,3}}{_any(words.GOING_ON)}|"
    "持续(?:整改|推进中)|(?:按|达到)序时(?:进度)?(?:推进)?|(?:还|仍)?需(?:要)?(?:长期|持续)(?:坚持|整改|推进)|"
    "转入(?:长期|持续)整改|长期整改中|"
    f"{words.COUNTED}[^，。]{{0,4}}持续推进$|"
    f"(?:其余|剩余|余下|{words.COUNTED}).{{0,8}}正(?:在|按|抓紧|有序).{{2,14}}$|"
    "(?:工作|整改).{0,4}将(?:长期|持续|继续)(?:推进|坚持|整改)"
)
_COMPLETED = (
    f"{_any(words.WHOLLY)}{{1,3}}(?:按[^，。]{{1,6}})?{_any(words.FINISHED)}(?:到位|完毕)?|"
    "完成整改|整改到位(?!率)|整改完毕|得到(?:有效|妥善|圆满|全部)?解决|摘牌销案|销号(?:完毕)?$|"
    "(?<!未)办结(?:率(?:达)?(?:到)?100%)?$|通过验收(?:并)?销号"
)
# Denials come first: 尚未完成 is not 完成.
_STATUS: tuple[tuple[StatusClass, re.Pattern[str]], ...] = (
    ("not_done", re.compile(_NOT_DONE)),
    ("phased", re.compile(_PHASED)),
    ("ongoing", re.compile(_ONGOING)),
    ("completed", re.compile(_COMPLETED)),
)
# Without one of these a clause says nothing of how far something has come; most clauses hold none.
_MAY_CLAIM = re.compile(
    "未|没有|不到位|滞后|阶段性|基本|部分|正|仍在|尚在|持续|序时|需|转入|长期|推进|将|[已均悉]|全部|全面|全额|期|按|顺利|完成|整改|解决|摘牌|销号|办结|验收|落实|闭环|办理"
)
# A status with its count: 已完成5个、正在整改2个
_COUNT_LEAD = (
    "[一二三四五六七八九十]{1,3}是|其中|目前|已|现|核查|核实|调查|依法|依规|"
    f"[^，。、]{{0,14}}的(?={words.NUMERALS}[件条个项批])|{words.NUMERALS}[件条个项批][^，。]{{2,6}}?(?=办结)|"
    f"(?:{words.NUMERALS}[件条个项类])?(?:具体|反馈|整改)?(?:措施|任务|举措|事项|问题)中?(?=已?(?:落实|完成|整改|办结|销号|落地))"
)
_COUNTED_STATUS = re.compile(
    f"(?:{_COUNT_LEAD})*"
    f"(?:(?P<not_done>(?:尚|仍)?未{_any(words.HOW)}{{0,2}}(?:完成|整改|办结|销号|启动))"
    "|(?P<phased>阶段性(?:完成|办结)?|基本(?:完成|办结))"
    "|(?P<ongoing>正在(?:整改|推进|办理)|整改中|推进中|办理中|(?:达到|按)序时(?:进度)?|持续(?:整改|"
    "推进)|长期(?:坚持|整改))"
    "|(?P<completed>已?(?:完成|办结|销号|整改到位|整改完成|整改|落实|落地|闭环|摘牌)(?:整改|销号)?|已治理))"
    f"(?:的)?(?:问题|任务|事项)?(?:共|为|有)?{words.NUMERALS}(?:个|项|件|条|处|批|类)$"
)
# 已整治452处 of 487处: part of a stated number
_PARTLY = re.compile(r"\d[个项件条处家起名].{0,12}已(?:整治|整改|完成|解决|处置|办结|销号|清退|拆除)\d+")
# 抽查的120个已销号问题中: among which, not how many
_AMONG = re.compile("(?:问题|任务|事项|线索)中$")
# 立行立改21项、限期整改35项、长期坚持8项: until when, not how far
_HORIZONS = re.compile(rf"(?:立行立改|限期整改|分阶段整改){words.NUMERALS}[项个件条]?、")
_DEFINITION = re.compile("“[^”]*”(?:是)?指")
# What comes before the claim itself in its clause: a step's number, a time word, an enumeration that ends in 等
_LEAD = re.compile(r"(?:.*、[^、]*等(?=\d)|[一二三四五六七八九十]{1,3}是|目前|截至目前|其中|同时)?")
# 对未整改到位的3个问题: whatever is intended, they are not done
_OPEN_THING = re.compile(f"(?:尚)?未[^，。]{{2,8}}的{words.NUMERALS}[个项件](?:问题|任务|事项)")
_SAID_OF_BEFORE = re.compile("(?:目前|现)?(?:已|均|全部)(?:已|均|全部)?[^，]{2,8}$")
_COUNTED_THING = re.compile(f"{words.COUNTED}[^，。；]{{0,16}}{_any(words.THINGS)}$")
_WORK = re.compile(_any(words.WORK))
_HAS_THING = re.compile(f"{_any(words.THINGS)}|{words.COUNTED}")
# 不予销号, 必须完成: a rule, and nothing that has come to pass
_RULED = re.compile("必须|不予|不得|方可|才能|力争|争取|一律")
# 到2027年，…全面销号: what is to be, unlike 截至
_TARGET = re.compile(r"(?<!截至)(?<!截止)(?:力争|确保)?(?<![截达])到20\d{2}年[^，。；]{0,6}，")
_INTENTION = re.compile("(?:[一二三四五六七八九十]{1,2}是)?" + _any(words.INTENTIONS))
_SHORTEST_CLAUSE = 4


@dataclass(frozen=True, slots=True)
class FoundClaim:
    """A claim in flat positions."""

    start: int
    end: int
    status: StatusClass


def find_claims(text: Text, clauses: Clauses, closed: list[tuple[int, int]]) -> list[FoundClaim]:
    """所有状态表述 of running text; `closed` are places (headings, cells, labels) where none is looked for."""
    flat = text.flat
    found: list[FoundClaim] = []
    barred = iter(sorted(closed))
    bar = next(barred, None)
    before = (0, 0)
    for start, end in _clauses(flat, clauses):
        while bar and bar[1] <= start:
            bar = next(barred, None)
        if bar and bar[0] < end and bar[1] > start:
            continue
        found += _of_clause(flat, start, end) or _of_two_clauses(flat, before, (start, end))
        before = (start, end)
    return found


def _clauses(flat: str, clauses: Clauses) -> list[tuple[int, int]]:
    bounds = [-1, *clauses.comma, len(flat)]
    return [(a + 1, b) for a, b in pairwise(bounds) if b - a > _SHORTEST_CLAUSE]


def _of_clause(flat: str, start: int, end: int) -> list[FoundClaim]:
    """The claim of a clause; a list of counted statuses (已完成5个、未完成1个) gives one each."""
    clause = flat[start:end]
    if not _MAY_CLAIM.search(clause):
        return []
    counted = _counted(clause, start)
    if counted:
        return counted
    open_thing = _OPEN_THING.search(clause)
    if open_thing:
        return [FoundClaim(start + open_thing.start(), start + open_thing.end(), "not_done")]
    status = _status(clause)
    if (
        not status
        or _INTENTION.match(clause)
        or _RULED.search(clause)
        or (status == "completed" and _TARGET.search(flat, flat.rfind("。", 0, start) + 1, start))
        or _DEFINITION.match(clause)
        or _AMONG.search(clause)
    ):
        return []
    if not _HAS_THING.search(clause) and not (status in ("not_done", "ongoing") and _WORK.search(clause)):
        return []
    if status == "completed" and _PARTLY.search(clause):
        status = "phased"
    begin = _LEAD.match(clause)
    return [FoundClaim(start + (begin.end() if begin else 0), end, status)]


def _of_two_clauses(flat: str, first: tuple[int, int], second: tuple[int, int]) -> list[FoundClaim]:
    """对移交的11项立行立改事项，已全部办结: the thing stands in the clause before, the status in this one."""
    clause = flat[second[0] : second[1]]
    if flat[first[1] : second[0]] != "，" or not _SAID_OF_BEFORE.match(clause):
        return []
    thing = _COUNTED_THING.search(flat, first[0], first[1])
    status = _status(clause)
    return [FoundClaim(thing.start(), second[1], status)] if thing and status else []


def _counted(clause: str, start: int) -> list[FoundClaim]:
    found: list[FoundClaim] = []
    if _HORIZONS.search(clause):
        return found
    position = 0
    for part in re.split("(?<=、)", clause):
        match = _COUNTED_STATUS.match(part.rstrip("、"))
        if match:
            status: StatusClass = match.lastgroup  # type: ignore[assignment]
            found.append(FoundClaim(start + position, start + position + len(part.rstrip("、")), status))
        position += len(part)
    return found


def _status(clause: str) -> StatusClass | None:
    return next((name for name, pattern in _STATUS if pattern.search(clause)), None)
