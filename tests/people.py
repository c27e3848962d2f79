"""The cast that recurs in every test: 甲 of the office works, 乙 may look, 丁 has no post and may see nothing."""

from zhenggai.parties.actions import establish_post, register_organisations, register_person
from zhenggai.parties.models import Organisation, Person, Post
from zhenggai.parties.permissions import System
from zhenggai.parties.states import Role

PASSWORD = "correct-horse-整改"
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
