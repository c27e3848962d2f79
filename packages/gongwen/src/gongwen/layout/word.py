"""Word 文档: a .docx that opens as an official document, written as XML directly.

Guarantees
1. Title, headings, text and table are styles by name (Title, Heading 1–4, Normal), so that an office changes them in one place.
2. 22 lines of 28 characters come from exact line distances and the document grid, not from blanks.
3. Reading it back gives the paragraphs and rows of the plan.
4. The time is linear; nothing but Python is needed.
"""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from xml.sax.saxutils import escape

from gongwen.layout import wordparts as parts
from gongwen.layout.columns import Columns
from gongwen.layout.plan import Paragraph, Part, Plan, Table, turned_runs
from gongwen.layout.signing import signing_indents
from gongwen.layout.style import Style
from gongwen.layout.titles import title_lines

_BLANK = "<w:p/>"
# A row this long may be parted by a page's end; others stay whole.
_LONG_ROW = 400
_AT = (1980, 1, 1, 0, 0, 0)


def docx_bytes(plan: Plan, style: Style) -> bytes:
    """The file."""
    body = "".join(_Writer(plan, style).written())
    files = {
        "[Content_Types].xml": parts.CONTENT_TYPES,
        "_rels/.rels": parts.RELATIONS,
        "docProps/core.xml": parts.core(plan.title),
        "word/document.xml": f"{parts.HEAD}<w:document {parts.W} {parts.R}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": parts.DOCUMENT_RELATIONS,
        "word/styles.xml": parts.style_sheet(style),
        "word/settings.xml": parts.SETTINGS,
        "word/fontTable.xml": parts.font_table(style.fonts),
        "word/footer1.xml": parts.footer(style, even=False),
        "word/footer2.xml": parts.footer(style, even=True),
    }
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in files.items():
            archive.writestr(_entry(name), content.encode())
    return out.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _AT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


