"""Acts on organisations, people and posts."""

from collections.abc import Sequence

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from zhenggai.core.errors import Refusal
from zhenggai.journal.acts import Actor, act, record
from zhenggai.journal.trail import created
from zhenggai.parties.models import Organisation, Person, Post
from zhenggai.parties.permissions import check_administer, check_role
from zhenggai.parties.states import Role


class WeakPassword(Refusal):
    """密码过弱: the password validators' sentences."""

    code = "weak_password"


@act("organisation.register", "登记单位")
def register_organisations(*, names: Sequence[str], by: Actor) -> dict[str, Organisation]:
    """Register organisations that are not known yet and return them by name. One event for each new one.

    Names must be new: look them up with :func:`zhenggai.parties.queries.organisations_by_name` first.
    """
    check_role(by, Role.OFFICE, doing="登记单位")
    rows = Organisation.objects.bulk_create([Organisation(name=name) for name in names])
    for row in rows:
        record(subject=row, changes=[created(row)])
    return {row.name: row for row in rows}


@act("person.register", "登记人员")
def register_person(*, username: str, name: str, password: str, by: Actor) -> Person:
    """Make an account; WeakPassword if the password does not pass the validators."""
    check_administer(by)
    person = Person(username=username, name=name)
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise WeakPassword("".join(error.messages)) from error
    person.set_password(password)
    person.save()
    record(subject=person, changes=[created(person)])
    return person


@act("post.establish", "设立岗位")
def establish_post(
    *, code: str, title: str, organisation: Organisation, role: Role, holder: Person | None, by: Actor
) -> Post:
    """Establish a post and seat its holder."""
    check_administer(by)
    post = Post.objects.create(
        code=code, title=title, organisation=organisation, role=role.value, holder=holder
    )
    record(subject=post, changes=[created(post)])
    return post
