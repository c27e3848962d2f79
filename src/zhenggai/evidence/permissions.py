"""Who may keep source documents."""

from zhenggai.parties.permissions import declare
from zhenggai.parties.states import Capacity

declare("evidence", {"document.keep": {Capacity.OFFICE}})
