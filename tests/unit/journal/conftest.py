"""An edition built once for each kind of journal, for all tests of a module."""

import copy
import functools

import pytest
from django.db import transaction
from django.test import override_settings

from tests.unit.journal.editions import Built
from zhenggai.journal.outside import verify_journal as outside


@pytest.fixture(scope="module", params=["sha256", "sm3"])
def built(request, django_db_setup, django_db_blocker, tmp_path_factory):
    """Built once for each kind of journal; the tests below need no database."""
    keys = tmp_path_factory.mktemp("keys")
    with (
        override_settings(JOURNAL_HASH=request.param, KEYS_ROOT=keys),
        django_db_blocker.unblock(),
        transaction.atomic(),
    ):
        made = Built(request.param)
        transaction.set_rollback(True)
    assert made.head.hash == request.param
    return made


@pytest.fixture
def quick(monkeypatch):
    """Signatures are slow in plain Python; the same question gets the same answer."""
    for name, check in outside.SIGNATURES.items():
        monkeypatch.setitem(outside.SIGNATURES, name, functools.cache(check))


@pytest.fixture
def edition(built):
    return copy.deepcopy(built.package)
