"""空话 (measure.empty): a measure without any fact, only set phrases.

Guarantees
1. Any figure, date, cited document or organisation is a fact; so are quoted names and words of a finished act (清退、建成、通报).
2. Silent unless at least two set phrases stand in the measure, and on measures too short to judge.
3. A warning only where the problem is reported completed, has two measures or more, and none has a fact.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from gongwen.checks.view import View, remark, where
from gongwen.models import Finding, Measure, Remark

CODE = "measure.empty"
_PHRASE = re.compile(
    r"高度重视|进一步|加强|强化|持续|不断|切实|深入|扎实|积极|全面|大力|着力|牢固树立|提高认识|提升|常态化|狠抓|严格落实|压实"
)
_FACT = re.compile(
    r"[0-9０-９“”‘’《》]|清退|追回|建成|开工|完工|拆除|关停|上线|启用|通报|问责|印发|修订|出台|约谈|缴|公示|签订|调整|配备"
)
_SHORTEST = 10


def check_measures(view: View) -> Iterator[Remark]:
    """Findings whose measures say nothing, then single measures."""
    facts = _fact_places(view)
    for finding in view.bulletin.findings:
        empty = [measure for measure in finding.measures if _is_empty(measure, facts)]
        if finding.status_class == "completed" and len(empty) == len(finding.measures) > 1:
            yield _nothing_done(finding, empty)
            continue
        for measure in empty:
            message = f"{where(measure.path)}这条措施没有数字、日期、文件或单位等事实，只有套话。"
            yield remark(CODE, "hint", message, measure)


def _nothing_done(finding: Finding, empty: list[Measure]) -> Remark:
    message = (
        f"{where(finding.path)}问题报为“{finding.status}”，所列{len(empty)}条措施却都没有事实，只有套话。"
    )
    place = Measure(finding.path, "", finding.title, finding.span)
    return remark(CODE, "warning", message, place, *empty)


def _fact_places(view: View) -> list[int]:
    bulletin = view.bulletin
    starts = [quantity.span.start for quantity in bulletin.quantities]
    starts += [date.span.start for date in bulletin.dates]
    starts += [citation.span.start for citation in bulletin.citations]
    starts += [organisation.span.start for organisation in bulletin.organisations]
    return sorted(starts)


def _is_empty(measure: Measure, facts: list[int]) -> bool:
    at = bisect_left(facts, measure.span.start)
    if at < len(facts) and facts[at] < measure.span.end:
        return False
    if len(measure.text) < _SHORTEST or _FACT.search(measure.text):
        return False
    return len(_PHRASE.findall(measure.text)) >= 2  # noqa: PLR2004
