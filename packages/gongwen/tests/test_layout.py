"""Lines → paragraphs: what a page broke is joined, what stands apart stays apart."""

from __future__ import annotations

import re

import pytest

from gongwen import clean_text, read, read_lines
from gongwen.reading.layout import display_width

WRAPPED = """\
根据区委统一部署，2025年3月4日至4月30日，区委
第一巡察组对甲镇党委进行了巡察。按照有关要求，现
将巡察整改进展情况予以公布。

一、提高政治站位，压实整改责任，把巡察整改作为
一项政治任务

镇党委第一时间召开会议进行安排部署，拧紧

“管事就要管人”的责任链条，先后召开推进会 9 次，
改 造 老 旧 小 区 ，惠及居民300
户。

（一）着力解决“学习不够深入”的问题。一是印发
《甲镇学习制度》，开展研讨3次。二是加强督查。
"""

JOINED = [
    "根据区委统一部署，2025年3月4日至4月30日，区委第一巡察组对甲镇党委进行了巡察。按照有关要求，现将巡察整改进展情况予以公布。",
    # a chapter over two lines
    "一、提高政治站位，压实整改责任，把巡察整改作为一项政治任务",
    # a blank line inside a sentence, blanks of justification, a number parted from its unit
    "镇党委第一时间召开会议进行安排部署，拧紧“管事就要管人”的责任链条，先后召开推进会9次，改造老旧小区，惠及居民300户。",
    "（一）着力解决“学习不够深入”的问题。一是印发《甲镇学习制度》，开展研讨3次。二是加强督查。",
]


def test_hard_wrapped_text_is_joined() -> None:
    assert clean_text(WRAPPED).splitlines() == JOINED


def test_lines_of_a_web_page_stay_paragraphs() -> None:
    page = "一、组织情况\n镇党委召开会议8次。\n二、整改情况\n1.学习不够\n整改状态：完成\n整改情况：开展研讨3次。\n"
    assert clean_text(page) == page


PARAGRAPHS = [
    "根据市委统一部署，2025年3月4日至4月30日，市委第一巡察组对市医保局党组进行了巡察。按照巡察工作有关要求，现将巡察整改进展情况予以公布。",
    "一、巡察反馈问题整改落实情况",
    "（一）着力解决“基金监管不严”的问题。一是组织专项检查4次，发现问题35个，督促立行立改，追回资金21.66万元，覆盖率达97.3%，同比提升2.1个百分点。二是健全长效机制，印发《市医保基金监管办法（试行）》。",
    "（二）着力解决“参保扩面不足”的问题。（1）新增参保1.9万人，参保率达到96.03%。（2）清理重复参保52人，并对经办人员逐一约谈，切实堵塞管理漏洞。（3）建立部门数据比对机制，每月开展比对，从源头上防止重复参保。",
]


def broken(text: str, width: int) -> str:
    """The text set in lines of so many columns, two to a Chinese character."""
    lines, columns = [""], 0
    for char in text:
        columns += display_width(char)
        if columns > width:
            lines, columns = [*lines, ""], display_width(char)
        lines[-1] += char
    return "\n".join(lines)


@pytest.mark.parametrize("width", range(36, 64))
def test_breaking_lines_at_any_width_is_undone(width: int) -> None:
    text = "\n\n".join(broken(paragraph, width) for paragraph in PARAGRAPHS)
    # a numbered step may as well begin a paragraph of its own where it happens to begin a line
    assert re.sub(r"\n(?=[一二]是|（[123]）)", "", clean_text(text)).splitlines() == PARAGRAPHS


def test_page_numbers_between_lines_are_no_text() -> None:
    assert clean_text("会议听取了\n— 3 —\n") == "会议听取了\n"


def test_the_page_around_the_document_is_left_out() -> None:
    page = "当前位置：首页 > 公开 > 正文\n发布时间：2025-09-15　来源：区局　浏览次数：12 次\n正文第一段。\n分享到： 微信\n上一篇：通知\n"
    assert clean_text(page) == "正文第一段。\n"


TITLES = [
    # top, split over lines, last line, repeated
    "甲镇党委关于巡察整改\n进展情况的通报\n\n根据统一部署，现予公布。\n",
    "根据统一部署，现予公布。\n\n中共甲镇委员会\n2025年7月1日\n\n甲镇党委关于巡察整改\n进展情况的通报\n",
    "甲镇党委关于巡察整改进展情况的通报\n甲镇党委关于巡察整改进展情况的通报\n正文。\n",
    "当前位置：首页 > 巡察整改\n甲镇党委关于巡察整改进展情况的通报\n发布时间：2025-01-02\n正文。\n",
]


@pytest.mark.parametrize("text", TITLES)
def test_the_title_is_found_wherever_it_stands(text: str) -> None:
    assert read(text).title == "甲镇党委关于巡察整改进展情况的通报"


def test_a_page_without_a_title_has_none() -> None:
    assert read("当前位置：首页 > 公开 > 整改情况\n根据统一部署，现予公布。\n").title is None


@pytest.mark.parametrize("text", [WRAPPED, *TITLES])
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean_text(clean_text(text)) == clean_text(text)


