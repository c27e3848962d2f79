"""A file read in, again, and in a new edition; through the real reader."""

import pytest

from tests import factories
from tests.factories import Made
from zhenggai.core.errors import NotFound, NotPermitted
from zhenggai.evidence.models import SourceDocument
from zhenggai.evidence.queries import text_of, unreadable
from zhenggai.journal.models import Event
from zhenggai.journal.verify import verify
from zhenggai.ledger import imports, queries
from zhenggai.ledger.actions.deciding import keep, reject
from zhenggai.ledger.imports import InspectionUnclear, Unreadable, read_file
from zhenggai.ledger.models import Finding, Inspection, Measure, Proposal, Reading, Task
from zhenggai.ledger.states import Kind


def state():
    """Everything that a second reading must not change."""
    return (
        list(Event.objects.values_list("digest", flat=True)),
        list(Proposal.objects.order_by("pk").values_list("pk", "state", "target_id")),
        list(Finding.objects.order_by("pk").values_list("pk", "title", "withdrawn_at")),
        Reading.objects.count(),
        SourceDocument.objects.count(),
    )


def enter(data, by, **more):
    return read_file(name="通报.txt", data=data, by=by, **more)


def test_a_file_becomes_proposals_and_nothing_else(office, sample):
    outcome = enter(sample, office)
    assert outcome.total.new == Proposal.objects.count() == outcome.open
    assert (outcome.total.changed, outcome.total.unchanged, outcome.total.missing) == (0, 0, 0)
    assert (Finding.objects.count(), Measure.objects.count()) == (0, 0)
    assert text_of(outcome.reading.document) == sample.decode()
    assert verify().sound


def test_every_place_slices_to_what_was_read(office, sample):
    enter(sample, office)
    text = sample.decode()
    for proposal in Proposal.objects.exclude(span_start=None):
        written = "".join(text[proposal.span_start : proposal.span_end].split())
        for name in {"text", "written"} & set(proposal.payload):
            assert written == "".join(proposal.payload[name].split())


@pytest.mark.parametrize("accept_all", [False, True])
def test_the_same_file_again_changes_nothing(office, sample, accept_all):
    enter(sample, office, accept_all=accept_all)
    before = state()
    again = enter(sample, office, accept_all=accept_all)
    assert state() == before
    assert again.repeated
    assert again.total.unchanged == Proposal.objects.count()
    assert (again.total.new, again.total.changed, again.total.missing, again.accepted) == (0, 0, 0, 0)


def test_accepting_later_is_accepting_at_once(office, sample):
    enter(sample, office)
    enter(sample, office, accept_all=True)
    later = list(Finding.objects.order_by("number").values_list("number", "title"))
    assert later
    assert not Proposal.objects.exclude(state="accepted").exists()


def test_a_new_edition_shows_its_differences(office, sample, second_edition):
    enter(sample, office, accept_all=True)
    findings = {f.title: f.number for f in Finding.objects.all()}
    outcome = enter(second_edition, office)
    assert (outcome.repeated, outcome.reading.edition, Inspection.objects.count()) == (False, 2, 1)
    found = outcome.kinds[Kind.FINDING]
    # one problem reworded, one gone, one new: the list beside the sample says so
    assert (found.new, found.changed, found.unchanged, found.missing, found.unsure) == (1, 1, 4, 1, 0)
    assert {f.title: f.number for f in Finding.objects.all()} == findings, "nothing is decided by reading"
    missing = [p for p in Proposal.objects.filter(pk__in=outcome.reading.missing) if p.kind == "finding"]
    assert [p.state for p in missing] == ["accepted"]
    assert verify().sound


def test_accepting_a_new_edition_changes_rows_and_closes_nothing(office, sample, second_edition):
    enter(sample, office, accept_all=True)
    before = {f.number: f.title for f in Finding.objects.all()}
    enter(second_edition, office, accept_all=True)
    after = {f.number: f.title for f in Finding.objects.all()}
    assert set(before) < set(after)
    assert sum(before[number] != after[number] for number in before) == 1
    assert not Finding.objects.exclude(withdrawn_at=None).exists()
    assert not Task.objects.exclude(withdrawn_at=None).exists()
    assert verify().sound


def test_a_decision_is_not_asked_for_again(office, sample, second_edition):
    """What was rejected in the first edition and stands unchanged in the second stays rejected."""
    outcome = enter(sample, office)
    claim = outcome.reading.proposals.filter(kind="claim").earliest("position")
    reject(proposals=[claim], reason="空话", by=office)
    enter(second_edition, office)
    newer = Proposal.objects.get(previous=claim)
    assert (newer.state, newer.match, newer.decided_by) == ("rejected", "unchanged", "office")


