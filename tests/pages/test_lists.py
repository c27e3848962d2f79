"""三张清单: one tree, three views, on screen and in files."""

import io
import re
import warnings
from datetime import timedelta
from decimal import Decimal

import docx
import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.cast import World, today
from tests.factories import F
from tests.pages.conftest import client_of
from tests.pages.strangers import check_strangers, statements
from zhenggai.exchange import lists
from zhenggai.exchange.list_files import LIST_FORMS, export_list
from zhenggai.exchange.lists import COLUMNS, Filters, ListKind
from zhenggai.ledger.actions import assigning, reporting, requesting
from zhenggai.ledger.actions.assigning import Answers
from zhenggai.ledger.actions.reporting import Said
from zhenggai.ledger.handling.models import Waiver
from zhenggai.ledger.handling.queries import counts
from zhenggai.ledger.handling.states import (
    Classification,
    Completion,
    Grade,
    Horizon,
    MeasureType,
    WaiverKind,
)
from zhenggai.ledger.models import Reading, Task
from zhenggai.parties.models import Post

CODE = "2025-XC-01"
NUMBER = re.compile(r'/items/\d+/">\s*(\d+\.\d+)\s*</a>')


def url_of(kind: str, code: str = CODE) -> str:
    return reverse("web:list", args=[code, kind])


