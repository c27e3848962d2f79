"""文件类型: what a file may be, decided by its content; the name must agree. Plain Python, no Django, no clock.

1. Nothing passes that is not in :data:`KINDS`: what is not recognised is refused.
2. Whatever could run is refused: programs, scripts, web pages, macros, and files that are two kinds at once.
3. An archive passes when everything in it would, to a depth of two, within :class:`Budget`; it is unpacked piece by piece, never to disk.
"""

import lzma
import re
import zipfile
import zlib
from dataclasses import dataclass
from io import BytesIO
from typing import NoReturn

import filetype

from zhenggai.core.errors import Refusal
from zhenggai.evidence import ole

MEGABYTE = 1024 * 1024
MOST_MEMBERS = 2_000
"""Files in one upload, those of archives within it included."""
MOST_PARTS = 20_000
"""The same with the parts of office files counted too."""
MOST_UNPACKED = 1024 * MEGABYTE
MOST_RATIO = 100
"""Times its packed size that an archive may unpack to, once that is more than :data:`RATIO_FROM`; tables of numbers reach 50."""
RATIO_FROM = 64 * MEGABYTE
DEEPEST = 2
"""An archive may hold archives, these no further ones."""
_PIECE = MEGABYTE
_UNZIPPABLE = (
    zipfile.BadZipFile, zlib.error, EOFError, ValueError, OSError, NotImplementedError, RuntimeError, lzma.LZMAError,
)  # fmt: skip
_LOOK = 1024


class FileRefused(Refusal):
    """文件不能接收: ``reason`` among the facts is stable, the sentence names the file, what was found, and the remedy."""

    code = "file_refused"


@dataclass(frozen=True)
class Kind:
    """文件类型: by which name endings it goes, under which media type it is served; whether it is a document with text, or a picture."""

    code: str
    label: str
    media_type: str
    endings: tuple[str, ...]
    document: bool = False
    picture: bool = False


_OFFICE = "application/vnd.openxmlformats-officedocument"
KINDS = {
    kind.code: kind
    for kind in (
        Kind("pdf", "PDF 文件", "application/pdf", ("pdf",), document=True),
        Kind("docx", "Word 文档", f"{_OFFICE}.wordprocessingml.document", ("docx",), document=True),
        Kind("xlsx", "Excel 工作簿", f"{_OFFICE}.spreadsheetml.sheet", ("xlsx",), document=True),
        Kind("doc", "Word 97 文档", "application/msword", ("doc", "wps"), document=True),
        Kind("xls", "Excel 97 工作簿", "application/vnd.ms-excel", ("xls", "et"), document=True),
        Kind("ofd", "OFD 文件", "application/ofd", ("ofd",), document=True),
        Kind("txt", "文本文件", "text/plain", ("txt",), document=True),
        Kind("csv", "CSV 表格", "text/csv", ("csv",), document=True),
        Kind("jpg", "JPEG 图片", "image/jpeg", ("jpg", "jpeg", "jfif"), picture=True),
        Kind("png", "PNG 图片", "image/png", ("png",), picture=True),
        Kind("webp", "WebP 图片", "image/webp", ("webp",), picture=True),
        Kind("heic", "HEIC 图片", "image/heic", ("heic", "heif"), picture=True),
        Kind("mp4", "MP4 视频", "video/mp4", ("mp4", "m4v")),
        Kind("mp3", "MP3 音频", "audio/mpeg", ("mp3",)),
        Kind("zip", "ZIP 压缩包", "application/zip", ("zip",)),
    )
}
"""Every kind that is kept. None of them is anything a browser would run."""

