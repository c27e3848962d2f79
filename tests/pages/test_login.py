import statistics
import time

import pytest
from django.test import Client, override_settings
from django.urls import reverse

from tests import people
from zhenggai.parties.models import Post

URL = reverse("web:login")
WRONG = "登录名或密码不正确，请核对后重试。"

pytestmark = pytest.mark.django_db


def log_in(client: Client, username: str, password: str, **extra: str):
    return client.post(URL, {"username": username, "password": password, **extra})


def test_the_page_asks_for_name_and_password():
    page = Client().get(URL).content.decode()
    assert 'name="username"' in page
    assert 'name="password"' in page


def test_the_right_password_leads_to_the_worklist(office: Post):
    answer = log_in(Client(), "office", people.PASSWORD)
    assert answer.status_code == 302
    assert answer["Location"] == reverse("web:work")


def test_it_leads_on_to_the_page_that_was_asked_for(office: Post):
    answer = log_in(Client(), "office", people.PASSWORD, next="/gallery/")
    assert answer["Location"] == "/gallery/"


def test_it_never_leads_to_another_site(office: Post):
    answer = log_in(Client(), "office", people.PASSWORD, next="https://elsewhere.example/")
    assert answer["Location"] == reverse("web:work")


@pytest.mark.parametrize(
    ("username", "password"), [("office", "wrong"), ("nobody", "wrong"), ("nobody", people.PASSWORD)]
)
def test_unknown_name_and_wrong_password_get_the_same_words(office: Post, username: str, password: str):
    answer = log_in(Client(), username, password)
    assert answer.status_code == 422
    assert WRONG in answer.content.decode()


def test_a_closed_account_gets_the_same_words(office: Post):
    person = office.holder
    assert person is not None
    person.is_active = False
    person.save()
    answer = log_in(Client(), "office", people.PASSWORD)
    assert answer.status_code == 422
    assert WRONG in answer.content.decode()


@override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.Argon2PasswordHasher"], AXES_ENABLED=False)
def test_unknown_name_and_wrong_password_take_alike_long(db: None):
    people.person("known", "某人")

    def seconds(username: str) -> float:
        started = time.perf_counter()
        log_in(Client(), username, "wrong")
        return time.perf_counter() - started

    seconds("known")
    known = statistics.median(seconds("known") for _ in range(3))
    unknown = statistics.median(seconds("nobody") for _ in range(3))
    assert 0.4 < known / unknown < 2.5


@pytest.mark.parametrize("username", ["office", "nobody"])
def test_five_failures_pause_the_name(office: Post, username: str):
    client = Client()
    for _ in range(4):
        assert log_in(client, username, "wrong").status_code == 422
    locked = log_in(client, username, "wrong")
    assert locked.status_code == 429
    assert "登录已暂停" in locked.content.decode()
    assert log_in(client, username, people.PASSWORD).status_code == 429


def test_another_address_is_not_paused_with_it(office: Post):
    for _ in range(5):
        log_in(Client(REMOTE_ADDR="192.0.2.1"), "office", "wrong")
    answer = log_in(Client(REMOTE_ADDR="192.0.2.2"), "office", people.PASSWORD)
    assert answer.status_code == 302


def test_a_part_is_never_the_login(office: Post):
    answer = Client().get(URL, headers={"HX-Request": "true", "HX-Current-URL": "http://testserver/gallery/"})
    assert answer["HX-Redirect"] == f"{URL}?next=%2Fgallery%2F"


def test_who_is_in_is_sent_on(at_office: Client):
    assert at_office.get(URL)["Location"] == reverse("web:work")


def test_leaving_needs_a_post_request(at_office: Client):
    assert at_office.get(reverse("web:logout")).status_code == 405
    assert at_office.post(reverse("web:logout"))["Location"] == URL
    assert at_office.get(reverse("web:inspections")).status_code == 302


def test_forged_forms_are_refused(office: Post):
    client = Client(enforce_csrf_checks=True)
    answer = log_in(client, "office", people.PASSWORD)
    assert answer.status_code == 403
    assert "页面已过期" in answer.content.decode()
