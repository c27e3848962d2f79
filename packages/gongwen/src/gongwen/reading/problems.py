"""问题表述: how a heading states a problem, and how a numbered paragraph below it tells a measure instead.

Guarantees
1. `unwrapped` finds the problem itself inside a wrapped title (关于“P”问题的整改); other titles give `None`.
2. A paragraph tells a measure only if it is a whole sentence and neither wraps nor ends in a deficiency.
"""

from __future__ import annotations

import re

from gongwen.reading.nouns import begins_with_verb
from gongwen.reading.patterns import any_of
from gongwen.reading.tables import headings as words

_WRAPPERS = tuple(re.compile(pattern) for pattern in words.WRAPPERS)
_DEFICIENCY = re.compile(any_of(words.DEFICIENCY))
_FAILS = re.compile(f"(?:{'|'.join(words.FAILS)})(?:的?问题)?$")
_ACTION = re.compile(any_of(words.ACTIONS))
_RUN_IN_TITLE = 16
_ENDS_SENTENCE = "。；"
# So short a title without a figure names a problem by a single word of deficiency.
_SHORT_TITLE = 30


def unwrapped(title: str) -> tuple[int, int] | None:
    """The place of the problem itself within a wrapped title."""
    for pattern in _WRAPPERS:
        match = pattern.match(title)
        if match:
            return match.span("p")
    return None


def states_deficiency(title: str) -> bool:
    """Whether a title holds any word of deficiency (不够、缺、滞后 …)."""
    return bool(_DEFICIENCY.search(title))


def fails(title: str) -> bool:
    """Whether a title ends in what fails (…责任压得不实, …存在薄弱环节): it states a problem whatever else it speaks of."""
    return bool(_FAILS.search(title))


def tells_measure(paragraph: str, title: str) -> bool:
    """Whether a numbered paragraph below a problem tells what was done: `title` is it up to its first full stop."""
    if paragraph[-1:] not in _ENDS_SENTENCE or unwrapped(title) or fails(title):
        return False
    if (
        _ACTION.match(title)
        or begins_with_verb(title, 0)
        or len(title) > _SHORT_TITLE
        or re.search(r"\d", title)
    ):
        return True
    return not states_deficiency(title)


def is_run_in(paragraph: str, title: str) -> bool:
    """Whether a paragraph begins with a title of its own (深化理论武装。集中学习14次…): short, without figures, and more follows."""
    return (
        len(title) <= _RUN_IN_TITLE and len(paragraph) > len(title) + 1 and not re.search(r"[\d，《]", title)
    )
