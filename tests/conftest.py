"""Fixtures for every test: the cast, and the documents they work on."""

import os
import pathlib
import shutil

import pytest
from django.conf import settings
from django.utils import translation

from tests import people
from zhenggai.parties.models import Person, Post
from zhenggai.parties.states import Role

ROOT = pathlib.Path(__file__).resolve().parent.parent
SAMPLES = ROOT / "src" / "zhenggai" / "config" / "samples"
SHARED = ROOT.parent / "shared" / "documents"


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What touches no database is the same on either one: PostgreSQL's run leaves it out."""
    if os.environ.get("ZHENGGAI_TEST_DATABASE") != "postgresql":
        return
    touching = {"db", "transactional_db", "django_db_setup"}
    plain = [
        item for item in items
        if not item.get_closest_marker("django_db")
        and not item.get_closest_marker("process")
        and not touching & set(getattr(item, "fixturenames", ()))
    ]  # fmt: skip
    config.hook.pytest_deselected(items=plain)
    left_out = set(plain)
    items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def _empty_store():
    """Each test starts with an empty store of files."""
    yield
    shutil.rmtree(settings.EVIDENCE_ROOT, ignore_errors=True)


@pytest.fixture(autouse=True)
def _own_language():
    """A request in another language leaves it to the thread; the next test begins in Chinese again."""
    yield
    translation.deactivate()


@pytest.fixture
def office(db: None) -> Post:
    """甲: works in the rectification office."""
    return people.post("office", "甲", Role.OFFICE)


@pytest.fixture
def reader(db: None) -> Post:
    """乙: may look at everything and change nothing."""
    return people.post("reader", "乙", Role.READER)


@pytest.fixture
def system(db: None) -> Post:
    """系: registers organisations and people."""
    return people.administrator(Role.SYSTEM, "系")


@pytest.fixture
def security(db: None) -> Post:
    """安: gives and takes posts."""
    return people.administrator(Role.SECURITY, "安")


@pytest.fixture
def audit(db: None) -> Post:
    """审: reads the journal."""
    return people.administrator(Role.AUDIT, "审")


@pytest.fixture
def stranger(db: None) -> Person:
    """丁: has an account, and no post."""
    return people.person("stranger", "丁")


@pytest.fixture
def sample() -> bytes:
    """The demo's bulletin, as a file."""
    return (SAMPLES / "lanjiang-2026.txt").read_bytes()


@pytest.fixture
def second_edition() -> bytes:
    """The same bulletin some months later; the differences are listed beside it."""
    return (SAMPLES / "lanjiang-2026-edition-2.txt").read_bytes()
