"""检查 `check(bulletin)`: what cannot be right in a document, or should be looked at.

Guarantees
1. Never raises on a bulletin that `read` made, and changes nothing.
2. Remarks come in the order of their places; each names the place, the reason and both figures.
3. Every check keeps silent where its own guarantees do not let it speak: few false alarms before many remarks.
4. The time is linear in the length of the text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from gongwen.checks.areas import check_areas
from gongwen.checks.bodies import check_bodies
from gongwen.checks.damage import check_damage
from gongwen.checks.dates import check_dates
from gongwen.checks.documents import check_documents
from gongwen.checks.figures import check_figures
from gongwen.checks.measures import check_measures
from gongwen.checks.numbering import check_numbering
from gongwen.checks.paragraphs import check_paragraphs
from gongwen.checks.percents import check_percents
from gongwen.checks.statuses import check_statuses
from gongwen.checks.totals import check_totals
from gongwen.checks.view import View
from gongwen.models import Bulletin, Remark

__all__ = ["CHECKS", "check"]

CHECKS: tuple[tuple[str, Callable[[View], Iterable[Remark]]], ...] = (
    ("合计", check_totals),
    ("分项与表格", check_areas),
    ("比例", check_percents),
    ("日期", check_dates),
    ("同数两值", check_figures),
    ("制度数", check_documents),
    ("空话", check_measures),
    ("重复段落", check_paragraphs),
    ("他单位名称", check_bodies),
    ("序号", check_numbering),
    ("状态", check_statuses),
    ("残损与残留", check_damage),
)


def check(bulletin: Bulletin) -> list[Remark]:
    """检查一件公文: all remarks in the order of their places, none where nothing contradicts itself."""
    view = View(bulletin)
    found = {remark: None for _, run in CHECKS for remark in run(view)}
    return sorted(found, key=lambda remark: (remark.span, remark.code))
