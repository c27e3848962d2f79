"""无法解释的数字: the digits of a text that neither a result of the library nor a usage named here explains.

What explains digits: quantities, dates, cited documents (《…》), numbers of headings, measures and rows, document numbers (2023年31号 in brackets),
telephone, post code, address and mail in a line of contact, ordinals, clock times, names of schemes and services (1+4+N, 12345热线) and codes
with letters (5G, 4A级). Each is as narrow as can be: an explanation covers its own digits, never a whole paragraph, so that a number typed
into such a place is still seen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

import gongwen
from gongwen.models import Finding, Section
from gongwen.reading.tables import phrases
from gongwen.reading.tables.numbering import CHINESE
from gongwen.reading.tables.units import ALL_UNITS

_RUN = re.compile(r"\d(?:[\d,.，．]*\d)?(?:[万亿]|[%％])?")
"""Digits of any script, with their points, commas and multiplier; one match, one number."""

_UNIT = "|".join(re.escape(unit) for unit in ALL_UNITS if not unit[0].isascii())
_CLOCK = r"(?:[01]?\d|2[0-4])[:：][0-5]\d"
_USAGES = re.compile(
    "|".join((
        r"[\u3014\uff3b\[（(](?:19|20)\d{2}[\u3015\uff3d\]）)](?:第)?\d{1,5}号",  # the number of a document
        r"附件\d{1,2}(?=[：:．.、\s]|$)|(?<=[每次当]月)\d{1,2}[日号]",
        rf"(?:[{CHINESE}]|\d{{1,3}})个100[%％](?=[”’])|(?<!\d)(?:19|20)\d{{2}}(?=“)",  # “十个100%”, 2024“金秋房博会”
        r"(?:(?<=^)|(?<=\n)|(?<=[\t：；。]))[（(]\d{1,2}[）)](?!\d)",  # （2） where a sentence or cell begins
        r"(?:^|(?<=\n)|(?<=说明：|备注：))\d{1,2}[.．、](?!\d)",
        r"第\d{1,3}(?=[届次轮批期号条款章节组页册卷版季]|产业|方面|部分)",
        rf"{_CLOCK}(?::[0-5]\d)?(?:[—–~～至到-]{{1,2}}{_CLOCK})",
        rf"(?:(?<=[上下]午|凌晨|早上|晚上|中午)|(?<=工作日|时间[：:])){_CLOCK}",
        phrases.SCHEME,
        phrases.ROUND_THE_CLOCK,
        phrases.SERVICE_NUMBER,
        r"(?<![\dA-Za-z])[1-5]A(?=级)|(?<![\dA-Za-z])[2-6]G(?![A-Za-z])",
        rf"(?<=[A-Za-z])[.-]?\d+(?:\.\d+)?(?![\d.])(?!{_UNIT})",  # PM2.5, GB-18030, but not G12户
        r"(?<!\d)(?:19|20)\d{2}(?=级)|(?<!\d)\d{1,2}(?=世纪)|(?<!\d)[1-9]0(?=后(?!的)|年代)",
        r"(?<!\d)\d{1,5}(?=号(?:楼|院|店|线|机组|文件?|泵站|闸|井|炉|地块|令|公告|通告))",
    ))
)  # fmt: skip

_PHONE = (
    r"(?:(?:[（(]?[0０]\d{2,3}[）)]?[-—–－ ]{0,2})?(?:\d{7,8}|\d{4} \d{4}|\d{3} \d{4})(?:[-—转]\d{1,5})?|1\d{10}|1[12]\d{3}|"
    rf"[0０]\d{{2,3}}[-—–－]\d{{5}})(?!\d|[万亿千百余多]|(?:{_UNIT}))"
)
_CONTACT_FORMS = (
    rf"(?:电话|热线|传真|手机|拨打|致电|联系方式)[^\d，。；、\n]{{0,16}}{_PHONE}(?:[^\d\n]{{1,4}}{_PHONE})*",
    r"(?:邮政编码|邮编)[：:\s]{0,3}\d{6}(?!\d)",
    r"[A-Za-z0-9_.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,5}[A-Za-z]{2,20}",
    r"(?<=[路街道巷弄村里区园])\d{1,5}(?:[-—]\d{1,4})?号",
    r"\d{1,4}(?=室|楼|号楼|单元)|(?<=信箱)\d{1,5}号?",
    _CLOCK,
)
_OF_CONTACT = re.compile("|".join(_CONTACT_FORMS))
_CONTACT_WORDS = re.compile("电话|热线|传真|邮编|邮政编码|邮箱|地址|来信|来访|致函|邮寄")

_NUMBER = re.compile(rf"[（(]?(?:\d{{1,3}}|[{CHINESE}]{{1,3}})(?:[）)][.、]?|[.．、](?!\d)|[.．](?=\d))")
_STEP = re.compile(r"[（(]\d{1,2}[）)][.、]?|\d{1,2}[.．、]")
_CELL = re.compile("[^\t]*")
_NUMBERED_COLUMNS = frozenset({"序号", "编号", "序", "项次", "No", "No.", "号"})
_ROW_NUMBER = re.compile(r"\s*\d{1,4}\s*")


_HAN = "一二两三四五六七八九十百千万"
_WORDED = re.compile(
    "|".join((
        rf"[{_HAN}]{{1,6}}分之[{_HAN}几]{{1,6}}",
        r"(?<![一-鿿])[一二两三四五六七八九几]成(?:[一二三四五六七八九半])?(?=以上|左右|的|多|[，。；、])|[超近达约过][一二三四五六七八九]成(?:[一二三四五六七八九半])?(?=以上|的|多|[，。；、])",
        r"翻(?:了)?[一两二三四五六七八九]番|(?:减|过|近|约|超)半(?=[，。；、数以])|半数(?=以上)|(?<=[超近达约到过了降])一半",
        rf"(?:[{_HAN}]*几[十百千万亿]*|数[十百千万亿]+|[{_HAN}]*十几[百千万亿]*|上[百千万亿]+|[十百千]余[万亿]?)(?={_UNIT}|[多余]?(?:个|人|名|户|家|件|项|处|次|元|万元|亿元))",
        r"[壹贰叁肆伍陆柒捌玖拾佰仟萬億][壹贰叁肆伍陆柒捌玖拾佰仟萬億万亿零]+",
        r"(?<=[^\n：；。，、\t\s])[\u2460-\u2473\u2776-\u277f](?!\s)|(?<=[^\n：；。\t\s])[\u2160-\u216b](?![类级型期])",
    ))
)  # fmt: skip
"""Numbers in words that the library takes for none: 三分之一, 九成, 翻两番, 十几万元, 壹佰, ① that counts nothing off."""


def unexplained(text: str, starts: Sequence[int], bulletin: gongwen.Bulletin) -> Iterator[tuple[int, int]]:
    """Places ``[start, end)`` of the text, in order, whose digits are explained by nothing."""
    explained = bytearray(len(text))
    for start, end in _explained(text, starts, bulletin):
        explained[start:end] = b"\1" * (end - start)
    yield from sorted({*_free_runs(text, explained), *_free_words(text, explained)})


def _free_runs(text: str, explained: bytearray) -> Iterator[tuple[int, int]]:
    for run in _RUN.finditer(text):
        yield from _free(text, run.start(), run.end(), explained)


def _free_words(text: str, explained: bytearray) -> Iterator[tuple[int, int]]:
    """Numbers in words of which nothing is explained, and that hold no digits."""
    for found in _WORDED.finditer(text):
        start, end = found.span()
        if start < end and not any(explained[start:end]) and not _RUN.search(text, start, end):
            yield start, end


def _free(text: str, start: int, end: int, explained: bytearray) -> Iterator[tuple[int, int]]:
    """Parts of a run that nothing explains and that hold a digit."""
    if not any(explained[start:end]):
        yield start, end
        return
    position = start
    while position < end:
        if explained[position] or not text[position].isdigit():
            position += 1
            continue
        stop = position
        while stop < end and not explained[stop]:
            stop += 1
        yield position, stop
        position = stop


def _explained(text: str, starts: Sequence[int], bulletin: gongwen.Bulletin) -> Iterator[tuple[int, int]]:
    """Places that explain their digits, or are figures already."""
    yield from (tuple(quantity.span) for quantity in bulletin.quantities)  # type: ignore[misc]
    yield from (tuple(date.span) for date in bulletin.dates)  # type: ignore[misc]
    yield from (tuple(citation.span) for citation in bulletin.citations)  # type: ignore[misc]
    yield from (usage.span() for usage in _USAGES.finditer(text))
    yield from _numbering(text, bulletin)
    yield from _row_numbers(text, starts)
    for start, end in _lines(text, starts):
        if _CONTACT_WORDS.search(text, start, end):
            yield from (found.span() for found in _OF_CONTACT.finditer(text, start, end))


def _numbering(text: str, bulletin: gongwen.Bulletin) -> Iterator[tuple[int, int]]:
    """Numbers of headings, findings and measures."""
    places = {start for section in bulletin.sections for start in _beginnings(section)}
    places |= {finding.span.start for finding in bulletin.findings}
    for start in places:
        if number := _NUMBER.match(text, start):
            yield number.span()
    for finding in bulletin.findings:
        yield from _steps(text, finding)


def _beginnings(section: Section) -> Iterator[int]:
    """Where a heading and those under it begin; an outline has few levels."""
    yield section.span.start
    for child in section.children:
        yield from _beginnings(child)


def _steps(text: str, finding: Finding) -> Iterable[tuple[int, int]]:
    numbers = (_STEP.match(text, measure.span.start) for measure in finding.measures)
    return [number.span() for number in numbers if number]


def _lines(text: str, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    return zip(starts, [*(start - 1 for start in starts[1:]), len(text)][: len(starts)], strict=True)


def _row_numbers(text: str, starts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Cells of a column headed 序号, as far as the table goes; where a first cell is missing the number itself, one more than the last, tells."""
    columns: frozenset[int] = frozenset()
    last = plain = 0
    for start, end in _lines(text, starts):
        if text.find("\t", start, end) < 0:
            plain += 1  # one line between rows names the area that they belong to
            columns = columns if plain == 1 else frozenset()
            continue
        cells = [cell.span() for cell in _CELL.finditer(text, start, end)]
        headed = frozenset(
            n for n, cell in enumerate(cells) if text[slice(*cell)].strip() in _NUMBERED_COLUMNS
        )
        last, columns, plain = (0, headed, 0) if headed else (last, columns, 0)
        for n, cell in enumerate(cells if columns else ()):
            if not _ROW_NUMBER.fullmatch(text, *cell):
                continue
            number = int(text[slice(*cell)])
            if n in columns or (n + 1 in columns and number == last + 1):
                last = number
                yield cell
