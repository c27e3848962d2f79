"""总数: counts a document states about its own problems, measures, tasks, institutions and letters.

Guarantees
1. Every total is also a quantity, with the same span.
2. It stands outside the treatment of single problems, in running text; a heading's count （4个） is none.
"""

from __future__ import annotations

import re

from gongwen.models import Quantity, Total
from gongwen.tables import totals as words
from gongwen.tables.characters import READ_AS

_OWN = re.compile("|".join(words.OWN))
_OTHERS = re.compile("|".join(words.OTHERS))


def find_totals(quantities: list[Quantity], barred: list[bool]) -> tuple[Total, ...]:
    """Totals among the quantities; `barred[i]` says that the i-th stands in a heading, a table or a finding."""
    return tuple(
        Total(q.label, q.value, q.unit, q.text, q.span, q.path)
        for q, bar in zip(quantities, barred, strict=True)
        if not bar and _is_total(q)
    )


def _is_total(quantity: Quantity) -> bool:
    if quantity.unit not in words.UNITS or quantity.change is not None:
        return False
    label = quantity.label.translate(READ_AS)
    if quantity.unit == "%" and not re.search("率$", label):
        return False
    return bool(_OWN.search(label)) and not _OTHERS.search(label)
