import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import USUAL, Made, enter
from tests.pages.strangers import check_strangers, part, statements
from zhenggai.ledger.actions.reading import open_inspection
from zhenggai.ledger.models import Reading
from zhenggai.ledger.states import InspectionKind
from zhenggai.parties.models import Post
from zhenggai.web import keyset

URL = reverse("web:inspections")


def test_strangers(at_stranger: Client):
    check_strangers(at_stranger, URL)


def test_wrong_method(at_office: Client):
    assert at_office.post(URL).status_code == 405


def test_an_empty_list_says_what_to_do(at_office: Client):
    page = at_office.get(URL).content.decode()
    assert "还没有登记检查" in page
    assert reverse("web:new_reading") in page


def test_a_reader_is_told_who_may_read_in(at_reader: Client):
    page = at_reader.get(URL).content.decode()
    assert "disabled" in page
    assert "您当前的岗位是" in page


def test_a_line_names_the_inspection_and_what_waits(at_office: Client, reading: Reading):
    page = at_office.get(URL).content.decode()
    assert reading.inspection.code in page
    assert "中共浅溪县委" in page
    assert f"待核 {reading.proposals.count()} 条" in page
    assert reverse("web:desk", args=[reading.pk]) in page


def test_the_number_of_statements_does_not_grow(at_office: Client, office: Post):
    for number in range(3):
        enter(Made(USUAL), by=office, name=f"few-{number}.txt", inspection=_opened(office, number))
    few = statements(at_office, URL)
    for number in range(3, keyset.SIZE + 5):
        _opened(office, number)
    assert statements(at_office, URL) == few


def test_pages_follow_the_key_and_miss_nothing(at_office: Client, office: Post):
    codes = [_opened(office, number).code for number in range(keyset.SIZE * 2 + 3)]
    seen, url = [], URL
    while url:
        found = at_office.get(url).context["page"]
        seen += [line.inspection.code for line in found.rows]
        url = f"{URL}?before={found.next_key}" if found.next_key else ""
    assert seen == codes[::-1]


@pytest.mark.parametrize("nonsense", ["x", "-1", "9" * 30, "1.5", "一", "²"])
def test_nonsense_in_the_address_is_the_first_page(at_office: Client, reading: Reading, nonsense: str):
    page = at_office.get(URL, {"before": nonsense})
    assert reading.inspection.code in page.content.decode()


def test_htmx_gets_the_list_alone(at_office: Client, reading: Reading):
    answer = at_office.get(URL, headers=part("list")).content.decode()
    assert answer.lstrip().startswith('<div id="list"')
    assert "<html" not in answer


def test_a_restored_page_is_whole(at_office: Client, reading: Reading):
    headers = {**part("list"), "HX-History-Restore-Request": "true"}
    assert "<html" in at_office.get(URL, headers=headers).content.decode()


def _opened(office: Post, number: int):
    return open_inspection(kind=InspectionKind.AUDIT, year=2020 + number % 5, by=office)
