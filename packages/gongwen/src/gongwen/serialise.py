"""JSON 输出: the object `gongwen/1` that `gongwen read --json` prints and the ledger (台账) imports.

Guarantees
1. Every key is present in every object; what is absent is `null` or `[]`.
2. Decimals are plain strings without exponent; spans are two-element lists.
3. Keys are only added within `gongwen/1`, never renamed or removed.
"""

from __future__ import annotations

from dataclasses import fields
from decimal import Decimal

from gongwen.models import Bulletin, Span
from gongwen.version import READER

SCHEMA = "gongwen/1"


def bulletin_dict(bulletin: Bulletin) -> dict[str, object]:
    """Return the whole reading as plain lists, dicts, strings and numbers."""
    return {"schema": SCHEMA, "reader": READER, **_record(bulletin)}


def plain_decimal(value: Decimal) -> str:
    """`Decimal('1.24E+3')` → `'1240'`: no exponent, no superfluous zeros after the point."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _record(item: object) -> dict[str, object]:
    return {f.name: _plain(getattr(item, f.name)) for f in fields(item)}  # type: ignore[arg-type]


def _plain(value: object) -> object:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, Decimal):
        return plain_decimal(value)
    if isinstance(value, Span):
        return [value.start, value.end]
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    return _record(value)
