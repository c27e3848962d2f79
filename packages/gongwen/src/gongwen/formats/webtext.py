"""网页文字: the lines of a page as a browser shows them.

Guarantees
1. A paragraph, list item, heading or table row is one line; blanks of the source that a browser would fold are folded.
2. Ordered lists are numbered as shown; a table's merged cells have their words once.
3. What a browser does not show (scripts, hidden parts, controls) is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.html import HtmlElement

from gongwen.formats.limits import whole

_BLOCKS = frozenset({
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dl", "dt", "dd", "table", "tr",
    "td", "th", "thead", "tbody", "tfoot", "caption", "section", "article", "header", "footer", "main",
    "nav", "aside", "blockquote", "pre", "form", "fieldset", "address", "center", "figure", "figcaption",
    "hr", "body", "ucapcontent", "details", "summary",
})  # fmt: skip
_UNSEEN = frozenset({
    "script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "canvas", "select",
    "option", "button", "input", "head", "meta", "link", "audio", "video", "map",
})  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
# A table whose cells hold this much on the average lays out a page; it lists nothing.
_LAYOUT_CELL = 300
_PARAGRAPHS = 5
_MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Line:
    """行: words, the element they stand in, and which share of them are links."""

    text: str
    element: HtmlElement
    link_share: float = 0.0
    is_row: bool = False


def page_lines(body: HtmlElement) -> Iterator[Line]:
    """Every line of a page."""
    writer = _Writer()
    _write(body, writer, in_link=False)
    writer.end(body)
    return iter(writer.lines)


class _Writer:
    """Collects words into lines."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self._words: list[str] = []
        self._linked = 0
        self.counted: dict[HtmlElement, int] = {}

    def add(self, words: str | None, *, in_link: bool, as_written: bool = False) -> None:
        """Append words; blanks fold as a browser folds them."""
        if words:
            folded = words if as_written else _BLANKS.sub(" ", words)
            self._words.append(folded)
            if in_link:
                self._linked += len(folded.strip())

    def end(self, element: HtmlElement) -> None:
        """End the line that stands in an element."""
        for text in "".join(self._words).split("\n"):
            stripped = text.replace("\u200b", "").strip(" \t\u00a0\u3000\ufeff")
            if stripped:
                share = min(1.0, self._linked / max(1, len(stripped)))
                self.lines.append(Line(re.sub(r"[\u00a0 ]{2,}", " ", stripped), element, share))
        self._words, self._linked = [], 0

    def row(self, cells: list[str], element: HtmlElement) -> None:
        """Append a table's row."""
        if any(cells):
            self.lines.append(
                Line("\t".join(cells) if len(cells) > 1 else cells[0], element, is_row=len(cells) > 1)
            )


def _write(element: HtmlElement, writer: _Writer, *, in_link: bool) -> None:
    """Write an element and everything in it. An explicit stack: pages nest as deep as they like."""
    stack: list[tuple[HtmlElement, str, bool]] = [(element, "open", in_link)]
    while stack:
        node, doing, linked = stack.pop()
        if doing == "tail":
            writer.add(node.tail, in_link=linked)
        elif doing == "close":
            writer.end(node)
        elif not _is_unseen(node) and not _write_rows(node, writer):
            inner = linked or node.tag == "a"
            if node.tag in _BLOCKS:
                writer.end(node.getparent() if node.getparent() is not None else node)
                stack.append((node, "close", inner))
            _write_beginning(node, writer, in_link=inner)
            for child in reversed(node):
                stack += [(child, "tail", inner), (child, "open", inner)]


def _write_rows(node: HtmlElement, writer: _Writer) -> bool:
    """Write a table that lists something; says whether it was one."""
    rows = data_rows(node) if node.tag == "table" else None
    if rows is None:
        return False
    writer.end(node)
    for row, cells in rows:
        writer.row(cells, row)
    return True


def _write_beginning(node: HtmlElement, writer: _Writer, *, in_link: bool) -> None:
    if node.tag == "br":
        writer.add("\n", in_link=False, as_written=True)
    elif node.tag == "li":
        writer.add(_item_number(node, writer.counted), in_link=False)
    writer.add(node.text, in_link=in_link, as_written=node.tag == "pre")


def _is_unseen(node: HtmlElement) -> bool:
    if not isinstance(node.tag, str) or node.tag in _UNSEEN or node.get("hidden") is not None:
        return True
    return bool(_HIDDEN.search(node.get("style") or ""))


def _item_number(item: HtmlElement, counted: dict[HtmlElement, int]) -> str:
    """The number that a browser shows before an item of an ordered list; `counted` holds how far each list has come."""
    parent = item.getparent()
    if parent is None or parent.tag != "ol" or "none" in (parent.get("style") or ""):
        return ""
    number = _whole(item.get("value"), counted.get(parent, _whole(parent.get("start"), 1)))
    counted[parent] = number + 1
    form = parent.get("type") or "1"
    if form in ("a", "A") and 1 <= number <= 26:  # noqa: PLR2004
        return chr(ord(form) + number - 1) + "."
    return f"{number}."


def _whole(text: str | None, default: int) -> int:
    return whole(text, default)


# ---- tables ----


def data_rows(table: HtmlElement) -> list[tuple[HtmlElement, list[str]]] | None:
    """The rows of a table that lists something; `None` for one that only lays out the page."""
    rows = [row for row in table.iter("tr") if not _is_unseen(row)]
    if table.find(".//table") is not None or _holds_an_article(table):
        return None
    grid = _grid(rows)
    cells = [cell for line in grid for cell in line if cell]
    widest = max((len(line) for line in grid), default=0)
    if widest < 2 or not cells or sum(map(len, cells)) > _LAYOUT_CELL * len(cells):  # noqa: PLR2004
        return None
    return [pair for pair in zip(rows, grid, strict=True) if any(pair[1])]


def _holds_an_article(table: HtmlElement) -> bool:
    """Whether a cell has a title or several paragraphs, as an article has and an entry of a list has not."""
    cells = (cell for cell in table.iter("td", "th"))
    return any(
        sum(1 for _ in cell.iter("p")) > _PARAGRAPHS or next(cell.iter("h1", "h2"), None) is not None
        for cell in cells
    )


def _grid(rows: list[HtmlElement]) -> list[list[str]]:
    """Cells by row and column; a cell over several rows or columns has its words in the first place, the rest is empty."""
    taken: dict[tuple[int, int], bool] = {}
    grid: list[list[str]] = []
    for number, row in enumerate(rows):
        line: list[str] = []
        for cell in row.iterchildren("td", "th"):
            while (number, len(line)) in taken:
                line.append("")
            down, across = (min(_whole(cell.get(name), 1), _MOST_COLUMNS) for name in ("rowspan", "colspan"))
            for below in range(1, min(max(1, down), len(rows) - number)):
                for beside in range(max(1, across)):
                    taken[number + below, len(line) + beside] = True
            line += [cell_words(cell), *[""] * (max(1, across) - 1)]
        while (number, len(line)) in taken:
            line.append("")
        grid.append(line)
    return grid


def cell_words(cell: HtmlElement) -> str:
    """The words of a cell on one line."""
    writer = _Writer()
    _write(cell, writer, in_link=False)
    writer.end(cell)
    return " ".join(" ".join(line.text for line in writer.lines).split())
