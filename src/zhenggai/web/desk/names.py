"""What an item is called on a page."""

from collections.abc import Mapping
from typing import Any

from zhenggai.ledger.kinds import KINDS, Field, FieldType
from zhenggai.ledger.models import Proposal
from zhenggai.ledger.states import Kind
from zhenggai.web.labels import named

SHORT = 60
"""Characters of a name in a list."""


def name_of(proposal: Proposal) -> str:
    """What people call the item: a figure by its noun and its words, a document in its 《》."""
    kind, content = Kind(proposal.kind), proposal.current
    name = str(content.get(KINDS[kind].title) or "")
    if kind is Kind.FIGURE:
        written = str(content.get("written") or content.get("value") or "")
        return f"{name}：{written}" if name != written else name
    if kind is Kind.CITATION:
        return f"《{name}》"
    if kind is Kind.INSPECTION:
        return "　".join(str(part) for part in (content.get("team"), name) if part) or named(
            Kind.INSPECTION.label
        )
    return name


def short(name: str, limit: int = SHORT) -> str:
    """A name that fits a line."""
    return name if len(name) <= limit else name[: limit - 1] + "…"


def note_of(proposal: Proposal) -> str:
    """What an item's mark in the text says of it: its number there, a figure's noun and period, else its name."""
    content = proposal.current
    if proposal.kind == Kind.FIGURE.value:
        about = "、".join(content.get("applies_to") or [])
        return " · ".join(filter(None, (name_of(proposal), about, content.get("period"))))
    return proposal.number or short(name_of(proposal), 20)


def shown_value(field: Field, content: Mapping[str, Any]) -> str:
    """A field's value as it is read: choices by their label, lists joined, flags as yes or no; empty if there is none."""
    value = content.get(field.name)
    if field.form is FieldType.FLAG:
        return named("是") if value else ""
    if field.form is FieldType.LIST:
        return "、".join(str(entry) for entry in value or [])
    if field.form is FieldType.CHOICE and field.choices and value:
        return named(field.choices(value).label)
    return str(value or "")
