"""采纳、更正、不采纳、维持、认定、全部采纳 from the desk."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import USUAL, F, Made, enter, of_kind
from tests.pages.strangers import check_strangers, part
from zhenggai.journal.queries import head, history
from zhenggai.ledger.actions.deciding import accept
from zhenggai.ledger.imports import acceptable
from zhenggai.ledger.models import Finding, Proposal, Reading
from zhenggai.ledger.states import Kind, Match, ProposalState
from zhenggai.parties.models import Post
from zhenggai.web.desk import paper, sources

ACTS = ("accept", "correct", "reject", "keep", "identify")


def url_of(act: str, item: Proposal) -> str:
    return reverse(f"web:{act}", args=[item.reading_id, item.pk])


def desk_of(reading: Reading) -> str:
    return reverse("web:desk", args=[reading.pk])


@pytest.fixture
def figure(reading: Reading) -> Proposal:
    return of_kind(reading, Kind.FIGURE)[0]


@pytest.mark.parametrize("act", ACTS)
def test_strangers(at_stranger: Client, figure: Proposal, act: str):
    check_strangers(at_stranger, url_of(act, figure), method="post")
    check_strangers(at_stranger, reverse("web:accept_all", args=[figure.reading_id]), method="post")


@pytest.mark.parametrize("act", ACTS)
def test_wrong_method(at_office: Client, figure: Proposal, act: str):
    assert at_office.get(url_of(act, figure)).status_code == 405
    assert at_office.get(reverse("web:accept_all", args=[figure.reading_id])).status_code == 405


@pytest.mark.parametrize("act", ACTS)
def test_unknown_item(at_office: Client, reading: Reading, act: str):
    assert at_office.post(reverse(f"web:{act}", args=[reading.pk, 10**9])).status_code == 404
    assert at_office.post(reverse(f"web:{act}", args=[10**9, 1])).status_code == 404


@pytest.mark.parametrize("act", ["accept", "correct", "reject", "keep", "identify"])
def test_a_reader_is_refused_with_a_sentence_and_nothing_changes(
    at_reader: Client, figure: Proposal, act: str
):
    before = head()
    answer = at_reader.post(url_of(act, figure), {"same_as": "new"})
    assert answer.status_code == 403
    assert "须由整改办办理" in answer.content.decode()
    figure.refresh_from_db()
    assert (figure.state, head()) == (ProposalState.OPEN.value, before)


def test_a_reader_cannot_accept_all(at_reader: Client, reading: Reading):
    before = head()
    answer = at_reader.post(reverse("web:accept_all", args=[reading.pk]))
    assert answer.status_code == 403
    assert "须由整改办办理" in answer.content.decode()
    assert head() == before


def test_accepting_goes_on_to_the_next_open_item(at_office: Client, figure: Proposal):
    answer = at_office.post(url_of("accept", figure))
    figure.refresh_from_db()
    assert figure.state == ProposalState.ACCEPTED.value
    following = at_office.get(answer["Location"]).context["desk"].chosen
    assert following.pk != figure.pk
    assert following.state == ProposalState.OPEN.value


def test_the_filters_are_kept(at_office: Client, figure: Proposal):
    answer = at_office.post(url_of("accept", figure) + "?show=open&kind=figure")
    assert "show=open&kind=figure&item=" in answer["Location"]


def test_the_last_one_stays(at_office: Client, office: Post, reading: Reading, figure: Proposal):
    rest = [item for item in acceptable(reading) if item.pk != figure.pk]
    accept(proposals=rest, by=office)
    answer = at_office.post(url_of("accept", figure))
    assert answer["Location"].endswith(f"?item={figure.pk}#m-{figure.pk}")


def test_what_was_done_is_said(at_office: Client, figure: Proposal):
    page = at_office.post(url_of("accept", figure), follow=True).content.decode()
    assert "已采纳“清理违建：12处”。" in page


def test_a_measure_takes_its_finding_with_it(at_office: Client, reading: Reading):
    measure = of_kind(reading, Kind.MEASURE)[0]
    page = at_office.post(url_of("accept", measure), follow=True).content.decode()
    assert "及其上级，共 3 条" in page
    assert Finding.objects.filter(title=USUAL[0].title).exists()


def test_correcting_keeps_both_forms(at_office: Client, figure: Proposal):
    content = {**figure.payload, "applies_to": "甲、乙", "value": "13", "reason": "与台账核对", "kept": "1"}
    at_office.post(url_of("correct", figure), content)
    figure.refresh_from_db()
    assert figure.state == ProposalState.CORRECTED.value
    assert figure.payload["value"] == "12"
    assert figure.corrected is not None
    assert (figure.corrected["value"], figure.corrected["applies_to"]) == ("13", ["甲", "乙"])
    assert history(figure)[-1].reason == "与台账核对"
    page = at_office.get(desk_of(figure.reading), {"item": figure.pk}).content.decode()
    assert "<del>12</del>" in page
    assert "<ins>13</ins>" in page


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [("value", "十二", "不是数值"), ("label", "", "“名称”不能为空"), ("unit", "处" * 40, "最多 32 字")],
)
def test_an_impossible_correction_keeps_what_was_entered(
    at_office: Client, figure: Proposal, field: str, value: str, sentence: str
):
    content = {**figure.payload, "applies_to": "", "qualifier": "约", field: value, "kept": "1"}
    answer = at_office.post(url_of("correct", figure), content, headers=part("ledger"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="约"' in page
    assert '<details class="confirm" id="correct" open' in page
    figure.refresh_from_db()
    assert figure.state == ProposalState.OPEN.value


def test_rejecting_takes_what_is_below_along(at_office: Client, reading: Reading):
    finding = of_kind(reading, Kind.FINDING)[2]
    page = at_office.post(url_of("reject", finding), {"reason": "不属本次反馈"}, follow=True).content.decode()
    assert "共 3 条" in page
    assert history(finding)[-1].reason == "不属本次反馈"
    assert reading.proposals.filter(state=ProposalState.REJECTED.value).count() == 3


def test_a_refusal_stands_with_the_item(at_office: Client, office: Post, reading: Reading):
    accept(proposals=acceptable(reading), by=office)
    finding = of_kind(reading, Kind.FINDING)[0]
    answer = at_office.post(url_of("reject", finding))
    assert answer.status_code == 409
    assert "条已采纳的内容" in answer.content.decode()
    finding.refresh_from_db()
    assert finding.state == ProposalState.ACCEPTED.value


def test_accepting_twice_is_refused(at_office: Client, figure: Proposal):
    at_office.post(url_of("accept", figure))
    answer = at_office.post(url_of("accept", figure))
    assert answer.status_code == 409
    assert "不能再“采纳”" in answer.content.decode()


def test_accept_all(at_office: Client, reading: Reading):
    number = reading.proposals.count()
    page = at_office.post(reverse("web:accept_all", args=[reading.pk]), follow=True).content.decode()
    assert f"已采纳 {number} 条。" in page
    assert not reading.proposals.filter(state=ProposalState.OPEN.value).exists()


def test_accept_all_with_nothing_left_says_so(at_office: Client, reading: Reading):
    at_office.post(reverse("web:accept_all", args=[reading.pk]))
    answer = at_office.post(reverse("web:accept_all", args=[reading.pk]))
    assert answer.status_code == 409
    assert "没有可以办理的条目。" in answer.content.decode()


@pytest.fixture
def doubtful(office: Post, reading: Reading) -> Proposal:
    """A finding of a second edition that is only similar to one of the first."""
    accept(proposals=acceptable(reading), by=office)
    first, second, third = USUAL
    other = F("节水工作抓得不紧", area=second.area)
    similar = F(
        "治水护河责任压得不实", first.measures, first.figures, first.documents, first.claims, first.area
    )
    made = Made([other, second, third, similar])
    later = enter(made, by=office, inspection=reading.inspection, name="similar.txt")
    return later.proposals.get(match=Match.UNSURE.value)


def test_a_doubtful_item_waits_for_identification(at_office: Client, doubtful: Proposal):
    answer = at_office.post(url_of("accept", doubtful))
    assert answer.status_code == 409
    assert "请先认定" in answer.content.decode()


def test_accept_all_says_what_must_be_identified(at_office: Client, doubtful: Proposal):
    page = at_office.post(reverse("web:accept_all", args=[doubtful.reading_id]), follow=True).content.decode()
    assert "须先认定是否为前一版的条目" in page


@pytest.mark.parametrize(("choice", "match"), [("new", Match.NEW), ("first", Match.CHANGED)])
def test_identifying(at_office: Client, doubtful: Proposal, choice: str, match: Match):
    chosen = choice if choice == "new" else str(doubtful.candidates[0])
    answer = at_office.post(url_of("identify", doubtful), {"same_as": chosen}, follow=True)
    doubtful.refresh_from_db()
    assert doubtful.match == match.value
    assert "认定为" in answer.content.decode()


@pytest.mark.parametrize("choice", ["", "nonsense", "1"])
def test_identifying_needs_a_choice(at_office: Client, doubtful: Proposal, choice: str):
    answer = at_office.post(url_of("identify", doubtful), {"same_as": choice})
    assert answer.status_code == 409
    doubtful.refresh_from_db()
    assert doubtful.match == Match.UNSURE.value


def test_keeping_what_stands(at_office: Client, doubtful: Proposal):
    at_office.post(url_of("identify", doubtful), {"same_as": str(doubtful.candidates[0])})
    page = at_office.post(url_of("keep", doubtful), {"reason": "以原反馈为准"}, follow=True).content.decode()
    assert f"台账维持原内容“{USUAL[0].title}”。" in page
    assert Finding.objects.filter(title=USUAL[0].title).exists()


def test_htmx_gets_the_ledger_after_the_act(at_office: Client, figure: Proposal):
    answer = at_office.post(url_of("accept", figure), headers=part("ledger"), follow=True)
    assert answer.content.decode().lstrip().startswith('<div class="ledger"')
    assert "已采纳“清理违建：12处”。" in answer.content.decode()


def test_htmx_loads_the_page_when_the_next_item_is_on_another(
    at_office: Client, office: Post, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(paper, "CHARACTERS", 60)
    monkeypatch.setattr(paper, "LONGEST", 30)
    sources._load.cache_clear()
    made = Made([F(f"第{index}个问题", [], [("事项", str(index), "件")]) for index in range(1, 9)])
    reading = enter(made, by=office)
    first = of_kind(reading, Kind.FINDING)[0]
    accept(
        proposals=[p for p in acceptable(reading) if p.pk != first.pk and (p.span_start or 0) < 60], by=office
    )
    answer = at_office.post(url_of("accept", first), headers=part("ledger"))
    assert answer["HX-Redirect"].startswith(desk_of(reading))
    sources._load.cache_clear()


def test_a_refusal_leaves_the_reader_at_the_desk(at_reader: Client, figure: Proposal):
    answer = at_reader.post(url_of("accept", figure), headers=part("ledger"))
    assert answer["HX-Replace-Url"] == f"{desk_of(figure.reading)}?item={figure.pk}"
    page = at_reader.post(url_of("accept", figure)).content.decode()
    assert 'href="?' not in page
