"""PDF: the text of a .pdf by where it stands on its pages; ruled tables as rows, scanned pages recognised.

Guarantees
1. Columns, paragraphs over lines and pages, page numbers and repeated edges are treated as `sheets` says.
2. A ruled table's rows are lines of cells parted by tabs; its words are not among the text.
3. Watermarks set aslant are left out and noted; text that is not shown, as in the layer behind a scan, is taken and noted.
4. A page whose text runs sideways or upside down is read as one that is turned upright.
5. The native library runs in a process of its own (`jail`).
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from io import BytesIO
from statistics import mode
from typing import TYPE_CHECKING, Any

from gongwen.errors import (
    DamagedFileError,
    EncryptedFileError,
    MissingConverterError,
    NoTextError,
    OversizeFileError,
)
from gongwen.formats.extraction import Extraction
from gongwen.formats.jail import extract_apart
from gongwen.formats.limits import bounded
from gongwen.formats.radicals import RADICALS
from gongwen.formats.runs import Run
from gongwen.formats.sheets import Grid, Sheet, read_sheets

if TYPE_CHECKING:
    import pypdfium2 as pdfium

MOST_PAGES = 3000
SECONDS = 600
_ASLANT = math.radians(8)
_RULES_OF_A_TABLE = 4
_CELLS_OF_A_ROW = 2
_SCANNED_TEXT = 8
_DPI = 150
# What the library gives for a hyphen at the end of a line.
_SOFT_HYPHEN = 2
# Halves of signs, as UTF-16 has them.
_HIGH, _LOW = range(0xD800, 0xDC00), range(0xDC00, 0xE000)


def extract(data: bytes, *, name: str, recognise: bool = True) -> Extraction:
    """Raises `MissingConverterError`, `EncryptedFileError`, `DamagedFileError`, `OversizeFileError`, `NoTextError`."""
    if not (find_spec("pypdfium2") and find_spec("pdfplumber")):
        raise MissingConverterError(
            name,
            "组件 pypdfium2 和 pdfplumber",
            '请运行 pip install "gongwen[pdf]"，或另存为 .docx、.txt 后读取',
        )
    return extract_apart("pdf", data, name=name, seconds=SECONDS, recognise=recognise)


def extract_here(data: bytes, *, name: str, recognise: bool = True) -> Extraction:
    """The same in this process; called in the child."""
    reader = _Reader(data, name, recognise=recognise)
    sheets = [reader.sheet(number) for number in range(len(reader.document))]
    if not any(sheet.runs or sheet.grids for sheet in sheets):
        raise NoTextError(
            name,
            "文件中没有文字" + ("，页面都是图片" if reader.scanned else ""),
            reader.remedy(),
        )
    found = read_sheets(sheets, "pdf", reader.notes())
    return Extraction(bounded(found.text, name), "pdf", found.notes, found.confidences)


class _Reader:
    """One document, and what was met in it."""

    def __init__(self, data: bytes, name: str, *, recognise: bool = True) -> None:
        import pypdfium2 as pdfium  # noqa: PLC0415  (an extra)
        from pypdfium2 import raw  # noqa: PLC0415

        self.raw: Any = raw
        self.data = data
        self.recognise = recognise
        try:
            self.document = pdfium.PdfDocument(data)
        except pdfium.PdfiumError as error:
            if "password" in str(error).lower():
                raise EncryptedFileError(name) from None
            raise DamagedFileError(name, "PDF 结构不完整") from None
        if len(self.document) > MOST_PAGES:
            raise OversizeFileError(name, f"文件有{len(self.document)}页，上限{MOST_PAGES}页")
        self.aslant = 0
        self.scanned = 0
        self.recognised = 0
        self.unseen = False
        self.broken: list[int] = []
        self._plumber: Any = None

    def notes(self) -> Iterator[str]:
        """Chinese sentences about what was left out."""
        if self.aslant:
            yield "斜排的水印文字未读取。"
        if self.unseen:
            yield "部分文字在页面上不可见（多为扫描件的识别层），也已读取，请对照原件。"
        if self.recognised:
            yield f"其中{self.recognised}页为扫描页，文字由识别得来，请对照原件。"
        if self.scanned > self.recognised:
            yield f"其中{self.scanned - self.recognised}页为图片，文字未能识别。"
        if self.broken:
            yield f"第{'、'.join(map(str, self.broken[:10]))}页已损坏，未读取。"

    def remedy(self) -> str:
        """What to do when there is no text."""
        if not self.scanned:
            return "请核对文件是否完整"
        if not self.recognise:
            return "请在需要文字时另行识别"
        return '扫描件需要识别组件，请运行 pip install "gongwen[ocr]" 后重试'

    def sheet(self, number: int) -> Sheet:
        """One page; an empty sheet for a page that cannot be read."""
        import pypdfium2 as pdfium  # noqa: PLC0415

        try:
            page = self.document[number]
            turned = list(self._runs(page))
            frame = _Frame.of(page, [angle for angle, _ in turned])
            runs = [frame.upright(run) for _, run in turned]
            if sum(len(run.text) for run in runs) < _SCANNED_TEXT and self._has_picture(page):
                return self._recognised(page) or Sheet(frame.width, frame.height, tuple(runs))
            grids = self._grids(number) if frame.is_displayed and self._is_ruled(page) else ()
            outside = tuple(run for run in runs if not any(_within(run, grid) for grid in grids))
            return Sheet(frame.width, frame.height, outside, grids)
        except pdfium.PdfiumError:
            self.broken.append(number + 1)
            return Sheet(1, 1, ())

    # ---- words ----

    def _runs(self, page: pdfium.PdfPage) -> Iterator[tuple[int, Run]]:
        """Every character but those set aslant, each with its quarter turns and its box in the page's own places, upwards."""
        text = page.get_textpage()
        raw, handle = self.raw, text.raw
        box, font, blank, high = raw.FS_RECTF(), 0.0, "", 0
        for index in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(handle, index)
            if code in (0, 0xFFFE, 0xFFFF, 10, 13) or raw.FPDFText_IsGenerated(handle, index) == 1:
                continue
            if code in _HIGH:  # the first half of a sign beyond the first plane (𠮷); the second follows
                high = code
                continue
            code, high = _whole_sign(high, code), 0
            if not raw.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(box)):
                continue
            angle = raw.FPDFText_GetCharAngle(handle, index)
            if abs(math.remainder(angle, math.pi / 2)) > _ASLANT:
                self.aslant += 1
                continue
            quarters = round(angle / (math.pi / 2)) % 4
            font = abs(box.right - box.left if quarters % 2 else box.top - box.bottom) or font
            sign = "-" if code == _SOFT_HYPHEN else RADICALS.get(chr(code), chr(code))
            if sign.strip():
                self.unseen = self.unseen or self._is_unseen(handle, index)
                yield quarters, Run(blank + sign, box.left, box.bottom, box.right, box.top, font)
            blank = "" if sign.strip() else " "

    def _is_unseen(self, handle: Any, index: int) -> bool:
        shown = self.raw.FPDFTextObj_GetTextRenderMode(self.raw.FPDFText_GetTextObject(handle, index))
        return bool(shown == self.raw.FPDF_TEXTRENDERMODE_INVISIBLE)

    # ---- tables ----

    def _is_ruled(self, page: pdfium.PdfPage) -> bool:
        paths = (o for o in page.get_objects(filter=[self.raw.FPDF_PAGEOBJ_PATH], max_depth=3))
        return sum(1 for _, _ in zip(paths, range(_RULES_OF_A_TABLE), strict=False)) >= _RULES_OF_A_TABLE

    def _grids(self, number: int) -> tuple[Grid, ...]:
        """Ruled tables of at least two columns and rows, by pdfplumber."""
        import pdfplumber  # noqa: PLC0415  (slow: only where there are rules)

        if self._plumber is None:
            self._plumber = pdfplumber.open(BytesIO(self.data))
        plumbed = self._plumber.pages[number]
        found = []
        for table in plumbed.find_tables():
            rows = tuple(tuple(_cell(cell) for cell in row) for row in table.extract())
            width = max(map(len, rows), default=0)
            # A row by itself counts when it has cells enough to be one: a list is often interrupted by its areas.
            if width > _CELLS_OF_A_ROW or (width > 1 and len(rows) > 1):
                left, top, right, bottom = table.bbox
                found.append(Grid(left, top, right, bottom, rows))
        plumbed.flush_cache()
        return tuple(found)

    # ---- scanned pages ----

    def _has_picture(self, page: pdfium.PdfPage) -> bool:
        return any(True for _ in page.get_objects(filter=[self.raw.FPDF_PAGEOBJ_IMAGE], max_depth=3))

    def _recognised(self, page: pdfium.PdfPage) -> Sheet | None:
        """A scanned page as it is recognised; `None` without the extra, or where that is not wanted."""
        self.scanned += 1
        if not self.recognise or not find_spec("rapidocr_onnxruntime"):
            return None
        from gongwen.formats.ocr import LONG_SIDE, recognised  # noqa: PLC0415

        width, height = page.get_size()
        scale = min(_DPI / 72, LONG_SIDE / max(width, height))
        sheet = recognised(page.render(scale=scale).to_pil().convert("RGB"))
        self.recognised += 1
        return sheet


