"""网页: a bulletin as HTML: a page that stands alone, or only the markup for somebody else's page.

Guarantees
1. No script, no inline style, no handler: a strict Content-Security-Policy shows it as it is.
2. Everything that is text is escaped; a mark's address is one a page can have.
3. Reading the page back gives the paragraphs and rows of the plan.

The classes are part of the interface:
`gongwen` around all · `gw-title` with a `gw-line` for each line broken by meaning · `gw-subtitle` · `gw-number` (文号) ·
`gw-heading gw-level-1` to `-4` (h2–h5 alone on a line, or p with `gw-run-in` and the heading's words in `gw-run`) · `gw-text` · `gw-item` · `gw-annex` ·
`gw-contact` · `gw-signed` around `gw-issuer` and `gw-date` · `gw-scroll` around a table, `gw-wide` too if it has many columns. Each part has `id="p-N"` with the number of its block, a row too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

from gongwen.layout.characters import printable
from gongwen.layout.marks import Mark
from gongwen.layout.plan import Paragraph, Part, Plan, Row, Table
from gongwen.layout.style import Style
from gongwen.layout.titles import title_lines
from gongwen.layout.websheet import STYLESHEET, print_style
from gongwen.models import Block

_SCREEN = "body{margin:2rem 1rem;color:#111;background:#fff}\n"
_Marks = Mapping[int, Sequence[Mark]]


def page_html(plan: Plan, style: Style, blocks: Sequence[Block], marks: _Marks) -> str:
    """A whole page with its style sheet, on screen and on paper."""
    title = escape(plan.title or "公文")
    return (
        f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<style>\n{_SCREEN}{STYLESHEET}{print_style(style)}</style>\n</head>\n<body>\n"
        f"{body_html(plan, style, blocks, marks)}</body>\n</html>\n"
    )


def body_html(plan: Plan, style: Style, blocks: Sequence[Block], marks: _Marks) -> str:
    """Only what stands inside the page's main part."""
    return "".join(
        (
            '<article class="gongwen" lang="zh-CN">\n',
            *_Writer(style, blocks, marks).written(plan.parts),
            "</article>\n",
        )
    )


class _Writer:
    """The markup of one bulletin."""

    def __init__(self, style: Style, blocks: Sequence[Block], marks: _Marks) -> None:
        self.style = style
        self.blocks = blocks
        self.marks = marks

    def written(self, parts: Sequence[Part]) -> Iterator[str]:
        """Every part; issuers and dates that follow one another stand in one element."""
        signed = False
        for part in parts:
            is_signed = isinstance(part, Paragraph) and part.kind in ("issuer", "date")
            if is_signed != signed:
                yield '<div class="gw-signed">\n' if is_signed else "</div>\n"
            signed = is_signed
            yield self._table(part) if isinstance(part, Table) else self._paragraph(part)
        if signed:
            yield "</div>\n"

    def _paragraph(self, part: Paragraph) -> str:
        own = f' id="p-{part.block}"'
        if part.kind == "title":
            return f'<h1{own} class="gw-title">{self._title(part)}</h1>\n'
        if part.kind != "heading":
            return f'<p{own} class="gw-{part.kind}">{self._words(part.block)}</p>\n'
        level = min(max(part.level, 1), 4)
        classes = f"gw-heading gw-level-{level}"
        if not part.head:
            return f'<h{level + 1}{own} class="{classes}">{self._words(part.block)}</h{level + 1}>\n'
        at = self._place(part)
        run, rest = self._words(part.block, 0, at), self._words(part.block, at)
        return f'<p{own} class="{classes} gw-run-in"><span class="gw-run">{run}</span>{rest}</p>\n'

    def _place(self, part: Paragraph) -> int:
        """Where the heading ends in the block's own text, of which the plan may have left out signs."""
        text, printed = self.blocks[part.block].text, 0
        if len(text) == len(part.text):
            return part.head
        for at, sign in enumerate(text):
            if printed == part.head:
                return at
            printed += len(printable(sign))
        return len(text)

    def _title(self, part: Paragraph) -> str:
        """The title in the lines that it is broken into where there is room; a marked one is left to the browser."""
        text = self.blocks[part.block].text
        most = int(self.style.text_width_pt / self.style.title.size_pt)
        if part.block in self.marks or text != part.text:
            return self._words(part.block)
        return "".join(f'<span class="gw-line">{escape(line)}</span>' for line in title_lines(text, most))

    def _words(self, block: int, start: int = 0, end: int | None = None) -> str:
        """Words of a block's text with their marks; a mark over the edge of the stretch is parted."""
        text = self.blocks[block].text
        end = len(text) if end is None else end
        pieces, at = [], start
        for mark in self.marks.get(block, ()):
            begins, ends = max(mark.start, start), min(mark.end, end)
            if begins < ends:
                pieces += [_escaped(text[at:begins]), _link(mark, text[begins:ends])]
                at = ends
        return "".join((*pieces, _escaped(text[at:end])))

    # ---- tables ----

    def _table(self, table: Table) -> str:
        wide = " gw-wide" if table.columns > self.style.table.wide_columns else ""
        head, rows = (table.rows[:1], table.rows[1:]) if table.headed else ((), table.rows)
        top = f"<thead>\n{self._rows(head, 'th')}</thead>\n" if head else ""
        return f'<div class="gw-scroll{wide}">\n<table>\n{top}<tbody>\n{self._rows(rows, "td")}</tbody>\n</table>\n</div>\n'

    def _rows(self, rows: Iterable[Row], tag: str) -> str:
        return "".join(f'<tr id="p-{row.block}">{self._cells(row.block, tag)}</tr>\n' for row in rows)

    def _cells(self, block: int, tag: str) -> Iterator[str] | str:
        cells, at = [], 0
        scope = ' scope="col"' if tag == "th" else ""
        for cell in self.blocks[block].text.split("\t"):
            cells.append(f"<{tag}{scope}>{self._words(block, at, at + len(cell))}</{tag}>")
            at += len(cell) + 1
        return "".join(cells)


def _link(mark: Mark, words: str) -> str:
    classes = f' class="{mark.classes}"' if mark.classes else ""
    title = f' title="{_escaped(mark.title)}"' if mark.title else ""
    return f'<a href="{_escaped(mark.href)}"{title}{classes}>{_escaped(words)}</a>'


def _escaped(words: str) -> str:
    return escape(printable(words), quote=True)
