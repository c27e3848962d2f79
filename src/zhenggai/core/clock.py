"""The one place where the time is read.

An act reads the clock once and passes the moment on, so that everything it writes carries the same time.
"""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present moment, aware, in UTC."""
    return datetime.now(UTC)
