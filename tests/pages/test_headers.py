"""What every answer carries."""

import pytest
from django.test import Client
from django.urls import URLPattern, reverse

from zhenggai.ledger.models import Reading
from zhenggai.web import queries, urls

POLICY = {
    "default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "object-src 'none'",
    "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
}  # fmt: skip


def every_url(reading: Reading) -> list[str]:
    values = {
        "reading_id": reading.pk, "item_id": reading.proposals.first().pk, "document_id": reading.document_id,
        "code": reading.inspection.code, "form": "json", "number": 1, "pk": 1,
    }  # fmt: skip
    found = []
    for pattern in urls.urlpatterns:
        assert isinstance(pattern, URLPattern)
        wanted = {name: values[name] for name in pattern.pattern.converters}
        found.append(reverse(f"web:{pattern.name}", kwargs=wanted))
    return found


def check(answer) -> None:
    assert set(answer["Content-Security-Policy"].split("; ")) == POLICY
    assert "HX-Request" in answer["Vary"]
    assert answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


def test_every_address_for_everybody(
    at_office: Client, at_reader: Client, at_stranger: Client, reading: Reading
):
    for url in every_url(reading):
        for client in (Client(), at_office, at_reader, at_stranger):
            check(client.get(url))


@pytest.mark.parametrize("client", ["anonymous", "office"])
def test_not_found(client: str, at_office: Client):
    check((at_office if client == "office" else Client()).get("/no/such/page/"))


def test_server_error(at_office: Client, monkeypatch: pytest.MonkeyPatch):
    def fail(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(queries, "inspections_page", fail)
    at_office.raise_request_exception = False
    answer = at_office.get("/")
    assert answer.status_code == 500
    check(answer)


def test_pages_hold_nothing_inline_and_nothing_foreign(at_office: Client, reading: Reading):
    for url in every_url(reading):
        answer = at_office.get(url)
        if not answer["Content-Type"].startswith("text/html"):
            continue
        page = answer.content.decode()
        for forbidden in (
            " style=",
            "<style",
            " onclick=",
            " onload=",
            " hx-on",
            "javascript:",
            "http://",
            "https://",
        ):
            assert forbidden not in page, (url, forbidden)
