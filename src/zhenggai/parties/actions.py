"""Acts on organisations, people, posts and second factors.

Whatever changes what somebody may do ends that person's sessions: he logs in again, as what he now is.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

import pyotp
from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import F

from zhenggai.core.errors import Refusal
from zhenggai.journal.acts import Actor, act, afterwards, moment, record
from zhenggai.journal.pseudonyms import forget
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import Change, changed, created
from zhenggai.parties.factors import WrongCode, new_secret, step_of
from zhenggai.parties.models import Organisation, Person, Post, SecondFactor
from zhenggai.parties.permissions import check, own
from zhenggai.parties.queries import organisations_by_name
from zhenggai.parties.rules import ImpossiblePlace, check_above, check_duties
from zhenggai.parties.sealing import seal, unseal
from zhenggai.parties.states import OrganisationLevel, Role

SLUG = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What a log-in name and a post's code are made of."""


class Place(NamedTuple):
    """位置: where in the tree an organisation is registered."""

    level: OrganisationLevel = OrganisationLevel.DEPARTMENT
    parent: Organisation | None = None


class WeakPassword(Refusal):
    """密码过弱: the password validators' sentences."""

    code = "weak_password"


class WrongPassword(Refusal):
    """原密码不正确."""

    code = "wrong_password"


class NameTaken(Refusal):
    """已被占用: an account, a post or an organisation of this name exists, or the name cannot be one."""

    code = "name_taken"


class ReasonMissing(Refusal):
    """缺少理由: the act must say why."""

    code = "reason_missing"


class NotAsItIs(Refusal):
    """现状不符: what is asked for is so already, or cannot be done as things stand."""

    code = "not_as_it_is"


# --- organisations -------------------------------------------------------------------------------------------------------------------------


@act("organisation.register", "登记单位")
def register_organisations(
    *,
    names: Sequence[str],
    level: OrganisationLevel = OrganisationLevel.DEPARTMENT,
    parent: Organisation | None = None,
    by: Actor,
) -> dict[str, Organisation]:
    """Register organisations that are not known yet and return them by name. One event for each new one.

    Names must be new: look them up with :func:`zhenggai.parties.queries.organisations_by_name` first; NameTaken. A section stands below
    its unit: ImpossiblePlace.
    """
    check(by, "organisation.register")
    for name in names:
        _check_name(name)
    unit = _unit_of(level, parent)
    rows = Organisation.objects.bulk_create(
        [Organisation(name=name, parent=parent, level=level.value, unit=unit) for name in names]
    )
    for row in rows:
        record(subject=row, changes=[created(row)])
    return {row.name: row for row in rows}


def register_organisation(
    *,
    name: str,
    level: OrganisationLevel = OrganisationLevel.DEPARTMENT,
    parent: Organisation | None = None,
    by: Actor,
) -> Organisation:
    """Register one organisation: :func:`register_organisations` for a single name."""
    return register_organisations(names=[name], level=level, parent=parent, by=by)[name]


vars(register_organisation)["act"] = vars(register_organisations)["act"]  # the same act, for one


@act("organisation.change", "变更单位")
def change_organisation(
    *, organisation: Organisation, name: str, level: OrganisationLevel, parent: Organisation | None, by: Actor
) -> Organisation:
    """Rename or move an organisation; sections below it follow to its unit.

    NameTaken; ImpossiblePlace for a place below itself, a section without unit, or a section with units below it; NotAsItIs without a change.
    """
    check(by, "organisation.change")
    organisation.refresh_from_db()
    before = snapshot(organisation)
    if name != organisation.name:
        _check_name(name)
    if parent is not None:
        check_above(organisation.pk, [row.pk for row in [parent, *_all_above(parent)]], organisation.name)
    below = organisation.children.exclude(level=OrganisationLevel.SECTION.value)
    if level is OrganisationLevel.SECTION and below.exists():
        raise ImpossiblePlace(f"“{organisation.name}”之下还有单位，不能改为科室。请先移走其下级单位。")
    organisation.name, organisation.level, organisation.parent = name, level.value, parent
    organisation.unit = _unit_of(level, parent)
    if snapshot(organisation) == before:
        raise NotAsItIs("没有任何改动，无需保存。")
    organisation.save()
    record(subject=organisation, changes=[changed(organisation, before), *_resettled(organisation)])
    return organisation


def _check_name(name: str) -> None:
    if not name.strip():
        raise NameTaken("单位名称不能为空，请填写。")
    if organisations_by_name([name]):
        raise NameTaken(f"单位“{name}”已经登记，请直接选用，或换一个名称。")


