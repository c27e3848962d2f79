"""OFD 版式文件 (GB/T 33190): the text of an .ofd by where it stands on its pages.

Guarantees
1. Every document of the file is read, page after page; what page templates bring (headers, seals, lines) is left out.
2. Columns, paragraphs and page numbers are treated as `sheets` says.
3. Only the archive's parts that hold text are opened, within the limits; pictures and signatures are noted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from posixpath import dirname, join, normpath
from xml.etree.ElementTree import Element

from gongwen.errors import DamagedFileError, EncryptedFileError, NoTextError, OversizeFileError
from gongwen.formats.extraction import Extraction
from gongwen.formats.limits import Package, bounded
from gongwen.formats.radicals import RADICALS
from gongwen.formats.runs import Run
from gongwen.formats.sheets import Sheet, read_sheets

MOST_PAGES = 3000
_A4 = (210.0, 297.0)
_SIZE = 4.0


def extract(data: bytes, *, name: str) -> Extraction:
    """Raises `DamagedFileError`, `EncryptedFileError`, `OversizeFileError`, `NoTextError`."""
    reader = _Reader(Package(data, name))
    sheets = list(reader.sheets())
    if not any(sheet.runs for sheet in sheets):
        raise NoTextError(
            name,
            "版式文件中没有文字" + ("，页面都是图片" if reader.pictures else ""),
            "请将页面另存为图片或 PDF 后识别",
        )
    found = read_sheets(sheets, "ofd", reader.notes())
    return Extraction(bounded(found.text, name), "ofd", found.notes)


@dataclass(frozen=True, slots=True)
class _Matrix:
    """CTM: how an object's own coordinates lie on the page."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, across: float, down: float) -> tuple[float, float]:
        """The place on the page."""
        return self.a * across + self.c * down + self.e, self.b * across + self.d * down + self.f


class _Reader:
    """One file, and what was met in it."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.pictures = 0
        self.signed = any(part.endswith("Signatures.xml") for part in package.parts)
        if any(part.endswith("Encryptions.xml") for part in package.parts):
            raise EncryptedFileError(package.name)

    def notes(self) -> Iterator[str]:
        """Chinese sentences about what was not read."""
        if self.pictures:
            yield f"版式文件含有{self.pictures}张图片，其中的文字未读取。"
        if self.signed:
            yield "版式文件带有签章，签章未核验。"

    def sheets(self) -> Iterator[Sheet]:
        """Every page of every document."""
        root = self.package.xml("OFD.xml")
        count = 0
        for body in _all(root, "DocRoot"):
            path = (body.text or "").strip().lstrip("/")
            document = self._part(path)
            usual = self._area(document, _A4)
            for page in _all(document, "Page"):
                count += 1
                if count > MOST_PAGES:
                    raise OversizeFileError(self.package.name, f"文件超过{MOST_PAGES}页")
                if location := page.get("BaseLoc"):
                    yield self._sheet(self._located(path, location), usual)

    def _located(self, document: str, location: str) -> str:
        """A page's part: its place is said from the document's folder, or from the file's beginning."""
        if location.startswith("/"):
            return location.lstrip("/")
        return normpath(join(dirname(document), location))

    def _part(self, path: str) -> Element:
        try:
            return self.package.xml(path)
        except KeyError:
            raise DamagedFileError(self.package.name, f"缺少“{path}”") from None

    def _area(self, element: Element, otherwise: tuple[float, float]) -> tuple[float, float]:
        """Width and height of a page, in millimetres."""
        for area in _all(element, "PhysicalBox"):
            numbers = _numbers(area.text)
            if len(numbers) == 4 and numbers[2] > 0 and numbers[3] > 0:  # noqa: PLR2004  (x, y, width, height)
                return numbers[2], numbers[3]
        return otherwise

    def _sheet(self, path: str, usual: tuple[float, float]) -> Sheet:
        page = self._part(path)
        self.pictures += sum(1 for _ in _all(page, "ImageObject"))
        width, height = self._area(page, usual)
        runs = [run for text in _all(page, "TextObject") for run in _runs(text)]
        return Sheet(width, height, tuple(runs))


def _runs(text: Element) -> Iterator[Run]:
    """The characters of a text object, each where it stands."""
    boundary = (_numbers(text.get("Boundary")) + [0.0] * 4)[:4]
    matrix = _matrix(text.get("CTM"))
    size = _numbers(text.get("Size"))[:1] or [_SIZE]
    scaled = abs(matrix.d * size[0]) or size[0]
    x, y, blank = 0.0, 0.0, ""
    for code in _all(text, "TextCode"):
        x, y = _number(code.get("X"), x), _number(code.get("Y"), y)
        signs = (code.text or "").strip("\r\n")
        across, down = _steps(code.get("DeltaX")), _steps(code.get("DeltaY"))
        for index, sign in enumerate(signs):
            left, base = matrix.at(
                x + _sum(across, index, size[0] if not across else 0.0), y + _sum(down, index, 0.0)
            )
            left, base = left + boundary[0], base + boundary[1]
            if sign.strip():
                wide = scaled * (0.5 if sign.isascii() else 1.0)
                yield Run(
                    blank + RADICALS.get(sign, sign),
                    left,
                    base - 0.85 * scaled,
                    left + wide,
                    base + 0.15 * scaled,
                    scaled,
                )
            blank = "" if sign.strip() else " "


def _sum(steps: list[float], index: int, otherwise: float) -> float:
    """How far the character at `index` stands from the first; steps are running sums."""
    if not steps:
        return otherwise * index
    return 0.0 if index == 0 else steps[min(index, len(steps)) - 1]


def _steps(text: str | None) -> list[float]:
    """DeltaX: distances from character to character as running sums; `g n v` says n times v."""
    steps: list[float] = []
    words = (text or "").split()
    at = 0
    while at < len(words):
        if words[at] == "g" and at + 2 < len(words):
            repeated = min(int(_number(words[at + 1], 0)), 100_000)
            steps += [_number(words[at + 2], 0.0)] * repeated
            at += 3
        else:
            steps.append(_number(words[at], 0.0))
            at += 1
    return list(accumulate(steps))


def _matrix(text: str | None) -> _Matrix:
    numbers = _numbers(text)
    return _Matrix(*numbers) if len(numbers) == 6 else _Matrix()  # noqa: PLR2004


def _numbers(text: str | None) -> list[float]:
    return [_number(word, 0.0) for word in (text or "").split()]


def _number(text: str | None, default: float) -> float:
    try:
        value = float(text) if text else default
    except ValueError:
        return default
    return value if abs(value) < 1e7 else default  # noqa: PLR2004  (kilometres; infinities and nonsense too)


def _all(element: Element, local: str) -> Iterator[Element]:
    """Elements by their name alone: namespaces are written in several ways."""
    return (e for e in element.iter() if isinstance(e.tag, str) and e.tag.rpartition("}")[2] == local)
