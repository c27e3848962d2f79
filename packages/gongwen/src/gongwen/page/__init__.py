"""标注网页 `page(bulletin, text)`: one self-contained page with the document marked up, so that a person sees what was understood.

Guarantees
1. Nothing is fetched: style stands in the page, there is no script; it works from a disk, on paper and on a phone.
2. Every character of the text stands in it once and in order, apart from blanks; everything from the document is escaped.
3. No mark is told by colour alone: each kind has its own line, and its words on hovering and beside.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from gongwen.models import Bulletin, Remark
from gongwen.page.facts import facts_html
from gongwen.page.lists import lists_html
from gongwen.page.marks import marks_of
from gongwen.page.paper import paper_html
from gongwen.page.style import STYLE


def page(bulletin: Bulletin, text: str, *, name: str = "", remarks: Sequence[Remark] = ()) -> str:
    """The page. `text` is what the bulletin's spans count, `name` the file's, `remarks` what `check` said."""
    title = escape(bulletin.title or name or "公文")
    numbered = list(enumerate(sorted(remarks, key=lambda remark: remark.span), 1))
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title><style>{STYLE}</style></head><body>
<header><h1>{title}</h1>{facts_html(bulletin, name, remarks)}</header>
<main>
<article class="paper" lang="zh-Hans">{paper_html(bulletin, text, marks_of(bulletin, remarks), numbered)}</article>
<aside class="lists">{lists_html(bulletin, numbered)}</aside>
</main></body></html>
"""
