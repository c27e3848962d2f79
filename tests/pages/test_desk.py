import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import USUAL, F, Made, enter, of_kind
from tests.pages.strangers import check_strangers, part, statements
from zhenggai.evidence import store
from zhenggai.ledger.actions.deciding import accept
from zhenggai.ledger.imports import acceptable, read_file
from zhenggai.ledger.models import Proposal, Reading
from zhenggai.ledger.states import Kind, ProposalState
from zhenggai.parties.models import Post
from zhenggai.web.desk import paper, sources


def url_of(reading: Reading) -> str:
    return reverse("web:desk", args=[reading.pk])


def words(page: str) -> str:
    """The words of a page, without tags and blanks."""
    return "".join(html.unescape(re.sub(r"<[^>]+>", "", page)).split())


def test_strangers(at_stranger: Client, reading: Reading):
    check_strangers(at_stranger, url_of(reading))


def test_unknown_reading(at_office: Client):
    assert at_office.get(reverse("web:desk", args=[404])).status_code == 404


def test_unknown_item(at_office: Client, reading: Reading):
    assert at_office.get(url_of(reading), {"item": 10**9}).status_code == 404


def test_an_item_of_another_reading_is_unknown_here(at_office: Client, office: Post, reading: Reading):
    other = enter(Made(USUAL[:1]), by=office, name="other.txt")
    assert at_office.get(url_of(reading), {"item": other.proposals.first().pk}).status_code == 404


def test_wrong_method(at_office: Client, reading: Reading):
    assert at_office.post(url_of(reading)).status_code == 405


def test_the_whole_text_is_there(at_office: Client, reading: Reading):
    page = at_office.get(url_of(reading)).content.decode()
    shown = page.split('id="paper"', 1)[1].split(">", 1)[1].split("</div>\n", 1)[0]
    text = store.get(reading.document.text_sha256).decode()
    assert "".join(text.split()) in words(shown)


def test_every_item_stands_on_both_sides(at_office: Client, reading: Reading):
    page = at_office.get(url_of(reading)).content.decode()
    for item in reading.proposals.all():
        assert f'id="n-{item.pk}"' in page
        if item.span_start is not None:
            assert f'id="m-{item.pk}"' in page


def test_choosing_is_a_plain_link_and_marks_both_sides(at_office: Client, reading: Reading):
    figure = of_kind(reading, Kind.FIGURE)[0]
    page = at_office.get(url_of(reading)).content.decode()
    assert f'href="{url_of(reading)}?item={figure.pk}#m-{figure.pk}"' in page
    chosen = at_office.get(url_of(reading), {"item": figure.pk}).content.decode()
    assert chosen.count('aria-current="true"') == page.count('aria-current="true"') + 2
    assert "清理违建：12处" in words(chosen.split('id="detail-title"')[1])


def test_the_detail_says_what_was_read_and_by_whom(at_office: Client, reading: Reading):
    measure = of_kind(reading, Kind.MEASURE)[0]
    page = words(at_office.get(url_of(reading), {"item": measure.pk}).content.decode())
    assert "完善河长巡查办法并按月通报" in page
    assert "整改办岗甲：读入文件" in page


def test_areas_hold_findings_hold_measures(at_office: Client, reading: Reading):
    page = at_office.get(url_of(reading)).content.decode()
    places = [page.index(f'id="n-{item.pk}"') for item in _first_branch(reading)]
    assert places == sorted(places)


def _first_branch(reading: Reading) -> list[Proposal]:
    return [of_kind(reading, kind)[0] for kind in (Kind.AREA, Kind.FINDING, Kind.MEASURE)]


@pytest.mark.parametrize(
    ("query", "there", "gone"),
    [
        ({"show": "open"}, Kind.FIGURE, None),
        ({"kind": "figure"}, Kind.FIGURE, Kind.ORGANISATION),
        ({"kind": "organisation"}, Kind.ORGANISATION, Kind.FIGURE),
        ({"show": "changed"}, None, Kind.FIGURE),
        ({"show": "nonsense", "kind": "nonsense", "page": "-3"}, Kind.FIGURE, None),
    ],
)
def test_filters(at_office: Client, reading: Reading, query: dict, there: Kind | None, gone: Kind | None):
    page = at_office.get(url_of(reading), query).content.decode()
    if there:
        assert f'id="n-{of_kind(reading, there)[0].pk}"' in page
    if gone:
        assert f'id="n-{of_kind(reading, gone)[0].pk}"' not in page


