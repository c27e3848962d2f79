"""Acts by which values are entered and taken back, whoever found them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from zhenggai.evidence.models import SourceDocument
from zhenggai.indicators.models import Indicator, Observation
from zhenggai.indicators.permissions import standing_to
from zhenggai.indicators.queries import indicators_named, locked_observations
from zhenggai.indicators.rules import WrongFigure
from zhenggai.indicators.states import Source
from zhenggai.journal.acts import Actor, act, moment, record
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import Change, changed, created
from zhenggai.parties.models import Organisation
from zhenggai.parties.permissions import check

_BATCH = 500

IndicatorName = tuple[str, str, str, str]
"""Name, unit, kind and direction of change: what makes two figures the same indicator."""


@dataclass(frozen=True)
class Signed:
    """By whom a value was signed outside the acts on figures, as with a progress report: unit, moment, and the post's code."""

    organisation: Organisation
    at: datetime
    by: str


@dataclass(frozen=True)
class NewObservation:
    """A value to be entered; ``place`` is document and span, ``corrects`` the value that it replaces, for ``reason``.

    ``scope`` is the code of the inspection. What a unit has signed for (``signed``) is reported (单位填报), all else from a document.
    """

    name: IndicatorName
    value: Decimal
    value_max: Decimal | None
    written: str
    qualifier: str
    period: str
    applies_to: list[str]
    place: tuple[SourceDocument, int, int] | None
    corrects: int | None = None
    reason: str = ""
    scope: str = ""
    as_of: date | None = None
    signed: Signed | None = None


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
    """Take values back; they stay, marked, and no longer count. The office may, and the head of the unit that reported them.

    WrongFigure for one that was taken back before.
    """
    for row in locked_observations([given.pk for given in observations]):
        check(by, "figure.withdraw", standing_to(by, row.indicator))
        if row.withdrawn_at is not None:
            raise WrongFigure(f"指标值“{row.indicator.name}”已经撤回，不必重复。", field="observation")
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
    signed = value.signed
    return Observation(
        indicator=indicator, value=value.value, value_max=value.value_max, written=value.written,
        qualifier=value.qualifier, period=value.period, applies_to=value.applies_to, corrects_id=value.corrects,
        reason=value.reason, scope=value.scope, as_of=value.as_of,
        source=(Source.REPORTED if signed else Source.DOCUMENT).value,
        organisation=signed.organisation if signed else None,
        signed_at=signed.at if signed else None, signed_by=signed.by if signed else "",
        document=document, span_start=start, span_end=end, observed_at=moment(),
    )  # fmt: skip
