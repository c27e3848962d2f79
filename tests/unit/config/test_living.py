"""The demo's living inspection: every state is there, reached through acts, and played once; it ends in an edition and a waiting draft."""

import json
from collections import Counter

import pytest
from django.utils import timezone

from zhenggai.bulletins.models import Bulletin, Edition, EditionPackage
from zhenggai.bulletins.queries import sheet_of
from zhenggai.bulletins.states import SETTLED, DraftState, FigureState
from zhenggai.config.living import cast, stage
from zhenggai.config.living.publication import CONTRADICTED, STALE, UNBOUND
from zhenggai.indicators.states import Source
from zhenggai.journal.models import Event
from zhenggai.journal.outside.verify_journal import checked_edition
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
    assert kinds(items, "classification") == {"public", "internal", "sensitive"}
    assert Task.objects.filter(merged_into__isnull=False).count() == 1
    assert Task.objects.filter(number=2, withdrawn_at=None).count() == 2
    assert Assignment.objects.filter(role=AssignmentRole.LEAD_OFFICIAL.value, personally=True).exists()
    assert Task.objects.filter(money_total__isnull=False, money_done__isnull=False).count() >= 5
    assert StandingCheck.objects.count() == 1
    assert reading.proposals.exclude(state="open").count() == 0
    assert verify().faults == []
    check_publication(inspection)

    events = Event.objects.count()
    stage.seat_cast()
    assert stage.play() == reading
    assert Event.objects.count() == events


def check_publication(inspection):
    """One edition that checks out by itself, and the draft of the next with one figure of each kind that must be dealt with."""
    edition = Edition.objects.get()
    assert (edition.code, edition.number, edition.audience) == ("2025-XS-01-W01", 1, "public")
    said = json.loads(EditionPackage.objects.get(edition=edition).text)
    head, sentences = checked_edition(said)
    assert sentences.startswith("核验通过")
    assert head["size"] > said["proofs"]["edition"]["seq"]
    content = said["content"]
    assert content == json.loads(edition.content)
    closed = queries.items(inspection).filter(review=Review.CLOSED.value, classification="public")
    numbers = closed.order_by("number").values_list("number", flat=True)
    assert [each["number"] for each in content["closures"]] == list(numbers) != []
    assert all(each["evidence"] for each in content["closures"])
    assert [each["step"] for each in content["approvals"]] != []
    by_source = Counter(each["source"] for each in content["figures"])
    assert set(by_source) == {Source.COMPUTED.value, Source.REPORTED.value, Source.DOCUMENT.value, "waived"}
    assert by_source["waived"] == content["waived"]
    assert by_source["waived"] < len(content["figures"]) / 2
    for each in content["figures"]:
        assert each["evidence"] or "附佐证材料" not in each["definition"], each["text"]
    assert STALE[1] in "".join(each["text"] for each in content["paragraphs"])
    first, second = Bulletin.objects.order_by("number")
    assert (first.state, second.state) == (DraftState.PUBLISHED.value, DraftState.DRAFTING.value)
    assert (second.code, second.number, second.replaces, bool(second.correction)) == (
        edition.code,
        2,
        edition,
        True,
    )
    sheet = sheet_of(second, timezone.localdate())
    states = Counter(each.state for each in sheet.figures)
    open_ = {each: number for each, number in states.items() if each not in SETTLED}
    assert open_ == {FigureState.STALE: 1, FigureState.CONTRADICTED: 1, FigureState.UNBOUND: 1}
    assert states[FigureState.BOUND] > 50
    found = {each.state: each.figure.text for each in sheet.figures if each.state in open_}
    assert found[FigureState.STALE] == STALE[1]
    assert found[FigureState.CONTRADICTED] in CONTRADICTED[1]
    assert found[FigureState.UNBOUND] in UNBOUND


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
