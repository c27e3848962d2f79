"""Who may enter figures."""

from zhenggai.parties.permissions import declare
from zhenggai.parties.states import Capacity

declare(
    "indicators",
    {"figure.observe": {Capacity.OFFICE}, "figure.withdraw": {Capacity.OFFICE}},
)
