"""Acts by name: the same gate, row by row; a bad row changes nothing and the others are done."""

import pytest

from tests import cast
from zhenggai.exchange.actrows import read_rows
from zhenggai.exchange.acts import Asked, Move, perform, perform_rows
from zhenggai.exchange.items import history_of, missing_of, tasks_of
from zhenggai.journal.models import Event
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions import assigning, reporting
from zhenggai.ledger.actions.reporting import Said
from zhenggai.ledger.handling import waiting
from zhenggai.ledger.handling.states import Classification, Completion
from zhenggai.ledger.models import Finding

pytestmark = pytest.mark.django_db


def rows(*lines):
    text = "检查编号,问题编号,办理,等次,意见,下次复查日期\n" + "\n".join(lines)
    return read_rows("清单.csv", text.encode())


@pytest.fixture
def whole():
    return cast.world()


def test_a_list_is_done_row_by_row(whole):
    finding, other = cast.ready(whole, 0), cast.ready(whole, 1)
    code = whole.inspection.code
    outcomes = list(
        perform_rows(
            rows(
                f"{code},{finding.number},申请销号,完成整改,全部整改到位,",
                f"{code},{other.number},申请销号,,全部整改到位,",
                f"{code},{other.number},销号,完成整改,全部整改到位,",
                f"{code},七,申请销号,完成整改,全部整改到位,",
                f"{code},999,申请销号,完成整改,全部整改到位,",
                f"{code},{other.number},申请销号,完成整改,全部整改到位,三月一日",
                f"{code},{other.number},审核通过,,同意,",
                f"{code},{other.number},申请销号,完成整改,全部整改到位,",
            ),
            by=whole.unit.head,
        )
    )
    assert [outcome.is_done for outcome in outcomes] == [True, *[False] * 6, True]
    for outcome, said in zip(
        outcomes,
        [
            "下一步为“牵头单位初审”", "“等次”没有填写", "“办理”写的是“销号”", "“问题编号”写的是“七”", "没有编号为",
            "不是日期", "没有在审的销号申请", "正在审核",
        ],
        strict=True,
    ):  # fmt: skip
        assert said in outcome.sentence
    assert verify().sound


def test_a_rehearsal_leaves_nothing(whole):
    finding = cast.ready(whole)
    before = Event.objects.count()
    asked = rows(f"{whole.inspection.code},{finding.number},申请销号,done,全部整改到位,")
    (outcome,) = perform_rows(asked, by=whole.unit.head, rehearse=True)
    assert outcome.is_done
    finding.refresh_from_db()
    assert (finding.review, Event.objects.count()) == ("none", before)


def test_the_whole_way_by_name(whole):
    finding = cast.ready(whole)
    code, number = whole.inspection.code, finding.number
    perform(Asked(code, number, Move.APPLY, grade="完成整改", text="已整改"), by=whole.unit.head)
    perform(Asked(code, number, Move.WITHDRAW, text="再核对一次"), by=whole.unit.head)
    perform(Asked(code, number, Move.APPLY, grade="done", text="已整改"), by=whole.unit.head)
    perform(Asked(code, number, Move.RETURN, text="说明太短"), by=whole.lead.head)
    perform(Asked(code, number, Move.APPLY, grade="done", text="已逐项整改"), by=whole.unit.head)
    for post in cast.reviewers(whole):
        assert [row.finding_id for row in waiting.steps(post, cast.today())] == [finding.pk]
        said = perform(Asked(code, number, Move.APPROVE, text="同意"), by=post)
    assert "现已销号（完成整改）" in said
    assert missing_of(Finding.objects.get(pk=finding.pk), cast.today()) == []
    said = perform(Asked(code, number, Move.RELAPSE, text="又发现一处"), by=whole.supervisor)
    assert "第 2 轮整改" in said
    finding = Finding.objects.get(pk=finding.pk)
    lines = history_of(finding, whole.office)
    assert "登记复发：又发现一处" in lines[-1]
    assert len([line for line in lines if "审核通过" in line]) == 4
    assert [task.completion for task in tasks_of(finding, cast.today())] == ["未完成"]
    assert len(missing_of(finding, cast.today())) >= 2


def test_what_may_not_be_seen_answers_like_what_does_not_exist(whole):
    finding = cast.ready(whole)
    code = whole.inspection.code
    asked = [
        f"{code},{finding.number},审核通过,,同意,", f"{code},998,审核通过,,同意,", f"9999-XC-01,{finding.number},审核通过,,同意,"
    ]  # fmt: skip
    outcomes = list(perform_rows(rows(*asked), by=whole.outsider.head))
    assert {outcome.code for outcome in outcomes} == {"not_found"}
    assert outcomes[0].sentence == outcomes[1].sentence.replace("998", str(finding.number))


def test_history_says_nothing_of_evidence_that_may_not_be_seen(whole):
    task = cast.assigned(whole)
    cast.proven(whole, task, measure=task.measures.first(), classification=Classification.SENSITIVE)
    finding = Finding.objects.get(pk=task.finding_id)
    assert any("审核佐证" in line for line in history_of(finding, whole.office))
    assert not any("佐证" in line for line in history_of(finding, whole.reader))


def test_history_says_nothing_of_a_report_before_its_head_signed_it(whole):
    task = cast.assigned(whole)
    said = Said(period="2026年冬", narrative="内部口径。", completion=Completion.PHASED)
    report = reporting.fill_in(task=task, said=said, by=whole.unit.filler)
    reporting.send_back(report=report, reason="口径不能外传", by=whole.unit.head)
    own, office = history_of(task.finding, whole.unit.head), history_of(task.finding, whole.office)
    assert any("填报进展" in line for line in own)
    assert not any("填报" in line for line in office)
    reporting.sign(report=reporting.fill_in(task=task, said=said, by=whole.unit.filler), by=whole.unit.head)
    office = history_of(task.finding, whole.office)
    assert "签发进展" in office[-1]
    assert not any("填报" in line for line in office)


def test_a_long_history_is_told_whole_and_in_order(whole, django_assert_max_num_queries):
    finding = cast.closed(whole)
    for kind in [Classification.PUBLIC, Classification.INTERNAL] * 5:
        assigning.classify(
            finding=finding, classification=kind, reason=f"核定为{kind.value}", by=whole.office
        )
    with django_assert_max_num_queries(16):
        lines = history_of(finding, whole.office)
    assert len([line for line in lines if "核定为" in line]) == 10
    assert len([line for line in lines if "审核通过" in line]) == 4
    assert [line[:16] for line in lines] == sorted(line[:16] for line in lines)


def test_a_sensitive_item_is_not_there_for_the_reader(whole):
    finding = cast.ready(whole)
    assigning.classify(
        finding=finding, classification=Classification.SENSITIVE, reason="正在核查", by=whole.office
    )
    asked = rows(f"{whole.inspection.code},{finding.number},审核通过,,同意,")
    (outcome,) = perform_rows(asked, by=whole.reader)
    assert outcome.code == "not_found"
