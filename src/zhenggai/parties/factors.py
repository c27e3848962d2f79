"""第二因素: one-time codes by time (RFC 6238: six digits, 30 seconds), each good for one log-in.

1. An attempt is claimed before its code is looked at, by one conditional UPDATE: five wrong codes, however many come at once, close the
   log-in for a quarter of an hour. Only somebody who knows the password gets so far, so nobody else can close it.
2. A code's step is claimed in the same way: of two log-ins with one code, one succeeds.
3. Attempts are no acts; what they leave in the row decides nothing but the next attempt.
"""

import hmac
from datetime import datetime, timedelta

import pyotp
from django.db.models import F

from zhenggai.core import clock
from zhenggai.core.errors import Refusal
from zhenggai.parties.models import Person, SecondFactor
from zhenggai.parties.sealing import unseal

ISSUER = "整改台账"
"""Under which name an authenticator lists the account."""

SECONDS = 30
DRIFT = 1
"""Steps by which the clocks of a telephone and the server may differ."""

ATTEMPTS = 5
PAUSE = timedelta(minutes=15)


class WrongCode(Refusal):
    """动态码不正确: not the code of this moment, or one that was used before."""

    code = "wrong_code"


class CodesPaused(Refusal):
    """动态码已暂停: too many wrong ones."""

    code = "codes_paused"


def factor_of(person: Person) -> SecondFactor | None:
    """Return the second factor that a person has set up and confirmed; None without one."""
    return SecondFactor.objects.filter(person=person, confirmed_at__isnull=False).first()


def pending_secret(person: Person) -> str:
    """Return the secret that a person is setting up; empty if he is not."""
    row = SecondFactor.objects.filter(person=person, confirmed_at=None).exclude(secret="").first()
    return unseal(row.secret) if row else ""


def new_secret() -> str:
    """A fresh secret of 160 bits, in base 32."""
    return pyotp.random_base32()


def setup_address(person: Person, secret: str) -> str:
    """The address that an authenticator reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=person.username, issuer_name=ISSUER)


def step_of(secret: str, code: str, at: datetime) -> int | None:
    """Return the step whose code this is, among those near a moment; None if it is none of them."""
    digits = "".join(code.split())
    if not digits.isascii():
        return None
    present = int(at.timestamp()) // SECONDS
    totp = pyotp.TOTP(secret, interval=SECONDS)
    steps = range(present - DRIFT, present + DRIFT + 1)
    matching = [step for step in steps if hmac.compare_digest(totp.generate_otp(step), digits)]
    return max(matching, default=None)


def use_code(factor: SecondFactor, code: str) -> None:
    """Spend a code; WrongCode, or CodesPaused from the fifth wrong one on."""
    at = clock.now()
    row = SecondFactor.objects.filter(pk=factor.pk)
    row.filter(tried_at__lte=at - PAUSE).update(wrong_codes=0)
    if not row.filter(wrong_codes__lt=ATTEMPTS).update(wrong_codes=F("wrong_codes") + 1, tried_at=at):
        raise CodesPaused("动态码连续输错次数过多，已暂停登录，请十五分钟后再试。")
    step = step_of(unseal(factor.secret), code, at)
    if step is not None and row.filter(last_step__lt=step).update(last_step=step, wrong_codes=0):
        return
    if not row.filter(wrong_codes__lt=ATTEMPTS).exists():
        raise CodesPaused("动态码连续输错次数过多，已暂停登录，请十五分钟后再试。")
    raise WrongCode("动态码不正确或已用过，请等下一个动态码再输入。")
