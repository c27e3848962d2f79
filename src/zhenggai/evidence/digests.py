"""摘要: SHA-256, under which bytes are kept, and SM3 beside it (GB/T 32905-2016). Plain Python."""

import hashlib
from typing import NamedTuple

_PIECE = 1024 * 1024


class Digests(NamedTuple):
    """Both digests of the same bytes, hexadecimal, 64 characters each."""

    sha256: str
    sm3: str


def digest_of(data: bytes) -> str:
    """Hexadecimal SHA-256, the name under which bytes are kept."""
    return hashlib.sha256(data).hexdigest()


def digests_of(data: bytes) -> Digests:
    """SHA-256 and SM3 in one pass over the bytes."""
    sha256, sm3 = hashlib.sha256(), hashlib.new("sm3")
    view = memoryview(data)
    for start in range(0, len(view), _PIECE):
        piece = view[start : start + _PIECE]
        sha256.update(piece)
        sm3.update(piece)
    return Digests(sha256.hexdigest(), sm3.hexdigest())