def _unit_of(level: OrganisationLevel, parent: Organisation | None) -> Organisation | None:
    """The unit of which an organisation there is a part; None for a unit of its own."""
    if level is OrganisationLevel.SECTION:
        if parent is None:
            raise ImpossiblePlace("科室须写明上级单位，请填写。")
        return parent.unit or parent
    if parent is not None and parent.level == OrganisationLevel.SECTION.value:
        raise ImpossiblePlace(f"“{parent.name}”是科室，其下只能设科室。请另选上级单位，或把层级改为科室。")
    return None


def _all_above(organisation: Organisation) -> list[Organisation]:
    found: list[Organisation] = []
    above = organisation.parent
    while above is not None:
        found.append(above)
        above = above.parent
    return found


def _resettled(organisation: Organisation) -> list[Change]:
    """Let the sections below follow to the organisation's unit; what that changed."""
    changes: list[Change] = []
    for section in organisation.children.filter(level=OrganisationLevel.SECTION.value):
        before = snapshot(section)
        section.unit = organisation.unit or organisation
        if snapshot(section) != before:
            section.save(update_fields=["unit"])
            changes.append(changed(section, before))
        changes += _resettled(section)
    return changes


# --- people --------------------------------------------------------------------------------------------------------------------------------


@act("person.register", "登记人员")
def register_person(*, username: str, name: str, password: str, by: Actor) -> Person:
    """Make an account without any right, whose password is to be changed by its owner; NameTaken, or WeakPassword if it does not pass the validators."""
    check(by, "person.register")
    _check_slug(username, "登录名")
    if Person.objects.filter(username=username).exists():
        raise NameTaken(f"登录名“{username}”已有人使用，请另取一个。")
    person = Person(username=username, name=name, password_given=isinstance(by, Post))
    _set_password(person, password)
    person.save()
    record(subject=person, changes=[created(person)])
    return person


@act("person.password", "更换密码")
def change_password(*, person: Person, password: str, by: Actor) -> None:
    """Give an account another password, to be changed by its owner, and end its sessions; WeakPassword. The journal says that, not what."""
    check(by, "person.password")
    _give_password(person, password, given=isinstance(by, Post))


@act("person.own_password", "更换本人密码")
def change_own_password(*, person: Person, old: str, password: str, by: Actor) -> None:
    """Give one's own account another password; WrongPassword if the old one is not right, or WeakPassword."""
    check(by, "person.own_password", own(by, person))
    if not person.check_password(old):
        raise WrongPassword("原密码不正确，请核对后重试。")
    if old == password:
        raise WeakPassword("新密码与原密码相同，请另取一个。")
    _give_password(person, password, given=False)


@act("person.disable", "停用账号")
def disable_person(*, person: Person, reason: str, by: Actor) -> None:
    """Close an account: it cannot log in any more, and its sessions end at once. NotAsItIs if it is closed already, or one's own."""
    check(by, "person.disable")
    if isinstance(by, Post) and by.holder_id == person.pk:
        raise NotAsItIs("不能停用自己的账号，请由另一名安全管理员办理。")
    _switch(person, reason, on=False)


@act("person.enable", "启用账号")
def enable_person(*, person: Person, reason: str, by: Actor) -> None:
    """Open a closed account again; sessions that ended stay ended. NotAsItIs if it is open."""
    check(by, "person.enable")
    _switch(person, reason, on=True)


@act("person.erase", "删除个人信息")
def erase_person(*, person: Person, reason: str, by: Actor) -> None:
    """Erase a person's names for good, everywhere but in documents and reasons; NotAsItIs unless the account is closed and holds no post.

    Events keep their tokens, which then stand for nobody: the journal verifies as before.
    """
    check(by, "person.erase")
    _check_reason(reason)
    person.refresh_from_db()
    if person.is_active or person.posts.exists():
        raise NotAsItIs(
            f"{person.name}（{person.username}）的账号仍在启用或仍任职，请先停用账号并免去其岗位，再删除个人信息。"
        )
    before, username = snapshot(person), person.username
    person.username, person.name = f"erased-{person.pk}", "已删除"
    person.set_unusable_password()
    person.save(update_fields=["username", "name", "password"])
    for kept in (AccessAttempt, AccessFailureLog, AccessLog):
        kept.objects.filter(username=username).delete()
    record(subject=person, changes=[changed(person, before)], reason=reason)
    afterwards(lambda: forget(str(person.pk), keep=[person.username, person.name]))


