"""责任: who answers for a finding, from labels, table cells or the sentences of its text.

Guarantees
1. Names are as written, parted at 、 and other list signs.
2. A time limit keeps its wording; `due_on` is its date, `standing` says 长期坚持, `immediate` says 立行立改.
3. Prose is asked only for what no label or cell states.
"""

from __future__ import annotations

import re

from gongwen.models import Assignment
from gongwen.reading.dates import iso_date
from gongwen.reading.tables.labels import IMMEDIATE, STANDING

_LIST_SIGNS = re.compile("[、，,；;/](?![^（）]*）)")
_ROLES = ("lead_official", "lead_unit", "responsible", "supporting", "due")

_BODY = r"[\u4e00-\u9fff（）、]{2,40}?"
# 由市住建局牵头，市城管局、市交通局配合，2025年9月底前完成…
_LED_BY = re.compile(
    rf"由(?P<lead>{_BODY})(?:同志)?(?:总)?牵头(?:负责|抓总|落实|推进|组织)?(?:[，、]?(?P<supporting>{_BODY})(?:等)?(?:协助|配合|协同|参与))?"
)
_RESPONSIBLE = re.compile(
    rf"(?:明确|确定|由)(?P<units>{_BODY})(?:具体)?(?:为责任单位|为责任主体|负责(?:整改|落实|实施|推进|组织实施))"
)
_DUE = re.compile(
    r"(?P<due>(?:(?:20\d\d|今)年)?(?:\d{1,2}月(?:底|\d{1,2}日)?|年底|上半年|[一二三四]季度)(?:之)?前)(?=，?[^，。；]{0,30}(?:完成|到位|办结|销号|投用|建成|达标|清零))"
)
_MONEY = re.compile(
    r"(?:涉及|问题|违规|违纪)(?:问题)?(?:资金|金额)(?:共计|合计|共|达|约|为)?(?P<money>[\d,]+(?:\.\d+)?(?:余)?[万亿]?元)"
)
_OFFICIAL = re.compile("(?:书记|主任|局长|市长|县长|区长|院长|校长|主席|常委|领导|经理|董事长)$")


def assignment_of(values: dict[str, str]) -> Assignment | None:
    """The assignment that labelled values, cells or `stated` sentences give, `None` if they give none."""
    if not any(values.get(role) for role in _ROLES):
        return None
    due = values.get("due")
    return Assignment(
        lead_official=values.get("lead_official"),
        lead_unit=values.get("lead_unit"),
        responsible_units=names(values.get("responsible", "")),
        supporting_units=names(values.get("supporting", "")),
        due=due,
        due_on=_last_day_of(due) if due else None,
        immediate=bool(due) and any(word in (due or "") for word in IMMEDIATE),
        standing=bool(due) and any(word in (due or "") for word in STANDING),
    )


def stated(body: str) -> dict[str, str]:
    """What the sentences of a finding say of its assignment and money, by role; its first statement of each counts."""
    values: dict[str, str] = {}
    led = _LED_BY.search(body) if "牵头" in body else None
    responsible = _RESPONSIBLE.search(body) if "负责" in body or "为责任" in body else None
    due = _DUE.search(body) if "前" in body else None
    money = _MONEY.search(body) if "金" in body else None
    if led:
        role = "lead_official" if _OFFICIAL.search(led["lead"]) else "lead_unit"
        values |= {role: led["lead"], "supporting": led["supporting"] or ""}
    if responsible and "牵头" not in responsible["units"]:
        values["responsible"] = responsible["units"]
    if due:
        values["due"] = due["due"]
    if money:
        values["money"] = money["money"]
    return {role: words for role, words in values.items() if words}


def names(words: str) -> tuple[str, ...]:
    """A list of units as written."""
    return tuple(part for part in _LIST_SIGNS.split(words) if part)


def _last_day_of(due: str) -> str | None:
    return iso_date(due)
