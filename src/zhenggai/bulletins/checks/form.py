"""要件与空缺: what every document has, and what no document may still have.

Guarantees
1. A document without any word is only called empty; nothing else is asked of it.
2. A gap is a mark that stands for what was never filled in; masked names (张××, 李×) and formats that are spoken of (“××”) are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from zhenggai.bulletins.checks.rule import Rule
from zhenggai.bulletins.checks.view import View
from zhenggai.bulletins.facts import Trouble
from zhenggai.bulletins.states import ParagraphRole, Severity

EMPTY = Rule("document.empty", "文稿为空", Severity.ERROR, "The draft has no text.")
TITLE = Rule("title.missing", "缺标题", Severity.ERROR, "The document has no title.")
ISSUER = Rule("issuer.missing", "缺发文机关", Severity.ERROR, "No body signs the document.")
DATE = Rule("date.missing", "缺成文日期", Severity.ERROR, "The document is not dated.")
CONTACT = Rule(
    "contact.missing", "缺联系方式", Severity.WARNING, "A document for the public names no way to answer it."
)
GAP = Rule("text.gap", "空缺未填", Severity.ERROR, "A mark of the template was never filled in.")
RULES = (EMPTY, TITLE, ISSUER, DATE, CONTACT, GAP)

_GAP = re.compile(
    r"[\u3014【\[（(]\s*(?:待|请)(?:补充?|填写?|定|核实?|确认|输入)[^\u3015】\]）)\n]{0,30}[\u3015】\]）)]"
    r"|(?<![等期])待(?:填写?(?!报)|补充?(?![助贴缴录办选]))|(?<![\u4e00-\u9fff])待核实?(?=[。，；]|$)"
    r"|[×xX\uff38]{2,}(?=\s*[年月日个项件条份人户家万亿元％%])|(?<![张王李赵陈刘杨黄周吴某“\"‘A-Za-z0-9])×{2,}(?![”\"’])"
    r"|_{3,}|\uff3f{3,}"
)


def check_form(view: View) -> Iterator[Trouble]:
    """The parts of the document, then the gaps line by line."""
    if not view.bare_text:
        yield EMPTY.at(None, "文稿没有正文。", "请先起草正文，再送审。")
        return
    reading = view.draft.reading
    roles = {line.role for line in view.draft.lines if line.text.strip()}
    if not reading.title and ParagraphRole.TITLE not in roles:
        yield TITLE.at(None, "文稿没有标题。", "请在文首写明标题。")
    if not reading.issuer:
        yield ISSUER.at(None, "文稿没有署发文机关。", "请在文末署发文机关全称或规范化简称。")
    if not reading.issued_on:
        yield DATE.at(None, "文稿没有成文日期。", "请在署名之下写明成文日期（年月日）。")
    contact = reading.contact
    if view.public and not any((contact.phone, contact.email, contact.postcode, contact.address)):
        yield CONTACT.at(
            None, "面向社会公开的文稿没有联系方式。", "请写明电话、信箱或通信地址，以便社会监督。"
        )
    for line, text in enumerate(view.lines):
        for match in _GAP.finditer(text):
            yield GAP.at(
                view.at(line, *match.span()),
                f"“{match[0]}”是尚未填写的空缺。",
                "请补全内容，或删去这一处。",
            )
