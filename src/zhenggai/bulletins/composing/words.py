"""带出处的文字: text that keeps, through cutting and joining, which of its numbers rests on which observation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from zhenggai.bulletins.agreeing import LESS_THAN, MORE_THAN
from zhenggai.indicators.models import Observation

_NUMBERED = re.compile(
    r"^\s*(?:（\d{1,3}）|\(\d{1,3}\)|\d{1,2}[.．](?!\d)|\d{1,2}、|[①-⑳]|（[一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}是(?!否))\s*"
)
_TAIL = " \u3000\t，,、；;：:。."
_CLOSED = re.compile("[。！？…][”’）》]$|[！？…]$")
_ENDED = re.compile("[。！？…：；][”’）》]?$")
_BREAKS = re.compile(r"[\r\n\t\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


@dataclass(frozen=True)
class Bound:
    """绑定: characters ``[start, end)`` of a text, what the number there is called, and the observation on which it rests."""

    start: int
    end: int
    label: str
    observation: Observation


@dataclass(frozen=True)
class Words:
    """文字 with what is bound in it, in order."""

    text: str = ""
    bound: tuple[Bound, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.text)

    def __add__(self, other: Words | str) -> Words:
        return joined([self, other])

    def __getitem__(self, cut: slice) -> Words:
        """A piece of the text; a number that is cut through is bound no more."""
        start, stop, _ = cut.indices(len(self.text))
        kept = (each for each in self.bound if start <= each.start and each.end <= stop)
        return Words(
            self.text[start:stop],
            tuple(replace(each, start=each.start - start, end=each.end - start) for each in kept),
        )

    def stripped(self, marks: str = " \u3000") -> Words:
        """Without these signs at both ends."""
        start = len(self.text) - len(self.text.lstrip(marks))
        return self[start : max(len(self.text.rstrip(marks)), start)]

    def closed(self) -> Words:
        """As a sentence: ended by one full stop, whatever ended it before."""
        plain = self.stripped()
        if not plain or _CLOSED.search(plain.text):
            return plain
        bare = plain.bare()
        return bare + "。" if bare else bare

    def ended(self) -> Words:
        """As a sentence of a template: ended as it is written there, or by a full stop."""
        plain = self.stripped()
        return plain + "。" if plain and not _ENDED.search(plain.text) else plain

    def bare(self) -> Words:
        """Without the punctuation at its end."""
        return self[: len(self.text.rstrip(_TAIL))]

    def unnumbered(self) -> Words:
        """Without the number (一是, （1）) that it began with in the document it comes from."""
        found = _NUMBERED.match(self.text)
        return self[found.end() :] if found and found.end() < len(self.text) else self

    def in_one(self) -> Words:
        """Several paragraphs as one: each a sentence."""
        if not _BREAKS.search(self.text):
            return self
        pieces, at = [], 0
        for found in _BREAKS.finditer(self.text):
            pieces.append(self[at : found.start()])
            at = found.end()
        pieces.append(self[at:])
        return joined(piece.closed() for piece in pieces)


Said = Words | str


def joined(parts: Iterable[Said], between: str = "") -> Words:
    """One text of several; empty ones are passed over. Linear in its length."""
    texts: list[str] = []
    bound: list[Bound] = []
    length = 0
    for part in parts:
        words = Words(part) if isinstance(part, str) else part
        if not words.text:
            continue
        if texts and between:
            texts.append(between)
            length += len(between)
        texts.append(words.text)
        bound += [replace(each, start=each.start + length, end=each.end + length) for each in words.bound]
        length += len(words.text)
    return Words("".join(texts), tuple(bound))


def number(written: str, label: str, observation: Observation) -> Words:
    """A number that is bound as a whole."""
    return Words(written, (Bound(0, len(written), label, observation),))


def bound_in_order(text: str, found: Sequence[Observation]) -> Words:
    """A text in which these observations, in their order, are bound where they are written; what is written otherwise stays unbound.

    A number is never found within another one (5个 in 15个). 超过98% is not bound to the 98 that was read from those very words: which
    number it is more than is not known.
    """
    bound, at = [], 0
    for row in found:
        start = _place(text, row.written, at)
        if start is None:
            continue
        at = start + len(row.written)
        if row.qualifier not in _OPEN:
            bound.append(Bound(start, at, row.indicator.name, row))
    return Words(text, tuple(bound))


_HAN = "〇零一二两三四五六七八九十百千"


_OPEN = MORE_THAN | LESS_THAN


def _place(text: str, written: str, at: int) -> int | None:
    if not written:
        return None
    starts_han = written[0] in _HAN
    while (start := text.find(written, at)) >= 0:
        before = text[max(start - 2, 0) : start]
        goes_on = (
            before[-1:].isdigit()
            or before[-1:] in tuple(".．")
            or (before[-1:] in tuple(_HAN) and starts_han)
        )
        grouped = before[-1:] in (",", "，") and before[:1].isdigit() and _GROUP.match(written)
        if not goes_on and not grouped:
            return start
        at = start + 1
    return None


_GROUP = re.compile(r"[0-9０-９]{3}(?![0-9０-９])")
"""1,240: three digits behind a comma go on."""
