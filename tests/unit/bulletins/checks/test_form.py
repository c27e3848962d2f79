"""要件、空缺和公文自查."""

from __future__ import annotations

import pytest

import gongwen
from tests.unit.bulletins.checks.drafts import FOOT, HEAD, draft, troubles, words
from zhenggai.bulletins.checks import CATALOGUE, blocking, check
from zhenggai.bulletins.states import Audience, Severity

BODY = "一、总体情况\n县委高度重视巡察整改工作，逐项研究落实。"
WHOLE = HEAD + BODY + FOOT


def codes(text: str, audience: Audience = Audience.PUBLIC) -> list[str]:
    return [
        t.code
        for t in troubles(
            draft(text, audience=audience), "document", "title", "issuer", "date", "contact", "text"
        )
    ]


@pytest.mark.parametrize("text", ["", " \n　\n"])
def test_an_empty_draft_is_only_empty(text: str) -> None:
    (trouble,) = check(draft(text))
    assert (trouble.code, trouble.place) == ("document.empty", None)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        (WHOLE, []),
        (BODY + FOOT, ["title.missing"]),
        (
            WHOLE.replace("中共甲县委\n2026年5月15日", "2026年5月15日").replace("中共甲县委关于", "关于"),
            ["issuer.missing"],
        ),
        (WHOLE.replace("\n2026年5月15日", ""), ["date.missing"]),
        (HEAD + BODY + "\n中共甲县委\n2026年5月15日", ["contact.missing"]),
    ],
)
def test_what_every_document_has(text: str, missing: list[str]) -> None:
    assert codes(text) == missing


def test_an_internal_document_needs_no_contact() -> None:
    assert codes(HEAD + BODY + "\n中共甲县委\n2026年5月15日", Audience.INTERNAL) == []


@pytest.mark.parametrize(
    "gap",
    [
        "\u3014待补\u3015",
        "（待填写）",
        "【请填写责任单位】",
        "待填",
        "待补充",
        "××",
        "××市",
        "XX个",
        "____",
        "[待核实]",
    ],
)
def test_gaps_of_the_template(gap: str) -> None:
    made = draft(WHOLE.replace("逐项研究", f"{gap}研究"))
    found = troubles(made, "text.gap")
    assert found
    assert words(made, found[0].place) in gap
    assert found[0].severity == Severity.ERROR


@pytest.mark.parametrize(
    "text",
    ["对张××、李×等人立案审查", "等待填报单位确认", "兑现期待补助资金", "整改台账", "2×3米", "期待补齐短板"],
)
def test_what_is_no_gap(text: str) -> None:
    assert codes(WHOLE.replace("逐项研究", text)) == []


REMARKED = [
    ("反馈问题40个，分别为思想类18个、作风类12个、廉政类9个。", "total.sum", Severity.ERROR),
    ("反馈问题40个，已完成34个，完成率90%。", "percent.counts", Severity.ERROR),
    ("2025年6月31日，县委召开常委会会议。", "date.impossible", Severity.ERROR),
    ("县委\ufffd\ufffd高度重视。", "text.damage", Severity.HINT),
]


@pytest.mark.parametrize(("text", "code", "severity"), REMARKED)
def test_what_the_library_remarks_is_told_at_its_place(text: str, code: str, severity: Severity) -> None:
    made = draft(WHOLE.replace("县委高度重视巡察整改工作", text))
    (trouble,) = troubles(made, f"gongwen.{code}")
    remark = next(remark for remark in gongwen.check(made.reading) if remark.code == code)
    assert (trouble.severity, trouble.sentence) == (severity, remark.message)
    assert words(made, trouble.place) == made.text[remark.span.start : remark.span.end]
    assert trouble.remedy != "请核对。"


def test_only_errors_stand_in_the_way() -> None:
    found = check(draft(WHOLE.replace("县委高度重视巡察整改工作", REMARKED[0][0] + REMARKED[3][0])))
    assert {t.severity for t in found} > {Severity.ERROR}
    assert blocking(found) == [t for t in found if t.severity == Severity.ERROR]


def test_every_trouble_is_in_the_catalogue_and_says_what_to_do() -> None:
    found = check(draft("".join(text for text, _, _ in REMARKED)))
    assert found
    for trouble in found:
        assert trouble.code in CATALOGUE
        assert trouble.sentence.endswith("。")
        assert trouble.remedy.endswith("。")