_ACTIVE_ENDINGS = frozenset(
    re.findall(
        r"\w+",
        """exe dll com scr pif msi msp cpl sys drv bat cmd ps1 psm1 vbs vbe js jse mjs wsf wsh hta sct lnk url inf reg jar class apk ipa app
        sh bash csh py pyc pl rb php phtml jsp asp aspx htm html xhtml shtml mht mhtml svg svgz xml xsl xslt swf chm hlp iso img vhd
        docm dotm xlsm xltm xlam xlsb pptm potm ppam ppsm sldm xll""",
    )
)
_REMEDIES = {
    "pptx": "请另存为 PDF 后上传", "ppt": "请另存为 PDF 后上传", "rtf": "请另存为 .docx 后上传", "odf": "请另存为 .docx 或 .xlsx 后上传",
    "image": "请转存为 .jpg 或 .png 后上传", "archive": "请解开后重新压缩为 .zip 上传", "video": "请转存为 .mp4 后上传",
    "audio": "请转存为 .mp3 后上传",
}  # fmt: skip
_ALLOWED = (
    "可上传 PDF、OFD、Word、Excel、WPS、文本、图片（jpg、png、webp、heic）、音视频（mp4、mp3）和 zip 压缩包"
)
_NO_MACROS = "请另存为不含宏的 .docx、.xlsx 或 PDF 后上传"
_SAVE_AS = "请核对后另存为 PDF、.docx 或 .xlsx 再上传"

# Beginnings of what may never be kept: signature, reason, what it is called.
_FOREIGN = (
    (rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "executable", "病毒测试程序"),
    (b"MZ", "executable", "Windows 程序"),
    (b"\x7fELF", "executable", "Linux 程序"),
    (b"\xca\xfe\xba\xbe", "executable", "Java 程序"),
    (b"\xfe\xed\xfa\xce", "executable", "macOS 程序"),
    (b"\xfe\xed\xfa\xcf", "executable", "macOS 程序"),
    (b"\xce\xfa\xed\xfe", "executable", "macOS 程序"),
    (b"\xcf\xfa\xed\xfe", "executable", "macOS 程序"),
    (b"dex\n", "executable", "Android 程序"),
    (b"\0asm", "executable", "WebAssembly 程序"),
    (b"L\0\0\0\x01\x14\x02\0", "executable", "Windows 快捷方式"),
    (b"ITSF", "executable", "CHM 帮助文件"),
    (b"FWS", "executable", "Flash 动画"),
    (b"CWS", "executable", "Flash 动画"),
    (b"#!", "script", "脚本"),
    (b"<?php", "script", "脚本"),
)
_OTHERS = (
    (b"Rar!\x1a", "archive", "RAR 压缩包"),
    (b"7z\xbc\xaf\x27\x1c", "archive", "7z 压缩包"),
    (b"\x1f\x8b", "archive", "gzip 压缩包"),
    (b"BZh", "archive", "bzip2 压缩包"),
    (b"\xfd7zXZ\0", "archive", "xz 压缩包"),
    (b"MSCF", "archive", "CAB 压缩包"),
    (b"{\\rtf", "rtf", "RTF 文档"),
    (b"GIF8", "image", "GIF 图片"),
    (b"BM", "image", "BMP 图片"),
    (b"II*\0", "image", "TIFF 图片"),
    (b"MM\0*", "image", "TIFF 图片"),
    (b"OggS", "audio", "Ogg 音频"),
    (b"fLaC", "audio", "FLAC 音频"),
    (b"\x1aE\xdf\xa3", "video", "MKV 或 WebM 视频"),
)
_HIDDEN = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
"""Archives that open wherever in a file they begin: 图种, a picture with an archive behind it."""
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_MP4_BRANDS = (
    b"isom", b"iso2", b"iso3", b"iso4", b"iso5", b"iso6", b"iso8", b"mp41", b"mp42", b"avc1", b"M4V ", b"MSNV", b"dash", b"mmp4",
)  # fmt: skip
_PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|script|svg|iframe|object|embed|meta|link|form)\b|javascript:|<\?php",
    re.IGNORECASE,
)
_BATCH = re.compile(rb"\s*(?:@echo\s+off|<job\b|on\s+error\s+resume\s+next)", re.IGNORECASE)
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_ENDING = re.compile(r"\.([A-Za-z0-9]{1,5})$")
# Office in the browser numbers its main part.
_MAIN_PARTS = {
    "docx": re.compile(r"word/document\d*\.xml"),
    "xlsx": re.compile(r"xl/workbook\d*\.xml"),
}
_DRIVE = re.compile(r"^[A-Za-z]:")
_REMOTE = re.compile(
    rb'<Relationship\b(?=[^<>]*TargetMode\s*=\s*["\']External)(?=[^<>]*Type\s*=\s*["\'][^"\'<>]*/(?:attachedTemplate|oleObject|frame|subDocument)["\'])',
    re.IGNORECASE,
)


