"""内容比较: whether two readings say the same, wherever it stands.

Guarantees
1. Compared is everything but places, confidences, the file's format and notes on opening it, and what is left over: figures of pages and of
   the web page around the document are no content.
2. Each difference names its key, so that a person can look at it.
"""

from __future__ import annotations

from collections.abc import Iterator

from gongwen.models import Bulletin

_UNCOMPARED = frozenset({"span", "confidence", "format", "notes", "reader", "leftovers"})


def differences(one: Bulletin, other: Bulletin) -> list[str]:
    """What two bulletins say differently, as `key: one ≠ other`; empty if they say the same."""
    return list(_compare(one.as_dict(), other.as_dict(), ""))


def _compare(one: object, other: object, place: str) -> Iterator[str]:
    if isinstance(one, dict) and isinstance(other, dict):
        for key in one.keys() | other.keys():
            if key not in _UNCOMPARED:
                yield from _compare(one.get(key), other.get(key), f"{place}.{key}".lstrip("."))
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, (left, right) in enumerate(zip(one, other, strict=True)):
            yield from _compare(left, right, f"{place}[{number}]")
    elif one != other:
        yield f"{place}: {_short(one)} ≠ {_short(other)}"


def _short(value: object) -> str:
    if isinstance(value, list):
        return f"{len(value)}项"
    text = str(value)
    return text if len(text) <= 40 else text[:39] + "…"  # noqa: PLR2004
