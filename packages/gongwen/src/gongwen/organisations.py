"""单位名称: organisations where they are named.

Guarantees
1. A name is as written, once for each place; nothing is looked up. A database may resolve names later.
2. A name begins at a sign, at a word behind which names begin, at 中共, or at a place; a guess in mid-sentence is not made.
3. Places are learnt from the document itself (岚江市, 城东区): what stands before 省市县区 right behind a sign or such a word.
4. Names in 《》 are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongwen.clean import Text
from gongwen.masks import CITATION
from gongwen.models import Organisation
from gongwen.tables import organisations as table

_CHINESE = "\u4e00-\u9fff"
_MOST_PLACES = 400


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


_STARTERS = tuple(sorted(table.STARTERS, key=len, reverse=True))
_BEHIND = rf"(?:(?<![{_CHINESE}\d])|(?<={')|(?<='.join(_STARTERS)}))"
"""A place in the text at which a name may begin."""

_LEVELS = table.LEVELS
_OF_ITS_BODIES = r"委|政府|人大|政协|纪委|监委|直|内|外|域|级|两"
# A place is believed behind 中共 or at the head of a title; elsewhere only where it is not itself followed by 委 or 政府, since
# 落实省委 tells of no place 落实省.
_PLACE = re.compile(
    rf"(?:(?<=中共)|(?<=《))(?P<sure>[{_CHINESE}]{{2,4}}?[{_LEVELS}])"
    rf"|{_BEHIND}(?P<place>[{_CHINESE}]{{2,4}}?[{_LEVELS}])(?!{_OF_ITS_BODIES}|[长级])"
)
_NO_PLACE = re.compile(
    rf"^[我全各该本两三四五县市区省上基相有其]|[{table.NOT_IN_A_NAME}和与及对向由为等各个多到以]|[{_LEVELS}].|{_alternatives(table.VERBS + table.STARTERS)}"
)
_CORE = (
    rf"(?:[{_CHINESE}](?<![{table.NOT_IN_A_NAME}和与及等对向从由经各个以且则即而但如因其此这那无不未按据]))"
)
_LOW, _HIGH = table.DEPARTMENT_LENGTH
_BODY = (
    rf"(?:委|政府)?第[一二三四五六七八九十\d]{{1,3}}(?:{_CORE}){{0,8}}?组"
    rf"|(?:{_alternatives(table.BODIES)})(?![员托派任])"
    rf"|{_CORE}{{{_LOW},{_HIGH}}}?(?:{_alternatives(set(table.DEPARTMENTS) - {'办'})}|(?<![{table.NOT_AN_OFFICE}])办)"
    rf"(?![{table.NOT_AN_END}])(?:党组|党委|党工委)?"
)
_OPEN = rf"{_CORE}{{2,14}}?(?:{_alternatives(table.ENDINGS)})(?![员织])"
_LONG_STARTERS = tuple(word for word in table.STARTERS if len(word) > 1 and word != "组织")
_TOO_MUCH = re.compile(rf".*(?:{_alternatives(table.VERBS + _LONG_STARTERS)}|组织(?!部))")
_NOT_IN_A_DEPARTMENT = re.compile(
    rf"{_alternatives(set(table.VERBS + _LONG_STARTERS) - set(table.IN_NAMES))}|组织(?!部)"
)
_GENERIC = re.compile(_alternatives(table.GENERIC))
_SHORTEST = 4


def find_organisations(text: Text, marks: bytearray) -> list[Organisation]:
    """Every organisation named, in order."""
    found: list[Organisation] = []
    for start, end in _names(text.flat):
        if marks[start] != CITATION:
            span = text.span(start, end)
            found.append(Organisation(text.quote(span), span))
    return found


def _names(flat: str) -> Iterator[tuple[int, int]]:
    """Places of names, without overlap."""
    for match in _pattern(_places(flat)).finditer(flat):
        start, end = match.span("name")
        if match["open"]:
            # The name begins behind the last verb, and what is left must be somebody in particular.
            lead = _TOO_MUCH.match(flat, start, end)
            start = lead.end() if lead else start
            if end - start < _SHORTEST or _GENERIC.search(flat, start, end):
                continue
        elif _NOT_IN_A_DEPARTMENT.search(flat, start, end) or _GENERIC.search(flat, start, end):
            continue
        yield start, end


def _places(flat: str) -> list[str]:
    """省市区县 that the document names, the longest first."""
    known: dict[str, None] = {}
    for match in _PLACE.finditer(flat):
        place = match["sure"] or match["place"]
        if place not in known and not _NO_PLACE.search(place):
            known[place] = None
            if len(known) == _MOST_PLACES:
                break
    return sorted(known, key=len, reverse=True)


def _pattern(places: list[str]) -> re.Pattern[str]:
    """The names of one document: standing bodies, bodies of its places, bodies of 市 or 省 by itself, and names behind a sign."""
    of_place = rf"(?:中共)?(?:{_alternatives(places)}){{1,3}}[{_LEVELS}]?" if places else r"(?!)"
    by_level = rf"{_BEHIND}(?:中共)?[{_LEVELS}]"
    return re.compile(
        rf"(?P<name>{_alternatives(table.STANDING)}|(?:{of_place}|{by_level})(?:{_BODY})|(?P<open>{_BEHIND}{_OPEN}))"
    )
