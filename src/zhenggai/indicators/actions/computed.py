"""Acts that record what the system works out itself: 取数 from the ledger, 推算 from other values."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from zhenggai.core.errors import Refusal
from zhenggai.indicators import computing
from zhenggai.indicators.computing import Computed
from zhenggai.indicators.currency import derivation
from zhenggai.indicators.defined import as_defined, defined, name_of, written
from zhenggai.indicators.models import Indicator, Observation
from zhenggai.indicators.periods import check_period
from zhenggai.indicators.permissions import standing_to
from zhenggai.indicators.queries import indicators_by_code, indicators_named, last_computed, last_own
from zhenggai.indicators.rules import WrongFigure, exact_value
from zhenggai.indicators.standing import Series, series_of
from zhenggai.indicators.states import Reach, Source
from zhenggai.journal.acts import Actor, act, moment, record
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import Change, changed, created
from zhenggai.parties.permissions import check


class NothingNew(Refusal):
    """没有变化: everything computed was recorded before."""

    code = "nothing_new"


@act("figure.compute", "取数")
def record_computed(*, scope: str, reach: Reach, by: Actor) -> dict[str, Observation]:
    """Record the computed values that differ from those recorded last; return the last of each indicator, by code. NothingNew if none does.

    Indicators that have no row yet get theirs, and a row follows its definition. Call :func:`zhenggai.indicators.taking.take`, which first looks.
    """
    check(by, "figure.compute")
    today = timezone.localdate(moment())
    live, last = computing.values(scope, reach, today), last_computed(scope, reach)
    rows, changes = _in_step(live)
    fresh = [
        Observation(
            indicator=rows[code], value=exact_value(str(found.value)), written=written(found.value, rows[code].unit),
            source=Source.COMPUTED.value, scope=scope, reach=reach.value, as_of=today, observed_at=moment(),
            basis={"query": code, "rows": found.rows, "digest": found.digest},
        )
        for code, found in live.items()
        if code not in last or last[code].value != found.value
    ]  # fmt: skip
    if not fresh and not changes:
        raise NothingNew("台账数值与上次取数相同，没有需要入账的变化。")
    for row in Observation.objects.bulk_create(fresh):
        last[row.indicator.code] = row
        record(subject=row, changes=[*changes.pop(row.indicator.code, ()), created(row)])
    for code, left in changes.items():
        record(subject=rows[code], changes=left)
    return last


def _in_step(codes: Mapping[str, Computed]) -> tuple[dict[str, Indicator], dict[str, Sequence[Change]]]:
    """The row of each indicator, made or brought in step with its definition, by code; and what that changed."""
    known = computing.definitions()
    rows = indicators_by_code()
    named = indicators_named([name_of(known[code]) for code in codes if code not in rows])
    changes: dict[str, Sequence[Change]] = {}
    for code in codes:
        wanted = as_defined(known[code])
        row = rows.get(code) or named.get(name_of(known[code]))
        if row is None:
            rows[code] = row = Indicator(**wanted)
            row.save()
            changes[code] = [created(row)]
        elif defined(row) != wanted:
            before = snapshot(row)
            for field, value in wanted.items():
                setattr(row, field, value)
            row.save()
            changes[code] = [changed(row, before)]
        rows[code] = row
    return rows, changes


@act("figure.derive", "推算指标值")
def derive(
    *,
    indicator: Indicator,
    scope: str = "",
    reach: Reach = Reach.WHOLE,
    period: str = "",
    applies_to: Sequence[str] = (),
    by: Actor,
) -> Observation:
    """Record the value of a derived indicator for a period, with what it came of. NoValue where there is none, WrongFigure where it is known."""
    check(by, "figure.derive", standing_to(by, indicator))
    today = timezone.localdate(moment())
    row = Observation(
        indicator=indicator, source=Source.DERIVED.value, scope=scope, reach=reach.value, applies_to=list(applies_to),
        period=check_period(period, today), observed_at=moment(),
    )  # fmt: skip
    series = series_of(row)
    found = derivation(indicator, series, today)
    row.value, row.as_of = found.result.value, found.as_of
    row.written = f"{found.result.change.label}{written(row.value, indicator.unit)}"
    row.basis = {
        **(indicator.formula or {}),
        "operands": [each.as_dict() for each in found.operands],
        "change": found.result.change.value,
    }
    if any(_same(known, row, series) for known in last_own([scope])):
        raise WrongFigure(f"“{indicator.name}”{period}的推算结果没有变化，不必重复记录。", field="period")
    row.save()
    record(subject=row, changes=[created(row)])
    return row


def _same(known: Observation, row: Observation, series: Series) -> bool:
    return (
        known.source == row.source
        and series_of(known) == series
        and known.value == row.value
        and _told(known) == _told(row)
    )


def _told(row: Observation) -> Any:
    """What a derived value came of, apart from the days and rows that gave the same values."""
    basis = row.basis or {}
    operands = [(each["indicator"], each["value"], each["period"]) for each in basis["operands"]]
    return basis["op"], basis["of"], operands, basis["change"]
