"""Title, issuer, date, inspection, contact, kind; claims and totals."""

from __future__ import annotations

import pytest

from gongwen import read

BULLETIN = """\
中共甲市委关于九届省委第三轮巡视整改进展情况的通报

根据省委统一部署，2023年9月11日至11月30日，省委第二巡视组对甲市开展了常规巡视。2024年3月6日，省委第二巡视组向甲市委反馈了意见。

联系电话：0799—3316082；邮政信箱：甲市委整改办公室（邮政编码：337999；地址：甲市清溪路18号）；电子邮箱：zg@jia.example。

中 共 甲 市 委

2024 年 12 月 20 日
"""


def test_frame() -> None:
    bulletin = read(BULLETIN)
    assert bulletin.kind == "通报"
    assert bulletin.title == "中共甲市委关于九届省委第三轮巡视整改进展情况的通报"
    assert (bulletin.issuer, bulletin.issued_on, bulletin.inferred) == ("中共甲市委", "2024-12-20", ())


def test_inspection() -> None:
    inspection = read(BULLETIN).inspection
    assert (inspection.kind, inspection.authority, inspection.team) == ("巡视", "省委", "省委第二巡视组")
    assert (inspection.round, inspection.party) == ("九届省委第三轮巡视", "甲市")
    assert (inspection.started_on, inspection.ended_on) == ("2023-09-11", "2023-11-30")
    assert inspection.feedback_on == "2024-03-06"


def test_contact() -> None:
    contact = read(BULLETIN).contact
    assert (contact.phone, contact.email, contact.postcode) == ("0799—3316082", "zg@jia.example", "337999")
    assert (contact.address, contact.addressee) == ("甲市清溪路18号", "甲市委整改办公室")


def test_an_issuer_taken_from_the_title_is_marked() -> None:
    bulletin = read("中共甲市委关于巡视整改进展情况的通报\n正文。\n")
    assert (bulletin.issuer, bulletin.inferred) == ("中共甲市委", ("issuer",))


def test_the_signed_date_goes_before_the_web_date() -> None:
    text = "甲局关于整改情况的通报\n发布时间：2025-09-15\n正文。\n甲市卫生局\n2025年9月12日\n"
    bulletin = read(text)
    assert (bulletin.issuer, bulletin.issued_on) == ("甲市卫生局", "2025-09-12")
    assert [(d.start, d.role) for d in bulletin.dates] == [("2025-09-15", "发布"), ("2025-09-12", "成文")]


def test_a_report_names_issuer_and_day_below_its_title() -> None:
    text = "关于甲市审计查出问题整改情况的报告\n——2025年12月23日在甲市人大常委会第三次会议上\n甲市审计局\n主任、各位委员：\n现报告如下。\n"
    bulletin = read(text)
    assert (bulletin.kind, bulletin.issuer, bulletin.issued_on) == ("报告", "甲市审计局", "2025-12-23")


