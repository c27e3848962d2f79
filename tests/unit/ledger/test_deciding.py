"""Accept, correct, reject: state × decision × person, and what becomes of the rows."""

import pytest

from tests import factories
from tests.factories import F, Made
from zhenggai.core.errors import NotPermitted, Refusal
from zhenggai.indicators.models import Observation
from zhenggai.journal.models import Event
from zhenggai.journal.verify import verify
from zhenggai.ledger import rules
from zhenggai.ledger.actions.deciding import accept, correct, reject
from zhenggai.ledger.kinds import ImpossibleContent
from zhenggai.ledger.models import Claim, Finding, Inspection, Measure, PolicyDocument, Task
from zhenggai.ledger.states import MOVES, Decision, Kind, ProposalState
from zhenggai.parties.models import Organisation

S = ProposalState


@pytest.fixture
def reading(office):
    return factories.enter(Made(factories.USUAL), by=office)


def do(decision, proposal, by):
    if decision is Decision.ACCEPT:
        return accept(proposals=[proposal], by=by)
    if decision is Decision.REJECT:
        return reject(proposals=[proposal], reason="与原文不符", by=by)
    return correct(
        proposal=proposal, content={**proposal.current, "title": "更正后的问题"}, reason="错字", by=by
    )


REACH = {
    S.OPEN: [],
    S.ACCEPTED: [Decision.ACCEPT],
    S.CORRECTED: [Decision.CORRECT],
    S.REJECTED: [Decision.REJECT],
}
"""How each state is reached through the front door."""


def finding_in(state, reading, by):
    """The last finding has measures but nothing accepted below it."""
    proposal = factories.of_kind(reading, Kind.FINDING)[2]
    for decision in REACH[state]:
        do(decision, proposal, by)
    proposal.refresh_from_db()
    assert proposal.state == state
    return proposal


@pytest.mark.parametrize("decision", [Decision.ACCEPT, Decision.CORRECT, Decision.REJECT])
@pytest.mark.parametrize("state", list(REACH))
@pytest.mark.parametrize("who", ["office", "reader"])
def test_decision_state_person(request, office, reader, reading, state, decision, who):
    proposal = finding_in(state, reading, office)
    before, events = proposal.state, Event.objects.count()
    allowed = MOVES[state].get(decision)
    if who == "office" and allowed:
        do(decision, proposal, office)
        proposal.refresh_from_db()
        assert proposal.state == allowed
        assert Event.objects.count() > events
    else:
        with pytest.raises(NotPermitted if who == "reader" else rules.MoveRefused):
            do(decision, proposal, request.getfixturevalue(who))
        proposal.refresh_from_db()
        assert proposal.state == before
        assert Event.objects.count() == events
    assert verify().sound


def test_accept_of_a_measure_takes_what_it_hangs_on(office, reading):
    measure = factories.of_kind(reading, Kind.MEASURE)[0]
    taken = accept(proposals=[measure], by=office)
    assert [p.kind for p in taken] == ["area", "finding", "measure"]
    row = Measure.objects.get()
    assert (row.task.finding.title, row.task.finding.parent.title) == ("治水护河责任落实不严", "生态环境方面")
    assert row.state == "reported"
    assert (row.document, row.span_start) == (reading.document, measure.span_start)


def test_accept_everything(office, reading):
    open_ = list(reading.proposals.all())
    events = Event.objects.count()
    accept(proposals=open_, by=office)
    assert list(Finding.objects.order_by("number").values_list("number", "level")) == [
        (1, "area"), (2, "area"), (3, "problem"), (4, "problem"), (5, "problem"),
    ]  # fmt: skip
    assert (Task.objects.count(), Measure.objects.count(), Claim.objects.count()) == (3, 5, 1)
    assert Observation.objects.count() == 3
    assert Organisation.objects.filter(name="浅溪县水务局").exists()
    inspection = Inspection.objects.get()
    assert (inspection.team, str(inspection.feedback_on)) == ("市委第二巡察组", "2025-06-10")
    # one event for each decision, one for each value and organisation entered; all of one click
    made = Event.objects.filter(seq__gt=events)
    assert made.filter(act="proposal.accept").count() == len(open_)
    assert made.values("click").distinct().count() == 1
    assert verify().sound


def test_a_document_named_twice_is_one_row_and_the_mention_that_makes_it_a_result_speaks(office, reading):
    accept(proposals=factories.of_kind(reading, Kind.CITATION), by=office)
    assert sorted(PolicyDocument.objects.values_list("title", "role")) == [
        ("浅溪县学前教育规划", "revised"),
        ("浅溪县河长巡查办法", "new"),
    ]


def test_a_row_shared_by_two_mentions_stays_until_the_last_is_rejected(office, reading):
    first, _, again = factories.of_kind(reading, Kind.CITATION)
    accept(proposals=[first, again], by=office)
    reject(proposals=[again], reason="同一文件", by=office)
    assert PolicyDocument.objects.get().withdrawn_at is None
    reject(proposals=[first], reason="不是本轮文件", by=office)
    row = PolicyDocument.objects.get()
    assert (row.withdrawn_at is not None, row.withdrawn_by) == (True, "office")
    accept(proposals=[first], by=office)
    assert PolicyDocument.objects.get().withdrawn_at is None
    assert verify().sound


def test_correction_holds_both_forms(office, reading):
    figure = factories.of_kind(reading, Kind.FIGURE)[0]
    accept(proposals=[figure], by=office)
    figure = correct(proposal=figure, content={**figure.payload, "value": "21"}, reason="原文笔误", by=office)
    old, new = Observation.objects.order_by("pk")
    assert (old.value, new.value, new.corrects) == (12, 21, old)
    assert (figure.payload["value"], figure.current["value"], figure.target_id) == ("12", "21", new.pk)
    assert Event.objects.filter(act="proposal.correct").latest("seq").body.count("原文笔误") == 1


