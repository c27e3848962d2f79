"""A unit with its own indicator."""

import pytest

from tests import cast
from tests.unit.indicators.figures import GREEN
from zhenggai.indicators import actions
from zhenggai.indicators.actions import Details
from zhenggai.indicators.states import Direction, Source


@pytest.fixture
def unit(db):
    return cast.unit("浅溪县工业局", "gy")


@pytest.fixture
def green(office, unit):
    details = Details(
        source=Source.REPORTED,
        direction=Direction.UP,
        numerator="获评绿色工厂的企业",
        period_kind="年度",
        organisation=unit.organisation,
    )
    return actions.define(name=GREEN, details=details, by=office)
