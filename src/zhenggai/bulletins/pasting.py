"""粘贴: what somebody pasted, as clean paragraphs. Plain Python: no Django, no clock.

A clipboard gives plain text, lines of a PDF broken at the page's width, text of a web page with the site around it, or Word's own markup.

Guarantees
1. No markup, script, style, comment, event handler or ``javascript:`` survives: only what a browser would show is taken, and no ``<`` stands
   before a letter, ``/``, ``!`` or ``?`` afterwards.
2. No control characters, zero-width or direction signs, soft hyphens or byte-order marks; symbols of bullet fonts are gone. Full-width
   forms and rare characters in the private area (names) stay as they are.
3. Paragraphs hold no line breaks; only rows hold tabs, one between two cells.
4. One pasted line stays one paragraph; no text is dropped but page numbers and, in a longer text, lines of the web page around it.
"""

from __future__ import annotations

import re
import unicodedata

from lxml import etree
from lxml import html as lxml_html

import gongwen
from gongwen.formats.webtext import page_lines
from gongwen.reading.tables.debris import PAGE_NUMBER
from zhenggai.bulletins.states import ParagraphRole
from zhenggai.core.errors import Refusal

LIMIT = 60_000
"""Most characters of one paste, about a hundred pages."""

_MOST_MARKUP = 40 * LIMIT
"""Most characters of pasted markup: Word writes many times the text."""

_MOST_TAGS = 120_000
"""Most marks (``<``) of pasted markup; a hundred pages out of Word have about half of it."""

_PASSES = 4
"""So often markup is looked for again in what was left of markup (&lt;script&gt;)."""

_BODY = 3
"""Paragraphs of its own from which a text can be told from the web page around it."""


class PasteRefused(Refusal):
    """粘贴内容过长: more than is read at once."""

    code = "paste_refused"


def paragraphs_of(pasted: str) -> list[tuple[str, str]]:
    """粘贴的段落: pairs of role (``ParagraphRole``) and text, in order; PasteRefused above the limit."""
    if _has_markup(pasted):
        pasted = _shown(_cleaned(_bounded_markup(pasted)))
    text = _bounded(_harmless(_cleaned(_bounded(pasted))))
    lines = [line for line in text.split("\n") if line.strip()]
    if not lines:
        return []
    blocks = gongwen.read(text).blocks
    if len(lines) == 1:
        role = blocks[0].role if blocks else "text"
        return [(_role(role), _tidy(lines[0]))]
    own = sum(block.role != "debris" for block in blocks)
    kept = [block for block in blocks if block.role != "debris" or own < _BODY]
    found = [(_role(block.role), _words(text, block)) for block in kept]
    return [(role, words) for role, words in found if words.strip()]


def _role(role: str) -> str:
    return ParagraphRole.TEXT.value if role == "debris" else ParagraphRole(role).value


def _bounded(text: str) -> str:
    if len(text) > LIMIT:
        raise PasteRefused(
            f"粘贴的内容有 {len(text)} 字，超过一次可以粘贴的 {LIMIT} 字（约一百页）。请分批粘贴，或改用导入文件。",
            found=len(text),
            limit=LIMIT,
        )
    return text


# ---- markup ----

_TAG = re.compile(
    r"(?:<|&(?:amp;)*(?:lt|#0*60|#x0*3c);)(?:/?[A-Za-z][A-Za-z0-9:-]*(?=[\s/>&]|\Z)|!--|!\[|!DOCTYPE\b|\?xml\b)",
    re.IGNORECASE,
)
_OPEN_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_BLOCK = re.compile(r"<(?:p|div|br|li|tr|td|h[1-6]|table|body)\b", re.IGNORECASE)
_CLIPBOARD_HEAD = re.compile(r"\A\s*Version:[\d.]+\s(?:\s*(?:Start|End)\w+:-?\d+\s|\s*SourceURL:[^\n]*\n)+")
_DECLARATION = re.compile(r"<\?xml[^>]*>", re.IGNORECASE)
_SPANS = re.compile(r"\b(?:row|col)span\b", re.IGNORECASE)
_MOST_SPANS = 2_000
_UNSHOWN = ("xml", "title", "textarea", "datalist", "math", "applet", "frameset", "noframes", "base")
_SCRIPT_ADDRESS = re.compile(r"(?:java|vb|live)\s*script\s*:|data\s*:\s*text\s*/\s*html", re.IGNORECASE)


def _has_markup(text: str) -> bool:
    return bool(_TAG.search(text))


