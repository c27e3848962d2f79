"""进展图表: what an edition says of the progress, as bars beside the same numbers. Plain Python.

Guarantees
1. Every number of the edition's progress is in a table once, whether or not it can be drawn.
2. A bar is stacked only where all its parts are there and add up to the whole that the edition states.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, NamedTuple

from zhenggai.web.public.site import printable
from zhenggai.web.public.words import grouped, is_number

WIDTH, HEIGHT = 720, 44
"""Of a drawing, in its own units."""

LOOKS = 6
"""So many looks there are: colour and pattern together; the patterns of the template have one for each."""


class _Parted(NamedTuple):
    """A whole and the parts that make it up, by the codes of computed indicators."""

    title: str
    whole: str
    parts: tuple[str, ...]


class _Beside(NamedTuple):
    """Indicators that are compared with one another."""

    title: str
    members: tuple[str, ...]


_PLANNED: tuple[_Parted | _Beside, ...] = (
    _Parted(
        "反馈问题办理情况",
        "ledger.items",
        ("ledger.closed", "ledger.reviewing", "ledger.returned", "ledger.unapplied"),
    ),
    _Parted("销号等次", "ledger.closed", ("ledger.done", "ledger.phased", "ledger.infeasible")),
    _Beside("整改任务", ("ledger.tasks", "ledger.immediate", "ledger.overdue")),
    _Beside("涉及金额", ("ledger.money_total", "ledger.money_done")),
    _Parted("制度成果", "ledger.results", ("ledger.results_new", "ledger.results_revised")),
)
_REST = "其他进展"


@dataclass(frozen=True)
class Bar:
    """一段: ``x`` and ``width`` in the drawing's units, ``look`` the number of its colour and pattern, ``share`` of the whole in percent."""

    name: str
    value: str
    unit: str
    x: str = "0"
    width: str = "0"
    look: int = 0
    share: str = ""


@dataclass(frozen=True)
class Chart:
    """一张图: ``look`` is stacked for one bar of several parts, bars for a bar a line, table for numbers without a drawing."""

    key: int
    title: str
    look: str
    bars: Sequence[Bar]
    whole: str = ""
    unit: str = ""

    @property
    def said(self) -> str:
        """The chart in a sentence, for who cannot see it."""
        parts = "；".join(f"{bar.name} {bar.value}{bar.unit}" for bar in self.bars)
        return f"{f'共 {self.whole}{self.unit}：' if self.whole else ''}{parts}。"


class _Said(NamedTuple):
    name: str
    unit: str
    value: Decimal | None
    written: str


def charts(content: Mapping[str, Any]) -> list[Chart]:
    """The charts of an edition: those that are planned as far as it has their numbers, then all other numbers in the order of the edition."""
    said = {each["code"]: _said(each) for each in content["progress"]}
    found: list[Chart] = []
    shown: set[str] = set()
    for plan in _PLANNED:
        draw = _parted if isinstance(plan, _Parted) else _beside
        made = draw(len(found) + 1, plan, said)  # type: ignore[arg-type]  # each is given its own kind
        if made is not None:
            found.append(made)
            shown |= set(_codes(plan))
    rest = [each for code, each in said.items() if code not in shown]
    if rest:
        found.append(
            Chart(len(found) + 1, _REST, "table", [Bar(each.name, each.written, each.unit) for each in rest])
        )
    return found


def _codes(plan: _Parted | _Beside) -> tuple[str, ...]:
    return (plan.whole, *plan.parts) if isinstance(plan, _Parted) else plan.members


def _said(each: Mapping[str, str]) -> _Said:
    text = printable(each["value"])
    value = Decimal(text) if is_number(text) else None
    return _Said(printable(each["name"]), printable(each["unit"]), value, grouped(text))


def _parted(key: int, plan: _Parted, said: Mapping[str, _Said]) -> Chart | None:
    """One bar; None where a part is missing, or where the parts are not the whole."""
    if not all(code in said for code in _codes(plan)):
        return None
    whole, parts = said[plan.whole], [said[code] for code in plan.parts]
    values = [each.value or Decimal() for each in parts]
    if not whole.value or min(values) < 0 or sum(values) != whole.value:
        return None
    return Chart(key, plan.title, "stacked", list(_stacked(parts, whole.value)), whole.written, whole.unit)


def _stacked(parts: Sequence[_Said], whole: Decimal) -> Iterator[Bar]:
    x = Decimal()
    for number, each in enumerate(parts):
        value = each.value or Decimal()
        share = f"{value * 100 / whole:.1f}%"
        yield Bar(
            each.name,
            each.written,
            each.unit,
            _length(x, whole),
            _length(value, whole),
            number % LOOKS,
            share,
        )
        x += value


def _beside(key: int, plan: _Beside, said: Mapping[str, _Said]) -> Chart | None:
    """A bar a line; None unless there are two to be compared, of one unit."""
    members = [said[code] for code in plan.members if code in said]
    values = [each.value or Decimal() for each in members]
    if len(members) < 2 or len({each.unit for each in members}) > 1 or min(values) < 0 or not max(values):  # noqa: PLR2004  # to compare takes two
        return None
    most = max(values)
    bars = [
        Bar(each.name, each.written, each.unit, width=_length(value, most))
        for each, value in zip(members, values, strict=True)
    ]
    return Chart(key, plan.title, "bars", bars)


def _length(value: Decimal, whole: Decimal) -> str:
    return f"{(value * WIDTH / whole).quantize(Decimal('0.01'))}"