def page(post: Post, kind: str, query: str = "") -> str:
    answer = client_of(post.holder).get(url_of(kind) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def on_screen(post: Post, kind: str, query: str = "") -> list[str]:
    """Numbers of the tasks that a page of a list names."""
    return NUMBER.findall(page(post, kind, query))


def in_workbook(content: bytes) -> list[dict[str, object]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.values)
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def in_document(content: bytes) -> list[dict[str, str]]:
    table = docx.Document(io.BytesIO(content)).tables[0]
    head, *rows = [[cell.text for cell in row.cells] for row in table.rows]
    return [dict(zip(head, row, strict=True)) for row in rows]


READ = {"xlsx": in_workbook, "docx": in_document}


def rows_of(whole: World, kind: ListKind, form: str, post: Post | None = None) -> list[dict[str, object]]:
    made = export_list(whole.inspection, kind, form, by=post or whole.office)
    return READ[form](made.content)


@pytest.fixture
def whole(db: None) -> World:
    """An inspection with items in many states."""
    made = cast.world()
    task = cast.assigned(
        made, 0, root_cause="责任压得不实", target="断面稳定达标", horizon=Horizon.LONG, standing=True,
        money_total=Decimal("2888800.50"),
    )  # fmt: skip
    assigning.change_measure(
        measure=task.measures.get(number=1), text="完善河长巡查办法并按月通报", type=MeasureType.INSTITUTION,
        reason="补类型", by=made.office,
    )  # fmt: skip
    assigning.lead_personally(task=task, by=made.official)
    cast.closed(made, 1)
    return made


@pytest.mark.parametrize("kind", ListKind)
def test_strangers(at_stranger: Client, whole: World, kind: ListKind):
    check_strangers(at_stranger, url_of(kind))
    for form in LIST_FORMS:
        check_strangers(at_stranger, reverse("web:list_file", args=[CODE, kind, form]))


def test_what_is_not_there(whole: World):
    client = client_of(whole.office.holder)
    for url in (
        url_of("nonsense"), url_of("tasks", "1999-XS-01"), reverse("web:list_file", args=[CODE, "tasks", "exe"]),
        reverse("web:list_file", args=[CODE, "nonsense", "docx"]),
    ):  # fmt: skip
        assert client.get(url).status_code == 404
    assert client.post(url_of("tasks")).status_code == 405


@pytest.mark.parametrize("kind", ListKind)
def test_every_list_names_the_same_tasks_on_screen_and_in_files(whole: World, kind: ListKind):
    wanted = ["3.1", "4.1", "5.1"]
    assert sorted(on_screen(whole.office, kind)) == wanted
    for form in LIST_FORMS:
        rows = rows_of(whole, kind, form)
        assert sorted(str(row["任务编号"]) for row in rows) == wanted
        titles = {str(row["任务编号"]): row["整改任务"] for row in rows}
        assert titles == {"3.1": "治水护河责任落实不严", "4.1": "民生实事推进缓慢", "5.1": "请示报告不够规范"}


@pytest.mark.parametrize("form", LIST_FORMS)
def test_files_have_the_columns_of_the_list(whole: World, form: str):
    for kind in ListKind:
        row = rows_of(whole, kind, form)[0]
        assert list(row) == [column.label for column in COLUMNS[kind]]


def test_the_problems(whole: World):
    first, second, third = rows_of(whole, ListKind.PROBLEMS, "xlsx")
    assert (first["方面"], first["编号"], first["反馈问题"]) == ("生态环境方面", "3", "治水护河责任落实不严")
    assert first["原因分析"] == "责任压得不实"
    assert (first["整改时段"], first["完成情况"], first["进度"], first["审核情况"]) == (
        "中长期整改（长期坚持）", "未完成", "序时", "未申请",
    )  # fmt: skip
    assert (second["完成情况"], second["审核情况"], second["销号等次"], second["进度"]) == (
        "已完成", "销号", "完成整改", "已办结",
    )  # fmt: skip
    assert third["进度"] == "未定时限"


def test_the_tasks(whole: World):
    row = rows_of(whole, ListKind.TASKS, "xlsx")[0]
    assert row["整改措施"] == "1. 【建章立制】完善河长巡查办法并按月通报\n2. 清理沿河违建并复绿岸坡"
    assert row["整改目标"] == "断面稳定达标"
    assert row["问题金额（元）"] == 2888800.5
    assert row["完成时限"].date() == today() + timedelta(days=60)
    assert row["最初时限"] is None
    shown = page(whole.office, "tasks")
    assert "2,888,800.5" in shown
    assert "问题金额合计 2,888,800.5 元" in shown


def test_a_time_limit_that_moved_keeps_the_first(whole: World):
    task = whole.task(0)
    later = today() + timedelta(days=90)
    asked = requesting.request_extension(task=task, to_on=later, reason="汛期顺延", by=whole.unit.head)
    requesting.decide_extension(extension=asked, approved=True, by=whole.official)
    row = rows_of(whole, ListKind.TASKS, "xlsx")[0]
    assert (row["完成时限"].date(), row["最初时限"].date()) == (later, today() + timedelta(days=60))


def test_the_duties(whole: World):
    by_number = {row["任务编号"]: row for row in rows_of(whole, ListKind.DUTIES, "xlsx")}
    assert by_number["3.1"]["牵头领导"] == "丙（领办）"
    assert by_number["4.1"]["牵头领导"] == "丙"
    assert by_number["3.1"]["牵头单位"] == "浅溪县发展和改革局"
    assert by_number["3.1"]["责任单位"] == "浅溪县第1责任局"
    assert not by_number["5.1"]["牵头单位"]


def test_where_nobody_is_assigned_the_documents_words_stand_and_say_so(whole: World):
    Task.objects.filter(pk=whole.task(2).pk).update(
        lead_official="张某", lead_unit="县委办", responsible_units=["县政府办", "县委办"], due_wording="2025年底前",
    )  # fmt: skip
    row = next(row for row in rows_of(whole, ListKind.DUTIES, "xlsx") if row["任务编号"] == "5.1")
    assert row["牵头领导"] == "张某（据文件）"
    assert row["牵头单位"] == "县委办（据文件）"
    assert row["责任单位"] == "县政府办、县委办（据文件）"
    assert row["完成时限"] == "2025年底前（据文件）"
    assert page(whole.office, "duties").count("据文件") == 4


def test_duties_stand_by_official_and_unit(whole: World):
    other = cast.unit("浅溪县水务局", "water")
    assigning.assign(task=whole.task(2), answers=Answers(lead_unit=other.organisation), by=whole.office)
    rows = rows_of(whole, ListKind.DUTIES, "xlsx")
    assert [row["任务编号"] for row in rows] == ["5.1", "3.1", "4.1"]


def test_equal_cells_are_merged_downwards_as_far_as_all_to_their_left_are_equal(whole: World):
    rows = lists.lines(
        whole.inspection,
        whole.office,
        list(lists.after(lists.tasks_of(whole.inspection, whole.office), ListKind.PROBLEMS, None)),
    )
    table = lists.placed(ListKind.PROBLEMS, rows)
    assert [row[0].rows for row in table] == [1, 2, 0]
    assert [row[1].rows for row in table] == [1, 1, 1]
    assert 'rowspan="2"' in page(whole.office, "problems")
    made = export_list(whole.inspection, ListKind.PROBLEMS, "docx", by=whole.office)
    cells = [row.cells[0] for row in docx.Document(io.BytesIO(made.content)).tables[0].rows]
    assert cells[2]._tc is cells[3]._tc, "python-docx shows a merged cell once"
    assert cells[1]._tc is not cells[2]._tc


def test_the_document_is_a4_across_with_its_head_repeated(whole: World):
    made = export_list(whole.inspection, ListKind.TASKS, "docx", by=whole.office)
    document = docx.Document(io.BytesIO(made.content))
    section = document.sections[0]
    assert (section.page_width.mm, section.page_height.mm) == pytest.approx((297, 210), abs=0.1)
    assert document.paragraphs[0].text == "中共浅溪县委巡察整改任务清单"
    assert document.paragraphs[0].runs[0].font.name == "方正小标宋简体"
    assert "tblHeader" in document.tables[0].rows[0]._tr.xml
    assert "问题 3 个：未申请 2、审核中 0、退回 0、销号 1" in document.paragraphs[1].text


def test_no_cell_is_run_as_a_formula_and_no_character_breaks_a_file(db: None):
    whole = cast.world([F("=1+1", ['=HYPERLINK("http://example")']), F("问题\x0b甲\x1f", ["@SUM(A1)"])])
    for kind in ListKind:
        for form in LIST_FORMS:
            assert len(rows_of(whole, kind, form)) == 2
        made = export_list(whole.inspection, kind, "xlsx", by=whole.office).content
        sheet = openpyxl.load_workbook(io.BytesIO(made)).active
        assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


# --- filters and pages -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("?completion=done", ["4.1"]),
        ("?completion=undone", ["3.1", "5.1"]),
        ("?review=closed", ["4.1"]),
        ("?review=none", ["3.1", "5.1"]),
        ("?horizon=long", ["3.1"]),
        ("?schedule=on_time", ["3.1"]),
        ("?schedule=finished", ["4.1"]),
        ("?schedule=open_ended", ["5.1"]),
        ("?schedule=overdue", []),
        ("?schedule=nonsense", ["3.1", "4.1", "5.1"]),
        ("?unit=nonsense", ["3.1", "4.1", "5.1"]),
        ("?unit=999999", []),
        ("?completion=undone&horizon=long", ["3.1"]),
        ("?after=nonsense", ["3.1", "4.1", "5.1"]),
        ("?after=999999", ["3.1", "4.1", "5.1"]),
    ],
)
def test_filters(whole: World, query: str, numbers: list[str]):
    for kind in ListKind:
        assert sorted(on_screen(whole.office, kind, query)) == numbers
    assert ("清除筛选" in page(whole.office, "tasks", query)) == bool(Filters.of(_given(query)).chosen)


