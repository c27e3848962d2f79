r"""净化: the text the rules read, and the way back to the source (after eyecite's SpanUpdater).

`Text.flat` is what the rules match: paragraphs parted by "\n", cells by "\t", two figures by " ", no other
white space; traditional
characters, full-width figures and odd brackets read as their usual shape. `Text.origin[i]` is where `flat[i]`
stands.

Guarantees
1. `len(flat) == len(origin)`; `origin` rises strictly over the characters that are not separators.
2. A separator maps to the end of what it follows, so no span can reach beyond its paragraph by accident.
3. `span(a, b)` begins and ends on a character of the source that is not white space.
4. `quote(span)` is the source's own characters without white space: nothing is normalised in what is shown.
5. Markdown marks (#, *, |, list bullets) and pinyin in brackets are left out of `flat`; the source keeps
   them.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import dataclass, field

from gongwen.models import Span
from gongwen.reading.layout import Line, Paragraph, as_given, is_row, paragraphs, split_lines
from gongwen.reading.tables.characters import ASCII_STOP, INVISIBLE, READ_AS, TRADITIONAL

_WORD = re.compile(rf"[^\s{INVISIBLE}]+")
_ROW_WORD = re.compile(rf"\t|[^\s{INVISIBLE}]+")
_PIPE_WORD = re.compile(rf"\||(?:[^\s|\\{INVISIBLE}]|\\\|?)+")  # \| is a bar inside a cell
_MARKDOWN_LEAD = re.compile(r"#{1,6}\s*|(?:[-*+]|>)\s+(?:\[[ xX]\]\s+)?")
# Marks inside a line that are no text: Markdown emphasis, and pinyin in brackets behind a rare character.
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_PINYIN = rf"(?:(?<=[\u4e00-\u9fff*`_~）)])|^)[（(](?=[a-zü]*[{_TONES}])[a-zü{_TONES}]{{1,7}}[）)]"
_INLINE_MARK = re.compile(rf"\*{{1,3}}|`{{1,3}}|_{{2}}|~{{2}}|<br/?>|\\(?=\|)|{_PINYIN}")
_MAY_HOLD_MARK = re.compile(rf"[*`]|__|~~|<br|\\\||{_PINYIN}")
_ASCII_COMMA = re.compile(r"(?<!\d),|,(?!\d{3})")
_STRAIGHT_QUOTE = re.compile(r"[\"\n\t]")
_SEPARATORS = "\n\t "
_WITHOUT_SEPARATORS = dict.fromkeys(map(ord, _SEPARATORS))
_TRADITIONAL = re.compile(f"[{TRADITIONAL}]")
_INVISIBLE_CHARACTERS = re.compile(f"[{INVISIBLE}]")


@dataclass(frozen=True, slots=True)
class Piece:
    """段位: one paragraph within `Text.flat`, `[start, end)`, with what the layout said about it."""

    start: int
    end: int
    is_row: bool = False
    markdown_level: int = 0


@dataclass(frozen=True, slots=True)
class Text:
    """可读文本: the flat text, its pieces and the way back."""

    source: str
    flat: str
    written: str
    origin: array[int]
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...] = field(default=())
    own: dict[int, str] = field(default_factory=dict)

    def span(self, start: int, end: int) -> Span:
        """The place of `flat[start:end]` in the source; separators at the ends are left out."""
        while start < end and self.flat[start] in _SEPARATORS:
            start += 1
        while end > start and self.flat[end - 1] in _SEPARATORS:
            end -= 1
        if start >= end:
            at = self.origin[start] if start < len(self.origin) else len(self.source)
            return Span(at, at)
        return Span(self.origin[start], self.origin[end - 1] + 1)

    def quote(self, span: Span) -> str:
        """The source's own characters in `span`, without white space."""
        return without_blanks(self.source[span.start : span.end])

    def words(self, start: int, end: int) -> str:
        """`flat[start:end]` in the source's own characters and without any marks that the flat text leaves out."""
        return self.written[start:end].translate(_WITHOUT_SEPARATORS)

    def restored(self, words: str) -> str:
        """Words of the flat text in the source's own (traditional) characters; most sources need no change."""
        return words.translate(self.own) if self.own else words

    def piece_at(self, position: int) -> int:
        """The number of the piece that holds a flat position."""
        return max(0, bisect_right(self.starts, position) - 1)


def without_blanks(text: str) -> str:
    """Drop white space, zero-width signs included."""
    return _INVISIBLE_CHARACTERS.sub("", "".join(text.split()))


