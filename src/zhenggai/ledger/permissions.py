"""Who may work on the ledger."""

from zhenggai.parties.permissions import declare
from zhenggai.parties.states import Capacity

_OFFICE = {Capacity.OFFICE}

declare(
    "ledger",
    {
        "inspection.open": _OFFICE,
        "document.read": _OFFICE,
        "proposal.accept": _OFFICE,
        "proposal.correct": _OFFICE,
        "proposal.reject": _OFFICE,
        "proposal.keep": _OFFICE,
        "proposal.identify": _OFFICE,
    },
)
