"""What every answer carries."""

import pytest
from django.test import Client

from tests import people
from tests.pages.addresses import busy, every_url, seat
from tests.pages.conftest import client_of
from zhenggai.parties.models import Person
from zhenggai.parties.states import ADMINISTRATORS, Role
from zhenggai.web import queries

pytestmark = pytest.mark.django_db

POLICY = {
    "default-src 'self'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "object-src 'none'",
    "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'",
}  # fmt: skip


def check(answer) -> None:
    policy = set(answer["Content-Security-Policy"].split("; "))
    # A file that somebody handed in may do nothing at all, wherever it is opened.
    assert policy == ({"default-src 'none'", "sandbox"} if "sandbox" in policy else POLICY)
    if not answer.request["PATH_INFO"].startswith(
        "/public/"
    ):  # the same for everybody, and no part of it is asked for alone
        assert "HX-Request" in answer["Vary"]
    assert answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"


def test_every_address_for_everybody(at_stranger: Client):
    whole = busy()
    clients = [Client(), at_stranger]
    clients += [client_of(post.holder) for post in (whole.office, whole.reader, whole.unit.head)]
    for url in every_url(whole).values():
        for client in clients:
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


@pytest.mark.parametrize("role", Role)
def test_pages_hold_nothing_inline_and_nothing_foreign(role: Role):
    whole = busy()
    post = people.administrator(role, "某") if role in ADMINISTRATORS else seat(whole, role)
    client = client_of(Person.objects.get(pk=post.holder_id))
    for url in every_url(whole).values():
        answer = client.get(url)
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
