"""整改状态: status words of a finding and the class they stand for.

Guarantees
1. `status_class` reads denials first (未完成 is not 完成); words it does not know give None.
2. A status sentence speaks of the problem itself (该问题已完成整改), not of a part of its treatment.
"""

from __future__ import annotations

import re

from gongwen.models import StatusClass
from gongwen.reading.tables.status import STATUS_WORDS

_CLASSES = tuple((name, re.compile("|".join(words))) for name, words in STATUS_WORDS)
# 已整改并长期坚持: done, whatever goes on afterwards
_DONE_FIRST = re.compile("已(?:全部)?(?:完成|整改|销号|摘牌|办结)(?!阶段)")
_STATUS_VERB = "(?:完成|整改|推进|销号|解决|办结|坚持|到位|落实|成效|进展|成果)"
_SENTENCE = re.compile(
    rf"(?<![^。；\n\t：，])(?:目前，?|截至[^，。]{{1,14}}，)?(?:(?:该|此|本|上述|以上)(?:项|条|"
    rf"类)?(?:反馈|整改)?(?:问题|任务|事项|工作)|[该此]项(?=已|正|尚|未|基本|阶段))"
    rf"(?:整改)?(?:目前|"
    rf"现)?，?(?P<status>[^，。；\n\t]{{0,14}}{_STATUS_VERB}[^，。；\n\t]{{0,10}})(?=[。；，\n\t]|$)"
)
# …，目前正在推进。 or a sentence of its own: 已完成整改。
_AT_END = re.compile(
    rf"(?:(?<=[。；\n])|(?:(?<=[，。；\n])(?:目前|现|截至目前)，?))(?P<status>(?:已|正|正在|尚未|未|基本|阶段性|持续)"
    rf"(?:全部|全面|基本|阶段性|按计划|按序时|有序|持续|抓紧|加快)*{_STATUS_VERB}{{1,2}}(?:中|完毕)?(?:，?(?:并)?(?:长期坚持|持续推进))?)"
    rf"。?(?=[\n\t]|$)"
)
# …减少18分钟。（已整改）
_AT_PARAGRAPH_END = re.compile(
    r"（(?P<status>(?:已|未|正在|基本|阶段性|持续|部分|完成|尚|达到|序时|按时序|长期|整改)[^（）\d，]{1,8}(?:，(?:并)?(?:长期坚持|持续推进))?)）"
    r"(?=[\n\t]|$)"
)
_LAST_WORDS = 40
# What stands in a column 是否销号
_YES_OR_NO: dict[str, StatusClass] = {"是": "completed", "否": "not_done", "√": "completed", "×": "not_done"}
_IN_TITLE = re.compile(
    rf"[（【\[](?P<status>(?:已|未|正在|基本|阶段性|持续|长期|尚未|部分|"
    rf"立行)[^（）【】]{{0,8}}?{_STATUS_VERB}?[^（）【】]{{0,4}})[）】\]]$"
)


def status_class(status: str | None) -> StatusClass | None:
    """状态归类."""
    if not status:
        return None
    if status in _YES_OR_NO:
        return _YES_OR_NO[status]
    if _DONE_FIRST.match(status):
        return "completed"
    return next((name for name, pattern in _CLASSES if pattern.search(status)), None)


def sentence_status(flat: str, start: int, end: int) -> str | None:
    """The status words of a sentence like 该问题已完成整改; the last such sentence of the region counts."""
    found = None
    bracketed = _AT_PARAGRAPH_END.search(flat, start, end)
    if bracketed and status_class(bracketed["status"]):
        found = bracketed["status"]
    for match in _SENTENCE.finditer(flat, start, end):
        if status_class(match["status"]):
            found = match["status"]
    if not found and (last := _AT_END.search(flat, max(start, end - _LAST_WORDS), end)):
        found = last["status"]
    return found


def title_status(title: str) -> tuple[int, int] | None:
    """The place of a status in brackets at the end of a title: …（已完成整改）."""
    match = _IN_TITLE.search(title)
    return match.span() if match and status_class(match["status"]) else None
