"""What every page owes those who may not see it."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


def check_strangers(at_stranger: Client, url: str, *, method: str = "get") -> None:
    """Who is not logged in is sent to log in; who has no post is told so and sees nothing else."""
    answer = getattr(Client(), method)(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("web:login"))
    told = getattr(at_stranger, method)(url)
    assert told.status_code == 403
    assert "尚未安排岗位" in told.content.decode()


def statements(client: Client, url: str) -> int:
    """How many statements a page makes."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


PART = {"HX-Request": "true"}


def part(name: str) -> dict[str, str]:
    """Headers by which htmx asks for a part."""
    return {**PART, "HX-Target": name}
