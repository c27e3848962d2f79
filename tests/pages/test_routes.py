"""Every address says which roles reach it, and every role is held to that."""

import pytest
from django.test import Client

from tests import people
from tests.pages.addresses import busy, every_url, seat
from tests.pages.conftest import client_of
from zhenggai.parties.models import Person
from zhenggai.parties.states import ADMINISTRATORS, Role
from zhenggai.web import urls
from zhenggai.web.routes import ROUTES, WITHOUT_LOG_IN, WITHOUT_POST

pytestmark = pytest.mark.django_db

BARRED = {403, 404}

NOT_THERE = {"choose_post": "an empty form names no post", "again": "the document that is there was read"}
"""Addresses that answer 404 to everybody in these tests, with the reason."""


def ask(client: Client, url: str) -> int:
    """Open an address; where only a form is sent to it, send an empty one."""
    status = client.get(url).status_code
    return client.post(url).status_code if status == 405 else status


def test_every_address_is_declared_and_nothing_else():
    assert {pattern.name for pattern in urls.urlpatterns} == set(ROUTES)


@pytest.mark.parametrize("role", Role)
def test_roles_reach_what_is_declared_and_get_404_elsewhere(role: Role):
    whole = busy()
    post = people.administrator(role, "某") if role in ADMINISTRATORS else seat(whole, role)
    for name, url in every_url(whole).items():
        status = ask(client_of(Person.objects.get(pk=post.holder_id)), url)
        if name in ("inspections", "work") and role not in ROUTES[name]:
            assert status == 302, "whoever has nothing to do there is led to his own first page"
        elif name in NOT_THERE:
            assert status == 404, NOT_THERE[name]
        elif role in ROUTES[name]:
            # 403 may still be the act's own answer, with its sentence, to somebody who may look at the page
            assert status not in BARRED or status == 403, (name, role, status)
        else:
            assert status == 404, (name, role, status)


def test_strangers_are_sent_to_log_in():
    for name, url in every_url(busy()).items():
        answer = Client().get(url)
        if name not in WITHOUT_LOG_IN and answer.status_code != 405:
            assert answer.status_code == 302, name
            assert answer["Location"].startswith("/login/"), name


def test_who_has_no_post_gets_nothing_but_his_account(at_stranger: Client):
    for name, url in every_url(busy()).items():
        if name == "logout":
            continue
        if name not in WITHOUT_POST:
            answer = at_stranger.get(url)
            if answer.status_code == 405:
                answer = at_stranger.post(url)
            assert answer.status_code == 403, name
            assert "尚未安排岗位" in answer.content.decode(), name
        elif name not in NOT_THERE:
            assert ask(at_stranger, url) not in BARRED, name


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_an_administrator_without_second_factor_reaches_only_the_set_up_page(role: Role):
    client = client_of(people.post("who", "某", role).holder)
    for name, url in every_url(busy()).items():
        answer = client.get(url)
        if name not in WITHOUT_POST and answer.status_code != 405:
            assert (answer.status_code, answer["Location"]) == (302, "/account/"), name
