"""总数: counts a document states about its own problems, measures, tasks, institutions and letters.

Guarantees
1. Every total is also a quantity, with the same span.
2. It stands outside the treatment of single problems, in running text; a heading's count （4个） is none.
"""

from __future__ import annotations

import re

from gongwen.models import Quantity, Total
from gongwen.reading.tables import totals as words
from gongwen.reading.tables.characters import READ_AS

_OWN = re.compile("|".join(words.OWN))
_FOR_OTHERS = re.compile("|".join(words.FOR_OTHERS))
_LONGEST_RATE = 8
_OWN_RATE = re.compile("(?:完成|整改|办结|落实|销号|到位|采纳)率$")
_OTHERS = re.compile("|".join(words.OTHERS))


def find_totals(quantities: list[Quantity], barred: list[bool], before: list[str]) -> tuple[Total, ...]:
    """Totals among the quantities; `barred[i]` says that the i-th stands in a heading, a table or a finding.

    `before[i]` are the words before it in its clause: problems that were solved for others are no totals of
    one's own.
    """
    return tuple(
        Total(q.label, q.value, q.unit, q.text, q.span, q.path)
        for q, bar, words_before in zip(quantities, barred, before, strict=True)
        if not bar and _is_total(q) and not _FOR_OTHERS.search(words_before)
    )


def _is_total(quantity: Quantity) -> bool:
    if quantity.unit not in words.UNITS or quantity.change is not None:
        return False
    label = quantity.label.translate(READ_AS)
    if quantity.unit == "%":
        return len(label) <= _LONGEST_RATE and bool(_OWN_RATE.search(label))
    return bool(_OWN.search(label)) and not _OTHERS.search(label)
