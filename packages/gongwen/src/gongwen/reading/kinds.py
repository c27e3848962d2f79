"""文种: what kind of document it is.

Guarantees
1. The title's last noun decides where there is one; else the body's own words (现将…予以公布) or its tables.
2. A 反馈意见 states problems and advice only: a bulletin about 反馈意见整改 is none.
"""

from __future__ import annotations

import re

from gongwen.models import DocumentKind
from gongwen.reading.clean import Text
from gongwen.reading.ledgertables import Table

_BY_TITLE: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    (
        "清单",
        re.compile(
            r"清单及(?:整改)?任务$|(?:清单|台账|一览表|汇总表|统计表|明细表|任务表|问题表|进展表|情况表)(?:（[^）]*）)?$"
        ),
    ),
    ("公示", re.compile(r"公示(?:表|稿)?(?:（[^）]*）)?$|销号公示")),
    ("反馈意见", re.compile(r"反馈意见(?:书)?$|反馈.{0,8}(?:情况|意见)$|情况反馈$")),
    ("通报", re.compile(r"(?:通报|公告|通告)(?:（[^）]*）)?$")),
    ("报告", re.compile(r"报告(?:（[^）]*）)?$")),
    ("通报", re.compile(r"整改.*(?:情况|进展)(?:（[^）]*）)?$")),
)
_BY_BODY: tuple[tuple[DocumentKind, re.Pattern[str]], ...] = (
    ("公示", re.compile("现(?:将.{0,60})?予以公示|公示期")),
    ("通报", re.compile("现将.{0,60}(?:予以)?(?:公布|通报|公开)|通报如下")),
    ("报告", re.compile("现将.{0,60}报告如下|请审议|特此报告")),
)


def document_kind(text: Text, title: str | None, tables: list[Table]) -> DocumentKind:
    """文种 by title, then by the words of the body, then by its tables."""
    if title:
        plain = re.sub(r"\s", "", title)
        for kind, pattern in _BY_TITLE:
            if pattern.search(plain):
                return kind
    for kind, pattern in _BY_BODY:
        if pattern.search(text.flat, 0, 3000):
            return kind
    return "清单" if any(table.lists_problems for table in tables) else "其他"


def states_only(text: Text, title: str | None) -> bool:
    """Whether the document only states problems and advice (反馈意见), so that 一是… are details, not measures."""
    return document_kind(text, title, []) == "反馈意见"
