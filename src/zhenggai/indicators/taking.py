"""取数: record what the ledger computes now, as far as it is news; nothing is recorded, and no act done, where nothing changed."""

from django.utils import timezone

from zhenggai.core.errors import NotFound
from zhenggai.indicators import computing
from zhenggai.indicators.actions import computed
from zhenggai.indicators.defined import is_news
from zhenggai.indicators.models import Observation
from zhenggai.indicators.queries import indicators_by_code, last_computed
from zhenggai.indicators.states import Reach
from zhenggai.journal.acts import Actor
from zhenggai.parties.permissions import check


def take(*, scope: str, reach: Reach, by: Actor) -> dict[str, Observation]:
    """取数: record every computed indicator of an inspection whose value is another than the one recorded last; return the last of each, by code.

    NotFound for an inspection that the ledger does not know. Nothing new, nothing written.
    """
    check(by, "figure.compute")
    live = computing.values(scope, reach, timezone.localdate())
    if not live:
        raise NotFound(f"没有编号为“{scope}”的检查，无数可取，请核对编号。", scope=scope)
    if is_news(live, last_computed(scope, reach), indicators_by_code()):
        try:
            return computed.record_computed(scope=scope, reach=reach, by=by)
        except computed.NothingNew:  # somebody else was faster
            pass
    return last_computed(scope, reach)
