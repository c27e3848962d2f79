"""The cast that recurs in every test: 甲 of the office works, 乙 may look, 丁 has no post and may see nothing."""

from zhenggai.parties.actions import enrol_factor, establish_post, register_organisations, register_person
from zhenggai.parties.models import Organisation, Person, Post
from zhenggai.parties.permissions import System
from zhenggai.parties.states import Role

PASSWORD = "correct-horse-整改"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""From which the authenticators of the cast make their codes."""

SYSTEM = System("tests")


def organisation(name: str = "岚江市委巡视整改办") -> Organisation:
    """The unit that holds the posts."""
    known = Organisation.objects.filter(name=name).first()
    return known or register_organisations(names=[name], by=SYSTEM)[name]


def person(username: str, name: str) -> Person:
    """Somebody with an account and no post."""
    return register_person(username=username, name=name, password=PASSWORD, by=SYSTEM)


def post(code: str, name: str, role: Role) -> Post:
    """A post with its holder, who logs in under the post's code."""
    return establish_post(
        code=code,
        title=f"{role.label}岗",
        organisation=organisation(),
        role=role,
        holder=person(code, name),
        by=SYSTEM,
    )


def administrator(role: Role, name: str) -> Post:
    """An administrator with a second factor, whose post is called like his role."""
    held = post(role.value, name, role)
    assert held.holder is not None
    enrol_factor(person=held.holder, secret=SECRET, by=SYSTEM)
    return held