def _given(query: str) -> dict[str, str]:
    return dict(pair.split("=") for pair in query.strip("?").split("&"))


def test_the_unit_filter_and_filtered_files(whole: World):
    query = f"?unit={whole.unit.organisation.pk}"
    assert on_screen(whole.office, "duties", query) == ["3.1", "4.1"]
    client = client_of(whole.office.holder)
    answer = client.get(reverse("web:list_file", args=[CODE, "duties", "xlsx"]) + query)
    assert answer["Content-Disposition"] == f'attachment; filename="{CODE}-duties.xlsx"'
    assert len(in_workbook(answer.content)) == 2


@pytest.fixture
def many(db: None) -> World:
    return cast.world(
        [F(f"第{n}个问题", [f"第{n}项措施"], area=f"方面{n % 3}") for n in range(1, 131)], units=2
    )


@pytest.mark.parametrize("kind", ListKind)
def test_pages_follow_the_key_and_miss_nothing(many: World, kind: ListKind):
    for at in (3, 50, 100):
        cast.assigned(many, at)
    client = client_of(many.office.holder)
    seen: list[str] = []
    query = "?completion=undone"
    for _page in range(3):
        answer = client.get(url_of(kind) + query)
        seen += NUMBER.findall(answer.content.decode())
        query = f"?completion=undone&after={answer.context['next_key']}"
    assert answer.context["next_key"] is None
    assert seen == [str(row["任务编号"]) for row in rows_of(many, kind, "xlsx")]
    assert len(set(seen)) == 130


