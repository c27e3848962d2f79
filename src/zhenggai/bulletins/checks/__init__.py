"""审前检查: what stands in the way of approving a document; one module a family of small named rules.

Guarantees
1. Never raises on a draft, and changes nothing.
2. Troubles come in the order of their places, those about the whole document first; each names what was found and what to do.
3. Every place lies within its paragraph.
4. The time is linear in the length of the text and the number of figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from zhenggai.bulletins.checks import (
    bindings,
    concealed,
    form,
    library,
    policies,
    repeats,
    statements,
    subtraction,
    sums,
)
from zhenggai.bulletins.checks.rule import Rule, Run
from zhenggai.bulletins.checks.view import View
from zhenggai.bulletins.facts import Draft, Place, Trouble
from zhenggai.bulletins.states import Severity

__all__ = ["CATALOGUE", "FAMILIES", "Rule", "blocking", "check"]

FAMILIES: tuple[tuple[str, tuple[Rule, ...], Run], ...] = (
    ("要件", form.RULES, form.check_form),
    ("数字绑定", bindings.RULES, bindings.check_bindings),
    ("合计", sums.RULES, sums.check_sums),
    ("办结表述", statements.RULES, statements.check_statements),
    ("制度文件", policies.RULES, policies.check_policies),
    ("不公开的问题", concealed.RULES, concealed.check_concealed),
    ("推算", subtraction.RULES, subtraction.check_subtraction),
    ("段落雷同", repeats.RULES, repeats.check_repeats),
    ("公文自查", library.RULES, library.check_library),
)
"""Title, rules and function of each family, in the order of the published page."""

CATALOGUE: Mapping[str, Rule] = {rule.code: rule for _, rules, _ in FAMILIES for rule in rules}
"""Every rule by its code."""


def check(draft: Draft) -> list[Trouble]:
    """审前检查: all troubles of a draft in the order of their places; none where nothing is to be done."""
    view = View(draft)
    found = dict.fromkeys(trouble for _, _, run in FAMILIES for trouble in run(view))
    return sorted(found, key=lambda trouble: (trouble.place or Place(-1, 0, 0), trouble.code))


def blocking(troubles: Iterable[Trouble]) -> list[Trouble]:
    """必须处理的: the troubles that stand in the way of approval."""
    return [trouble for trouble in troubles if trouble.severity == Severity.ERROR]
