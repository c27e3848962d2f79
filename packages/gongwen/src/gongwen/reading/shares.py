"""分别: which member of an enumeration a figure belongs to.

Guarantees
1. A、B…114家、84家 and 分别达到x、y pair the n-th figure with the n-th member, never more or fewer.
2. One figure over several rates (接诉率和办结率均达100%) applies to all of them.
3. Figures that merely follow an enumeration with 等 (市应急局、市城建局等4家单位) apply to none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from gongwen.reading.clauses import Clauses
from gongwen.reading.nouns import (
    SHORTEST,
    begins_with_verb,
    cut_at_stop,
    is_bare_verb,
    last_noun,
    trimmed,
    without_last_verb,
)
from gongwen.reading.patterns import any_of
from gongwen.reading.quantities import FoundQuantity
from gongwen.reading.tables import organs, verbs

_BARE = re.compile(r"[、和，]|，?(?:同比|环比)?(?:分别)?[、和]")
_CHANGED = re.compile(
    "[、和](?:同比|环比)?(?:增长|下降|提高|提升|降低|减少|增加|上升|回落|增至|降至|达到?)?(?:到|至|了|约|近)?"
)
_LONGEST_LINK = 6
_RESPECTIVELY = re.compile("分别|依次")
_SPLIT = re.compile(r"[“‘《（][^“”‘’《》（）]*[”’》）]|(?P<sign>、|以及|和(?!谐|平|解)|与|及(?!时|格))")
_PLACE_END = "区县市镇乡村站校局厅院所街社矿厂"
_LONGEST_PLACE = 7
_LONGEST_ALIKE = 4
_FIGURES_BACK = 10
_HALF_LINK = re.compile("^，?(?:分别|同比|环比)*")
_LONGEST_PAIR = 16
_LISTED = ("项", "个", "件", "份", "条")
_PAIR = re.compile("([\u4e00-\u9fff]{2,6})[、和与及]([\u4e00-\u9fff]{2,6})")
_LEADING_TIME = re.compile(r"^.*?(?:年度?|月|季度|[底末])(?=[^、]*、)")
_COUNTED = re.compile("(?:制度|措施|机制|方案|办法|问题|任务|预案|规定|清单|台账|文件|意见|细则|流程)$")
_VERB_START = re.compile(rf"(?:{any_of(verbs.LEADING)})+")
_STATED = re.compile("(?:已|正在|尚未|均|全部|共)[^，]*$")
_FIRST_VERB = re.compile(any_of(verbs.LEADING + verbs.NOMINAL))
_STATUS = re.compile("(?:整改|推进|完成|办结|销号|摘牌|坚持|办理|落实)$")
# Kinds of things that stand somewhere: one figure over 口袋公园、健身步道、充电桩等
_THINGS = ("处", "座", "所", "台", "套", "盏", "块", "具", "株", "间", "条")
_KINDS = re.compile("^(?P<kinds>.*、.*)等(?:共计|共|合计|计)?$")
_PLACES = re.compile(r"^(?:等)?[二两三四五六七八九十](?:地|县区|个(?:县|市|区|县区|乡镇))")


@dataclass(frozen=True, slots=True)
class Share:
    """归属: members a figure applies to and, when members share one head, the label they give."""

    members: tuple[str, ...]
    label: str | None = None


def find_shares(
    flat: str, clauses: Clauses, found: list[FoundQuantity], labels: list[str]
) -> dict[int, Share]:
    """Shares by the number of the figure; figures without one are missing."""
    shares: dict[int, Share] = {}
    index = 0
    while index < len(found):
        group = _group(flat, clauses, found, index)
        if len(group) > 1:
            shares |= _same_again(group, labels, shares, flat, found) or _listed(
                flat, clauses, found, group, labels
            )
        if index not in shares and len(group) == 1:
            share = _common(flat, clauses, found, index, labels[index]) or _behind(
                flat, clauses, found[index]
            )
            if share:
                shares[index] = share
        index = group[-1] + 1
    return shares


def _group(flat: str, clauses: Clauses, found: list[FoundQuantity], index: int) -> list[int]:
    """Figures of one unit with nothing but a list sign between them; behind 分别 of any unit, and with their own verb of change."""
    group = [index]
    start = found[index].start
    clause = flat[max(clauses.before(clauses.comma, start), start - _LONGEST_PAIR) : start]
    link = _CHANGED if _RESPECTIVELY.search(clause) else _BARE
    while index + 1 < len(found):
        first, second = found[index], found[index + 1]
        between = flat[first.tail : second.start]
        if len(between) > _LONGEST_LINK or not link.fullmatch(between):
            break
        if link is _BARE and first.unit != second.unit:
            break
        index += 1
        group.append(index)
    return group


def _same_again(
    group: list[int], labels: list[str], shares: dict[int, Share], flat: str, found: list[FoundQuantity]
) -> dict[int, Share]:
    """…完成12个、8个，分别增长5%、3%: nothing is named between, so what the figures before counted is meant again."""
    first = group[0]
    if first < len(group) or trimmed(_HALF_LINK.sub("", flat[found[first - 1].tail : found[first].start])):
        return {}
    before = range(first - len(group), first)
    return {g: shares.get(b) or Share((labels[b],), labels[b]) for g, b in zip(group, before, strict=True)}


def _listed(
    flat: str, clauses: Clauses, found: list[FoundQuantity], group: list[int], labels: list[str]
) -> dict[int, Share]:
    """Members for a run of bare figures: from the clause, from the figures before, or from an earlier clause."""
    first = found[group[0]]
    start = clauses.before(clauses.comma, first.start)
    limit = found[group[0] - 1].tail if group[0] else 0
    clause = flat[max(start, limit) : first.start]
    respectively = _RESPECTIVELY.search(clause)
    head = trimmed(clause[: respectively.start()] if respectively else clause)
    head = re.sub("^(?:同比|环比)", "", head)
    parts = members_of(head)
    if len(parts) == len(group):
        named = last_noun(trimmed(clause[respectively.end() :])) if respectively else ""
        return (
            _named_behind(parts, group, named) if named and not is_bare_verb(named) else _paired(parts, group)
        )
    counted = _members_before_count(flat, clauses, found, group) if respectively else None
    if counted:
        return {g: Share((member,), last_noun(head)) for g, member in zip(group, counted, strict=True)}
    earlier = _earlier_members(flat, clauses, start, len(group)) if respectively else None
    if respectively:
        earlier = (
            earlier
            or _earlier_figures(flat, found, group)
            or _earlier_subjects(flat, clauses, found, group)
            or _figures_listed_before(flat, found, group, labels)
        )
    if not earlier:
        return {}
    named = last_noun(head)
    return {g: Share((member,), named or member) for g, member in zip(group, earlier, strict=True)}


def _members_before_count(
    flat: str, clauses: Clauses, found: list[FoundQuantity], group: list[int]
) -> list[str] | None:
    """A、B、C三项指标…分别: the members stand before the number that counts them."""
    if not group[0] or found[group[0] - 1].value != len(group):
        return None
    count = found[group[0] - 1]
    start = max(clauses.before(clauses.comma, count.start), found[group[0] - 2].tail if group[0] > 1 else 0)
    parts = members_of(trimmed(_LEADING_TIME.sub("", flat[start : count.start])))
    return [last_noun(parts[0]), *parts[1:]] if len(parts) == len(group) else None


def _named_behind(parts: list[str], group: list[int], named: str) -> dict[int, Share]:
    """甲区、乙县分别排查隐患31处、45处: what is counted stands behind 分别."""
    members = [last_noun(parts[0]), *parts[1:]]
    return {g: Share((member,), named) for g, member in zip(group, members, strict=True)}


def _paired(parts: list[str], group: list[int]) -> dict[int, Share]:
    """Members that name places share the head as label (网办率); members that qualify it are part of it (创新型企业)."""
    members, head = _split_head([last_noun(parts[0]), *parts[1:]])
    places = members[-1][-1] in _PLACE_END
    labels = [head or member if places else member + head for member in members]
    return {g: Share((member,), label) for g, member, label in zip(group, members, labels, strict=True)}


def _split_head(parts: list[str]) -> tuple[list[str], str]:
    """Part the last member from the head that all share: 创新型、“专精特新”|中小企业."""
    last = parts[-1]
    quoted = re.match(r"[“‘][^”’]*[”’]", last)
    owner, of, owned = last.partition("的")
    if quoted or (of and owned):
        end = quoted.end() if quoted else len(owner)
        return [*parts[:-1], last[:end]], last[end:].lstrip("的")
    end = _member_end(parts[:-1], last)
    return ([*parts[:-1], last[:end]], _PLACES.sub("", last[end:])) if end else (parts, "")


def _member_end(others: list[str], last: str) -> int:
    """Where the last member ends and the shared head begins; 0 where nothing tells.

    Like the others it ends in the same character (创新型、智能型|企业), in that of a place, or has their length (小学、初中、高中|教师).
    """
    longest = max(map(len, others))
    shared = last.find(others[0][-1])
    place = next((i for i, c in enumerate(last[:_LONGEST_PLACE]) if c in _PLACE_END and i), -1)
    for position in (shared, place):
        if 0 <= position < len(last) - 1 and (position <= longest or len(others) == 1):
            return position + 1
    alike = len({len(other) for other in others}) == 1 and len(others) > 1
    return longest if alike and longest <= _LONGEST_ALIKE and longest + SHORTEST <= len(last) else 0


def _earlier_members(flat: str, clauses: Clauses, position: int, count: int) -> list[str] | None:
    """An enumeration of the right length in the clauses before, nearest first."""
    sentence = clauses.before(clauses.sentence, position)
    while position > sentence + 1:
        start = clauses.before(clauses.comma, position - 1)
        parts = members_of(flat[start : position - 1])
        if len(parts) == count and not any(c.isdigit() for part in parts for c in part):
            parts = [last_noun(parts[0]), *parts[1:-1], cut_at_stop(parts[-1]) or parts[-1]]
            return _split_head(parts)[0]
        position = start
    return None


def _earlier_figures(flat: str, found: list[FoundQuantity], group: list[int]) -> list[str] | None:
    """其中第四轮402个、第五轮329个 …完成率分别为: what was counted in turn before is meant again."""
    count = len(group)
    for last in range(group[0] - 1, max(count - 2, group[0] - _FIGURES_BACK), -1):
        run = found[last - count + 1 : last + 1]
        if flat.find("\n", run[0].start, found[group[0]].start) >= 0 or len({q.unit for q in run}) > 1:
            continue
        between = [flat[a.tail : b.start] for a, b in pairwise(run)]
        if all(words.startswith("、") and len(words) <= _LONGEST_PLACE + 1 for words in between):
            first = flat[max(0, run[0].start - _LONGEST_PLACE) : run[0].start]
            return [
                trimmed(re.split("[，。；：\n]|其中", first)[-1]),
                *(trimmed(words[1:]) for words in between),
            ]
    return None


def _earlier_subjects(
    flat: str, clauses: Clauses, found: list[FoundQuantity], group: list[int]
) -> list[str] | None:
    """甲县排查312处，乙县排查274处，完成率分别为: whoever the clauses before tell of, one clause a member."""
    sentence = clauses.before(clauses.sentence, found[group[0]].start)
    subjects: dict[int, str] = {}
    for quantity in reversed(found[: group[0]]):
        start = clauses.before(clauses.comma, quantity.start)
        if start < sentence or start in subjects:
            break
        subject = _subject(flat[start : quantity.start])
        if subject:
            subjects[start] = subject
        if len(subjects) == len(group):
            return [subjects[start] for start in sorted(subjects)]
    return None


def _figures_listed_before(
    flat: str, found: list[FoundQuantity], group: list[int], labels: list[str]
) -> list[str] | None:
    """归集额12亿元、个贷率82%，分别增长6%和提高3个百分点: the figures listed right before, by their names."""
    first = group[0] - len(group)
    if first < 0:
        return None
    run = found[first : group[0]]
    between = [flat[a.tail : b.start] for a, b in pairwise(run)]
    listed = all(
        "、" in words and len(words) <= _LONGEST_PAIR and not re.search("[，。；]", words)
        for words in between
    )
    return (
        labels[first : group[0]] if listed and "。" not in flat[run[-1].end : found[group[0]].start] else None
    )


def _subject(words: str) -> str:
    """The noun that a clause begins with; empty where it begins with what was done."""
    words = trimmed(words)
    if begins_with_verb(words, 0) or is_bare_verb(words):
        return ""
    noun = without_last_verb(_STATED.sub("", words))
    verb = _FIRST_VERB.search(noun, SHORTEST)
    return noun[: verb.start()] if verb else noun


def members_of(words: str) -> list[str]:
    """The members of an enumeration, list signs inside quotation marks and brackets left alone."""
    parts: list[str] = []
    start = 0
    for match in _SPLIT.finditer(words):
        if match["sign"]:
            parts.append(words[start : match.start()])
            start = match.end()
    parts.append(words[start:])
    return [part for part in parts if part]


def _common(flat: str, clauses: Clauses, found: list[FoundQuantity], index: int, label: str) -> Share | None:
    """One figure over several rates or nouns."""
    quantity = found[index]
    limit = found[index - 1].tail if index else 0
    start = max(clauses.before(clauses.comma, quantity.start), limit)
    words = flat[start : quantity.start]
    if "、" not in words and "和" not in words and "与" not in words and "及" not in words:
        return None
    kinds = _KINDS.match(words)
    if kinds and quantity.unit in _THINGS:
        return _kinds(members_of(kinds["kinds"]), quantity, label)
    head = trimmed(_LEADING_TIME.sub("", words))
    if quantity.kind not in ("percent", "percentage_point"):
        stated = (
            None
            if "\u4e00" <= flat[quantity.tail : quantity.tail + 1] <= "\u9fff"
            else _statuses(head, quantity)
        )
        return stated or _counted(head.split("、"), quantity)
    parts = members_of(head)
    if len(parts) < 2 or "等" in head:  # noqa: PLR2004
        return None
    return _rates(parts, head)


def _behind(flat: str, clauses: Clauses, quantity: FoundQuantity) -> Share | None:
    """8个股室、单位 counts both nouns, if nothing else stands behind the figure in its clause."""
    words = flat[
        quantity.tail : min(clauses.after(clauses.comma, quantity.tail), quantity.tail + _LONGEST_PAIR)
    ]
    match = _PAIR.fullmatch(words)
    return Share((match[1], match[2])) if match and quantity.kind == "count" else None


def _rates(parts: list[str], head: str) -> Share | None:
    parts = [last_noun(parts[0]), *parts[1:]]
    if any(_VERB_START.fullmatch(part) for part in parts):
        return None
    return Share(tuple(parts), head)


def _kinds(parts: list[str], quantity: FoundQuantity, label: str) -> Share | None:
    """口袋公园、健身步道、充电桩等114处: far more things than kinds, so kinds are named and not the things themselves."""
    parts = [last_noun(parts[0]), *parts[1:]]
    if quantity.value <= 2 * len(parts) or any(part.endswith(organs.SUFFIXES) for part in parts):
        return None
    return Share(tuple(parts), "、".join(parts) if parts[-1].startswith(label) else label)


def _statuses(head: str, quantity: FoundQuantity) -> Share | None:
    """停产整改和正在整改3条 counts what is in either state."""
    parts = members_of(head)
    if len(parts) < 2 or quantity.unit not in _LISTED or not all(map(_STATUS.search, parts)):  # noqa: PLR2004
        return None
    return Share(tuple(parts), head)


def _counted(parts: list[str], quantity: FoundQuantity) -> Share | None:
    """制度、措施88项 counts both; 新建、改扩建学校32所 counts schools."""
    if quantity.unit not in _LISTED or "等" in parts[-1]:
        return None
    nouns: list[str] = []
    for part in reversed(parts):
        noun = last_noun(part)
        if not _COUNTED.search(noun):
            break
        nouns.insert(0, noun)
    return Share(tuple(nouns), "".join(nouns)) if len(nouns) > 1 else None