@pytest.mark.parametrize("kind", ListKind)
def test_the_number_of_statements_is_fixed(many: World, kind: ListKind):
    client = client_of(many.office.holder)
    before = statements(client, url_of(kind))
    for at in range(6):
        cast.assigned(many, at)
    assert statements(client, url_of(kind)) == before
    assert before <= 20


@pytest.mark.parametrize("form", LIST_FORMS)
def test_files_take_a_fixed_number_of_statements(many: World, form: str, django_assert_max_num_queries):
    with django_assert_max_num_queries(14):
        export_list(many.inspection, ListKind.DUTIES, form, by=many.office)


# --- counts ------------------------------------------------------------------------------------------------------------------------------


def test_counts_add_up_on_the_lists_and_on_the_ledger(whole: World):
    cast.applied(whole, 2, Grade.PHASED, next_check_on=today() + timedelta(days=30))
    Task.objects.filter(pk=whole.task(0).pk).update(due_on=today() - timedelta(days=1))
    for url in (url_of("problems"), reverse("web:ledger", args=[CODE])):
        found = client_of(whole.office.holder).get(url).context["groups"]
        for group in found:
            assert sum(number for _, number, _ in group.parts) == group.total
        items, grades, schedule, _completion = found
        assert {label: n for label, n, _ in items.parts} == {
            "未申请": 1,
            "审核中": 1,
            "退回": 0,
            "销号": 1,
        }
        assert grades.parts[0][1] == 1
        assert schedule.parts[0] == ("超期", 1, "overdue")


def test_waivers_are_shown(whole: World):
    task = whole.task(0)
    asked = requesting.request_waiver(
        task=task, kind=WaiverKind.TASK, reason="并入他项", expires_on=today() + timedelta(days=5),
        by=whole.unit.head,
    )  # fmt: skip
    requesting.decide_waiver(waiver=asked, approved=True, decision="同意", by=whole.official)
    assert Waiver.objects.count() == 1
    assert re.search(r"有效豁免 <b>1</b>", page(whole.office, "tasks"))


def test_a_unit_counts_its_own_items_only(whole: World):
    found = client_of(whole.unit.head.holder).get(url_of("tasks")).context["groups"]
    assert found[0].total == 2


# --- above ----------------------------------------------------------------------------------------------------------------------------------


def test_a_sensitive_area_names_itself_to_nobody_else(whole: World):
    area = whole.inspection.findings.get(number=1)
    assigning.classify(finding=area, classification=Classification.SENSITIVE, reason="涉密", by=whole.office)
    assert area.title in page(whole.office, "problems")
    assert area.title not in page(whole.unit.head, "problems")


def test_the_profiles_words_are_used(whole: World):
    assigning.choose_profile(inspection=whole.inspection, profile="shenji", by=whole.office)
    assert rows_of(whole, ListKind.PROBLEMS, "xlsx")[0]["完成情况"] == "未整改"


def test_statuses_say_what_was_signed(whole: World):
    task = whole.task(0)
    said = Said(period="2026年11月", narrative="正在推进。", completion=Completion.PHASED)
    reporting.sign(report=reporting.fill_in(task=task, said=said, by=whole.unit.filler), by=whole.unit.head)
    assert rows_of(whole, ListKind.TASKS, "xlsx")[0]["完成情况"] == "取得阶段性成效"
    rows = whole.inspection.findings.all()
    assert counts(rows, today(), 7)["completion_phased"] == 1


def test_an_inspection_without_tasks(office: Post, reading: Reading):
    assert "清单还没有内容" in page(office, "tasks")
    for form in LIST_FORMS:
        assert READ[form](export_list(reading.inspection, ListKind.TASKS, form, by=office).content) == []
