"""表格: .csv and workbooks as rows."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable

import pytest
import xlsxwriter
from makers import zipped

from gongwen import Extraction, GongwenError, extract, read
from gongwen.formats.limits import Package
from gongwen.formats.percents import percent_cells

# ---- text ----


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("序号,问题\n1,甲\n", ["序号\t问题", "1\t甲"]),
        ("序号;问题\n1;甲,乙\n", ["序号\t问题", "1\t甲,乙"]),
        ("序号\t问题\n1\t甲\n", ["序号\t问题", "1\t甲"]),
        ('序号,问题\n1,"甲,乙\n丙"\n', ["序号\t问题", "1\t甲,乙 丙"]),
        ("序号,问题\n,\n1,甲\n", ["序号\t问题", "1\t甲"]),
        (
            "清单\n抽查凭证1,240份\n序号,问题,数\n1,甲,2\n2,乙,3\n",
            ["清单", "抽查凭证1,240份", "序号\t问题\t数", "1\t甲\t2", "2\t乙\t3"],
        ),
        ("整改台账,,\n序号,问题,数\n1,甲,2\n", ["整改台账\t\t", "序号\t问题\t数", "1\t甲\t2"]),
    ],
)
def test_rows_of_a_csv(text: str, rows: list[str]) -> None:
    for encoding in ("utf-8", "utf-8-sig", "gb18030", "utf-16"):
        found = extract(text.encode(encoding), name="清单.csv")
        assert (found.text.splitlines(), found.format) == (rows, "csv")


def test_prose_that_is_called_a_table_stays_prose() -> None:
    text = "根据要求，整改17个。\n另有3个，未完成，正在推进。\n合计20个\n"
    found = extract(text.encode(), name="清单.csv")
    assert (found.text, found.format) == (text, "txt")
    assert found.notes


# ---- workbooks ----


def book(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out)
    fill(workbook)
    workbook.close()
    return out.getvalue()


def opened(fill: Callable[[xlsxwriter.Workbook], None]) -> Extraction:
    return extract(book(fill), name="台账.xlsx")


def test_cells_are_written_as_they_are_seen() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        percent, two, day = (
            workbook.add_format({"num_format": form}) for form in ("0%", "0.00%", "yyyy-mm-dd")
        )
        sheet.write_row(0, 0, ["序号", "问题", "率", "细率", "时限", "金额", "长号", "已办"])
        sheet.write_row(1, 0, [1, "甲\n乙"])
        sheet.write(1, 2, 0.95, percent)
        sheet.write(1, 3, 0.94567, two)
        sheet.write_datetime(1, 4, dt.datetime(2025, 6, 30), day)  # noqa: DTZ001  (a cell has no zone)
        sheet.write(1, 5, 0.1 + 0.2)
        sheet.write(1, 6, 1234567890123)
        sheet.write(1, 7, True)

    assert opened(fill).text.splitlines() == [
        "序号\t问题\t率\t细率\t时限\t金额\t长号\t已办",
        "1\t甲 乙\t95%\t94.57%\t2025年6月30日\t0.3\t1234567890123\t是",
    ]


def test_merged_cells_and_a_title_over_all() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.merge_range(0, 0, 0, 2, "整改台账")
        sheet.write_row(1, 0, ["序号", "问题", "单位"])
        sheet.merge_range(2, 0, 3, 0, 1)
        sheet.write_row(2, 1, ["甲", "水务局"])
        sheet.write_row(3, 1, ["乙", "财政局"])

    assert opened(fill).text.splitlines() == ["整改台账", "序号\t问题\t单位", "1\t甲\t水务局", "\t乙\t财政局"]


def test_sheets_are_named_and_hidden_ones_noted() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        for name in ("问题清单", "任务清单", "底稿"):
            sheet = workbook.add_worksheet(name)
            sheet.write_row(0, 0, [name, "数"])
            if name == "底稿":
                sheet.hide()

    found = opened(fill)
    assert found.text.splitlines() == ["工作表：问题清单", "问题清单\t数", "工作表：任务清单", "任务清单\t数"]
    assert found.notes == ("隐藏的工作表1张（底稿）未读取。",)


def test_a_list_becomes_findings() -> None:
    def fill(workbook: xlsxwriter.Workbook) -> None:
        sheet = workbook.add_worksheet()
        sheet.write_row(0, 0, ["序号", "反馈问题", "整改措施", "责任单位", "完成时限", "整改状态"])
        sheet.write_row(1, 0, [1, "河道管护不到位", "印发《巡河办法》", "水务局", "2025年6月底", "已完成"])
        sheet.write_row(2, 0, [2, "资金拨付滞后", "清理欠款", "财政局", "2025年9月底", "正在整改"])

    findings = read(opened(fill)).findings
    assert [(f.title, f.status_class) for f in findings] == [
        ("河道管护不到位", "completed"),
        ("资金拨付滞后", "ongoing"),
    ]
    assert findings[0].assignment
    assert findings[0].assignment.responsible_units == ("水务局",)


def test_an_empty_book_is_refused() -> None:
    with pytest.raises(GongwenError, match="没有内容"):
        opened(lambda workbook: workbook.add_worksheet() and None)


def test_a_broken_or_foreign_book_is_refused() -> None:
    whole = book(lambda workbook: workbook.add_worksheet().write(0, 0, "甲") and None)
    for data in (whole[:-40], zipped({"xl/workbook.xml": "<a/>"}), zipped({"xl/workbook.xml": "不是"})):
        with pytest.raises(GongwenError) as refused:
            extract(data, name="台账.xlsx")
        assert refused.value.code == "gongwen.damaged_file"


def test_a_format_with_an_impossible_number_is_no_percentage() -> None:
    styles = '<styleSheet><numFmts><numFmt numFmtId="" formatCode="0%"/></numFmts><cellXfs><xf numFmtId="x"/><xf numFmtId="9"/></cellXfs></styleSheet>'
    sheet = '<c r="A1" s="0"/><c r="B1" s="1"/>'
    package = Package(zipped({"xl/styles.xml": styles, "xl/worksheets/sheet1.xml": sheet}), "件.xlsx")
    assert percent_cells(package, 0) == {(0, 1): 0}


def test_a_book_cut_anywhere_is_refused_in_words() -> None:
    whole = book(lambda workbook: workbook.add_worksheet().write(0, 0, "甲") and None)
    for at in range(4, len(whole), 61):
        for data in (whole[:at], whole[:at] + whole[at + 7 :]):
            try:
                extract(data, name="台账.xlsx")
            except GongwenError as refused:
                assert str(refused).startswith("台账.xlsx：")  # noqa: PT017  (some cuts still leave a book)
