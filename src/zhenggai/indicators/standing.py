"""现行数值: of what documents and units have said, which values stand: not taken back, not corrected, and signed where a unit says them."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.utils import timezone

from zhenggai.indicators.models import Observation
from zhenggai.indicators.periods import same_words
from zhenggai.indicators.states import Source


class Series(NamedTuple):
    """系列: what makes two values say the same of different days: indicator, inspection, reach, period, and what they apply to."""

    indicator: int
    scope: str
    reach: str
    period: str
    applies_to: tuple[str, ...]


def series_of(row: Observation) -> Series:
    """The series of a value."""
    return Series(row.indicator_id, row.scope, row.reach, same_words(row.period), tuple(row.applies_to))


def in_period(series: Series, period: str) -> Series:
    """The same series for another period."""
    return Series(series.indicator, series.scope, series.reach, same_words(period), series.applies_to)


def is_declared(row: Observation) -> bool:
    """Whether a unit reported the value of the indicator as such (填报指标值), with its proof; the others were read out of a text."""
    return row.source == Source.REPORTED.value and row.file_id is not None


def counts(row: Observation) -> bool:
    """Whether a value counts, taken by itself: what a unit reports only once its head has signed it."""
    return row.source != Source.REPORTED.value or row.signed_at is not None


def _age(row: Observation) -> tuple[date, int]:
    return row.as_of or timezone.localdate(row.observed_at), row.pk


class Standing:
    """Which of a set of values stand; the set must hold every correction of what is in it. No statement besides reading the set."""

    def __init__(self, rows: Iterable[Observation]) -> None:
        self.rows = {row.pk: row for row in rows}
        self._corrections: dict[int, list[Observation]] = defaultdict(list)
        for row in self.rows.values():
            # Until it is signed, a unit's correction changes nothing.
            if row.corrects_id is not None and counts(row):
                self._corrections[row.corrects_id].append(row)
        self._series: dict[Series, list[Observation]] = defaultdict(list)
        for row in self.rows.values():
            if self.stands(row):
                self._series[series_of(row)].append(row)

    def stands(self, row: Observation) -> bool:
        """Whether a value is neither taken back nor corrected, and counts."""
        return row.withdrawn_at is None and row.pk not in self._corrections and counts(row)

    def now(self, row: Observation) -> Observation | None:
        """The value that stands for this one now; None if nothing does.

        Of what a unit reports the latest of the series, by as-of date. What was read out of a text stands for itself, and for what was corrected
        by it: two places of one text may well say different things under one name.
        """
        if is_declared(row):
            return max(self.declared(series_of(row)), key=_age, default=None)
        while row.pk in self._corrections:
            made = self._corrections[row.pk]
            row = next((each for each in reversed(made) if self.stands(each)), made[-1])
        return row if self.stands(row) else None

    def declared(self, series: Series) -> list[Observation]:
        """What a unit reported as the value of a series, as far as it stands."""
        return [row for row in self._series.get(series, ()) if is_declared(row)]

    def latest(self, series: Series) -> list[Observation]:
        """The one value of a series if there is one: what its unit reports last, else what texts say of it; more than one where texts differ."""
        declared = self.declared(series)
        if declared:
            return [max(declared, key=_age)]
        by_value: dict[object, Observation] = {}
        for row in sorted(self._series.get(series, ()), key=_age):
            by_value[row.value, row.value_max] = row
        return list(by_value.values())

    def all(self) -> list[Observation]:
        """Every value that stands for itself: of a unit's reports only the latest of each series."""
        return [row for row in self.rows.values() if self.now(row) is row]
