"""PDF: the text of a .pdf by where it stands on its pages; ruled tables as rows, scanned pages recognised.

Guarantees
1. Columns, paragraphs over lines and pages, page numbers and repeated edges are treated as `sheets` says.
2. A ruled table's rows are lines of cells parted by tabs; its words are not among the text.
3. Watermarks set aslant, and text that is not shown, are left out and noted; the invisible text of a scan is taken.
4. The native library runs in a process of its own (`jail`).
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from importlib.util import find_spec
from io import BytesIO
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


def extract(data: bytes, *, name: str) -> Extraction:
    """Raises `MissingConverterError`, `EncryptedFileError`, `DamagedFileError`, `OversizeFileError`, `NoTextError`."""
    if not (find_spec("pypdfium2") and find_spec("pdfplumber")):
        raise MissingConverterError(
            name,
            "组件 pypdfium2 和 pdfplumber",
            '请运行 pip install "gongwen[pdf]"，或另存为 .docx、.txt 后读取',
        )
    return extract_apart("pdf", data, name=name, seconds=SECONDS)


def extract_here(data: bytes, *, name: str) -> Extraction:
    """The same in this process; called in the child."""
    reader = _Reader(data, name)
    sheets = [reader.sheet(number) for number in range(len(reader.document))]
    if not any(sheet.runs or sheet.grids for sheet in sheets):
        raise NoTextError(
            name,
            "文件中没有文字" + ("，页面都是图片" if reader.scanned else ""),
            '扫描件需要识别组件，请运行 pip install "gongwen[ocr]" 后重试'
            if reader.scanned
            else "请核对文件是否完整",
        )
    found = read_sheets(sheets, "pdf", reader.notes())
    return Extraction(bounded(found.text, name), "pdf", found.notes, found.confidences)


class _Reader:
    """One document, and what was met in it."""

    def __init__(self, data: bytes, name: str) -> None:
        import pypdfium2 as pdfium  # noqa: PLC0415  (an extra)
        from pypdfium2 import raw  # noqa: PLC0415

        self.raw: Any = raw
        self.data = data
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
        self.broken: list[int] = []
        self._plumber: Any = None

    def notes(self) -> Iterator[str]:
        """Chinese sentences about what was left out."""
        if self.aslant:
            yield "斜排的水印文字未读取。"
        if self.recognised:
            yield f"其中{self.recognised}页为扫描页，文字由识别得来，请对照原件。"
        if self.scanned > self.recognised:
            yield f"其中{self.scanned - self.recognised}页为图片，文字未能识别。"
        if self.broken:
            yield f"第{'、'.join(map(str, self.broken[:10]))}页已损坏，未读取。"

    def sheet(self, number: int) -> Sheet:
        """One page; an empty sheet for a page that cannot be read."""
        import pypdfium2 as pdfium  # noqa: PLC0415

        try:
            page = self.document[number]
            width, height = page.get_size()
            runs = list(self._runs(page, height))
            if sum(len(run.text) for run in runs) < _SCANNED_TEXT and self._has_picture(page):
                return self._recognised(page) or Sheet(width, height, tuple(runs))
            grids = self._grids(number) if self._is_ruled(page) else ()
            return Sheet(
                width, height, tuple(r for r in runs if not any(_within(r, g) for g in grids)), grids
            )
        except pdfium.PdfiumError:
            self.broken.append(number + 1)
            return Sheet(1, 1, ())

    # ---- words ----

    def _runs(self, page: pdfium.PdfPage, height: float) -> Iterator[Run]:
        """Every character that is shown upright; blanks belong to the character before."""
        text = page.get_textpage()
        raw, handle = self.raw, text.raw
        rotation = page.get_rotation()
        box, font, blank = raw.FS_RECTF(), 0.0, ""
        for index in range(text.count_chars()):
            code = raw.FPDFText_GetUnicode(handle, index)
            if code in (0, 0xFFFE, 0xFFFF, 10, 13) or raw.FPDFText_IsGenerated(handle, index) == 1:
                continue
            if not raw.FPDFText_GetLooseCharBox(handle, index, ctypes.byref(box)):
                continue
            angle = raw.FPDFText_GetCharAngle(handle, index)
            if rotation == 0 and abs(math.remainder(angle, math.pi / 2)) > _ASLANT:
                self.aslant += 1
                continue
            font = abs(box.top - box.bottom) or font
            sign = "-" if code == _SOFT_HYPHEN else RADICALS.get(chr(code), chr(code))
            if sign.strip():
                yield Run(blank + sign, box.left, height - box.top, box.right, height - box.bottom, font)
            blank = "" if sign.strip() else " "

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
        """A scanned page as it is recognised; `None` without the extra."""
        self.scanned += 1
        if not find_spec("rapidocr_onnxruntime"):
            return None
        from gongwen.formats.ocr import LONG_SIDE, recognised  # noqa: PLC0415

        width, height = page.get_size()
        scale = min(_DPI / 72, LONG_SIDE / max(width, height))
        sheet = recognised(page.render(scale=scale).to_pil().convert("RGB"))
        self.recognised += 1
        return sheet


def _cell(cell: str | None) -> str:
    words = "".join((cell or "").split("\n"))
    return " ".join("".join(RADICALS.get(sign, sign) for sign in words).split())


def _within(run: Run, grid: Grid) -> bool:
    """Whether a run stands in a table."""
    across, down = (run.left + run.right) / 2, (run.top + run.bottom) / 2
    return grid.left <= across <= grid.right and grid.top <= down <= grid.bottom