def clean(source: str, *, joins: bool = True) -> Text:
    """净化全文. Never raises; an empty source gives a text without pieces. Without `joins` no line is taken for the rest of another."""
    lines = split_lines(source)
    return _flatten(source, paragraphs(lines) if joins else as_given(lines))


def _parts_numbers(left: str, right: str) -> bool:
    """Whether a blank keeps two figures apart (2025-09-15 10:32); single spaced-out figures are one number."""
    return left[-1].isdigit() and right[0].isdigit() and len(left) > 1 and len(right) > 1


def _flatten(source: str, parts: list[Paragraph]) -> Text:
    builder = _Builder()
    for part in parts:
        builder.add(part)
    return builder.text(source)


class _Builder:
    """Collects words and where they stand; one per text, thrown away afterwards."""

    def __init__(self) -> None:
        self.words: list[str] = []
        self.origin: array[int] = array("L")
        self.pieces: list[Piece] = []

    def add(self, part: Paragraph) -> None:
        """Append one paragraph and the separator behind it."""
        start, words = len(self.origin), len(self.words)
        for number, line in enumerate(part.lines):
            self._add_line(line, first=number == 0)
        end = len(self.origin)
        if not any(word.strip() for word in self.words[words:]):  # a table row without any word
            del self.origin[start:], self.words[words:]
            return
        self.pieces.append(Piece(start, end, part.is_row, part.markdown_level))
        self._separator("\n")

    def _add_line(self, line: Line, *, first: bool) -> None:
        lead = _MARKDOWN_LEAD.match(line.text) if first else None
        position = lead.end() if lead else 0
        if is_row(line.text):
            self._add_row(line, position)
            return
        before = ""
        for word in _WORD.finditer(line.text, position):
            if before and _parts_numbers(before, word.group()):
                self._separator(" ")
            before = word.group()
            self._add_word(before, line.start + word.start())

    def _add_row(self, line: Line, position: int) -> None:
        piped = line.text.startswith("|")
        text = line.text.strip("|") if piped else line.text
        shift = len(line.text) - len(line.text.lstrip("|")) if piped else 0
        for word in (_PIPE_WORD if piped else _ROW_WORD).finditer(text, 0 if piped else position):
            if word.group() in "|\t":
                self._separator("\t")
            else:
                self._add_word(word.group(), line.start + shift + word.start())

    def _add_word(self, word: str, offset: int) -> None:
        if _MAY_HOLD_MARK.search(word):
            position = 0
            for mark in _INLINE_MARK.finditer(word):
                self._append(word[position : mark.start()], offset + position)
                position = mark.end()
            self._append(word[position:], offset + position)
        else:
            self._append(word, offset)

    def _append(self, word: str, offset: int) -> None:
        self.words.append(word)
        self.origin.extend(range(offset, offset + len(word)))

    def _separator(self, sign: str) -> None:
        self.words.append(sign)
        self.origin.append(self.origin[-1] + 1 if self.origin else 0)

    def text(self, source: str) -> Text:
        """The finished text."""
        written = "".join(self.words)
        flat = _normalise(written)
        pieces = tuple(self.pieces)
        return Text(
            source,
            flat,
            written,
            self.origin,
            pieces,
            tuple(p.start for p in pieces),
            _own_characters(written, flat),
        )


def _own_characters(written: str, flat: str) -> dict[int, str]:
    """The way back for Chinese characters that were read as another one and never stand for themselves."""
    if not _TRADITIONAL.search(written):
        return {}
    changed = {(b, a) for a, b in zip(written, flat, strict=True) if a != b and "\u3400" <= b <= "\u9fff"}
    as_written = set(written)
    return {ord(b): a for b, a in sorted(changed) if b not in as_written}


def _normalise(words: str) -> str:
    """Read every character as its usual shape; one for one."""
    flat = words.translate(READ_AS)
    if "," in flat:
        flat = _ASCII_COMMA.sub("，", flat)
    if "." in flat:
        flat = ASCII_STOP.sub("。", flat)
    return _paired_quotes(flat) if '"' in flat else flat


def _paired_quotes(flat: str) -> str:
    """Straight quotation marks open and close in turn within a paragraph."""
    is_open = False

    def pair(match: re.Match[str]) -> str:
        nonlocal is_open
        if match.group() != '"':
            is_open = False
            return match.group()
        is_open = not is_open
        return "“" if is_open else "”"

    return _STRAIGHT_QUOTE.sub(pair, flat)
