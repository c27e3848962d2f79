"""分行与分段: which lines of the source belong together.

PDF text breaks lines in mid-word and even leaves blank lines inside sentences; a page from the web has one
paragraph a line.

Guarantees
1. Every line that holds anything belongs to exactly one paragraph, in the order of the source.
2. Lines are joined only where a setter would have had to break: the next word no longer fitted, or a clause
   stands open.
3. A heading, an item, a label, a table row, a date line and a web page's own lines begin a paragraph.
4. Work is linear in the number of lines: each line is compared with its neighbours only.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from gongwen.reading.tables import debris, numbering, organs
from gongwen.reading.tables.characters import ASCII_STOP, READ_AS
from gongwen.reading.tables.labels import ROLE_OF_LABEL

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_CHINESE = numbering.CHINESE
_HEADING_START = re.compile("|".join(f"(?:{pattern})" for _, pattern in numbering.HEADING_STYLES))
# …。（三）着力解决“…”的问题: the paragraph's end was lost, the heading's own words still tell it.
_RUN_ON_HEADING = re.compile(
    rf"(?<=[。！”])\s*(?=（[{_CHINESE}]{{1,3}}）\s*(?:着力解决|关于|针对|聚焦)\s*[“‘\"])"
)
_ITEM_START = re.compile(rf"{numbering.IS_STYLE}|[{numbering.CIRCLED}]")
_DATE_LINE = re.compile(
    r"[（(]?[\d〇零一二三四五六七八九十]{4}年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日[）)]?"
)
_LABEL_START = re.compile(r"([\u4e00-\u9fff（）]{2,14})[：:]")
_DATE_OPEN = re.compile(r"(?<=\d)[年月至]$")
_DATE_REST = re.compile(r"\d{1,2}[月日]|\d{1,6}[个项家户处件名人次条]|[上中下]旬|底")
_MARKDOWN_HEADING = re.compile(r"#{1,6}\s*(?=[^#\s])")
_SET_HEADING = re.compile(r"#{1,6} \s*[^#\s]")  # with its blank it is no #1机组
_MARKDOWN_BULLET = re.compile(r"(?:[-*+]|>)\s+")
_MARKDOWN_RULE = re.compile(r"[|:\s-]*-{3}[|:\s-]*|[*_=]{3,}")
_MARKS_AT_END = re.compile(r"(?:[*`]|__|~~)+$")
_TERMINAL = "。！？；：!?;:…"
_CLOSING = "”’）)》】"

# A document counts as hard-wrapped when this share of its long lines stops in mid-sentence at an even width.
_WRAPPED_SHARE = 0.4
_LONG_LINE = 24
# Or when so many lines reach the greatest width, give or take a character, and each of them in mid-sentence.
_EDGE_LINES, _EDGE_SLACK = 3, 2
# So much of a line is read for its marker.
_HEAD = 40
# A short text must show the habit more clearly.
_FEW_LINES, _FEW_SHARE = 7, 0.6
# A line this full (of the local width) that stands open goes on even if another word would have fitted.
_OPEN_FULLNESS = 0.62
_WIDTH_WINDOW = 12
# The first line of a paragraph is set in by two characters (首行缩进), which text extraction drops.
_FIRST_LINE_INDENT = 4
# Half-width figures leave a line so much short or long.
_SLACK = 1
# Where the blanks are kept, a line set in further than the one above begins a paragraph.
_INDENTED = 2


@dataclass(frozen=True, slots=True)
class Line:
    """行: one printed line; `start`, `end` are its place in the source without blanks at its ends.

    `head` is its beginning without blanks and in usual shapes, as the patterns read it: (1) is （1）.
    """

    start: int
    end: int
    text: str
    head: str
    indent: int
    blank_before: bool
    width: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """段: lines that make one paragraph, heading or table row."""

    lines: tuple[Line, ...]
    is_row: bool = False
    markdown_level: int = 0

    @property
    def text(self) -> str:
        """The paragraph without any white space, in the source's own characters."""
        return "".join("".join(line.text.split()) for line in self.lines)


def split_lines(source: str) -> list[Line]:
    """所有非空行. Page numbers between lines are left out: they are no part of the text."""
    lines: list[Line] = []
    blank = False
    previous_end = tabs_above = 0
    for match in _LINE.finditer(source):
        blank = blank or _is_gap(source, previous_end, match.start())
        previous_end = match.end()
        raw = match.group()
        text = raw.strip(_STRIP)
        tabs = raw.count("\t")
        if "\t" in text or (text and tabs and tabs == tabs_above):
            # The first cell of a row may be empty, or all but one, as in the row above with its cells.
            text = raw.strip(_STRIP.replace("\t", ""))
        tabs_above = text.count("\t")
        if not _MARKS_AT_END.sub("", text) or _MARKDOWN_RULE.fullmatch(text):
            blank = True
            continue
        if debris.PAGE_NUMBER.fullmatch(text):
            continue
        lines += _parted(_line(raw, text, match.start(), blank))
        blank = False
    return lines


