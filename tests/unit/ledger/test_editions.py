"""A second and a third edition: what was decided stays, what is doubtful is asked, nothing is lost, doubled or merged."""

import pytest

from tests import factories, people
from tests.factories import F, Made
from zhenggai.exchange.exports import export
from zhenggai.indicators.models import Observation
from zhenggai.journal.verify import verify
from zhenggai.ledger import rules
from zhenggai.ledger.actions.deciding import accept, correct, keep, reject
from zhenggai.ledger.actions.reading import identify
from zhenggai.ledger.imports import acceptable
from zhenggai.ledger.models import Finding, Inspection, Measure, PolicyDocument, Proposal, Task
from zhenggai.ledger.states import Kind


class Editions:
    """One inspection and its editions, read in one after the other."""

    def __init__(self, by):
        self.by, self.inspection, self.readings = by, None, []

    def read(self, *findings, accept_all=False):
        name = f"第{len(self.readings) + 1}版.txt"
        reading = factories.enter(Made(list(findings)), by=self.by, inspection=self.inspection, name=name)
        self.inspection = reading.inspection
        self.readings.append(reading)
        if accept_all and (chosen := acceptable(reading)):
            accept(proposals=chosen, by=self.by)
        return reading

    def the(self, reading, kind, at=0):
        return factories.of_kind(reading, kind)[at]


@pytest.fixture
def editions(office):
    made = Editions(office)
    yield made
    assert verify().faults == []
    for proposal in Proposal.objects.filter(kind="finding", state__in=["accepted", "corrected"]):
        assert Task.objects.get(finding=proposal.target_id).withdrawn_at is None


DOUBTFUL = ("乡村产业发展统筹推进不够有力", "乡村产业发展统筹不够、同质化严重")
"""Two titles that are alike, and not alike enough."""

STEADY = F("党费收缴不及时")
"""Stands behind the doubtful one in the first edition and before it in the next, so that numbers tell nothing."""


def test_a_rejected_finding_taken_again_has_its_task(editions, office):
    reading = editions.read(F("甲问题", ["一项措施"]), accept_all=True)
    pair = [editions.the(reading, Kind.FINDING), editions.the(reading, Kind.MEASURE)]
    reject(proposals=pair, reason="误", by=office)
    accept(proposals=list(Proposal.objects.filter(pk__in=[p.pk for p in pair])), by=office)
    assert "一项措施" in export(editions.inspection, "csv", by=people.SYSTEM).content.decode()


def test_what_stands_under_a_rejected_finding_does_not_stop_the_rest(editions, office):
    first = editions.read(F("甲问题表述"), F("乙事项另述"))
    reject(proposals=[editions.the(first, Kind.FINDING)], reason="不属本轮", by=office)
    second = editions.read(F("甲问题表述", ["新加的措施"]), F("乙事项另述", ["乙的措施"]), accept_all=True)
    assert list(Measure.objects.values_list("text", flat=True)) == ["乙的措施"]
    waiting = second.proposals.filter(state="open")
    assert [p.payload["text"] for p in waiting] == ["新加的措施"]


def test_a_rewording_does_not_undo_a_rejection(editions, office):
    first = editions.read(F("统筹推进乡村产业发展力度还不够大"))
    reject(proposals=[editions.the(first, Kind.FINDING)], reason="不属本轮", by=office)
    second = editions.read(F("统筹推进乡村产业发展的力度还不够大"), accept_all=True)
    proposal = editions.the(second, Kind.FINDING)
    assert (proposal.match, proposal.state) == ("changed", "open")
    assert not Finding.objects.exists()


def test_words_of_a_missing_finding_are_not_carried_to_a_new_one(editions):
    claim = [("已完成整改", "completed")]
    editions.read(F("财务管理混乱", ["开展专题培训"], [("立案", "3", "件")], claims=claim), accept_all=True)
    editions.read(F("班子建设薄弱", ["开展专题培训"], [("立案", "7", "件")], claims=claim))
    second = editions.readings[1]
    doubtful = editions.the(second, Kind.FINDING)
    assert doubtful.match == "unsure", "the same number （一） and other words"
    identify(proposal=doubtful, same_as=None, by=editions.by)
    accept(proposals=acceptable(second), by=editions.by)
    old, new = Finding.objects.order_by("number")
    assert [m.text for m in Measure.objects.filter(task__finding=new)] == ["开展专题培训"]
    assert [m.text for m in Measure.objects.filter(task__finding=old)] == ["开展专题培训"]
    assert [o.value for o in Observation.objects.filter(corrected_by=None).order_by("pk")] == [3, 7]
    second.refresh_from_db()
    assert {Proposal.objects.get(pk=key).payload.get("title") for key in second.missing} > {"财务管理混乱"}


