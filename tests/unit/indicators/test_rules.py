"""What a figure can be."""

from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from zhenggai.core.clock import now
from zhenggai.indicators.models import Indicator, Observation
from zhenggai.indicators.rules import ImpossibleFigure, exact_value
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions.deciding import accept
from zhenggai.ledger.states import Kind


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("2888800", "2888800"),
        ("1.990", "1.99"),
        ("0", "0"),
        ("1000000000000000000", None),  # 10^18: more digits than a double holds
        ("999999999999999", "999999999999999"),
        ("0.000001", "0.000001"),
        ("0.0000001", None),
        ("123456789.1234567", None),
        ("", None),
        ("十二", None),
        ("NaN", None),
        ("Infinity", None),
        ("1e5", "100000"),
    ],
)
def test_exact_value(written, value):
    if value is None:
        with pytest.raises(ImpossibleFigure, match="请"):
            exact_value(written)
    else:
        assert exact_value(written) == Decimal(value)


@pytest.mark.django_db
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.decimals(min_value=-(10**14), max_value=10**14, places=6, allow_nan=False))
def test_what_is_exact_comes_back_from_the_database(value):
    try:
        exact = exact_value(str(value))
    except ImpossibleFigure:
        return
    with transaction.atomic():
        indicator = Indicator.objects.create(name="甲", unit="元", kind="money")
        row = Observation.objects.create(indicator=indicator, value=exact, observed_at=now())
        row.refresh_from_db()
        assert row.value == exact
        transaction.set_rollback(True)


def test_equal_figures_are_one_indicator(office):
    made = factories.Made(
        [
            factories.F("甲", figures=[("整治混错接点", "3", "处")]),
            factories.F("乙", figures=[("整治混错接点", "4", "处")]),
        ]
    )
    reading = factories.enter(made, by=office)
    accept(proposals=factories.of_kind(reading, Kind.FIGURE), by=office)
    one, other = Observation.objects.order_by("pk")
    assert one.indicator == other.indicator
    assert verify().sound
