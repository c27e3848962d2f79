"""文件格式: from the bytes of a file to the text that is read, whatever the format.

Guarantees
1. `Extraction.text` is what every span of the reading counts, and what `gongwen text FILE` prints for a format other than text.
2. The format is told by the content, never by the name alone; a name only decides between formats that look alike.
3. Whatever is wrong with a file is a `GongwenError` with a Chinese sentence that names place, finding and remedy.
4. What was left out or concluded on the way is named in `Extraction.notes`, in Chinese.
5. Memory stays below 1 GB, however large a file claims to unpack (`limits`).
"""

from __future__ import annotations

import os
from importlib import import_module

from gongwen.decoding import file_bytes
from gongwen.formats.extraction import Extraction
from gongwen.formats.sniffing import FormatName, sniff

__all__ = ["Extraction", "FormatName", "extract", "extract_file", "sniff"]

# Each module has `extract(data: bytes, *, name: str) -> Extraction`; it is imported when such a file comes.
_MODULES: dict[FormatName, str] = {
    "txt": "plain",
    "md": "plain",
    "csv": "csvlist",
    "html": "html",
    "docx": "docx",
    "xlsx": "workbook",
    "xls": "workbook",
    "pdf": "pdf",
    "ofd": "ofd",
    "doc": "office",
    "image": "ocr",
}


def extract(data: bytes, *, name: str = "", recognise: bool = True) -> Extraction:
    """提取文字. `name` decides only between formats that look alike (.csv, .md) and stands in the sentences of refusals.

    Without `recognise` pictures and scanned pages are left unread, which saves seconds a page.

    Raises `GongwenError`: encrypted, empty, cut or foreign files, a missing converter or extra, a file beyond the limits.
    """
    found = sniff(data, name=name)
    module = import_module(f"gongwen.formats.{_MODULES[found]}")
    options = {"recognise": False} if found in ("pdf", "image") and not recognise else {}
    extraction: Extraction = module.extract(data, name=name or "该文件", **options)
    return extraction


def extract_file(path: str | os.PathLike[str]) -> Extraction:
    """提取一个文件的文字. Raises `GongwenError` also when the file cannot be opened."""
    file_name = os.path.basename(os.fspath(path))  # noqa: PTH119  (a Path of a name that ends in / has none)
    return extract(file_bytes(path), name=file_name)