def test_a_sentence_of_the_document_is_never_taken_for_the_page_around_it() -> None:
    text = "1.统计不规范\n整改情况：一是规范“阅读量：”统计，整改账号5个。二是清理来源不明稿件30篇。\n"
    result = read(text)
    assert [q.text for q in result.quantities] == ["5个", "30篇"]
    assert len(result.findings[0].measures) == 2


def test_a_heading_run_on_behind_a_sentence_is_parted_by_its_own_words() -> None:
    text = (
        "（一）着力解决“学习不深入”的问题。一是组织集中研讨3次，人\n"
        "均撰写心得2篇。（二）着力解决“调研走过场、办法不\n"
        "多”的问题。一是领导带头蹲点调研。\n"
    )
    result = read(text)
    assert [finding.title for finding in result.findings] == ["学习不深入", "调研走过场、办法不多"]
    # numbers in brackets inside a sentence are no headings
    assert len(read("会议指出（二）中的问题。（三）是重点。关于（一）的说明。\n").sections) == 0


FULL_HEADING = """\
一、提高政治站位扛牢主体责任抓反馈问题整改
局党组先后召开党组会议和专题民主生活会，研
究制定整改方案，将反馈的十九个问题细化为五十二
条整改措施，明确责任领导、责任股室和完成时限，
逐项抓好落实，坚决防止问题反弹回潮，切实巩固成
果并转化为治理效能。
二、聚焦问题整改
局党组先后召开党组会议和专题民主生活会，研
究制定整改方案，将反馈的十九个问题细化为五十二
条整改措施，明确责任领导、责任股室和完成时限，
逐项抓好落实，坚决防止问题反弹回潮，切实巩固成
果并转化为治理效能。
"""


def test_a_heading_that_fills_its_line_ends_there_when_the_text_below_is_set_in() -> None:
    titles = [section.title for section in read(FULL_HEADING).sections]
    assert titles == ["提高政治站位扛牢主体责任抓反馈问题整改", "聚焦问题整改"]


def test_page_numbers_are_left_over_with_their_place() -> None:
    source = WRAPPED.replace("按照有关要求，现\n", "按照有关要求，现\n - 2 -\n")
    bulletin = read(source)
    assert [(x.text, x.reason) for x in bulletin.leftovers] == [("-2-", "页码，不计入正文")]
    span = bulletin.leftovers[0].span
    assert source[span.start : span.end] == "- 2 -"


HOSTS = [
    ("主办单位：清江区人民政府办公室", "debris"),
    ("主办：某某区人民政府　承办：信息中心", "debris"),
    ("主办单位：区教育局", "text"),
    ("举报电话：0992-3301218", "contact"),
]


@pytest.mark.parametrize(("line", "role"), HOSTS)
def test_a_host_of_a_page_is_told_from_who_answers(line: str, role: str) -> None:
    bulletin = read(f"1.关于“学习不深”问题的整改\n一是学。\n{line}\n")
    assert bulletin.blocks[-1].role == role


PARTED_DATES = [
    ("甲县接受巡察。2025年\n7月18日，反馈了意见。", "2025-07-18"),
    ("甲县接受巡察。2025年7月\n18日，反馈了意见。", "2025-07-18"),
    ("甲县整改隐患，截至2022年11月\n底，累计整改17处。", "2022-11-30"),
]


@pytest.mark.parametrize(("source", "start"), PARTED_DATES)
def test_a_date_goes_on_over_the_end_of_a_line(source: str, start: str) -> None:
    assert [date.start for date in read(source).dates] == [start]


SHORT_PARAGRAPHS = """中共甲县委关于巡察整改进展情况的通报
2025年3月，市委巡察组对甲县开展了巡察，现将进展情况公
布。
一、整改情况
（一）台账管理不够规范
该问题正在整改。县水务局认真学习条例，走访核实老旧小
区67个。
（二）谈心谈话走过场
该问题已完成整改。县财政局逐项研究，修订办法，追回资金
3.5万元。
（三）基层负担依然较重
该问题已完成整改，精简了会议和文件。
（四）学习不深
该问题已完成整改，坚持每月集中学习。
（五）调研不实
该问题已完成整改，实行带题下沉调研。
（六）公务接待审批把关不严
该问题已完成整改，实行先审批后接待。
（七）会议多
该问题已完成整改，实行先报批后开会。
中共甲县委
"""


def test_where_paragraphs_are_short_the_few_broken_lines_tell_the_width() -> None:
    bulletin = read(SHORT_PARAGRAPHS)
    assert [quantity.label for quantity in bulletin.quantities] == ["老旧小区", "追回资金"]
    texts = [block.text for block in bulletin.blocks]
    assert any(text.endswith("公布。") for text in texts)
    assert any(text.endswith("追回资金3.5万元。") for text in texts)


@pytest.mark.parametrize("end", ["，", "、", "共10", "《", "坚持问题导向狠抓整改落实推动工作见到实效成果"])
def test_a_text_whose_lines_are_paragraphs_is_not_joined(end: str) -> None:
    lines = [f"全市各级各部门{end}"] * 9
    assert [block.text for block in read_lines("\n".join(lines)).blocks] == lines
