"""All checks before approval of a draft, against the checks of the text library alone: 100 and 1,000 figures, 300 items, 300 earlier paragraphs.

Budget: 500 ms for 10,000 characters. ``python -m tests.benchmarks checking``; it needs no database.
"""

from collections.abc import Iterator

import gongwen
from tests.benchmarks.measure import Line, seconds
from tests.unit.bulletins.checks.large import large
from zhenggai.bulletins.checks import check


def run() -> Iterator[Line]:
    for length in (10_000, 100_000):
        draft = large(length)
        yield Line(
            f"checks, {len(draft.text):,} characters, {len(draft.figures):,} figures",
            seconds(lambda draft=draft: check(draft)),  # type: ignore[misc]
            "gongwen.check",
            seconds(lambda draft=draft: gongwen.check(draft.reading)),  # type: ignore[misc]
            1,
            "drafts",
        )
