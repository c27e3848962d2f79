"""层次: numbered headings, their nesting and the paths that lead to every place of the text.

Guarantees
1. A heading stands at the beginning of a paragraph in one of the styles of `tables.numbering`; levels may be
   skipped.
2. A title ends at the end of its paragraph or, run in, at the first 。 outside quotation marks.
3. 一是… and table rows are no headings; notes (说明：1.…) and steps of a measures block are none either.
4. Contact and signature end every open heading; headings inside a table end with it.
5. The work is one pass over the paragraphs.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from gongwen.models import Section
from gongwen.reading.clean import Text
from gongwen.reading.fields import MEASURE_ROLES, role_at
from gongwen.reading.frame import Frame
from gongwen.reading.numerals import chinese_value
from gongwen.reading.problems import fails, is_run_in, states_deficiency, tells_measure, unwrapped
from gongwen.reading.tables.numbering import HEADING_STYLES, PATH_TRIM

_STYLES = tuple((level, re.compile(pattern)) for level, pattern in HEADING_STYLES)
_NOTE = re.compile(r"(?:说明|注|备注|附注|附件)[：:]")
_STEP_LEVEL = 3
_LONG_TITLE = 40
_SENTENCE_SIGNS = re.compile("[。“”‘’]")


@dataclass(slots=True)
class Heading:
    """标题 in flat positions; `end` is where its section ends, `body` where its title does; `measure` names one below a problem."""

    number: str
    level: int
    start: int
    title_start: int
    body: int
    piece: int
    parent: int | None
    in_table: bool = False
    measure: bool = False
    end: int = 0
    children: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Outline:
    """All headings in order, with lookups by place."""

    text: Text
    headings: list[Heading]
    starts: list[int] = field(default_factory=list)

    def path(self, index: int | None) -> str:
        """二（一）1: the numbers of the heading and those above it."""
        numbers: list[str] = []
        while index is not None:
            heading = self.headings[index]
            numbers.append(heading.number.strip(PATH_TRIM))
            index = heading.parent
        return "".join(reversed(numbers))

    def title(self, index: int) -> str:
        """The title as it is read (flat), without its number."""
        heading = self.headings[index]
        return self.text.flat[heading.title_start : heading.body].rstrip("。")

    def ancestors(self, index: int) -> list[int]:
        """The headings above, nearest first."""
        result: list[int] = []
        parent = self.headings[index].parent
        while parent is not None:
            result.append(parent)
            parent = self.headings[parent].parent
        return result

    def enclosing(self, position: int) -> int | None:
        """The innermost heading that holds a position."""
        index = bisect_right(self._starts(), position) - 1
        while index >= 0 and self.headings[index].end <= position:
            parent = self.headings[index].parent
            index = -1 if parent is None else parent
        return index if index >= 0 else None

    def _starts(self) -> list[int]:
        if len(self.starts) != len(self.headings):
            self.starts = [heading.start for heading in self.headings]
        return self.starts

    def sections(self) -> tuple[Section, ...]:
        """The tree of `Section` results."""
        return tuple(self._section(i) for i, heading in enumerate(self.headings) if heading.parent is None)

    def _section(self, index: int) -> Section:
        heading, text = self.headings[index], self.text
        title = text.words(heading.title_start, heading.body).rstrip("。.")
        number = text.words(heading.start, heading.title_start)
        children = tuple(self._section(child) for child in heading.children)
        return Section(number, max(1, heading.level), title, text.span(heading.start, heading.end), children)


@dataclass(frozen=True, slots=True)
class Places:
    """路径表: which path a flat position belongs to."""

    starts: tuple[int, ...]
    paths: tuple[str, ...]

    def path_at(self, position: int) -> str:
        """The path of the innermost heading, row or measure that holds the position."""
        index = bisect_right(self.starts, position) - 1
        return self.paths[index] if index >= 0 else ""


def places(regions: list[tuple[int, int, str]]) -> Places:
    """Paths of nested regions `(start, end, path)`: the innermost wins; outside all of them the path is empty."""
    marks: list[tuple[int, str]] = []
    stack: list[tuple[int, str]] = []
    for start, end, path in sorted(regions, key=lambda r: (r[0], -r[1])):
        while stack and stack[-1][0] <= start:
            closed = stack.pop()[0]
            marks.append((closed, stack[-1][1] if stack else ""))
        marks.append((start, path))
        stack.append((end, path))
    while stack:
        closed = stack.pop()[0]
        marks.append((closed, stack[-1][1] if stack else ""))
    return Places(tuple(position for position, _ in marks), tuple(path for _, path in marks))


def read_outline(text: Text, frame: Frame) -> Outline:
    """Build the tree of headings."""
    builder = _Builder(text, frame)
    for number in range(len(text.pieces)):
        builder.take(number)
    builder.close_all(builder.last_end)
    return Outline(text, builder.headings)


def title_end(flat: str, start: int, end: int) -> int:
    """Where a heading's title ends: behind the first 。 outside quotation marks, else at the paragraph's end."""
    depth = 0
    for sign in _SENTENCE_SIGNS.finditer(flat, start, end):
        if sign.group() in "“‘":
            depth += 1
        elif sign.group() in "”’":
            depth = max(0, depth - 1)
        elif depth == 0:
            return sign.end()
    return end


class _Builder:
    """State of the pass: the open headings and what kind of block we are in."""

    def __init__(self, text: Text, frame: Frame) -> None:
        self.text, self.frame = text, frame
        self.headings: list[Heading] = []
        self.open: list[int] = []
        self.last_end = 0
        self.in_note = False
        self.in_measures = False
        self.last_step = 0
        self.measure_level = self.last_measure = 0
        self.next_is_measure = False
        self.seen_row = False

    def take(self, number: int) -> None:
        role = self.frame.roles.get(number)
        if role in ("contact", "signature"):
            self.close_all(self.last_end)
        if role is not None:
            return
        piece = self.text.pieces[number]
        self._note_table(number)
        styled = self._style(number)
        if styled and self._is_heading(number, *styled):
            self._open_heading(number, *styled)
        self._note_labels(number)
        self.last_end = piece.end

    def close_all(self, end: int) -> None:
        """End every open heading; `end` is the end of the last body paragraph."""
        while self.open:
            self.headings[self.open.pop()].end = end

    def _style(self, number: int) -> tuple[int, int] | None:
        """Level and end of the number at the start of a paragraph, `None` if it has no number."""
        piece = self.text.pieces[number]
        if piece.is_row and not self._is_heading_row(number):
            return None
        for level, pattern in _STYLES:
            match = pattern.match(self.text.flat, piece.start, piece.end)
            if match and match.end() < piece.end:
                return level, match.end()
        return None

    def _is_heading_row(self, number: int) -> bool:
        """A table row whose only cell is a heading of chapter or area level."""
        piece = self.text.pieces[number]
        words = self.text.flat[piece.start : piece.end].strip("\t")
        return "\t" not in words and any(
            pattern.match(words) for level, pattern in _STYLES if level < _STEP_LEVEL
        )

    def _is_heading(self, number: int, level: int, number_end: int) -> bool:
        if level < _STEP_LEVEL:
            self.in_note = self.in_measures = False
            return True
        if self.in_note:
            return False
        return not (self._is_measure(number, level, number_end) or self._is_step(number, level, number_end))

    def _is_measure(self, number: int, level: int, number_end: int) -> bool:
        """Whether a numbered paragraph right below a problem tells a measure (1.关于“P”的问题, then （1）压降债务42亿元。)."""
        piece, flat = self.text.pieces[number], self.text.flat
        value = _value(flat[piece.start : number_end])
        if self.in_measures or any(heading.level == level for heading in self._open_headings()):
            return False
        title = flat[number_end : title_end(flat, number_end, piece.end)].rstrip("。")
        goes_on = (level, value) == (self.measure_level, self.last_measure + 1) and not unwrapped(title)
        if not goes_on:
            paragraph = flat[number_end : piece.end]
            if value != 1 or not self._below_problem() or not tells_measure(paragraph, title):
                return False
        self.next_is_measure = is_run_in(flat[number_end : piece.end], title)
        if not self.next_is_measure:
            self.measure_level, self.last_measure = level, value
        return not self.next_is_measure

    def _below_problem(self) -> bool:
        """Whether the innermost open heading states a problem itself."""
        if not self.open:
            return False
        heading = self.headings[self.open[-1]]
        title = self.text.flat[heading.title_start : heading.body].rstrip("。")
        if unwrapped(title) is not None or heading.parent is None:
            return unwrapped(title) is not None
        return fails(title) or (
            "问题" not in title and states_deficiency(title) and self._in_chapter_of_problems()
        )

    def _in_chapter_of_problems(self) -> bool:
        """Whether the chapter says that problems stand in it (二、反馈问题整改情况)."""
        chapter = self.headings[self.open[0]]
        return "问题" in self.text.flat[chapter.title_start : chapter.body]

    def _is_step(self, number: int, level: int, number_end: int) -> bool:
        """Whether a numbered paragraph behind 整改措施： is one of its steps rather than the next heading."""
        if not self.in_measures:
            return False
        piece = self.text.pieces[number]
        value = _value(self.text.flat[piece.start : number_end])
        follows_heading = any(
            h.level == level and _value(h.number) == value - 1 for h in self._open_headings()
        )
        if value == self.last_step + 1 and not (follows_heading and self._looks_like_heading(number)):
            self.last_step = value
            return True
        self.in_measures = False
        return False

    def _looks_like_heading(self, number: int) -> bool:
        """Short, without the end of a sentence, and followed by a label or by text."""
        piece = self.text.pieces[number]
        words = self.text.flat[piece.start : piece.end]
        return self.last_step == 0 or (len(words) <= _LONG_TITLE and words[-1] not in "。；")

    def _open_headings(self) -> list[Heading]:
        return [self.headings[i] for i in self.open]

    def _open_heading(self, number: int, level: int, number_end: int) -> None:
        piece, flat = self.text.pieces[number], self.text.flat
        while self.open and self.headings[self.open[-1]].level >= level:
            self.headings[self.open.pop()].end = self.last_end
        parent = self.open[-1] if self.open else None
        end = _strip_tabs(flat, piece.start, piece.end)
        body = title_end(flat, number_end, end)
        index = len(self.headings)
        words = flat[piece.start : number_end]
        in_table = self.seen_row and self._row_follows(number)
        heading = Heading(words, level, piece.start, number_end, body, number, parent, in_table)
        heading.measure = self._tells_measure(heading)
        self.headings.append(heading)
        if parent is not None:
            self.headings[parent].children.append(index)
        self.open.append(index)
        self.in_measures, self.last_step = False, 0
        self.measure_level = self.last_measure = 0

    def _tells_measure(self, heading: Heading) -> bool:
        """Whether a heading names a measure: the first below a problem that reads so, and its sisters after it."""
        first, self.next_is_measure = self.next_is_measure, False
        sisters = self.headings[heading.parent].children if heading.parent is not None else []
        title = self.text.flat[heading.title_start : heading.body].rstrip("。")
        return first or bool(sisters and self.headings[sisters[-1]].measure and not unwrapped(title))

    def _row_follows(self, number: int) -> bool:
        pieces = self.text.pieces
        return pieces[number].is_row or (number + 1 < len(pieces) and pieces[number + 1].is_row)

    def _note_table(self, number: int) -> None:
        """A paragraph behind a table ends the headings that stood inside it."""
        piece = self.text.pieces[number]
        if piece.is_row:
            self.seen_row = True
        elif self.seen_row and not (self._style(number) and self._row_follows(number)):
            self.seen_row = False
            while self.open and self.headings[self.open[-1]].in_table:
                self.headings[self.open.pop()].end = self.last_end

    def _note_labels(self, number: int) -> None:
        piece, flat = self.text.pieces[number], self.text.flat
        if _NOTE.match(flat, piece.start):
            self.in_note = True
        role = role_at(flat, piece.start)
        if role:
            self.in_measures, self.last_step = role in MEASURE_ROLES, 0


def _strip_tabs(flat: str, start: int, end: int) -> int:
    while end > start and flat[end - 1] == "\t":
        end -= 1
    return end


def _value(number: str) -> int:
    """The ordinal value of a heading's number; 0 if it has none."""
    digits = "".join(c for c in number if c.isdigit())
    if digits.isascii() and digits:
        return int(digits)
    return chinese_value("".join(c for c in number if c in "一二三四五六七八九十百")) or 0
