"""Acts on figures."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhenggai.evidence.models import SourceDocument
from zhenggai.indicators.models import Indicator, Observation
from zhenggai.indicators.queries import indicators_named
from zhenggai.journal.acts import Actor, act, moment, record
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import Change, changed, created
from zhenggai.parties.permissions import check
from zhenggai.parties.states import Capacity

_BATCH = 500

IndicatorName = tuple[str, str, str, str]
"""Name, unit, kind and direction of change: what makes two figures the same indicator."""


@dataclass(frozen=True)
class NewObservation:
    """A value to be entered; ``place`` is document and span, ``corrects`` the value that it replaces."""

    name: IndicatorName
    value: Decimal
    value_max: Decimal | None
    written: str
    qualifier: str
    period: str
    applies_to: list[str]
    place: tuple[SourceDocument, int, int] | None
    corrects: int | None = None


@act("indicator.define", "登记指标")
def define(*, name: IndicatorName, by: Actor, capacities: Collection[Capacity] | None = None) -> Indicator:
    """Register an indicator that is not known yet; look it up with :func:`zhenggai.indicators.queries.indicators_named` first.

    ``capacities`` are those in which the actor stands to what it is an aim of.
    """
    check(by, "indicator.define", capacities)
    title, unit, kind, change = name
    row = Indicator.objects.create(name=title, unit=unit, kind=kind, change=change)
    record(subject=row, changes=[created(row)])
    return row


@act("figure.observe", "登记指标值")
def observe(*, values: Sequence[NewObservation], by: Actor) -> list[Observation]:
    """Enter values, with their indicators where these are new; one event for each value. Nothing earlier is changed."""
    check(by, "figure.observe")
    indicators, fresh = _indicators([value.name for value in values])
    rows = Observation.objects.bulk_create(
        [_row(value, indicators[value.name]) for value in values], batch_size=_BATCH
    )
    for row, value in zip(rows, values, strict=True):
        made = fresh.pop(value.name, None)
        record(subject=row, changes=[*([created(made)] if made else []), created(row)])
    return rows


@act("figure.withdraw", "撤回指标值")
def withdraw(*, observations: Sequence[Observation], reason: str, by: Actor) -> None:
    """Take values back; they stay, marked, and no longer count."""
    check(by, "figure.withdraw")
    for row in observations:
        before = snapshot(row)
        row.withdrawn_at = moment()
        row.save(update_fields=["withdrawn_at"])
        changes: list[Change] = [changed(row, before)]
        record(subject=row, changes=changes, reason=reason)


def _indicators(
    names: Sequence[IndicatorName],
) -> tuple[dict[IndicatorName, Indicator], dict[IndicatorName, Indicator]]:
    """Return the indicators by name, and of these the ones made just now."""
    known = indicators_named(names)
    missing = [name for name in dict.fromkeys(names) if name not in known]
    rows = Indicator.objects.bulk_create(
        [Indicator(name=name, unit=unit, kind=kind, change=change) for name, unit, kind, change in missing],
        batch_size=_BATCH,
    )
    fresh = dict(zip(missing, rows, strict=True))
    return {**known, **fresh}, fresh


def _row(value: NewObservation, indicator: Indicator) -> Observation:
    document, start, end = value.place or (None, None, None)
    return Observation(
        indicator=indicator, value=value.value, value_max=value.value_max, written=value.written,
        qualifier=value.qualifier, period=value.period, applies_to=value.applies_to, corrects_id=value.corrects,
        document=document, span_start=start, span_end=end, observed_at=moment(),
    )  # fmt: skip
