"""事项页: who sees it, what it says, and what it offers."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.pages.conftest import client_of
from tests.pages.strangers import check_strangers, statements
from zhenggai.ledger.models import Finding
from zhenggai.parties.models import Post

pytestmark = pytest.mark.django_db


def url_of(finding: Finding) -> str:
    return reverse("web:item", args=[finding.inspection.code, finding.number])


def at(post: Post) -> Client:
    return client_of(post.holder)


@pytest.fixture
def whole() -> cast.World:
    return cast.world()


STATES = {
    "new": lambda whole: whole.finding(),
    "assigned": lambda whole: cast.assigned(whole).finding,
    "ready": cast.ready,
    "applied": lambda whole: cast.applied(whole).finding,
    "closed": cast.closed,
}


@pytest.mark.parametrize("state", STATES)
def test_every_person_sees_every_state(whole: cast.World, state: str):
    finding = STATES[state](whole)
    for post in whole.posts:
        assigned = state != "new"
        sees = post in (whole.office, whole.second_office, whole.reader, whole.leader, whole.supervisor) or (
            assigned and post not in (whole.outsider.filler, whole.outsider.head)
        )
        answer = at(post).get(url_of(finding))
        assert answer.status_code == (200 if sees else 404), post.code
        if sees:
            assert finding.title in answer.content.decode()


def test_statements(whole: cast.World):
    finding = cast.applied(whole).finding
    for post in whole.posts[:8]:
        print(post.code, statements(at(post), url_of(finding)))
    assert 0
