"""Who may work on the ledger: act by act, in which capacities. The published matrix is generated from this table."""

from zhenggai.parties.permissions import declare
from zhenggai.parties.states import Capacity

_OFFICE = {Capacity.OFFICE}
_LEAD = {Capacity.LEAD_HEAD, Capacity.LEAD_FILLER}
_UNIT = {Capacity.UNIT_HEAD, Capacity.UNIT_FILLER}
_HEADS = {Capacity.UNIT_HEAD, Capacity.LEAD_HEAD}
_DECIDE = {Capacity.LEAD_OFFICIAL, Capacity.GROUP}
_REVIEW = {Capacity.LEAD_HEAD, Capacity.OFFICE, Capacity.LEAD_OFFICIAL, Capacity.GROUP, Capacity.SUPERVISOR}

declare(
    "ledger",
    {
        # documents and proposals
        "inspection.open": _OFFICE,
        "document.read": _OFFICE,
        "proposal.accept": _OFFICE,
        "proposal.correct": _OFFICE,
        "proposal.reject": _OFFICE,
        "proposal.keep": _OFFICE,
        "proposal.identify": _OFFICE,
        # responsibility and plans
        "inspection.profile": _OFFICE,
        "inspection.appoint": _OFFICE,
        "inspection.dismiss": _OFFICE,
        "finding.classify": _OFFICE,
        "task.assign": _OFFICE,
        "task.lead": {Capacity.LEAD_OFFICIAL},
        "task.plan": _OFFICE | _LEAD,
        "task.split": _OFFICE,
        "task.merge": _OFFICE,
        "measure.add": _OFFICE | _LEAD | _UNIT,
        "measure.change": _OFFICE | _LEAD | _UNIT,
        # progress and evidence
        "report.save": _LEAD | _UNIT,
        "report.sign": _HEADS,
        "report.return": _HEADS | _OFFICE,
        "report.figure": _OFFICE,
        "evidence.attach": _LEAD | _UNIT | {Capacity.SUPPORT},
        "evidence.review": _LEAD | _OFFICE | {Capacity.SUPERVISOR},
        "evidence.withdraw": _LEAD | _UNIT | {Capacity.SUPPORT},
        # requests
        "extension.request": _HEADS,
        "extension.decide": _DECIDE,
        "waiver.request": _HEADS | _OFFICE,
        "waiver.decide": _DECIDE,
        # closing
        "closure.apply": _HEADS,
        "closure.approve": _REVIEW,
        "closure.return": _REVIEW,
        "closure.withdraw": _HEADS,
        "closure.seal": _REVIEW,
        "finding.relapse": _OFFICE | {Capacity.SUPERVISOR},
        "standing.check": _OFFICE | {Capacity.SUPERVISOR},
    },
)
