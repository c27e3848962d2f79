"""提取结果: what every format's module returns."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from gongwen.formats.sniffing import FormatName
from gongwen.models import Span


@dataclass(frozen=True, slots=True)
class Confidence:
    """识别可信度: how sure the recognition of one line is, 0 to 1; `span` is the line's place in the text."""

    span: Span
    value: Decimal


@dataclass(frozen=True, slots=True)
class Extraction:
    """文件的文字: one paragraph, heading or table row a line, cells of a row parted by tabs.

    `notes` are Chinese sentences about what was left out or concluded (修订按接受后读取、图片未识别 …). `confidences` is
    in the order of the text and empty unless the text was recognised from a picture.
    """

    text: str
    format: FormatName
    notes: tuple[str, ...] = ()
    confidences: tuple[Confidence, ...] = ()