def test_a_filter_that_finds_nothing_says_so(at_office: Client, reading: Reading):
    assert "没有符合条件的条目" in at_office.get(url_of(reading), {"show": "changed"}).content.decode()


def test_decided_items_leave_the_open_ones(at_office: Client, office: Post, reading: Reading):
    accept(proposals=acceptable(reading), by=office)
    page = at_office.get(url_of(reading), {"show": "open"}).content.decode()
    assert "没有符合条件的条目" in page
    assert "已核完" in page


def test_an_edition_shows_its_differences(at_office: Client, office: Post, reading: Reading):
    accept(proposals=acceptable(reading), by=office)
    later = _second(office, reading)
    changed = later.proposals.get(kind=Kind.FIGURE.value, match="changed")
    page = at_office.get(url_of(later), {"item": changed.pk}).content.decode()
    assert "与第 1 版的差异" in page
    assert "<del>12</del>" in page
    assert "<ins>15</ins>" in page
    assert "维持原内容" in page


def test_what_is_missing_is_listed_with_its_own_desk(at_office: Client, office: Post, reading: Reading):
    later = _second(office, reading)
    page = at_office.get(url_of(later)).content.decode()
    assert "新版中未见" in page
    assert f"{url_of(reading)}?item={later.missing[0]}#m-{later.missing[0]}" in page


def test_an_older_edition_leads_to_the_newest(at_office: Client, office: Post, reading: Reading):
    later = _second(office, reading)
    assert "这不是最新的一版" not in at_office.get(url_of(later)).content.decode()
    page = at_office.get(url_of(reading)).content.decode()
    assert "这不是最新的一版，台账以第 2 版为准。" in page
    assert f'href="{url_of(later)}"' in page


def test_a_doubtful_item_offers_what_it_might_be(at_office: Client, office: Post, reading: Reading):
    doubtful = _doubtful(office, reading)
    page = at_office.get(url_of(doubtful.reading), {"item": doubtful.pk}).content.decode()
    assert "这一条与前一版的哪一条是同一项？" in page
    assert f'value="{doubtful.candidates[0]}"' in page
    assert "请先认定" in page


def test_leftovers_are_told_with_their_reason(at_office: Client, office: Post):
    made = Made(USUAL)
    start = made.text.index("12处")
    made.result["leftovers"] = [{"text": "12", "reason": "不知所指的数字", "span": [start, start + 2]}]
    reading = enter(made, by=office)
    page = at_office.get(url_of(reading)).content.decode()
    assert "不知所指的数字" in page
    assert f'href="#l-{start}"' in page
    assert f'id="l-{start}"' in page


def test_a_reader_sees_greyed_buttons_and_why(at_reader: Client, reading: Reading):
    item = of_kind(reading, Kind.FIGURE)[0]
    page = at_reader.get(url_of(reading), {"item": item.pk}).content.decode()
    detail = page.split('id="detail"')[1]
    assert "<form" not in detail.split("快捷键")[0].split('id="keys"')[0]
    assert detail.count("disabled") >= 3
    assert 'id="why-not"' in detail
    assert "“采纳”须由整改办办理" in detail


@pytest.mark.parametrize(("name", "opening"), [("ledger", '<div class="ledger"'), ("detail", "<section")])
def test_htmx_gets_the_part_it_asks_for(at_office: Client, reading: Reading, name: str, opening: str):
    answer = at_office.get(url_of(reading), {"item": of_kind(reading, Kind.FIGURE)[0].pk}, headers=part(name))
    text = answer.content.decode()
    assert text.lstrip().startswith(opening)
    assert f'id="{name}"' in text
    assert 'id="paper"' not in text
    assert 'hx-swap-oob="innerHTML:#messages"' in text


