"""单位名称: organisations where they are named.

A name is found from its end: the ending is looked for, then the text before it is walked back to where a name can begin.

Guarantees
1. A name is as written, once for each place; nothing is looked up. A database may resolve names later.
2. A name begins at a sign, behind a word after which names begin, behind a verb, or at 市 or 省 itself; it is never begun by guess.
3. A place before 委 or 政府 (岚江市委) belongs to the name only if the document names that place elsewhere: 落实省委 tells of no place 落实省.
4. Names in 《》 are passed over; names do not overlap. The work is linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from gongwen.models import Organisation
from gongwen.reading.clean import Text
from gongwen.reading.masks import CITATION
from gongwen.reading.tables import organisations as table


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word)))


_BODIES = _alternatives(table.BODIES)
_ENDINGS = _alternatives(table.ENDINGS)
_DEPARTMENTS = _alternatives(table.DEPARTMENTS)
_TEAM = "(?:委|政府)?第[一二三四五六七八九十\\d]{1,3}[\u4e00-\u9fff]{0,8}?组"
_END = re.compile(
    rf"(?P<standing>{_alternatives(table.STANDING)})"
    rf"|(?P<body>(?<=[{table.LEVELS}])(?:{_TEAM}|{_BODIES}))(?![{table.NOT_BEHIND_A_BODY}])"
    rf"|(?P<open>{_ENDINGS})(?![{table.NOT_BEHIND_AN_ENDING}])"
    rf"|(?P<department>{_DEPARTMENTS})(?![{table.NOT_AN_END}])(?:党组|党委|党工委)?"
)
_LEVEL = re.compile(rf"[{table.LEVELS}](?!{_alternatives(table.NOT_BEHIND_A_PLACE)})")
_NOT_A_PLACE = re.compile(
    rf"^[{table.NOT_A_PLACE}]|{_alternatives(table.VERBS + table.STARTERS)}|[{table.LEVELS}]"
)
_LONG_STARTERS = tuple(word for word in table.STARTERS if len(word) > 1)
_LEAD = re.compile(rf".*(?:{_alternatives(table.VERBS + _LONG_STARTERS)}|组织(?!部))")
_LEAD_OF_DEPARTMENT = re.compile(
    rf".*(?:{_alternatives(set(table.VERBS + _LONG_STARTERS) - set(table.IN_NAMES))}|组织(?!部))"
)
_GENERIC = re.compile(_alternatives(table.GENERIC))
_OF_A_LEVEL = re.compile(rf"[{table.LEVELS}](?=[^{table.LEVELS}])")
_STOPS = frozenset(table.NOT_IN_A_NAME) | {word for word in table.STARTERS if len(word) == 1}
_STARTERS = frozenset(table.STARTERS)
_LONGEST, _SHORTEST = 22, 4


def find_organisations(text: Text, marks: bytearray) -> list[Organisation]:
    """Every organisation named, in order."""
    flat, places = text.flat, _places(text.flat)
    found: list[Organisation] = []
    last = 0
    for match in _END.finditer(flat):
        if marks[match.start()] == CITATION:
            continue
        start = _begin(flat, match, last, places)
        if start is not None:
            span = text.span(start, match.end())
            found.append(Organisation(text.quote(span), span))
            last = match.end()
    return found


def _begin(flat: str, match: re.Match[str], last: int, places: frozenset[str]) -> int | None:
    """Where the name with this ending begins; None if it is nobody's name."""
    kind, end = match.lastgroup, match.end()
    if kind == "standing":
        return match.start()
    reach = _walk_back(flat, match.start(), max(last, end - _LONGEST))
    if kind == "body":
        return _begin_of_place(flat, reach, match.start(), places)
    if kind == "department":
        return _begin_of_department(flat, reach, match, places)
    start = _behind(_LEAD, flat, reach, match.start())
    whole = start > reach or _begins_at(flat, start)
    particular = (
        end - start >= _SHORTEST and match.start() - start >= 1 and not _GENERIC.search(flat, start, end)
    )
    return start if whole and particular else None


def _walk_back(flat: str, position: int, limit: int) -> int:
    """Go back over the characters that a name may hold."""
    while (
        position > limit
        and "\u4e00" <= flat[position - 1] <= "\u9fff"
        and (flat[position - 1] not in _STOPS or _joins(flat, position))
    ):
        position -= 1
    return position


def _joins(flat: str, position: int) -> bool:
    """Whether the 和 before a position stands inside a name (住房和城乡建设局)."""
    return flat[position - 1] == "和" and any(
        flat.startswith(second, position) and flat.startswith(first, max(0, position - 1 - len(first)))
        for first, second in table.JOINED
    )


def _behind(lead: re.Pattern[str], flat: str, start: int, end: int) -> int:
    """The end of the last word before a name that the stretch holds, else its start."""
    match = lead.match(flat, start, end)
    return match.end() if match else start


def _begins_at(flat: str, start: int) -> bool:
    """Whether a name may begin here: at a sign, or behind a word after which names begin."""
    before = flat[start - 1 : start]
    if not "\u4e00" <= before <= "\u9fff":
        return not before.isdigit()
    return any(flat[max(0, start - length) : start] in _STARTERS for length in (1, 2, 3))


def _begin_of_place(flat: str, reach: int, level_end: int, places: frozenset[str]) -> int:
    """A body of a place: with the places before it that the document knows, else from its level (市委)."""
    start = level_end - 1
    while (longer := _place_before(flat, reach, start + 1, places)) is not None:
        start = longer
    while (longer := _place_before(flat, reach, start, places)) is not None:
        start = longer
    return start - 2 if flat[max(reach, start - 2) : start] == "中共" else start


def _place_before(flat: str, reach: int, end: int, places: frozenset[str]) -> int | None:
    """Where a known place begins that ends here."""
    for length in (3, 4, 5, 2):
        if end - length >= reach and flat[end - length : end] in places:
            return end - length
    return None


def _begin_of_department(flat: str, reach: int, match: re.Match[str], places: frozenset[str]) -> int | None:
    """A department of a place (市农业农村局): its last 市 or 区, and the places before."""
    if match["department"] == "办" and flat[match.start() - 1 : match.start()] in table.NOT_AN_OFFICE:
        return None
    reach = _behind(_LEAD_OF_DEPARTMENT, flat, reach, match.start())
    for level in _OF_A_LEVEL.finditer(flat, reach, match.start()):
        length = match.start() - level.end()
        if table.DEPARTMENT_LENGTH[0] <= length <= table.DEPARTMENT_LENGTH[1]:
            start = _begin_of_place(flat, reach, level.end(), places)
            known = start < level.start() or start == reach or _begins_at(flat, start)
            return start if known and not _GENERIC.search(flat, start, match.end()) else None
    return None


def _places(flat: str) -> frozenset[str]:
    """省市区县 that the document names: behind 中共, at the head of a title, or where a name may begin and neither 委 nor 政府 follows."""
    known: set[str] = set()
    for place in _candidates(flat):
        if not _NOT_A_PLACE.search(place[:-1]):
            known.add(place)
    return frozenset(known)


def _candidates(flat: str) -> Iterator[str]:
    for match in _LEVEL.finditer(flat):
        end = match.end()
        start = _walk_back(flat, match.start(), max(0, end - 5))
        if end - start in (3, 4, 5) and (flat[start - 1 : start] == "《" or _begins_at(flat, start)):
            yield flat[start:end]
            if flat.startswith("中共", start):
                yield flat[start + 2 : end]
    for match in re.finditer(rf"(?:中共|《)([\u4e00-\u9fff]{{2,3}}?[{table.LEVELS}])", flat):
        yield match[1]
