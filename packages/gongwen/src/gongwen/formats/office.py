"""旧版文档: .doc, .wps, .rtf and .odt, converted to .docx by LibreOffice where it is installed.

Guarantees
1. The program runs apart, with a profile of its own in a folder that is removed, and is ended with its children when it takes too long.
2. A missing program, a password and a file it cannot open are sentences with a remedy.
"""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
import tempfile
from pathlib import Path

from gongwen.errors import DamagedFileError, EncryptedFileError, MissingConverterError, OversizeFileError
from gongwen.formats import docx
from gongwen.formats.extraction import Extraction

SECONDS = 120
_PROGRAMS = ("soffice", "libreoffice")
_OLE = b"\xd0\xcf\x11\xe0"
# The File Information Block begins a Word stream; a bit in it says that the rest is encrypted ([MS-DOC] 2.5.2).
_FIB = struct.pack("<H", 0xA5EC)
_FLAGS_AT, _ENCRYPTED = 0x0A, 0x0100


def extract(data: bytes, *, name: str) -> Extraction:
    """Raises `MissingConverterError`, `EncryptedFileError`, `DamagedFileError`, `OversizeFileError`."""
    if _is_encrypted(data):
        raise EncryptedFileError(name)
    program = next(filter(None, map(shutil.which, _PROGRAMS)), None)
    if program is None:
        raise MissingConverterError(
            name,
            "LibreOffice",
            "请安装（Debian：apt-get install libreoffice-writer-nogui），或用原软件另存为 .docx 后读取",
        )
    found = docx.extract(_converted(program, data, name), name=name)
    return Extraction(found.text, "doc", ("由 LibreOffice 转换后读取。", *found.notes))


def _is_encrypted(data: bytes) -> bool:
    """Whether a Word stream says so. Streams begin at sectors of 512 bytes."""
    if not data.startswith(_OLE):
        return False
    at = next((at for at in range(512, len(data) - 12, 512) if data.startswith(_FIB, at)), None)
    if at is None:
        return False
    flags: int = struct.unpack_from("<H", data, at + _FLAGS_AT)[0]
    return bool(flags & _ENCRYPTED)


def _converted(program: str, data: bytes, name: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="gongwen-") as folder:
        source = Path(folder) / ("document" + _suffix(data))
        source.write_bytes(data)
        said = _run(program, folder, source, name)
        target = source.with_suffix(".docx") if source.suffix != ".docx" else source
        if not target.exists():
            if "password" in said.lower():
                raise EncryptedFileError(name)
            raise DamagedFileError(name, "LibreOffice 打不开")
        return target.read_bytes()


def _suffix(data: bytes) -> str:
    """LibreOffice chooses by content, but a wrong suffix can mislead it."""
    if data.startswith(b"{\\rtf"):
        return ".rtf"
    return ".odt" if data.startswith(b"PK") else ".doc"


def _run(program: str, folder: str, source: Path, name: str) -> str:
    """Convert within the time limit; what the program said."""
    command = [
        program, "--headless", "--norestore", "--nolockcheck", "--nodefault", f"-env:UserInstallation=file://{folder}/profile",
        "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder, str(source),
    ]  # fmt: skip
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise OversizeFileError(name, f"转换超过{SECONDS}秒") from None
    return said.decode("utf-8", "replace")
