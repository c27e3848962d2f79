"""网页正文: which parts of a page are the document, and which are the site's.

Guarantees
1. The body is the smallest part of the page that holds nearly all of its sentences; everything in it is kept except lists of links.
2. What stands outside the body is kept unless it is clearly the site's: navigation, foot, sharing, recommendations, mostly links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.html import HtmlElement

from gongwen.formats.webtext import Line, page_lines

# Parts of a page by what their makers call them.
_SITES_TAGS = frozenset({"nav", "footer", "aside", "menu"})
_SITES_NAMES = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|crumbs?|breadcrumbs?|foot|footer|bottom|copyright|share|bdshare|related|recommend|"
    r"hot|rank|side|sidebar|tools?|toolbar|print|comment|login|search|banner|logo|qrcode|ewm|pager?|pagination|prevnext)(?:$|[\s_-]|\d)"
    r"|breadcrumb|copyright|wzfooter|weizhi|dqwz|fenxiang|xiangguan|tuijian",
    re.IGNORECASE,
)
_SENTENCE = re.compile("[，。；：、！？]")
_PUBLISHED = re.compile(
    r"(?:发布|发文|成文|更新|公布|时间|日期|来源|信息来源|作者|索引号|文号).{0,4}[：:]|^\s*\d{4}[-年/.]\d{1,2}[-月/.]\d{1,2}"
)
_SITE_LINE = re.compile(
    r"当前位置|您(?:的|现在的)位置|首页\s*[>＞»/]|版权所有|备案号|ICP备|公网安备|网站标识码|主办单位|承办单位|技术支持|扫一扫|分享到|"
    r"打印本页|关闭窗口|上一[篇条]|下一[篇条]|字体[：:]|相关(?:链接|稿件|文章|新闻)|浏览次数"
)
_ATTACHMENT = re.compile(r"\.(?:docx?|wps|pdf|ofd|xlsx?|et|zip|rar)(?:$|[?#])", re.IGNORECASE)
# So much of the page's sentences must be in the body.
_MOST = 0.9
_MOSTLY_LINKS = 0.5
_TITLE_LEAST = 6
# A line this long is a sentence that mentions such words, not the site's own line.
_LONG = 80
_SHORT = 40


def read_page(page: HtmlElement) -> tuple[list[str], list[str]]:
    """The document's lines, and notes on what was not read."""
    body = page.find("body") if page.find("body") is not None else page
    lines = list(page_lines(body))
    main = _main(body, lines)
    above = set(_upwards(main))
    kept = [line for line in lines if _is_kept(line, main, above)]
    words = [line.text for line in kept]
    if not words:
        return [], []
    title = _title(page)
    if title and not any(_same(title, line) for line in words[:8]):
        words.insert(0, title)
    return words, list(_notes(main))


def _main(body: HtmlElement, lines: list[Line]) -> HtmlElement:
    """The deepest element with nearly all sentences that are no links; the body where there are hardly any."""
    weights: dict[HtmlElement, int] = {}
    total = 0
    for line in lines:
        weight = 0 if line.link_share > _MOSTLY_LINKS else _weight(line)
        total += weight
        if weight:
            for element in _upwards(line.element):
                weights[element] = weights.get(element, 0) + weight
    main = body
    while total:
        deeper = next((child for child in main if weights.get(child, 0) >= _MOST * total), None)
        if deeper is None:
            break
        main = deeper
    return main


def _weight(line: Line) -> int:
    """How much a line speaks for prose or a table of the document."""
    return len(line.text) if line.is_row or _SENTENCE.search(line.text) else 0


def _upwards(element: HtmlElement) -> Iterator[HtmlElement]:
    while element is not None:
        yield element
        element = element.getparent()


def _is_kept(line: Line, main: HtmlElement, above: set[HtmlElement]) -> bool:
    inside = any(element is main for element in _upwards(line.element))
    if line.link_share > _MOSTLY_LINKS and (len(line.text) < _SHORT or not _SENTENCE.search(line.text)):
        return False
    if _SITE_LINE.search(line.text) and not _PUBLISHED.search(line.text):
        return inside and len(line.text) >= _LONG
    if inside:
        return True
    return not any(_is_sites(element) for element in _upwards(line.element) if element not in above)


def _is_sites(element: HtmlElement) -> bool:
    if element.tag in _SITES_TAGS:
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return bool(names.strip() and _SITES_NAMES.search(names))


def _title(page: HtmlElement) -> str:
    """The title as the page states it for machines, else its first heading, else its window's without the site's name."""
    for meta in page.iter("meta"):
        if (meta.get("name") or "").lower() == "articletitle" and (meta.get("content") or "").strip():
            return _joined(str(meta.get("content")))
    for heading in page.iter("h1"):
        words = _joined(heading.text_content())
        if len(words) >= _TITLE_LEAST and not _SITE_LINE.search(words):
            return words
    window = page.find(".//title")
    words = _joined(window.text_content()) if window is not None else ""
    parts = [part for part in re.split(r"\s*[-_|—–]{1,2}\s*", words) if part]
    longest = max(parts, key=len, default="")
    return longest if re.search("关于.+(?:通报|公告|公示|报告|情况|方案|意见|通知)$", longest) else ""


def _joined(text: str) -> str:
    return "".join(text.split())


def _same(title: str, line: str) -> bool:
    """Whether a line is the title, or a part of it that was set over several lines."""
    words = _joined(line)
    return bool(words) and len(words) >= _TITLE_LEAST and (words in title or title in words)


def _notes(main: HtmlElement) -> Iterator[str]:
    files = [a for a in main.iter("a") if _ATTACHMENT.search(a.get("href") or "")]
    if files:
        names = "、".join(dict.fromkeys(_joined(a.text_content()) or "未命名" for a in files[:5]))
        yield f"网页链接了{len(files)}个附件（{names}），附件未读取，请下载后另行读取。"
    pictures = sum(1 for _ in main.iter("img"))
    if pictures:
        yield f"网页正文含有{pictures}张图片，其中的文字未读取。"
