"""Named reads of organisations, people and posts."""

from collections.abc import Iterable

from django.db.models import Count, Q, QuerySet

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


def organisation_by_name(name: str) -> Organisation:
    """Return the organisation of this name; NotFound if there is none."""
    found = organisations_by_name([name]).get(name)
    if found is None:
        raise NotFound(f"没有登记名为“{name}”的单位，请核对名称，或先登记。")
    return found


def posts_of(person: Person) -> list[Post]:
    """Every post that a person holds, by code. A closed one has no holder."""
    return list(Post.objects.select_related("organisation", "holder").filter(holder=person))


def post_of(person: Person) -> Post | None:
    """Return the post from which a person acts unless he chose another: the first by code; None if he holds none."""
    held = posts_of(person)
    return held[0] if held else None


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


def people(named: str = "") -> QuerySet[Person]:
    """Accounts, with their posts and second factor; those whose log-in name or name contains the words, if any are given."""
    rows = Person.objects.select_related("second_factor").prefetch_related("posts")
    return rows.filter(Q(username__icontains=named) | Q(name__icontains=named)) if named else rows


def posts(named: str = "", *, closed: bool = False) -> QuerySet[Post]:
    """Posts in force, or closed ones, with unit and holder; those whose code, title, unit or holder contains the words, if any are given."""
    rows = Post.objects.select_related("organisation", "holder").filter(closed_at__isnull=not closed)
    words = ("code", "title", "organisation__name", "holder__name", "holder__username")
    wanted = Q()
    for word in words:
        wanted |= Q(**{f"{word}__icontains": named})
    return rows.filter(wanted) if named else rows


def organisations(above: Organisation | None, named: str = "") -> QuerySet[Organisation]:
    """Organisations directly below another, or at the top; with words given, all those whose name contains them. Each with the number below it and of its posts."""
    rows = Organisation.objects.select_related("parent").annotate(
        below=Count("children", distinct=True),
        seats=Count("posts", filter=Q(posts__closed_at=None), distinct=True),
    )
    return rows.filter(name__icontains=named) if named else rows.filter(parent=above)


def organisation_path(organisation: Organisation | None) -> list[Organisation]:
    """An organisation and those above it, from the top. One statement for each level."""
    path: list[Organisation] = []
    while organisation is not None:
        path.insert(0, organisation)
        organisation = organisation.parent
    return path


def organisation_names(most: int = 300) -> list[str]:
    """Names that a form offers; any other may be typed."""
    return list(Organisation.objects.values_list("name", flat=True)[:most])


def active_people(most: int = 300) -> list[Person]:
    """People whom a form offers for a post; any other may be typed."""
    return list(Person.objects.filter(is_active=True).order_by("username")[:most])


def officials() -> list[Post]:
    """The posts of officials (领导) that can lead, with their holders."""
    rows = Post.objects.filter(role=Role.OFFICIAL.value).select_related("holder", "organisation")
    return list(rows.order_by("organisation__name", "code")[:_CHUNK])


def units_to_choose() -> list[str]:
    """Names of units that a form offers; sections are parts of units, and any other name may be typed."""
    rows = Organisation.objects.exclude(level=OrganisationLevel.SECTION.value)
    return list(rows.order_by("name").values_list("name", flat=True)[:_CHUNK])
