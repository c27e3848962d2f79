"""版本差异: what one edition says otherwise than the one before it: paragraphs, figures, closures. Plain Python.

Guarantees
1. Of a changed paragraph the old text can be read from what is the same and removed, the new one from what is the same and added.
2. What is the same in both is not shown; what only stands elsewhere is told as moved.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhenggai.bulletins.merging import compare_lines
from zhenggai.web.public.site import printable
from zhenggai.web.public.words import grouped

_KINDS = {"same": "same", "new": "added", "gone": "removed"}


@dataclass(frozen=True)
class Piece:
    """一段差异: ``kind`` is same, added or removed."""

    kind: str
    text: str


@dataclass(frozen=True)
class Line:
    """段落差异: ``kind`` is changed, added, removed or moved; ``number`` is of the paragraph in the new edition, -1 if it is not there."""

    kind: str
    number: int
    pieces: Sequence[Piece]


@dataclass(frozen=True)
class FigureChange:
    """数字差异: how it was said before and now; empty where it was not, or is not, there."""

    label: str
    before: str
    now: str
    number: int


@dataclass(frozen=True)
class Changes:
    """差异 between an edition and the one that it replaces."""

    lines: Sequence[Line]
    figures: Sequence[FigureChange]
    closed: Sequence[str]
    no_longer_closed: Sequence[str]

    @property
    def none(self) -> bool:
        """Whether text, figures and closures are the same."""
        return not (self.lines or self.figures or self.closed or self.no_longer_closed)


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> Changes:
    """Compare an edition with an earlier one."""
    before, now = _closures(old), _closures(new)
    return Changes(
        list(_lines(_texts(old), _texts(new))),
        list(_figures(old, new)),
        [now[key] for key in now if key not in before],
        [before[key] for key in before if key not in now],
    )


def _texts(content: Mapping[str, Any]) -> list[str]:
    return [printable(each["text"]) for each in content["paragraphs"]]


def _lines(old: Sequence[str], new: Sequence[str]) -> Iterator[Line]:
    for each in compare_lines(old, new):
        number = -1 if each.new is None else each.new
        if each.kind == "new":
            yield Line("added", number, [Piece("added", new[number])])
        elif each.kind == "gone":
            yield Line("removed", number, [Piece("removed", old[each.old or 0])])
        elif each.kind == "changed":
            yield Line("changed", number, [Piece(_KINDS[piece.kind], piece.text) for piece in each.pieces])
        elif each.moved:
            yield Line("moved", number, [Piece("same", new[number])])


_Key = tuple[str, str, str, int]


def _figures(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[FigureChange]:
    before, now = _by_meaning(old), _by_meaning(new)
    for key, each in now.items():
        was = before.get(key)
        if was is None or (was["text"], was["value"]) != (each["text"], each["value"]):
            yield FigureChange(_label(each), _said(was), _said(each), each["n"])
    for key, each in before.items():
        if key not in now:
            yield FigureChange(_label(each), _said(each), "", 0)


def _by_meaning(content: Mapping[str, Any]) -> dict[_Key, Mapping[str, Any]]:
    """Figures by label, unit and period, and which of several alike."""
    found: dict[_Key, Mapping[str, Any]] = {}
    for each in content["figures"]:
        again = 0
        while (key := (each["label"], each["unit"], each["period"], again)) in found:
            again += 1
        found[key] = each
    return found


def _label(each: Mapping[str, Any]) -> str:
    return printable(each["label"] or each["text"])


def _said(each: Mapping[str, Any] | None) -> str:
    if each is None:
        return ""
    text = printable(each["text"])
    value = f"{each['value']}{printable(each['unit'])}"
    plain = each["source"] == "waived" or text.replace(",", "") == value
    return text if plain else f"{text}（{grouped(each['value'])}{printable(each['unit'])}）"


def _closures(content: Mapping[str, Any]) -> dict[tuple[str, int, int], str]:
    return {
        (
            each["inspection"],
            each["number"],
            each["cycle"],
        ): f"第{each['number']}号 {printable(each['title'])}"
        for each in content["closures"]
    }
