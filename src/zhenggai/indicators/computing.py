"""台账计算: indicators whose values come of queries that the apps above register; one function computes a family of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from zhenggai.indicators.states import Reach


@dataclass(frozen=True)
class Definition:
    """定义 of a computed indicator: stable code, name, unit and kind (a value of FigureKind); what is counted and what is not, in words."""

    code: str
    name: str
    unit: str
    kind: str
    direction: str = ""
    numerator: str = ""
    denominator: str = ""
    exclusions: str = ""
    period_kind: str = ""


@dataclass(frozen=True)
class Computed:
    """A computed value in the base unit, how many rows it was counted from, and the digest of their sorted keys."""

    value: Decimal
    rows: int
    digest: str


Compute = Callable[[str, Reach, date], Mapping[str, Computed]]
"""``compute(scope, reach, today)`` → value by code, for every definition of its family; nothing for a scope that it does not know."""

_definitions: dict[str, Definition] = {}
_computes: list[Compute] = []


def register(definitions: Sequence[Definition], compute: Compute) -> None:
    """Enter a family of computed indicators; called by the owning app when it is loaded. A code, or a name with its unit, is given once: ValueError."""
    names = {(known.name, known.unit, known.kind) for known in _definitions.values()}
    for definition in definitions:
        name = (definition.name, definition.unit, definition.kind)
        if definition.code in _definitions or name in names:
            raise ValueError(f"the indicator {definition.code} {definition.name} is registered twice")
        names.add(name)
        _definitions[definition.code] = definition
    _computes.append(compute)


def definitions() -> dict[str, Definition]:
    """Every computed indicator by its code, in the order in which they were registered."""
    return dict(_definitions)


def values(scope: str, reach: Reach, today: date) -> dict[str, Computed]:
    """The value of every computed indicator of an inspection now, by code; a constant number of statements. Empty for an unknown scope."""
    found: dict[str, Computed] = {}
    for compute in _computes:
        found.update(compute(scope, reach, today))
    return found
