"""词段: words in one go, with their place on a page."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one go, on one line; a blank at their beginning was written before them. `size` is the height of the type."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    confidence: Decimal | None = None
