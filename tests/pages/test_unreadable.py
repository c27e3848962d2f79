import pytest
from django.test import Client
from django.urls import reverse

import gongwen
from tests.pages.strangers import check_strangers
from zhenggai.evidence.actions import keep_document
from zhenggai.evidence.models import SourceDocument
from zhenggai.ledger.models import Reading
from zhenggai.parties.models import Post

URL = reverse("web:unreadable")


@pytest.fixture
def kept(office: Post, sample: bytes) -> SourceDocument:
    """A file that an older reader could not read."""
    return keep_document(
        name="旧件.txt", data=sample, text=None, problem="格式暂不支持，请另存为文本。", by=office
    )


def test_strangers(at_stranger: Client):
    check_strangers(at_stranger, URL)
    check_strangers(at_stranger, reverse("web:again", args=[1]), method="post")


def test_nothing_to_retry(at_office: Client):
    assert "没有待重试的文件" in at_office.get(URL).content.decode()


def test_the_list_says_why(at_office: Client, kept: SourceDocument):
    page = at_office.get(URL).content.decode()
    assert kept.name in page
    assert kept.problem in page
    assert "有 1 个文件未能读出" in at_office.get(reverse("web:inspections")).content.decode()


def test_another_try_reads_it(at_office: Client, kept: SourceDocument):
    answer = at_office.post(reverse("web:again", args=[kept.pk]))
    assert answer["Location"] == reverse("web:desk", args=[Reading.objects.get().pk])
    assert "没有待重试的文件" in at_office.get(URL).content.decode()


def test_another_failure_says_so(at_office: Client, kept: SourceDocument, monkeypatch: pytest.MonkeyPatch):
    def fail(*_arguments: object, **_named: object) -> str:
        raise gongwen.GongwenError("仍然读不出，请换一种格式。")

    monkeypatch.setattr(gongwen, "extract", fail)
    answer = at_office.post(reverse("web:again", args=[kept.pk]), follow=True)
    assert "仍然读不出，请换一种格式。" in answer.content.decode()
    assert not Reading.objects.exists()


def test_a_reader_may_not(at_reader: Client, kept: SourceDocument):
    answer = at_reader.post(reverse("web:again", args=[kept.pk]), follow=True)
    assert "“读入文件”须由整改办办理" in answer.content.decode()
    assert not Reading.objects.exists()


def test_what_was_read_cannot_be_tried_again(at_office: Client, reading: Reading):
    assert at_office.post(reverse("web:again", args=[reading.document_id])).status_code == 404


def test_wrong_method(at_office: Client, kept: SourceDocument):
    assert at_office.get(reverse("web:again", args=[kept.pk])).status_code == 405
    assert at_office.post(URL).status_code == 405
