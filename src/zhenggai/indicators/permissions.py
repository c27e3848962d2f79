"""Who may enter figures."""

from zhenggai.parties.permissions import declare
from zhenggai.parties.states import Capacity

declare(
    "indicators",
    {
        "indicator.define": {Capacity.OFFICE, Capacity.LEAD_HEAD, Capacity.LEAD_FILLER},
        "figure.observe": {Capacity.OFFICE},
        "figure.withdraw": {Capacity.OFFICE},
    },
)
