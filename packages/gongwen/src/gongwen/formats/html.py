"""网页: the document in a page as saved from a government site, without the site around it.

Guarantees
1. The encoding is the one in which the bytes make sense: as marked, as declared, UTF-8, GB18030, in this order.
2. The body of the document is never lost: only what is clearly the site's (navigation, sharing, lists of links, the foot) is left out.
3. The title and the line with the date of publication stand before the body, since a reader dates the document by it.
4. Saved web archives (.mht) are opened; a page without text is refused.
"""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from typing import TYPE_CHECKING

from gongwen.errors import DamagedFileError, MissingConverterError, NoTextError, OversizeFileError
from gongwen.formats.extraction import Extraction
from gongwen.formats.limits import MOST_ELEMENTS, bounded

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_DECLARED = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,400}?(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE
)
_HEAD = 4096
_CHINESE_SETS = ("gb2312", "gbk", "gb_2312-80", "x-gbk", "gb18030", "hz-gb-2312")
_ARCHIVE = re.compile(rb"^(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?MIME-Version:", re.IGNORECASE)


def extract(data: bytes, *, name: str) -> Extraction:
    """Raises `MissingConverterError` without lxml, `DamagedFileError`, `NoTextError`, `OversizeFileError`."""
    if _ARCHIVE.match(data[:_HEAD].lstrip()):
        data = _archived_page(data, name)
    text, notes = _decoded(data)
    if text.count("<") > MOST_ELEMENTS:
        raise OversizeFileError(name, f"网页的标记超过{MOST_ELEMENTS // 10_000}万个")
    page = _page(text, name)
    from gongwen.formats.webpage import read_page  # noqa: PLC0415  (needs lxml, as `_page` has found out)

    lines, more = read_page(page)
    if not lines:
        raise NoTextError(
            name, "网页中没有正文", "网页可能由程序生成，请在浏览器中打开后复制正文，或打印为 PDF 再读取"
        )
    return Extraction(bounded("\n".join(lines) + "\n", name), "html", (*notes, *more))


def _archived_page(data: bytes, name: str) -> bytes:
    """The page itself in a web archive."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                charset = part.get_content_charset()
                return b"<meta charset='" + charset.encode() + b"'>" + payload if charset else payload
    raise DamagedFileError(name, "网页存档中没有网页")


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), ()
    declared = _declared(data)
    for encoding in filter(None, (declared, "utf-8", "gb18030")):
        try:
            return data.decode(encoding), ()
        except (UnicodeDecodeError, LookupError):
            continue
    text = data.decode(_known(declared) or "utf-8", "replace")
    return text, (f"网页中有{text.count(chr(0xFFFD))}处字符无法识别，以“\ufffd”代替，请对照原网页。",)


def _declared(data: bytes) -> str:
    found = _DECLARED.search(data[:_HEAD])
    declared = found[1].decode("ascii").lower() if found else ""
    # What calls itself gb2312 holds characters beyond it; GB18030 reads them all.
    return "gb18030" if declared in _CHINESE_SETS else declared


def _known(encoding: str) -> str:
    try:
        return codecs.lookup(encoding).name if encoding else ""
    except LookupError:
        return ""


def _page(text: str, name: str) -> HtmlElement:
    try:
        from lxml import etree, html  # noqa: PLC0415  (an extra)
    except ImportError:
        raise MissingConverterError(
            name, "组件 lxml", '请运行 pip install "gongwen[html]"，或在浏览器中另存为 .txt 后读取'
        ) from None
    # A declaration of another encoding would be believed; what was decoded needs none.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text).replace("\x00", "")
    try:
        return html.document_fromstring(
            text or "<html/>", parser=html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise NoTextError(name, "网页中没有内容", "请核对文件是否保存完整") from None
