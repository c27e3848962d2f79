"""解码: from the bytes of a file to its text.

Guarantees
1. UTF-8 (with or without byte-order mark), UTF-16 with byte-order mark and GB18030 are read; the mark is
   removed.
2. Line ends stay as they are, so that spans count the file's own characters.
3. What is no text is refused with a `GongwenError`; nothing is replaced or guessed.
"""

from __future__ import annotations

import codecs
import os
import re
from pathlib import Path

from gongwen.errors import BinaryFileError, MissingFileError, UndecodableFileError, UnreadableFileError

# Control characters that no text holds; tab, line feed, form feed, carriage return and escape stay allowed.
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def decode(data: bytes, *, name: str = "") -> str:
    """文件内容转为文字. `name` is only used in the sentence of a refusal.

    Raises `BinaryFileError` (control characters) and `UndecodableFileError` (no known encoding).
    """
    name = name or "该文件"
    text = _decode_marked(data, name)
    if text is None:
        text = _decode_unmarked(data, name)
    control = _CONTROL.search(text)
    if control:
        raise BinaryFileError(name, len(text[: control.start()].encode("utf-8")))
    return text


def file_bytes(path: str | os.PathLike[str]) -> bytes:
    """读文件的字节. Raises `MissingFileError`, `UnreadableFileError`."""
    file = Path(path)
    try:
        return file.read_bytes()
    except FileNotFoundError:
        raise MissingFileError(file.name) from None
    except OSError as error:
        raise UnreadableFileError(file.name, _reason(error)) from error


def _decode_marked(data: bytes, name: str) -> str | None:
    """The text when a byte-order mark names the encoding."""
    marks = (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    )
    for mark, encoding in marks:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise UndecodableFileError(name, error.start + len(mark)) from None
    return None


def _decode_unmarked(data: bytes, name: str) -> str:
    if b"\x00" in data:
        raise BinaryFileError(name, data.index(b"\x00"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as utf8_error:
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            raise UndecodableFileError(name, utf8_error.start) from None


def _reason(error: OSError) -> str:
    if isinstance(error, IsADirectoryError):
        return "这是一个文件夹"
    if isinstance(error, PermissionError):
        return "没有读取权限"
    return error.strerror or "未知原因"
