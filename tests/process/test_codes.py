"""One-time codes when many come at once, which only a database of its own can show."""

import json

import pytest

from tests.people import SECRET
from tests.process.served import environment, zhenggai

pytestmark = pytest.mark.process

AT_ONCE = """
import json
from concurrent.futures import ThreadPoolExecutor

import pyotp
from django.db import connection

from zhenggai.core.errors import Refusal
from zhenggai.parties.actions import enrol_factor
from zhenggai.parties.factors import factor_of, use_code
from zhenggai.parties.permissions import System
from zhenggai.parties.queries import person_by_username


def attempt(asked):
    factor, code = asked
    try:
        use_code(factor, code)
    except Refusal as refusal:
        return refusal.code
    finally:
        connection.close()
    return "opened"


outcomes = {}
for username, code in (("office", pyotp.TOTP("SECRET").now()), ("reader", "000000")):
    person = person_by_username(username)
    enrol_factor(person=person, secret="SECRET", by=System("tests"))
    with ThreadPoolExecutor(16) as pool:
        outcomes[username] = list(pool.map(attempt, [(factor_of(person), code)] * 32))
print(json.dumps(outcomes))
"""


def test_one_log_in_for_one_code_and_five_attempts_however_many_come_at_once(tmp_path):
    with environment(tmp_path / "data") as env:
        zhenggai("demo", "--no-serve", env=env)
        said = zhenggai("manage", "shell", "-c", AT_ONCE.replace("SECRET", SECRET), env=env).stdout
    outcomes = json.loads(said.splitlines()[-1])
    assert outcomes["office"].count("opened") == 1
    assert outcomes["reader"].count("opened") == 0
    assert outcomes["reader"].count("wrong_code") <= 4
