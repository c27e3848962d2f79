"""销号凭据: what anybody may see of a closure, recorded beside it, held to it by the database, and nothing of the closure's words in it."""

import json
from datetime import timedelta
from unittest import mock

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast
from zhenggai.core.errors import NotPermitted
from zhenggai.journal.models import Event
from zhenggai.journal.queries import event_of_row
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions import closing, requesting
from zhenggai.ledger.handling import queries, rules
from zhenggai.ledger.handling.models import Closure, Evidence, Seal
from zhenggai.ledger.handling.states import Grade, WaiverKind
from zhenggai.ledger.models import Finding
from zhenggai.ledger.sealing import seal_missing, sealed
from zhenggai.parties.models import Person

pytestmark = pytest.mark.django_db


def raw(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def unsealed(whole):
    """The closure of an item that was closed before there were seals."""
    with mock.patch.object(closing, "seal"):
        item = cast.closed(whole)
    return Closure.objects.get(finding=item, state="closed")


def columns(seal):
    return {
        "closure_id": seal.closure_id, "finding_id": seal.finding_id, "inspection": seal.inspection, "number": seal.number,
        "cycle": seal.cycle, "grade": seal.grade, "closed_on": seal.closed_on, "closure_digest": seal.closure_digest,
        "evidence": json.dumps(seal.evidence),
    }  # fmt: skip


def of_closure(closure):
    """The columns of the seal that a closure must have, taken from the rows."""
    evidence = Evidence.objects.filter(finding=closure.finding, cycle=closure.cycle, state="accepted")
    return {
        "closure_id": closure.pk, "finding_id": closure.finding_id, "inspection": closure.finding.inspection.code,
        "number": closure.finding.number, "cycle": closure.cycle, "grade": closure.grade, "closed_on": closure.closed_on or cast.today(),
        "closure_digest": closure.digest, "evidence": json.dumps(sorted(evidence.values_list("file__sha256", flat=True))),
    }  # fmt: skip


def closed_again(whole):
    """The first item closed in its second cycle, on evidence of that cycle."""
    task = whole.task()
    for measure in task.measures.all():
        cast.proven(whole, task, measure=measure)
    cast.reported(whole, task, narrative="复发后再次清理违建3处，建立夜间巡查制度并落实专人值守。")
    closure = closing.apply(
        finding=whole.finding(), grade=Grade.DONE, text="已整改到位。", by=whole.unit.head
    )
    for post in cast.reviewers(whole):
        closing.approve(closure=closure, by=post)


def test_the_last_approval_seals_the_closure():
    whole = cast.world()
    item = cast.closed(whole)
    closure, seal = Closure.objects.get(finding=item), Seal.objects.get()
    evidence = sorted(Evidence.objects.filter(finding=item).values_list("file__sha256", flat=True))
    assert seal.closure_id == closure.pk
    event = Event.objects.latest("seq")
    body = json.loads(event.body)
    assert (body["act"], body["reason"], body["subject"]) == (
        "closure.seal",
        "",
        ["ledger.seal", str(seal.pk)],
    )
    assert body["changes"] == [
        {
            "kind": "ledger.seal",
            "id": str(seal.pk),
            "before": None,
            "after": {
                "closure_id": closure.pk, "inspection": whole.inspection.code, "number": item.number, "cycle": 1, "grade": "done",
                "closed_on": closure.closed_on.isoformat(), "closure_digest": closure.digest, "evidence": evidence,
            },
        }
    ]  # fmt: skip
    assert len(evidence) == 2
    assert verify().faults == []


def test_its_event_says_no_word_of_the_closure_and_names_nobody():
    whole = cast.world()
    item = cast.closed(whole)
    body = Event.objects.latest("seq").body
    unsaid = [
        item.title,
        whole.task().title,
        "情况属实",
        "已全部整改到位",
        *Person.objects.values_list("name", flat=True),
    ]
    assert [words for words in unsaid if words and words in body] == []


def test_its_event_does_not_give_away_the_click_of_the_closing_one():
    """Whoever had the click, and the digest before, could try guessed words against the digest of the closing event."""
    whole = cast.world()
    cast.closed(whole)
    closing_event, seal_event = Event.objects.order_by("-seq")[:2][::-1]
    assert (closing_event.act, seal_event.act) == ("closure.approve", "closure.seal")
    assert closing_event.at == seal_event.at
    assert closing_event.click not in seal_event.body


@pytest.mark.parametrize("grade", list(Grade))
def test_it_says_the_grade(grade):
    whole = cast.world()
    more = {"next_check_on": cast.today() + timedelta(days=30)} if grade is Grade.PHASED else {}
    cast.closed(whole, grade=grade, **more)
    assert Seal.objects.get().grade == grade.value


def test_a_closure_that_rests_on_a_waiver_has_the_evidence_that_there_is():
    whole = cast.world()
    task = cast.assigned(whole)
    for measure in task.measures.all():
        waiver = requesting.request_waiver(
            task=task, kind=WaiverKind.EVIDENCE, measure=measure, reason="涉密", expires_on=cast.today(), by=whole.unit.head
        )  # fmt: skip
        requesting.decide_waiver(waiver=waiver, approved=True, decision="同意", by=whole.official)
    waiver = requesting.request_waiver(
        task=task, kind=WaiverKind.EVIDENCE, reason="涉密", expires_on=cast.today(), by=whole.unit.head
    )
    requesting.decide_waiver(waiver=waiver, approved=True, decision="同意", by=whole.official)
    cast.reported(whole, task)
    closure = closing.apply(
        finding=whole.finding(), grade=Grade.DONE, text="已整改到位。", by=whole.unit.head
    )
    for post in cast.reviewers(whole):
        closing.approve(closure=closure, by=post)
    assert Seal.objects.get().evidence == []
    assert verify().faults == []


def test_one_file_in_two_pieces_is_named_once():
    whole = cast.world()
    task = cast.assigned(whole)
    for measure in task.measures.all():
        cast.proven(whole, task, measure=measure, text="同一份材料")
    cast.reported(whole, task)
    closure = closing.apply(
        finding=whole.finding(), grade=Grade.DONE, text="已整改到位。", by=whole.unit.head
    )
    for post in cast.reviewers(whole):
        closing.approve(closure=closure, by=post)
    assert len(Seal.objects.get().evidence) == 1


def test_what_is_not_closed_is_not_sealed():
    whole = cast.world()
    closure = cast.applied(whole)
    events = Event.objects.count()
    for call in (
        lambda: closing.seal(closure=closure, by=whole.office),
        lambda: sealed(closure, by=whole.office),
    ):
        with pytest.raises(rules.HandlingRefused, match="在审”，没有准予销号"):
            call()
    closing.send_back(closure=closure, reason="补充材料", by=whole.lead.head)
    with pytest.raises(rules.HandlingRefused, match="被退回”，没有准予销号"):
        sealed(closure, by=whole.office)
    assert (Seal.objects.count(), Event.objects.count()) == (0, events + 1)


def test_a_sealed_closure_gives_its_seal_and_no_event():
    whole = cast.world()
    closure = Closure.objects.get(finding=cast.closed(whole))
    events = Event.objects.count()
    assert sealed(closure, by=whole.office) == Seal.objects.get()
    with pytest.raises(rules.AlreadySealed, match="已有凭据"):
        closing.seal(closure=closure, by=whole.office)
    assert Event.objects.count() == events


def test_a_closure_made_before_there_were_seals_gets_its_own_later():
    whole = cast.world()
    closure = unsealed(whole)
    assert verify().faults == []
    events = Event.objects.count()
    row = sealed(closure, by=whole.office)
    assert columns(row) == of_closure(closure)
    assert Event.objects.count() == events + 1
    assert Event.objects.latest("seq").act == "closure.seal"
    assert sealed(closure, by=whole.office) == row
    assert verify().faults == []


def test_what_lacks_its_seal_in_an_inspection_gets_it(django_assert_num_queries):
    whole = cast.world()
    cast.closed(whole, 1)
    closure = unsealed(whole)
    cast.applied(whole, 2)
    assert [row.closure_id for row in seal_missing(whole.inspection, by=whole.office)] == [closure.pk]
    assert Seal.objects.count() == 2
    with django_assert_num_queries(1):
        assert seal_missing(whole.inspection, by=whole.office) == []
    assert verify().faults == []


def test_of_an_earlier_cycle_it_names_the_evidence_of_that_cycle():
    whole = cast.world()
    closure = unsealed(whole)
    closing.relapse(finding=closure.finding, reason="反弹", found_on=cast.today(), by=whole.office)
    task = whole.task()
    for measure in task.measures.all():
        cast.proven(whole, task, measure=measure)
    row = sealed(closure, by=whole.office)
    wanted = Evidence.objects.filter(finding=closure.finding, cycle=1, state="accepted")
    assert row.evidence == sorted(wanted.values_list("file__sha256", flat=True))
    assert Evidence.objects.filter(cycle=2, state="accepted").count() == 2


def test_who_could_not_take_the_last_step_does_not_seal():
    whole = cast.world()
    closure = unsealed(whole)
    may = {whole.office, whole.second_office, whole.official, whole.leader, whole.supervisor, whole.lead.head}
    for post in whole.posts:
        if post not in may:
            with pytest.raises(NotPermitted, match="出具销号凭据"):
                sealed(closure, by=post)
    assert Seal.objects.count() == 0
    sealed(closure, by=whole.supervisor)


def test_seals_are_found_with_their_events_in_two_statements(django_assert_num_queries):
    whole = cast.world()
    for at in (0, 1, 2):
        cast.closed(whole, at)
    first = Finding.objects.get(seals__number=whole.finding(0).number)
    closing.relapse(finding=first, reason="反弹", found_on=cast.today(), by=whole.office)
    closed_again(whole)
    numbers = [whole.finding(0).number, whole.finding(2).number]
    with django_assert_num_queries(2):
        found = queries.seals_of(whole.inspection, [*numbers, 99])
    assert [(each.seal.number, each.seal.cycle) for each in found] == [
        (numbers[0], 1),
        (numbers[0], 2),
        (numbers[1], 1),
    ]
    for each in found:
        event = Event.objects.get(seq=each.seq)
        assert (event.act, event.subject_id) == ("closure.seal", str(each.seal.pk))
    assert found[1].seal.finding.cycle == 2


def test_the_event_of_a_row_is_the_one_that_created_it():
    whole = cast.world()
    items = [cast.closed(whole, 0), whole.finding(1)]
    found = event_of_row("ledger.finding", [item.pk for item in items] + [10**6])
    assert set(found) == {str(item.pk) for item in items}
    for key, seq in found.items():
        changes = json.loads(Event.objects.get(seq=seq).body)["changes"]
        assert [c["before"] for c in changes if (c["kind"], c["id"]) == ("ledger.finding", key)] == [None]
    assert event_of_row("ledger.finding", []) == {}


def test_many_rows_are_looked_up_in_few_statements(django_assert_num_queries):
    with django_assert_num_queries(3):
        event_of_row("ledger.seal", range(1, 1200))


def test_the_last_approval_costs_two_statements_more():
    """The seal's row, and whether its maker may; the event goes in with the closing one."""
    whole = cast.world()
    closure = cast.applied(whole)
    for post in cast.reviewers(whole)[:-1]:
        closing.approve(closure=closure, by=post)
    with CaptureQueriesContext(connection) as made:
        closing.approve(closure=closure, by=whole.supervisor)
    with_seal = [query["sql"] for query in made if "SAVEPOINT" not in query["sql"]]
    other = cast.applied(whole, 1)
    for post in cast.reviewers(whole)[:-1]:
        closing.approve(closure=other, by=post)
    with mock.patch.object(closing, "seal"), CaptureQueriesContext(connection) as made:
        closing.approve(closure=other, by=whole.supervisor)
    without = [query["sql"] for query in made if "SAVEPOINT" not in query["sql"]]
    assert len(with_seal) == len(without) + 2
    assert Seal.objects.count() == 1


# --- the database itself ---

FORGED = {
    "another inspection": "inspection='XX-1'",
    "another number": "number=77",
    "another cycle": "cycle=2",
    "another grade": "grade='infeasible'",
    "another day": "closed_on='2020-01-01'",
    "another digest": "closure_digest='" + "0" * 64 + "'",
    "another item": "finding_id=(SELECT max(id) FROM ledger_finding)",
    "no evidence": "evidence='[]'",
    "no list": "evidence='{}'",
    "a piece too few": "evidence=:less",
    "a piece too many": "evidence=:more",
    "a piece twice": "evidence=:twice",
    "another piece": "evidence=:other",
}


def entered(values, literal=()):
    """Insert a seal by a bare statement; a value in ``literal`` is taken as SQL."""
    literal = dict(literal)
    names = list(values)
    places = [literal.get(name, "%s") for name in names]
    raw(
        f"INSERT INTO ledger_seal ({', '.join(names)}) VALUES ({', '.join(places)})",  # noqa: S608  # all its own
        *(values[name] for name in names if name not in literal),
    )


@pytest.mark.parametrize("forged", sorted(FORGED))
def test_the_database_refuses_a_seal_that_disagrees(forged):
    whole = cast.world()
    good = of_closure(unsealed(whole))
    name, value = FORGED[forged].split("=", 1)
    one, two = json.loads(good["evidence"])
    lists = {":less": [one], ":more": [one, two, "f" * 64], ":twice": [one, one], ":other": [one, "f" * 64]}
    if value in lists:
        changed, literal = {**good, name: json.dumps(lists[value])}, {}
    else:
        changed, literal = good, {name: value}
    which = "not the evidence" if name == "evidence" else "says something else"
    with pytest.raises(DatabaseError, match=f"seal refused: .*{which}"), transaction.atomic():
        entered(changed, literal)
    entered(good)
    assert columns(Seal.objects.get()) == good


def test_the_database_refuses_the_seal_of_what_is_not_closed():
    whole = cast.world()
    closure = cast.applied(whole)
    raw("UPDATE ledger_closure SET closed_on=%s WHERE id=%s", cast.today(), closure.pk)
    with pytest.raises(DatabaseError, match="seal refused"), transaction.atomic():
        entered(of_closure(closure))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_seal SET grade='phased'",
        "UPDATE ledger_seal SET evidence='[]'",
        "DELETE FROM ledger_seal",
    ],
)
def test_the_database_keeps_a_seal(statement):
    whole = cast.world()
    cast.closed(whole)
    with pytest.raises(DatabaseError, match="fact and stays"), transaction.atomic():
        raw(statement)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite has INSERT OR REPLACE")
def test_a_seal_is_not_replaced():
    whole = cast.world()
    cast.closed(whole)
    with pytest.raises(DatabaseError, match="fact and stays"), transaction.atomic():
        raw("INSERT OR REPLACE INTO ledger_seal SELECT * FROM ledger_seal")
