"""Posts: established, seated, closed; and the three administrators, apart from one another and from the ledger."""

import itertools

import pytest
from django.db import DatabaseError, transaction

from tests import people
from tests.people import SYSTEM
from zhenggai.core.errors import NotPermitted
from zhenggai.journal.models import Event
from zhenggai.journal.verify import verify
from zhenggai.parties.actions import (
    NameTaken,
    NotAsItIs,
    ReasonMissing,
    close_post,
    disable_person,
    enable_person,
    establish_post,
    seat_post,
)
from zhenggai.parties.models import Person, Post
from zhenggai.parties.permissions import check, why_not
from zhenggai.parties.queries import post_of, posts_of
from zhenggai.parties.rules import DutiesClash, check_duties
from zhenggai.parties.states import ADMINISTRATORS, Role

pytestmark = pytest.mark.django_db

WORKING = [role for role in Role if role not in ADMINISTRATORS]


def seat_in(role: Role, person: Person | None, code: str = "another", by: object = SYSTEM) -> Post:
    return establish_post(
        code=code,
        title=f"{role.label}岗",
        organisation=people.organisation(),
        role=role,
        holder=person,
        by=by,
    )


@pytest.mark.parametrize(("held", "role"), list(itertools.product(Role, Role)))
def test_which_posts_exclude_each_other(held: Role, role: Role):
    if held in WORKING and role in WORKING:
        check_duties("某", [held], role)
    else:
        with pytest.raises(DutiesClash, match=f"已任“{held.label}”岗位，不能再任“{role.label}”岗位"):
            check_duties("某", [held], role)


@pytest.mark.parametrize(
    ("held", "role"), [(Role.SYSTEM, Role.OFFICE), (Role.READER, Role.AUDIT), (Role.AUDIT, Role.SECURITY)]
)
def test_neither_act_nor_database_gives_an_administrator_a_second_post(held: Role, role: Role):
    holder = people.post("one", "某", held).holder
    with pytest.raises(DutiesClash):
        seat_in(role, holder)
    vacant = seat_in(role, None)
    with pytest.raises(DutiesClash):
        seat_post(post=vacant, holder=holder, reason="轮岗", by=SYSTEM)
    with pytest.raises(DatabaseError, match="holds no other post"), transaction.atomic():
        Post.objects.filter(pk=vacant.pk).update(holder=holder)
    unit = people.organisation()
    with pytest.raises(DatabaseError, match="holds no other post"), transaction.atomic():
        Post.objects.create(code="raw", title="x", organisation=unit, role=role.value, holder=holder)
    Post.objects.filter(pk=vacant.pk).update(title="改名")  # what touches nobody is left alone


def test_the_database_refuses_another_role_for_one_who_has_two_posts(office: Post):
    seat_in(Role.READER, office.holder)
    with pytest.raises(DatabaseError, match="holds no other post"), transaction.atomic():
        Post.objects.filter(pk=office.pk).update(role="audit")


def test_an_administrator_who_left_may_take_another_post():
    first = people.post("one", "某", Role.SYSTEM)
    holder = first.holder
    close_post(post=first, reason="机构调整", by=SYSTEM)
    assert seat_in(Role.OFFICE, holder).holder == holder
    assert verify().sound


def test_several_posts_and_the_first_one(office: Post, stranger: Person):
    second = seat_in(Role.READER, office.holder)
    assert posts_of(office.holder) == [second, office]
    assert post_of(office.holder) == second
    assert posts_of(stranger) == []


def test_the_predecessor_loses_the_post(office: Post, stranger: Person, security: Post):
    seat_post(post=office, holder=stranger, reason="人事调整", by=security)
    assert post_of(stranger) == office
    event = Event.objects.order_by("seq").last()
    assert (event.act, "人事调整" in event.body) == ("post.seat", True)
    seat_post(post=office, holder=None, reason="调离", by=security)
    assert post_of(stranger) is None
    assert verify().sound


