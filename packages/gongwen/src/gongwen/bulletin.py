"""全文阅读: the stages in their order, and what each hands on.

clean → frame → outline, tables → findings → citations → dates → quantities, labels, periods, shares → claims,
totals,
organisations → leftovers. Each stage only reads what stands before it.

Guarantees
1. `read` never raises on a string; what is not understood becomes a `Leftover`.
2. Every result has the path of its place: headings, then table row or measure.
3. The time is linear in the length of the text.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace

from gongwen.confidence import with_confidences
from gongwen.formats import Extraction, extract_file
from gongwen.models import Block, Bulletin, Citation, Claim, DateRef, Quantity
from gongwen.reading import claims, leftovers, masks, shares
from gongwen.reading.antecedents import Label
from gongwen.reading.cellfigures import find_cell_quantities
from gongwen.reading.citations import FoundCitation, find_citations
from gongwen.reading.clauses import Clauses
from gongwen.reading.clean import Text, clean
from gongwen.reading.dates import FoundDate, find_dates, with_role
from gongwen.reading.fields import Fields
from gongwen.reading.findings import FoundFinding, Reading, find_findings
from gongwen.reading.frame import Frame, read_frame
from gongwen.reading.kinds import document_kind, states_only
from gongwen.reading.labels import Labeller
from gongwen.reading.ledgertables import Cell, Table, find_tables
from gongwen.reading.organisations import find_organisations
from gongwen.reading.outline import Outline, Places, places, read_outline
from gongwen.reading.parties import read_inspection
from gongwen.reading.periods import PeriodReader, find_periods, time_words
from gongwen.reading.quantities import FoundQuantity, find_quantities
from gongwen.reading.roles import read_blocks
from gongwen.reading.shortnames import with_full_names
from gongwen.reading.totals import find_totals


def read(source: str | os.PathLike[str] | Extraction) -> Bulletin:
    """读公文: a string is the text itself, a path names a file of any format, an `Extraction` is a file already opened.

    Never raises on a string. On a file raises `GongwenError` with a Chinese sentence when it cannot be read. Spans count the string,
    or the extraction's text (for .txt and .md the text as decoded).
    """
    if isinstance(source, str):
        return _Reader(clean(source)).bulletin()
    extraction = source if isinstance(source, Extraction) else extract_file(source)
    bulletin = _Reader(clean(extraction.text)).bulletin()
    bulletin = replace(bulletin, format=extraction.format, notes=extraction.notes)
    return with_confidences(bulletin, extraction.confidences)


def read_lines(text: str) -> Bulletin:
    """读逐段文字: as `read`, of a text whose lines are its paragraphs, so that none is taken for the rest of another. Never raises."""
    return _Reader(clean(text, joins=False)).bulletin()


class _Reader:
    """One reading: the stages' results, each computed once and in order."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.frame: Frame = read_frame(text)
        self.debris = {n for n, role in self.frame.roles.items() if role == "debris"}
        self.tables: list[Table] = find_tables(text, self.debris)
        self.outline: Outline = read_outline(text, self.frame)
        self.states_only = states_only(text, self.frame.title_read)
        reading = Reading(
            text, self.outline, tuple(self.tables), self.states_only, Fields(text.flat), self._closings()
        )
        self.findings: list[FoundFinding] = find_findings(reading)
        self.places: Places = self._places()
        self.clauses = Clauses(text.flat)
        self.masks = masks.Masks(len(text.flat))
        self.citations = self._citations()
        self.dates = self._dates()
        self._mask_frame()

    def bulletin(self) -> Bulletin:
        """Put all results together."""
        text, frame = self.text, self.frame
        quantities, found = self._quantities()
        barred = self._barred_from_totals(found)
        return Bulletin(
            kind=document_kind(text, frame.title_read, self.tables),
            title=frame.title,
            issuer=frame.issuer,
            issued_on=frame.issued_on,
            inspection=read_inspection(text, self.dates, frame.title_read, frame.issuer),
            contact=frame.contact,
            blocks=tuple(self._blocks()),
            sections=self.outline.sections(),
            findings=tuple(f.result for f in self.findings),
            quantities=tuple(quantities),
            citations=tuple(self._with_path(c) for c in self.citations),
            dates=tuple(self._date_refs()),
            claims=tuple(self._claims()),
            totals=find_totals(quantities, barred, self._words_before(found)),
            organisations=tuple(with_full_names(find_organisations(text, self.masks.marks), text.flat)),
            leftovers=tuple(leftovers.find_leftovers(text, self.masks.marks, found, self.dates)),
            inferred=("issuer",) if frame.issuer_inferred else (),
        )

    def _closings(self) -> tuple[int, ...]:
        """Where contact and signature begin, which end the body."""
        roles = self.frame.roles
        return tuple(
            piece.start
            for n, piece in enumerate(self.text.pieces)
            if roles.get(n) in ("contact", "signature")
        )

    # ---- places and masks ----

    def _places(self) -> Places:
        outline = self.outline
        regions = [(h.start, h.end, outline.path(i)) for i, h in enumerate(outline.headings)]
        for finding in self.findings:
            if (finding.start, finding.end, finding.path) not in regions[-1:]:
                regions.append((finding.start, finding.end, finding.path))
            regions += finding.steps
        return places(regions + self._figure_rows())

    def _figure_rows(self) -> list[tuple[int, int, str]]:
        """Numbered rows of tables that list no problems."""
        rows = (row for table in self.tables if not table.lists_problems for row in table.rows)
        numbered = (
            (row, cell) for row in rows if (cell := row.by_role.get("number")) and self._is_number(cell)
        )
        outline = self.outline
        return [
            (
                row.start,
                row.end,
                outline.path(outline.enclosing(row.start)) + self.text.words(cell.start, cell.end),
            )
            for row, cell in numbered
        ]

    def _is_number(self, cell: Cell) -> bool:
        return bool(_ROW_NUMBER.fullmatch(self.text.flat, cell.start, cell.end))

    def _citations(self) -> list[FoundCitation]:
        found = find_citations(self.text)
        self.masks.mark(((c.start, c.end) for c in found), masks.CITATION)
        return found

    def _dates(self) -> list[FoundDate]:
        marks = self.masks.marks
        self.masks.mark(sorted(self.frame.contact_places), masks.FRAME)
        issued = self.frame.issued_on
        dates = find_dates(self.text, marks, int(issued[:4]) if issued else None)
        found = [self._placed(date) for date in dates if self._is_read(date)]
        self.masks.mark(((date.start, date.end) for date in found), masks.DATE)
        return found

    def _is_read(self, date: FoundDate) -> bool:
        """Dates in a page's debris count only where they date the publication."""
        piece = self.text.piece_at(date.start)
        return piece not in self.debris or piece in self.frame.published

    def _placed(self, date: FoundDate) -> FoundDate:
        """The role that a date has from its place: signed (成文) or published (发布)."""
        piece = self.text.piece_at(date.start)
        if (
            piece == self.frame.issued_piece
            and "发布" not in self.text.flat[max(0, date.start - 6) : date.start]
        ):
            return with_role(date, "成文")
        if piece in self.frame.published:
            return with_role(date, "发布")
        return date

    def _mask_frame(self) -> None:
        """Numbers of headings, measures and rows, the frame and names count nothing."""
        flat = self.text.flat
        self._mask_pieces(("signature", "debris", "title"))
        numbering = [(h.start, h.title_start) for h in self.outline.headings]
        for finding in self.findings:
            numbering += [finding.number] if finding.number else []
            numbering += [(start, start + _number_length(flat, start)) for start, _, _ in finding.steps]
        for table in self.tables:
            numbering += [(c.start, c.end) for row in table.rows if (c := row.by_role.get("number"))]
        self.masks.mark(numbering, masks.NUMBERING)
        self.masks.mark(masks.named_places(flat), masks.NAME)

    def _mask_pieces(self, roles: tuple[str, ...]) -> None:
        chosen = sorted(n for n, role in self.frame.roles.items() if role in roles)
        self.masks.mark(((self.text.pieces[n].start, self.text.pieces[n].end) for n in chosen), masks.FRAME)

    # ---- results ----

    def _blocks(self) -> list[Block]:
        return read_blocks(self.text, self.frame, self.outline)

    def _with_path(self, found: FoundCitation) -> Citation:
        verb = found.result.verb
        return replace(
            found.result, verb=verb and self.text.restored(verb), path=self.places.path_at(found.start)
        )

    def _date_refs(self) -> list[DateRef]:
        return [date.ref for date in self.dates if date.possible]

    def _claims(self) -> list[Claim]:
        closed = (
            [(h.start, h.body) for h in self.outline.headings] + self._closed_pieces() + self._status_fields()
        )
        found = claims.find_claims(self.text, self.clauses, closed)
        return [
            Claim(
                self.text.quote(span := self.text.span(c.start, c.end)),
                c.status,
                span,
                self.places.path_at(c.start),
            )
            for c in found
        ]

    def _closed_pieces(self) -> list[tuple[int, int]]:
        pieces = self.text.pieces
        rows = [(p.start, p.end) for p in pieces if p.is_row]
        return rows + [(pieces[n].start, pieces[n].end) for n in self.frame.roles]

    def _status_fields(self) -> list[tuple[int, int]]:
        """Labels like 整改状态：已完成 are no claims."""
        return [
            m.span() for m in re.finditer(r"(?:整改)?(?:状态|进度|结论|类型)[：】][^\n。；]*", self.text.flat)
        ]

    def _barred_from_totals(self, found: list[FoundQuantity]) -> list[bool]:
        """Figures in headings, table rows and findings are no totals of the document."""
        regions = [(h.start, h.body) for h in self.outline.headings] + [
            (f.start, f.end) for f in self.findings
        ]
        regions += [(p.start, p.end) for p in self.text.pieces if p.is_row]
        inside = bytearray(len(self.text.flat) + 1)
        for start, end in regions:
            inside[start:end] = b"\1" * (end - start)
        return [bool(inside[q.start]) for q in found]

    def _words_before(self, found: list[FoundQuantity]) -> list[str]:
        """What stands before each figure in its clause."""
        flat, clauses = self.text.flat, self.clauses
        return [flat[max(clauses.before(clauses.comma, q.start), q.start - 30) : q.start] for q in found]

    # ---- quantities ----

    def _quantities(self) -> tuple[list[Quantity], list[FoundQuantity]]:
        text = self.text
        found = sorted(
            [*find_quantities(text, self.masks.marks), *find_cell_quantities(text, self.tables)],
            key=lambda quantity: quantity.start,
        )
        periods = find_periods(text.flat, self.dates, self.masks.marks)
        names = self._labels(found, time_words(text.flat, self.dates, periods))
        by_number = shares.find_shares(text.flat, self.clauses, found, [name.text for name in names])
        reader = PeriodReader(text.flat, periods, self.clauses)
        result = []
        for number, (quantity, name) in enumerate(zip(found, names, strict=True)):
            period, carried = reader.at(quantity.start)
            result.append(self._quantity(quantity, name, by_number.get(number), period, carried=carried))
        return result, found

    def _quantity(
        self, q: FoundQuantity, name: Label, share: shares.Share | None, period: object, *, carried: bool
    ) -> Quantity:
        text = self.text
        span = text.span(q.start, q.end)
        words = None if period is None else text.words(period.start, period.end)  # type: ignore[attr-defined]
        label = text.restored(share.label if share and share.label else name.text)
        members = tuple(map(text.restored, share.members)) if share else ()
        return Quantity(
            text.quote(span), span, label, q.value, q.unit, q.written_value, q.written_unit, q.kind, q.value_max,
            q.qualifier, q.change, words, members, self.places.path_at(q.start),
            inferred=carried or name.carried,
        )  # fmt: skip

    def _labels(self, found: list[FoundQuantity], times: list[tuple[int, int]]) -> list[Label]:
        names = Labeller(self.text.flat, self.clauses, times).names(found)
        headers = self._cell_headers()
        named = [self._named_by_section(name, quantity) for name, quantity in zip(names, found, strict=True)]
        return [
            replace(name, text=headers[q.start, q.end]) if (q.start, q.end) in headers else name
            for name, q in zip(named, found, strict=True)
        ]

    def _cell_headers(self) -> dict[tuple[int, int], str]:
        """What a figure alone in its cell counts: its column's header."""
        return {
            (cell.start, cell.end): header
            for table in self.tables
            for row in table.rows
            for cell, header in zip(row.cells, table.headers, strict=False)
            if cell.end > cell.start
        }

    def _named_by_section(self, name: Label, quantity: FoundQuantity) -> Label:
        """此类问题86个 counts what its heading names."""
        if not name.text.startswith(("此类", "该类", "本类")):
            return name
        index = self.outline.enclosing(quantity.start)
        title = self.outline.title(index) if index is not None else ""
        return replace(name, text=title + name.text[2:], head=name.text[2:])


_ROW_NUMBER = re.compile(r"[\d一二三四五六七八九十]{1,3}[.、]?")


def _number_length(flat: str, start: int) -> int:
    match = re.compile(r"[（]?[\d一二三四五六七八九十①-⑳]{1,3}[）是.、]?").match(flat, start)
    return match.end() - start if match else 0
