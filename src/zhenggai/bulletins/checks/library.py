"""公文自查: what the text library has to say of the text, told at its place in the draft.

Guarantees
1. Every remark of ``gongwen.check`` becomes one trouble, as grave as the library says; the catalogue names the gravest it may be.
2. A code that the library gains later is told all the same, under its own name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from zhenggai.bulletins.checks.rule import Rule
from zhenggai.bulletins.checks.view import View
from zhenggai.bulletins.facts import Trouble
from zhenggai.bulletins.states import Severity

_ERROR, _WARNING, _HINT = Severity.ERROR, Severity.WARNING, Severity.HINT
_REMARKS: tuple[tuple[str, str, Severity, str, str], ...] = (
    ("total.sum", "合计与分项", _ERROR, "Parts named beside a total do not make it up.", "请核对总数与各分项，更正其一。"),
    ("total.areas", "标题所称个数", _ERROR, "A heading counts other problems than stand below it.", "请核对标题中的个数与其下所列。"),
    ("total.table", "表格合计", _ERROR, "A total row differs from the sum of its column.", "请核对合计行与各行。"),
    ("percent.counts", "比例与个数", _ERROR, "A rate does not follow from the counts beside it.", "请按两个数重算比例。"),
    ("date.impossible", "日期不存在", _ERROR, "A date is not in the calendar.", "请更正日期。"),
    ("date.order", "日期先后", _ERROR, "An end lies before its beginning.", "请核对起止日期。"),
    ("date.year", "年份可疑", _WARNING, "A year stands far from all others, one digit off.", "请核对年份。"),
    ("figure.two_values", "同数两值", _WARNING, "One figure is given twice and differently.", "请核对两处数字，统一为正确的一个。"),
    ("money.units", "金额单位", _WARNING, "The same digits stand once in 万元 and once in 元.", "请核对金额单位。"),
    ("money.recovered", "追缴多于应追缴", _ERROR, "More money is recovered than was owed.", "请核对应追缴与已追缴的金额。"),
    ("documents.count", "制度个数", _WARNING, "A number of documents differs from those named beside it.", "请核对个数与所列文件。"),
    ("measure.empty", "措施空泛", _HINT, "A measure says nothing that could be checked.", "请写明做了什么、结果如何。"),
    ("paragraph.twice", "段落重复", _WARNING, "A paragraph stands twice in the text.", "请删去重复的一段，或改写。"),
    ("body.foreign", "他单位名称", _WARNING, "Another body's name stands where the own is meant.", "请核对单位名称，疑由他处套用。"),
    ("numbering.jump", "序号不连续", _WARNING, "Numbering leaps or repeats.", "请核对序号。"),
    ("status.contradiction", "状态矛盾", _WARNING, "The text contradicts itself on how far a problem is.", "请核对状态，统一表述。"),
    ("status.overdue", "已过时限", _HINT, "A problem is not done although its time limit has passed.", "请说明逾期的原因，或更新状态。"),
    ("status.count", "状态个数", _WARNING, "Stated numbers by status differ from those listed.", "请核对各状态的个数与所列问题。"),
    ("text.damage", "乱码缺字", _HINT, "Characters were lost or wrongly decoded.", "请补正缺失的文字。"),
    ("text.placeholder", "模板残留", _WARNING, "Words of a template were not filled in.", "请填写或删去。"),
)  # fmt: skip
RULES = tuple(Rule(f"gongwen.{code}", name, severity, said) for code, name, severity, said, _ in _REMARKS)
_REMEDIES: Mapping[str, str] = {code: remedy for code, _, _, _, remedy in _REMARKS}


def check_library(view: View) -> Iterator[Trouble]:
    """Remark by remark."""
    for remark in view.remarks:
        related = tuple(place for span in remark.related if (place := view.place(span)))
        yield Trouble(
            f"gongwen.{remark.code}",
            Severity(remark.severity),
            view.place(remark.span),
            remark.message,
            _REMEDIES.get(remark.code, "请核对。"),
            related,
        )
