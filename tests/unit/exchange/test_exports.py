"""Exports, read back."""

import csv
import io
import json
import warnings

import openpyxl
import pytest

from tests import cast, factories, people
from tests.factories import F, Made
from zhenggai.core.errors import NotFound
from zhenggai.exchange.exports import FORMS, export
from zhenggai.exchange.tables import TABLES
from zhenggai.journal.trail import head
from zhenggai.ledger.actions.deciding import accept, reject
from zhenggai.ledger.handling.states import Classification
from zhenggai.ledger.models import Inspection
from zhenggai.ledger.states import Kind

EVIL = ['=HYPERLINK("http://example","点我")', "+1+1", "-2", "@SUM(A1)", "\t=1"]


@pytest.fixture
def inspection(office):
    reading = factories.enter(Made(factories.USUAL), by=office)
    accept(proposals=list(reading.proposals.all()), by=office)
    return Inspection.objects.get()


def workbook(inspection):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(export(inspection, "xlsx", by=people.SYSTEM).content))


def test_json_says_everything_with_its_source(inspection):
    document = json.loads(export(inspection, "json", by=people.SYSTEM).content)
    assert document["inspection"]["team"] == "市委第二巡察组"
    finding = next(f for f in document["findings"] if f["number"] == 3)
    assert (finding["title"], finding["path"], finding["parent"]) == ("治水护河责任落实不严", "一（一）", 1)
    assert [m["text"] for m in finding["tasks"][0]["measures"]] == factories.USUAL[0].measures
    source = finding["source"]
    assert source["sha256"] == document["documents"][0]["sha256"]
    text = Made(factories.USUAL).text
    assert finding["title"] in text[slice(*source["span"])]
    assert [(f["label"], f["value"], f["unit"]) for f in document["figures"]] == [
        ("清理违建", "12", "处"), ("复绿岸坡", "3.5", "公里"), ("幼儿园", "2", "所"),
    ]  # fmt: skip
    assert document["organisations"] == ["浅溪县水务局"]
    assert (document["journal"]["events"], document["journal"]["head"]) == head()


def test_csv_is_one_row_for_each_measure(inspection):
    content = export(inspection, "csv", by=people.SYSTEM).content
    assert content.startswith("\ufeff".encode())
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert [(row["编号"], row["措施序号"], row["整改措施"]) for row in rows] == [
        ("3", "1", "完善河长巡查办法并按月通报"),
        ("3", "2", "清理沿河违建并复绿岸坡"),
        ("4", "1", "倒排工期建成两所幼儿园"),
        ("5", "1", "修订请示报告清单"),
        ("5", "2", "开展一次专题培训"),
    ]
    assert {row["方面"] for row in rows} == {"生态环境方面", "民生保障方面"}


def test_workbook_has_every_table(inspection):
    book = workbook(inspection)
    assert book.sheetnames == [table.name for table in TABLES]
    assert book["台账"].freeze_panes == "A2"
    figures = list(book["数字"].values)
    assert figures[0][:4] == ("名称", "数值", "上限", "单位")
    assert figures[2][:2] == ("复绿岸坡", 3.5)
    assert [row[:2] for row in list(book["制度文件"].values)[1:]] == [
        ("浅溪县河长巡查办法", "新制定"), ("浅溪县学前教育规划", "修订"),
    ]  # fmt: skip


def test_no_cell_is_run_as_a_formula(office):
    reading = factories.enter(Made([F(f"问题{n}", [text]) for n, text in enumerate(EVIL)]), by=office)
    accept(proposals=list(reading.proposals.all()), by=office)
    rows = list(
        csv.DictReader(
            io.StringIO(export(reading.inspection, "csv", by=people.SYSTEM).content.decode("utf-8-sig"))
        )
    )
    assert all(not row["整改措施"].startswith(("=", "+", "-", "@", "\t")) for row in rows)
    sheet = workbook(reading.inspection)["台账"]
    column = [cell.value for cell in sheet[1]].index("整改措施") + 1
    cells = [sheet.cell(row, column) for row in range(2, sheet.max_row + 1)]
    assert [cell.data_type for cell in cells] == ["s"] * len(EVIL)
    assert all(cell.hyperlink is None for cell in cells)


def test_what_was_withdrawn_is_left_out(office, inspection):
    measure = factories.of_kind(inspection.readings.get(), Kind.MEASURE)[0]
    reject(proposals=[measure], reason="重复", by=office)
    assert (
        "完善河长巡查办法"
        not in export(inspection, "csv", by=people.SYSTEM).content.decode().split("制度")[0]
    )


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_inspection_exports(office, form):
    reading = factories.enter(Made([]), by=office)
    made = export(reading.inspection, form, by=people.SYSTEM)
    assert made.filename == f"{reading.inspection.code}.{form}"
    assert made.content


def test_unknown_form_names_the_known_ones(inspection):
    with pytest.raises(NotFound, match="可选：json、csv、xlsx"):
        export(inspection, "pdf", by=people.SYSTEM)


@pytest.mark.parametrize("form", FORMS)
def test_statements_do_not_grow_with_the_rows(office, django_assert_max_num_queries, form):
    reading = factories.enter(Made([F(f"事项{n}号", ["甲", "乙"]) for n in range(120)]), by=office)
    accept(proposals=list(reading.proposals.all()), by=office)
    with django_assert_max_num_queries(20 if form == "json" else 12):
        export(reading.inspection, form, by=people.SYSTEM)


def test_the_json_tells_how_an_item_was_handled(db):
    whole = cast.world()
    finding = cast.closed(whole)
    said = json.loads(export(whole.inspection, "json", by=whole.office).content)
    own = next(row for row in said["findings"] if row["number"] == finding.number)
    assert (own["review"], own["grade"], own["cycle"]) == ("closed", "done", 1)
    (closure,) = own["handling"]["closures"]
    assert [step["digest"] for step in closure["steps"]] == [closure["digest"]] * 4
    assert {row["state"] for row in own["handling"]["evidence"]} == {"accepted"}
    assert all(len(row["sha256"]) == len(row["sm3"]) == 64 for row in own["handling"]["evidence"])


def test_sensitive_evidence_leaves_only_with_those_who_may_see_it(db):
    whole = cast.world()
    task = cast.assigned(whole)
    cast.proven(whole, task, classification=Classification.SENSITIVE, title="涉密附件")
    told = {
        post.code: "涉密附件" in export(whole.inspection, "json", by=post).content.decode()
        for post in (whole.office, whole.supervisor, whole.unit.filler, whole.reader, whole.official)
    }
    assert told == {
        "office": True,
        "supervisor": True,
        "unit1-filler": True,
        "reader": False,
        "official": False,
    }
