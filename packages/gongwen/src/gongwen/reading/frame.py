"""信头信尾: title, issuer, date, contact and the web page around the document.

Guarantees
1. Each piece of the text gets at most one role; what is not named here is body.
2. A title is found wherever it stands; a page's breadcrumb or file name is never taken for it.
3. Issuer and date of signing (成文日期) are as signed; the web date is only used when nothing was signed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from gongwen.models import BlockRole, Contact
from gongwen.reading.clean import Piece, Text
from gongwen.reading.dates import iso_date
from gongwen.reading.layout import display_width
from gongwen.reading.tables import debris, organs
from gongwen.reading.tables.numbering import HEADING_STYLES

_HEADING = re.compile("|".join(f"(?:{pattern})" for _, pattern in HEADING_STYLES))
_TITLE_NOUN = r"(?:通报|公告|公示|公示表|报告|通知|意见|意见书|清单|台账|情况|方案|情况表|一览表|汇总表|统计表|明细表|整改任务|进展|销号表|登记表)"
_WHOLE_TITLE = re.compile(rf"^(?!.*[。；！？]).{{0,60}}关于.+{_TITLE_NOUN}(?:（[^（）]{{1,16}}）)?$")
_SHORT_TITLE = re.compile(rf"^(?!.*[。；：！？]).{{2,60}}{_TITLE_NOUN}(?:（[^（）]{{1,16}}）)?$")
_TITLE_SUBJECT = re.compile("整改|巡视|巡察|审计|督察|问题|反馈|销号|隐患|检查|信访|任务")
_DATE = (
    r"[（(]?(?:[12]\d{3}|"
    r"[一二][〇零○一二三四五六七八九]{3})年[\d一二三四五六七八九十]{1,3}月(?:[\d一二三四五六七八九十]{1,3}日)?[）)]?"
)
_DATE_LINE = re.compile(_DATE)
_SIGNED_LINE = re.compile(rf"(?P<issuer>[^，。；：、\d]{{4,40}})(?P<date>{_DATE})")
_ISSUER_LINE = re.compile(r"[^，。；：！？\d\t]{4,40}")
_ISSUER_WORDS = re.compile(rf"^中共|(?:{'|'.join(organs.SUFFIXES)})(?:（[^）]{{1,8}}）)?$")
_CONTACT = re.compile(
    r"(?:联系|监督|举报|咨询|热线|受理|反映|投诉|办公|值班)?(?:电话|方式)(?:号码)?[（：:]|"
    r"电子(?:邮箱|邮件|信箱)|邮政(?:信箱|编码)|"
    r"(?:通讯|通信|联系|邮寄|办公)地址|邮编|联系人：|邮箱：|传真："
)
_CONTACT_NEAR = 24
_CONTACT_LEAD = re.compile(r"^(?:欢迎|如有|公示期|公示时间|监督|联系|来信|来电)")
_FRONT_PIECES = 12
_BACK_PIECES = 12


@dataclass(slots=True)
class Frame:
    """What stands around the body; `roles` is by piece number."""

    roles: dict[int, BlockRole] = field(default_factory=dict)
    title: str | None = None
    title_read: str | None = None
    issuer: str | None = None
    issued_on: str | None = None
    issued_piece: int | None = None
    published: list[int] = field(default_factory=list)
    issuer_inferred: bool = False
    contact: Contact = field(default_factory=Contact)
    contact_places: list[tuple[int, int]] = field(default_factory=list)


def read_frame(text: Text) -> Frame:
    """信头信尾 of the whole text."""
    frame = Frame()
    _mark_debris(text, frame)
    _mark_contact(text, frame)
    _mark_title(text, frame)
    _mark_signature(text, frame)
    _mark_head(text, frame)
    if frame.issued_on is None and frame.published:
        frame.issued_piece = min(frame.published, key=lambda n: "成文" not in _flat(text, n))
        frame.issued_on = iso_date(_flat(text, frame.issued_piece))
    _read_list_head(text, frame)
    if frame.issuer is None and frame.title:
        frame.issuer = _issuer_from_title(frame.title)
        frame.issuer_inferred = frame.issuer is not None
    return frame


# 填报单位：…局（盖章） 填报时间：2025年7月4日: the line above a list
_FILLED_BY = re.compile(
    r"(?:填报|报送|制表|编制|填表)单位(?:（盖章）)?：(?P<issuer>[^，。；：（）\n\t ]{4,40})"
)
_FILLED_ON = re.compile(rf"(?:填报|报送|制表|编制|填表)(?:时间|日期)：(?P<date>{_DATE})")


def _read_list_head(text: Text, frame: Frame) -> None:
    """Who filled in a list, and when, where nobody signed it."""
    issuer, day = _FILLED_BY.search(text.flat), _FILLED_ON.search(text.flat)
    if frame.issuer is None and issuer:
        frame.issuer = text.words(*issuer.span("issuer"))
    if frame.issued_on is None and day:
        frame.issued_on, frame.issued_piece = iso_date(day["date"]), text.piece_at(day.start())


def _flat(text: Text, number: int) -> str:
    piece = text.pieces[number]
    return text.flat[piece.start : piece.end]


# ---- the web page around the document ----


def _mark_debris(text: Text, frame: Frame) -> None:
    in_list = False
    for number, piece in enumerate(text.pieces):
        words = text.flat[piece.start : piece.end]
        if in_list or debris.is_debris(words):
            frame.roles[number] = "debris"
            in_list = in_list or words.startswith(debris.LIST_HEADS)
            if debris.PUBLISHED.search(words) and iso_date(words):
                frame.published.append(number)


# ---- contact ----

_FIELDS = {
    "phone": re.compile(
        r"(?:电话|热线|"
        r"联系方式)(?:号码)?(?:（[^）]*）)?[：:]?(?P<v>(?:（?\d{3,4}）?[-—]{0,2})?(?:\d{7,8}|"
        r"\d{4} \d{4}|\d{3} \d{4})(?:转\d+)?|1\d{10}|\d{3,4}[-—]\d{5}(?!\d)|\d{5}(?!\d))"
    ),
    "email": re.compile(
        r"(?<![A-Za-z0-9_.+-])(?P<v>[A-Za-z0-9_.+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,5})"
    ),
    "postcode": re.compile(r"(?:邮政编码|邮编)[：:]?(?P<v>\d{6})"),
    "address": re.compile(
        r"(?:(?:通讯|通信|联系|邮寄|办公|"
        r"来信)?地址|来访地点|来信请寄|信函请寄|来信)[：:](?P<v>[^；。，（）\n]+(?:（(?!邮|信封|请|注)[^）]*）)?(?:，[\u4e00-\u9fff]{4,30}(?:办公室|"
        r"专班|领导小组|党委|党组|纪委)收?(?=[；。，（\n]))?)"
    ),
    "addressee": re.compile(
        r"(?:向(?=[\u4e00-\u9fff]{2,20}(?:办公室|纪委|党委|党组|专班)反映)|"
        r"(?:邮政信箱|收件人|收信人|收件单位|信箱)[：:])(?P<v>[^（；。，\n@]{2,40}?)(?=反映|[（；。，\n]|$)"
    ),
}


def _mark_contact(text: Text, frame: Frame) -> None:
    values: dict[str, str] = {}
    for number, piece in enumerate(text.pieces):
        words = text.flat[piece.start : piece.end]
        label = _CONTACT.search(words)
        if number in frame.roles or not label or not _has_address(words):
            continue
        if label.start() <= _CONTACT_NEAR or _CONTACT_LEAD.match(words):
            frame.roles[number] = "contact"
        _read_contact(text, piece, values, frame)
    first = min((n for n, role in frame.roles.items() if role == "contact"), default=None)
    if first and first - 1 not in frame.roles and _CONTACT_LEAD.match(_flat(text, first - 1)):
        frame.roles[first - 1] = "contact"
    frame.contact = Contact(**_addressee_apart(values))


def _read_contact(text: Text, piece: Piece, values: dict[str, str], frame: Frame) -> None:
    """Take the contact fields of one paragraph; the first of each kind counts."""
    for name, pattern in _FIELDS.items():
        for match in pattern.finditer(text.flat, piece.start, piece.end):
            start, end = match.span("v")
            values.setdefault(name, text.words(start, end))
            frame.contact_places.append((start, end))


def _addressee_apart(values: dict[str, str]) -> dict[str, str]:
    """An office written behind the house number is the addressee, not part of the address."""
    address, comma, office = values.get("address", "").replace(",", "，").partition("，")
    if comma and "addressee" not in values:
        return {**values, "address": address, "addressee": office.removesuffix("收")}
    match = _HOUSE.match(values.get("address", ""))
    if match and "addressee" not in values:
        return {**values, "address": match["address"], "addressee": match["office"]}
    match = _HOUSE.match(values.get("addressee", ""))
    if match and "address" not in values:  # 邮政信箱：…大道88号集团纪委
        return {**values, "address": match["address"], "addressee": match["office"]}
    return values


_HOUSE = re.compile(
    rf"(?P<address>.{{4,}}?\d+(?:号|室|楼|栋|层)+)(?P<office>\D{{4,}}(?:{'|'.join(organs.SUFFIXES)}))$"
)


def _has_address(words: str) -> bool:
    return any(pattern.search(words) for pattern in _FIELDS.values())


# ---- title ----


def _mark_title(text: Text, frame: Frame) -> None:
    candidates = [n for n in _edges(text) if n not in frame.roles and _is_title(text, n)]
    if not candidates:
        return
    whole = [n for n in candidates if _WHOLE_TITLE.match(_flat(text, n))]
    chosen = (whole or candidates)[0]
    piece = text.pieces[chosen]
    frame.title = text.words(piece.start, piece.end)
    frame.title_read = plain = _flat(text, chosen)
    for number in candidates:
        if _flat(text, number) == plain:
            frame.roles[number] = "title"


def _edges(text: Text) -> list[int]:
    count = len(text.pieces)
    return [*range(min(_FRONT_PIECES, count)), *range(max(_FRONT_PIECES, count - _BACK_PIECES), count)]


def _is_title(text: Text, number: int) -> bool:
    piece, words = text.pieces[number], _flat(text, number)
    if words.startswith(("标题：", "名称：")):  # a line of the page's index names the title once more
        return False
    if piece.is_row or len(words) > 90 or (_HEADING.match(words) and piece.markdown_level != 1):  # noqa: PLR2004
        return False
    if _WHOLE_TITLE.match(words):
        return not words.startswith(("现将", "根据", "按照"))
    return bool(_SHORT_TITLE.match(words) and _TITLE_SUBJECT.search(words))


def _issuer_from_title(title: str) -> str | None:
    """发文机关 as the title names it: 中共…市委关于…."""
    match = re.match(r"^([^《》“”，。]{4,30}?)关于", title)
    return match[1] if match and _ISSUER_WORDS.search(match[1]) else None


# ---- issuer and date below the title ----

_HEAD_PIECES = 6
_HEAD_LINE = 70
# 云岭省审计厅厅长　周某某: who reports, for the office
_SPEAKER = re.compile(
    r"(?P<office>[\u4e00-\u9fff]{2,20}?(?:厅|局|委员会|委|办公室|政府|院))(?:厅长|局长|主任|审计长|省长|市长|县长|区长|院长|检察长)[\u4e00-\u9fff]{2,4}"
)
_HEAD_DATE = re.compile(r"[—-]+(?=[12]\d{3})|（[12]\d{3}[^，。]*）$")


def _mark_head(text: Text, frame: Frame) -> None:
    """A report names its issuer and day under the title (——2025年12月23日在…会议上)."""
    for number in range(min(_HEAD_PIECES, len(text.pieces))):
        if number in frame.roles:
            continue
        words = _flat(text, number)
        dated = _HEAD_DATE.match(words) and len(words) <= _HEAD_LINE and iso_date(words)
        if dated and frame.issued_on is None:
            frame.roles[number] = "signature"
            frame.issued_on, frame.issued_piece = iso_date(words), number
        elif frame.issuer is None and (speaker := _SPEAKER.fullmatch(words)):
            frame.roles[number] = "signature"
            frame.issuer = text.words(
                text.pieces[number].start, text.pieces[number].start + len(speaker["office"])
            )
        elif frame.issuer is None and frame.title and _is_issuer(words) and not _HEADING.match(words):
            frame.roles[number] = "signature"
            frame.issuer = text.words(text.pieces[number].start, text.pieces[number].end)
        elif len(words) > 60:  # noqa: PLR2004  (the body has begun)
            return


# ---- signature ----


def _mark_signature(text: Text, frame: Frame) -> None:
    """署名与成文日期: an issuer's line above a date line, or both on one line; looked for from the end."""
    for number in range(len(text.pieces) - 1, -1, -1):
        if number in frame.roles or text.pieces[number].is_row:
            continue
        words = _flat(text, number)
        signed = _SIGNED_LINE.fullmatch(words)
        if signed and _ISSUER_WORDS.search(signed["issuer"]):
            _sign_one_line(text, frame, number, len(signed["issuer"]))
            return
        if _DATE_LINE.fullmatch(words):
            _sign(text, frame, number)
            return


def _sign_one_line(text: Text, frame: Frame, number: int, length: int) -> None:
    piece: Piece = text.pieces[number]
    frame.roles[number] = "signature"
    frame.issuer = text.words(piece.start, piece.start + length)
    frame.issued_on = iso_date(_flat(text, number)[length:])
    frame.issued_piece = number


def _sign(text: Text, frame: Frame, number: int) -> None:
    frame.roles[number] = "signature"
    frame.issued_on = iso_date(_flat(text, number))
    frame.issued_piece = number
    above = number - 1
    if above >= 0 and above not in frame.roles and _is_issuer(_flat(text, above)):
        first = above - 1
        jointly = first >= 0 and first not in frame.roles and _is_issuer(_flat(text, first)) and frame.title
        signed = [first, above] if jointly and (frame.title or "").startswith(_flat(text, first)) else [above]
        frame.roles |= dict.fromkeys(signed, "signature")
        frame.issuer = "、".join(text.words(text.pieces[n].start, text.pieces[n].end) for n in signed)


def _is_issuer(words: str) -> bool:
    return bool(_ISSUER_LINE.fullmatch(words) and _ISSUER_WORDS.search(words) and display_width(words) <= 80)  # noqa: PLR2004
