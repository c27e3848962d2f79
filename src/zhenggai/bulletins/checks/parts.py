"""分项表: which computed indicators of the ledger make up which, by their codes. Data only.

As zhenggai.ledger.handling.indicators defines them: 反馈问题 = 销号 + 审核中 + 退回 + 未申请; 销号 = 已完成 + 阶段性成效 + 不再整改;
制度成果 = 新制定 + 修订.
"""

from collections.abc import Mapping, Sequence

_OPEN = ("ledger.reviewing", "ledger.returned", "ledger.unapplied")
_GRADES = ("ledger.done", "ledger.phased", "ledger.infeasible")

PARTS: Sequence[tuple[str, Sequence[str]]] = (
    ("ledger.items", ("ledger.closed", *_OPEN)),
    ("ledger.items", (*_GRADES, *_OPEN)),
    ("ledger.closed", _GRADES),
    ("ledger.results", ("ledger.results_new", "ledger.results_revised")),
)
"""A total and all its parts, which exclude each other; a total may be made up in several ways."""

WITHIN: Sequence[tuple[str, str]] = (
    ("ledger.money_total", "ledger.money_done"),
    ("ledger.tasks", "ledger.overdue"),
    ("ledger.tasks", "ledger.immediate"),
    ("ledger.items", "ledger.relapses"),
)
"""A total and one part, which cannot be more; other parts of it may overlap."""

RATES: Mapping[str, Sequence[Sequence[str]]] = {
    "完成率": (("ledger.done",), ("ledger.done", "ledger.phased"), ("ledger.closed",)),
    "整改率": (("ledger.done",), ("ledger.done", "ledger.phased"), ("ledger.closed",)),
    "办结率": (("ledger.closed",), ("ledger.done",), ("ledger.done", "ledger.phased")),
    "销号率": (("ledger.closed",), _GRADES),
}
"""How the label of a rate ends, and of which parts of ``RATE_OF`` it may be the rate: documents differ in what they count as done."""

RATE_OF = "ledger.items"
