"""开头语: the sentences that tell who inspected whom, when, and when the findings were fed back.

Guarantees
1. What the inspection says has its words; what it does not say has none.
2. Without an inspection there is no opening.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.models import Inspection

_DAY = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")


def opening(inspection: Inspection) -> str | None:
    """One paragraph, in the order of official usage: by whose order, when, who at whom; then the feedback."""
    said = [*_inspected(inspection), *_fed_back(inspection)]
    return "".join(f"{sentence}。" for sentence in [*said, "现将有关情况予以公布"]) if said else None


def day(written: str | None) -> str:
    """2026-01-15 → 2026年1月15日, 2026-01 → 2026年1月; what is no date stays as it is."""
    found = _DAY.fullmatch(written or "")
    if not found:
        return written or ""
    year, month, of_month = found.groups()
    return f"{year}年{int(month)}月" + (f"{int(of_month)}日" if of_month else "")


def _inspected(inspection: Inspection) -> Iterator[str]:
    parts = [f"按照{order}部署" for order in _orders(inspection)]
    parts += [_time(inspection)] if inspection.started_on else []
    who = (inspection.team or "") + (f"对{inspection.party}" if inspection.party else "")
    if parts or who:
        yield "，".join([*parts, f"{who}开展了{inspection.kind or '检查'}"])


def _orders(inspection: Inspection) -> Iterator[str]:
    """By whose order: the authority unless the team's name begins with it, and the round."""
    if inspection.authority and not (inspection.team or "").startswith(inspection.authority):
        yield inspection.authority
    if inspection.round:
        yield inspection.round


def _time(inspection: Inspection) -> str:
    started, ended = day(inspection.started_on), day(inspection.ended_on)
    if started[:5] == ended[:5]:  # 2025年: not said twice
        ended = ended[5:]
    return f"{started}至{ended}" if ended else started


def _fed_back(inspection: Inspection) -> Iterator[str]:
    if inspection.feedback_on:
        to = f"向{inspection.party}" if inspection.party else ""
        yield f"{day(inspection.feedback_on)}，{to}反馈了{inspection.kind or '检查'}意见"
