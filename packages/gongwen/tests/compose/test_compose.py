"""成文: what was composed reads as what it was composed from."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from time import process_time

import pytest
from corpus.documents import SHARED
from corpus.documents import documents as documents_at_hand
from corpus.drawn import documents
from corpus.made import made
from corpus.renderers import PROSE
from hypothesis import given, settings
from hypothesis import strategies as st

from gongwen import Inspection, compose, extract, read
from gongwen.compose import Form, differences
from gongwen.compose.opening import day, opening

HERE = Path(__file__).parents[1]
DOCUMENTS = [
    path
    for folder in (HERE / "documents", HERE / "documents" / "editions", SHARED)
    for path in sorted(folder.glob("*"))
    if path.suffix in (".txt", ".md") and path.with_name(path.stem + ".gold.json").exists()
]
FORMS: list[Form] = ["text", "markdown"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_every_sample_comes_back(path: Path, form: Form) -> None:
    bulletin = read(path.read_bytes().decode("utf-8"))
    composed = compose(bulletin, form=form)
    again = read(composed)
    assert differences(bulletin, again) == []
    assert compose(again, form=form) == composed


# ---- whole documents out of parts ----


@given(documents(), st.sampled_from(FORMS))
@settings(max_examples=200, deadline=None)
def test_whole_documents_come_back(source: str, form: Form) -> None:
    bulletin = read(source)
    composed = compose(bulletin, form=form)
    assert differences(bulletin, read(composed)) == []
    assert compose(read(composed), form=form) == composed


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("opened", ["docx", "html", "ofd"])
@pytest.mark.parametrize("name", ["qinghe-daxue", "pingwu-taizhang", "cangyu-shuiwu"])
def test_files_come_back(name: str, opened: str, form: Form) -> None:
    document = next(found for found in documents_at_hand(shared=False) if found.name == name)
    bulletin = read(extract(PROSE[opened](document.lines), name=f"{name}.{opened}"))
    composed = compose(bulletin, form=form)
    assert differences(bulletin, read(composed)) == []
    assert compose(read(composed), form=form) == composed


@given(st.text(max_size=200), st.sampled_from(FORMS))
@settings(max_examples=200, deadline=None)
def test_composing_never_raises(source: str, form: Form) -> None:
    compose(read(source), form=form)


# ---- the forms ----


def test_markdown_marks_titles_headings_and_tables() -> None:
    source = "关于整改情况的通报\n一、情况\n（一）领导。召开会议3次。\n序号\t问题\n1\t甲|乙\n\t丙\n甲局\n2026年1月15日\n"
    assert compose(read(source), form="markdown").splitlines() == [
        "# 关于整改情况的通报", "", "## 一、情况", "", "（一）领导。召开会议3次。", "",
        "| 序号 | 问题 |", "| --- | --- |", r"| 1 | 甲\|乙 |", "|  | 丙 |", "", "甲局", "", "2026年1月15日",
    ]  # fmt: skip


UNNUMBERED = "# 关于整改情况的通报\n\n## 一、情况\n\n### 概况\n\n召开会议3次。\n"


def test_markdown_marks_a_heading_without_number_under_the_one_above_it() -> None:
    assert compose(read(UNNUMBERED), form="markdown") == UNNUMBERED


def test_plain_text_knows_no_heading_without_number() -> None:
    bulletin = read(UNNUMBERED)
    assert differences(bulletin, read(compose(bulletin))) == ["blocks[2].role: heading ≠ text"]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("sign", "wide"), [("#", "\uff03"), ("|", "\uff5c")])
def test_a_sign_left_at_the_start_of_a_line_marks_nothing(sign: str, wide: str, form: Form) -> None:
    bulletin = read("召开会议3次。\n")
    blocks = (replace(bulletin.blocks[0], text=f"{sign}甲{sign}整改17处。"),)
    assert compose(replace(bulletin, blocks=blocks), form=form) == f"{wide}甲{sign}整改17处。\n"


def test_a_bar_inside_a_cell_stays_in_its_cell() -> None:
    source = "序号\t问题\t数量\n1\t甲|乙\t整改17处\n2\t|丙|\t整改18处\n"
    bulletin = read(source)
    composed = compose(bulletin, form="markdown")
    assert r"| 2 | \|丙\| | 整改18处 |" in composed
    assert differences(bulletin, read(composed)) == []


def test_words_quoted_with_stars_come_back_without_them() -> None:
    bulletin = read("# 关于整改情况的通报\n\n问题已**完成**整改。\n")
    again = read(compose(bulletin, form="markdown"))
    assert differences(bulletin, again) == ["claims[0].text: 问题已**完成**整改 ≠ 问题已完成整改"]


def test_the_time_is_linear() -> None:
    def seconds(times: int) -> float:
        bulletin = read((HERE / "documents" / "qinghe-daxue.txt").read_text(encoding="utf-8") * times)
        began = process_time()
        compose(bulletin, form="markdown")
        return process_time() - began

    assert min(seconds(40) for _ in range(3)) < 8 * max(min(seconds(10) for _ in range(3)), 0.001)


def test_lines_that_a_page_broke_are_whole_again() -> None:
    path = HERE / "documents" / "lanjiang-2026.txt"
    lines = compose(read(path.read_bytes().decode())).splitlines()
    assert max(map(len, lines)) > 200
    assert not [line for line in lines if line.endswith("，")]


# ---- without paragraphs ----

OPENING = (
    "按照六届市委第三轮巡察部署，2025年3月1日至5月20日，市委第一巡察组对浅滩县开展了巡察。"
    "2025年7月11日，向浅滩县反馈了巡察意见。现将有关情况予以公布。"
)


def test_a_bulletin_without_paragraphs_is_set_out_in_the_official_order() -> None:
    assert compose(made()).splitlines() == [
        "中共浅滩县委关于巡察整改进展情况的通报",
        OPENING,
        "一、组织领导情况",
        "二、反馈问题整改情况",
        "（一）河道管护不到位",
        "牵头领导：张三",
        "责任单位：水务局、林业局",
        "完成时限：2026年6月底",
        "整改状态：已完成整改",
        "整改完成情况：",
        "1.修订巡河办法。",
        "2.安装探头286个。",
        "（二）资金拨付滞后",
        "整改状态：正在整改",
        "联系电话：0999-1234567；电子邮箱：zgb@qiantan.example。",
        "中共浅滩县委",
        "2026年1月15日",
    ]


@pytest.mark.parametrize("form", FORMS)
def test_what_was_set_out_reads_as_the_structure_it_came_from(form: Form) -> None:
    bulletin, again = made(), read(compose(made(), form=form))
    assert (again.title, again.issuer, again.issued_on) == (
        bulletin.title,
        bulletin.issuer,
        bulletin.issued_on,
    )
    assert again.contact == bulletin.contact
    assert again.inspection == bulletin.inspection
    assert [(f.path, f.title, f.status, f.status_class) for f in again.findings] == [
        (f.path, f.title, f.status, f.status_class) for f in bulletin.findings
    ]
    first = again.findings[0]
    assert [m.path for m in first.measures] == ["二（一）1", "二（一）2"]
    assert first.assignment
    assert (first.assignment.lead_official, first.assignment.responsible_units, first.assignment.due) == (
        "张三", ("水务局", "林业局"), "2026年6月底",
    )  # fmt: skip


def test_findings_that_no_section_holds_are_numbered_by_their_path() -> None:
    bulletin = replace(made(), sections=())
    assert [line for line in compose(bulletin).splitlines() if line.startswith("（")] == [
        "（一）河道管护不到位",
        "（二）资金拨付滞后",
    ]


def test_the_openings_of_the_samples_say_their_inspections() -> None:
    """Not all: an audit bureau (审计局) that is its own team reads as authority only; 巡視 beside simplified prose keeps its signs."""
    said: list[bool] = []
    for path in DOCUMENTS:
        inspection = read(path.read_bytes().decode("utf-8")).inspection
        again = read(f"关于整改情况的通报\n{opening(inspection) or ''}\n").inspection
        told = [(value, getattr(again, name)) for name, value in asdict(inspection).items() if value]
        said += [value == repeated for value, repeated in told]
    assert sum(said) >= 0.95 * len(said) > 0


@pytest.mark.parametrize(
    ("inspection", "said"),
    [
        (Inspection(), None),
        (Inspection("审计"), None),
        (Inspection("审计", feedback_on="2025-07-11"), "2025年7月11日，反馈了审计意见。"),
        (Inspection("巡察", "县委", started_on="2025-03"), "按照县委部署，2025年3月，开展了巡察。"),
        (
            Inspection("检查", "省厅", "第三检查组", None, "甲市", "2024-12-30", "2025-01-05"),
            "按照省厅部署，2024年12月30日至2025年1月5日，第三检查组对甲市开展了检查。",
        ),
        (Inspection(None, team="市委第一巡察组"), "市委第一巡察组开展了检查。"),
    ],
)
def test_the_opening_says_what_is_known(inspection: Inspection, said: str | None) -> None:
    assert opening(inspection) == (said and said + "现将有关情况予以公布。")


def test_what_is_no_date_stays() -> None:
    assert [day("2026-01-05"), day("2026-01"), day("近日"), day(None)] == [
        "2026年1月5日",
        "2026年1月",
        "近日",
        "",
    ]


def test_an_empty_bulletin_is_an_empty_document() -> None:
    assert compose(read("")) == compose(read(""), form="markdown") == ""


# ---- comparing ----


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ("整改18处隐患。", "quantities[0].value: 17 ≠ 18"),
        ("整改17处隐患。印发《办法》。", "citations: 0项 ≠ 1项"),
        ("一、整改17处隐患。", "quantities[0].path:"),
    ],
)
def test_a_difference_is_named(other: str, named: str) -> None:
    assert [line for line in differences(read("整改17处隐患。"), read(other)) if line.startswith(named)]


def test_places_are_no_difference() -> None:
    assert differences(read("整改17处隐患。"), read("\n\n 整 改 17 处隐患。")) == []


def test_a_number_alone_takes_no_marked_heading_for_its_title() -> None:
    assert [block.text for block in read("一、\n\n## 二、情况\n\n召开会议，\n\n#1机组检修。\n").blocks] == [
        "一、",
        "二、情况",
        "召开会议，#1机组检修。",
    ]
