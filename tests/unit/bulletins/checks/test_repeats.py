"""段落雷同: against earlier editions, and within a draft."""

from __future__ import annotations

import pytest

from tests.unit.bulletins.checks.drafts import draft, troubles
from zhenggai.bulletins.facts import Earlier

LONG = "县委先后召开常委会会议7次、专题调度会21次，逐项研究整改措施，建立问题、任务、责任、时限四张清单，实行挂图作战、销号管理，推动整改任务落地见效。"
NEW = "围绕基层治理短板，全县新建村级议事点12处，调整村干部38名，办理群众诉求1260件，回访满意度达到96%，矛盾纠纷同比明显下降，群众获得感不断增强。"


def earlier(*paragraphs: str, number: int = 1) -> Earlier:
    return Earlier("JX-2025", number, "关于巡察整改进展情况的通报", paragraphs)


@pytest.mark.parametrize(
    ("paragraph", "repeated"),
    [
        (LONG, True),
        (LONG.replace("7次", "9次").replace("21次", "26次"), True),  # only the numbers are new
        (LONG.replace("挂图作战、", ""), True),
        (LONG.replace("，", "、"), True),
        (NEW, False),
        ("县委召开常委会会议7次。", False),
        (LONG[:40] + NEW[:60], False),
    ],
)
def test_against_an_earlier_edition(paragraph: str, repeated: bool) -> None:  # noqa: FBT001
    found = troubles(draft(paragraph, earlier=[earlier("一、总体情况", LONG)]), "paragraph.repeated")
    assert len(found) == repeated
    assert all("第1版" in t.sentence and "第2段" in t.sentence for t in found)


def test_the_latest_edition_is_named() -> None:
    made = draft(LONG, earlier=[earlier(LONG), earlier(LONG, number=2)])
    (trouble,) = troubles(made, "paragraph.repeated")
    assert "第2版" in trouble.sentence


def test_a_correction_repeats_by_nature() -> None:
    assert troubles(draft(LONG, earlier=[earlier(LONG)], replaces=True), "paragraph.repeated") == []


def test_contact_lines_rows_and_signatures_repeat_by_nature() -> None:
    contact = "联系电话：0999-6620418；邮政信箱：甲县人民路1号甲县县委巡察整改工作领导小组办公室，邮编999100；电子邮箱：zgb@jiaxian.example。"
    assert troubles(draft(contact, earlier=[earlier(contact)]), "paragraph.repeated") == []


def test_within_a_draft_once_and_never_twice_with_the_library() -> None:
    near = LONG.replace("推动整改任务落地见效", "推动各项整改任务落地见效").replace("逐项研究", "逐条研究")
    made = draft(f"{LONG}\n{NEW}\n{near}")
    (trouble,) = troubles(made, "paragraph")
    assert trouble.place is not None
    assert trouble.place.line == 2
    assert trouble.related[0].line == 0
    twice = troubles(draft(f"{LONG}\n{NEW}\n{LONG}"), "paragraph", "gongwen.paragraph.twice")
    assert [t.code for t in twice] == ["gongwen.paragraph.twice"]


def test_numbers_alone_make_no_new_paragraph() -> None:
    text = "新建站点{}处、改造管网{}公里、清退资金{}万元、约谈{}人、立案{}件、办结{}件、回访{}户、培训{}人次，各项工作有序推进。"
    old, new = (
        text.format(*[12, 345, 6780, 91, 23, 45, 678, 910]),
        text.format(*[7, 8, 9000.5, 1234, 5, 6, 71, 2]),
    )
    assert len(troubles(draft(new, earlier=[earlier(old)]), "paragraph.repeated")) == 1
    assert troubles(draft(f"{old}\n{new}"), "paragraph.within") == []
