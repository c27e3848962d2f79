"""Word 文档: the text of a .docx as its reader sees it, one paragraph or table row a line.

Guarantees
1. Automatic numbers stand before their paragraphs; text boxes, content controls, links and the results of fields are read once.
2. Tracked insertions are text, tracked deletions are not; notes stand at the end; what was left out is named in the notes.
3. A table's row is a line of cells parted by tabs: a cell that covers several columns or rows has its words once, the rest is empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from gongwen.errors import DamagedFileError, NoTextError
from gongwen.formats.extraction import Extraction
from gongwen.formats.limits import Package, bounded, whole
from gongwen.formats.numbering import Numbering, read_numbering

_TRANSITIONAL = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_MATH = re.compile(r"\{http://[^}]*/math\}t$")
_UNREAD = (
    "instrText",
    "delText",
    "del",
    "moveFrom",
    "commentReference",
    "annotationRef",
    "fldData",
    "rPr",
    "pPr",
)


def extract(data: bytes, *, name: str) -> Extraction:
    """Raises `DamagedFileError`, `EncryptedFileError`, `OversizeFileError`, `NoTextError`."""
    package = Package(data, name)
    document = _Document(package)
    lines = [line for line in document.lines() if line.strip()]
    if not lines:
        raise NoTextError(
            name,
            "文档中没有文字" + ("，只有图片" if document.seen.pictures else ""),
            "请核对文件，或将图片页另存为 PDF 后识别",
        )
    return Extraction(bounded("\n".join(lines) + "\n", name), "docx", tuple(document.seen.notes()))


@dataclass(slots=True)
class _Seen:
    """What was met on the way and is worth a note."""

    pictures: int = 0
    insertions: bool = False
    deletions: bool = False
    hidden: bool = False
    comments: bool = False
    embedded: bool = False
    footnotes: list[str] = field(default_factory=list)

    def notes(self) -> Iterator[str]:
        """Chinese sentences about what was left out."""
        if self.insertions or self.deletions:
            yield "文档含有修订痕迹：插入的文字已读取，删除的文字未读取。"
        if self.comments:
            yield "文档含有批注，批注未读取。"
        if self.hidden:
            yield "文档含有隐藏文字，未读取。"
        if self.pictures:
            yield f"文档含有{self.pictures}张图片或图形，其中的文字未读取。"
        if self.embedded:
            yield "文档嵌有其他文件，其内容未读取。"
        if self.footnotes:
            yield f"脚注、尾注{len(self.footnotes)}条，列在正文之后。"


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says of numbering, and the style it is based on."""

    based_on: str
    list_id: str | None
    depth: int | None


