"""读取上限: how much a file may unpack to, and XML that cannot grow by itself.

Guarantees
1. An archive's member is read in pieces and stopped at its limit, whatever size its directory declares.
2. XML with a document type is refused: without one there are no entities to expand.
3. What is beyond a limit is an `OversizeFileError`, what is broken a `DamagedFileError`; both name the file.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from gongwen.errors import DamagedFileError, EncryptedFileError, OversizeFileError

MEGABYTE = 1024 * 1024
# A part of an office file; 10 MB of text are about 60 MB of its XML, which take ten times as much memory as elements.
LARGEST_PART = 80 * MEGABYTE
# Parts of one file: a document has tens, a spreadsheet of pictures thousands.
MOST_PARTS = 20_000
# All parts of a file that are read, taken together.
LARGEST_WHOLE = 512 * MEGABYTE
# Elements and attributes of a part: 10 MB of text have about two million; each takes some 200 bytes of memory.
MOST_ELEMENTS = 3_000_000
# Nesting of elements: real documents stay below a hundred, tables within tables included.
DEEPEST = 400
LARGEST_TEXT = 30 * MEGABYTE
_PIECE = 1 * MEGABYTE
_WHOLE = re.compile(r"-?[0-9]{1,9}")


class Package:
    """压缩包: the parts of an office or OFD file, by name."""

    def __init__(self, data: bytes, name: str) -> None:
        self.name = name
        self._unpacked = 0
        try:
            self._archive = zipfile.ZipFile(BytesIO(data))
            members = self._archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise DamagedFileError(name, "压缩结构不完整，文件可能没有传完") from None
        if len(members) > MOST_PARTS:
            raise OversizeFileError(name, f"压缩包内有{len(members)}个文件")
        self._members = {member.filename.lstrip("/"): member for member in members}

    def __contains__(self, part: str) -> bool:
        return part in self._members

    @property
    def parts(self) -> list[str]:
        """Names of all parts, in the order of the archive."""
        return list(self._members)

    def read(self, part: str) -> bytes:
        """One part. KeyError if it is not there."""
        member = self._members[part]
        if member.flag_bits & 1:
            raise EncryptedFileError(self.name)
        pieces: list[bytes] = []
        size = 0
        with self._broken_parts(part), self._archive.open(member) as file:
            while piece := file.read(_PIECE):
                size += len(piece)
                if size > LARGEST_PART:
                    raise OversizeFileError(
                        self.name, f"其中的“{part}”解开后超过{LARGEST_PART // MEGABYTE}MB"
                    )
                pieces.append(piece)
        self._unpacked += size
        if self._unpacked > LARGEST_WHOLE:
            raise OversizeFileError(self.name, f"各部分解开后合计超过{LARGEST_WHOLE // MEGABYTE}MB")
        return b"".join(pieces)

    def xml(self, part: str) -> Element:
        """One part as elements. KeyError if it is not there."""
        return parsed(self.read(part), self.name, part)

    @contextmanager
    def _broken_parts(self, part: str) -> Iterator[None]:
        try:
            yield
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ):
            raise DamagedFileError(self.name, f"其中的“{part}”解不开") from None


def parsed(data: bytes, name: str, part: str) -> Element:
    """XML as elements. Raises `DamagedFileError`, `OversizeFileError`."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data:
        raise DamagedFileError(name, f"其中的“{part}”含有不应有的类型声明")
    parser: XMLPullParser[Element] = XMLPullParser(events=("start", "end"))
    root: Element | None = None
    depth = weight = 0
    try:
        for start in range(0, len(data), _PIECE):
            parser.feed(data[start : start + _PIECE])
            for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
                root = element if root is None else root
                depth += 1 if event == "start" else -1
                weight += 1 + len(element.attrib) if event == "start" else 0
                if weight > MOST_ELEMENTS:
                    raise OversizeFileError(name, f"其中的“{part}”标记超过{MOST_ELEMENTS // 10_000}万个")
                if depth > DEEPEST:
                    raise OversizeFileError(name, f"其中的“{part}”层层嵌套超过{DEEPEST}层")
        parser.close()
    except (ParseError, ValueError):
        root = None
    if root is None:
        raise DamagedFileError(name, f"其中的“{part}”内容不完整")
    return root


def whole(text: str | None, default: int) -> int:
    """A whole number of at most nine digits, as attributes hold them; `default` for anything else a broken file may say."""
    return int(text) if text and _WHOLE.fullmatch(text.strip()) else default


def bounded(text: str, name: str) -> str:
    """The same text, if it is no longer than is read. Raises `OversizeFileError`."""
    if len(text) > LARGEST_TEXT:
        raise OversizeFileError(name, f"文字超过{LARGEST_TEXT // 10_000}万字")
    return text