def test_what_the_new_edition_says_can_be_declined(office, sample, second_edition):
    enter(sample, office, accept_all=True)
    reading = enter(second_edition, office).reading
    changed = reading.proposals.get(kind="finding", match="changed")
    before = Finding.objects.get(pk=changed.target_id).title
    keep(proposal=changed, reason="以首版为准", by=office)
    changed.refresh_from_db()
    assert Finding.objects.get(pk=changed.target_id).title == before == changed.current["title"]
    assert changed.payload["title"] != before
    assert (changed.state, changed.corrected_content != changed.content) == ("corrected", True)
    assert verify().sound


def test_gb18030_and_utf8_of_one_text_are_two_files_of_one_content(office, sample):
    enter(sample, office, accept_all=True)
    outcome = enter(sample.decode().encode("gb18030"), office)
    assert outcome.reading.edition == 2
    assert (outcome.total.new, outcome.total.changed, outcome.total.missing) == (0, 0, 0)


@pytest.mark.parametrize("data", [b"\x89PNG\r\n\x1a\n\x00\x00", b"\x00\xff" * 40, bytes(range(128, 256)) * 3])
def test_an_unreadable_file_is_refused_and_kept_for_another_try(office, data):
    with pytest.raises(Unreadable) as refused:
        read_file(name="扫描件.png", data=data, keep=True, by=office)
    assert "扫描件.png" in refused.value.sentence
    (kept,) = unreadable()
    assert (kept.name, kept.problem) == ("扫描件.png", refused.value.sentence)
    assert verify().sound


def test_a_kept_file_is_read_once_it_can_be(office, sample, monkeypatch):
    def cannot(data, *, name=""):
        raise imports.gongwen.GongwenError("暂时不能读")

    with monkeypatch.context() as patch:
        patch.setattr(imports.gongwen, "extract", cannot)
        with pytest.raises(Unreadable):
            read_file(name="通报.txt", data=sample, keep=True, by=office)
    outcome = enter(sample, office)
    assert (outcome.reading.document.problem, unreadable()) == ("", [])
    assert verify().sound


def test_a_file_too_large_names_the_limit(office, monkeypatch):
    monkeypatch.setattr(imports, "LARGEST", 1024 * 1024)
    with pytest.raises(
        Unreadable, match="有 2,097,152 字节，超过上限 1,048,576 字节（1 MB），请拆分后再读入"
    ):
        enter(b"x" * (2 * 1024 * 1024), office)


def test_a_document_that_says_nothing_opens_an_inspection_of_its_own(office):
    outcome = enter("请于月底前报送材料。".encode(), office)
    assert outcome.reading.inspection.kind == "其他"
    assert outcome.kinds[Kind.FINDING].new == 0


def test_empty_file_is_refused(office):
    with pytest.raises(Unreadable):
        enter(b"", office)


def test_unknown_inspection_is_refused_with_the_known_ones(office, sample):
    enter(sample, office)
    with pytest.raises(NotFound, match="没有编号为“2020-XS-99”的检查。已有检查：202"):
        enter(sample, office, inspection_code="2020-XS-99")


def test_a_document_can_be_read_into_another_inspection(office, sample):
    first = enter(sample, office).reading.inspection
    other = enter("另一次检查的材料，共3项任务。".encode(), office).reading.inspection
    outcome = enter(sample, office, inspection_code=other.code)
    assert (outcome.reading.inspection, outcome.reading.edition, outcome.repeated) == (other, 2, False)
    assert SourceDocument.objects.count() == 2
    with pytest.raises(InspectionUnclear, match=f"{first.code}、{other.code}"):
        enter(sample, office)


def test_reader_may_not_read_in(reader, sample):
    events = Event.objects.count()
    with pytest.raises(NotPermitted):
        enter(sample, reader)
    assert (Reading.objects.count(), Event.objects.count()) == (0, events)


@pytest.mark.parametrize(
    ("known", "stated", "same"),
    [
        ({}, {}, True),
        ({"party": "中共浅溪县委"}, {"party": "浅溪县"}, True),
        ({"party": "浅溪县水务局党组"}, {"party": "浅溪县水务局"}, True),
        ({}, {"party": "深溪县"}, False),
        ({}, {"team": "市委第三巡察组"}, False),
        ({}, {"feedback_on": "2025-06-11"}, False),
        # without a date, one name is not enough, both are
        ({}, {"feedback_on": ""}, True),
        ({}, {"feedback_on": "", "team": ""}, False),
        ({"feedback_on": "", "team": "", "party": ""}, {"feedback_on": "", "team": "", "party": ""}, False),
    ],
)
def test_which_inspection_a_document_speaks_of(office, known, stated, same):
    usual = {"feedback_on": "2025-06-10", "team": "市委第二巡察组", "party": "浅溪县委"}
    factories.enter(Made([], **{**usual, **known}), by=office)
    found = queries.inspections_like({**usual, **stated})
    assert [inspection.code for inspection in found] == (["2025-XC-01"] if same else [])
