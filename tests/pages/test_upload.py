import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.pages.strangers import PART, check_strangers, part
from zhenggai.evidence.models import SourceDocument
from zhenggai.ledger.models import Reading
from zhenggai.parties.models import Post
from zhenggai.web import forms, uploads

URL = reverse("web:new_reading")


def send(client: Client, data: bytes | None, name: str = "通报.txt", inspection: str = "", **extra):
    fields = {"inspection": inspection}
    if data is not None:
        fields["file"] = SimpleUploadedFile(name, data)
    return client.post(URL, fields, **extra)


@pytest.mark.parametrize("method", ["get", "post"])
def test_strangers(at_stranger: Client, method: str):
    check_strangers(at_stranger, URL, method=method)


def test_wrong_method(at_office: Client):
    assert at_office.put(URL).status_code == 405


def test_the_page_names_the_limit(at_office: Client):
    assert "不超过 64 MB" in at_office.get(URL).content.decode()


def test_a_document_leads_to_its_desk_with_the_outcome(at_office: Client, sample: bytes):
    answer = send(at_office, sample)
    reading = Reading.objects.get()
    assert answer["Location"] == reverse("web:desk", args=[reading.pk])
    page = at_office.get(answer["Location"]).content.decode()
    assert f"读入完成：新增 {reading.proposals.count()} 条，有变化 0 条" in page


def test_the_same_document_again_changes_nothing(at_office: Client, sample: bytes):
    send(at_office, sample)
    answer = send(at_office, sample, follow=True)
    assert Reading.objects.count() == 1
    assert "该文件此前已读入，没有任何变化。" in answer.content.decode()


def test_a_new_edition_is_compared(at_office: Client, sample: bytes, second_edition: bytes):
    send(at_office, sample)
    answer = send(at_office, second_edition, follow=True)
    latest = Reading.objects.latest("pk")
    assert latest.edition == 2
    assert "有变化" in answer.content.decode()
    assert f'"count">{len(latest.missing)}<' in answer.content.decode()


def test_htmx_is_sent_to_the_desk(at_office: Client, sample: bytes):
    answer = send(at_office, sample, headers=PART)
    assert answer["HX-Redirect"] == reverse("web:desk", args=[Reading.objects.get().pk])


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [(None, "", "请选择要读入的文件。"), (b"", "空.txt", "文件“空.txt”是空的，请检查后重新选择。")],
)
def test_what_is_no_document_is_refused_and_the_form_kept(
    at_office: Client, data: bytes, name: str, sentence: str
):
    answer = send(at_office, data, name, inspection="2025-XC-01")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert 'value="2025-XC-01"' in page
    assert not SourceDocument.objects.exists()


def test_an_unreadable_file_is_refused_and_kept_for_another_try(at_office: Client):
    answer = send(at_office, b"%PDF-1.7\x00\xff\xfe" * 20, "扫描件.pdf")
    kept = SourceDocument.objects.get()
    assert answer.status_code == 409
    assert kept.problem in answer.content.decode()
    assert "扫描件.pdf" in at_office.get(reverse("web:unreadable")).content.decode()


def test_an_unknown_inspection_is_named(at_office: Client, sample: bytes):
    answer = send(at_office, sample, inspection="1999-XX-99")
    assert answer.status_code == 404
    assert "没有编号为“1999-XX-99”的检查" in answer.content.decode().replace("&quot;", '"')
    assert not Reading.objects.exists()


def test_a_file_that_is_too_large_never_reaches_the_disk(at_office: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(uploads, "LARGEST", 1000)
    answer = send(at_office, "字".encode() * 2000)
    assert answer.status_code == 422
    assert "文件超过上限 64 MB，请拆分后再读入。" in answer.content.decode()
    assert not SourceDocument.objects.exists()


def test_the_limit_holds_for_what_arrived_too(at_office: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(forms, "LARGEST", 1000)
    assert send(at_office, "字".encode() * 2000).status_code == 422


def test_a_reader_may_not_read_in(at_reader: Client, sample: bytes):
    answer = send(at_reader, sample)
    assert answer.status_code == 403
    assert "“读入文件”须由整改办办理" in answer.content.decode()
    assert not Reading.objects.exists()
    assert not SourceDocument.objects.exists()


def test_a_reader_sees_why(at_reader: Client):
    page = at_reader.get(URL).content.decode()
    assert "disabled" in page
    assert "您当前的岗位是" in page


def test_htmx_gets_the_form_alone(at_office: Client, office: Post):
    answer = send(at_office, None, headers=part("upload"))
    assert answer.content.decode().lstrip().startswith('<div id="upload"')
