"""Named reads of organisations, people and posts."""

from collections.abc import Iterable

from zhenggai.core.errors import NotFound
from zhenggai.parties.models import Organisation, Person, Post
from zhenggai.parties.states import OrganisationLevel, Role

_CHUNK = 500
"""Names looked up in one statement; SQLite allows at most 999 parameters in older versions."""


def organisations_by_name(names: Iterable[str]) -> dict[str, Organisation]:
    """The registered organisations among these names."""
    wanted = list(dict.fromkeys(names))
    found: dict[str, Organisation] = {}
    for start in range(0, len(wanted), _CHUNK):
        for row in Organisation.objects.filter(name__in=wanted[start : start + _CHUNK]):
            found[row.name] = row
    return found


def post_of(person: Person) -> Post | None:
    """Return the post from which a logged-in person acts: the first by code; None if he holds none."""
    return Post.objects.select_related("organisation", "holder").filter(holder=person).first()


def person_by_username(username: str) -> Person:
    """Return the account with this log-in name; NotFound if there is none."""
    person = Person.objects.filter(username=username).first()
    if person is None:
        raise NotFound(f"没有登录名为“{username}”的账号。")
    return person


def post_codes() -> list[str]:
    """Codes of all posts."""
    return list(Post.objects.values_list("code", flat=True))


def post_by_code(code: str) -> Post:
    """Return the post named on a command line; NotFound with the known codes if there is none."""
    post = Post.objects.select_related("organisation", "holder").filter(code=code).first()
    if post is None:
        known = "、".join(Post.objects.values_list("code", flat=True)[:20])
        raise NotFound(f"没有代码为“{code}”的岗位。已有岗位：{known or '无，请先运行 zhenggai demo'}。")
    return post


def officials() -> list[Post]:
    """The posts of officials (领导) that can lead, with their holders."""
    rows = Post.objects.filter(role=Role.OFFICIAL.value).select_related("holder", "organisation")
    return list(rows.order_by("organisation__name", "code")[:_CHUNK])


def units_to_choose() -> list[str]:
    """Names of units that a form offers; sections are parts of units, and any other name may be typed."""
    rows = Organisation.objects.exclude(level=OrganisationLevel.SECTION.value)
    return list(rows.order_by("name").values_list("name", flat=True)[:_CHUNK])
