"""检查意见 and 存疑 at the desk: beside the text, in the ledger, with the chosen item."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import F, Made, enter
from tests.pages.strangers import check_strangers, part
from zhenggai.evidence.models import SourceDocument
from zhenggai.ledger.models import Reading
from zhenggai.ledger.states import Kind
from zhenggai.parties.models import Post
from zhenggai.web.desk.doubts import doubts_of
from zhenggai.web.desk.paper import Piece
from zhenggai.web.desk.remarks import Severities, asides_html, beside, remarks_of

EVIL = '共<b onclick="x">&'


def remark(
    start: int, end: int, severity: str = "error", message: str = "合计不符。", related: Any = ()
) -> dict[str, Any]:
    return {
        "code": "total.sum",
        "severity": severity,
        "message": message,
        "span": [start, end],
        "related": related,
    }


def remarks(*entries: dict[str, Any]) -> list[Any]:
    return list(remarks_of({"remarks": entries}))


@pytest.fixture
def made() -> Made:
    """A bulletin in which one figure cannot be right and the other's period was concluded."""
    document = Made(
        [F("管护不力", figures=[("问题", "17", "个"), ("隐患", "9", "处")], documents=[("河长办法", "new")])]
    )
    wrong, concluded = document.result["quantities"]
    document.result["remarks"] = [remark(*wrong["span"], message="所列各项之和为16个，与合计17个不符。")]
    concluded |= {"period": "2025年", "inferred": True}
    return document


@pytest.fixture
def reading(made: Made, office: Post) -> Reading:
    return enter(made, by=office)


