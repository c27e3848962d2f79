"""Random acts on the values of an indicator, in any order, by anyone: what the series says now is what a plain model of them says."""

from dataclasses import dataclass
from datetime import timedelta
from random import Random

import pytest
from django.db import transaction

from tests import cast
from tests.unit.indicators.figures import entered
from zhenggai.core.errors import Refusal
from zhenggai.indicators import actions
from zhenggai.indicators.currency import now_of
from zhenggai.indicators.models import Observation
from zhenggai.indicators.queries import candidates
from zhenggai.journal.models import Event
from zhenggai.journal.verify import verify

pytestmark = pytest.mark.django_db

PERIODS = ("2024年", "2025年")


@dataclass
class Said:
    """A value as somebody would note it on paper."""

    period: str
    as_of: object
    value: int
    signed: bool
    corrects: int | None = None
    withdrawn: bool = False


def stands(notes, key):
    note = notes[key]
    corrected = any(n.corrects == key and n.signed for n in notes.values())
    return note.signed and not note.withdrawn and not corrected


def says_now(notes, period):
    """The value of a period: the latest that stands, by its date, then by its entry."""
    rows = [(n.as_of, key, n.value) for key, n in notes.items() if n.period == period and stands(notes, key)]
    return max(rows)[2] if rows else None


def step(random, notes, green, unit, office):
    """Try one act; note it down if it was done."""
    what = random.choice(["report", "report", "sign", "sign", "correct", "withdraw"])
    by = random.choice([unit.head, unit.filler, unit.head, office])
    value, day = random.randrange(1, 99), cast.today() - timedelta(days=random.randrange(6))
    key = random.choice(list(notes)) if notes else None
    if what == "report":
        period = random.choice(PERIODS)
        row = entered(green, unit, by, value=str(value), period=period, as_of=day, scope="S")
        notes[row.pk] = Said(period, day, value, by == unit.head)
    elif key is None:
        return
    elif what == "sign":
        actions.sign(observation=Observation.objects.get(pk=key), by=by)
        notes[key].signed = True
    elif what == "correct":
        old = Observation.objects.get(pk=key)
        row = actions.correct(observation=old, value=str(value), reason="核对", as_of=day, by=by)
        notes[row.pk] = Said(notes[key].period, day, value, by == unit.head, corrects=key)
    else:
        actions.withdraw(observations=[Observation.objects.get(pk=key)], reason="有误", by=by)
        notes[key].withdrawn = True


@pytest.mark.parametrize("seed", range(6))
def test_what_a_series_says_is_what_was_noted(seed, green, unit, office):
    random, notes = Random(seed), {}
    for number in range(30):
        events = Event.objects.count()
        try:
            with transaction.atomic():
                step(random, notes, green, unit, office)
        except Refusal as refusal:
            assert refusal.sentence  # noqa: PT017  # whether anything was refused is not what is tested
            assert Event.objects.count() == events
        if number % 8 == 0:
            check(notes)
    check(notes)
    assert len(notes) > 3
    assert verify().sound


def check(notes):
    rows = list(Observation.objects.all())
    now = now_of(rows, cast.today())
    for row in rows:
        assert now[row.pk].value == says_now(notes, notes[row.pk].period), row.pk
    standing = {row.period: row.value for row in candidates("S")}
    assert standing == {p: v for p in PERIODS if (v := says_now(notes, p)) is not None}
