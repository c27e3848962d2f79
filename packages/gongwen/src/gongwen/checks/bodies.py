"""他单位名称 (body.foreign): another body's name left from copying, where only the own body can stand.

Guarantees
1. Needs the own body's name from party or issuer; without it, or with two inspected parties, nothing is said.
2. Speaks where a committee of the same level but another name is subject of a sentence about rectification (高度重视、召开常委会), and where
   我X names a kind of body that the own one is not.
3. Superiors, neighbours in co-operation and lists of districts stay silent: they are no subjects of this kind, or of another level.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.checks.view import Sentence, View, where
from gongwen.models import Remark

CODE = "body.foreign"
_LEVELS = {"市": "市", "州": "市", "县": "县", "区": "县", "旗": "县"}
_OWN = re.compile(r"(?:中共)?(?P<name>[\u4e00-\u9fff]{1,8}?)(?P<level>[市州县区旗])(?:委|人民政府|$)")
_SUBJECT = re.compile(
    r"(?:^|，)(?P<body>(?:中共)?(?P<name>[\u4e00-\u9fff]{2,4}?)(?P<level>[市州县区旗])委(?:常委会|理论学习中心组)?)"
    r"(?:高度重视|坚决扛|坚决落实|第一时间|迅速|认真履行|切实|主要负责同志|把巡[视察]整改|坚持把|深刻认识|诚恳接受|召开(?:专题|党委)?(?:常委会|会议|动员))"
)
# Words of the sentence, not of a place: 成立了由市委, 六是市委; nor superiors called by their level alone.
_NO_NAME = frozenset("是由了在以请为经向对和与及从各省市县区州")
_OURS = re.compile(r"(?:^|[，、：在由])(?P<body>我(?P<kind>[市县州旗局院校镇乡]))(?![们的方军国])")
_FIRM = re.compile(r"(?P<body>成立(?P<kind>[市县区])委[^，。]{0,20}领导小组)")


def check_bodies(view: View) -> Iterator[Remark]:
    """Sentences whose subject is a body like the own one, but another."""
    bulletin = view.bulletin
    party, issuer = bulletin.inspection.party or "", bulletin.issuer or ""
    own = f"{party} {issuer}"
    place = _OWN.match(party) or _OWN.match(issuer)
    for sentence in view.sentences:
        if place:
            yield from _other_committee(sentence, place, f"{own} {bulletin.title or ''}", view)
        if own.strip():
            yield from _other_kind(sentence, own, view)


def _other_committee(sentence: Sentence, own: re.Match[str], names: str, view: View) -> Iterator[Remark]:
    for match in _SUBJECT.finditer(sentence.text):
        name, level = match["name"].removeprefix("中共"), match["level"]
        if (
            set(name) & _NO_NAME
            or _LEVELS[level] != _LEVELS[own["level"]]
            or name + level in names
            or name in names
        ):
            continue
        yield _foreign(sentence, match, f"本文的单位是“{own['name']}{own['level']}”", view)


def _other_kind(sentence: Sentence, own: str, view: View) -> Iterator[Remark]:
    for match in _OURS.finditer(sentence.text):
        if not _fits(match["kind"], own):
            yield _foreign(sentence, match, f"本文的单位是“{own.strip().split(' ')[-1]}”", view)
    if not re.search(r"公司|医院|学院|大学|学校", own):
        return
    for match in _FIRM.finditer(sentence.text):
        yield _foreign(
            sentence, match, f"本文的单位是“{own.strip().split(' ')[-1]}”，不能成立党委区划的领导小组", view
        )


def _fits(kind: str, own: str) -> bool:
    """我市 in a county's or an office's bulletin may mean the city it lies in; 我县 in a city's own cannot."""
    if kind in "市州":
        return True
    if kind in "县旗":
        return not re.fullmatch(
            r"(?:中共)?[\u4e00-\u9fff]{1,6}市委?(?:员会)?(?: (?:中共)?[\u4e00-\u9fff]{1,6}市委(?:员会)?)?",
            own.strip(),
        )
    if kind == "院":
        return bool(re.search(r"院", own))
    if kind == "校":
        return bool(re.search(r"校|学院|大学|中学|小学", own))
    return kind in own or "党" in own.replace("党组", "").replace("党委", "")


def _foreign(sentence: Sentence, match: re.Match[str], reason: str, view: View) -> Remark:
    span = sentence.place(*match.span("body"))
    path = view.path_at(span.start)
    message = f"{where(path)}“{match['body']}”疑为照抄他处留下的：{reason}。"
    return Remark(CODE, "warning", message, span, match["body"], path)