def _switch(person: Person, reason: str, *, on: bool) -> None:
    _check_reason(reason)
    person.refresh_from_db()
    before = snapshot(person)
    if person.is_active is on:
        raise NotAsItIs(f"{person.name}（{person.username}）的账号已经{'启用' if on else '停用'}，无需再办。")
    person.is_active = on
    person.save(update_fields=["is_active"])
    _end_sessions(person)
    record(subject=person, changes=[changed(person, before)], reason=reason)


def _give_password(person: Person, password: str, *, given: bool) -> None:
    before = snapshot(person)
    _set_password(person, password)
    person.password_given = given
    person.save(update_fields=["password", "password_given"])
    _end_sessions(person)
    record(subject=person, changes=[changed(person, before)])


def _set_password(person: Person, password: str) -> None:
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise WeakPassword("".join(error.messages)) from error
    person.set_password(password)


def _end_sessions(*people: Person | None) -> None:
    """End every session of these people: at its next request none of them is valid."""
    for person in people:
        if person is not None:
            Person.objects.filter(pk=person.pk).update(session_epoch=F("session_epoch") + 1)
            person.refresh_from_db(fields=["session_epoch"])


def _check_slug(code: str, what: str) -> None:
    if not SLUG.fullmatch(code):
        raise NameTaken(f"{what}“{code}”只能由字母、数字、下划线和连字符组成，最长 64 个。")


def _check_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonMissing("请写明理由，理由记入日志。")


# --- posts ---------------------------------------------------------------------------------------------------------------------------------


@act("account.open", "开立账号")
def open_account(
    *,
    username: str,
    name: str,
    password: str,
    title: str,
    unit: str,
    role: Role,
    place: Place | None = None,
    by: Actor,
) -> Post:
    """Register a person and seat him in a new post of the same code, in a unit that is registered, at its place, if need be."""
    check(by, "account.open")
    _check_slug(username, "登录名")
    if Post.objects.filter(code=username).exists():
        raise NameTaken(f"岗位代码“{username}”已经使用，请另取一个登录名。")
    level, parent = place or Place()
    known = organisations_by_name([unit]).get(unit)
    organisation = known or register_organisation(name=unit, level=level, parent=parent, by=by)
    person = register_person(username=username, name=name, password=password, by=by)
    post = establish_post(
        code=username, title=title, organisation=organisation, role=role, holder=person, by=by
    )
    record(subject=post, changes=[])
    return post


@act("post.establish", "设立岗位")
def establish_post(
    *, code: str, title: str, organisation: Organisation, role: Role, holder: Person | None, by: Actor
) -> Post:
    """Establish a post and seat its holder, if any; NameTaken, or DutiesClash where the holder has posts that exclude this one."""
    check(by, "post.establish")
    _check_slug(code, "岗位代码")
    if Post.objects.filter(code=code).exists():
        raise NameTaken(f"岗位代码“{code}”已经使用，请另取一个。")
    post = Post(code=code, title=title, organisation=organisation, role=role.value)
    _seat(post, holder)
    post.save()
    _end_sessions(holder)
    record(subject=post, changes=[created(post)])
    return post


@act("post.seat", "换任")
def seat_post(*, post: Post, holder: Person | None, reason: str, by: Actor) -> Post:
    """Seat somebody else in a post, or nobody; the predecessor loses it at once, and both log in again.

    NotAsItIs if the post is closed, or he holds it already, or his account is closed; DutiesClash.
    """
    check(by, "post.seat")
    _check_reason(reason)
    post.refresh_from_db()
    _check_open(post)
    before, predecessor = snapshot(post), post.holder
    if predecessor == holder:
        raise NotAsItIs(f"岗位“{post.title}”的任职人员没有变化，无需办理。")
    _seat(post, holder)
    post.save(update_fields=["holder"])
    _end_sessions(predecessor, holder)
    record(subject=post, changes=[changed(post, before)], reason=reason)
    return post


@act("post.close", "撤销岗位")
def close_post(*, post: Post, reason: str, by: Actor) -> Post:
    """Close a post: its holder loses it, nobody acts from it again, and it stays on record. NotAsItIs if it is closed, or one's own."""
    check(by, "post.close")
    _check_reason(reason)
    post.refresh_from_db()
    _check_open(post)
    if isinstance(by, Post) and by.pk == post.pk:
        raise NotAsItIs("不能撤销自己正在任职的岗位，请由另一名安全管理员办理。")
    before, holder = snapshot(post), post.holder
    post.holder, post.closed_at = None, moment()
    post.save(update_fields=["holder", "closed_at"])
    _end_sessions(holder)
    record(subject=post, changes=[changed(post, before)], reason=reason)
    return post


