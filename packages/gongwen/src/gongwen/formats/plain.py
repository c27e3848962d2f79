"""文本与 Markdown: the bytes as decoded, nothing cleaned."""

from __future__ import annotations

from gongwen.decoding import decode
from gongwen.formats.extraction import Extraction
from gongwen.formats.sniffing import is_markdown_name


def extract(data: bytes, *, name: str) -> Extraction:
    """Raises `BinaryFileError`, `UndecodableFileError`."""
    return Extraction(decode(data, name=name), "md" if is_markdown_name(name) else "txt")
