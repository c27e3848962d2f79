"""残损与残留 (text.damage, text.placeholder, money.recovered): lost characters, template words, more recovered than owed.

Guarantees
1. Damage is a character that stands for a lost one, or sequences that only a wrong decoding makes.
2. Placeholders are words of a template between brackets or rows of crosses standing for a name or number; masks inside names (张×) are not.
3. Recovered money is compared only with the sum owed in the same sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongwen.checks.view import Figure, Sentence, View, remark, where
from gongwen.models import Remark

DAMAGE, PLACEHOLDER, RECOVERED = "text.damage", "text.placeholder", "money.recovered"
_DAMAGE = re.compile(r"\ufffd+|锟斤拷|烫烫烫|屯屯屯|Ã.|â€.")
_PLACEHOLDER = re.compile(
    r"[（(【\[](?:此处|请)(?:填写|输入|插入)[^）)】\]\n]{0,20}[）)】\]]|待补充|[Xx×]{2,6}(?=[年月日个项件条人万元%％市县区局])"
)
_OWED = re.compile(r"应(?:追|收|缴|退|补)[^，。]{0,10}$")
_GOT = re.compile(r"(?:已|实际)(?:追|收|缴|退|补)[^，。]{0,10}$")


def check_damage(view: View) -> Iterator[Remark]:
    """Sentence by sentence."""
    for sentence in view.sentences:
        for match in _DAMAGE.finditer(sentence.text):
            yield _at(DAMAGE, "hint", sentence, match, f"“{match[0]}”疑为乱码或缺字。", view)
        for match in _PLACEHOLDER.finditer(sentence.text):
            yield _at(PLACEHOLDER, "warning", sentence, match, f"“{match[0]}”是模板中未填写的内容。", view)
        yield from _recovered(sentence)


def _at(
    code: str, severity: str, sentence: Sentence, match: re.Match[str], message: str, view: View
) -> Remark:
    span = sentence.place(*match.span())
    return Remark(code, severity, message, span, match[0], view.path_at(span.start))  # type: ignore[arg-type]


def _recovered(sentence: Sentence) -> Iterator[Remark]:
    owed = _with(sentence, _OWED)
    got = _with(sentence, _GOT)
    if owed and got and owed.start < got.start and got.quantity.value > owed.quantity.value:
        message = f"{where(got.quantity.path)}已追缴的{got.quantity.text}多于应追缴的{owed.quantity.text}。"
        yield remark(RECOVERED, "error", message, got.quantity, owed.quantity)


def _with(sentence: Sentence, pattern: re.Pattern[str]) -> Figure | None:
    """The only exact sum of money behind such words."""
    found = [
        figure
        for figure in sentence.figures
        if figure.quantity.kind == "money"
        and figure.exact
        and pattern.search(sentence.text[max(0, figure.start - 16) : figure.start])
    ]
    return found[0] if len(found) == 1 else None
