"""Damage done to files, by seed: bytes flipped, cut, doubled, zeroed; archive members changed under valid checksums."""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable

Damage = Callable[[bytes, random.Random], bytes]


def flip(data: bytes, chance: random.Random) -> bytes:
    """A few bytes become others."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 12)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def cut(data: bytes, chance: random.Random) -> bytes:
    """The end is missing."""
    return data[: chance.randrange(len(data))]


def take_out(data: bytes, chance: random.Random) -> bytes:
    """A piece is missing."""
    at = chance.randrange(len(data))
    return data[:at] + data[at + chance.randint(1, 200) :]


def double(data: bytes, chance: random.Random) -> bytes:
    """A piece stands twice."""
    at, size = chance.randrange(len(data)), chance.randint(1, 500)
    return data[: at + size] + data[at:]


def zero(data: bytes, chance: random.Random) -> bytes:
    """A piece is empty."""
    at, size = chance.randrange(len(data)), chance.randint(1, 200)
    return data[:at] + bytes(len(data[at : at + size])) + data[at + size :]


def in_member(data: bytes, chance: random.Random) -> bytes:
    """One part of an archive is damaged, and the archive is whole again."""
    if not data.startswith(b"PK"):
        return flip(data, chance)
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        names = archive.namelist()
        chosen = chance.choice(names)
        for name in names:
            content = archive.read(name)
            if name == chosen and content:
                content = chance.choice([flip, cut, take_out, double, in_tag])(content, chance)
            made.writestr(name, content)
    return out.getvalue()


def in_tag(data: bytes, chance: random.Random) -> bytes:
    """A tag is dropped, doubled, or an attribute's value becomes nonsense; the rest stays well-formed as far as it may."""
    tags = list(re.finditer(rb"<[^<>]{1,400}>", data))
    if not tags:
        return flip(data, chance)
    tag = chance.choice(tags)
    words = tag.group()
    nonsense = chance.choice([b"", b"-1", b"99999999999999999999", b"\xc2\xb2", b"NaN", b"x" * 5000])
    other = chance.choice([b"", words * 2, re.sub(rb'"[^"]*"', b'"' + nonsense + b'"', words, count=1)])
    return data[: tag.start()] + other + data[tag.end() :]


DAMAGES: tuple[Damage, ...] = (flip, cut, take_out, double, zero, in_member, in_tag)
