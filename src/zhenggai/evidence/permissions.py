"""Who may keep source documents, and files that prove something."""

from zhenggai.parties.permissions import declare
from zhenggai.parties.states import Capacity

declare(
    "evidence",
    {
        "document.keep": {Capacity.OFFICE},
        "file.keep": {
            Capacity.OFFICE,
            Capacity.GROUP,
            Capacity.LEAD_OFFICIAL,
            Capacity.LEAD_HEAD,
            Capacity.LEAD_FILLER,
            Capacity.UNIT_HEAD,
            Capacity.UNIT_FILLER,
            Capacity.SUPPORT,
            Capacity.SUPERVISOR,
        },
    },
)
