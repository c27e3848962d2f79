"""数据表: the figures, closures and progress of an edition as CSV and JSON, and the dictionary of their columns. Plain Python.

Guarantees
1. A column of the dictionary is a column of its table, in the same order, and the other way round.
2. No cell of a CSV is run as a formula by a spreadsheet; a number is written as a number.
"""

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from zhenggai.web.public.site import printable
from zhenggai.web.public.words import GRADES, SOURCES, is_number

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Column:
    """一栏: its key in JSON, its name at the head of the CSV, what it means, of which type it is and in which unit."""

    key: str
    name: str
    meaning: str
    type: str = "文本"
    unit: str = ""


@dataclass(frozen=True)
class Table:
    """数据表: its name as part of the address, its title, its columns, and its rows in an edition by the keys of the columns."""

    name: str
    title: str
    columns: Sequence[Column]
    rows: Callable[[Content], Iterator[Mapping[str, Any]]]


def _figures(content: Content) -> Iterator[Mapping[str, Any]]:
    for each in content["figures"]:
        said = {**each, "source_name": SOURCES.get(each["source"], (each["source"], ""))[0]}
        yield {column.key: said[column.key] for column in FIGURES.columns}


def _closures(content: Content) -> Iterator[Mapping[str, Any]]:
    for each in content["closures"]:
        said = {**each, "grade_name": GRADES.get(each["grade"], each["grade"])}
        yield {column.key: said[column.key] for column in CLOSURES.columns}


def _progress(content: Content) -> Iterator[Mapping[str, Any]]:
    for each in content["progress"]:
        yield {column.key: each[column.key] for column in PROGRESS.columns}


_DIGEST = "64 位十六进制，SHA-256；采用国密算法的系统中台账行和销号的摘要为 SM3"

FIGURES = Table(
    "figures",
    "数字",
    (
        Column("n", "序号", "数字在本版中的编号，与网页上的编号相同。", "整数"),
        Column("text", "文中写法", "正文里写出的字样。"),
        Column("label", "名称", "数字说的是什么，即指标名称。"),
        Column("value", "数值", "换算为基本单位后的数值，例如 288.88万元 为 2888800。", "小数", "见“单位”栏"),
        Column("unit", "单位", "数值的基本单位，例如 元、个、%。"),
        Column("period", "时期", "数字所属的时期；没有写明的为空。"),
        Column("as_of", "截至日期", "数值截至哪一天；免予绑定的为空。", "日期 年-月-日"),
        Column("source", "来源类别代码", "computed、derived、reported、document、waived 之一。", "代码"),
        Column("source_name", "来源类别", "；".join(f"{name}：{said}" for name, said in SOURCES.values())),
        Column("definition", "统计口径", "算了什么，没有算什么。"),
        Column("evidence", "佐证摘要", f"数字所依据的佐证、文件或台账行的摘要（{_DIGEST}）；CSV 中以空格分隔。", "摘要列表"),
        Column("reason", "免予绑定的理由", "没有绑定来源的数字，经审核同意的理由。"),
        Column("paragraph", "段落", "所在段落，从 0 起数。", "整数"),
        Column("start", "起", "在段落中的起点，从 0 起数。", "整数", "字"),
        Column("end", "止", "在段落中的终点，不含这一位置的字。", "整数", "字"),
    ),
    _figures,
)  # fmt: skip

CLOSURES = Table(
    "closures",
    "销号事项",
    (
        Column("inspection", "检查编号", "事项属于哪一次检查。"),
        Column("number", "事项编号", "事项在这次检查的台账中的编号。", "整数"),
        Column("cycle", "轮次", "第几轮整改；问题反弹后重新整改的为第 2 轮起。", "整数"),
        Column("title", "事项", "反馈问题的名称。"),
        Column("grade", "等次代码", "done、phased、infeasible 之一。", "代码"),
        Column("grade_name", "等次", "、".join(GRADES.values()) + "。"),
        Column("closed_on", "销号日期", "最后一步审核通过的日期。", "日期 年-月-日"),
        Column("closure_digest", "销号摘要", f"审核人所同意的全部内容的摘要（{_DIGEST}）。", "摘要"),
        Column("evidence", "佐证摘要", f"已采信的佐证材料的摘要（{_DIGEST}）；CSV 中以空格分隔。", "摘要列表"),
    ),
    _closures,
)  # fmt: skip

PROGRESS = Table(
    "progress",
    "进展",
    (
        Column("code", "指标代码", "台账计算的指标的代码。", "代码"),
        Column("name", "指标", "指标名称。"),
        Column("value", "数值", "定版当日的数值，只统计可以公开的事项。", "小数", "见“单位”栏"),
        Column("unit", "单位", "数值的单位。"),
    ),
    _progress,
)

TABLES = (FIGURES, CLOSURES, PROGRESS)
"""Every table of an edition."""

_HEAD = ("table", "column", "name", "meaning", "type", "unit")
_HEAD_NAMES = ("数据表", "栏（JSON 中的键）", "名称（CSV 表头）", "含义", "类型", "单位")


def as_csv(table: Table, content: Content) -> bytes:
    """A table of an edition for spreadsheets: UTF-8 with a byte-order mark, the Chinese names at its head."""
    names = [column.name for column in table.columns]
    return _written(names, [[row[column.key] for column in table.columns] for row in table.rows(content)])


def as_json(table: Table, content: Content) -> bytes:
    """A table of an edition for programs: values as the edition has them."""
    said = {
        "code": content["code"], "edition": content["number"], "title": content["title"],
        "published_on": content["published_on"], table.name: list(table.rows(content)),
    }  # fmt: skip
    return dumped(said)


def dictionary_rows() -> list[tuple[str, ...]]:
    """Every column of every table, as text."""
    return [
        (table.name, column.key, column.name, column.meaning, column.type, column.unit)
        for table in TABLES
        for column in table.columns
    ]


def dictionary_csv() -> bytes:
    """The dictionary for spreadsheets."""
    return _written(_HEAD_NAMES, dictionary_rows())


def dictionary_json() -> bytes:
    """The dictionary for programs."""
    return dumped({"columns": [dict(zip(_HEAD, row, strict=True)) for row in dictionary_rows()]})


def dumped(value: Any) -> bytes:
    """JSON that people can read, the same bytes for the same value."""
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def cell(value: Any) -> str:
    """A cell: a number as a number, a list parted by blanks, and a quotation mark before text that a spreadsheet would run."""
    text = printable(" ".join(map(str, value)) if isinstance(value, (list, tuple)) else value)
    return f"'{text}" if text.startswith(_FORMULA) and not is_number(text) else text


def _written(head: Sequence[str], rows: Sequence[Sequence[Any]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(head)
    writer.writerows([cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")