def test_an_unknown_part_is_the_whole_page(at_office: Client, reading: Reading):
    assert "<html" in at_office.get(url_of(reading), headers=part("something")).content.decode()


def test_the_number_of_statements_does_not_grow(at_office: Client, office: Post):
    few = enter(Made(_findings(3)), by=office, name="few.txt")
    many = enter(Made(_findings(300)), by=office, name="many.txt")
    assert many.proposals.count() > 900

    def at(reading: Reading) -> str:
        return f"{url_of(reading)}?item={of_kind(reading, Kind.FIGURE)[-1].pk}"

    statements(at_office, at(few))
    assert statements(at_office, url_of(many)) == statements(at_office, url_of(few))
    assert statements(at_office, at(many)) == statements(at_office, at(few))


def test_a_long_document_is_shown_by_windows(
    at_office: Client, office: Post, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(paper, "CHARACTERS", 200)
    monkeypatch.setattr(paper, "LONGEST", 100)
    sources._load.cache_clear()
    reading = enter(Made(_findings(40)), by=office)
    text, seen, url = store.get(reading.document.text_sha256).decode(), "", url_of(reading)
    nodes: set[str] = set()
    while url:
        page = at_office.get(url)
        desk = page.context["desk"]
        seen += re.sub(r"<[^>]+>", "", str(desk.document))
        nodes |= set(re.findall(r'id="n-(\d+)"', page.content.decode()))
        url = desk.pages.next
    assert "".join(html.unescape(seen).split()) == "".join(text.split())
    assert nodes == {str(pk) for pk in reading.proposals.values_list("pk", flat=True)}
    last = reading.proposals.exclude(span_end=None).order_by("-span_end")[0]
    assert f'id="m-{last.pk}"' in at_office.get(url_of(reading), {"item": last.pk}).content.decode()
    sources._load.cache_clear()


@pytest.mark.parametrize(
    "text",
    [
        "没有编号的一句话。",
        "<script>alert(1)</script>&amp;《a》12个",
        "\ufeff一、\r\n二、\x0c",
        "一" * 30_000,
        "1 2\n" * 900,
    ],
)
def test_any_text_has_a_desk(at_office: Client, office: Post, text: str):
    reading = read_file(name="odd.txt", data=text.encode(), by=office).reading
    answer = at_office.get(url_of(reading))
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_a_damaged_store_is_told_in_a_sentence(at_office: Client, reading: Reading):
    sources._load.cache_clear()
    store.path_of(reading.document.text_sha256).unlink()
    answer = at_office.get(url_of(reading))
    assert answer.status_code == 409
    assert "请从备份恢复" in answer.content.decode()


def _findings(number: int) -> list[F]:
    return [
        F(f"第{index}个问题", [f"办理第{index}件"], [("事项", str(index), "件")])
        for index in range(1, number + 1)
    ]


def _second(office: Post, reading: Reading) -> Reading:
    first, second, _third = USUAL
    later = F(
        first.title,
        first.measures,
        [("清理违建", "15", "处"), first.figures[1]],
        first.documents,
        first.claims,
        first.area,
    )
    return enter(Made([later, second]), by=office, inspection=reading.inspection, name="second.txt")


def _doubtful(office: Post, reading: Reading) -> Proposal:
    first, second, third = USUAL
    other = F("节水工作抓得不紧", area=second.area)
    similar = F(
        "治水护河责任压得不实", first.measures, first.figures, first.documents, first.claims, first.area
    )
    made = Made([other, second, third, similar])
    later = enter(made, by=office, inspection=reading.inspection, name="similar.txt")
    return later.proposals.get(match="unsure")


def test_states_are_told_by_sign_and_word(at_office: Client, office: Post, reading: Reading):
    accept(proposals=of_kind(reading, Kind.FIGURE)[:1], by=office)
    page = at_office.get(url_of(reading)).content.decode()
    for state, glyph in ((ProposalState.ACCEPTED, "✓"), (ProposalState.OPEN, "○")):
        assert f'aria-hidden="true">{glyph}</span><span class="unseen">{state.label}</span>' in page
