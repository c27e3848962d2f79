"""不公开的问题: none that is withheld may be recognised in a document for the public; none that is sensitive in any.

Guarantees
1. Looked for everywhere: titles, headings, rows, contact lines, and split over paragraphs; blanks and punctuation do not matter.
2. Found are a withheld title, whole or nearly (85 %), and any twelve characters in a row of one; unless an item that may be told has them too,
   or a registered document's title.
3. The same holds of what is published beside the paragraphs: the correction, reasons of waivers, names and definitions of sources.
4. What is said of it gives its number and the first characters only: who drafts need not know it.
"""

from __future__ import annotations

from collections.abc import Iterator

from zhenggai.bulletins.checks.mentions import Mention, mentions
from zhenggai.bulletins.checks.rule import Rule
from zhenggai.bulletins.checks.view import View, bare
from zhenggai.bulletins.facts import Place, Trouble
from zhenggai.bulletins.states import Severity

NAMED = Rule(
    "withheld.named",
    "出现不公开的问题",
    Severity.ERROR,
    "An item that is not public can be recognised in a document for the public.",
)
RULES = (NAMED,)

_IN_A_ROW = 12
_TOLD = 4


def check_concealed(view: View) -> Iterator[Trouble]:
    """Whole and near titles, then pieces of titles where none was found."""
    if not view.withheld:
        return
    titles = [bare(item.title).text for item in view.withheld]
    told = [bare(item.title).text for item in view.told]
    for mention in _recognised(view, view.bare_text, titles, told):
        places = view.bare_places(mention.start, mention.end)
        yield _trouble(view, mention, "文稿", places[0] if places else None, places[1:])
    for each in view.draft.beside:
        first = next(iter(_recognised(view, bare(each.words).text, titles, told)), None)
        if first is not None:
            yield _trouble(view, first, f"文稿的{each.what}", view.cut(each.place))


def _recognised(view: View, text: str, titles: list[str], told: list[str]) -> list[Mention]:
    """Where withheld titles, or pieces of them, stand in a bare text, in order."""
    found = mentions(text, [*titles, *told])
    allowed = [mention for mention in found if mention.title >= len(titles)]
    spans = [
        mention
        for mention in found
        if mention.title < len(titles) and not _is_told(mention, titles[mention.title], told, allowed)
    ]
    free = [*told, *_documents(view), *(text[each.start : each.end] for each in allowed)]
    spans += _rows_of_characters(text, titles, free, spans)
    return sorted(spans, key=lambda each: (each.start, each.end, each.title))


def _is_told(mention: Mention, title: str, told: list[str], allowed: list[Mention]) -> bool:
    """Whether what was found says no more than an item that may be told."""
    if any(title in other for other in told):
        return True
    return mention.score < 100 and any(  # noqa: PLR2004  # whole titles are never excused by similar ones
        other.start < mention.end and mention.start < other.end and other.score >= mention.score
        for other in allowed
    )


def _rows_of_characters(
    text: str, titles: list[str], others: list[str], known: list[Mention]
) -> list[Mention]:
    """Twelve and more characters in a row of a withheld title, outside what was found already."""
    free = {piece for other in others for piece in _pieces(other)}
    owner: dict[str, int] = {}
    for number, title in enumerate(titles):
        for piece in _pieces(title):
            if piece not in free:
                owner.setdefault(piece, number)
    found = list[Mention]()
    begin, last, number = -1, -1, -1
    for at in range(len(text) - _IN_A_ROW + 1):
        piece_of = owner.get(text[at : at + _IN_A_ROW])
        if piece_of is None:
            continue
        if begin >= 0 and at <= last + 1:
            last = at
            continue
        if begin >= 0:
            found.append(Mention(number, begin, last + _IN_A_ROW, 100))
        begin, last, number = at, at, piece_of
    if begin >= 0:
        found.append(Mention(number, begin, last + _IN_A_ROW, 100))
    return [each for each in found if not any(k.start < each.end and each.start < k.end for k in known)]


def _documents(view: View) -> Iterator[str]:
    for title in view.draft.policies:
        yield bare(title).text


def _pieces(title: str) -> set[str]:
    return {title[at : at + _IN_A_ROW] for at in range(len(title) - _IN_A_ROW + 1)}


def _trouble(
    view: View, mention: Mention, what: str, place: Place | None, related: tuple[Place, ...] = ()
) -> Trouble:
    item = view.withheld[mention.title]
    head = item.title[: min(_TOLD, len(item.title) // 2)]
    how = "出现了" if mention.score == 100 else "出现了近似于"  # noqa: PLR2004
    return NAMED.at(
        place,
        f"{'面向社会公开' if view.public else '内部报送'}的{what}{how}第{item.number}号问题（“{head}…”）的表述，该问题的公开属性为“{item.classification.label}”。",
        "请删去这一表述；确需公开的，请先按程序变更该问题的公开属性。",
        related,
    )
