"""构件: the parts of which a template can be made, by name: which sentences each takes, and what they may speak of. Plain Python."""

from collections.abc import Mapping
from dataclasses import dataclass, field

GENERAL = frozenset(
    {
        "party", "committee", "issuer", "authority", "team", "kind", "inspection", "period", "feedback_on", "today", "leader",
        "deputies", "members", "task_force", "supervisors", "policies", "more_policies", "has_items", "all_assigned", "withheld",
        "waived", "standing", "finding_word", "task_word", "closure_word", "notice_from", "notice_to",
    }
)  # fmt: skip
"""Facts of which every sentence may speak; the settings of the template are facts as well."""

OF_ITEM = frozenset(
    {
        "number", "title", "area", "due", "grade", "closed_on", "next_check", "units", "lead", "official", "cycle", "waiver",
        "reason", "until", "status", "effects", "measures", "nothing", "text", "target",
    }
)  # fmt: skip
"""Facts of one item (事项), beside the general ones."""

SETTINGS: Mapping[str, str] = {
    "phone": "联系电话",
    "email": "电子邮箱",
    "address": "通信地址",
    "postcode": "邮政编码",
    "recipient": "收件单位",
    "addressee": "主送单位",
    "issuer": "发文机关",
    "notice_days": "公示天数",
}
"""Settings of a template and what they are called; where one is used and not given, the document shows a gap to be filled."""

CHOICES = ("all", "closed", "fresh", "done", "phased", "infeasible", "open", "overdue", "standing", "waived")
"""事项范围: which items a part speaks of. ``fresh`` are closed ones that no earlier notice has announced."""

STATUSES = (
    "done", "phased", "infeasible", "reviewing", "returned", "relapsed", "overdue", "due", "undated", "unassigned",
)  # fmt: skip
"""整改状态: the sentence of an item by how it stands."""

COLUMNS = (
    "serial", "number", "area", "title", "task", "measures", "target", "horizon", "due", "completion", "status", "grade",
    "closed_on", "official", "lead", "responsible", "supporting",
)  # fmt: skip
"""Columns of a list."""


@dataclass(frozen=True)
class Shape:
    """A part's sentences, those it must have and those it can have; its options; and the facts beside the general ones.

    ``tables`` are keys that hold a table of sentences, with the names it must have.
    """

    label: str
    must: tuple[str, ...] = ()
    can: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    options: tuple[str, ...] = ()
    facts: frozenset[str] = frozenset()


SHAPES: Mapping[str, Shape] = {
    "title": Shape("标题", must=("text",)),
    "heading": Shape("一级标题", must=("text",)),
    "text": Shape("正文段落", can=("lead",), lists=("sentences",)),
    "areas": Shape(
        "逐项整改情况",
        must=("heading", "effects_closed", "effects_open", "measures_closed", "measures_open", "alone", "dropped",
            "pending", "nothing"),
        can=("area", "others", "empty"),
        lists=("body",),
        tables={"status": STATUSES},
        options=("of",),
        facts=OF_ITEM,
    ),
    "items": Shape("事项列举", must=("each",), can=("lead", "intro", "empty"), options=("of",), facts=OF_ITEM),
    "table": Shape("清单表格", can=("empty",), tables={"status": STATUSES}, options=("of", "columns", "rows"), facts=OF_ITEM),
    "contact": Shape("联系方式", lists=("sentences",)),
    "signature": Shape("署名日期", must=("issuer", "date")),
}  # fmt: skip
"""Block → its shape."""
