"""Who may do what. Each app declares, act by act, in which capacities it is done; one check raises the sentence, ``why_not`` follows from it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from zhenggai.core.errors import NotPermitted
from zhenggai.journal.acts import CATALOGUE, Actor
from zhenggai.parties.models import Person, Post
from zhenggai.parties.states import OF_ROLE, Capacity, Role


class System:
    """系统: acts where no person does, as when the first accounts are made. Exists only inside the process."""

    def __init__(self, purpose: str) -> None:
        self.purpose = purpose

    def snapshot(self) -> dict[str, str]:
        """Who acts, as the journal keeps it."""
        return {
            "post": "",
            "title": "系统",
            "organisation": "",
            "person": "",
            "username": "",
            "purpose": self.purpose,
        }


class Oneself:
    """本人: somebody acting on his own account and nothing else, whether or not he holds a post."""

    def __init__(self, person: Person) -> None:
        self.person = person

    def snapshot(self) -> dict[str, str]:
        """Who acts, as the journal keeps it."""
        return {
            "post": "",
            "title": "本人",
            "organisation": "",
            "person": self.person.name,
            "username": self.person.username,
            "holder": str(self.person.pk),
        }


@dataclass(frozen=True)
class Permission:
    """权限: the act, the app that declares it, and the capacities in which it may be done."""

    act: str
    app: str
    who: frozenset[Capacity]


PERMISSIONS: dict[str, Permission] = {}
"""Every act's permission, declared by the apps' ``permissions.py``; the published matrix is generated from it."""


def declare(app: str, table: Mapping[str, Collection[Capacity]]) -> None:
    """Declare an app's permissions: act → capacities. An act is declared once: ValueError."""
    for act, who in table.items():
        if act in PERMISSIONS:
            raise ValueError(f"the permission of {act} is declared twice")
        PERMISSIONS[act] = Permission(act, app, frozenset(who))


def capacities_of(by: Actor) -> frozenset[Capacity]:
    """The capacities that a post has everywhere, whatever item it looks at."""
    capacity = OF_ROLE.get(Role(by.role)) if isinstance(by, Post) else None
    return frozenset([capacity] if capacity else [])


def own(by: Actor, person: Person) -> frozenset[Capacity]:
    """The capacity of somebody acting on an account: himself, if it is his own."""
    return frozenset([Capacity.SELF] if isinstance(by, Oneself) and by.person.pk == person.pk else [])


def check(by: Actor, act: str, capacities: Collection[Capacity] | None = None) -> None:
    """Raise NotPermitted unless the act may be done in one of the actor's capacities; the system may do everything.

    ``capacities`` are those in which the actor stands to the item; left out, the ones that he has everywhere.
    """
    if isinstance(by, System):
        return
    if isinstance(by, Post) and by.closed_at:
        raise NotPermitted(f"岗位“{by.title}”已撤销，不能再办理任何事项。", act=act)
    who = PERMISSIONS[act].who
    held = capacities_of(by) if capacities is None else capacities
    if isinstance(by, Post | Oneself) and who & frozenset(held):
        return
    wanted = "、".join(capacity.label for capacity in Capacity if capacity in who) or "系统"
    seat = f"“{by.title}”（{Role(by.role).label}）" if isinstance(by, Post) else "未知岗位"
    as_what = "、".join(capacity.label for capacity in Capacity if capacity in held)
    stands = f"，对此事项的身份为{as_what}" if capacities else ""
    raise NotPermitted(
        f"“{CATALOGUE[act].label}”须由{wanted}办理；您当前的岗位是{seat}{stands}。",
        act=act,
        wanted=sorted(capacity.value for capacity in who),
    )


def why_not(by: Actor, act: str, capacities: Collection[Capacity] | None = None) -> str:
    """Why the actor may not: the sentence for the greyed button; empty if he may."""
    try:
        check(by, act, capacities)
    except NotPermitted as refusal:
        return refusal.sentence
    return ""


declare(
    "parties",
    {
        # 系统管理员 makes accounts without rights, 安全管理员 gives and takes rights, 审计管理员 reads: three hands (GB/T 22239-2019, 8.1.5).
        "organisation.register": {Capacity.OFFICE, Capacity.SYSTEM},
        "organisation.change": {Capacity.SYSTEM},
        "person.register": {Capacity.SYSTEM},
        "person.password": {Capacity.SYSTEM},
        "person.disable": {Capacity.SECURITY},
        "person.enable": {Capacity.SECURITY},
        "person.erase": {Capacity.SECURITY},
        "person.own_password": {Capacity.SELF},
        "factor.begin": {Capacity.SELF},
        "factor.confirm": {Capacity.SELF},
        "factor.reset": {Capacity.SECURITY},
        "factor.enrol": set(),  # the command line hands a secret to a demo's account
        "account.open": set(),  # the two halves of it are different administrators' work; the command line does it as the system
        "post.establish": {Capacity.SECURITY},
        "post.seat": {Capacity.SECURITY},
        "post.close": {Capacity.SECURITY},
    },
)