def _check_open(post: Post) -> None:
    if post.closed_at:
        raise NotAsItIs(f"岗位“{post.title}”（{post.code}）已撤销，请另设岗位。")


def _seat(post: Post, holder: Person | None) -> None:
    """Put somebody into a post, if he may hold it beside his others."""
    if holder is not None:
        holder.refresh_from_db()
        if not holder.is_active:
            raise NotAsItIs(
                f"{holder.name}（{holder.username}）的账号已停用，不能任职。请先启用，或另选他人。"
            )
        others = Post.objects.filter(holder=holder).exclude(pk=post.pk)
        check_duties(holder.name, [Role(other.role) for other in others], Role(post.role))
    post.holder = holder


# --- second factors ------------------------------------------------------------------------------------------------------------------------


@act("factor.begin", "开始设置第二因素")
def begin_factor(*, person: Person, by: Actor) -> str:
    """Give a person a new secret for his authenticator and return it; it counts once a code of it was given. NotAsItIs if he has one that counts."""
    check(by, "factor.begin", own(by, person))
    row = SecondFactor.objects.filter(person=person).first()
    if row and row.confirmed_at:
        raise NotAsItIs("第二因素已经启用。更换手机时，请安全管理员先解除，再重新设置。")
    secret = new_secret()
    _write_factor(row or SecondFactor(person=person), secret=seal(secret), confirmed=False)
    return secret


@act("factor.confirm", "启用第二因素")
def confirm_factor(*, person: Person, code: str, by: Actor) -> None:
    """Let the second factor count from now on, given a code that the authenticator shows; WrongCode, or NotAsItIs if none is being set up.

    Ends the person's sessions, since they began without it.
    """
    check(by, "factor.confirm", own(by, person))
    row = SecondFactor.objects.filter(person=person, confirmed_at=None).exclude(secret="").first()
    if row is None:
        raise NotAsItIs("没有正在设置的第二因素，请先开始设置。")
    step = step_of(unseal(row.secret), code, moment())
    if step is None:
        raise WrongCode("动态码不正确。请核对手机的时间是否准确，再输入当前显示的六位数字。")
    _write_factor(row, secret=row.secret, confirmed=True, last_step=step)
    _end_sessions(person)


@act("factor.reset", "解除第二因素")
def reset_factor(*, person: Person, reason: str, by: Actor) -> None:
    """Take a lost second factor away and end the person's sessions; NotAsItIs if there is none, or it is one's own."""
    check(by, "factor.reset")
    _check_reason(reason)
    if isinstance(by, Post) and by.holder_id == person.pk:
        raise NotAsItIs("不能解除自己的第二因素，请由另一名安全管理员办理。")
    row = SecondFactor.objects.filter(person=person).exclude(secret="").first()
    if row is None:
        raise NotAsItIs(f"{person.name}（{person.username}）没有设置第二因素，无需解除。")
    _write_factor(row, secret="", confirmed=False, reason=reason)
    _end_sessions(person)


@act("factor.enrol", "登记第二因素")
def enrol_factor(*, person: Person, secret: str, by: Actor) -> None:
    """Give a person a second factor whose secret is known already, as a demo's is. Only the system does it; NotAsItIs for what is no secret."""
    check(by, "factor.enrol")
    try:
        pyotp.TOTP(secret).now()
    except ValueError as error:
        raise NotAsItIs(
            "第二因素的密钥须为 Base32 文本（字母 A 至 Z 和数字 2 至 7），至少 24 个字符。"
        ) from error
    row = SecondFactor.objects.filter(person=person).first()
    _write_factor(row or SecondFactor(person=person), secret=seal(secret), confirmed=True)
    _end_sessions(person)


def _write_factor(
    row: SecondFactor, *, secret: str, confirmed: bool, last_step: int = 0, reason: str = ""
) -> None:
    """Store the secret, sealed, and say in the journal that it counts or does not; never the secret."""
    before = snapshot(row) if row.pk else None
    row.secret, row.confirmed_at = secret, moment() if confirmed else None
    row.last_step, row.wrong_codes, row.tried_at = last_step, 0, None
    row.save()
    change = created(row) if before is None else changed(row, before)
    record(subject=row, changes=[change], reason=reason)
