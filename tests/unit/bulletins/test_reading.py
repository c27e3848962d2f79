"""A draft is read paragraph by paragraph, and no number in it can hide."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gongwen
from tests.unit.bulletins.documents import NAMES, lines_of, text_of
from zhenggai.bulletins.facts import Line
from zhenggai.bulletins.reading import read_lines

LONG = "lanjiang-2026"


def figures_of(*texts):
    return read_lines([Line(n, "text", text) for n, text in enumerate(texts)]).figures


def told(figures):
    return [(figure.text, figure.read) for figure in figures]


def test_a_figure_with_all_that_is_known_of_it():
    (figure,) = figures_of("一、产业升级", "2024年，投入技改资金288.88万元。")[-1:]
    assert figure.place == (1, 12, 20)
    assert (figure.text, figure.label, figure.unit, figure.kind) == ("288.88万元", "技改资金", "元", "money")
    assert (figure.value, figure.quantum, figure.period, figure.path) == (2888800, 100, "2024年", "一")


@pytest.mark.parametrize("end", ["，", "、", "共10", "“", "《", "关于"])
def test_each_paragraph_is_read_as_one(end):
    read = read_lines([Line(1, "text", "建成10户" + end), Line(2, "text", "户企业12家。")])
    assert len(read.bulletin.blocks) == 2
    assert told(read.figures)[-1] == ("12家", True)


def test_a_line_break_inside_a_paragraph_moves_nothing():
    read = read_lines([Line(1, "text", "建成\n甲类10户，"), Line(2, "text", "乙类\u202812户。")])
    assert [(figure.place, figure.text) for figure in read.figures] == [
        ((0, 5, 8), "10户"),
        ((1, 3, 6), "12户"),
    ]
    assert (len(read.text.split("\n")), read.starts) == (2, (0, 10))


def test_hard_wrapped_lines_stay_paragraphs():
    lines = ["全市各级各部门坚持问题导向狠抓整改落实推动工作见到实效成果" for _ in range(9)]
    assert len(read_lines([Line(n, "text", line) for n, line in enumerate(lines)]).bulletin.blocks) == 9


UNREAD = [
    ("建成绿色工厂12。", ["12"]),
    ("全市“新建12户”取得进展。", ["12"]),  # a short quotation is a name to the reader
    ("浏览次数：123", ["123"]),
    ("- 12 -", ["12"]),
    ("营商环境由第19位升至第6位。", ["19", "6"]),  # a rank is a claim
    ("师生比为1:18。", ["1", "18"]),
    ("2025年2月30日召开会议。", ["2025", "2", "30"]),
    ("A12户企业", ["12"]),
    ("第12户企业", ["12"]),
]
EXPLAINED = [
    "依据云办发\u30142023\u301531号文件，", "2025年6月30日召开会议。", "落实《2024年12户企业方案》。", "一、整改情况", "（一）第一个问题",
    "1.加强领导", "（2）压实责任", "第3届、第2轮、第12条", "每月25日前报送。", "附件1：清单", "每天8:30—17:30受理。", "上午9:30开会。",
    "开展“十个100%”检查。", "实行1+4+N机制。", "拨打12345热线反映。", "24小时值守。", "新建5G基站、4A级景区。", "PM2.5浓度下降。",
    "联系电话：0799-3316082；邮政编码：337999；电子邮箱：a1@b2.cn；地址：清溪路18号3号楼1806室。", "2024级学生、20世纪、80后干部。",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), UNREAD)
def test_what_nobody_explains_is_a_figure_that_could_not_be_read(text, expected):
    figures = figures_of("中共某市委关于巡视整改进展情况的通报", "全文如下。", text)
    digits = [run for figure in figures for run in re.findall(r"\d+", figure.text) if not figure.read]
    assert digits == expected


@pytest.mark.parametrize("text", EXPLAINED)
def test_what_is_explained_is_no_figure(text):
    assert told(figures_of("中共某市委关于巡视整改进展情况的通报", "全文如下。", text)) == []


def test_numbers_of_rows_are_explained_and_cells_are_read():
    rows = [
        "序号\t企业\t投资",
        "1\t甲公司\t120万元",
        "二、第二类",
        "2\t乙公司\t36.5万元",
        "",
        "正文",
        "3\t丙\t4",
    ]
    assert told(figures_of(*rows))[:2] == [("120万元", True), ("36.5万元", True)]
    assert told(figures_of(*rows))[2:] == [("3", False), ("4", False)]  # another table, with no such column


@pytest.mark.parametrize("name", ["boxi-ducha", "pingwu-taizhang", "tongxi-shitang"])
def test_numbers_of_steps_and_contacts_are_explained_in_whole_documents(name):
    assert [figure.text for figure in read_lines(lines_of(text_of(name))).figures if not figure.read] == []


def test_a_number_in_the_title_is_seen():
    assert told(figures_of("中共某市委关于整改12户企业情况的通报", "全文如下。")) == [("12", False)]


@pytest.mark.parametrize("name", NAMES)
def test_places_texts_and_order_in_whole_documents(name):
    lines = lines_of(text_of(name))
    read = read_lines(lines)
    last = (-1, 0)
    for figure in read.figures:
        line, start, end = figure.place
        assert lines[line].text[start:end] == figure.text
        assert (line, start) >= last
        last = (line, end)
    assert len(read.starts) == len(lines)


def is_seen(read, start, end):
    """Whether some figure holds one of the characters ``[start, end)``."""
    return any(
        read.starts[place.line] + place.start < end and start < read.starts[place.line] + place.end
        for place in (figure.place for figure in read.figures)
    )


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_number_put_in_anywhere_is_seen(data):
    text = text_of(data.draw(st.sampled_from(NAMES)))
    at = data.draw(st.integers(0, len(text)))
    number = data.draw(st.integers(13, 99_999)) if data.draw(st.booleans()) else data.draw(st.integers(0, 12))
    unit = data.draw(st.sampled_from(["户", "家", "人次", "万元", "%", "个", "项"]))
    changed = f"{text[:at]}{number}{unit}{text[at:]}"
    lines = lines_of(changed)
    read = read_lines(lines)
    start = changed.index(f"{number}{unit}", at)
    if any(c.start < start < c.end for c in (citation.span for citation in read.bulletin.citations)):
        return  # a document's title names what it names
    assert is_seen(read, start, start + len(str(number)))


@given(st.lists(st.text(max_size=40), max_size=6))
def test_any_text_is_read(texts):
    read = read_lines([Line(0, "text", text) for text in texts])
    for figure in read.figures:
        line, start, end = figure.place
        assert texts[line][start:end] == figure.text
        assert figure.text


def test_the_time_is_linear():
    text = text_of(LONG)
    read_lines(lines_of(text))

    def seconds(times):
        lines = lines_of("\n".join([text] * times) + f"\n{times}")
        began = time.perf_counter()
        read_lines(lines)
        return time.perf_counter() - began

    assert min(seconds(8), seconds(8 + 1)) < 30 * max(min(seconds(1), seconds(2)), 0.004)


def test_a_reading_is_remembered():
    lines = lines_of("建成10户。")
    assert read_lines(lines) is read_lines(list(lines))
    assert isinstance(read_lines(lines).bulletin, gongwen.Bulletin)
