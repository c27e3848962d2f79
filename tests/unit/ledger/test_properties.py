"""What must hold whatever is done, in any order, by anyone."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories, people
from tests.factories import F, Made
from zhenggai.core.errors import Refusal
from zhenggai.indicators.models import Observation
from zhenggai.journal.models import Event
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions.deciding import accept, correct, keep, reject
from zhenggai.ledger.actions.reading import identify
from zhenggai.ledger.kinds import KINDS
from zhenggai.ledger.models import Claim, Finding, Inspection, Measure, PolicyDocument, Proposal, Reading
from zhenggai.ledger.queries import in_ledger
from zhenggai.ledger.states import DEPENDENT, LIVE, TAKEN, Kind, Match, ProposalState
from zhenggai.parties.models import Organisation
from zhenggai.parties.states import Role

EDITIONS = [
    Made(factories.USUAL),
    # reworded, one measure more, one gone, a figure changed, one problem gone, a new one
    Made(
        [
            F(
                "治水护河责任落实不够严",
                ["完善河长巡查办法并按月通报", "清理沿河违建", "增设监测断面两处"],
                [("清理违建", "15", "处")],
                area="生态环境方面",
            ),
            F("民生实事推进偏慢", [], [("幼儿园", "2", "所")], area="民生保障方面"),
            F("干部作风不够扎实", ["开展谈心谈话"], area="全面从严治党方面"),
        ]
    ),
]
ACTS = st.tuples(
    st.sampled_from(["accept", "accept", "correct", "reject", "keep", "identify", "edition", "edition"]),
    st.integers(0, 30),
    st.sampled_from(["office", "office", "office", "reader"]),
)
ROWS = {
    Kind.INSPECTION: Inspection, Kind.ORGANISATION: Organisation, Kind.AREA: Finding, Kind.FINDING: Finding,
    Kind.MEASURE: Measure, Kind.CITATION: PolicyDocument, Kind.CLAIM: Claim, Kind.FIGURE: Observation,
}  # fmt: skip


def step(what, at, by):
    """One act on one of the proposals, as a person at the desk might try it."""
    if what == "edition":
        if Reading.objects.count() < len(EDITIONS):
            inspection = Inspection.objects.first()
            factories.enter(
                EDITIONS[Reading.objects.count()], by=by, inspection=inspection, name="second.txt"
            )
        return
    proposals = list(Proposal.objects.order_by("-reading", "position"))
    proposal = proposals[at % len(proposals)]
    if what == "accept":
        accept(proposals=[proposal], by=by)
    elif what == "reject":
        reject(proposals=[proposal], reason="抽查", by=by)
    elif what == "keep":
        keep(proposal=proposal, reason="以首版为准", by=by)
    elif what == "correct":
        title = KINDS[Kind(proposal.kind)].title
        correct(
            proposal=proposal,
            content={**proposal.current, title: f"{proposal.current[title]}（更正）"},
            by=by,
        )
    else:
        same_as = Proposal.objects.filter(pk__in=proposal.candidates).first()
        identify(proposal=proposal, same_as=same_as if at % 2 else None, by=by)


def check_invariants(refused_events):
    assert verify().faults == []
    assert refused_events == []
    live = list(Proposal.objects.filter(state__in=list(LIVE)))
    for proposal in live:
        taken = proposal.state in TAKEN
        row = (
            ROWS[Kind(proposal.kind)].objects.filter(pk=proposal.target_id).first()
            if proposal.target_id
            else None
        )
        assert not taken or row is not None
        if taken:
            assert getattr(row, "withdrawn_at", None) is None
            shown = {"title", "text"} & set(proposal.current)
            # Of several mentions of one document, one speaks; every other row shows what was settled.
            if proposal.kind != Kind.CITATION.value:
                assert all(
                    getattr(row, name, proposal.current[name]) == proposal.current[name] for name in shown
                )
            if Kind(proposal.kind) in DEPENDENT and proposal.parent:
                # A changed parent may still be open; the ledger holds what the earlier edition said.
                assert in_ledger([proposal.parent])
        elif proposal.state == ProposalState.REJECTED.value:
            assert proposal.kind in ("inspection", "organisation", "citation") or not in_ledger([proposal])
        assert proposal.match != Match.UNSURE.value or not taken
    per_row = {}
    for proposal in live:
        if proposal.state in TAKEN and proposal.kind not in ("citation", "organisation"):
            assert (
                per_row.setdefault((ROWS[Kind(proposal.kind)], proposal.target_id), proposal.pk)
                == proposal.pk
            )
    numbers = list(Finding.objects.values_list("inspection", "number"))
    assert len(numbers) == len(set(numbers))
    withdrawn = Finding.objects.filter(withdrawn_at__isnull=False)
    assert not Measure.objects.filter(task__finding__in=withdrawn, withdrawn_at=None).exists()


@pytest.mark.django_db
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ACTS, min_size=1, max_size=14))
def test_any_order_of_decisions_keeps_ledger_and_journal_consistent(steps):
    with transaction.atomic():
        cast = {
            "office": people.post("office", "甲", Role.OFFICE),
            "reader": people.post("reader", "乙", Role.READER),
        }
        factories.enter(EDITIONS[0], by=cast["office"])
        leaks = []
        for what, at, who in steps:
            events = Event.objects.count()
            try:
                with transaction.atomic():
                    step(what, at, cast[who])
            except Refusal as refusal:
                if Event.objects.count() != events or not refusal.sentence:
                    leaks.append((what, at, who))
        check_invariants(leaks)
        transaction.set_rollback(True)
