"""Canonical JSON and what becomes of column values."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.core.enums import Labelled
from zhenggai.journal.chain import GENESIS, canonical, digest_entry, plain


class Colour(Labelled):
    RED = "red", "红"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (7, 7),
        ("整改", "整改"),
        (Colour.RED, "red"),
        # Both databases must give the same text: SQLite pads decimals to their places, PostgreSQL does not.
        (Decimal("2888800.000000"), "2888800"),
        (Decimal("1.990000"), "1.99"),
        (Decimal("1E+2"), "100"),
        (Decimal("-0.000"), "0"),
        (date(2025, 7, 11), "2025-07-11"),
        (datetime(2025, 7, 11, 8, 30, tzinfo=UTC), "2025-07-11T08:30:00.000000+00:00"),
        # The same moment, told in China's time.
        (
            datetime(2025, 7, 11, 16, 30, tzinfo=timezone(timedelta(hours=8))),
            "2025-07-11T08:30:00.000000+00:00",
        ),
        ([Decimal("1.0"), None], ["1", None]),
        ({"b": 1, "a": date(2025, 1, 1)}, {"b": 1, "a": "2025-01-01"}),
    ],
)
def test_plain(value, expected):
    assert plain(value) == expected
    assert type(plain(value)) is type(expected)


def test_plain_refuses_what_has_no_one_text():
    with pytest.raises(TypeError):
        plain(1.5)


def test_canonical_is_sorted_and_keeps_characters():
    assert canonical({"b": "整改", "a": [1, None]}) == '{"a":[1,null],"b":"整改"}'


@given(st.text(), st.text())
def test_digest_depends_on_everything_before(first, second):
    one, other = digest_entry(GENESIS, first), digest_entry(GENESIS, second)
    assert (one == other) == (first == second)
    assert (digest_entry(one, "x") == digest_entry(other, "x")) == (first == second)
