"""The ledger tree as HTML: nested lists of links. Hundreds of nodes on every page, so it is written here and not by a template.

Strings in, a string out, as in :mod:`sheet`: whatever comes from a document is escaped where it is put in.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from html import escape

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from zhenggai.ledger.states import Kind, Match, ProposalState
from zhenggai.web.desk.names import name_of, short
from zhenggai.web.desk.remarks import label_of
from zhenggai.web.desk.sheet import CONTAINERS
from zhenggai.web.desk.tree import Node
from zhenggai.web.labels import named

GLYPHS = {
    ProposalState.OPEN: "○",
    ProposalState.ACCEPTED: "✓",
    ProposalState.CORRECTED: "✎",
    ProposalState.REJECTED: "✕",
    ProposalState.SUPERSEDED: "↷",
}
"""A sign for each state, so that it is never told by colour alone."""

_TOLD = (Match.CHANGED, Match.UNSURE)


def _tags() -> dict[str, str]:
    return {
        kind.value: f'<span class="tag tag-{kind.value}">{escape(named(kind.label))}</span>' for kind in Kind
    }


def _signs() -> dict[str, str]:
    return {
        state.value: f'<span class="glyph" aria-hidden="true">{glyph}</span>'
        f'<span class="unseen">{escape(named(state.label))}</span>'
        for state, glyph in GLYPHS.items()
    }


def _badges() -> dict[str, str]:
    return {m.value: f'<span class="badge badge-{m.value}">{escape(named(m.label))}</span>' for m in Match}


@dataclass(frozen=True)
class Pen:
    """What all nodes of one tree share: the address up to an item's key, the chosen item, whether branches stand open, the labels.

    ``compared`` says that there is an earlier edition, so that what is new is worth telling. ``severity`` of the remarks about a place and
    the reason to ``doubt`` it are asked for what does not hold others.
    """

    prefix: str
    chosen: int | None
    all_open: bool
    compared: bool
    severity: Callable[[int | None, int | None], str] = lambda _start, _end: ""
    doubt: Callable[[int | None, int | None], str] = lambda _start, _end: ""
    tags: dict[str, str] = field(default_factory=_tags)
    signs: dict[str, str] = field(default_factory=_signs)
    badges: dict[str, str] = field(default_factory=_badges)


def list_html(nodes: Iterable[Node], pen: Pen) -> SafeString:
    """A list of nodes with everything under them."""
    return mark_safe(_list(nodes, pen))  # noqa: S308  # escaped below


def _list(nodes: Iterable[Node], pen: Pen) -> str:
    inner = "".join(f"<li>{_link(node, pen)}{_branch(node, pen)}</li>\n" for node in nodes)
    return f'<ul class="tree">{inner}</ul>'


def _link(node: Node, pen: Pen) -> str:
    item, key = node.item, node.item.pk
    context = "" if node.wanted else " is-context"
    place = "detail" if item.span_start is None else f"m-{key}"
    current = ' aria-current="true"' if key == pen.chosen else ""
    return (
        f'<a class="node node-{item.kind}{context}" id="n-{key}" data-item="{key}" data-state="{item.state}" '
        f'href="{escape(pen.prefix)}{key}#{place}"{current}>{pen.tags[item.kind]}{_name(node)}{_warnings(node, pen)}{_match(node, pen)}'
        f"{pen.signs[item.state]}</a>"
    )


def _name(node: Node) -> str:
    """What the item is called, after its number in the document, unless its words begin with that (一是…)."""
    name, number = short(name_of(node.item)), node.item.number
    told = number and not name.startswith(number)
    counted = f'<span class="node-number">{escape(number)}</span>' if told else ""
    return f'<span class="node-name">{counted}{escape(name)}{_period(node)}</span>'


def _period(node: Node) -> str:
    """The period that a figure is of."""
    period = node.item.current.get("period") if node.item.kind == Kind.FIGURE.value else ""
    return f'<span class="node-period">{escape(str(period))}</span>' if period else ""


def _warnings(node: Node, pen: Pen) -> str:
    """A sign for what the reader remarks on or is not sure of; the words are in the detail and beside the text."""
    item = node.item
    if item.kind in CONTAINERS:
        return ""
    severity = pen.severity(item.span_start, item.span_end)
    if severity in ("error", "warning"):
        return f'<span class="badge badge-{severity}">{escape(label_of(severity))}</span>'
    doubt = pen.doubt(item.span_start, item.span_end)
    if not doubt:
        return ""
    sign = f'<span aria-hidden="true">？</span><span class="unseen">{escape(doubt)}</span>'
    return f'<span class="node-doubt" title="{escape(doubt)}">{sign}</span>'


def _match(node: Node, pen: Pen) -> str:
    """How the item stands to the earlier edition, where there is one and the answer is not the usual one."""
    match = Match(node.item.match)
    return pen.badges[match.value] if match in _TOLD or (pen.compared and match is Match.NEW) else ""


def _branch(node: Node, pen: Pen) -> str:
    """What stands under a node. Findings begin closed, so that the whole list can be seen at once."""
    if not node.children:
        return ""
    inner = _list(node.children, pen)
    if node.item.kind != Kind.FINDING.value:
        return inner
    opened = " open" if pen.all_open or node.holds_chosen or node.item.pk == pen.chosen else ""
    return f'<details class="branch"{opened}><summary>{escape(_below(node))}</summary>{inner}</details>'


def _below(node: Node) -> str:
    counts = {"below": node.below, "open": node.open_below}
    return (_("其下 %(below)d 条，待核 %(open)d 条") if node.open_below else _("其下 %(below)d 条")) % counts


def leftovers_html(leftovers: Iterable[tuple[str, str, str]]) -> SafeString:
    """读取剩余: what the reader could not place, as words, reason and address."""
    tag = f'<span class="tag tag-leftover">{escape(_("剩余"))}</span>'
    rows = "\n".join(
        f'<li><a class="node node-leftover" href="{escape(href)}">{tag}<span class="node-name">{escape(words)}</span>'
        f'<span class="node-reason">{escape(reason)}</span></a></li>'
        for words, reason, href in leftovers
    )
    return mark_safe(f'<ul class="tree">{rows}</ul>')  # noqa: S308  # escaped above
