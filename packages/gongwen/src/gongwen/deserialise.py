"""从 JSON 读回: the way back from the object `gongwen/1` to a `Bulletin`, strict about every key that it knows.

Guarantees
1. `bulletin_from(bulletin.as_dict())` equals the bulletin.
2. A wrong type, a missing key that has no default, an unknown choice or a broken number is a `BadDocumentError` naming the key's place.
3. Keys that are not of the schema (a ledger's own) are passed over.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Hashable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Literal, Union, cast, get_args, get_origin, get_type_hints

from gongwen.errors import BadDocumentError
from gongwen.models import Bulletin, Span
from gongwen.serialise import SCHEMA


def bulletin_from(said: object, *, name: str = "") -> Bulletin:
    """Build a bulletin from its JSON object. `name` stands in the sentence of a refusal. Raises `BadDocumentError`."""
    name = name or "该 JSON"
    if not isinstance(said, Mapping):
        raise BadDocumentError(name, "", "应为一个对象（{…}）")
    if said.get("schema") != SCHEMA:
        raise BadDocumentError(name, "schema", f"应为“{SCHEMA}”")
    bulletin: Bulletin = _Reader(name).record(Bulletin, said, "")
    return bulletin


class _Reader:
    """Reads values by the types of the models; keeps the place for the sentence of a refusal."""

    def __init__(self, name: str) -> None:
        self.name = name

    def refuse(self, place: str, finding: str) -> BadDocumentError:
        return BadDocumentError(self.name, place, finding)

    def record(self, model: type[Any], said: object, place: str) -> Any:
        """An object as a dataclass."""
        if not isinstance(said, Mapping):
            raise self.refuse(place, "应为一个对象（{…}）")
        values = {}
        for field, kind in _typed_fields(cast("Hashable", model)):
            key = f"{place}.{field.name}".lstrip(".")
            if field.name in said:
                values[field.name] = self.value(kind, said[field.name], key)
            elif field.default is MISSING and field.default_factory is MISSING:
                raise self.refuse(key, "缺少这一项")
        return model(**values)

    def value(self, kind: Any, said: object, place: str) -> Any:
        """A value of a declared type."""
        origin = get_origin(kind)
        if origin in (Union, types.UnionType):
            return self._optional(get_args(kind), said, place)
        if origin is Literal:
            return self._choice(get_args(kind), said, place)
        if kind is Span:
            return self._span(said, place)
        if origin is tuple:
            return self._list(get_args(kind)[0], said, place)
        if is_dataclass(kind) and isinstance(kind, type):
            return self.record(kind, said, place)
        return self._plain(kind, said, place)

    def _optional(self, kinds: tuple[Any, ...], said: object, place: str) -> Any:
        if said is None and type(None) in kinds:
            return None
        (kind,) = (kind for kind in kinds if kind is not type(None))
        return self.value(kind, said, place)

    def _choice(self, choices: tuple[Any, ...], said: object, place: str) -> Any:
        if said not in choices:
            raise self.refuse(place, f"只能是 {'、'.join(map(str, choices))} 之一")
        return said

    def _span(self, said: object, place: str) -> Span:
        is_pair = isinstance(said, list | tuple) and len(said) == 2 and all(type(n) is int for n in said)  # noqa: PLR2004
        if not is_pair or not 0 <= said[0] <= said[1]:  # type: ignore[index]
            raise self.refuse(place, "应为两个不减的整数，即起止位置")
        return Span(*said)  # type: ignore[misc]

    def _list(self, kind: Any, said: object, place: str) -> tuple[Any, ...]:
        if not isinstance(said, list | tuple):
            raise self.refuse(place, "应为一个列表（[…]）")
        return tuple(self.value(kind, each, f"{place}[{number}]") for number, each in enumerate(said))

    def _plain(self, kind: Any, said: object, place: str) -> Any:
        if kind is Decimal:
            return self._decimal(said, place)
        if type(said) is not kind:
            raise self.refuse(place, f"应为{_NAMES[kind]}")
        return said

    def _decimal(self, said: object, place: str) -> Decimal:
        try:
            value = Decimal(said) if isinstance(said, str) else Decimal("NaN")
        except InvalidOperation:
            value = Decimal("NaN")
        if not value.is_finite():
            raise self.refuse(place, '应为写成字符串的数，如 "2888800"')
        return value


_NAMES: dict[Any, str] = {str: "文字", bool: "true 或 false", int: "整数"}


@cache
def _typed_fields(model: Hashable) -> tuple[tuple[Field[Any], Any], ...]:
    hints: Callable[..., dict[str, Any]] = get_type_hints
    kinds = hints(model)
    return tuple((field, kinds[field.name]) for field in fields(model))  # type: ignore[arg-type]
