"""办结表述: statements of completion are no stronger than the closure state of the items they speak of.

Guarantees
1. A clause speaks of the items whose titles stand in it, else in its sentence before it, else last in its paragraph, else in the heading above.
2. 完成整改 is for a closure as 完成整改; 取得阶段性成效 for any closure but 不再整改; 销号 for any closure; an item that relapsed is open again.
3. 反馈问题全部完成整改 is held against every item that the document may tell of; a counted number against how many are done.
4. Denials, plans and what is said of other things than problems are no statements (wording.py).
5. Where a document says less of an item than its state allows, and nowhere more, that is a hint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from rapidfuzz import fuzz, process

import gongwen
from zhenggai.bulletins.checks.mentions import mentions
from zhenggai.bulletins.checks.rule import Rule
from zhenggai.bulletins.checks.view import View, bare, short
from zhenggai.bulletins.checks.wording import MASK, Said, Strength, said
from zhenggai.bulletins.facts import Item, Place, Trouble
from zhenggai.bulletins.states import ParagraphRole, Severity
from zhenggai.ledger.handling.states import Grade, Review

STRONGER = Rule(
    "claim.stronger",
    "办结表述过强",
    Severity.ERROR,
    "A statement of completion is stronger than the closure state of the item.",
)
ALL = Rule(
    "claim.all",
    "称全部办结而未全部办结",
    Severity.ERROR,
    "All problems, or more than there are, are said to be done while some are not.",
)
WEAKER = Rule(
    "claim.weaker",
    "办结表述偏弱",
    Severity.HINT,
    "The document says less of an item than its closure state allows.",
)
RULES = (STRONGER, ALL, WEAKER)

_CLAUSE = re.compile(r"[^，。；：！？\t\n]+")
_QUOTED = re.compile(r"[“「]([^“”「」\n]{8,200})[”」]")
_ALL_OF = re.compile(r"反馈|指出|移交|交办|所有|全部|各项|各类|整改任务|整改问题|清单")
_STRONG_ALL = re.compile(
    r"(?:所有|全部|各项|各类|巡视|巡察|督察|审计|反馈的?)[^，。；]{0,12}(?:问题|任务|事项)"
)
_REFERS = re.compile(r"该|此|这一|上述|本项")
_LEVELS = (
    (1, re.compile(r"[一二三四五六七八九十]+、")),
    (2, re.compile(r"[（(][一二三四五六七八九十]+[）)]")),
    (3, re.compile(r"\d+[.．、]")),
    (4, re.compile(r"[（(]\d+[）)]")),
)
_UNNUMBERED, _RUNNING = 5, 9
_STATUSES: Mapping[str, Strength] = {
    "completed": Strength.DONE,
    "phased": Strength.PHASED,
    "ongoing": Strength.OPEN,
    "not_done": Strength.OPEN,
}
_NEAR_TITLE = 90
_CELL = 10
_BEHIND = 200
_NAMED = 5


@dataclass
class _Heading:
    level: int
    items: list[int]


@dataclass
class _Reading:
    """What is gathered while the paragraphs are gone through: headings open at a place, and the strongest statement about each item."""

    view: View
    headings: list[_Heading] = field(default_factory=list)
    strongest: dict[int, tuple[Strength, Place]] = field(default_factory=dict)
    told: set[tuple[int, int]] = field(default_factory=set)

    @cached_property
    def items(self) -> Sequence[Item]:
        return self.view.told

    @cached_property
    def mentioned(self) -> Mapping[int, list[tuple[int, int, int]]]:
        """By line: ``(start, end, item)`` in order; where titles overlap, the best and longest."""
        found: dict[int, list[tuple[int, int, int]]] = {}
        titles = [bare(item.title).text for item in self.items]
        taken: list[tuple[int, int]] = []
        every = mentions(self.view.bare_text, titles)
        for each in sorted(every, key=lambda m: (-m.score, m.start - m.end)):
            if any(start < each.end and each.start < end for start, end in taken):
                continue
            taken.append((each.start, each.end))
            for place in self.view.bare_places(each.start, each.end):
                found.setdefault(place.line, []).append((place.start, place.end, each.title))
        self._quoted(found, titles)
        for row in found.values():
            row.sort()
        return found

    def _quoted(self, found: dict[int, list[tuple[int, int, int]]], titles: Sequence[str]) -> None:
        """“…” that is part of just one title: headings shorten what is long."""
        for line, text in enumerate(self.view.lines):
            known = found.get(line, [])
            for match in _QUOTED.finditer(text):
                start, end = match.span(1)
                if any(a < end and start < b for a, b, _ in known):
                    continue
                words = bare(match[1]).text
                owners = [number for number, title in enumerate(titles) if len(words) >= 8 and words in title]  # noqa: PLR2004
                if len(owners) == 1:
                    found.setdefault(line, []).append((start, end, owners[0]))


def check_statements(view: View) -> Iterator[Trouble]:
    """Paragraph by paragraph, then the states that tables and labels give, then what is said too weakly."""
    if not view.told:
        return
    reading = _Reading(view)
    for line, text in enumerate(view.lines):
        _open_heading(reading, line, text)
        yield from _paragraph(reading, line, text)
    yield from _listed(reading)
    yield from _weaker(reading)


def _open_heading(reading: _Reading, line: int, text: str) -> None:
    """Headings and numbered lines begin a place; other paragraphs that name items are remembered until the next one."""
    items = [item for _, _, item in reading.mentioned.get(line, ())]
    role = reading.view.draft.lines[line].role
    stripped = text.lstrip()
    level = next((level for level, pattern in _LEVELS if pattern.match(stripped)), None)
    if role == ParagraphRole.HEADING or (items and _is_title(reading, line)):
        level = level or _UNNUMBERED
    if level is None or role in (ParagraphRole.ROW, ParagraphRole.TITLE):
        if items and role != ParagraphRole.ROW:
            reading.headings = [heading for heading in reading.headings if heading.level < _RUNNING]
            reading.headings.append(_Heading(_RUNNING, items))
        return
    reading.headings = [heading for heading in reading.headings if heading.level < level]
    reading.headings.append(_Heading(level, items))


def _is_title(reading: _Reading, line: int) -> bool:
    """Whether a paragraph is hardly more than the title of an item."""
    named = sum(end - start for start, end, _ in reading.mentioned[line])
    return named * 10 >= len(reading.view.lines[line]) * 7


def _paragraph(reading: _Reading, line: int, text: str) -> Iterator[Trouble]:
    named = reading.mentioned.get(line, [])
    masked = _masked(text, named)
    for start, sentence in reading.view.sentences(line):
        words = masked[start : start + len(sentence)]
        for match in _CLAUSE.finditer(words):
            found = said(match[0], words[: match.start()])
            if found is None:
                continue
            begin = start + match.start()
            place = reading.view.at(line, begin, begin + len(match[0]))
            spoken = _spoken_of(reading, named, start, begin, begin + len(match[0]), found)
            if spoken is None:
                yield from _over_all(reading, found, place, match[0])
            else:
                for item in spoken:
                    yield from _of_item(reading, item, found.strength, place)


def _masked(text: str, named: Sequence[tuple[int, int, int]]) -> str:
    parts, at = [], 0
    for start, end, _ in named:
        if start >= at:
            parts += [text[at:start], MASK * (end - start)]
            at = end
    return "".join([*parts, text[at:]])


def _spoken_of(
    reading: _Reading, named: Sequence[tuple[int, int, int]], sentence: int, start: int, end: int, found: Said
) -> list[int] | None:
    """The items that a clause speaks of; none where it is not known, None where it speaks of all."""
    inside = [item for a, b, item in named if a < end and start < b]
    before = [(a, item) for a, _, item in named if a < start]
    in_sentence = [item for a, item in before if a >= sentence]
    if inside or in_sentence:
        if found.count is not None and found.count != len(set(in_sentence + inside)):
            return None if found.wholly else []
        return list(dict.fromkeys(in_sentence + inside if found.wholly else inside or in_sentence[-1:]))
    if _STRONG_ALL.search(found.subject) or found.count is not None:
        return None if found.wholly or found.count is None else []
    if before:
        return [before[-1][1]]
    return _from_headings(reading, found)


def _from_headings(reading: _Reading, found: Said) -> list[int] | None:
    for heading in reversed(reading.headings):
        if heading.items and (heading.level < _RUNNING or _REFERS.search(found.subject)):
            return heading.items if found.wholly or len(heading.items) == 1 else []
    deepest = max((heading.level for heading in reading.headings if heading.level < _RUNNING), default=0)
    over_all = found.wholly and (deepest <= 1 or _ALL_OF.search(found.subject))
    return None if over_all and found.subject else []


def _of_item(reading: _Reading, number: int, strength: Strength, place: Place) -> Iterator[Trouble]:
    item = reading.items[number]
    known = reading.strongest.get(number)
    if known is None or strength > known[0]:
        reading.strongest[number] = (strength, place)
    if strength <= _allowed(item) or (strength == Strength.CLOSED and item.review == Review.CLOSED):
        return
    if (number, place.line) in reading.told:
        return
    reading.told.add((number, place.line))
    text = reading.view.lines[place.line][place.start : place.end].strip()
    yield STRONGER.at(
        place,
        f"文中说第{item.number}号问题“{short(item.title)}”“{short(text, 40)}”，而{_state(item)}。",
        "请按销号等次改写这一表述，或先办理销号。",
    )


def _allowed(item: Item) -> Strength:
    """The strongest that may be said of an item."""
    if item.review != Review.CLOSED or item.grade is None:
        return Strength.OPEN
    return {Grade.DONE: Strength.DONE, Grade.PHASED: Strength.PHASED, Grade.INFEASIBLE: Strength.OPEN}[
        item.grade
    ]


def _state(item: Item) -> str:
    if item.review == Review.CLOSED and item.grade is not None:
        return f"该问题销号等次为“{item.grade.label}”"
    if item.cycle > 1:
        return f"该问题复发后已另立第{item.cycle}轮，尚未销号"
    return f"该问题尚未销号，审核情况为“{item.review.label}”"


def _over_all(reading: _Reading, found: Said, place: Place, words: str) -> Iterator[Trouble]:
    short_of = [
        item
        for item in reading.items
        if found.strength > _allowed(item)
        and not (found.strength == Strength.CLOSED and item.review == Review.CLOSED)
    ]
    fit = len(reading.items) - len(short_of)
    if not short_of or (found.count is not None and found.count <= fit) or found.strength == Strength.OPEN:
        return
    listed = "、".join(str(item.number) for item in short_of[:_NAMED])
    more = "等" if len(short_of) > _NAMED else ""
    yield ALL.at(
        place,
        f"文中说“{short(words.replace(MASK, '…'), 40)}”，而第{listed}号{more}{len(short_of)}个问题达不到这一表述：{_state(short_of[0])}。",
        "请按各销号等次分别写明个数，或先办理销号。",
    )


def _listed(reading: _Reading) -> Iterator[Trouble]:
    """States that the library read from rows and labels of a list."""
    statuses = [finding for finding in reading.view.draft.reading.findings if finding.status_class]
    if not statuses:
        return
    titles = [bare(item.title).text for item in reading.items]
    exact = {title: number for number, title in reversed(list(enumerate(titles)))}
    for finding in statuses:
        title = bare(finding.title).text
        number = exact.get(title)
        if number is None:
            near = process.extractOne(title, titles, scorer=fuzz.ratio, score_cutoff=_NEAR_TITLE)
            number = near[2] if near else None
        strength = _status(finding)
        if number is not None and strength is not None:
            place = reading.view.place(_status_span(reading.view, finding))
            yield from _of_item(reading, number, strength, place) if place else ()


def _status(finding: gongwen.Finding) -> Strength | None:
    """A status as a cell or a label has it; a whole clause is read like any other."""
    words = finding.status or ""
    found = said(words)
    if found:
        return found.strength
    if finding.status_class is None or len(words) > _CELL:
        return None
    return Strength.CLOSED if "销号" in words else _STATUSES[finding.status_class]


def _status_span(view: View, finding: gongwen.Finding) -> tuple[int, int]:
    """Where the status stands behind the title of its problem; the problem's own place where it is not found."""
    at = view.draft.text.find(finding.status or "", finding.span.start, finding.span.end + _BEHIND)
    return (at, at + len(finding.status)) if finding.status and at >= 0 else finding.span


def _weaker(reading: _Reading) -> Iterator[Trouble]:
    for number, (strength, place) in sorted(reading.strongest.items()):
        item = reading.items[number]
        if strength < _allowed(item) and strength != Strength.CLOSED:
            yield WEAKER.at(
                place,
                f"第{item.number}号问题“{short(item.title)}”{_state(item).removeprefix('该问题')}，文中的表述比这更弱。",
                "如无他意，可按销号等次写明。",
            )
