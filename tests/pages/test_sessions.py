"""Sessions end: by time, and with whatever changes what their person may do."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests import people
from tests.pages.conftest import client_of
from zhenggai.parties.actions import (
    change_password,
    close_post,
    disable_person,
    enable_person,
    enrol_factor,
    establish_post,
    seat_post,
)
from zhenggai.parties.models import Person, Post
from zhenggai.parties.states import Role

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def client(clock, office: Post) -> Client:
    """甲's browser since noon."""
    return client_of(office.holder)


def wait(clock, minutes: float) -> None:
    clock.shift(timedelta(minutes=minutes))


def status(client: Client) -> int:
    return client.get("/").status_code


def test_half_an_hour_without_a_request_ends_it(client: Client, clock):
    for minutes in (29, 29, 29):
        wait(clock, minutes)
        assert status(client) == 200
    wait(clock, 30.1)
    answer = client.get("/", follow=True)
    assert "超过三十分钟没有操作" in answer.content.decode()
    assert answer.redirect_chain[0][0].startswith(reverse("web:login"))
    assert status(client) == 302


def test_without_the_mark_the_beginning_counts(client: Client, clock):
    wait(clock, 29)
    assert status(client) == 200
    del client.cookies["seen"]
    wait(clock, 2)
    assert status(client) == 302


def test_another_sessions_mark_is_none(client: Client, reader: Post, clock):
    wait(clock, 29)
    other = client_of(reader.holder)
    assert status(other) == 200
    client.cookies["seen"] = other.cookies["seen"].value
    wait(clock, 2)
    assert status(client) == 302


def test_eight_hours_end_it_however_busy(client: Client, clock):
    for _ in range(23):
        wait(clock, 20)
        assert status(client) == 200
    session = client.session
    session["kept"] = 1  # writing to it does not prolong it
    session.save()
    wait(clock, 20.1)
    assert status(client) == 302


def test_the_mark_is_for_the_server_only(client: Client):
    client.get("/")
    mark = client.cookies["seen"]
    assert mark["httponly"]
    assert mark["samesite"] == "Lax"
    assert client.session.session_key not in mark.value


@pytest.mark.parametrize(
    "act",
    [
        lambda office: disable_person(person=office.holder, reason="退休", by=people.SYSTEM),
        lambda office: change_password(person=office.holder, password="另一个好记的-passphrase", by=people.SYSTEM),
        lambda office: enrol_factor(person=office.holder, secret=people.SECRET, by=people.SYSTEM),
        lambda office: seat_post(post=office, holder=None, reason="换任", by=people.SYSTEM),
        lambda office: close_post(post=office, reason="撤并", by=people.SYSTEM),
        lambda office: establish_post(
            code="more", title="新岗", organisation=office.organisation, role=Role.READER, holder=office.holder,
            by=people.SYSTEM,
        ),
    ],
    ids=["disable", "password", "factor", "seat", "close", "establish"],
)  # fmt: skip
def test_acts_end_live_sessions_at_the_next_request(office: Post, act):
    client = client_of(Person.objects.get(pk=office.holder_id))
    assert status(client) == 200
    act(office)
    assert client.get("/")["Location"].startswith(reverse("web:login"))


def test_enabling_revives_no_session(office: Post, client: Client):
    disable_person(person=office.holder, reason="x", by=people.SYSTEM)
    enable_person(person=office.holder, reason="x", by=people.SYSTEM)
    assert status(client) == 302


def test_several_posts(office: Post, stranger: Person, clock):
    supervisor = establish_post(
        code="zz", title="监督岗", organisation=office.organisation, role=Role.SUPERVISOR, holder=office.holder,
        by=people.SYSTEM,
    )  # fmt: skip
    client = client_of(Person.objects.get(pk=office.holder_id))
    page = client.get("/").content.decode()
    assert 'value="zz"' in page
    assert 'value="office"' not in page
    url = reverse("web:choose_post")
    answer = client.post(url, {"post": "zz"}, follow=True)
    assert "现在以“监督岗”岗位办理" in answer.content.decode()
    assert 'value="office"' in client.get("/").content.decode()
    # A lost post is gone at once, whatever the session says; here without ending the session, as after a restore.
    Post.objects.filter(pk=supervisor.pk).update(holder=stranger)
    page = client.get("/").content.decode()
    assert "整改办岗" in page
    assert "监督岗" not in page


def test_nobody_chooses_what_he_does_not_hold(at_office: Client, reader: Post, at_stranger: Client):
    url = reverse("web:choose_post")
    assert Client().post(url, {"post": "reader"})["Location"].startswith(reverse("web:login"))
    for client in (at_office, at_stranger):
        assert client.post(url, {"post": "reader"}).status_code == 404
    assert 'class="switch"' not in at_office.get("/").content.decode()
