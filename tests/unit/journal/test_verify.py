"""Tampering behind the system's back is found, and the first bad entry is named."""

import json

import pytest
from django.db import connection

from tests import factories
from zhenggai.evidence import store
from zhenggai.journal.chain import canonical, digest_entry
from zhenggai.journal.models import ChangedRow, Event
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions.deciding import accept
from zhenggai.ledger.models import Finding, Inspection, Measure


@pytest.fixture
def ledger(office):
    """A small accepted ledger; its journal is open to an attacker who owns the database."""
    reading = factories.enter(factories.Made(factories.USUAL), by=office)
    accept(proposals=list(reading.proposals.all()), by=office)
    assert verify().sound
    with connection.cursor() as cursor:
        for table in ("journal_event", "journal_changedrow"):
            if connection.vendor == "postgresql":
                cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            else:
                cursor.execute(f"DROP TRIGGER {table}_no_update")
                cursor.execute(f"DROP TRIGGER {table}_no_delete")
    return reading


def first_fault():
    report = verify()
    assert not report.sound
    return report.faults[0]


def test_sound_journal_counts_events_and_rows(ledger):
    report = verify()
    assert (report.events, report.faults) == (Event.objects.count(), [])
    assert report.rows > Finding.objects.count() + Measure.objects.count()
    assert report.head == Event.objects.latest("seq").digest


def test_changed_row_is_named_with_its_last_event(ledger):
    finding = Finding.objects.earliest("pk")
    Finding.objects.filter(pk=finding.pk).update(title="改头换面")
    fault = first_fault()
    last = ChangedRow.objects.filter(kind="ledger.finding", row_id=str(finding.pk)).latest("seq").seq
    assert (fault.seq, fault.kind, fault.row_id) == (last, "ledger.finding", str(finding.pk))
    assert f"第 {last} 条日志所记不符" in fault.sentence


def test_removed_row_is_named(ledger):
    measure = Measure.objects.latest("pk")
    Measure.objects.filter(pk=measure.pk).delete()
    fault = first_fault()
    assert (fault.kind, fault.row_id) == ("ledger.measure", str(measure.pk))
    assert "已不存在" in fault.sentence


def test_inserted_row_is_named(ledger):
    task = Measure.objects.latest("pk").task
    row = Measure.objects.create(task=task, number=99, text="凭空多出的措施", state="reported")
    fault = first_fault()
    assert (fault.seq, fault.row_id) == (None, str(row.pk))
    assert "没有任何日志" in fault.sentence


def test_changed_body_is_named(ledger):
    event = Event.objects.get(seq=5)
    Event.objects.filter(seq=5).update(body=event.body.replace('"act"', '"akt"', 1))
    assert first_fault().seq == 5


@pytest.mark.parametrize("seq", [1, 4, -1])
def test_removed_event_is_named(ledger, seq):
    last = Event.objects.count()
    seq = last if seq == -1 else seq
    Event.objects.filter(seq=seq).delete()
    # The last one can only be missed by its index: the chain itself ends well. A head kept elsewhere is what finds a cut end.
    assert first_fault().seq == (seq if seq == last else seq + 1)


def test_reordered_events_are_found(ledger):
    Event.objects.filter(seq=3).update(seq=10_000)
    Event.objects.filter(seq=4).update(seq=3)
    Event.objects.filter(seq=10_000).update(seq=4)
    assert first_fault().seq == 3


def test_rechained_end_is_found_by_its_rows(ledger):
    """Whoever rewrites an event and all digests after it still contradicts what the rows display."""
    target = Event.objects.filter(act="proposal.accept").latest("seq")
    previous = target.previous
    for event in Event.objects.filter(seq__gte=target.seq).order_by("seq"):
        body = json.loads(event.body)
        if event.seq == target.seq:
            body["changes"][0]["after"]["state"] = "rejected"
        event.previous, event.body = previous, canonical(body)
        event.digest = previous = digest_entry(event.previous, event.body)
        event.save()
    assert first_fault().seq == target.seq


def test_columns_are_held_to_the_body(ledger):
    Event.objects.filter(seq=6).update(act="proposal.reject")
    fault = first_fault()
    assert fault.seq == 6
    assert "检索栏" in fault.sentence


def test_index_is_held_to_the_body(ledger):
    row = ChangedRow.objects.latest("pk")
    ChangedRow.objects.filter(pk=row.pk).update(row_id="0")
    assert first_fault().seq == row.seq


def test_changed_content_of_a_proposal_is_named(ledger):
    proposal = ledger.proposals.earliest("position")
    ledger.proposals.filter(pk=proposal.pk).update(payload={**proposal.payload, "team": "另一个组"})
    assert f"建议 {proposal.pk} 的所读内容" in first_fault().sentence


@pytest.mark.parametrize(
    "change", [{"decided_by": "boss"}, {"span_start": 0}, {"candidates": [1]}, {"path": "九"}]
)
def test_whatever_the_desk_shows_of_a_proposal_is_held(ledger, change):
    proposal = ledger.proposals.filter(kind="measure").earliest("position")
    ledger.proposals.filter(pk=proposal.pk).update(**change)
    assert (first_fault().kind, first_fault().row_id) == ("ledger.proposal", str(proposal.pk))


def test_counter_of_numbers_is_held(ledger):
    Inspection.objects.update(next_number=1)
    assert first_fault().kind == "ledger.inspection"


def test_lost_result_of_the_reader_is_named(ledger):
    store.path_of(ledger.result_sha256).unlink()
    assert f"读件 {ledger.pk} 的读取结果" in first_fault().sentence


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's columns refuse nonsense themselves")
@pytest.mark.parametrize(
    ("statement", "kind"),
    [
        ("UPDATE ledger_task SET responsible_units = '[1.5]'", "ledger.task"),
        ("UPDATE ledger_task SET money_total = 'abc'", "ledger.task"),
        ("UPDATE journal_event SET at = 'yesterday' WHERE seq = 3", None),
        ("UPDATE journal_event SET body = '{\"changes\": 1}' WHERE seq = 3", None),
    ],
)
def test_nonsense_in_a_cell_is_named_not_raised(ledger, statement, kind):
    with connection.cursor() as cursor:
        cursor.execute(statement)
    fault = first_fault()
    assert fault.kind == kind if kind else fault.seq == 3


def test_changed_file_is_named(ledger):
    path = store.path_of(ledger.document.sha256)
    path.write_bytes(path.read_bytes() + b" ")
    assert "made.txt" in first_fault().sentence


def test_body_that_is_no_json_is_named_not_raised(ledger):
    Event.objects.filter(seq=2).update(body="\x01not json")
    assert first_fault().seq == 2