KINDS = [
    ("甲局关于巡察整改进展情况的通报\n", "通报"),
    ("关于对甲局党组巡察的反馈意见\n", "反馈意见"),
    ("甲局关于巡察反馈意见整改情况的报告\n", "报告"),
    ("关于甲问题整改销号的公示\n", "公示"),
    ("甲局巡察整改问题清单\n", "清单"),
    ("现将巡视整改进展情况予以公布。\n", "通报"),
    ("今天天气很好。\n", "其他"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS)
def test_kind(text: str, kind: str) -> None:
    assert read(text).kind == kind


CLAIMS = [
    (
        "应急管理局牵头的7个问题已全部整改。",
        [("应急管理局牵头的7个问题已全部整改", "completed")],
    ),  # 应急 is no 应
    ("一是应于年底前将7个问题全部整改。", []),
    ("反馈的1020处隐患已全部整改。", [("反馈的1020处隐患已全部整改", "completed")]),
    ("整改工作取得阶段性成效。", [("整改工作取得阶段性成效", "phased")]),
    ("其余5个正在持续推进。", [("其余5个正在持续推进", "ongoing")]),
    ("遗留问题尚有2个未完成整改。", [("遗留问题尚有2个未完成整改", "not_done")]),
    # how it was not done: 未按期完成 is not 按期完成
    ("上轮31项任务中，尚有4项未按期完成。", [("尚有4项未按期完成", "not_done")]),
    # a list of counted statuses gives one each
    (
        "已完成5个、正在整改2个、未完成1个。",
        [("已完成5个", "completed"), ("正在整改2个", "ongoing"), ("未完成1个", "not_done")],
    ),
    # the thing stands in the clause before
    ("对移交的11项立行立改事项，已全部办结。", [("11项立行立改事项，已全部办结", "completed")]),
    # part of a stated number
    ("排查出的487处隐患已整改452处。", [("排查出的487处隐患已整改452处", "phased")]),
    # plain output, intentions and definitions are none
    ("新建学校3所。", []),
    (
        "整改完成24个，4个问题取得阶段性进展。",
        [("整改完成24个", "completed"), ("4个问题取得阶段性进展", "phased")],
    ),
    (
        "4项达到序时进度，1项滞后于序时进度。",
        [("4项达到序时进度", "ongoing"), ("1项滞后于序时进度", "not_done")],
    ),
    ("重大隐患已全部闭环整改。", [("重大隐患已全部闭环整改", "completed")]),
    ("拖欠的民工工资全部兑付。", [("拖欠的民工工资全部兑付", "completed")]),
    (
        "交办的48批信访件办结46批，其余2批正在整改中。",
        [("交办的48批信访件办结46批", "completed"), ("其余2批正在整改中", "ongoing")],
    ),
    ("仍有3个问题整改不到位。", [("仍有3个问题整改不到位", "not_done")]),
    ("逐项核对历年未销号事项。", []),
    ("抽查的120个已销号问题中，有7个不实。", []),
    ("限期一个月内完成整改。", []),
    ("整改到位率96.6%。", []),
    ("明确任务64项，其中立行立改21项、限期整改35项、长期坚持8项。", []),
    ("确保每个问题整改到位。", []),
    ("“已完成”指措施全部落实。", []),
]


@pytest.mark.parametrize(("words", "expected"), CLAIMS)
def test_claims(words: str, expected: list[tuple[str, str]]) -> None:
    assert [(c.text, c.status) for c in read(words).claims] == expected


TOTALS = [
    ("反馈的四个方面31个问题细化为128项整改措施。", [("方面", 4), ("问题", 31), ("整改措施", 128)]),
    ("已完成整改26个。", [("已完成整改", 26)]),
    ("信访件214件全部办结，整改完成率75%。", [("信访件", 214), ("整改完成率", 75)]),
    ("召开会议9次，培育企业12家。", []),
    ("问题金额2.36亿元，已整改到位2.11亿元。", [("问题金额", 236000000), ("已整改到位问题金额", 211000000)]),
    # a rate of others is no total of one's own
    ("群众再次信访率0.8%，签约率96%。", []),
]


@pytest.mark.parametrize(("words", "expected"), TOTALS)
def test_totals(words: str, expected: list[tuple[str, int]]) -> None:
    assert [(t.label, t.value) for t in read(words).totals] == expected


def test_a_total_is_a_quantity_with_the_same_span() -> None:
    bulletin = read("反馈的31个问题细化为128项整改措施。")
    assert {t.span for t in bulletin.totals} <= {q.span for q in bulletin.quantities}


def test_figures_of_a_finding_are_no_totals() -> None:
    assert read("一、反馈问题整改情况\n1.关于“学习不深”问题的整改\n制定整改措施12条。\n").totals == ()


def test_a_notice_may_be_signed_jointly() -> None:
    text = "甲市卫生健康委员会党组、甲市人民医院党委\n关于市委巡察整改情况的公告\n现将情况公开如下。\n甲市卫生健康委员会党组\n甲市人民医院党委\n2025年12月25日\n"
    bulletin = read(text)
    assert bulletin.issuer == "甲市卫生健康委员会党组、甲市人民医院党委"
    assert [block.role for block in bulletin.blocks[-3:]] == ["signature"] * 3


def test_who_speaks_of_itself_is_the_issuer() -> None:
    text = "关于落实区委第一巡察组反馈意见整改情况的报告\n2025年4月8日至6月6日，区委第一巡察组对我街道党工委进行了巡察。\n中共清江区望湖街道工作委员会\n2026年1月8日\n"
    inspection = read(text).inspection
    assert inspection.party == "中共清江区望湖街道工作委员会"
    assert (inspection.authority, inspection.team) == ("区委", "区委第一巡察组")


def test_a_letter_box_may_name_house_and_office_together() -> None:
    contact = read("联系方式：邮政信箱：岭北市迎宾大道88号岭北集团纪委（邮编：310000）。").contact
    assert (contact.address, contact.addressee) == ("岭北市迎宾大道88号", "岭北集团纪委")


def test_who_reports_speaks_for_the_office() -> None:
    text = "——2025年11月26日在省人大常委会第二十一次会议上\n某省审计厅厅长　周某某\n主任、各位委员：\n现将整改情况报告如下。\n"
    bulletin = read(text)
    assert (bulletin.issuer, bulletin.issued_on) == ("某省审计厅", "2025-11-26")


def test_two_bodies_may_be_inspected_together() -> None:
    text = "2025年3月至5月，区委第三巡察组对区残联党组、区红十字会党组开展了联动巡察。"
    assert read(text).inspection.party == "区残联党组、区红十字会党组"


def test_a_total_is_its_figure() -> None:
    """A stated total repeats the words, place and path of the quantity that it is."""
    bulletin = read("一、总体情况\n（一）工作情况。一是反馈的问题17个，制定整改措施52条。")
    assert [total.text for total in bulletin.totals] == ["17个", "52条"]
    figures = {q.span: (q.label, q.value, q.unit, q.text, q.path) for q in bulletin.quantities}
    for t in bulletin.totals:
        assert (t.label, t.value, t.unit, t.text, t.path) == figures[t.span]
        assert t.path
