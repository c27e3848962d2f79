"""The cast at their screens, and a reading on the desk."""

import pathlib

import pytest
from django.test import Client

from tests.factories import USUAL, Made, enter
from zhenggai.ledger.models import Reading
from zhenggai.parties.models import Person, Post

MARKUP = {
    "test_assets", "test_desk", "test_differences", "test_errors", "test_gallery", "test_headers", "test_health", "test_language",
    "test_outline", "test_remarks", "test_routes", "test_sessions", "test_text", "test_upload", "test_formats",
}  # fmt: skip
"""Modules about what is shown of rows that were read: the same on either database, so PostgreSQL's run leaves them out."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if pathlib.Path(item.path).stem in MARKUP and item.path.parent == pathlib.Path(__file__).parent:
            item.add_marker(pytest.mark.markup)


def client_of(person: Person | None) -> Client:
    client = Client()
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def at_office(office: Post) -> Client:
    """甲's browser."""
    return client_of(office.holder)


@pytest.fixture
def at_reader(reader: Post) -> Client:
    """乙's browser."""
    return client_of(reader.holder)


@pytest.fixture
def at_system(system: Post) -> Client:
    """系's browser."""
    return client_of(Person.objects.get(pk=system.holder_id))


@pytest.fixture
def at_security(security: Post) -> Client:
    """安's browser."""
    return client_of(Person.objects.get(pk=security.holder_id))


@pytest.fixture
def at_audit(audit: Post) -> Client:
    """审's browser."""
    return client_of(Person.objects.get(pk=audit.holder_id))


@pytest.fixture
def at_stranger(stranger: Person) -> Client:
    """丁's browser."""
    return client_of(stranger)


@pytest.fixture
def reading(office: Post) -> Reading:
    """A short bulletin, read and not yet decided."""
    return enter(Made(USUAL), by=office)