def test_a_moved_finding_is_a_change_and_the_ledger_follows(editions):
    editions.read(F("水源地保护不力", area="民生保障方面"), accept_all=True)
    second = editions.read(F("水源地保护不力", area="生态环境方面"))
    moved = editions.the(second, Kind.FINDING)
    assert moved.match == "changed"
    accept(proposals=[moved], by=editions.by)
    assert Finding.objects.get(level="problem").parent.title == "生态环境方面"


def test_a_question_goes_on_until_somebody_answers(editions):
    editions.read(F(DOUBTFUL[0], ["旧措施"]), STEADY, accept_all=True)
    editions.read(STEADY, F(DOUBTFUL[1], ["新措施"]), accept_all=True)
    third = editions.read(STEADY, F(DOUBTFUL[1], ["新措施"], [("新增点位", "3", "处")]), accept_all=True)
    asked = editions.the(third, Kind.FINDING, 1)
    assert asked.match == "unsure"
    assert Finding.objects.count() == 2, "no duplicate under a new number"
    assert Proposal.objects.filter(kind="finding", state="open").count() == 1
    identify(proposal=asked, same_as=Proposal.objects.get(pk=asked.candidates[0]), by=editions.by)
    accept(proposals=acceptable(third), by=editions.by)
    assert Finding.objects.get(number=1).title == DOUBTFUL[1]


def test_identified_findings_have_their_measures_compared_too(editions):
    first = editions.read(F(DOUBTFUL[0], ["完善制度并按月通报检查", "清退违规补贴"]), STEADY, accept_all=True)
    second = editions.read(STEADY, F(DOUBTFUL[1], ["完善制度，每月通报检查", "开展专题培训活动"]))
    asked, known = editions.the(second, Kind.FINDING, 1), editions.the(first, Kind.FINDING)
    identify(proposal=asked, same_as=known, by=editions.by)
    assert [(p.match, p.target_id is not None) for p in factories.of_kind(second, Kind.MEASURE)] == [
        ("changed", True), ("new", False),
    ]  # fmt: skip
    accept(proposals=acceptable(second), by=editions.by)
    second.refresh_from_db()
    assert [m.text for m in Measure.objects.order_by("number")] == [
        "完善制度，每月通报检查", "清退违规补贴", "开展专题培训活动",
    ]  # fmt: skip
    assert [Proposal.objects.get(pk=key).payload["text"] for key in second.missing] == ["清退违规补贴"]


def test_a_missing_measure_hangs_on_the_newest_form_of_its_finding(editions):
    editions.read(F("水源地保护不力", ["旧措施表述甲", "另一件事情乙"]), accept_all=True)
    second = editions.read(F("水源地保护不力", ["旧措施表述甲"], [("点位", "3", "处")]), accept_all=True)
    gone = Proposal.objects.get(pk=second.missing[0])
    assert (gone.payload["text"], gone.parent_id) == ("另一件事情乙", editions.the(second, Kind.FINDING).pk)
    with pytest.raises(rules.StillInUse, match="其下还有 2 条"):
        reject(proposals=[editions.the(second, Kind.FINDING)], by=editions.by)


def test_an_item_that_a_newer_edition_replaced_cannot_be_identified(editions):
    first = editions.read(F(DOUBTFUL[0]), STEADY, accept_all=True)
    old = editions.the(editions.read(STEADY, F(DOUBTFUL[1])), Kind.FINDING, 1)
    editions.read(STEADY, F(DOUBTFUL[1], ["又一措施"]))
    with pytest.raises(rules.MoveRefused, match="已被新版取代"):
        identify(proposal=old, same_as=editions.the(first, Kind.FINDING), by=editions.by)


def test_a_doubtful_item_can_be_rejected_but_not_accepted(editions):
    editions.read(F(DOUBTFUL[0]), STEADY, accept_all=True)
    asked = editions.the(editions.read(STEADY, F(DOUBTFUL[1])), Kind.FINDING, 1)
    with pytest.raises(rules.IdentityUnsettled):
        accept(proposals=[asked], by=editions.by)
    reject(proposals=[asked], reason="重复", by=editions.by)
    assert Finding.objects.get(number=1).title == DOUBTFUL[0]


