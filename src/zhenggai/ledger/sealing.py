"""销号凭据 of closures made before there were seals, or wherever one may be missing: the way to a seal that asks first whether it is there."""

from zhenggai.journal.acts import Actor
from zhenggai.ledger.actions import closing
from zhenggai.ledger.handling.models import Closure, Seal
from zhenggai.ledger.handling.rules import AlreadySealed
from zhenggai.ledger.handling.states import ClosureState
from zhenggai.ledger.models import Inspection


def sealed(closure: Closure, *, by: Actor) -> Seal:
    """Return the seal of a closure; one that has none gets it by the act ``closure.seal``, and only then an event is recorded.

    HandlingRefused for an application that did not end in a closure, NotPermitted for whoever could not have taken its last step.
    """
    found = Seal.objects.filter(closure=closure).first()
    if found is not None:
        return found
    try:
        return closing.seal(closure=closure, by=by)
    except AlreadySealed:  # by somebody else, while this one waited for the chain
        return Seal.objects.get(closure=closure)


def seal_missing(inspection: Inspection, *, by: Actor) -> list[Seal]:
    """Give a seal to each closure of an inspection that has none; return those that were made. One statement where none is missing."""
    rows = Closure.objects.filter(finding__inspection=inspection, state=ClosureState.CLOSED.value, seal=None)
    return [sealed(closure, by=by) for closure in rows.order_by("finding__number", "cycle")]
