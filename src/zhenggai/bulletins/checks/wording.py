"""办结用语: what a clause says of how far a problem is, and of what it says so. Pure text; knows no ledger.

Guarantees
1. Denials (未完成), plans (力争年底前完成), rules (完成后方可), questions (是否完成) and attributes (已完成的问题) say nothing.
2. A clause speaks of a problem only where its subject is one (该问题, 整改任务, a masked title) or is left out; 平台建设已完成 speaks of the platform.
3. A clause that counts something else than problems (12处隐患已全部整改到位) speaks of that.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from gongwen.reading.numerals import chinese_value

MASK = "▮"
"""Stands for each character of an item's title, so that words within titles say nothing."""


class Strength(IntEnum):
    """How much a statement claims; more is stronger. CLOSED is 销号, which any grade of closure allows."""

    OPEN = 1
    PHASED = 2
    CLOSED = 3
    DONE = 4


@dataclass(frozen=True)
class Said:
    """A clause's statement: characters ``[start, end)`` of the words, of which subject, how many problems if counted."""

    strength: Strength
    start: int
    end: int
    subject: str
    wholly: bool
    count: int | None = None


_NUMBER = r"[0-9０-９〇零一二两三四五六七八九十百]+余?"
_COUNT = re.compile(
    rf"(?<![第])(?P<number>{_NUMBER})\s*(?:个|项|件|条)(?:方面)?(?P<what>[^，。；]{{0,12}}?(?:问题|任务|事项))"
)
_NO_PROBLEM = re.compile(r"信访|隐患|线索|投诉|举报|案件|工单|诉求|来信|热线")
_OTHER_COUNT = re.compile(
    rf"(?<![第年\d])(?:{_NUMBER})\s*(?:万|亿)?(?:个|项|件|条|处|家|笔|人次?|名|户|宗|起|元|类|批|套|座|公里|亩|辆|台|所|间|本|份|次|吨|米|平方米|％|%)"
)
_OWN_ONE = re.compile(r"[这该此本上]一?[个项条]|一[个项]问题")
_SURE = r"(?:已经?|业已|均|都|皆|全部|全面|全数|悉数|如期|按期|按时|顺利|圆满|彻底|得到|一并)"
_STANDING = r"(?:完成(?:了)?(?:全部)?整改|整改(?:工作)?(?:已|全部|均)?(?:完成|到位|完毕|落实到位|见底|清零|闭环)|彻底整改|销号)"
_NEEDS_SURE = r"(?:完成|解决(?:到位|完毕)?|办结|整改|清零|闭环(?:管理|整改)?|落实到位)"
_DONE = re.compile(rf"{_STANDING}|{_SURE}[^，。；、]{{0,12}}?{_NEEDS_SURE}")
_PHASED = re.compile(
    r"(?:取得(?:了)?[^，。；、]{0,6}?阶段性[^，。；、]{0,6}?(?:成效|成果|进展)|阶段性(?:完成|办结|解决)|基本(?:上)?(?:已)?(?:完成(?:整改)?|整改到位|整改完成|解决|办结|到位)|部分完成(?:整改)?)"
)
_OPEN = re.compile(
    r"(?:正在(?:抓紧|加快|持续|有序|积极|稳步)?(?:整改|推进|办理|落实)|(?:尚|仍|还)?未(?:能)?(?:全部|按期|如期)?(?:完成(?:整改)?|整改(?:到位|完成)?|销号|办结)$|仍在(?:整改|推进)|整改中$)"
)
_AFTER_BAR = re.compile(
    r"率|比例|情况|时限|时间|期限|时点|标准|条件|程度|申请|进度|难|手续|程序|公示|材料|的|之?后|以后|之前|前|与否|不|得如何|销号申请"
)
_OBJECT = re.compile(
    r"(?:了)?(?:全部|各项|上述|该|此|这一|本)?(?:(?:整改|任务|工作|目标|问题|事项|要求|措施|销号|验收|到位|完毕)|[、和及])*(?:[，并且且同时现目已经通过验收按程序予以和长期坚持持续巩固].*)?[”’）)」]*"
)
_DENIED = re.compile(
    r"(?:未(?!成年|来|经)|没有?|无法|难以|不能|不得|不予|尚待|有待|仍需|还需|亟待|并非|是否|能否|何时|不够|距离?)[^，。；]{0,14}$"
)
_FIRM_PLAN = re.compile(
    r"力争|争取|有望|可望|预计|拟(?:于|在)?|将(?!军)|如果|倘若|假如|若|待(?!遇)|凡|承诺|务必|必须|责令|方可|才能|计划|准备|打算|下一步|接下来|原则上|确保|申请|提请|报请|拟|应于|须于|谎称|谎报|虚报|自称"
)
_SOFT_PLAN = re.compile(
    r"要求|督促|推动|推进|促进|尽快|尽早|抓紧|加快|应当?(?!急)|须|要(?!素|件|闻)|目标|直至|直到|继续|着力|聚力"
)
_DUE = re.compile(r"[底末月日年]之?前|以内|限期")
_AS_PLANNED = re.compile(
    r"(?:按照?|依照|对照|根据|比照)[^，。；]{0,10}(?:计划|要求|时限|方案|目标|序时进度|标准)"
)
_PLAN_BEFORE = re.compile(
    r"力争|争取|计划|预计|承诺|下一步|接下来|今后|(?<!截至)(?<!截止)(?<!截)(?<!达)到(?:20)?\d{2,4}年|要求|明确|规定|提出|确保|目标"
)
_ALREADY = re.compile(r"已|业已")
_WHOLLY = re.compile(r"均|都|皆|全部|全面|全数|悉数|所有|各项|见底|清零")
_TRIM = re.compile(
    rf"^(?:[（(]?{_NUMBER}[）)]|{_NUMBER}[、.．]|[一二三四五六七八九十]+是)|(?:截至|截止到?)?(?:20\d\d年)?\d{{0,2}}月?(?:底|末|初|中旬|上旬|下旬|\d+日)?$|"
    r"(?:目前|现(?:在|已)?|至今|至此|截至目前|截止目前|同时|并|且|但|也|亦|就|即|于|在|了|经|当前|其中|经(?:验收|审核|核查|整改)|[·\s“”‘’（）()：:—\-]+)$"
)
_PROBLEM = re.compile(
    rf"(?:(?:问题|整改|整改任务|任务|事项|整改事项|整改工作|整改问题|反馈意见|该项|此项|本项|其)(?:整改(?:工作|任务)?)?|{MASK}[”’」）)]*(?:等)?(?:的)?(?:问题|整改(?:工作|任务)?|一?事)*)$"
)
_STATUS_OF = re.compile(r"(?:状态|结论|结果|进展|完成情况|整改情况|成效|等次)(?:为|是|：|:)?[“‘]?$")


