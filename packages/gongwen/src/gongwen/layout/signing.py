"""落款: where issuer and date stand: the date's right edge some characters in, the issuer centred over the date.

Source: GB/T 9704-2012, 7.3.5.
"""

from __future__ import annotations

from collections.abc import Sequence

from gongwen.layout.characters import width
from gongwen.layout.plan import Paragraph, Part

_LEAST = 2.5
_WIDEST = 24.0


def signing_indents(parts: Sequence[Part], at: int, characters: float) -> tuple[float, float] | None:
    """How far, in characters of the text, an issuer and the date below it are set in from the right; `None` where no such pair begins.

    A long issuer moves the date to the left until it does not reach the edge itself.
    """
    if at + 1 >= len(parts):
        return None
    issuer, date = parts[at], parts[at + 1]
    if not isinstance(issuer, Paragraph) or not isinstance(date, Paragraph):
        return None
    if (issuer.kind, date.kind) != ("issuer", "date") or width(issuer.text) > _WIDEST:
        return None
    beyond = (width(issuer.text) - width(date.text)) / 2
    of_date = max(characters, beyond + _LEAST)
    return of_date - beyond, of_date
