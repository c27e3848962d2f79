"""Who may compose, approve and publish. The published matrix is generated from this table."""

from zhenggai.parties.permissions import declare
from zhenggai.parties.states import Capacity

_OFFICE = {Capacity.OFFICE}
_REVIEW = {Capacity.OFFICE, Capacity.GROUP, Capacity.SUPERVISOR}

READERS = frozenset({Capacity.OFFICE, Capacity.GROUP, Capacity.SUPERVISOR})
"""Capacities in which a draft may be read; an edition is read by 查阅 as well."""

declare(
    "bulletins",
    {
        "bulletin.open": _OFFICE,
        "bulletin.revise": _OFFICE,
        "bulletin.edit": _OFFICE,
        "bulletin.insert": _OFFICE,
        "bulletin.remove": _OFFICE,
        "bulletin.restore": _OFFICE,
        "bulletin.move": _OFFICE,
        "bulletin.bind": _OFFICE,
        "bulletin.waive": _OFFICE,
        "bulletin.unbind": _OFFICE,
        "bulletin.renew": _OFFICE,
        "bulletin.submit": _OFFICE,
        "bulletin.approve": _REVIEW,
        "bulletin.return": _REVIEW,
        "bulletin.recall": _OFFICE,
        "bulletin.drop": _OFFICE,
        "bulletin.publish": _OFFICE,
    },
)
