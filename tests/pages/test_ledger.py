import json

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import USUAL, F, Made, enter, of_kind
from tests.pages.strangers import check_strangers, part, statements
from zhenggai.ledger.actions.deciding import accept, reject
from zhenggai.ledger.imports import acceptable
from zhenggai.ledger.models import Reading
from zhenggai.ledger.states import Kind
from zhenggai.parties.models import Post
from zhenggai.web import standing


def url_of(reading: Reading, section: str = "") -> str:
    url = reverse("web:ledger", args=[reading.inspection.code])
    return f"{url}?section={section}" if section else url


@pytest.fixture
def decided(office: Post, reading: Reading) -> Reading:
    """The bulletin with everything accepted."""
    accept(proposals=acceptable(reading), by=office)
    return reading


def test_strangers(at_stranger: Client, reading: Reading):
    check_strangers(at_stranger, url_of(reading))
    check_strangers(at_stranger, reverse("web:export", args=[reading.inspection.code, "json"]))


def test_unknown_inspection(at_office: Client):
    assert at_office.get(reverse("web:ledger", args=["1999-XS-01"])).status_code == 404
    assert at_office.get(reverse("web:export", args=["1999-XS-01", "json"])).status_code == 404


def test_wrong_method(at_office: Client, reading: Reading):
    assert at_office.post(url_of(reading)).status_code == 405
    assert at_office.post(reverse("web:export", args=[reading.inspection.code, "json"])).status_code == 405


def test_what_is_not_decided_is_not_in_the_ledger(at_office: Client, reading: Reading):
    page = at_office.get(url_of(reading)).content.decode()
    assert "这一部分还没有内容" in page
    assert f"还有 {reading.proposals.count()} 条待核" in page
    assert reverse("web:desk", args=[reading.pk]) + "?show=open" in page
    assert USUAL[0].title not in page


@pytest.mark.parametrize(
    ("section", "there"),
    [
        ("findings", ["治水护河责任落实不严", "生态环境方面", "完善河长巡查办法并按月通报", "据报已落实"]),
        ("results", ["《浅溪县河长巡查办法》", "《浅溪县学前教育规划》"]),
        ("documents", ["这一部分还没有内容"]),
        ("figures", ["清理违建", "12", "复绿岸坡", "3.5"]),
        ("claims", ["沿河违建已全部清理", "完成整改", "治水护河责任落实不严"]),
        ("editions", ["第 1 版", "关于巡察整改进展情况的通报", "已核完"]),
        ("nonsense", ["治水护河责任落实不严"]),
    ],
)
def test_sections(at_office: Client, decided: Reading, section: str, there: list[str]):
    page = at_office.get(url_of(decided, section)).content.decode()
    for words in there:
        assert words in page


@pytest.mark.parametrize(
    ("section", "kind"),
    [
        ("findings", Kind.FINDING),
        ("findings", Kind.MEASURE),
        ("figures", Kind.FIGURE),
        ("claims", Kind.CLAIM),
    ],
)
def test_each_row_leads_to_its_place(at_office: Client, decided: Reading, section: str, kind: Kind):
    item = of_kind(decided, kind)[0]
    page = at_office.get(url_of(decided, section)).content.decode()
    assert f"{reverse('web:desk', args=[decided.pk])}?item={item.pk}#m-{item.pk}" in page


def test_what_was_withdrawn_stays_and_says_so(at_office: Client, office: Post, decided: Reading):
    reject(proposals=of_kind(decided, Kind.CLAIM), reason="未经核实", by=office)
    page = at_office.get(url_of(decided, "claims")).content.decode()
    assert "沿河违建已全部清理" in page
    assert "is-withdrawn" in page
    assert "已撤回" in page


@pytest.mark.parametrize("form", ["json", "csv", "xlsx"])
def test_exports_are_attachments_that_a_reader_may_take(at_reader: Client, decided: Reading, form: str):
    answer = at_reader.get(reverse("web:export", args=[decided.inspection.code, form]))
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == f'attachment; filename="{decided.inspection.code}.{form}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer.content
    if form == "json":
        assert json.loads(answer.content)["inspection"]["code"] == decided.inspection.code


def test_an_unknown_form_is_refused(at_office: Client, decided: Reading):
    answer = at_office.get(reverse("web:export", args=[decided.inspection.code, "exe"]))
    assert answer.status_code == 404
    assert "可选" in answer.content.decode()


@pytest.mark.parametrize("section", [section.code for section in standing.Section])
def test_the_number_of_statements_does_not_grow(at_office: Client, office: Post, section: str):
    few, many = (_accepted(office, number) for number in (3, 100))
    assert statements(at_office, url_of(many, section)) == statements(at_office, url_of(few, section))


def test_pages_follow_the_key_and_miss_nothing(at_office: Client, office: Post):
    reading = _accepted(office, standing.SIZE + 7)
    first = at_office.get(url_of(reading)).context["part"]
    second = at_office.get(f"{url_of(reading)}?after={first.next_key}").context["part"]
    titles = [entry.row.title for entry in (*first.entries, *second.entries)]
    assert titles == [f"第{index}个问题" for index in range(1, standing.SIZE + 8)]
    assert second.next_key is None


def test_htmx_gets_the_section_alone(at_office: Client, decided: Reading):
    answer = at_office.get(url_of(decided, "figures"), headers=part("section")).content.decode()
    assert answer.lstrip().startswith('<div id="section"')


def test_a_reader_is_not_offered_to_read_in(at_reader: Client, decided: Reading):
    page = at_reader.get(url_of(decided)).content.decode()
    assert "读入新版" not in page


def _accepted(office: Post, number: int) -> Reading:
    made = Made(
        [
            F(f"第{index}个问题", [f"办理第{index}件"], [("事项", str(index), "件")], [(f"办法{index}", "new")],
              [(f"第{index}件已办结", "completed")])
            for index in range(1, number + 1)
        ]
    )  # fmt: skip
    reading = enter(made, by=office, name=f"{number}.txt")
    accept(proposals=acceptable(reading), by=office)
    return reading
