"""责任与状态 in prose: who leads, who supports, until when, for how much money, and how far it has come."""

from __future__ import annotations

import pytest

from gongwen import Finding, read

HEAD = "二、反馈问题整改情况\n1.关于“扬尘管控不严”问题的整改\n"


def finding(text: str) -> Finding:
    found = read(f"{HEAD}{text}\n").findings
    assert len(found) == 1
    return found[0]


LED = [
    ("由市住建局牵头，市城管局、市交通局配合，推进整改。", "市住建局", ("市城管局", "市交通局")),
    ("由县水利局牵头负责，县财政局等协助落实。", "县水利局", ("县财政局",)),
    ("由区民政局牵头，抓紧清理。", "区民政局", ()),
]


@pytest.mark.parametrize(("text", "lead", "supporting"), LED)
def test_who_leads(text: str, lead: str, supporting: tuple[str, ...]) -> None:
    assignment = finding(text).assignment
    assert assignment
    assert (assignment.lead_unit, assignment.supporting_units) == (lead, supporting)


def test_an_official_who_leads_is_no_unit() -> None:
    assignment = finding("由分管副市长牵头，逐项落实。").assignment
    assert assignment
    assert (assignment.lead_official, assignment.lead_unit) == ("分管副市长", None)


DUE = [
    ("2025年9月底前完成监测设备安装。", "2025年9月底前", "2025-09-30"),
    ("2026年6月30日前全部整改到位。", "2026年6月30日前", "2026-06-30"),
    ("年底前办结。", "年底前", None),
]


@pytest.mark.parametrize(("text", "due", "due_on"), DUE)
def test_until_when(text: str, due: str, due_on: str | None) -> None:
    assignment = finding(text).assignment
    assert assignment
    assert (assignment.due, assignment.due_on) == (due, due_on)


def test_a_label_comes_before_prose() -> None:
    assignment = finding("2025年9月底前完成安装。\n完成时限：立行立改").assignment
    assert assignment
    assert (assignment.due, assignment.immediate) == ("立行立改", True)


@pytest.mark.parametrize("text", ["涉及问题金额318.6万元。", "该项违规资金共计318.6万元，已追缴。"])
def test_money_of_a_problem(text: str) -> None:
    assert finding(text).money == "318.6万元"


def test_no_assignment_where_none_is_stated() -> None:
    assert finding("召开牵头单位会议3次。").assignment is None


STATUS = [
    ("因手续未办结，目前正在推进。", "正在推进", "ongoing"),
    ("安装设备86套。已完成整改。", "已完成整改", "completed"),
    ("安装设备86套。目前，已基本完成。", "已基本完成", "phased"),
    # a part that is done is not the problem
    ("退回补贴3万元，已整改到位。其余设备待安装。", None, None),
    ("设备安装已完成，效果待验收。", None, None),
]


@pytest.mark.parametrize(("text", "status", "kind"), STATUS)
def test_status_at_the_end_of_the_text(text: str, status: str | None, kind: str | None) -> None:
    found = finding(text)
    assert (found.status, found.status_class) == (status, kind)