class _Writer:
    """The body of one document."""

    def __init__(self, plan: Plan, style: Style) -> None:
        self.plan = plan
        self.style = style

    def written(self) -> Iterator[str]:
        """Every part, then the last section. A body that ended in a table would lose it elsewhere: a paragraph ends it."""
        most = self.style.table.wide_columns
        begun = False
        ended: Part | None = None
        for turned, run in turned_runs(self.plan.parts, most):
            if turned and begun:
                yield _ending(parts.section(self.style))
            yield from self._run(run, turned=turned)
            if turned:
                yield _ending(parts.section(self.style, turned=True))
            begun, ended = True, None if turned else run[-1]
        if not isinstance(ended, Paragraph):
            yield _BLANK
        yield parts.section(self.style)

    def _run(self, run: tuple[Part, ...], *, turned: bool) -> Iterator[str]:
        """Parts on pages that are turned alike."""
        style = self.style
        wanted = style.table.wide_size_pt if turned else style.table.size_pt
        columns = Columns(run, wanted, style.text_height_pt if turned else style.text_width_pt)
        above: Part | None = None
        indents: tuple[float, float] | None = None
        for at, part in enumerate(run):
            yield from self._after_title(above, part)
            if isinstance(part, Table):
                yield _BLANK if isinstance(above, Table) else ""
                yield from self._table(part, *columns.of(part), turned=turned)
            else:
                if part.kind in ("issuer", "date") and not _is_signed(above):
                    yield _BLANK * self.style.signature.blank_lines_before
                own, indents = (indents[1] if indents else None), None
                if part.kind == "issuer":
                    indents = signing_indents(run, at, self.style.signature.right_characters)
                    own = indents[0] if indents else None
                yield self._paragraph(part, own)
            above = part

    def _after_title(self, above: Part | None, part: Part) -> Iterator[str]:
        fronts = ("title", "subtitle", "number")
        was_front = isinstance(above, Paragraph) and above.kind in fronts
        if was_front and not (isinstance(part, Paragraph) and part.kind in fronts):
            yield _BLANK * self.style.title.blank_lines_after

    # ---- paragraphs ----

    def _paragraph(self, part: Paragraph, right: float | None) -> str:
        if part.kind == "title":
            return _styled("Title", self._title(part.text))
        if part.kind in ("subtitle", "number"):
            return _styled("Subtitle", _run(part.text))
        if part.kind in ("issuer", "date"):
            return self._signed(part, right)
        if part.kind == "heading" and not part.head:
            return _styled(f"Heading{min(max(part.level, 1), 4)}", _run(part.text))
        if part.kind == "annex":
            return f"<w:p><w:pPr>{self._hanging(part.head)}</w:pPr>{_run(part.text)}</w:p>"
        if part.kind == "contact":  # the line before a long address is not stretched
            return f'<w:p><w:pPr><w:jc w:val="left"/></w:pPr>{_run(part.text)}</w:p>'
        head, rest = part.text[: part.head], part.text[part.head :]
        return f"<w:p>{self._head(head, part.level) if head else ''}{_run(rest)}</w:p>"

    def _title(self, text: str) -> str:
        most = int(self.style.text_width_pt / self.style.title.size_pt)
        lines = title_lines(text.strip(), most, shape=self.style.title.shape)
        return "<w:r><w:br/></w:r>".join(map(_run, lines))

    def _head(self, words: str, level: int) -> str:
        said = self.style.level(level)
        bold = "<w:b/>" if said.bold else ""
        fonts = parts.fonts_of(said.font, self.style.text.latin)
        return f'<w:r><w:rPr>{fonts}{bold}</w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'

    def _signed(self, part: Paragraph, right: float | None) -> str:
        inset = self.style.signature.right_characters if right is None else right
        twips = parts.twips(inset * self.style.character_pt)
        keep = "<w:keepNext/>" if part.kind == "issuer" else ""
        return (
            f'<w:p><w:pPr>{keep}<w:ind w:rightChars="{round(inset * 100)}" w:right="{twips}" w:firstLineChars="0" w:firstLine="0"/>'
            f'<w:jc w:val="right"/></w:pPr>{_run(part.text)}</w:p>'
        )

    def _hanging(self, head: int) -> str:
        own = self.style.text.indent_characters + head
        size = self.style.character_pt
        return f'<w:ind w:leftChars="{own * 100}" w:left="{parts.twips(own * size)}" w:hangingChars="{head * 100}" w:hanging="{parts.twips(head * size)}"/>'

    # ---- tables ----

    def _table(self, table: Table, shares: tuple[float, ...], size: float, *, turned: bool) -> Iterator[str]:
        style = self.style
        across = style.text_height_pt if turned else style.text_width_pt
        widths = [int(share * parts.twips(across)) for share in shares]
        yield (
            f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/><w:tblBorders>{_BORDERS}</w:tblBorders>'
            '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:left w:w="57" w:type="dxa"/><w:right w:w="57" w:type="dxa"/></w:tblCellMar></w:tblPr>'
            "<w:tblGrid>" + "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"
        )
        half = parts.half_points(size)
        sized = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/></w:rPr>'
        usual = '<w:rPr><w:rFonts w:hint="eastAsia"/>' + sized
        bold = f"<w:rPr>{parts.fonts_of(style.table.head_font, style.text.latin)}{sized}"
        for number, row in enumerate(table.rows):
            is_head = table.headed and not number
            said = "" if sum(map(len, row.cells)) > _LONG_ROW else "<w:cantSplit/>"
            said += "<w:tblHeader/>" if is_head and len(table.rows) > 1 else ""
            cells = "".join(
                self._cell(cell, width, bold if is_head else usual, is_head=is_head)
                for cell, width in zip(row.cells, widths, strict=True)
            )
            yield f"<w:tr><w:trPr>{said}</w:trPr>{cells}</w:tr>"
        yield "</w:tbl>"

    def _cell(self, words: str, width: int, shape: str, *, is_head: bool) -> str:
        centred = '<w:jc w:val="center"/>' if is_head else ""
        run = f'<w:r>{shape}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>' if words else ""
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="Cell"/>{centred}</w:pPr>{run}</w:p></w:tc>'
        )


_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def _is_signed(above: Part | None) -> bool:
    return isinstance(above, Paragraph) and above.kind in ("issuer", "date")


def _ending(section: str) -> str:
    """A section's end stands in a paragraph, here one that is hardly seen."""
    return (
        '<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>'
        f'<w:rPr><w:sz w:val="2"/></w:rPr>{section}</w:pPr></w:p>'
    )


def _styled(name: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{name}"/></w:pPr>{runs}</w:p>'


def _run(words: str) -> str:
    return f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/></w:rPr><w:t xml:space="preserve">{escape(words)}</w:t></w:r>'
