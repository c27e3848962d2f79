"""Who may define, enter, sign and correct figures, and in which capacities a post stands to an indicator."""

from zhenggai.indicators.models import Indicator
from zhenggai.journal.acts import Actor
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import capacities_of, declare
from zhenggai.parties.states import Capacity, Role

_OFFICE = {Capacity.OFFICE}
_UNIT = {Capacity.UNIT_HEAD, Capacity.UNIT_FILLER}

declare(
    "indicators",
    {
        "indicator.define": {Capacity.OFFICE, Capacity.LEAD_HEAD, Capacity.LEAD_FILLER},
        "indicator.describe": _OFFICE,
        "figure.observe": _OFFICE,
        "figure.withdraw": _OFFICE | {Capacity.UNIT_HEAD},
        "figure.compute": _OFFICE,
        "figure.derive": _OFFICE,
        "figure.report": _UNIT,
        "figure.sign": {Capacity.UNIT_HEAD},
        "figure.correct": _OFFICE | _UNIT,
    },
)

_OF_UNIT = {Role.HEAD: Capacity.UNIT_HEAD, Role.FILLER: Capacity.UNIT_FILLER}


def standing_to(by: Actor, indicator: Indicator) -> frozenset[Capacity]:
    """In which capacities a post stands to an indicator: head and filler of the unit that reports it, and what it is everywhere. No statement."""
    everywhere = capacities_of(by)
    if not isinstance(by, Post) or indicator.organisation_id is None:
        return everywhere
    own = _OF_UNIT.get(Role(by.role))
    if own is None or by.organisation.unit_key != indicator.organisation_id:
        return everywhere
    return everywhere | {own}
