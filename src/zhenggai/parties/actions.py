"""Acts on organisations, people and posts."""

import re
from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from zhenggai.core.errors import Refusal
from zhenggai.journal.acts import Actor, act, record
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import changed, created
from zhenggai.parties.models import Organisation, Person, Post
from zhenggai.parties.permissions import check
from zhenggai.parties.queries import organisations_by_name
from zhenggai.parties.states import OrganisationLevel, Role

SLUG = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a log-in name, which is also a post's code, is made of."""


class WeakPassword(Refusal):
    """密码过弱: the password validators' sentences."""

    code = "weak_password"


@act("organisation.register", "登记单位")
def register_organisations(
    *,
    names: Sequence[str],
    level: OrganisationLevel = OrganisationLevel.DEPARTMENT,
    parent: Organisation | None = None,
    by: Actor,
) -> dict[str, Organisation]:
    """Register organisations that are not known yet and return them by name. One event for each new one.

    Names must be new: look them up with :func:`zhenggai.parties.queries.organisations_by_name` first. A section stands below its unit.
    """
    check(by, "organisation.register")
    unit = (parent.unit or parent) if parent and level is OrganisationLevel.SECTION else None
    rows = Organisation.objects.bulk_create(
        [Organisation(name=name, parent=parent, level=level.value, unit=unit) for name in names]
    )
    for row in rows:
        record(subject=row, changes=[created(row)])
    return {row.name: row for row in rows}


class NameTaken(Refusal):
    """已被占用: an account or a post of this name exists."""

    code = "name_taken"


@act("person.register", "登记人员")
def register_person(*, username: str, name: str, password: str, by: Actor) -> Person:
    """Make an account; NameTaken, or WeakPassword if the password does not pass the validators."""
    check(by, "person.register")
    if Person.objects.filter(username=username).exists():
        raise NameTaken(f"登录名“{username}”已有人使用，请另取一个。")
    person = Person(username=username, name=name)
    _set_password(person, password)
    person.save()
    record(subject=person, changes=[created(person)])
    return person


@act("person.password", "更换密码")
def change_password(*, person: Person, password: str, by: Actor) -> None:
    """Give an account another password; WeakPassword if it does not pass the validators. The journal says that, not what."""
    check(by, "person.password")
    before = snapshot(person)
    _set_password(person, password)
    person.save(update_fields=["password"])
    record(subject=person, changes=[changed(person, before)])


def _set_password(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise WeakPassword("".join(error.messages)) from error
    person.set_password(password)


@act("account.open", "开立账号")
def open_account(
    *, username: str, name: str, password: str, title: str, unit: str, role: Role, by: Actor
) -> Post:
    """Register a person and seat him in a new post of the same code, in a unit that is registered if need be."""
    check(by, "account.open")
    if not SLUG.fullmatch(username):
        raise NameTaken(f"登录名“{username}”只能由字母、数字、下划线和连字符组成，最长 64 个。")
    if Post.objects.filter(code=username).exists():
        raise NameTaken(f"岗位代码“{username}”已经使用，请另取一个登录名。")
    units = organisations_by_name([unit]) or register_organisations(names=[unit], by=by)
    person = register_person(username=username, name=name, password=password, by=by)
    post = establish_post(
        code=username, title=title, organisation=units[unit], role=role, holder=person, by=by
    )
    record(subject=post, changes=[])
    return post


@act("post.establish", "设立岗位")
def establish_post(
    *, code: str, title: str, organisation: Organisation, role: Role, holder: Person | None, by: Actor
) -> Post:
    """Establish a post and seat its holder."""
    check(by, "post.establish")
    post = Post.objects.create(
        code=code, title=title, organisation=organisation, role=role.value, holder=holder
    )
    record(subject=post, changes=[created(post)])
    return post