@dataclass
class Budget:
    """What one upload may cost, archives within archives included."""

    largest: int
    members: int = MOST_MEMBERS
    parts: int = MOST_PARTS
    unpacked: int = MOST_UNPACKED


def kind_of(name: str, data: bytes, *, largest: int) -> Kind:
    """文件类型: what the file is; FileRefused with the reason when it may not be kept. ``largest`` in bytes."""
    _check_name(name)
    return _kind(name, data, Budget(largest), depth=1)


def ending_of(name: str) -> str:
    """The name's ending in lower case, without its dot; empty when it has none."""
    found = _ENDING.search(name)
    return found[1].lower() if found else ""


def _kind(name: str, data: bytes, budget: Budget, *, depth: int) -> Kind:
    if not data:
        _refuse(name, "empty", "是空的，没有内容", "请核对是否选错或没有传完，再重新选择")
    if len(data) > budget.largest:
        size, limit = len(data) / MEGABYTE, budget.largest // MEGABYTE
        _refuse(name, "too_large", f"有 {size:.1f} MB，超过上限 {limit} MB", "请拆分或压缩图片、视频后再上传")
    ending = ending_of(name)
    if ending in _ACTIVE_ENDINGS:
        _refuse(name, "active_name", f"的扩展名 .{ending} 属于程序、脚本、网页或含宏的文件", _ALLOWED)
    kind = _by_content(name, data, ending, budget, depth)
    if ending and ending not in kind.endings:
        proper = "或 ".join(f".{e}" for e in kind.endings)
        _refuse(
            name, "name_contradicts", f"的扩展名是 .{ending}，内容却是{kind.label}",
            f"请核对文件，确认无误后把扩展名改为 {proper} 再上传",
        )  # fmt: skip
    return kind


def _check_name(name: str) -> None:
    if _UNSEEN.search(name):
        shown = _UNSEEN.sub("�", name)
        _refuse(shown, "name_unseen", "的名称含有看不见的控制字符，可能伪装了扩展名", "请重新命名后上传")


def _by_content(name: str, data: bytes, ending: str, budget: Budget, depth: int) -> Kind:
    for beginning, reason, what in _FOREIGN:
        if data.startswith(beginning) and not _is_words(beginning, data):
            _refuse(name, reason, f"是{what}", _ALLOWED)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _zip(name, data, budget, depth)
    if data.startswith(ole.SIGNATURE):
        return _ole(name, data)
    for beginning, remedy, what in _OTHERS:
        if data.startswith(beginning) and not _is_words(beginning, data):
            _refuse(name, "foreign", f"是{what}，不在可接收的类型之内", _REMEDIES[remedy])
    kind = _medium(data)
    if kind is None:
        return _text(name, data, ending)
    _check_single(name, data, kind)
    return kind


def _is_words(beginning: bytes, data: bytes) -> bool:
    """Whether a text merely begins with the same letters (“BMW…”, “MZ…”): short signatures of binary files only."""
    return len(beginning) <= 3 and beginning.isalpha() and not _CONTROLS.search(data[:_LOOK])  # noqa: PLR2004


def _medium(data: bytes) -> Kind | None:
    """PDF, picture, film or sound, by the beginning; None for anything else."""
    if data[:_LOOK].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return KINDS["pdf"]
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return KINDS["png"]  # animated ones too, which go by another name elsewhere
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        return KINDS["heic"] if brand in _HEIC_BRANDS else KINDS["mp4"] if brand in _MP4_BRANDS else None
    guessed = filetype.guess(data[:8192])
    return next((k for k in KINDS.values() if guessed and k.media_type == guessed.mime), None)


def _check_single(name: str, data: bytes, kind: Kind) -> None:
    """Refuse a file that is a second kind too: what one program shows, another would run."""
    label = kind.label
    head = data[:_LOOK]
    if kind.code != "pdf" and b"%PDF-" in head:
        _refuse(name, "polyglot", f"既是{label}又是 PDF 文件", _SAVE_AS)
    tail = data[data.rfind(b"%%EOF") + 5 :] if kind.code == "pdf" and b"%%EOF" in data else data[-_LOOK:]
    if _PAGE.search(head) or _PAGE.search(tail):
        _refuse(name, "polyglot", f"既是{label}又含网页或脚本代码", "请用原软件重新导出后上传")
    if _opens_as_zip(data) or any(archive in data for archive in _HIDDEN):
        _refuse(name, "polyglot", f"既是{label}又是压缩包", "请用原软件重新导出后上传；压缩包请单独上传")


