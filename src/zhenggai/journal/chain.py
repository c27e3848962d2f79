"""The hash chain: plain Python, so that a verifier outside the system can be written from this page alone.

An entry's *body* is the canonical JSON of everything the entry says. Its digest covers the digest of the entry before it and the body,
so that no entry can be changed, removed, inserted or moved without every later digest failing.
"""

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial
from typing import Any

HASHES: dict[str, Callable[[bytes], Any]] = {
    "sha256": hashlib.sha256,
    "sm3": partial(hashlib.new, "sm3"),
}
"""Hash functions by the name that events and heads give. A journal keeps to the one with which it began."""

ALGORITHM = "sha256"
DOMAIN = b"zhenggai.event.1\n"
EDITION_DOMAIN = b"zhenggai.edition.1\n"
"""Stands before what is hashed, so that an edition's digest can be no other thing's."""

GENESIS = "0" * 64
"""What stands for the digest before the first entry."""


# One encoder for all: making one for each call costs as much as the encoding.
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical(value: Any) -> str:
    """Render JSON in its one canonical form: sorted keys, no blanks, characters as they are.

    Raises TypeError for anything but strings, integers, booleans, null, lists and mappings of these.
    """
    return _ENCODER.encode(value)


def digest_text(text: str) -> str:
    """Hexadecimal SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def digest_entry(previous: str, body: str, algorithm: str = ALGORITHM) -> str:
    """Hexadecimal digest of an entry, given the digest of the one before it and its own body."""
    return digest_bytes(previous, body.encode("utf-8", "surrogatepass"), algorithm)


def digest_bytes(previous: str, body: bytes, algorithm: str = ALGORITHM) -> str:
    """The same of a body in UTF-8. KeyError for a hash function that is not known."""
    digest: str = HASHES[algorithm](DOMAIN + previous.encode("ascii") + b"\n" + body).hexdigest()
    return digest


_AS_THEY_ARE = frozenset({type(None), bool, int, str})
"""Types that JSON gives back as they were; a subclass, such as a labelled value, is first turned into its plain text."""


def plain(value: Any) -> Any:
    """Turn a column's value into the JSON value under which it is journaled.

    Decimals become plain strings without trailing zeros, moments ISO strings in UTC, so that the same value gives the same text
    whichever database returned it.
    """
    if type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Decimal):
        return format(value.normalize() + 0, "f")
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} cannot be journaled")


def edition_digest(content: Mapping[str, Any], algorithm: str) -> str:
    """Hexadecimal digest of an edition's content, by the journal's hash function. KeyError for one that is not known."""
    text = canonical(content).encode("utf-8", "surrogatepass")
    return str(HASHES[algorithm](EDITION_DOMAIN + text).hexdigest())
