"""A list of acts: what is read of it, and the sentence for each thing that it cannot be."""

import io

import pytest
import xlsxwriter

from zhenggai.exchange.actrows import HEADS, ListRefused, read_rows

HEAD = ",".join(HEADS)
ROW = "2025-XC-01,7,审核通过,,情况属实,"


def workbook(*rows, merged="", **kinds):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet("办理")
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, str) and value.startswith("="):
                sheet.write_formula(at, column, value)
            else:
                sheet.write(at, column, value)
    if merged:
        sheet.merge_range(merged, "2025-XC-01")
    book.close()
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_each_encoding_in_which_a_list_is_saved(encoding):
    (row,) = read_rows("清单.csv", f"{HEAD}\n{ROW}\n".encode(encoding))
    assert (row.line, row.cells["检查编号"], row.cells["办理"], row.fault) == (
        2,
        "2025-XC-01",
        "审核通过",
        "",
    )


def test_columns_in_another_order_and_blank_rows():
    text = "办理;问题编号;检查编号\n\n退回;7;2025-XC-01\n"
    (row,) = read_rows("清单.csv", text.encode())
    assert (row.line, row.cells) == (3, {"办理": "退回", "问题编号": "7", "检查编号": "2025-XC-01"})


def test_a_workbook_with_numbers_and_dates():
    data = workbook(HEADS, ["2025-XC-01", 7, "申请销号", "完成整改", "已整改", "2027-03-01"])
    (row,) = read_rows("清单.xlsx", data)
    assert row.cells["问题编号"] == "7"
    assert row.cells["下次复查日期"] == "2027-03-01"


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("清单.csv", b"", "是空文件"),
        ("清单.csv", b" \n ", "是空文件"),
        ("清单.csv", HEAD.encode(), "只有表头"),
        ("清单.csv", "问题编号,办理\n7,退回\n".encode(), "缺少列“检查编号”"),
        ("清单.csv", f"{HEAD},备注\n{ROW},\n".encode(), "有不认识的列“备注”"),
        ("清单.csv", f"{HEAD},办理\n{ROW},\n".encode(), "有重复的列“办理”"),
        ("清单.csv", b"\xff\xfe\x00\xd8\x00\xd8", "文字编码无法识别"),
        ("清单.csv", b"\x81\xff\x30\x81,\xff\xff", "文字编码无法识别"),
        ("清单.csv", f'{HEAD}\n"2025-XC-01,7,退回\n'.encode(), "引号没有成对"),
        ("清单.txt", HEAD.encode(), "不是 .csv 或 .xlsx 文件"),
        ("清单.xlsx", HEAD.encode(), "不是可以打开的 .xlsx 工作簿"),
        ("清单.xlsx", workbook(HEADS, ["", 7, "退回"], merged="A2:A3"), "有合并的单元格（A2:A3）"),
        ("清单.xlsx", workbook(), "中没有内容"),
    ],
)
def test_what_is_no_list_is_told(name, data, sentence):
    with pytest.raises(ListRefused) as refused:
        read_rows(name, data)
    assert sentence in refused.value.sentence
    assert name in refused.value.sentence


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("清单.csv", f"{HEAD}\n2025-XC-01,=A1+6,审核通过,,,\n{ROW}\n".encode()),
        (
            "清单.xlsx",
            workbook(HEADS, ["2025-XC-01", "=3+4", "审核通过"], ["2025-XC-01", 7, "退回", "", "缺材料"]),
        ),
    ],
)
def test_a_formula_is_the_fault_of_its_row_only(name, data):
    first, second = read_rows(name, data)
    assert "B 列是公式" in first.fault
    assert second.fault == ""


def test_a_workbook_with_two_lists_is_refused():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    for name in ("办理", "另一张"):
        book.add_worksheet(name).write_row(0, 0, HEADS)
    book.close()
    with pytest.raises(ListRefused, match="有 2 张有内容的工作表（办理、另一张）"):
        read_rows("清单.xlsx", out.getvalue())


def test_the_list_may_stand_on_the_second_sheet():
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.add_worksheet("空")
    sheet = book.add_worksheet("办理")
    sheet.write_row(0, 0, HEADS)
    sheet.write_row(1, 0, ["2025-XC-01", 7, "审核通过"])
    sheet.write_formula(2, 1, "=3+4")
    book.close()
    first, second = read_rows("清单.xlsx", out.getvalue())
    assert first.cells["问题编号"] == "7"
    assert "B 列是公式" in second.fault


def test_a_row_that_is_too_long():
    (row,) = read_rows("清单.csv", f"{HEAD}\n{ROW},另有,两格\n".encode())
    assert "有 8 个单元格" in row.fault