def _bounded_markup(text: str) -> str:
    if len(text) > _MOST_MARKUP:
        raise PasteRefused(
            f"粘贴的内容连同格式有 {len(text)} 字，超过可以读取的 {_MOST_MARKUP} 字（一次最多粘贴正文 {LIMIT} 字，约一百页）。"
            "请分批粘贴，或改用导入文件。",
            found=len(text),
            limit=_MOST_MARKUP,
        )
    if (tags := text.count("<")) > _MOST_TAGS:
        raise PasteRefused(
            f"粘贴的内容带有 {tags} 处格式标记，超过可以读取的 {_MOST_TAGS} 处。请选择“只粘贴文本”，或分批粘贴，或改用导入文件。",
            found=tags,
            limit=_MOST_TAGS,
        )
    return text


def _shown(text: str) -> str:
    """What a browser would show of markup, a paragraph or row a line; markup that it shows as text is read again."""
    text = _CLIPBOARD_HEAD.sub("", text)
    for _ in range(_PASSES):
        text = _shown_once(text)
        if not _has_markup(text):
            break
    return text


def _shown_once(text: str) -> str:
    text = _DECLARATION.sub("", text)
    if not _BLOCK.search(text):
        text = text.replace("\n", "<br>")  # text with a stray tag: its lines are paragraphs
    if len(_SPANS.findall(text)) > _MOST_SPANS:
        text = _SPANS.sub("data-span", text)  # merged cells without end would fill the memory
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        page = lxml_html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return ""
    for element in list(page.iter()):
        if isinstance(element.tag, str) and _is_unshown(element.tag):
            element.drop_tree()
    body = page.find("body")
    return "\n".join(line.text for line in page_lines(page if body is None else body))


def _is_unshown(tag: str) -> bool:
    """Word's own data (``<xml>``, ``<w:…>``) and what a browser does not show; ``<o:p>`` and smart tags hold text."""
    prefix, colon, _ = tag.partition(":")
    return tag in _UNSHOWN or (bool(colon) and prefix in ("w", "m", "v"))


def _harmless(text: str) -> str:
    """What still looks like a tag or the address of a script is made mere text, by a full-width sign in place of the one that works."""
    text = _SCRIPT_ADDRESS.sub(lambda found: found.group().replace(":", "："), text)
    return _OPEN_TAG.sub("＜", text)


# ---- characters ----

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_BULLET = re.compile(
    "(?m)^[ \u3000\t]*(?:[\ue000-\uf8ff]+[ \u3000\t]*|[•●◆■□▪◦‣\u2043➢]+[ \u3000\t]*|[·ØØ§][ \u3000\t]{2,}|[·Ø§]\t+)"
)
_SYMBOL_FONT = re.compile("[\uf000-\uf0ff]")
_BLANK_SIGNS = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f]")
_UNSEEN_KINDS = ("Cc", "Cf", "Cs", "Cn")


def _cleaned(text: str) -> str:
    """The text without what cannot be seen; line ends are line feeds, Word's cell marks tabs."""
    text = _LINE_ENDS.sub("\n", text).replace("\x07", "\t").replace("\x1f", "")
    text = _BLANK_SIGNS.sub(" ", text)
    unseen = {c for c in set(text) if c not in "\n\t" and _is_unseen(c)}
    text = text.translate(dict.fromkeys(map(ord, unseen)))
    return _SYMBOL_FONT.sub("", _BULLET.sub("", text))


def _is_unseen(character: str) -> bool:
    return unicodedata.category(character) in _UNSEEN_KINDS or character in "\u034f\u115f\u1160\u3164\uffa0"


# ---- words ----

_LATIN_BLANK = re.compile(r"[A-Za-z,.;:!?)][ \n]+[A-Za-z0-9(]|[0-9][ \n]+[A-Za-z]")
_BLANKS = re.compile("[ \u3000]+")
_BESIDE_CHINESE = re.compile("(?<=[^\x00-\x7f]) | (?=[^\x00-\x7f])")
_LEAD = re.compile(r"^(?:#{1,6}\s+|(?:[-*+]|>)\s+)")


def _words(text: str, block: gongwen.Block) -> str:
    """A paragraph's words. The library leaves out all blanks; between Latin words they are kept."""
    raw = text[block.span.start : block.span.end]
    if block.role == "row" or not _LATIN_BLANK.search(raw):
        return block.text.strip() if block.role != "row" else block.text.strip(" \n")
    lines = (line.strip() for line in raw.split("\n"))
    return _tidy(" ".join(_LEAD.sub("", line) for line in lines if line and not PAGE_NUMBER.fullmatch(line)))


def _tidy(line: str) -> str:
    """Blanks between cells, and between Chinese characters, are gone; others are one."""
    cells = line.strip(" \u3000").split("\t")
    tidied = [_BESIDE_CHINESE.sub("", _BLANKS.sub(" ", cell.strip(" \u3000"))) for cell in cells]
    if sum(1 for cell in tidied if cell) < 2:  # noqa: PLR2004  (a single cell is no row)
        return "".join(tidied)
    return "\t".join(tidied)