def _parted(line: Line) -> list[Line]:
    """A line in which the next heading was run on behind a sentence: both parts reach to the line's own edge."""
    lines = []
    start = 0
    for heading in _RUN_ON_HEADING.finditer(line.text):
        lines.append(_part(line, start, heading.start()))
        start = heading.end()
    return [*lines, _part(line, start, len(line.text))] if start else [line]


def _part(line: Line, start: int, end: int) -> Line:
    blank = line.blank_before and start == 0
    text = line.text[start:end]
    return Line(line.start + start, line.start + end, text, _head(text), line.indent, blank, line.width)


_STRIP = (
    " \t\u3000\u00a0\u200b\u200c\u200d\u2060\ufeff"
    + "".join(chr(c) for c in range(0x2000, 0x200B))
    + "\x1c\x1d\x1e\x1f"
)


def _is_gap(source: str, start: int, end: int) -> bool:
    """Whether more than one line end stands between two lines (CR LF is one)."""
    between = source[start:end]
    return len(between) - between.count("\r\n") > 1


def _line(raw: str, text: str, offset: int, blank: bool) -> Line:  # noqa: FBT001
    lead = raw.index(text)
    start = offset + lead
    return Line(
        start, start + len(text), text, _head(text), display_width(raw[:lead]), blank, display_width(text)
    )


def _head(text: str) -> str:
    return "".join(text[:_HEAD].split()).translate(READ_AS)


def display_width(text: str) -> int:
    """显示宽度: a Chinese character takes two columns; half of its extra UTF-8 bytes tells it without a loop."""
    return (len(text.encode("utf-8", "surrogatepass")) + len(text)) // 2


