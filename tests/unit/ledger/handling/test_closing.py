"""The way of one item from its assignment to its closure, and back."""

from datetime import timedelta

import pytest

from tests import cast
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions import closing
from zhenggai.ledger.handling.models import Closure
from zhenggai.ledger.handling.states import Grade, Review

pytestmark = pytest.mark.django_db


def test_an_item_is_closed_by_the_last_step_of_its_chain():
    whole = cast.world()
    finding = cast.closed(whole)
    assert (finding.review, finding.grade, finding.closed_on) == (
        Review.CLOSED.value,
        Grade.DONE.value,
        cast.today(),
    )
    closure = Closure.objects.get(finding=finding)
    assert [step.step for step in closure.steps.all()] == [
        "lead_unit",
        "office",
        "lead_official",
        "supervisor",
    ]
    assert verify().faults == []


def test_a_phased_item_is_closed_with_its_next_check():
    whole = cast.world()
    later = cast.today() + timedelta(days=90)
    finding = cast.closed(whole, grade=Grade.PHASED, next_check_on=later)
    assert (finding.grade, finding.next_check_on) == (Grade.PHASED.value, later)


def test_a_relapse_opens_a_new_cycle_and_leaves_the_closure_as_it_was():
    whole = cast.world()
    finding = cast.closed(whole)
    first = Closure.objects.get(finding=finding)
    closing.relapse(finding=finding, reason="暗访发现反弹", found_on=cast.today(), by=whole.supervisor)
    finding.refresh_from_db()
    assert (finding.review, finding.cycle, finding.closed_on) == (Review.NONE.value, 2, None)
    assert Closure.objects.get(pk=first.pk).closed_on == first.closed_on
    assert verify().faults == []
