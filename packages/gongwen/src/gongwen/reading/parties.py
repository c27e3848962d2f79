"""检查: the inspection the document answers: who inspected whom and when.

Guarantees
1. The inspection is read from the sentences that tell of it; what they leave out stays None.
2. Names are as written; nothing is looked up. A database may resolve them later.
"""

from __future__ import annotations

import re

from gongwen.models import Inspection, InspectionKind
from gongwen.reading.clean import Text
from gongwen.reading.dates import FoundDate
from gongwen.reading.tables import organs

_CHINESE = "\u4e00-\u9fff"
_TEAM = re.compile(rf"(?P<authority>{organs.AUTHORITY})?(?P<team>{organs.TEAM})")
_ROUND = re.compile(
    r"(?P<round>(?:[一二三四五六七八九十]{1,3}届)?(?:[省市区县州旗]委|"
    r"中央)?(?:党委)?第[一二三四五六七八九十\d]{1,3}(?:、第?[一二三四五六七八九十\d]{1,3}){0,3}轮(?:常规|"
    r"专项|集中)?(?:巡视|巡察)?)"
)
_TO = re.compile(
    rf"(?:对|进驻)(?P<party>[{_CHINESE}（）]{{2,30}}?(?:、[{_CHINESE}]{{2,20}}(?:党委|党组|党工委|党支部|党总支))?)(?:[12]\d{{3}}[^，。；]{{0,40}})?(?:进行|开展|实施|"
    rf"作)(?:了)?(?:为期|常规|专项|提级|机动|集中|例行|财政|任中|离任|.{{0,16}}?)"

                 rf"(?:巡视|巡察|审计|督察|督查|督导|检查|回头看)")  # fmt: skip
# 对昌浦市矿山、燃气等5个领域开展暗访: the place whose fields are looked at
_TO_PLACE = re.compile(
    rf"对(?P<party>[{_CHINESE}]{{1,10}}?[省市区县旗州])[^。；]{{2,60}}?(?:进行|"
    rf"开展)(?:了)?[^，。；]{{0,6}}(?:暗访|检查|督察|督查|巡查)"
)
_FED_BACK = re.compile(
    rf"向(?P<party>[{_CHINESE}（）]{{2,30}}?)(?:党委|党组)?(?:领导班子)?(?:反馈|通报)(?:了)?"
)
_OURSELVES = ("我", "本单位", "本公司")
_US = ("我市", "我县", "我区", "我局", "我委", "我单位", "我校", "我院", "我公司", "我镇", "我乡", "我街道")


def read_inspection(text: Text, dates: list[FoundDate], title: str | None, issuer: str | None) -> Inspection:
    """巡视巡察审计督察: kind, authority, team, round, party and dates as the opening sentences state them.

    Who calls itself 我街道党工委 is the `issuer`.
    """
    opening = _opening(text)
    kind = _kind(title or "", opening)
    team = _team(opening)
    told_on = next((date.ref for date in dates if date.ref.role == "反馈"), None)
    feedback = told_on.start if told_on else None
    started, ended = _period(text, dates, opening)
    if (
        ended and told_on and not told_on.inferred and ended > told_on.start
    ):  # another checking, after the problems were told
        started = ended = None
    authority = _authority(opening, team, kind)
    team = team or (authority if kind == "审计" and "审计组" in opening else None)
    told = (authority, team, _round(title or "", opening), _party(opening))
    authority, team, round_, party = (text.restored(words) if words else None for words in told)
    party = issuer or party if party and party.startswith(_OURSELVES) else party
    return Inspection(kind, authority, team, round_, party, started, ended, feedback)


def _opening(text: Text) -> str:
    """The beginning of the text, where the inspection is told."""
    return text.flat[:1500]


def _kind(title: str, opening: str) -> InspectionKind | None:
    for words in (title, opening):
        hits = [(words.find(word), kind) for kind, word in organs.KIND_WORDS if word in words]
        if hits:
            return min(hits)[1]  # type: ignore[return-value]
    return None


def _team(opening: str) -> str | None:
    named = [m for m in _TEAM.finditer(opening) if m["authority"] or "第" in m["team"]]
    match = next((m for m in named if "第" in m["team"]), named[0] if named else None)
    if match is None:
        return None
    start = match.start("authority") if match["authority"] else match.start()
    lead = re.match("(?:关于|贯彻|落实|根据|按照|对|向|由|，|经)*", match.group())
    return opening[start + (lead.end() if lead else 0) : match.end()]


def _authority(opening: str, team: str | None, kind: InspectionKind | None) -> str | None:
    if team:
        match = re.match(rf"(?P<a>{organs.AUTHORITY})(?={organs.TEAM})", team)
        if match:
            return match["a"]
    match = re.search(
        rf"(?:根据|按照|经)(?P<a>{organs.AUTHORITY}|[{_CHINESE}]{{1,12}}?(?:审计局|审计厅|审计署|"
        rf"督察办|应急管理局))(?:统一|关于|的|工作)?(?:部署|安排|要求|批准)?",
        opening,
    )
    if match:
        return match["a"]
    if kind == "审计":
        match = re.search(rf"(?:^|[，。\n])(?P<a>[{_CHINESE}]{{1,12}}?审计[局厅署])", opening)
        return match["a"] if match else None
    return None


def _round(title: str, opening: str) -> str | None:
    for words in (title, opening):
        match = _ROUND.search(words)
        if match:
            return match["round"]
    return None


def _party(opening: str) -> str | None:
    match = _TO.search(opening) or _TO_PLACE.search(opening) or _FED_BACK.search(opening)
    party = match["party"] if match else None
    return None if party in _US or (party or "").startswith(("你", "贵")) else party


def _period(text: Text, dates: list[FoundDate], opening: str) -> tuple[str | None, str | None]:
    """The range of days in a sentence that tells of the inspection."""
    for date in dates:
        if date.start >= len(opening):
            break
        if date.ref.end and len(date.ref.start) >= 7:  # noqa: PLR2004
            sentence = text.flat[date.end : text.flat.find("。", date.end) + 1]
            if re.search("巡视|巡察|审计|督察|督查|督导|检查|暗访", sentence):
                return date.ref.start, date.ref.end
    return None, None
