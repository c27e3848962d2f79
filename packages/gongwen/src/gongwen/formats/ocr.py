"""识别: the text of scanned pages and photographs, with how sure the recognition is of each line.

Guarantees
1. A picture's size is read from its head before it is decoded; what is beyond the limit is refused, what is large is made smaller.
2. Pictures lie as their maker meant (EXIF); several pages of one file are pages.
3. Every line has its confidence; nothing is corrected by guessing.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any

from gongwen.errors import DamagedFileError, MissingConverterError, NoTextError, OversizeFileError
from gongwen.formats.extraction import Extraction
from gongwen.formats.jail import extract_apart
from gongwen.formats.runs import Run
from gongwen.formats.sheets import Sheet, read_sheets

if TYPE_CHECKING:
    from PIL.Image import Image

MOST_PIXELS = 60_000_000
MOST_PAGES = 200
SECONDS = 900
# Long side of what is recognised: an A4 page at about 150 dpi. More costs memory and finds nothing more (measured).
LONG_SIDE = 1800


def extract(data: bytes, *, name: str, recognise: bool = True) -> Extraction:
    """Raises `MissingConverterError`, `DamagedFileError`, `OversizeFileError`, `NoTextError`."""
    if not recognise:
        raise NoTextError(name, "图片未作文字识别", "请在需要文字时另行识别")
    if not find_spec("rapidocr_onnxruntime"):
        raise MissingConverterError(
            name, "文字识别组件", '请运行 pip install "gongwen[ocr]" 后重试，或改用有文字的 PDF、Word 文件'
        )
    return extract_apart("ocr", data, name=name, seconds=SECONDS)


def extract_here(data: bytes, *, name: str) -> Extraction:
    """The same in this process; called in the child."""
    sheets = [recognised(picture) for picture in _pictures(data, name)]
    if not any(sheet.runs for sheet in sheets):
        raise NoTextError(name, "图片中没有识别出文字", "请核对图片是否清楚、方向是否正确，必要时重新扫描")
    return read_sheets(sheets, "image", ["文字由图片识别得来，请对照原件核对。"])


def _pictures(data: bytes, name: str) -> Iterator[Image]:
    """Every page of a picture file, upright, in colour, not too large."""
    from PIL import Image, ImageOps, ImageSequence  # noqa: PLC0415  (an extra)

    warnings.simplefilter("ignore", Image.DecompressionBombWarning)
    try:
        with Image.open(BytesIO(data)) as file:
            for number, frame in enumerate(ImageSequence.Iterator(file)):
                if frame.width * frame.height > MOST_PIXELS:
                    raise OversizeFileError(name, f"图片有{frame.width}×{frame.height}个像素")
                if number >= MOST_PAGES:
                    raise OversizeFileError(name, f"图片超过{MOST_PAGES}页")
                picture = ImageOps.exif_transpose(frame).convert("RGB")
                picture.thumbnail((LONG_SIDE, LONG_SIDE))
                yield picture
                if file.format == "GIF":
                    return
    except Image.DecompressionBombError:
        raise OversizeFileError(name, "图片的像素过多") from None
    except (OSError, SyntaxError, ValueError, EOFError):
        raise DamagedFileError(name, "图片不完整或不是图片") from None


def recognised(picture: Image) -> Sheet:
    """The words of one page where they stand."""
    import numpy as np  # noqa: PLC0415  (comes with the extra)

    pixels = np.asarray(picture)[:, :, ::-1]
    found, _ = _engine()(pixels)
    runs = [_run(corners, text, score) for corners, text, score in found or ()]
    return Sheet(picture.width, picture.height, tuple(run for run in runs if run.text))


def _run(corners: list[list[float]], text: str, score: float) -> Run:
    """A recognised box; its height is that of the type and a little air."""
    across, down = [x for x, _ in corners], [y for _, y in corners]
    height = min(corners[3][1] - corners[0][1], corners[2][1] - corners[1][1])
    confidence = Decimal(str(round(float(score), 3)))
    return Run(
        text.strip(), min(across), min(down), max(across), max(down), max(height, 1.0) * 0.8, confidence
    )


@cache
def _engine() -> Any:
    from rapidocr_onnxruntime import RapidOCR  # noqa: PLC0415  (slow to load, an extra)

    # Line by line: on few cores faster than in batches, and with a third less memory (measured).
    return RapidOCR(rec_batch_num=1)