@pytest.mark.parametrize(
    ("kind", "content", "sentence"),
    [
        (Kind.FINDING, {"title": "  "}, "“问题”不能为空"),
        (Kind.FIGURE, {"value": "一百"}, "“一百”不是数值"),
        (Kind.FIGURE, {"value": "1234567890123456789"}, "超出可精确记账的范围"),
        (Kind.FIGURE, {"value": "0.0000001"}, "超出可精确记账的范围"),
        (Kind.FIGURE, {"kind": "weight"}, "“类别”不能是“weight”"),
        (Kind.MEASURE, {"text": "字" * 20001}, "最多 20000 字"),
        (Kind.INSPECTION, {"feedback_on": "2025年6月"}, "请按 2025-07-11 的格式填写"),
        (Kind.INSPECTION, {"started_on": "2025-06-01", "ended_on": "2025-05-01"}, "早于进驻日期"),
    ],
)
def test_impossible_corrections_name_field_and_remedy(office, reading, kind, content, sentence):
    proposal = factories.of_kind(reading, kind)[0]
    events = Event.objects.count()
    with pytest.raises(Refusal, match=sentence) as refused:
        correct(proposal=proposal, content={**proposal.payload, **content}, by=office)
    assert isinstance(refused.value, ImpossibleContent | rules.MoveRefused | Refusal)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.corrected, Event.objects.count()) == ("open", None, events)


def test_reject_takes_open_children_along(office, reading):
    finding = factories.of_kind(reading, Kind.FINDING)[0]
    rows = reject(proposals=[finding], reason="不属本轮", by=office)
    assert {row.kind for row in rows} == {"finding", "measure", "claim", "figure", "citation"}
    measure = next(row for row in rows if row.kind == "measure")
    with pytest.raises(rules.MoveRefused, match="请先采纳上级"):
        accept(proposals=[measure], by=office)


def test_reject_is_refused_while_something_accepted_hangs_on_it(office, reading):
    measure = factories.of_kind(reading, Kind.MEASURE)[0]
    accept(proposals=[measure], by=office)
    with pytest.raises(rules.StillInUse, match="其下还有 1 条已采纳的内容"):
        reject(proposals=[measure.parent], by=office)
    reject(proposals=[measure, measure.parent], reason="整项撤回", by=office)
    assert Finding.objects.get(level="problem").withdrawn_by == "office"
    assert Task.objects.get().withdrawn_at is not None
    assert verify().sound


def test_a_number_is_never_given_twice(office, reading):
    first, second, third = factories.of_kind(reading, Kind.FINDING)
    accept(proposals=[first], by=office)
    reject(proposals=[first], by=office)
    accept(proposals=[second], by=office)
    accept(proposals=[first], by=office)
    accept(proposals=[third], by=office)
    numbers = list(Finding.objects.filter(level="problem").order_by("pk").values_list("number", "title"))
    assert numbers == [(2, first.payload["title"]), (4, second.payload["title"]), (5, third.payload["title"])]


def test_inspection_itself_cannot_be_taken_back(office, reading):
    about = factories.of_kind(reading, Kind.INSPECTION)[0]
    accept(proposals=[about], by=office)
    with pytest.raises(rules.MoveRefused, match="不能撤回"):
        reject(proposals=[about], by=office)


def test_nothing_chosen_is_refused(office, reading):
    for decide in (accept, reject):
        with pytest.raises(rules.MoveRefused, match="没有可以办理的条目"):
            decide(proposals=[], by=office)


def test_lists_plan_and_bulletins_report(office):
    made = Made([F("任务不清", ["细化任务清单"])])
    made.result["kind"] = "清单"
    reading = factories.enter(made, by=office)
    accept(proposals=list(reading.proposals.all()), by=office)
    assert Measure.objects.get().state == "planned"


@pytest.mark.parametrize(
    ("text", "status", "state"),
    [
        ("建成污水处理厂2座", None, "reported"),
        ("建成污水处理厂2座", "completed", "reported"),
        ("尚有2个问题未完成整改", "not_done", "undone"),
        ("其余3个正在整改", "ongoing", "underway"),
        ("取得阶段性成效", "phased", "underway"),
        ("拟于2026年6月底前建成污水处理厂2座", None, "planned"),
    ],
)
def test_a_measure_is_reported_as_its_own_sentences_claim(office, text, status, state):
    made = Made([F("问题", [text])])
    if status:
        start, end = made.result["findings"][0]["measures"][0]["span"]
        made.result["claims"].append({"text": text, "status": status, "path": "", "span": [start + 2, end]})
    reading = factories.enter(made, by=office)
    accept(proposals=factories.of_kind(reading, Kind.MEASURE), by=office)
    assert Measure.objects.get().state == state


def test_acceptance_takes_a_fixed_number_of_statements(office, django_assert_max_num_queries):
    """However many rows: accepting 200 findings costs about what accepting 20 does."""
    few = factories.enter(Made([F(f"问题{n}号") for n in range(20)]), by=office, name="few.txt")
    many = factories.enter(Made([F(f"事项{n}号") for n in range(200)]), by=office, name="many.txt")
    with django_assert_max_num_queries(45):
        accept(proposals=list(few.proposals.all()), by=office)
    with django_assert_max_num_queries(45):
        accept(proposals=list(many.proposals.all()), by=office)
