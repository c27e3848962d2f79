"""制度数核对 (documents.count): a stated number of policy documents against those named in 《》.

Guarantees
1. Fewer named than stated is normal in a bulletin: a hint only where 分别为, 包括, 即 or a colon says that all are named.
2. More named than stated is a warning, where they are named in the same sentence as what was made.
3. Silent when 等 closes the list and fewer are named, and where the count is of other things than documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.checks.view import Figure, Sentence, View, plain, remark, where
from gongwen.models import Remark

CODE = "documents.count"
_MADE = re.compile(r"(?:制定|出台|印发|新建|修订|完善|建立|废止)[^，。；《》]{0,8}$")
_THING = re.compile(r"(?:[^，。；《》]{0,6})?(?:制度|文件|办法|规定|措施|方案|细则|规范)")
_ALL = re.compile(r"[^，。；《》]{0,8}[，（]?(?:分别为|分别是|包括|即|：|:)")
_TITLE = re.compile(r"《[^《》]+》")
# A list of documents that is longer is not counted.
_FURTHEST = 2000
_UNITS = ("项", "个", "部", "份", "件")
_LISTED = re.compile(r"(?:(?:以及|[、，和及与])?《[^《》]+》)+")


def check_documents(view: View) -> Iterator[Remark]:
    """Each stated number of documents against the list right behind or before it."""
    for sentence in view.sentences:
        if "《" not in sentence.text:
            continue
        for figure in sentence.figures:
            found = _after(sentence, figure) or _ahead(sentence, figure)
            if found:
                yield found


def _after(sentence: Sentence, figure: Figure) -> Remark | None:
    """制定制度3项，包括《甲》《乙》《丙》."""
    if not _counts_documents(sentence, figure):
        return None
    rest = sentence.text[figure.end : figure.end + _FURTHEST]
    opening = _ALL.match(rest)
    listed = _LISTED.match(rest, opening.end()) if opening else None
    if listed is None:
        return None
    named = len(_TITLE.findall(listed[0]))
    open_end = rest[listed.end() :].startswith("等")
    if named > figure.quantity.value:
        return _more(figure, named)
    if named == figure.quantity.value or open_end or named < 2:  # noqa: PLR2004
        return None
    message = f"{where(figure.quantity.path)}文中称制定{figure.quantity.text}，所列文件只有{named}件（应为{plain(figure.quantity.value)}件）。"
    return remark(CODE, "hint", message, figure.quantity)


def _ahead(sentence: Sentence, figure: Figure) -> Remark | None:
    """出台《甲》《乙》等5项制度."""
    if figure.quantity.unit not in _UNITS or not figure.exact:
        return None
    lead = sentence.text[max(0, figure.start - _FURTHEST) : figure.start]
    if not lead.endswith("等"):
        return None
    listed = re.search(r"(?:(?:以及|[、和及与])?《[^《》]{1,80}》){1,60}等$", lead)
    if listed is None or not _THING.match(sentence.text, figure.end):
        return None
    named = len(_TITLE.findall(listed[0]))
    return _more(figure, named) if named > figure.quantity.value else None


def _counts_documents(sentence: Sentence, figure: Figure) -> bool:
    if figure.quantity.unit not in _UNITS or not figure.exact:
        return False
    lead = sentence.text[max(0, figure.start - 12) : figure.start]
    around = lead + sentence.text[figure.end : figure.end + 8]
    return bool(_MADE.search(lead) and _THING.search(around))


def _more(figure: Figure, named: int) -> Remark:
    message = f"{where(figure.quantity.path)}文中称{figure.quantity.text}，所列文件却有{named}件。"
    return remark(CODE, "warning", message, figure.quantity)
