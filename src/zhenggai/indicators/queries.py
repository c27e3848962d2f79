"""Named reads of figures."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Max, QuerySet

from zhenggai.core.errors import NotFound
from zhenggai.indicators.deriving import Formula, Reference
from zhenggai.indicators.models import Indicator, Observation
from zhenggai.indicators.standing import Standing
from zhenggai.indicators.states import Reach, Source

_CHUNK = 500

_OWN = (Source.COMPUTED.value, Source.DERIVED.value)
_BESIDE = ("indicator", "document", "file", "organisation")


def indicators_named(
    names: Sequence[tuple[str, str, str, str]],
) -> dict[tuple[str, str, str, str], Indicator]:
    """The known indicators among these, by name, unit, kind and direction of change."""
    wanted = set(names)
    titles = list(dict.fromkeys(name for name, *_ in wanted))
    found = {}
    for start in range(0, len(titles), _CHUNK):
        for row in Indicator.objects.filter(name__in=titles[start : start + _CHUNK]):
            key = (row.name, row.unit, row.kind, row.change)
            if key in wanted:
                found[key] = row
    return found


def indicators_by_code() -> dict[str, Indicator]:
    """The computed indicators that have their row, by code."""
    return {row.code: row for row in Indicator.objects.exclude(code="")}


def operands_of(formulas: Iterable[Formula]) -> dict[Reference, Indicator]:
    """The indicators that formulas name, by code and by key, as named there. One statement."""
    wanted = {reference for formula in formulas for reference in formula.of}
    codes = [each for each in wanted if isinstance(each, str)]
    keys = [each for each in wanted if isinstance(each, int)]
    if not wanted:
        return {}
    found: dict[Reference, Indicator] = {}
    for row in Indicator.objects.filter(code__in=codes) | Indicator.objects.filter(pk__in=keys):
        if row.pk in wanted:
            found[row.pk] = row
        if row.code in wanted:
            found[row.code] = row
    return found


def named_in_formula(indicator: Indicator) -> bool:
    """Whether a derived indicator comes of this one."""
    formulas = Indicator.objects.filter(formula__isnull=False).values_list("formula", flat=True)
    return any({indicator.pk, indicator.code or indicator.pk} & set(said["of"]) for said in formulas if said)


def current_observations(keys: Iterable[int] | QuerySet[Any, Any]) -> QuerySet[Observation]:
    """Of these values the ones that were neither withdrawn nor corrected, in the order of the text."""
    return (
        Observation.objects.filter(pk__in=keys, withdrawn_at=None, corrected_by=None)
        .select_related("indicator", "document")
        .order_by("document_id", "span_start", "pk")
    )


def candidates(scope: str, reach: Reach | None = None) -> list[Observation]:
    """The values of an inspection that stand now, to which a figure of a text can be bound, in the order in which they were entered.

    Of computed and derived ones the last recorded of each series; of reported ones what counts. ``reach`` leaves out the computed and derived
    ones of the other reach; what documents and units say has none. Each with indicator, document, file and organisation. Two statements.
    """
    said = Observation.objects.filter(scope=scope).exclude(source__in=_OWN)
    own = Observation.objects.filter(pk__in=_last_keys([scope], reach), withdrawn_at=None)
    standing = Standing(said.select_related(*_BESIDE).order_by("pk"))
    found = [*standing.all(), *own.select_related(*_BESIDE)]
    return sorted(found, key=lambda row: row.pk)


def _last_keys(scopes: Iterable[str], reach: Reach | None = None) -> QuerySet[Any, Any]:
    """Keys of the last computed and derived value of each series, as a subquery."""
    rows = Observation.objects.filter(source__in=_OWN, scope__in=list(scopes), withdrawn_at=None)
    if reach is not None:
        rows = rows.filter(reach=reach.value)
    series = rows.order_by().values("indicator", "scope", "reach", "source", "period", "applies_to")
    return series.annotate(last=Max("pk")).values("last")


def last_own(scopes: Iterable[str]) -> list[Observation]:
    """The last recorded computed and derived value of each series of these inspections. One statement."""
    return list(Observation.objects.filter(pk__in=_last_keys(scopes)).order_by("pk"))


def last_computed(scope: str, reach: Reach) -> dict[str, Observation]:
    """The last recorded value of every computed indicator of an inspection, by code. One statement."""
    rows = Observation.objects.filter(pk__in=_last_keys([scope], reach), source=Source.COMPUTED.value)
    return {row.indicator.code: row for row in rows.select_related("indicator").order_by("pk")}


def said_of(indicators: Iterable[int], scopes: Iterable[str]) -> list[Observation]:
    """What documents and units said of indicators in these inspections, taken back or not, in the order of entry. One statement."""
    wanted = set(indicators)
    rows = Observation.objects.filter(scope__in=set(scopes)).exclude(source__in=_OWN).order_by("pk")
    if len(wanted) <= _CHUNK:
        rows = rows.filter(indicator__in=wanted)
    return [row for row in rows if row.indicator_id in wanted]


def locked_observation(pk: int) -> Observation:
    """Read a value again with its indicator, locked for the caller's transaction; NotFound if there is none."""
    found = locked_observations([pk])
    if not found:
        raise NotFound("该指标值已不存在，请刷新页面。")
    return found[0]


def locked_observations(keys: Sequence[int]) -> list[Observation]:
    """Read values again with their indicators, locked for the caller's transaction, in the order of entry."""
    rows = (
        Observation.objects.select_related("indicator", "file").select_for_update(of=("self",)).order_by("pk")
    )
    found: list[Observation] = []
    for start in range(0, len(keys), _CHUNK):
        found += rows.filter(pk__in=keys[start : start + _CHUNK])
    return found


def standing_reports(like: Observation) -> list[Observation]:
    """The reported values of the same series that were neither taken back nor corrected, signed or not."""
    rows = Observation.objects.filter(
        indicator=like.indicator_id, scope=like.scope, reach=like.reach, period=like.period, withdrawn_at=None,
        source=Source.REPORTED.value, file__isnull=False, corrected_by=None,
    )  # fmt: skip
    return [row for row in rows.order_by("pk") if row.applies_to == like.applies_to]
