"""引用文件: documents named in 《…》, what was done with them and whose they are.

Guarantees
1. Only the outermost 《…》 is a citation; inner 〈…〉 or 《…》 stays in its title; the span holds the outer
   marks.
2. A mark that is never closed within its paragraph makes no citation.
3. The verb stands before the citation in its sentence, or is shared with the member before it in an
   enumeration
   (then `inferred`), or stands behind it (《…》已印发).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from gongwen.models import Citation, CitationRole
from gongwen.reading.clean import Text
from gongwen.reading.patterns import any_of
from gongwen.reading.tables import verbs

_MARK = re.compile(r"[《》\n\t]")
_SENTENCE_START = re.compile(r"[。；！？\n\t]")
_ALL = verbs.CREATE + verbs.REVISE + verbs.USE + verbs.AGREE + verbs.PERFORM
_WORDS = any_of(_ALL)
_VERB = re.compile(rf"(?:{any_of(verbs.ADVERBS)})?(?:{_WORDS})(?:和)?(?:{_WORDS}){{0,2}}")
_LINK = re.compile(
    r"(?:（[^（）]{0,20}）)?(?:第[一二三四五六七八九十\d]{1,4}[卷条章版])?(?:[、，和及与以]|以及|并|或)*"
)
_AFTER = re.compile(
    rf"(?:（[^（）]*）)?(?:“[^“”]{{1,10}}”)?(?:等[^，。；]{{0,14}}?)?(?:在[^，。；]{{1,12}})?(?:已|正式|均|全部|相继|先后|"
    rf"陆续|正在|得到|获得|严格|全面|有效)*(?:经[^，。；《》]{{0,16}}?)?(?P<verb>{_WORDS})"
)
_SUPERIOR_TITLE = re.compile(
    "^(?:中国共产党|中共中央|中华人民共和国|全国|国务院|国家|党政领导干部|关于新形势下|中央)|(?<!办)法$"
)
_SUPERIOR_BEFORE = re.compile(
    "(?:中共中央|党中央|国务院|中央|省委|自治区|国家|省政府|市委|上级|教育部|财政部|"
    "[\u4e00-\u9fff]{2,6}部)[\u4e00-\u9fff]{0,8}$"
)
_PLAN = re.compile("整改(?:落实|工作)?(?:总体|实施|专项)?方案|整改落实方案")
_AGREEMENT = re.compile("(?:协议|协议书|合同|备忘录|责任书|承诺书)$")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """A citation in flat positions, `[start, end)` with its marks; `behind` says that its verb follows it."""

    start: int
    end: int
    result: Citation
    behind: bool = False


def find_citations(text: Text) -> list[FoundCitation]:
    """所有引用 in order; paths are filled in by `bulletin`."""
    found: list[FoundCitation] = []
    for start, end in _outermost(text.flat):
        previous = found[-1] if found else None
        found.append(_citation(text, start, end, previous))
    return _shared_backwards(text.flat, found)


def _shared_backwards(flat: str, found: list[FoundCitation]) -> list[FoundCitation]:
    """《甲》《乙》相继出台: a verb behind an enumeration is that of all its members."""
    for index in range(len(found) - 1, 0, -1):
        here, before = found[index], found[index - 1]
        enumerated = before.result.verb is None and _is_enumerated(flat[before.end : here.start])
        if here.behind and enumerated:
            result = replace(
                before.result, verb=here.result.verb, role=_shared_role(before, here), inferred=True
            )
            found[index - 1] = replace(before, result=result, behind=True)
    return found


def _shared_role(member: FoundCitation, last: FoundCitation) -> CitationRole:
    return last.result.role if member.result.role == "other" else member.result.role


def _outermost(flat: str) -> list[tuple[int, int]]:
    """Places of 《…》 by counting marks within a paragraph; nested marks belong to the outer one."""
    places: list[tuple[int, int]] = []
    depth = start = 0
    for mark in _MARK.finditer(flat):
        sign = mark.group()
        if sign == "《":
            start = mark.start() if depth == 0 else start
            depth += 1
        elif sign == "》" and depth:
            depth -= 1
            if depth == 0 and mark.end() - start <= _LONGEST:
                places.append((start, mark.end()))
        elif sign in "\n\t":
            depth = 0
    return places


def _citation(text: Text, start: int, end: int, previous: FoundCitation | None) -> FoundCitation:
    verb, inferred, behind = _verb(text.flat, start, end, previous)
    title = text.words(start + 1, end - 1)
    before = text.flat[max(0, start - 14) : start]
    role = _role(text.flat[start + 1 : end - 1], verb, before)
    if inferred and previous and role == "other":
        role = previous.result.role
    return FoundCitation(start, end, Citation(title, text.span(start, end), verb, role, "", inferred), behind)


def _verb(flat: str, start: int, end: int, previous: FoundCitation | None) -> tuple[str | None, bool, bool]:
    """The governing verb, whether it is carried over from the citation before, and whether it stands behind this one."""
    begin = _sentence_start(flat, start)
    said_behind = False
    if previous and previous.end > begin:
        begin, said_behind = previous.end, previous.behind
        if previous.result.verb and _is_enumerated(flat[begin:start]):
            return previous.result.verb, True, False
    clause = max(begin, flat.rfind("，", begin, start) + 1)
    before = _last_verb(flat, clause, start)
    if before:
        return before, False, False
    behind = _AFTER.match(flat, end, min(len(flat), end + 40))
    if behind:
        return behind["verb"], False, True
    return (None if said_behind else _last_verb(flat, begin, clause)), False, False


def _last_verb(flat: str, start: int, end: int) -> str | None:
    last = None
    for match in _VERB.finditer(flat, start, end):
        last = match.group()
    return last


def _is_enumerated(between: str) -> bool:
    """Whether only a list sign and perhaps another body's name stand between two citations."""
    link = _LINK.match(between)
    rest = between[link.end() :] if link else between
    has_link = not between or (link is not None and link.end() > 0)
    return has_link and len(rest) <= 14 and not _VERB.search(rest) and not re.search("[。；，]", rest)  # noqa: PLR2004


def _sentence_start(flat: str, position: int) -> int:
    begin = max(0, position - 120)
    last = begin
    for sign in _SENTENCE_START.finditer(flat, begin, position):
        last = sign.end()
    return last


def _role(title: str, verb: str | None, before: str) -> CitationRole:
    """角色 by title and verb: a plan, an agreement, somebody above, revised, new, already there."""
    if _PLAN.search(title):
        return "plan"
    if _AGREEMENT.search(title) and (verb is None or verb.endswith(verbs.AGREE)):
        return "agreement"
    if verb is None or verb.endswith(verbs.PERFORM):
        return "other"
    if verb.endswith(verbs.USE):
        return "superior" if _SUPERIOR_TITLE.match(title) or _SUPERIOR_BEFORE.search(before) else "existing"
    if "制定" in verb or "印发" in verb or "出台" in verb:
        return "new"
    return "revised" if verb.endswith(verbs.REVISE) else "new"
