"""Small files of every kind, made here: those that are kept, and those that must not be."""

import io
import struct
import zipfile

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x02\0\0\0\x90wS\xde"
    b"\0\0\0\x0cIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\r\xefF\xb8\0\0\0\0IEND\xaeB`\x82"
)
JPG = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0" + b"\xff\xd9"
WEBP = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0\x2f\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0"
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64
MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0isommp42" + b"\0" * 64
MOV = b"\0\0\0\x14ftypqt  \0\0\0\0qt  " + b"\0" * 64
MP3 = b"ID3\x03\0\0\0\0\0\x0aTIT2" + b"\0" * 64
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
EXE = b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff" + b"\0" * 64
ELF = b"\x7fELF\x02\x01\x01" + b"\0" * 64
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body>x</body></html>"
TEXT = "整改情况：已完成。\n".encode()


def zipped(members, *, comment=b"", method=zipfile.ZIP_DEFLATED):
    """An archive of names and contents, in this order; of the same bytes whenever it is made, since they are part of a test's name."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in dict(members).items():
            member = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            member.external_attr = 0o600 << 16
            archive.writestr(member, content, compress_type=method)
        archive.comment = comment
    return target.getvalue()


def docx(**more):
    """A Word document; ``more`` parts are named with __ for / and _ for the dot."""
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": "<w:document xmlns:w='w'/>",
            **{name.replace("__", "/").replace("_", "."): content for name, content in more.items()},
        }
    )


def xlsx(**more):
    return zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>", **more})


def ofd():
    return zipped(
        {"OFD.xml": "<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'/>", "Doc_0/Document.xml": "<x/>"}
    )


def encrypted(data):
    """The same archive with the flag that says its members have a password."""
    data = bytearray(data)
    for signature, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        where = data.find(signature)
        while where >= 0:
            data[where + at] |= 1
            where = data.find(signature, where + 4)
    return bytes(data)


def named(data, before, after):
    """An archive with a name of the same length in place of another, as zipfile itself would not write it."""
    assert len(before) == len(after)
    return data.replace(before, after)


def bomb(megabytes=70):
    """An archive that unpacks to a thousand times its size."""
    return zipped({f"{n}.png": PNG + b"\0" * 10 * 1024 * 1024 for n in range(megabytes // 10)})


def ole(*names, padding=0):
    """A compound file whose directory has these streams and storages, all empty, behind ``padding`` free sectors ([MS-CFB])."""
    free, end, table, index = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFC
    entries = [_entry("Root Entry", 5)] + [_entry(name, 2) for name in names]
    entries += [b"\0" * 128] * (-len(entries) % 4)
    directory = b"".join(entries)
    count = len(directory) // 512
    tables = 1
    while tables * 128 < padding + count + tables + tables // 100 + 1:
        tables += 1
    indexes = -(-max(0, tables - 109) // 127)
    first = padding + count  # of the tables; behind them, what the header has no room for
    fat = [free] * padding + [*range(padding + 1, first), end] + [table] * tables + [index] * indexes
    fat += [free] * (tables * 128 - len(fat))
    where = list(range(first, first + tables))
    rest = where[109:]
    more = first + tables if indexes else end
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    header += struct.pack("<HHHHH6x", 62, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, tables, padding, 0, 4096, end, 0, more, indexes)
    header += struct.pack("<109I", *(where[:109] + [free] * 109)[:109])
    body = b"\0" * 512 * padding + directory + struct.pack(f"<{len(fat)}I", *fat)
    for number in range(indexes):
        part = (rest[number * 127 : (number + 1) * 127] + [free] * 127)[:127]
        body += struct.pack("<128I", *part, more + number + 1 if number + 1 < indexes else end)
    return header + body


def _entry(name, kind):
    raw = name.encode("utf-16-le")
    return raw.ljust(64, b"\0") + struct.pack("<HB", len(raw) + 2, kind) + b"\0" * 61
