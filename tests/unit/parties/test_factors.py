"""第二因素: one-time codes, and the secret behind them."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
import time_machine
from django.test import override_settings

from tests import people
from tests.people import SECRET, SYSTEM
from zhenggai.core.errors import NotPermitted
from zhenggai.journal.models import Event
from zhenggai.journal.verify import verify
from zhenggai.parties.actions import (
    NotAsItIs,
    WeakPassword,
    WrongPassword,
    begin_factor,
    change_own_password,
    confirm_factor,
    enrol_factor,
    reset_factor,
)
from zhenggai.parties.factors import (
    CodesPaused,
    WrongCode,
    factor_of,
    pending_secret,
    setup_address,
    step_of,
    use_code,
)
from zhenggai.parties.models import Person, Post, SecondFactor
from zhenggai.parties.permissions import Oneself
from zhenggai.parties.sealing import SealBroken, seal, unseal
from zhenggai.parties.states import Role

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def code_at(moment: datetime, secret: str = SECRET) -> str:
    return pyotp.TOTP(secret).at(moment)


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def person(clock) -> Person:
    """Somebody whose authenticator holds SECRET."""
    somebody = people.person("somebody", "某人")
    enrol_factor(person=somebody, secret=SECRET, by=SYSTEM)
    return somebody


@pytest.mark.parametrize(
    ("seconds", "good"), [(-60, False), (-30, True), (0, True), (29, True), (30, True), (60, False)]
)
def test_clocks_may_differ_by_one_step(seconds, good):
    assert (step_of(SECRET, code_at(NOON + timedelta(seconds=seconds)), NOON) is not None) is good


@pytest.mark.parametrize("code", ["", "abc", "１２３４５６", "12345", "1234567", "000000 ' --"])
def test_nonsense_is_no_code(code: str):
    assert step_of(SECRET, code, NOON) is None


def test_a_code_works_once_and_blanks_do_not_matter(person: Person):
    factor = factor_of(person)
    code = code_at(NOON)
    use_code(factor, f" {code[:3]} {code[3:]} ")
    with pytest.raises(WrongCode):
        use_code(factor, code)
    with pytest.raises(WrongCode):
        use_code(factor, code_at(NOON - timedelta(seconds=30)))  # older than the last one used
    use_code(factor, code_at(NOON + timedelta(seconds=30)))


def test_five_wrong_codes_pause_for_a_quarter_of_an_hour(person: Person, clock):
    factor = factor_of(person)
    for _ in range(4):
        with pytest.raises(WrongCode):
            use_code(factor, "000000")
    for code in ("000000", code_at(NOON)):
        with pytest.raises(CodesPaused):
            use_code(factor, code)
    later = NOON + timedelta(minutes=16)
    clock.move_to(later, tick=False)
    use_code(factor, code_at(later))


def test_the_right_code_clears_the_wrong_ones(person: Person, clock):
    factor = factor_of(person)
    for minute in range(10):
        moment = NOON + timedelta(minutes=minute)
        clock.move_to(moment, tick=False)
        with pytest.raises(WrongCode):
            use_code(factor, "000000")
        use_code(factor, code_at(moment))


def test_setting_up(clock, office: Post):
    person = office.holder
    me = Oneself(person)
    secret = begin_factor(person=person, by=me)
    assert pending_secret(person) == secret
    assert factor_of(person) is None  # not before it was confirmed
    assert secret in setup_address(person, secret)
    with pytest.raises(WrongCode):
        confirm_factor(person=person, code="000000", by=me)
    confirm_factor(person=person, code=code_at(NOON, secret), by=me)
    factor = factor_of(person)
    assert factor is not None
    assert pending_secret(person) == ""
    with pytest.raises(WrongCode):
        use_code(factor, code_at(NOON, secret))  # spent by the confirmation
    with pytest.raises(NotAsItIs, match="已经启用"):
        begin_factor(person=person, by=me)
    with pytest.raises(NotAsItIs, match="请先开始设置"):
        confirm_factor(person=person, code=code_at(NOON, secret), by=me)
    assert verify().sound


def test_beginning_again_gives_another_secret(clock, office: Post):
    me = Oneself(office.holder)
    first = begin_factor(person=office.holder, by=me)
    assert begin_factor(person=office.holder, by=me) != first


def test_the_secret_is_sealed_and_never_journaled(person: Person):
    row = SecondFactor.objects.get(person=person)
    assert SECRET not in row.secret
    assert unseal(row.secret) == SECRET
    assert not any(
        SECRET in body or row.secret in body for body in Event.objects.values_list("body", flat=True)
    )


def test_a_seal_opens_with_the_former_key_and_with_no_other(person: Person):
    sealed = seal(SECRET)
    with override_settings(SECRET_KEY="another" * 8):
        with pytest.raises(SealBroken, match="恢复原来的 keys 目录"):
            unseal(sealed)
        from django.conf import settings

        assert settings.SECRET_KEY_FALLBACKS == []
    from django.conf import settings

    with override_settings(SECRET_KEY="another" * 8, SECRET_KEY_FALLBACKS=[settings.SECRET_KEY]):
        assert unseal(sealed) == SECRET


def test_resetting(person: Person, security: Post):
    reset_factor(person=person, reason="手机遗失", by=security)
    assert factor_of(person) is None
    assert SecondFactor.objects.get(person=person).secret == ""
    with pytest.raises(NotAsItIs, match="没有设置第二因素"):
        reset_factor(person=person, reason="手机遗失", by=security)
    with pytest.raises(NotAsItIs, match="不能解除自己"):
        reset_factor(person=security.holder, reason="换手机", by=security)
    begin_factor(person=person, by=Oneself(person))
    assert verify().sound


def test_what_is_no_secret_is_not_enrolled(person: Person):
    with pytest.raises(NotAsItIs, match="Base32"):
        enrol_factor(person=person, secret="not base 32!", by=SYSTEM)


@pytest.mark.parametrize("role", Role)
def test_who_may(role: Role, person: Person):
    by = people.post("who", "某", role)
    with pytest.raises(NotPermitted):
        enrol_factor(person=person, secret=SECRET, by=by)
    for other in (by, Oneself(by.holder)):
        with pytest.raises(NotPermitted, match="须由本人办理"):
            begin_factor(person=person, by=other)
        with pytest.raises(NotPermitted, match="须由本人办理"):
            confirm_factor(person=person, code="000000", by=other)
        with pytest.raises(NotPermitted, match="须由本人办理"):
            change_own_password(
                person=person, old=people.PASSWORD, password="另一个好记的-passphrase", by=other
            )
    if role is not Role.SECURITY:
        with pytest.raises(NotPermitted, match="须由安全管理员办理"):
            reset_factor(person=person, reason="x", by=by)


def test_ones_own_password(office: Post):
    person, me = office.holder, Oneself(office.holder)
    new = "另一个好记的-passphrase"
    with pytest.raises(WrongPassword):
        change_own_password(person=person, old="wrong", password=new, by=me)
    with pytest.raises(WeakPassword):
        change_own_password(person=person, old=people.PASSWORD, password="123", by=me)
    with pytest.raises(WeakPassword, match="与原密码相同"):
        change_own_password(person=person, old=people.PASSWORD, password=people.PASSWORD, by=me)
    before = person.get_session_auth_hash()
    change_own_password(person=person, old=people.PASSWORD, password=new, by=me)
    assert person.check_password(new)
    assert person.get_session_auth_hash() != before
    assert verify().sound
