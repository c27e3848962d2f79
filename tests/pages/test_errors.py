import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.pages.strangers import PART
from zhenggai.ledger.models import Reading
from zhenggai.web import queries


def test_not_found_within_the_shell(at_office: Client):
    answer = at_office.get("/no/such/page/")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "没有找到该页面" in page
    assert reverse("web:inspections") in page
    assert "甲" in page


def test_not_found_tells_strangers_nothing_more(db: None):
    answer = Client().get("/no/such/page/")
    assert answer.status_code in (302, 404)
    assert "Traceback" not in answer.content.decode()


def test_a_bad_request(at_office: Client):
    answer = at_office.get("/", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400
    assert "请求无法识别" in answer.content.decode()


def test_too_much_at_once(at_office: Client, reading: Reading):
    item = reading.proposals.first()
    body = b"reason=" + b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
    url = reverse("web:reject", args=[reading.pk, item.pk])
    answer = at_office.post(url, body, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413
    assert "提交的内容过大" in answer.content.decode()
    item.refresh_from_db()
    assert item.state == "open"


def test_a_server_error_says_what_to_do_and_shows_no_traceback(
    at_office: Client, monkeypatch: pytest.MonkeyPatch
):
    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr(queries, "inspections_page", fail)
    at_office.raise_request_exception = False
    answer = at_office.get("/")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "系统遇到意外错误，刚才的操作没有生效" in page
    assert "secret detail" not in page


def test_an_expired_page(at_office: Client, reading: Reading, office):
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.holder, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("web:accept_all", args=[reading.pk]))
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()


def test_htmx_gets_the_error_where_the_page_stood(at_office: Client):
    answer = at_office.get("/no/such/page/", headers=PART)
    assert (answer["HX-Retarget"], answer["HX-Reswap"]) == ("#main", "innerHTML")
    assert "<html" not in answer.content.decode()
    assert "没有找到该页面" in answer.content.decode()


def test_strangers_are_told_they_have_no_post(at_stranger: Client):
    page = at_stranger.get("/").content.decode()
    assert "丁，您的账号可以登录，但还没有任职岗位" in page
    assert reverse("web:logout") in page


def test_an_address_for_a_form_cannot_be_opened(at_office: Client, reading: Reading):
    answer = at_office.get(reverse("web:accept_all", args=[reading.pk]))
    assert (answer.status_code, answer["Allow"]) == (405, "POST")
    assert "不能直接打开" in answer.content.decode()