def _opens_as_zip(data: bytes) -> bool:
    if b"PK\x05\x06" not in data[-66_000:]:
        return False
    try:
        return bool(_opened(data).infolist())
    except _UNZIPPABLE:
        return False


def _opened(data: bytes) -> zipfile.ZipFile:
    """The archive, unless its directory is so long that reading it alone would fill the memory."""
    if data.count(b"PK\x01\x02") > 2 * MOST_PARTS:
        raise zipfile.BadZipFile("directory too long")
    return zipfile.ZipFile(BytesIO(data))


# ---- text -----------------------------------------------------------------------------------------------------------------------------


def _text(name: str, data: bytes, ending: str) -> Kind:
    text = _decoded(data)
    if text is None:
        _refuse_unknown(name, data)
    plain = text.encode("utf-8", "replace")
    start = plain.lstrip()
    if _PAGE.search(plain) or start.startswith(b"<?xml"):
        _refuse(name, "page", "含有网页（HTML、SVG）或脚本代码", "请另存为 PDF、.docx、.xlsx 或纯文本后上传")
    if _BATCH.match(start) or start.startswith(b"#!"):
        _refuse(name, "script", "是脚本", _ALLOWED)
    if b"%PDF-" in plain[:_LOOK]:
        _refuse(name, "polyglot", "前面有文字，后面是 PDF 文件", _SAVE_AS)
    if _opens_as_zip(data):
        _refuse(name, "polyglot", "既是文本又是压缩包", "请分别上传")
    return KINDS["csv" if ending == "csv" else "txt"]


def _refuse_unknown(name: str, data: bytes) -> NoReturn:
    guessed = filetype.guess(data[:8192])
    if guessed is None:
        _refuse(name, "foreign", "无法识别是什么文件，可能已损坏或加了密", _ALLOWED)
    sort = guessed.mime.partition("/")[0]
    what = {"image": "图片", "video": "视频", "audio": "音频"}.get(sort, "文件")
    _refuse(
        name, "foreign", f"是 {guessed.extension} {what}，不在可接收的类型之内", _REMEDIES.get(sort, _ALLOWED)
    )


