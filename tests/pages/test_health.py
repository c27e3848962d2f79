import pytest
from django.db import DatabaseError, connection
from django.test import Client

from zhenggai.parties.models import Post


@pytest.mark.django_db
def test_it_says_ok_to_anybody():
    answer = Client().get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer["Content-Type"].startswith("text/plain")


@pytest.mark.django_db
def test_it_says_when_the_database_is_gone(monkeypatch: pytest.MonkeyPatch):
    def gone(*_arguments: object) -> None:
        raise DatabaseError

    monkeypatch.setattr(connection, "cursor", gone)
    assert Client().get("/healthz").status_code == 503


@pytest.mark.django_db
def test_wrong_method(office: Post):
    assert Client().post("/healthz").status_code == 405
