"""Computed indicators as their definitions have them, beside their rows; and whether there is news to record. Plain comparisons, no statement."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from zhenggai.indicators import computing
from zhenggai.indicators.computing import Computed, Definition
from zhenggai.indicators.models import Indicator, Observation
from zhenggai.indicators.states import Source

_COPIED = (
    "code",
    "name",
    "unit",
    "kind",
    "direction",
    "numerator",
    "denominator",
    "exclusions",
    "period_kind",
)


def is_news(
    live: Mapping[str, Computed], last: Mapping[str, Observation], rows: Mapping[str, Indicator]
) -> bool:
    """Whether a computed value differs from the one recorded last, or an indicator's row from its definition."""
    known = computing.definitions()
    return any(
        code not in last
        or last[code].value != found.value
        or code not in rows
        or defined(rows[code]) != as_defined(known[code])
        for code, found in live.items()
    )


def written(value: Decimal, unit: str) -> str:
    """A value as the system writes it: no idle zeros, its unit behind it."""
    return f"{value.normalize():f}{unit}"


def name_of(definition: Definition) -> tuple[str, str, str, str]:
    """Name, unit, kind and direction of change of a computed indicator, as rows are told apart by them."""
    return definition.name, definition.unit, definition.kind, ""


def as_defined(definition: Definition) -> dict[str, Any]:
    """The columns of a computed indicator's row, as its definition has them."""
    return {
        **{name: getattr(definition, name) for name in _COPIED},
        "change": "", "source": Source.COMPUTED.value, "organisation_id": None, "formula": None,
    }  # fmt: skip


def defined(row: Indicator) -> dict[str, Any]:
    """The same columns, as the row has them."""
    return {name: getattr(row, name) for name in (*_COPIED, "change", "source", "organisation_id", "formula")}
