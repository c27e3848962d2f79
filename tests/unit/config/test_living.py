"""The demo's living inspection: every state is there, reached through acts, and played once."""

import pytest
from django.utils import timezone

from zhenggai.config.living import cast, stage
from zhenggai.journal.models import Event
from zhenggai.journal.verify import verify
from zhenggai.ledger.handling import queries
from zhenggai.ledger.handling.models import (
    Assignment,
    Closure,
    Evidence,
    Extension,
    ProgressReport,
    StandingCheck,
    Waiver,
)
from zhenggai.ledger.handling.states import (
    AssignmentRole,
    ClosureState,
    EvidenceState,
    Grade,
    RequestState,
    Review,
)
from zhenggai.ledger.imports import read_file
from zhenggai.ledger.models import Finding, Inspection, Reading, Task
from zhenggai.parties.models import Organisation, Person
from zhenggai.parties.queries import post_by_code
from zhenggai.parties.states import OrganisationLevel, Role

pytestmark = pytest.mark.django_db


def kinds(rows, field):
    return set(rows.values_list(field, flat=True))


def test_every_state_is_there_and_a_second_time_changes_nothing():
    stage.seat_cast()
    reading = stage.play()
    assert {seat.role for seat in cast.SEATS} == set(Role)
    assert Organisation.objects.filter(level=OrganisationLevel.SECTION.value).count() == len(cast.SECTIONS)
    inspection = Inspection.objects.get(code="2025-XS-01")
    items = queries.items(inspection)
    said = queries.counts(items, timezone.localdate(), 7)
    assert said["total"] == 34
    assert said["relapsed"] == said["waivers"] == 1
    assert said["overdue"] >= 2
    assert said["near"] >= 1
    assert kinds(items, "review") == {review.value for review in Review}
    assert kinds(items, "grade") - {""} == {grade.value for grade in Grade}
    reports, evidence = ProgressReport.objects.all(), Evidence.objects.all()
    assert kinds(reports, "state") == {"draft", "signed"}
    assert [report.alike for report in reports if report.alike] != []
    live = {EvidenceState.PENDING, EvidenceState.ACCEPTED, EvidenceState.RETURNED}
    assert kinds(evidence, "state") == {state.value for state in live}
    waiting = Closure.objects.filter(state=ClosureState.OPEN.value)
    assert kinds(waiting.filter(short=False), "step") == {0, 1, 2, 3}
    assert waiting.filter(short=True).exists()
    assert Closure.objects.filter(state=ClosureState.VOID.value).exists()
    assert Closure.objects.filter(state=ClosureState.CLOSED.value, short=True).exists()
    both = {RequestState.REQUESTED.value, RequestState.APPROVED.value}
    assert kinds(Extension.objects.all(), "state") == kinds(Waiver.objects.all(), "state") == both
    granted = Extension.objects.get(state=RequestState.APPROVED.value).task
    assert granted.first_due_on < granted.due_on == Extension.objects.get(task=granted).to_on
    assert kinds(items, "classification") == {"internal", "sensitive"}
    assert Task.objects.filter(merged_into__isnull=False).count() == 1
    assert Task.objects.filter(number=2, withdrawn_at=None).count() == 2
    assert Assignment.objects.filter(role=AssignmentRole.LEAD_OFFICIAL.value, personally=True).exists()
    assert Task.objects.filter(money_total__isnull=False, money_done__isnull=False).count() >= 5
    assert StandingCheck.objects.count() == 1
    assert reading.proposals.exclude(state="open").count() == 0
    assert verify().faults == []

    events = Event.objects.count()
    stage.seat_cast()
    assert stage.play() == reading
    assert Event.objects.count() == events


def test_a_sample_that_was_read_before_is_left_as_it_is(office, sample):
    read_file(name="通报.txt", data=sample, by=office)
    stage.seat_cast()
    reading = stage.play()
    assert (Reading.objects.count(), Finding.objects.count()) == (1, 0)
    assert reading == Reading.objects.get()


def test_printed_passwords_open_and_are_hashed_anew_at_the_first_log_in(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    stage.seat_cast()
    person = Person.objects.get(username="office")
    first = person.password
    assert person.check_password(cast.PASSWORD)
    person.refresh_from_db()
    assert person.password != first
    assert post_by_code("office").holder == person
