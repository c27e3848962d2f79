"""The cast at their screens, and a reading on the desk."""

import pytest
from django.test import Client

from tests.factories import USUAL, Made, enter
from zhenggai.ledger.models import Reading
from zhenggai.parties.models import Person, Post


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