def said(clause: str, before: str = "") -> Said | None:
    """What a masked clause says; ``before`` are the clauses before it in its sentence. None where it says nothing of a problem."""
    plain = _AS_PLANNED.sub(lambda match: "·" * len(match[0]), clause)
    found = _strongest(plain, before)
    if found is None:
        return None
    strength, start, end = found
    count, other = _counted(plain)
    if other:
        return None
    subject = _subject(plain[:start])
    if count is None and subject and not (_PROBLEM.search(subject) or _STATUS_OF.search(subject)):
        return None
    return Said(strength, start, end, subject, bool(_WHOLLY.search(clause)), count)


def _strongest(clause: str, before: str) -> tuple[Strength, int, int] | None:
    phased = _PHASED.search(clause)
    if phased and _holds(clause, phased, before):
        return Strength.PHASED, phased.start(), phased.end()
    if phased is None:
        for match in _DONE.finditer(clause):
            if _holds(clause, match, before) and _OBJECT.fullmatch(clause[match.end() :].strip()):
                return (
                    Strength.CLOSED if "销号" in match[0] else Strength.DONE,
                    match.start(),
                    match.end(),
                )
    ongoing = _OPEN.search(clause)
    return (Strength.OPEN, ongoing.start(), ongoing.end()) if ongoing else None


def _holds(clause: str, match: re.Match[str], before: str) -> bool:
    """Neither denied nor planned, and no attribute of something else."""
    lead = clause[: match.start()] + re.sub(r"[^未没无不]", "·", match[0])
    if _DENIED.search(lead) or _AFTER_BAR.match(clause[match.end() :]):
        return False
    already = _ALREADY.search(clause, 0, match.end())
    firm = _FIRM_PLAN.search(clause, 0, match.end())
    soft = _SOFT_PLAN.search(clause, 0, match.end())
    if firm or (soft and not _ALREADY.search(clause, soft.end(), match.end())):
        return False
    if not already and _DUE.search(clause, 0, match.end()):
        return False
    return bool(already) or not _PLAN_BEFORE.search(before)


def _counted(clause: str) -> tuple[int | None, bool]:
    """How many problems the clause counts, and whether it counts something else."""
    rest = _OWN_ONE.sub("", clause)
    problems = _COUNT.search(rest)
    if problems and _NO_PROBLEM.search(problems["what"]):
        return None, True
    if problems:
        rest = rest[: problems.start()] + rest[problems.end() :]
    return (number(problems["number"]) if problems else None), bool(_OTHER_COUNT.search(rest))


def number(words: str) -> int | None:
    """A number in Chinese or in digits; None where it is about (余)."""
    if words.endswith("余"):
        return None
    return int(words) if words.isdecimal() else chinese_value(words)


def _subject(lead: str) -> str:
    """The words before a statement without when and how."""
    shorter = re.sub(rf"{_SURE}+[^，。；]{{0,8}}$", "", lead).strip()
    while True:
        trimmed = _TRIM.sub("", shorter).strip()
        if trimmed == shorter:
            return shorter
        shorter = trimmed
