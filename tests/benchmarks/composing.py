"""Proposals for every number of a draft, against reading the draft: 100 and 1,000 figures, ten sources for each.

Budget: 300 ms for 10,000 characters with 100 figures. ``python -m tests.benchmarks composing``; it needs no database.
"""

from collections.abc import Iterator
from dataclasses import replace

import gongwen
from tests.benchmarks.measure import Line, seconds
from tests.unit.bulletins.checks.large import large
from zhenggai.bulletins.proposing import propose


def run() -> Iterator[Line]:
    for length in (10_000, 100_000):
        draft = large(length)
        figures = [each.figure for each in draft.figures]
        known = [each.source for each in draft.figures if each.source]
        sources = [
            replace(source, key=number * len(known) + at, label=f"{source.label}{number or ''}")
            for number in range(10)
            for at, source in enumerate(known)
        ]
        yield Line(
            f"proposals, {len(figures):,} figures, {len(sources):,} sources",
            seconds(lambda figures=figures, sources=sources: propose(figures, sources)),  # type: ignore[misc]
            "gongwen.read_lines",
            seconds(lambda draft=draft: gongwen.read_lines(draft.text)),  # type: ignore[misc]
            len(figures),
            "figures",
        )