def paragraphs(lines: list[Line]) -> list[Paragraph]:
    """合并为段落."""
    widths = _local_widths(lines) if _is_wrapped(lines) else None
    groups: list[list[Line]] = []
    for index, line in enumerate(lines):
        width = widths[index - 1] if widths and index else 0
        if groups and not _begins(groups[-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    return _with_titles_joined([_paragraph(group) for group in groups])


def as_given(lines: list[Line]) -> list[Paragraph]:
    """Each line is a paragraph, as in a document whose paragraphs are known (no page broke it)."""
    return [_paragraph([line]) for line in lines]


def _paragraph(group: list[Line]) -> Paragraph:
    first = group[0].text
    heading = _MARKDOWN_HEADING.match(first)
    return Paragraph(
        tuple(group),
        is_row=is_row(first),
        markdown_level=first.count("#", 0, heading.end()) if heading else 0,
    )


def is_row(text: str) -> bool:
    """表格行: cells parted by tabs, or a Markdown row."""
    if "\t" in text:
        return "\t" in text.rstrip("\t |")  # a single cell is text
    return text.startswith("|") and text.count("|") > 1


def _is_wrapped(lines: list[Line]) -> bool:
    """硬换行判断: most long lines stop in mid-sentence, and at about the same width."""
    long = [line for line in lines if line.width >= _LONG_LINE and not is_row(line.text)]
    if len(long) < 3:  # noqa: PLR2004  (too few to tell a habit)
        return False
    widest = sorted(line.width for line in long)[len(long) * 3 // 4]
    share, tolerance = (_WRAPPED_SHARE, 8) if len(long) >= _FEW_LINES else (_FEW_SHARE, 4)
    open_lines = sum(
        _stands_open(line.text) and (line.width >= widest - tolerance or not _HEADING_START.match(line.head))
        for line in long
    )
    even = sum(abs(line.width - widest) <= tolerance for line in long)
    return (open_lines >= share * len(long) and even >= share * len(long)) or _has_an_edge(long)


def _has_an_edge(long: list[Line]) -> bool:
    """Where paragraphs are short few lines are broken; those all stop in mid-sentence at the greatest width there is."""
    edge = max(line.width for line in long) - _EDGE_SLACK
    at_edge = [_stands_open(line.text) for line in long if line.width >= edge]
    return sum(at_edge) >= _EDGE_LINES and all(at_edge)


def _local_widths(lines: list[Line]) -> list[int]:
    """栏宽: the set width around each line; columns and pages differ, so neighbours decide."""
    result: list[int] = []
    for start in range(0, len(lines), _WIDTH_WINDOW):
        window = lines[max(0, start - _WIDTH_WINDOW // 2) : start + _WIDTH_WINDOW * 3 // 2]
        ordered = sorted(line.width for line in window if not is_row(line.text)) or [0]
        result += [ordered[len(ordered) * 7 // 10]] * min(_WIDTH_WINDOW, len(lines) - start)
    return result


def _begins(group: list[Line], line: Line, width: int) -> bool:
    """Whether `line` begins a new paragraph after the lines of `group`; `width` 0 means: not hard-wrapped."""
    last = group[-1]
    if is_row(line.text) or is_row(last.text) or _SET_HEADING.match(line.text):
        return True
    if _MARKDOWN_HEADING.match(line.text) or _MARKDOWN_HEADING.match(last.text):
        return not _breaks_in_mid_clause(last, line)
    is_open = _stands_open(last.text)
    if not width:
        return not _breaks_in_mid_clause(last, line)
    if (line.indent > last.indent and line.indent >= _INDENTED) or _ends_title(group, line):
        return True
    full = _is_full(last, line, width - (_FIRST_LINE_INDENT if len(group) == 1 else 0))
    mid_sentence = is_open and full and not line.blank_before and not _is_bare_heading(group)
    if _is_structural(line, mid_sentence=mid_sentence) and not (full and _continues_numbers(group, line)):
        return True
    if not is_open:
        return line.blank_before or not full
    if _is_bare_heading(group) and _is_whole_heading(last.text) and _opens_paragraph(line, width):
        return True
    if _is_bare_heading(group) or _is_loose(group):
        return not full or (line.blank_before and last.text[-1] not in "，、,")
    return last.width < _OPEN_FULLNESS * width and not full


def _breaks_in_mid_clause(last: Line, line: Line) -> bool:
    """Without hard wraps a line goes on only where no sentence can end: after ，、 or an opening mark."""
    end = _MARKS_AT_END.sub("", last.text)[-1:]
    if end in tuple("“‘（《"):
        return True  # nothing ends in an opening mark, whatever the next line looks like
    if _is_structural(line, mid_sentence=False) or line.indent > last.indent:
        return False
    return (
        end in tuple("，、") or _parts_a_number(last.text, line.text) or _parts_a_name(last.text, line.text)
    )


def _parts_a_number(above: str, below: str) -> bool:
    """A figure at the end of a line and its unit on the next (6 / 月), a date (2025年 / 6月5日) or a range (14至 / 19户)."""
    if above[-1].isdigit():
        return below[0] in "年月日号%％万亿余个项家户处件名人次条"
    return bool(_DATE_OPEN.search(above) and _DATE_REST.match(below))


def _parts_a_name(above: str, below: str) -> bool:
    """An opened 《 or “ that the next line closes."""
    return any(
        above.rfind(opening) > above.rfind(closing)
        and 0 <= below.find(closing) < (below + opening).find(opening)
        for opening, closing in ("《》", "“”")
    )


def _is_full(last: Line, line: Line, width: int) -> bool:
    """Whether the next word would not have fitted on the line: a character with its marks, or a run of figures."""
    word = re.match(r"[A-Za-z0-9.%]+|[“‘（《【]*.[，。、；：”’）》】]*", line.text)
    return last.width + display_width(word.group() if word else "") > width - 1


def _stands_open(text: str) -> bool:
    """Whether a sentence is still going on at the end of this line."""
    end = text.rstrip(_CLOSING)
    return not end or (end[-1] not in _TERMINAL and not ASCII_STOP.search(text, max(0, len(text) - 2)))


def _is_structural(line: Line, *, mid_sentence: bool) -> bool:
    """Whether the line's beginning alone makes it a new paragraph."""
    text = line.text
    if _DATE_LINE.fullmatch(line.head) or debris.is_debris(text):
        return True
    label = _LABEL_START.match(line.head)
    if label and (label[1] in ROLE_OF_LABEL or label[1] in ("附件", "说明", "注", "备注")):
        return True
    if mid_sentence:
        return False
    return bool(
        _HEADING_START.match(line.head) or _ITEM_START.match(line.head) or _MARKDOWN_BULLET.match(text)
    )


def _is_bare_heading(group: list[Line]) -> bool:
    """A numbered heading that has not reached a full stop: 一、… over two lines."""
    return bool(_HEADING_START.match(group[0].head)) and not any("。" in line.text for line in group)


def _is_whole_heading(text: str) -> bool:
    """Whether a heading's line ends as headings do, with every quotation closed."""
    return bool(_HEADING_END.search(text)) and all(text.count(a) == text.count(b) for a, b in ("“”", "《》"))


def _opens_paragraph(line: Line, width: int) -> bool:
    """Below a heading that fills its line: a line that goes on and is short by just the indent begins the text."""
    short = width - line.width - _FIRST_LINE_INDENT
    return abs(short) <= _SLACK and _stands_open(line.text)


def _is_loose(group: list[Line]) -> bool:
    """A line that is no running text: a title, an issuer, a date."""
    return len(group) == 1 and not re.search("[，。；,;]", group[0].text)


def _continues_numbers(group: list[Line], line: Line) -> bool:
    """（2） or 2、 at the start of a line goes on when （1） or 1、 stands inside the same paragraph, not at its beginning."""
    number = re.match(r"（(?P<b>\d{1,2})）|(?P<p>\d{1,2})(?:、|[.．](?!\d))", line.head)
    own = int((number["b"] or number["p"]) if number else 0)
    if not number or line.blank_before or own < 2:  # noqa: PLR2004  (the first goes on from nothing)
        return False
    text = "".join(each.text for each in group[-_WIDTH_WINDOW:])
    above = rf"[（(]{own - 1}[）)]" if number["b"] else rf"(?<![\d.]){own - 1}[、.．]"
    before = re.search(above, text)
    return bool(before and before.start() > 0)


def _ends_title(group: list[Line], line: Line) -> bool:
    """Whether the lines so far make a whole title, so that the next one begins the text."""
    if (
        len(group) > _TITLE_LINES
        or line.text[0] == "的"
        or re.search("[，。；：]", group[0].text)
        or _HEADING_START.match(group[0].head)
    ):
        return False
    title = "".join("".join(each.text.split()) for each in group)
    if re.search("[，。；,;]", title) or not _TITLE_END.search(title):
        return False
    return bool(_TITLE_WHOLE.match(title) or _OPENING.match(line.head))


_HEADING_END = re.compile("(?:的问题|整改|情况|方面|落实|任务|成果|成效|打算|安排|责任|体系|机制|措施)$")

# ---- titles over several lines ----

_TITLE_END = re.compile(
    r"(?:通报|公告|公示|报告|通知|意见|清单|台账|情况|方案|一览表|汇总表|进展|表)(?:（[^（）]{1,12}）)?$"
)
_TITLE_WHOLE = re.compile(
    r"^.{2,}关于.+(?:通报|公告|公示|报告|通知|意见|清单|台账|情况|方案|表)(?:（[^（）]{1,12}）)?$"
)
_TITLE_LINES = 4
# A line that cannot be a title of its own: what is above it is not whole, though it may look so.
_TITLE_REST = re.compile("(?:集中)?整改|落实|进展|情况|的|反馈")
# Above a blank line only an issuer or 关于… is still part of a title.
_TITLE_SUBJECT = re.compile("关于|贯彻|落实|整改|巡视|巡察|督察|审计")
_TITLE_BEGIN = re.compile(rf"^(?:中共|关于)|(?:{'|'.join(organs.SUFFIXES)})$")
# How the text below a title begins
_OPENING = re.compile(r"根据|按照|近日|为(?:了|深入|认真|切实|全面)|现将|[12]\d{3}年|各|[—-]{2}")


def _with_titles_joined(result: list[Paragraph]) -> list[Paragraph]:
    """Join a title set over several short lines; its last line ends like a title, those above are no sentences."""
    joined: list[Paragraph] = []
    for paragraph in result:
        while _continues_title(joined, paragraph):
            paragraph = Paragraph(joined.pop().lines + paragraph.lines)  # noqa: PLW2901
        joined.append(paragraph)
    return joined


def _continues_title(above: list[Paragraph], paragraph: Paragraph) -> bool:
    if not above or paragraph.is_row or len(paragraph.lines) > _TITLE_LINES:
        return False
    text, before = paragraph.text, above[-1]
    if _HEADING_START.match(paragraph.lines[0].head):
        return False
    if paragraph.lines[0].blank_before and not (_TITLE_BEGIN.search(before.text) or _breaks_off(above)):
        return False
    if not _TITLE_END.search(text) or _TITLE_WHOLE.match(text) or "。" in text or len(text) > 60:  # noqa: PLR2004
        return False
    return _may_open_title(before) or bool(_TITLE_REST.match(text) and _TITLE_WHOLE.match(before.text))


def _breaks_off(above: list[Paragraph]) -> bool:
    """Whether the first line of a document stops in the middle of a title: of what was inspected, and no end yet."""
    text = above[0].text
    return (
        len(above) == 1
        and bool(_TITLE_SUBJECT.search(text))
        and not _TITLE_END.search(text)
        and "，" not in text
    )


def _may_open_title(paragraph: Paragraph) -> bool:
    text = paragraph.text
    if (
        paragraph.is_row
        or len(paragraph.lines) > _TITLE_LINES
        or re.search("[。；：:！？]|^附件", text)
        or debris.is_debris(text)
    ):
        return False
    return not (
        _HEADING_START.match(paragraph.lines[0].head)
        or _DATE_LINE.fullmatch(text)
        or _TITLE_WHOLE.match(text)
        or paragraph.markdown_level
    )