def _decoded(data: bytes) -> str | None:
    """The text, in UTF-8, GB18030 or marked UTF-16; None when it is none."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings: tuple[str, ...] = ("utf-16",)
    elif _CONTROLS.search(data):
        return None
    else:
        encodings = ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if _CONTROLS.search(text.encode("utf-8", "replace")) else text
    return None


# ---- office files of 97 ---------------------------------------------------------------------------------------------------------------


def _ole(name: str, data: bytes) -> Kind:
    try:
        names = ole.names_in(data)
    except ole.BrokenOleError:
        _refuse(name, "damaged", "的结构不完整，可能没有传完", "请用原软件打开并另存后上传")
    if {"encryptedpackage", "encryptioninfo"} & names:
        _refuse(name, "encrypted", "加了密码", "请去掉密码后上传")
    if {"_vba_project", "_vba_project_cur", "macros", "vba"} & names:
        _refuse(name, "macros", "含有宏", _NO_MACROS)
    if "\x01ole10native" in names:
        _refuse(name, "embedded", "内嵌了打包的文件", "请删去内嵌对象，把它作为附件单独上传")
    code = "doc" if "worddocument" in names else "xls" if {"workbook", "book"} & names else ""
    if not code:
        slides = "powerpoint document" in names
        what = "PowerPoint 演示文稿" if slides else "其他 OLE 文件（如安装包、邮件）"
        _refuse(name, "foreign", f"是{what}，不在可接收的类型之内", _REMEDIES["ppt"] if slides else _ALLOWED)
    if data[-22:].startswith(b"PK\x05\x06") and _opens_as_zip(data):
        _refuse(name, "polyglot", f"既是{KINDS[code].label}又是压缩包", "请用原软件另存后上传")
    return KINDS[code]


# ---- archives -------------------------------------------------------------------------------------------------------------------------


class _Archive:
    """压缩包: an archive that is being looked at, and what it has unpacked to so far."""

    def __init__(self, name: str, data: bytes, budget: Budget) -> None:
        self.name, self.data, self.budget = name, data, budget
        self.zip = _opened(data)
        self.members = self.zip.infolist()
        self.unpacked = 0

    def read(self, member: zipfile.ZipInfo) -> bytes:
        """One member, stopped at the limits whatever size its directory declares."""
        pieces: list[bytes] = []
        size = 0
        with self.zip.open(member) as file:
            while piece := file.read(_PIECE):
                size += len(piece)
                self._count(size, len(piece))
                pieces.append(piece)
        return b"".join(pieces)

    def _count(self, size: int, more: int) -> None:
        self.unpacked += more
        self.budget.unpacked -= more
        largest = self.budget.largest
        if size > largest or self.budget.unpacked < 0:
            found = f"解开后过大（其中一个文件超过 {largest // MEGABYTE} MB，或合计超过 1 GB）"
            _refuse(self.name, "bomb", found, "请拆分后上传")
        if self.unpacked > RATIO_FROM and self.unpacked > MOST_RATIO * len(self.data):
            found = f"解开后超过原大小的 {MOST_RATIO} 倍，疑似压缩炸弹"
            _refuse(self.name, "bomb", found, "请核对文件，重新压缩后上传")


def _zip(name: str, data: bytes, budget: Budget, depth: int) -> Kind:
    try:
        return _in_archive(_Archive(name, data, budget), depth)
    except _UNZIPPABLE:
        found = "的压缩结构不完整，可能没有传完，或使用了少见的压缩方法"
        _refuse(name, "damaged", found, "请重新压缩或另存后上传")


def _in_archive(archive: _Archive, depth: int) -> Kind:
    name, members = archive.name, archive.members
    archive.budget.parts -= len(members)
    if archive.budget.parts < 0:
        _refuse(name, "too_many", f"内的文件超过 {MOST_PARTS} 个", "请分几次上传")
    for member in members:
        _check_member(name, member)
    if len({member.filename for member in members}) != len(members):
        _refuse(name, "duplicate", "内有同名的文件", "请重新压缩后上传")
    if members and min(member.header_offset for member in members) != 0:
        _refuse(name, "polyglot", "的压缩内容前面还藏有其他内容", "请重新压缩后上传")
    if not _ends_with_its_directory(archive):
        _refuse(name, "polyglot", "的压缩内容后面还藏有其他内容", "请重新压缩后上传")
    kind = _office_kind(name, {member.filename for member in members})
    if kind is None:
        _check_members(archive, depth)
        return KINDS["zip"]
    _check_office(archive, kind)
    return kind


def _ends_with_its_directory(archive: _Archive) -> bool:
    data = archive.data
    at = data.rfind(b"PK\x05\x06", max(0, len(data) - 66_000))
    # zipfile cuts a comment that is longer than its record says, and takes anything behind the record for a comment.
    return (
        at >= 0
        and at + 22 + int.from_bytes(data[at + 20 : at + 22], "little") == len(data)
        and len(archive.zip.comment) == len(data) - at - 22
    )


def _check_member(name: str, member: zipfile.ZipInfo) -> None:
    path = member.orig_filename.replace("\\", "/")
    if ".." in path.split("/") or path.startswith("/") or _DRIVE.match(path) or "\0" in path:
        _refuse(name, "path", f"内的路径“{_UNSEEN.sub('�', path)}”会写到压缩包以外", "请重新压缩后上传")
    if member.flag_bits & 1:
        _refuse(name, "encrypted", "加了密码", "请去掉密码后重新压缩上传")
    if (member.external_attr >> 28) == 0o12:  # noqa: PLR2004  # S_IFLNK
        _refuse(name, "path", f"内的“{path}”是链接，不是文件", "请重新压缩后上传")


def _office_kind(name: str, parts: set[str]) -> Kind | None:
    """DOCX, XLSX or OFD by its parts; None for a plain archive."""
    if "OFD.xml" in parts or "/OFD.xml" in parts:
        return KINDS["ofd"]
    if "[Content_Types].xml" in parts:
        for code, main in _MAIN_PARTS.items():
            if any(main.fullmatch(part) for part in parts):
                return KINDS[code]
        slides = any(part.startswith("ppt/") for part in parts)
        what = "PowerPoint 演示文稿" if slides else "其他 Office 文件"
        _refuse(name, "foreign", f"是{what}，不在可接收的类型之内", _REMEDIES["pptx"] if slides else _SAVE_AS)
    if "mimetype" in parts:
        _refuse(name, "foreign", "是 OpenDocument 或电子书文件，不在可接收的类型之内", _REMEDIES["odf"])
    return None


def _check_office(archive: _Archive, kind: Kind) -> None:
    """Macros, what is fetched from elsewhere, packaged programs; a second kind; and what it unpacks to."""
    name, head = archive.name, archive.data[:_LOOK]
    if b"%PDF-" in head or _PAGE.search(head):
        _refuse(name, "polyglot", f"既是{kind.label}又含 PDF 文件或网页代码", "请用原软件另存后上传")
    for member in archive.members:
        part = member.filename.lower()
        if "vbaproject" in part or "vbadata" in part or "/macrosheets/" in part or "/activex/" in part:
            _refuse(name, "macros", "含有宏或控件", _NO_MACROS)
        content = archive.read(member)
        if part == "[content_types].xml" and b"macroenabled" in content.lower():
            _refuse(name, "macros", "是启用宏的文件", _NO_MACROS)
        if part.endswith(".rels") and _REMOTE.search(content):
            _refuse(name, "remote", "打开时会从别处取模板或对象", "请另存为 PDF，或断开外部链接后上传")
        if "/embeddings/" in part:
            _check_embedded(name, member.filename, content)
        if any(content.startswith(b) and r == "executable" for b, r, _ in _FOREIGN):
            _refuse(
                name, "embedded", f"（{kind.label}）内藏有程序“{member.filename}”", "请用原软件另存后上传"
            )


def _check_embedded(name: str, part: str, content: bytes) -> None:
    if not content.startswith(ole.SIGNATURE):
        return
    try:
        names = ole.names_in(content)
    except ole.BrokenOleError:
        names = frozenset(["\x01ole10native"])
    if {"\x01ole10native", "_vba_project", "macros"} & names:
        _refuse(name, "embedded", f"内嵌了打包的文件或宏“{part}”", "请删去内嵌对象，把它作为附件单独上传")


def _check_members(archive: _Archive, depth: int) -> None:
    """Each file of a plain archive must be one that would be kept by itself."""
    name, budget = archive.name, archive.budget
    if depth > DEEPEST:
        _refuse(name, "too_deep", f"是第 {depth} 层压缩包，最多允许 {DEEPEST} 层", "请解开内层压缩包后上传")
    files = [member for member in archive.members if not member.is_dir()]
    if not files:
        _refuse(name, "empty", "里没有文件", "请核对后重新压缩上传")
    budget.members -= len(files)
    if budget.members < 0:
        _refuse(name, "too_many", f"内的文件超过 {MOST_MEMBERS} 个", "请分几次上传")
    for member in files:
        content = archive.read(member)
        if content and not _is_litter(member.filename, content):
            inner = f"{name} 内的 {_shown(member)}"
            _check_name(inner)
            _kind(inner, content, budget, depth=depth + 1)


def _is_litter(path: str, content: bytes) -> bool:
    """What macOS adds to an archive by itself: harmless, and nobody knows that it is there."""
    base = path.rpartition("/")[2]
    return (base == ".DS_Store" and content.startswith(b"\0\0\0\1Bud1")) or (
        base.startswith("._") and content.startswith((b"\0\5\x16\7", b"\0\5\x16\0"))
    )


def _shown(member: zipfile.ZipInfo) -> str:
    """The member's name as its maker meant it: Chinese Windows writes GBK without saying so."""
    if member.flag_bits & 0x800:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("gb18030")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return member.filename


def _refuse(name: str, reason: str, found: str, remedy: str) -> NoReturn:
    raise FileRefused(f"文件“{name}”{found}。{remedy}。", reason=reason, name=name)