def test_what_seating_refuses(office: Post, reader: Post, security: Post):
    with pytest.raises(ReasonMissing):
        seat_post(post=office, holder=None, reason=" ", by=security)
    with pytest.raises(NotAsItIs, match="没有变化"):
        seat_post(post=office, holder=office.holder, reason="x", by=security)
    disable_person(person=reader.holder, reason="退休", by=security)
    with pytest.raises(NotAsItIs, match="账号已停用"):
        seat_post(post=office, holder=reader.holder, reason="x", by=security)


def test_a_closed_post_cannot_act_nor_be_seated(office: Post, reader: Post, security: Post):
    holder = office.holder
    close_post(post=office, reason="撤并", by=security)
    assert post_of(holder) is None
    with pytest.raises(NotPermitted, match="已撤销，不能再办理"):
        check(office, "document.read")
    assert "已撤销" in why_not(office, "document.read")
    for act in (lambda: close_post(post=office, reason="x", by=security),
                lambda: seat_post(post=office, holder=reader.holder, reason="x", by=security)):  # fmt: skip
        with pytest.raises(NotAsItIs, match="已撤销"):
            act()
    with pytest.raises(DatabaseError), transaction.atomic():
        Post.objects.filter(pk=office.pk).update(holder=reader.holder)
    assert verify().sound


def test_nobody_shuts_himself_out(security: Post):
    with pytest.raises(NotAsItIs, match="不能撤销自己"):
        close_post(post=security, reason="x", by=security)
    with pytest.raises(NotAsItIs, match="不能停用自己"):
        disable_person(person=security.holder, reason="x", by=security)


def test_codes_are_given_once(office: Post):
    for code, sentence in (("office", "已经使用"), ("整改办", "只能由字母"), ("", "只能由字母")):
        with pytest.raises(NameTaken, match=sentence):
            seat_in(Role.READER, None, code=code)


def test_disabling_and_enabling(office: Post, security: Post):
    person = office.holder
    disable_person(person=person, reason="退休", by=security)
    with pytest.raises(NotAsItIs, match="已经停用"):
        disable_person(person=person, reason="退休", by=security)
    enable_person(person=person, reason="返聘", by=security)
    with pytest.raises(NotAsItIs, match="已经启用"):
        enable_person(person=person, reason="返聘", by=security)
    assert verify().sound


def test_what_ends_sessions(office: Post, reader: Post, security: Post):
    """Every change of what somebody may do changes what his session is checked against."""

    def marks() -> list[str]:
        return [Person.objects.get(pk=p.holder_id).get_session_auth_hash() for p in held]

    held = [Post.objects.get(pk=row.pk) for row in (office, reader)]
    seen = marks()
    for act in (
        lambda: disable_person(person=held[0].holder, reason="x", by=security),
        lambda: enable_person(person=held[0].holder, reason="x", by=security),
        lambda: seat_in(Role.READER, held[0].holder, by=security),
        lambda: seat_post(post=office, holder=reader.holder, reason="x", by=security),
        lambda: close_post(post=office, reason="x", by=security),
    ):
        act()
        now = marks()
        assert now != seen
        seen = now


@pytest.mark.parametrize("role", Role)
def test_only_the_security_administrator_gives_and_takes(role: Role, office: Post, stranger: Person):
    by = people.post("who", "某", role)
    acts = (
        lambda: seat_in(Role.READER, None, code="new", by=by),
        lambda: disable_person(person=stranger, reason="x", by=by),
        lambda: enable_person(person=stranger, reason="x", by=by),
        lambda: seat_post(post=office, holder=stranger, reason="x", by=by),
        lambda: close_post(post=office, reason="x", by=by),
    )
    for act in acts:
        if role is Role.SECURITY:
            act()
        else:
            with pytest.raises(NotPermitted, match="须由安全管理员办理"):
                act()