class _Document:
    """One document being read."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.main = _main_part(package)
        root = package.xml(self.main)
        self.namespace = _STRICT if _STRICT in root.tag else _TRANSITIONAL
        body = root.find(self.tag("body"))
        if body is None:
            raise DamagedFileError(package.name, "没有正文部分")
        self.body = body
        self.seen = _Seen(comments=self._part("comments.xml") in package)
        self.numbering: Numbering = read_numbering(self._optional("numbering.xml"), self.tag)
        self.styles = self._read_styles()
        self.texts: dict[str, dict[str, Element]] = {}

    def tag(self, local: str) -> str:
        """A name with the document's namespace."""
        return f"{{{self.namespace}}}{local}"

    def _part(self, file: str) -> str:
        folder = self.main.rpartition("/")[0]
        return f"{folder}/{file}" if folder else file

    def _optional(self, file: str) -> Element | None:
        part = self._part(file)
        return self.package.xml(part) if part in self.package else None

    def _read_styles(self) -> dict[str, _Style]:
        root = self._optional("styles.xml")
        found = {}
        for style in () if root is None else root.iter(self.tag("style")):
            list_id, depth = self._list_of(style.find(self.tag("pPr")))
            base = style.find(self.tag("basedOn"))
            based_on = "" if base is None else base.get(self.tag("val"), "")
            found[style.get(self.tag("styleId"), "")] = _Style(based_on, list_id, depth)
        return found

    # ---- lines ----

    def lines(self) -> Iterator[str]:
        """Every paragraph and table row of the body, then the notes."""
        yield from self._blocks(self.body)
        yield from self.seen.footnotes

    def _blocks(self, parent: Element) -> Iterator[str]:
        for child in parent:
            local = child.tag.rpartition("}")[2]
            if local == "p":
                yield from self._paragraph(child)
            elif local == "tbl":
                yield from self._table(child)
            elif local == "altChunk":
                self.seen.embedded = True
            elif local == "AlternateContent":
                yield from self._blocks(_one_of(child))
            elif local not in ("del", "moveFrom", "sectPr", "sdtPr", "sdtEndPr"):
                yield from self._blocks(child)

    def _paragraph(self, paragraph: Element) -> Iterator[str]:
        boxes: list[Element] = []
        words = "".join(self._words(paragraph, boxes))
        label = self._label(paragraph) if words.strip() else ""
        yield from (f"{label}{line}".rstrip() if not n else line for n, line in enumerate(words.split("\n")))
        for box in boxes:
            yield from self._blocks(box)

    def _label(self, paragraph: Element) -> str:
        """The automatic number, with a blank where letters or figures would run into the words."""
        properties = paragraph.find(self.tag("pPr"))
        list_id, depth = self._list_of(properties)
        if list_id is None:
            list_id, style_depth = self._list_of_style(properties)
            depth = style_depth if depth is None else depth
        if list_id is None or list_id == "0":
            return ""
        label = self.numbering.label(list_id, depth or 0)
        return label + " " if label and label[-1].isascii() and label[-1].isalnum() else label

    def _list_of(self, properties: Element | None) -> tuple[str | None, int | None]:
        """The list and level that properties name themselves."""
        numbered = None if properties is None else properties.find(self.tag("numPr"))
        if numbered is None:
            return None, None
        own, level = numbered.find(self.tag("numId")), numbered.find(self.tag("ilvl"))
        depth = None if level is None else level.get(self.tag("val"), "0")
        number = max(whole(depth, 0), 0) if depth else None
        return (None if own is None else own.get(self.tag("val"))), number

    def _list_of_style(self, properties: Element | None) -> tuple[str | None, int | None]:
        named = None if properties is None else properties.find(self.tag("pStyle"))
        style_id = "" if named is None else named.get(self.tag("val"), "")
        depth = None
        for _ in range(len(self.styles)):
            style = self.styles.get(style_id)
            if style is None:
                break
            depth = style.depth if depth is None else depth
            if style.list_id is not None:
                return style.list_id, depth
            style_id = style.based_on
        return None, None

    # ---- words of a paragraph ----

    def _words(self, parent: Element, boxes: list[Element]) -> Iterator[str]:
        for child in parent:
            local = child.tag.rpartition("}")[2]
            if local == "t":
                yield child.text or ""
            elif local == "r":
                if self._is_hidden(child):
                    self.seen.hidden = True
                else:
                    yield from self._words(child, boxes)
            elif local in _SIGNS:
                yield _SIGNS[local]
            elif local == "sym":
                yield _symbol(child.get(self.tag("char"), ""))
            elif local in _UNREAD:
                self.seen.deletions |= local in ("del", "moveFrom")
            else:
                yield from self._more_words(child, local, boxes)

    def _more_words(self, child: Element, local: str, boxes: list[Element]) -> Iterator[str]:
        """What is neither a run nor plain text: notes, boxes, and whatever may hold runs."""
        if local in ("footnoteReference", "endnoteReference"):
            self._keep_note(local.removesuffix("Reference"), child.get(self.tag("id"), ""))
        elif local == "txbxContent":
            boxes.append(child)
        elif local == "AlternateContent":
            yield from self._words(_one_of(child), boxes)
        else:
            self.seen.insertions |= local in ("ins", "moveTo")
            self.seen.pictures += local in ("pic", "imagedata")
            self.seen.embedded |= local == "OLEObject"
            if _MATH.search(child.tag):
                yield child.text or ""
            yield from self._words(child, boxes)

    def _is_hidden(self, run: Element) -> bool:
        properties = run.find(self.tag("rPr"))
        vanish = None if properties is None else properties.find(self.tag("vanish"))
        return vanish is not None and vanish.get(self.tag("val")) not in ("0", "false", "off")

    def _keep_note(self, kind: str, own_id: str) -> None:
        """Keep a footnote for the end; its mark in the text is left out, since it would read as a figure."""
        if kind not in self.texts:
            root = self._optional(f"{kind}s.xml")
            notes = () if root is None else root.iter(self.tag(kind))
            self.texts[kind] = {note.get(self.tag("id"), ""): note for note in notes}
        note = self.texts[kind].get(own_id)
        if note is not None:
            words = "".join("".join(self._blocks(note)).split())
            if words:
                self.seen.footnotes.append(f"注：{words}")

    # ---- tables ----

    def _table(self, table: Element) -> Iterator[str]:
        for row in self._rows(table):
            cells = list(self._cells(row))
            if any(cell.strip() for cell in cells):
                yield "\t".join(cells) if len(cells) > 1 else cells[0]

    def _rows(self, parent: Element) -> Iterator[Element]:
        """Rows, also those in content controls and tracked insertions."""
        for child in parent:
            local = child.tag.rpartition("}")[2]
            if local == "tr":
                if not self._is_deleted_row(child):
                    yield child
            elif local in ("sdt", "sdtContent", "ins", "customXml"):
                yield from self._rows(child)

    def _is_deleted_row(self, row: Element) -> bool:
        properties = row.find(self.tag("trPr"))
        return properties is not None and properties.find(self.tag("del")) is not None

    def _cells(self, row: Element) -> Iterator[str]:
        for cell in self._own_cells(row):
            properties = cell.find(self.tag("tcPr"))
            merge = None if properties is None else properties.find(self.tag("vMerge"))
            goes_on = merge is not None and merge.get(self.tag("val"), "continue") == "continue"
            yield "" if goes_on else " ".join(filter(None, ("".join(self._cell(cell)).split())))
            yield from [""] * (self._columns(properties) - 1)

    def _own_cells(self, parent: Element) -> Iterator[Element]:
        """The cells of a row, also those in content controls; not those of a table inside a cell."""
        for child in parent:
            local = child.tag.rpartition("}")[2]
            if local == "tc":
                yield child
            elif local in ("sdt", "sdtContent", "ins", "customXml"):
                yield from self._own_cells(child)

    def _cell(self, cell: Element) -> Iterator[str]:
        """The words of a cell; the rows of a table in it follow one another."""
        for line in self._blocks(cell):
            yield line.replace("\t", " ") + "\n"

    def _columns(self, properties: Element | None) -> int:
        span = None if properties is None else properties.find(self.tag("gridSpan"))
        said = "1" if span is None else span.get(self.tag("val"), "1")
        return min(max(whole(said, 1), 0), 200)


_SIGNS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": " "}


def _one_of(alternate: Element) -> Element:
    """Of a part written twice, for newer and older programs, the first that holds text: both would double it."""
    choices = list(alternate)
    with_text = [choice for choice in choices if any(e.tag.endswith("}txbxContent") for e in choice.iter())]
    return (with_text or choices or [alternate])[0]


def _symbol(code: str) -> str:
    """A sign of a symbol font: private-use characters have no meaning elsewhere, except the boxes for ticking."""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return _TICKS.get(value) or (chr(value) if 0 <= value < _PRIVATE_USE else "")


_PRIVATE_USE = 0xE000
_TICKS = {0xF052: "☑", 0xF0FE: "☑", 0xF0A3: "□", 0xF06F: "□", 0xF0A8: "□"}


def _main_part(package: Package) -> str:
    """Where the document stands, as the package's own relations say."""
    relations = package.xml("_rels/.rels") if "_rels/.rels" in package else Element("none")
    for relation in relations:
        if relation.get("Type", "").endswith("/officeDocument"):
            target = relation.get("Target", "").lstrip("/")
            if target in package:
                return target
    return "word/document.xml"
