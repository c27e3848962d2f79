"""Named reads of figures."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet

from zhenggai.indicators.models import Indicator, Observation

_CHUNK = 500


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


def current_observations(keys: Iterable[int] | QuerySet[Any, Any]) -> QuerySet[Observation]:
    """Of these values the ones that were neither withdrawn nor corrected, in the order of the text."""
    return (
        Observation.objects.filter(pk__in=keys, withdrawn_at=None, corrected_by=None)
        .select_related("indicator", "document")
        .order_by("document_id", "span_start", "pk")
    )