def test_kept_is_what_the_ledger_holds(editions):
    """Over an edition that nobody decided, what is kept is what was last decided."""
    words = ["推进乡村产业发展力度不够大", "推进乡村产业发展的力度不够大", "推进乡村产业发展的力度还不够大"]
    editions.read(F(words[0]), accept_all=True)
    editions.read(F(words[1]))
    third = editions.read(F(words[2]))
    kept = keep(proposal=editions.the(third, Kind.FINDING), reason="以首版为准", by=editions.by)
    assert kept.current["title"] == Finding.objects.get().title == words[0]


def test_a_change_that_nobody_decided_is_still_a_change_when_repeated(editions):
    words = ["推进乡村产业发展力度不够大", "推进乡村产业发展的力度不够大"]
    editions.read(F(words[0]), accept_all=True)
    editions.read(F(words[1]))
    third = editions.the(editions.read(F(words[1], [], [("点位", "1", "处")])), Kind.FINDING)
    assert (third.match, third.state) == ("changed", "open")
    keep(proposal=third, by=editions.by)
    assert Finding.objects.get().title == words[0]


def test_correcting_a_mention_leaves_the_document_a_result(editions):
    reading = editions.read(F("甲", documents=[("甲办法", "new"), ("甲办法", "existing")]), accept_all=True)
    mention = editions.the(reading, Kind.CITATION, 1)
    correct(proposal=mention, content={**mention.payload, "verb": "落实"}, by=editions.by)
    assert PolicyDocument.objects.get().role == "new"
    maker = editions.the(reading, Kind.CITATION, 0)
    correct(proposal=maker, content={**maker.payload, "role": "existing"}, by=editions.by)
    assert PolicyDocument.objects.get().role == "existing"


def test_a_corrected_title_is_another_document(editions):
    reading = editions.read(
        F("甲", documents=[("甲办法", "new"), ("甲办法", "new"), ("乙办法", "new")]), accept_all=True
    )
    first, second, _ = factories.of_kind(reading, Kind.CITATION)
    correct(proposal=first, content={**first.payload, "title": "甲办法（试行）"}, by=editions.by)
    rows = {row.title: row.withdrawn_at is None for row in PolicyDocument.objects.all()}
    assert rows == {"甲办法": True, "乙办法": True, "甲办法（试行）": True}
    correct(proposal=second, content={**second.payload, "title": "乙办法"}, by=editions.by)
    rows = {row.title: row.withdrawn_at is None for row in PolicyDocument.objects.all()}
    assert rows == {"甲办法": False, "乙办法": True, "甲办法（试行）": True}


def test_a_document_read_into_two_inspections_counts_once_in_each(editions, office):
    made = Made([F("甲", figures=[("罚款", "5", "元")])])
    for _ in range(2):
        reading = factories.enter(made, by=office, inspection=None)
        accept(proposals=acceptable(reading), by=office)
    for inspection in Inspection.objects.all():
        assert export(inspection, "json", by=people.SYSTEM).content.decode().count('"label": "罚款"') == 1


@pytest.mark.parametrize("upper", ["5", "9.9"])
def test_a_reversed_range_is_left_over_and_stops_nothing(editions, office, upper):
    made = Made([F("甲", figures=[("处理干部", "10", "人"), ("立案", "2", "件")])])
    made.result["quantities"][0]["value_max"] = upper
    reading = factories.enter(made, by=office)
    accept(proposals=acceptable(reading), by=office)
    assert [row.indicator.name for row in Observation.objects.all()] == ["立案"]


def test_a_finding_under_a_finding_is_a_manifestation(editions, office):
    made = Made([F("作风问题"), F("会风不实"), F("开会迟到")])
    for below, above in ((1, 0), (2, 1)):
        made.result["findings"][below]["parent"] = made.result["findings"][above]["path"]
    reading = factories.enter(made, by=office)
    accept(proposals=list(reading.proposals.all()), by=office)
    rows = {row.title: (row.level, row.parent.title if row.parent else None) for row in Finding.objects.all()}
    assert rows == {
        "作风问题": ("problem", None),
        "会风不实": ("manifestation", "作风问题"),
        "开会迟到": ("manifestation", "会风不实"),
    }
