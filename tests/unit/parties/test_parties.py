"""Accounts and posts."""

import pytest
from django.contrib.auth.hashers import identify_hasher
from django.test import override_settings

from tests import people
from zhenggai.config import settings as real_settings
from zhenggai.core.errors import NotFound, NotPermitted
from zhenggai.journal.models import Event
from zhenggai.parties.actions import WeakPassword, establish_post, register_person
from zhenggai.parties.models import Person
from zhenggai.parties.queries import post_by_code, post_of
from zhenggai.parties.states import Role


@pytest.mark.django_db
@pytest.mark.parametrize("password", ["short", "password1234", "1234567890123", "zhangsan12"])
def test_weak_password_is_refused_and_leaves_no_account(password):
    with pytest.raises(WeakPassword):
        register_person(username="zhangsan12", name="张三", password=password, by=people.SYSTEM)
    assert not Person.objects.exists()
    assert not Event.objects.exists()


@pytest.mark.django_db
@override_settings(PASSWORD_HASHERS=real_settings.PASSWORD_HASHERS)
def test_password_is_kept_as_argon2_and_never_journaled():
    person = people.person("zhangsan", "张三")
    assert identify_hasher(person.password).algorithm == "argon2"
    assert person.check_password(people.PASSWORD)
    body = Event.objects.get().body
    assert people.PASSWORD not in body
    assert "argon2" not in body


def test_post_of_a_person(office, stranger):
    assert post_of(office.holder) == office
    assert post_of(stranger) is None


def test_unknown_post_names_the_known_ones(office):
    with pytest.raises(NotFound, match="没有代码为“boss”的岗位。已有岗位：office"):
        post_by_code("boss")


@pytest.mark.parametrize("who", ["office", "reader"])
def test_nobody_but_the_system_makes_accounts(request, office, reader, who):
    by = request.getfixturevalue(who)
    with pytest.raises(NotPermitted):
        register_person(username="new", name="新", password=people.PASSWORD, by=by)
    with pytest.raises(NotPermitted):
        establish_post(
            code="new", title="新岗", organisation=by.organisation, role=Role.OFFICE, holder=None, by=by
        )
