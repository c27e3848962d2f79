"""制度文件核对: documents said to be made or revised agree with the register.

Guarantees
1. Only what the text says was made or revised (制定、出台、印发、修订) is looked for in the register; plans, agreements and quoted laws are not.
2. Titles agree when they differ in brackets, blanks, marks or an added （试行） only. Anything else is unknown; the nearest title is named.
3. 制定修订《…》, 印发《…》 and 完善《…》 leave open which of both it was: either role will do.
4. A stated number is compared with the titles named in the same paragraph only, and only where fewer are stated than are named.
5. A superior document is only pointed at where its title nearly, not fully, agrees with one of the register.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz, process

import gongwen
from zhenggai.bulletins.checks.rule import Rule
from zhenggai.bulletins.checks.view import View
from zhenggai.bulletins.facts import Place, Trouble
from zhenggai.bulletins.states import Severity
from zhenggai.ledger.states import RESULTS, PolicyRole

UNKNOWN = Rule(
    "document.unknown",
    "制度未登记",
    Severity.ERROR,
    "A document said to be made or revised is not in the register.",
)
ROLE = Rule(
    "document.role",
    "制度类别不符",
    Severity.ERROR,
    "The text says made, the register revised, or the other way.",
)
COUNT = Rule(
    "document.count",
    "制度个数不符",
    Severity.ERROR,
    "More titles are named in a paragraph than it says were made.",
)
SUPERIOR = Rule(
    "document.superior",
    "上级文件名称",
    Severity.HINT,
    "A superior document's title nearly agrees with one registered.",
)
RULES = (UNKNOWN, ROLE, COUNT, SUPERIOR)

_NEAR = 75
"""Per cent of agreement from which another title is named as the one that may be meant."""

_TRIAL = re.compile(r"[（(\u3014](?:试行|暂行|修订|修正|征求意见稿|\d{4}年(?:修订|版))[）)\u3015]$")
_EITHER = re.compile(r"完善|健全|印发|(?:制定|出台|新建).*(?:修订|修改)|(?:修订|修改).*(?:制定|出台|新建)")
_STATED: Sequence[tuple[re.Pattern[str], tuple[PolicyRole, ...]]] = (
    (
        re.compile(r"(?:新建|新制定|新增|制定|出台|印发)(?:了)?(?:各类|各项|相关)?制度(?:文件|办法|规定)?"),
        (PolicyRole.NEW,),
    ),
    (re.compile(r"(?:修订|修改)(?:了)?(?:各类|各项|相关)?制度(?:文件|办法|规定)?"), (PolicyRole.REVISED,)),
    (
        re.compile(
            r"(?:制定修订|制修订|修订完善|建立健全|建立)?(?:各类|各项|相关)?制度(?:文件|成果|办法|规定)?"
        ),
        RESULTS,
    ),
)
"""What a stated number of documents counts: those made, those revised, or both."""


def normal(title: str) -> str:
    """A title without what is written now so, now so: brackets, blanks and marks, and （试行） at the end."""
    return "".join(character for character in _TRIAL.sub("", title.strip()) if character.isalnum())


@dataclass(frozen=True)
class _Register:
    """The register with its titles made comparable."""

    policies: Mapping[str, str]

    @cached_property
    def by_normal(self) -> dict[str, tuple[str, str]]:
        return {normal(title): (title, role) for title, role in self.policies.items()}

    def near(self, title: str) -> tuple[str, str] | None:
        found = process.extractOne(normal(title), list(self.by_normal), scorer=fuzz.ratio, score_cutoff=_NEAR)
        return self.by_normal[found[0]] if found else None


def check_policies(view: View) -> Iterator[Trouble]:
    """Citation by citation, then the stated numbers."""
    register = _Register(view.draft.policies)
    made: dict[int, dict[str, str]] = {}
    for citation in view.draft.reading.citations:
        place = view.place(citation.span)
        if citation.role in RESULTS:
            if place:
                made.setdefault(place.line, {}).setdefault(normal(citation.title), citation.role)
            yield from _registered(citation, place, register)
        elif citation.role in (PolicyRole.SUPERIOR.value, PolicyRole.EXISTING.value):
            yield from _superior(citation, place, register)
    yield from _counted(view, made)


def _registered(citation: gongwen.Citation, place: Place | None, register: _Register) -> Iterator[Trouble]:
    verb = citation.verb or "制定"
    known = register.by_normal.get(normal(citation.title))
    if known is None:
        near = register.near(citation.title)
        said = f"，与登记的《{near[0]}》相近" if near else ""
        yield UNKNOWN.at(
            place,
            f"文中说{verb}的《{citation.title}》不在制度登记册中{said}。",
            "请按登记的名称改写。" if near else "请先登记这份文件，或删去这一表述。",
        )
        return
    _, role = known
    if role == citation.role or (role in RESULTS and _EITHER.search(verb)):
        return
    yield ROLE.at(
        place,
        f"文中说{verb}《{citation.title}》，登记册中这份文件为“{_label(role)}”。",
        "请按登记的类别改写动词，或更正登记。",
    )


def _label(role: str) -> str:
    return PolicyRole(role).label if role in set(PolicyRole) else role


def _superior(citation: gongwen.Citation, place: Place | None, register: _Register) -> Iterator[Trouble]:
    if normal(citation.title) in register.by_normal:
        return
    near = register.near(citation.title)
    if near and near[1] == PolicyRole.SUPERIOR:
        yield SUPERIOR.at(
            place,
            f"上级文件《{citation.title}》与登记的《{near[0]}》名称相近而不同。",
            "请核对上级文件的全称。",
        )


def _counted(view: View, made: Mapping[int, Mapping[str, str]]) -> Iterator[Trouble]:
    stated: dict[tuple[int, tuple[PolicyRole, ...]], list[gongwen.Total]] = {}
    for total in view.draft.reading.totals:
        place = view.place(total.span)
        roles = next((roles for pattern, roles in _STATED if pattern.fullmatch(total.label)), None)
        if place and roles and place.line in made:
            stated.setdefault((place.line, roles), []).append(total)
    for (line, roles), totals in stated.items():
        named = sum(role in roles for role in made[line].values())
        if named > sum(total.value for total in totals):
            yield _more(view, totals, named)


def _more(view: View, totals: Sequence[gongwen.Total], named: int) -> Trouble:
    first, *others = [place for total in totals if (place := view.place(total.span))]
    said = "、".join(f"“{total.label}”{total.text}" for total in totals)
    return COUNT.at(
        first,
        f"本段称{said}，所列这一类文件却有{named}件。",
        "请核对个数与所列文件，更正其一。",
        tuple(others),
    )
