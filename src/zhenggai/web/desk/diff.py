"""差异: two texts word by word, two contents field by field. Plain Python."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from zhenggai.ledger.kinds import KINDS
from zhenggai.ledger.states import Kind
from zhenggai.web.desk.names import shown_value

LONGEST = 1_500
"""Characters up to which texts are compared word by word; the work grows with their product."""

_WORD = re.compile(r"[0-9A-Za-z.,%]+|.", re.DOTALL)
"""What is compared as one: a figure or a Western word, else one character. The digits that two figures share say nothing."""


@dataclass(frozen=True)
class Run:
    """A stretch of a comparison: ``same``, ``gone`` or ``come``."""

    how: str
    text: str


@dataclass(frozen=True)
class FieldDifference:
    """One field that differs, with both values and the runs that lead from one to the other."""

    label: str
    before: str
    after: str
    runs: tuple[Run, ...]


def runs(before: str, after: str) -> tuple[Run, ...]:
    """How ``after`` came of ``before``. The same and gone runs together are ``before``, the same and come runs ``after``."""
    if max(len(before), len(after)) > LONGEST:
        return tuple(Run(how, text) for how, text in (("gone", before), ("come", after)) if text)
    old, new = _WORD.findall(before), _WORD.findall(after)
    found: list[Run] = []
    for how, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        pairs = [("same", old[a:b])] if how == "equal" else [("gone", old[a:b]), ("come", new[c:d])]
        found += [Run(name, "".join(words)) for name, words in pairs if words]
    return tuple(found)


def fields(kind: Kind, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[FieldDifference]:
    """The fields of a kind in which two contents differ."""
    pairs = [(f, shown_value(f, before), shown_value(f, after)) for f in KINDS[kind].fields]
    return [FieldDifference(f.label, old, new, runs(old, new)) for f, old, new in pairs if old != new]
