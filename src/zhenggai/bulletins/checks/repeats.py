"""段落雷同: paragraphs that nearly repeat an earlier edition's, or each other.

Guarantees
1. Only running text of 40 characters or more; punctuation and blanks do not count. Titles, rows, contact and signature lines repeat by nature.
2. Against an earlier edition numbers do not count either: the same words with new numbers are the same words.
3. Within a draft numbers do count, since parallel paragraphs on several places are no copies; what the library calls a repetition is not told twice.
4. A correction repeats what it corrects: it is not held against earlier editions.
5. Linear: MinHash bands find candidates, the best few are compared; equal paragraphs are found by their words alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from zhenggai.bulletins.checks.rule import Rule
from zhenggai.bulletins.checks.view import View, bare, short
from zhenggai.bulletins.facts import Earlier, Trouble
from zhenggai.bulletins.states import ParagraphRole, Severity
from zhenggai.ledger.handling.alike import bands

EARLIER = Rule(
    "paragraph.repeated",
    "与往期雷同",
    Severity.WARNING,
    "A paragraph nearly repeats one of an earlier edition, numbers aside.",
)
WITHIN = Rule(
    "paragraph.within", "文内雷同", Severity.WARNING, "A paragraph nearly repeats another one of the draft."
)
RULES = (EARLIER, WITHIN)

_SHORTEST = 40
_ALIKE = 90
_COMPARED = 8
"""Candidates that are compared for one paragraph: those that share most bands."""

_RUNNING = (ParagraphRole.TEXT, ParagraphRole.ITEM, ParagraphRole.HEADING)
_NUMBER = re.compile(r"[0-9０-９]+(?:[.．][0-9０-９]+)?")
_Key = tuple[int, int]


@dataclass
class _Index:
    """Paragraphs by their words and by their bands."""

    words: dict[_Key, str] = field(default_factory=dict)
    equal: dict[str, _Key] = field(default_factory=dict)
    banded: dict[int, list[_Key]] = field(default_factory=lambda: defaultdict(list))

    def near(self, words: str, own: Iterable[int]) -> tuple[_Key, int] | None:
        """The most alike paragraph and the per cent of agreement."""
        if words in self.equal:
            return self.equal[words], 100
        votes = Counter(key for band in own for key in self.banded.get(band, ()))
        scored = [
            (fuzz.ratio(words, self.words[key], score_cutoff=_ALIKE), key)
            for key, _ in votes.most_common(_COMPARED)
        ]
        score, key = max(scored, default=(0.0, (0, 0)))
        return (key, int(score)) if score else None

    def add(self, key: _Key, words: str, own: Iterable[int]) -> None:
        """Enter a paragraph, unless one with the same words is there."""
        if words in self.equal:
            return
        self.equal[words] = key
        self.words[key] = words
        for band in own:
            self.banded[band].append(key)


def check_repeats(view: View) -> Iterator[Trouble]:
    """Against earlier editions, the latest first, then within the draft."""
    own = list(_running(view))
    if view.draft.earlier and not view.draft.replaces:
        yield from _against_earlier(view, own)
    yield from _within(view, own)


def _running(view: View) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(view.draft.lines):
        if line.role in _RUNNING and len(line.text) >= _SHORTEST:
            words = view.bare_lines[number].text
            if len(words) >= _SHORTEST:
                yield number, words, masked(words)


def masked(words: str) -> str:
    """Words with each number put to one mark."""
    return _NUMBER.sub("0", words)


def _against_earlier(view: View, own: list[tuple[int, str, str]]) -> Iterator[Trouble]:
    editions = sorted(view.draft.earlier, key=lambda edition: -edition.number)
    index = _Index()
    for at, edition in enumerate(editions):
        for number, paragraph in enumerate(edition.paragraphs):
            words = masked(bare(paragraph).text)
            if len(words) >= _SHORTEST - _SHORTEST // 4:
                index.add((at, number), words, bands(words))
    for line, _, words in own:
        found = index.near(words, bands(words))
        if found:
            (at, number), score = found
            yield EARLIER.at(
                view.at(line, 0, len(view.lines[line])),
                _sentence(view.lines[line], editions[at], number, score),
                "请写明这一期以来的新进展；确无变化的，请核对是否误用了旧稿。",
            )


def _sentence(text: str, edition: Earlier, number: int, score: int) -> str:
    return (
        f"这一段“{short(text)}”与《{short(edition.title, 40)}》（{edition.code}，第{edition.number}版）"
        f"第{number + 1}段雷同，除数字外{score}%相同。"
    )


def _within(view: View, own: list[tuple[int, str, str]]) -> Iterator[Trouble]:
    told = {
        place.line
        for remark in view.remarks
        if remark.code == "paragraph.twice" and (place := view.place(remark.span))
    }
    index = _Index()
    for line, words, _ in own:
        sketch = bands(words)
        found = index.near(words, sketch)
        if found and line not in told:
            other = found[0][1]
            yield WITHIN.at(
                view.at(line, 0, len(view.lines[line])),
                f"这一段“{short(view.lines[line])}”与前文第{other + 1}段“{short(view.lines[other])}”雷同，{found[1]}%相同。",
                "请删去重复的一段，或写出各自的不同。",
                (view.at(other, 0, len(view.lines[other])),),
            )
        index.add((0, line), words, sketch)
