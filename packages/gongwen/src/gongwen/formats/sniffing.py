"""格式识别: by the content of a file; its name only decides between formats that look alike.

Guarantees
1. Every file has a format or is refused by name: archives, presentations, programs, encrypted office files.
2. Only the beginning of a file and the directory of an archive are looked at.
"""

from __future__ import annotations

import re
import zipfile
from io import BytesIO
from typing import Literal

from gongwen.errors import DamagedFileError, EmptyFileError, EncryptedFileError, ForeignFileError

FormatName = Literal["txt", "md", "csv", "html", "docx", "xlsx", "xls", "pdf", "ofd", "doc", "image"]

_HEAD = 4096
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM", b"GIF8")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|div|table|p)\b", re.IGNORECASE)
_MHTML = re.compile(rb"^(?:[\w-]+:[^\n]*\n)*?MIME-Version:", re.IGNORECASE)
# Beginnings of what is no document, and what it is called.
_FOREIGN = (
    (b"Rar!", "RAR 压缩文件"),
    (b"7z\xbc\xaf\x27\x1c", "7z 压缩文件"),
    (b"\x1f\x8b", "gzip 压缩文件"),
    (b"MZ", "Windows 程序"),
    (b"\x7fELF", "程序"),
    (b"SQLite format 3", "数据库文件"),
)
_ZIP_MEMBERS: tuple[tuple[str, FormatName], ...] = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "xlsx"),
    ("xl/workbook.bin", "xls"),
    ("OFD.xml", "ofd"),
)
# Names of streams in an OLE2 file, as its directory writes them.
_OLE_STREAMS: tuple[tuple[str, FormatName | None], ...] = (
    ("EncryptedPackage", None),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
)


def sniff(data: bytes, *, name: str = "") -> FormatName:
    """The format of a file. Raises `EmptyFileError`, `ForeignFileError`, `EncryptedFileError`, `DamagedFileError`."""
    name = name or "该文件"
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise EmptyFileError(name)
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(b"PK"):
        return _in_archive(data, name)
    if data.startswith(_OLE):
        return _in_ole(data, name)
    if data.startswith(_IMAGES) or (data.startswith(b"RIFF") and data[8:12] == b"WEBP"):
        return "image"
    if data.startswith(b"{\\rtf"):
        return "doc"
    for beginning, kind in _FOREIGN:
        if data.startswith(beginning):
            raise ForeignFileError(name, kind)
    return _in_text(data, name)


def is_markdown_name(name: str) -> bool:
    """Whether a name says Markdown."""
    return name.lower().endswith((".md", ".markdown"))


def _in_archive(data: bytes, name: str) -> FormatName:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = {member.filename.lstrip("/") for member in archive.infolist()}
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        raise DamagedFileError(name, "压缩结构不完整，文件可能没有传完") from None
    for member, found in _ZIP_MEMBERS:
        if member in members:
            return found
    if "mimetype" in members and "content.xml" in members:  # OpenDocument
        return "doc"
    kind = "演示文稿（.pptx）" if "ppt/presentation.xml" in members else "压缩文件（.zip）"
    raise ForeignFileError(name, kind)


def _in_ole(data: bytes, name: str) -> FormatName:
    for stream, found in _OLE_STREAMS:
        if stream.encode("utf-16-le") in data:
            if found is None:
                raise EncryptedFileError(name)
            return found
    raise ForeignFileError(name, "其他 OLE 文件")


def _in_text(data: bytes, name: str) -> FormatName:
    head = data[:_HEAD].replace(b"\x00", b"").lstrip(b" \t\r\n\xef\xbb\xbf\xff\xfe")
    if head.startswith(b"<?xml") or _HTML.match(head) or _is_html_name(name) or _MHTML.match(head):
        return "html"
    if head.startswith(b"<!--") and _HTML.search(head):
        return "html"
    if name.lower().endswith((".csv", ".tsv")):
        return "csv"
    return "md" if is_markdown_name(name) else "txt"


def _is_html_name(name: str) -> bool:
    return name.lower().endswith((".html", ".htm", ".shtml", ".xhtml", ".mht", ".mhtml"))
