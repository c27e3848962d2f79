"""The second step of the log-in."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests import people
from zhenggai.parties.actions import change_password, disable_person, enrol_factor, reset_factor
from zhenggai.parties.models import Person, Post

URL = reverse("web:code")
LOGIN = reverse("web:login")
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def guarded(clock, office: Post) -> Person:
    """甲, who has set up a second factor."""
    enrol_factor(person=office.holder, secret=people.SECRET, by=people.SYSTEM)
    return Person.objects.get(pk=office.holder_id)


def code_now() -> str:
    return pyotp.TOTP(people.SECRET).now()


def give_password(client: Client, **extra: str):
    return client.post(LOGIN, {"username": "office", "password": people.PASSWORD, **extra})


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def test_strangers_are_sent_to_give_the_password_first(db: None):
    for answer in (Client().get(URL), Client().post(URL, {"code": "123456"})):
        assert (answer.status_code, answer["Location"]) == (302, LOGIN)


def test_password_then_code(guarded: Person):
    client = Client()
    answer = give_password(client, next="/gallery/")
    assert answer["Location"] == URL
    assert not is_in(client)  # the password alone opens nothing
    key = client.session.session_key
    assert 'autocomplete="one-time-code"' in client.get(URL).content.decode()
    answer = client.post(URL, {"code": code_now()})
    assert answer["Location"] == "/gallery/"
    assert is_in(client)
    assert client.session.session_key != key
    assert client.get(URL)["Location"] == reverse("web:work")  # nothing is owed any more


def test_the_session_key_changes_with_the_password(guarded: Person):
    client = Client()
    client.get(LOGIN)
    session = client.session
    session["kept"] = 1
    session.save()
    client.cookies["sessionid"] = session.session_key
    give_password(client)
    assert client.session.session_key != session.session_key


def test_who_has_none_is_not_asked(office: Post):
    assert give_password(Client())["Location"] == reverse("web:work")


@pytest.mark.parametrize("code", ["", "000000", "abcdef", "１２３４５６", "1" * 30])
def test_wrong_codes(guarded: Person, code: str):
    client = Client()
    give_password(client)
    answer = client.post(URL, {"code": code})
    assert answer.status_code == 422
    assert "field-wrong" in answer.content.decode()
    assert not is_in(client)


def test_a_code_opens_one_log_in(guarded: Person):
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client)
    assert first.post(URL, {"code": code_now()}).status_code == 302
    assert second.post(URL, {"code": code_now()}).status_code == 422


def test_five_wrong_codes_pause_the_person_from_wherever(guarded: Person, clock):
    for number in range(5):
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        give_password(client)
        answer = client.post(URL, {"code": "000000"})
        assert answer.status_code == (422 if number < 4 else 429)
    assert "动态码连续输错次数过多" in answer.content.decode()
    give_password(client)
    assert client.post(URL, {"code": code_now()}).status_code == 429
    clock.move_to(NOON + timedelta(minutes=16), tick=False)
    give_password(client)
    assert client.post(URL, {"code": code_now()}).status_code == 302


def test_a_pause_must_be_begun_anew(guarded: Person):
    client = Client()
    give_password(client)
    for _ in range(5):
        client.post(URL, {"code": "000000"})
    assert client.post(URL, {"code": code_now()})["Location"] == LOGIN


def test_the_code_must_follow_within_five_minutes(guarded: Person, clock):
    client = Client()
    give_password(client)
    clock.move_to(NOON + timedelta(minutes=5, seconds=1), tick=False)
    answer = client.post(URL, {"code": code_now()}, follow=True)
    assert "五分钟内输入动态码" in answer.content.decode()
    assert not is_in(client)


def test_what_changes_the_account_ends_the_waiting(guarded: Person, security: Post):
    for act in (
        lambda: change_password(person=guarded, password="另一个好记的-passphrase", by=people.SYSTEM),
        lambda: reset_factor(person=guarded, reason="遗失", by=security),
        lambda: disable_person(person=guarded, reason="退休", by=security),
    ):
        client = Client()
        session = client.session
        enrolled = Person.objects.get(pk=guarded.pk)
        session["awaiting_code"] = {
            "person": enrolled.pk, "bound": enrolled.get_session_auth_hash(), "to": "", "at": int(NOON.timestamp()),
            "_auth_user_backend": "django.contrib.auth.backends.ModelBackend",
        }  # fmt: skip
        session.save()
        client.cookies["sessionid"] = session.session_key
        assert client.get(URL).status_code == 200
        act()
        assert client.get(URL)["Location"] == LOGIN
        if act.__code__.co_names[0] == "reset_factor":
            enrol_factor(person=guarded, secret=people.SECRET, by=people.SYSTEM)


def test_unknown_names_and_wrong_passwords_never_reach_the_code(guarded: Person):
    said = set()
    for username, password in (("office", "wrong"), ("nobody", people.PASSWORD)):
        client = Client()
        answer = client.post(LOGIN, {"username": username, "password": password})
        assert client.get(URL)["Location"] == LOGIN
        said.add(answer.status_code)
    assert said == {422}