def page_of(client: Client, reading: Reading, **query: Any) -> str:
    answer = client.get(reverse("web:desk", args=[reading.pk]), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_remark_stands_beside_its_paragraph_and_in_the_ledger(at_office: Client, reading: Reading):
    page = page_of(at_office, reading)
    assert page.count('<aside class="remark remark-error" id="r-1">') == 1
    assert (
        page.count("所列各项之和为16个，与合计17个不符。") == 3
    )  # beside the text, on the words, in the ledger
    assert 'href="#r-1"' in page


def test_the_total_that_does_not_add_up_is_marked_in_text_and_ledger(at_office: Client, reading: Reading):
    page = page_of(at_office, reading)
    wrong, concluded = reading.proposals.filter(kind=Kind.FIGURE.value).order_by("position")
    (link,) = re.findall(rf'<a[^>]* id="m-{wrong.pk}"[^>]*>', page)
    assert "m-remark-error" in link
    assert 'badge-error">有误' in node(page, wrong.pk)
    assert "badge" not in node(page, concluded.pk)


def node(page: str, item: int) -> str:
    """The ledger's line about an item."""
    return page.split(f'id="n-{item}"', 1)[1].split("</a>", 1)[0]


def test_a_figure_shows_its_period_and_that_it_was_concluded(at_office: Client, reading: Reading):
    concluded = reading.proposals.filter(kind=Kind.FIGURE.value).order_by("position")[1]
    line = node(page_of(at_office, reading), concluded.pk)
    assert "2025年" in line
    assert "时期未写明，按上文推断" in line
    assert "m-doubt" in page_of(at_office, reading)


def test_the_chosen_item_tells_what_is_wrong_with_it(at_office: Client, reading: Reading):
    wrong, concluded = reading.proposals.filter(kind=Kind.FIGURE.value).order_by("position")
    for item, words in ((wrong, "与合计17个不符"), (concluded, "时期未写明，按上文推断")):
        answer = at_office.get(
            reverse("web:desk", args=[reading.pk]), {"item": item.pk}, headers=part("detail")
        ).content.decode()
        assert words in answer


def test_a_reading_without_remarks_has_none(at_office: Client, office: Post):
    page = page_of(at_office, enter(Made([F("无误")]), by=office))
    assert "检查意见" not in page
    assert "<aside" not in page


def test_notes_of_the_file_and_its_format(at_office: Client, office: Post, made: Made):
    made.result |= {"format": "pdf", "notes": ["含2张图片，其中文字未读取。"]}
    page = page_of(at_office, enter(made, by=office))
    assert "含2张图片，其中文字未读取。" in page
    assert "PDF" in page.split("</header>")[1]


# --- the original ---


def test_the_original_is_saved_and_never_shown(at_office: Client, reading: Reading, made: Made):
    answer = at_office.get(reverse("web:original", args=[reading.document_id]))
    assert answer.content == made.data
    assert answer["Content-Type"] == "application/octet-stream"
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_the_original_is_not_for_strangers(at_stranger: Client, reading: Reading):
    check_strangers(at_stranger, reverse("web:original", args=[reading.document_id]))


def test_unknown_original(at_office: Client):
    assert not SourceDocument.objects.exists()
    assert at_office.get(reverse("web:original", args=[1])).status_code == 404


# --- plain data ---


def test_remarks_are_numbered_in_the_order_of_the_text():
    found = remarks(remark(30, 40), remark(10, 12, "hint"))
    assert [(r.number, r.start, r.anchor) for r in found] == [(1, 10, "r-1"), (2, 30, "r-2")]


def test_each_remark_stands_beside_one_piece():
    pieces = [Piece("text", 0, 10), Piece("text", 10, 20), Piece("text", 20, 30)]
    placed = beside(pieces, remarks(remark(9, 15), remark(10, 11), remark(29, 30)))
    assert {index: [r.number for r in found] for index, found in placed.items()} == {0: [1], 1: [2], 2: [3]}


def test_what_a_remark_says_is_escaped():
    html = asides_html(remarks(remark(0, 4, message=EVIL)))
    assert "<b" not in html
    assert "&lt;b onclick=&quot;x&quot;&gt;&amp;" in html


@pytest.mark.parametrize(
    ("span", "severity"),
    [
        ((10, 14), "error"),  # the place itself
        ((12, 14), "error"),  # half of it
        ((50, 54), "warning"),  # what it contradicts
        ((14, 18), ""),  # behind it
        ((6, 10), ""),  # before it
        ((101, 103), ""),  # a figure somewhere inside a paragraph that is remarked on as a whole
        ((None, None), ""),  # an item without a place
    ],
)
def test_the_worst_severity_about_a_place(span: tuple[int | None, int | None], severity: str):
    found = remarks(
        remark(10, 14), remark(10, 14, "hint"), remark(40, 44, "warning", related=[[50, 54]]), remark(90, 200)
    )
    assert Severities(found).at(*span) == severity


@pytest.mark.parametrize(
    ("entry", "reason"),
    [
        ({"inferred": True}, "时期未写明，按上文推断"),
        ({"confidence": "0.82"}, "识别可信度 82%，请对照原件"),
        ({"inferred": True, "confidence": "0.5"}, "时期未写明，按上文推断；识别可信度 50%，请对照原件"),
        ({"inferred": False, "confidence": "0.97"}, ""),
        ({"confidence": None}, ""),
        ({}, ""),
    ],
)
def test_doubts(entry: dict[str, Any], reason: str):
    doubts = doubts_of({"quantities": [{"span": [3, 6], **entry}]})
    assert doubts.reason(3, 6) == reason
    assert [mark.note for mark in doubts.marks(0, 10)] == ([reason] if reason else [])


def test_a_figures_mark_tells_what_it_counts_and_when(at_office: Client, reading: Reading):
    concluded = reading.proposals.filter(kind=Kind.FIGURE.value).order_by("position")[1]
    (link,) = re.findall(rf'<a[^>]* id="m-{concluded.pk}"[^>]*>', page_of(at_office, reading))
    (title,) = re.findall(r'title="([^"]*)"', link)
    assert title.split("；") == ["时期未写明，按上文推断", "隐患：9处 · 2025年"]
