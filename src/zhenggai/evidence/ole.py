"""OLE2 复合文档: the names in the directory of a .doc, .xls, .wps or .et file ([MS-CFB]). Plain Python."""

import struct

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END = 0xFFFFFFFA
"""Sector numbers from here on are not sectors: end of chain, free, part of a table."""
_HEADER_ENTRIES = 109
_ENTRY = 128


class BrokenOleError(ValueError):
    """The directory cannot be followed."""


def names_in(data: bytes) -> frozenset[str]:
    """The names of all streams and storages, in lower case. Raises BrokenOleError."""
    try:
        return frozenset(_names(data))
    except (struct.error, IndexError, ValueError) as error:
        raise BrokenOleError(str(error)) from error


def _names(data: bytes) -> set[str]:
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise ValueError("sector size")
    size = 1 << shift
    table = _table(data, size)
    names: set[str] = set()
    sector, seen = struct.unpack_from("<I", data, 48)[0], set[int]()
    while sector < _END:
        if sector in seen:
            raise ValueError("the directory's chain goes round")
        seen.add(sector)
        names |= _names_in_sector(_sector(data, sector, size))
        sector = table[sector]
    if not seen:
        raise ValueError("no directory")
    return names


def _names_in_sector(sector: bytes) -> set[str]:
    names = set()
    for start in range(0, len(sector) - _ENTRY + 1, _ENTRY):
        length, kind = struct.unpack_from("<HB", sector, start + 64)
        if kind in (1, 2):  # storage, stream
            raw = sector[start : start + max(0, min(length, 64) - 2)]
            names.add(raw.decode("utf-16-le", "replace").lower())
    return names


def _table(data: bytes, size: int) -> list[int]:
    """Which sector follows which."""
    per = size // 4
    most = 2 * (len(data) // size // per) + 8
    numbers = [n for n in struct.unpack_from(f"<{_HEADER_ENTRIES}I", data, 76) if n < _END]
    more, count = struct.unpack_from("<II", data, 68)
    for _ in range(count):
        if more >= _END:
            break
        part = struct.unpack(f"<{per}I", _sector(data, more, size))
        numbers += [n for n in part[:-1] if n < _END]
        more = part[-1]
        _at_most(most, numbers, count)
    _at_most(most, numbers, 0)
    return [n for number in numbers for n in struct.unpack(f"<{per}I", _sector(data, number, size))]


def _at_most(most: int, numbers: list[int], count: int) -> None:
    """A table longer than its file is one that names the same sector again and again."""
    if len(numbers) > most or count > most:
        raise ValueError("more tables than sectors")


def _sector(data: bytes, number: int, size: int) -> bytes:
    found = data[(number + 1) * size : (number + 2) * size]
    # The last sector may be cut short by careless writers.
    return found.ljust(size, b"\0") if found else _missing(number)


def _missing(number: int) -> bytes:
    raise ValueError(f"no sector {number}")
