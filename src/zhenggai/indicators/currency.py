"""现值: what the series of a value says now, live where it is computed or derived, whatever was recorded of it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from zhenggai.indicators import computing, queries
from zhenggai.indicators.computing import Computed
from zhenggai.indicators.deriving import Formula, NoValue, Reference, Result, derive, formula_of
from zhenggai.indicators.models import Indicator, Observation
from zhenggai.indicators.periods import PeriodUnclear, same_words, year_before
from zhenggai.indicators.standing import Series, Standing, series_of
from zhenggai.indicators.states import Change, Reach, Source


@dataclass(frozen=True)
class Now:
    """现值 of a series: value in the base unit and the row that records it, if one does; None for all where nothing stands, and ``why``.

    ``change`` says which way a derived change went; the value is then without sign.
    """

    value: Decimal | None
    value_max: Decimal | None
    observation: int | None
    as_of: date | None
    change: Change = Change.NONE
    why: str = ""


@dataclass(frozen=True)
class Operand:
    """操作数: what a derived value was derived from."""

    indicator: int | None
    code: str
    observation: int | None
    value: Decimal
    period: str
    as_of: date | None

    def as_dict(self) -> dict[str, Any]:
        """JSON object, as the basis of a derived value keeps it."""
        return {
            "indicator": self.indicator, "code": self.code, "observation": self.observation, "value": f"{self.value.normalize():f}",
            "period": self.period, "as_of": self.as_of.isoformat() if self.as_of else None,
        }  # fmt: skip


@dataclass(frozen=True)
class Derivation:
    """推算过程: the result and what it came of, in the order of the formula."""

    result: Result
    operands: tuple[Operand, ...]

    @property
    def as_of(self) -> date | None:
        """A derived value is as old as the oldest of its operands."""
        return min((each.as_of for each in self.operands if each.as_of), default=None)


def now_of(observations: Collection[Observation], today: date) -> dict[int, Now]:
    """现值 for each of these values, by its key.

    A fixed number of statements, and those of the computing queries for each distinct inspection and reach.
    """
    book = Book(observations, today)
    return {row.pk: book.now(row) for row in observations}


def derivation(indicator: Indicator, series: Series, today: date) -> Derivation:
    """Derive the value of a series now; NoValue, with the sentence why, where there is none."""
    return Book([], today, deriving=[(indicator, series)]).derive(indicator, series)


class Book:
    """Everything that the present values of some series depend on, read at once."""

    def __init__(
        self,
        observations: Collection[Observation],
        today: date,
        *,
        deriving: Sequence[tuple[Indicator, Series]] = (),
    ) -> None:
        self._today = today
        own = [row for row in observations if row.source in (Source.COMPUTED.value, Source.DERIVED.value)]
        self._indicators = Indicator.objects.in_bulk({row.indicator_id for row in own}) if own else {}
        self._indicators |= {indicator.pk: indicator for indicator, _ in deriving}
        self._formulas = {row.pk: formula_of(row.formula) for row in self._indicators.values() if row.formula}
        self._operands = queries.operands_of(self._formulas.values())
        self._standing = Standing(self._said(observations, [series for _, series in deriving]))
        scopes = {row.scope for row in own} | {series.scope for _, series in deriving}
        recorded = queries.last_own(scopes) if scopes else []
        self._recorded = {(row.source, series_of(row)): row for row in recorded}
        self._live: dict[tuple[str, str], Mapping[str, Computed]] = {}

    def _said(self, observations: Iterable[Observation], more: Iterable[Series]) -> list[Observation]:
        rows = list(observations)
        wanted = {
            row.indicator_id
            for row in rows
            if row.source not in (Source.COMPUTED.value, Source.DERIVED.value)
        }
        wanted |= {row.pk for row in self._operands.values()}
        scopes = {row.scope for row in rows} | {series.scope for series in more}
        return queries.said_of(wanted, scopes) if wanted else []

    def now(self, row: Observation) -> Now:
        """现值 of the series of a value."""
        if row.source == Source.COMPUTED.value:
            return self._computed(row)
        if row.source == Source.DERIVED.value:
            return self._derived(row)
        found = self._standing.now(self._standing.rows.get(row.pk, row))
        if found is None:
            return Now(None, None, None, None, why="该数值已撤回、已更正或尚未签发，没有现行数值。")
        return Now(found.value, found.value_max, found.pk, found.as_of)

    def _computed(self, row: Observation) -> Now:
        indicator = self._indicators[row.indicator_id]
        value = self.live(row.scope, row.reach).get(indicator.code)
        if value is None:
            return Now(None, None, None, None, why=f"台账中没有检查“{row.scope}”的“{indicator.name}”。")
        last = self._recorded.get((Source.COMPUTED.value, series_of(row)))
        recorded = last.pk if last is not None and last.value == value.value else None
        return Now(value.value, None, recorded, self._today)

    def _derived(self, row: Observation) -> Now:
        indicator, series = self._indicators[row.indicator_id], series_of(row)
        try:
            found = self.derive(indicator, series)
        except NoValue as refusal:
            return Now(None, None, None, None, why=refusal.sentence)
        last = self._recorded.get((Source.DERIVED.value, series))
        value, change = found.result.value, found.result.change
        same = (
            last is not None and last.value == value and (last.basis or {}).get("change", "") == change.value
        )
        return Now(value, None, last.pk if same and last else None, found.as_of, change)

    def live(self, scope: str, reach: str) -> Mapping[str, Computed]:
        """The computed values of an inspection, asked for once."""
        key = (scope, reach)
        if key not in self._live:
            self._live[key] = computing.values(scope, Reach(reach), self._today)
        return self._live[key]

    def derive(self, indicator: Indicator, series: Series) -> Derivation:
        """Derive the value of a series from what its operands say now; NoValue."""
        formula = self._formulas.get(indicator.pk)
        if formula is None:
            raise NoValue(f"“{indicator.name}”没有推算公式，请先在指标定义中写明。", field="formula")
        operands = tuple(self._values(formula, series))
        return Derivation(derive(formula.op, [each.value for each in operands]), operands)

    def _values(self, formula: Formula, series: Series) -> Iterable[Operand]:
        for reference in formula.of:
            yield self._operand(reference, series, series.period)
        if formula.backwards:
            try:
                earlier = year_before(series.period)
            except PeriodUnclear as refusal:
                raise NoValue(refusal.sentence, field="period") from refusal
            yield self._operand(formula.of[0], series, earlier, past=True)

    def _operand(self, reference: Reference, series: Series, period: str, *, past: bool = False) -> Operand:
        indicator = self._operands.get(reference)
        definition = computing.definitions().get(indicator.code if indicator else str(reference))
        if definition is not None:
            if past:
                raise NoValue(f"“{definition.name}”由台账即时计算，没有上年同期的数值，不能推算同比。")
            live = self.live(series.scope, series.reach).get(definition.code)
            if live is None:
                raise NoValue(f"台账中没有检查“{series.scope}”的“{definition.name}”，推算不出。")
            key = indicator.pk if indicator else None
            last = self._recorded_pk(key, series, live.value)
            return Operand(key, definition.code, last, live.value, "", self._today)
        if indicator is None:
            raise NoValue(f"推算公式中的“{reference}”不是已登记的指标，请完善指标定义。", field="formula")
        return self._said_operand(indicator, series, period)

    def _recorded_pk(self, indicator: int | None, series: Series, value: Decimal) -> int | None:
        key = Series(indicator or 0, series.scope, series.reach, "", ())
        last = self._recorded.get((Source.COMPUTED.value, key))
        return last.pk if last is not None and last.value == value else None

    def _said_operand(self, indicator: Indicator, series: Series, period: str) -> Operand:
        wanted = Series(indicator.pk, series.scope, Reach.WHOLE.value, same_words(period), series.applies_to)
        of = f"“{indicator.name}”{period or '（未写时期）'}"
        found = self._standing.latest(wanted)
        if not found:
            raise NoValue(f"没有{of}的现行数值，推算不出；请先填报并签发。")
        if len(found) > 1:
            raise NoValue(f"{of}在文件中有 {len(found)} 个不同的数值，推算不出；请由单位填报确定的数值。")
        (row,) = found
        if row.value_max is not None:
            raise NoValue(f"{of}的数值是一个区间（{row.written}），推算不出；请填报确定的数值。")
        return Operand(indicator.pk, "", row.pk, row.value, period, row.as_of)