@dataclass(frozen=True, slots=True)
class _Frame:
    """A page as it is held to read most of its text: that text runs `quarters` turns clockwise of upright."""

    page_width: float
    page_height: float
    quarters: int
    is_displayed: bool
    """Whether a viewer shows it so, and tables are found where the words are."""

    @classmethod
    def of(cls, page: pdfium.PdfPage, turns: list[int]) -> _Frame:
        sides, rotation = page.get_size(), page.get_rotation() // 90
        width, height = reversed(sides) if rotation % 2 else sides
        quarters = mode(turns) if turns else 0
        return cls(width, height, quarters, (quarters + rotation) % 4 == 0)

    @property
    def width(self) -> float:
        return self.page_height if self.quarters % 2 else self.page_width

    @property
    def height(self) -> float:
        return self.page_width if self.quarters % 2 else self.page_height

    def upright(self, run: Run) -> Run:
        """A run in the page's own places (upwards) → in this frame (downwards)."""
        left, low, right, high = run.left, run.top, run.right, run.bottom
        across, down = self.page_width, self.page_height
        places = (
            (left, down - high, right, down - low),
            (down - high, across - right, down - low, across - left),
            (across - right, low, across - left, high),
            (low, left, high, right),
        )[self.quarters]
        return Run(run.text, *places, run.size)


def _whole_sign(high: int, code: int) -> int:
    """A sign out of its two halves; a half without the other is none."""
    if code not in _LOW:
        return code
    return 0x10000 + (high - _HIGH.start << 10) + code - _LOW.start if high else 0xFFFD


def _cell(cell: str | None) -> str:
    words = "".join((cell or "").split("\n"))
    return " ".join("".join(RADICALS.get(sign, sign) for sign in words).split())


def _within(run: Run, grid: Grid) -> bool:
    """Whether a run stands in a table."""
    across, down = (run.left + run.right) / 2, (run.top + run.bottom) / 2
    return grid.left <= across <= grid.right and grid.top <= down <= grid.bottom
