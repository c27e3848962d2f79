"""序号核对 (numbering.jump): headings or steps that skip or repeat a number.

Guarantees
1. Compared are neighbours of one way of numbering: headings under one heading, 一是…二是… and （1）（2） up to the next heading or within a row.
2. A skip and a repetition are warnings; a list that begins anew at 1, inside another or after it, is a list of its own.
3. Silent on lists whose beginning was not seen, and on numbers that cannot be read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gongwen.checks.view import View, remark
from gongwen.models import Block, Remark, Section, Span

CODE = "numbering.jump"
_DIGITS = {c: n for n, c in enumerate("零一二三四五六七八九")}
_CORE = re.compile(r"[\d０-９]{1,3}|[一二三四五六七八九十]{1,3}|[①-⑳]")
_IS = re.compile(r"(?<![^。；：，、”）》！？\s])(?P<core>[一二三四五六七八九十]{1,3})是(?!否)")
_BRACKETED = re.compile(r"(?<![^。；：！？\s])[（(](?P<core>[\d０-９]{1,2})[）)]")
_QUOTED = 14


def check_numbering(view: View) -> Iterator[Remark]:
    """Headings by level, then 一是…二是… and （1）（2） of text and rows."""
    yield from _sections(view.bulletin.sections)
    words, figures = _Lists(), _Lists()
    for block in view.bulletin.blocks:
        if block.role == "row":
            yield from _steps(block, _BRACKETED, _Lists(), view)
            continue
        # A step out of its order is read as a heading; it still belongs to the list before it.
        strayed = block.role == "heading" and bool(figures.last and _BRACKETED.match(block.text))
        if block.role == "heading" and not strayed:
            words, figures = _Lists(), _Lists()
        if block.role in ("text", "item", "heading"):
            yield from _steps(block, _IS, words, view)
        if block.role in ("text", "item") or strayed:
            yield from _steps(block, _BRACKETED, figures, view)


class _Lists:
    """Where the open lists stand, the innermost last."""

    def __init__(self) -> None:
        self.last: list[int] = []

    def take(self, number: int) -> int | None:
        """Go on to a number; the number before it where it does not follow from any open list."""
        if number == 1:
            # Few lists stand inside each other; older ones are over.
            self.last = [*self.last[-3:], 1]
            return None
        if not self.last:
            return None
        while len(self.last) > 1 and number != self.last[-1] + 1 and number - 1 in self.last[:-1]:
            self.last.pop()
        before, self.last[-1] = self.last[-1], number
        return None if number == before + 1 else before


def _steps(block: Block, style: re.Pattern[str], lists: _Lists, view: View) -> Iterator[Remark]:
    for match in style.finditer(block.text):
        number = _value(match["core"])
        before = lists.take(number) if number else None
        if number and before is not None:
            exact = block.span.end - block.span.start == len(block.text)
            start = block.span.start + match.start()
            words = block.text[match.start() : match.start() + _QUOTED]
            span = Span(start, start + len(words.rstrip())) if exact else block.span
            message = _message(
                number, before, match[0], match[0].replace(match["core"], _written(match["core"], before))
            )
            yield Remark(CODE, "warning", message, span, words.rstrip(), view.path_at(span.start))


def _written(like: str, number: int) -> str:
    """A small number in the digits of another."""
    if like[0].isdecimal():
        return str(number)
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    return (digits[tens] if tens > 1 else "") + ("十" if tens else "") + (digits[ones] if ones else "")


def _sections(sections: Sequence[Section]) -> Iterator[Remark]:
    waiting = [sections]
    while waiting:
        level = waiting.pop()
        yield from _run(level)
        waiting += [section.children for section in reversed(level) if section.children]


def _run(items: Sequence[Section]) -> Iterator[Remark]:
    previous: dict[str, tuple[int, Section]] = {}
    for item in items:
        style, number = _read(item.number)
        if number is None:
            continue
        before = previous.get(style)
        previous[style] = (number, item)
        if before is None or number in (1, before[0] + 1):
            continue
        yield _jump(item, number, *before)


def _jump(item: Section, number: int, before: int, other: Section) -> Remark:
    message = _message(number, before, item.number.strip("、.．"), other.number.strip("、.．"))
    return remark(CODE, "warning", message, _placed(item), _placed(other))


def _message(number: int, before: int, words: str, last: str) -> str:
    if number == before:
        return f"序号重复：“{words}”接连出现了两次。"
    if number < before:
        return f"序号倒退：“{last}”之后是“{words}”。"
    return f"序号跳号：“{last}”之后直接是“{words}”，缺少中间的序号。"


def _placed(item: Section) -> Block:
    """A heading is quoted by its words."""
    return Block("heading", item.number + item.title, item.span)


def _read(words: str) -> tuple[str, int | None]:
    """The way of numbering and the number: （三） → （#）, 3."""
    match = _CORE.search(words)
    if match is None:
        return words, None
    core = match[0]
    kind = "数" if core[0].isdecimal() else "圈" if "①" <= core[0] <= "⑳" else "汉"
    return kind + words[: match.start()] + words[match.end() :].strip(), _value(core)


def _value(core: str) -> int | None:
    if core[0].isdecimal():
        return int(core)
    if "①" <= core[0] <= "⑳":
        return ord(core) - ord("①") + 1
    tens, mark, ones = core.partition("十")
    if not mark:
        return _DIGITS[core] if len(core) == 1 else None
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return None
    return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
