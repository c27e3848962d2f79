"""总数: counts a document states about its own problems, measures, tasks, institutions and letters.

Guarantees
1. Every total is also a quantity, with the same span.
2. It stands outside the treatment of single problems, in running text; a heading's count （4个） is none.
"""

from __future__ import annotations

import re

from gongwen.models import Quantity, Total
from gongwen.tables.characters import READ_AS

_OWN = re.compile(
    r"问题|其余|整改任务|任务|措施|制度|立行立改|信访|线索|举报|整改事项|事项|整改完成率|完成率|整改率|办结率|完成整改|已完成|阶段性|正在整改|未完成|基本完成|持续(?:整改|推进)|序时|整改中|推进中|未启动|正.{0,4}推进|来信|来访|来电|"
    r"已整改|已办结|方面|规章|整改项目|销号|长效机制|建章立制|虚报|清单|(?:问题|整改|到位|反映)[^，]{0,4}金额"
)
_NOT_OWN = re.compile(
    r"会议|会$|调研|调度|督导|谈话|培训|活动|宣传|投诉|群众(?!信访|来信|来访|来电|举报)|急难愁盼|专题|现场|约谈|干部|公里|责任单位|牵头"
)
_UNITS = ("个", "项", "条", "件", "方面", "%", "类", "元", "份", "处", "批", "件次", "批次")


def find_totals(quantities: list[Quantity], barred: list[bool]) -> tuple[Total, ...]:
    """Totals among the quantities; `barred[i]` says that the i-th stands in a heading, a table or a finding."""
    return tuple(
        Total(q.label, q.value, q.unit, q.text, q.span, q.path)
        for q, bar in zip(quantities, barred, strict=True)
        if not bar and _is_total(q)
    )


def _is_total(quantity: Quantity) -> bool:
    if quantity.unit not in _UNITS or quantity.change is not None:
        return False
    label = quantity.label.translate(READ_AS)
    if quantity.unit == "%" and not re.search("率$", label):
        return False
    return bool(_OWN.search(label)) and not _NOT_OWN.search(label)
