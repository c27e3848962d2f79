"""修改与预读: the paragraph that is being changed or added, what was typed there, and what is read from it at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import gongwen
from zhenggai.bulletins.agreeing import stand
from zhenggai.bulletins.anchoring import reanchor
from zhenggai.bulletins.facts import Bound, Figure, Line
from zhenggai.bulletins.merging import Piece as Difference
from zhenggai.bulletins.merging import compare
from zhenggai.bulletins.models import Paragraph
from zhenggai.bulletins.pasting import paragraphs_of
from zhenggai.bulletins.proposing import likeliest
from zhenggai.bulletins.reading import Read, read_lines
from zhenggai.bulletins.rules import checked_text
from zhenggai.bulletins.states import FigureState
from zhenggai.core.errors import Refusal
from zhenggai.web.bulletin.composer import Composer, SourceLine
from zhenggai.web.bulletin.marks import SIGNS, pieces
from zhenggai.web.labels import named


@dataclass(frozen=True)
class ReadFigure:
    """A number of what was typed: how it would stand, and the likeliest source for it."""

    text: str
    label: str
    state: FigureState
    state_label: str
    sign: str
    remedy: str
    suggestion: SourceLine | None


@dataclass(frozen=True)
class Preview:
    """预读: what was typed with its numbers marked, each number in words, and what the reader remarks. ``sentence`` says why nothing was read."""

    lines: Sequence[Sequence[tuple[str, str, str]]] = ()
    figures: Sequence[ReadFigure] = ()
    remarks: Sequence[tuple[str, str]] = ()
    sentence: str = ""


@dataclass(frozen=True)
class Typing:
    """A paragraph that is being changed (``row``), or paragraphs that are being added after ``after`` (0: at the beginning)."""

    text: str
    role: str
    row: Paragraph | None = None
    base: int = 0
    after: int = 0
    sentence: str = ""
    conflict: bool = False
    theirs: str = ""
    differences: Sequence[Difference] = field(default_factory=tuple)
    preview: Preview | None = None

    @property
    def rows(self) -> int:
        """Lines of the box, by the length of the text."""
        return min(max(len(self.text) // 40 + self.text.count("\n") + 2, 4), 16)


def typing_of(
    composer: Composer, data: Mapping[str, Any] | None = None, preview: Preview | None = None
) -> Typing | None:
    """What is being typed, as the address and the refused or read form say; None where nothing is."""
    refused, address = composer.refused, composer.address
    if refused is not None and refused.name in ("edit", "insert"):
        data = refused.data
    given = dict(data or {})
    sentence = refused.sentence if refused is not None and refused.name in ("edit", "insert") else ""
    if address.edit is not None and (composer.edits or given):
        return _editing(composer, address.edit, given, sentence, preview)
    if address.insert is not None and (composer.edits or given):
        return Typing(
            text=str(given.get("text", "")),
            role=str(given.get("role", "")),
            after=address.insert,
            sentence=sentence,
            preview=preview,
        )
    return None


def _editing(
    composer: Composer, pk: int, given: Mapping[str, Any], sentence: str, preview: Preview | None
) -> Typing | None:
    row = next((each for each in composer.sheet.paragraphs if each.pk == pk), None)
    refused = composer.refused
    conflict = refused is not None and refused.conflict
    if row is None:
        return _without_place(composer, pk, given, sentence) if given else None
    mine = str(given["text"]) if "text" in given else row.text
    # After a conflict the text goes on from what the other made of it, which stands beside it.
    base = row.version if conflict or "base" not in given else _number(given["base"], row.version)
    return Typing(
        text=mine, role=str(given.get("role") or row.role), row=row, base=base, sentence=sentence, conflict=conflict,
        theirs=row.text if conflict else "", differences=tuple(compare(row.text, mine)) if conflict else (), preview=preview,
    )  # fmt: skip


def _without_place(composer: Composer, pk: int, given: Mapping[str, Any], sentence: str) -> Typing:
    """The paragraph was removed meanwhile: what was typed is kept, to be added where it stood."""
    gone = Paragraph.objects.filter(bulletin=composer.bulletin, pk=pk).first()
    before = [
        row.pk
        for row in composer.sheet.paragraphs
        if gone is not None and (row.position, row.pk) < (gone.position, gone.pk)
    ]
    return Typing(
        text=str(given.get("text", "")),
        role=str(given.get("role", "")),
        after=before[-1] if before else 0,
        sentence=sentence,
        conflict=True,
    )


def _number(written: Any, usual: int) -> int:
    text = str(written)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else usual  # noqa: PLR2004  # versions are small


def read_typed(composer: Composer, text: str, row: Paragraph | None) -> Preview:
    """Read what was typed, as it would be kept, by itself: its numbers with what they would rest on, and the reader's remarks."""
    if not text.strip():
        return Preview()
    try:
        lines = (
            [Line(row.pk, row.role, checked_text(text))]
            if row
            else [Line(0, role, words) for role, words in paragraphs_of(text)]
        )
    except Refusal as refusal:
        return Preview(sentence=refusal.sentence)
    read = read_lines(lines)
    bound = _standing(read, row, composer)
    unbound = [each.figure for each in bound if each.state is FigureState.UNBOUND]
    best = likeliest(unbound, composer.sources) if unbound else {}
    labels = {state: named(state.label) for state in FigureState}
    return Preview(
        lines=[_marked(line.text, [each for each in bound if each.figure.place.line == at], labels) for at, line in enumerate(lines)],
        figures=[
            ReadFigure(
                each.figure.text, each.figure.label, each.state, labels[each.state], SIGNS[each.state], each.remedy,
                composer.source_line(best[each.figure.place].source, best[each.figure.place]) if each.figure.place in best else None,
            )
            for each in bound
        ],
        remarks=[(str(remark.severity), remark.message) for remark in gongwen.check(read.bulletin) if remark.span is not None],
    )  # fmt: skip


def _marked(
    text: str, figures: Sequence[Bound], labels: Mapping[FigureState, str]
) -> list[tuple[str, str, str]]:
    """Pieces as text, state and the state's label; both empty for plain words."""
    return [
        (words, bound.state.value, labels[bound.state]) if bound else (words, "", "")
        for words, bound in pieces(text, figures)
    ]


def _standing(read: Read, row: Paragraph | None, composer: Composer) -> list[Bound]:
    """How the numbers would stand: what a paragraph rests on now goes with it where the words around it are kept."""
    there = _carried(read, row, composer) if row else {}
    return [_stands(figure, there.get((figure.place.start, figure.place.end))) for figure in read.figures]


def _stands(figure: Figure, old: Bound | None) -> Bound:
    source, waived = (old.source, old.waived) if old else (None, None)
    return Bound(figure, *stand(figure, source, waived), source, waived, old.binding if old else 0)


def _carried(read: Read, row: Paragraph, composer: Composer) -> dict[tuple[int, int], Bound]:
    line = next((at for at, each in enumerate(composer.sheet.paragraphs) if each.pk == row.pk), -1)
    old = [each for each in composer.sheet.figures if each.figure.place.line == line and each.binding]
    anchors = [(each.figure.place.start, each.figure.place.end) for each in old]
    spans = [(each.place.start, each.place.end) for each in read.figures]
    where = reanchor(row.text, read.text, anchors, spans)
    return {span: each for span, each in zip(where, old, strict=True) if span is not None}
