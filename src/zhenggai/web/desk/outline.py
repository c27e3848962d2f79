"""The ledger tree as HTML: nested lists of links. Hundreds of nodes on every page, so it is written here and not by a template."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from zhenggai.ledger.states import Kind, Match, ProposalState
from zhenggai.web.desk.names import name_of, short
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

_TOLD = (Match.CHANGED.value, Match.UNSURE.value)


@dataclass(frozen=True)
class Pen:
    """What every node of one tree shares: the address up to an item's key, the chosen item, whether branches stand open, the labels."""

    prefix: str
    chosen: int | None
    all_open: bool
    compared: bool

    def kind(self, value: str) -> str:
        """A kind's label."""
        return named(Kind(value).label)


def list_html(nodes: Iterable[Node], pen: Pen) -> SafeString:
    """A list of nodes with everything under them."""
    inner = mark_safe("".join(_node_html(node, pen) for node in nodes))  # noqa: S308  # each node is escaped
    return format_html('<ul class="tree">{}</ul>', inner)


def _node_html(node: Node, pen: Pen) -> SafeString:
    return format_html("<li>{}{}</li>\n", _link(node, pen), _branch(node, pen) if node.children else "")


def _link(node: Node, pen: Pen) -> SafeString:
    item, state, name = node.item, ProposalState(node.item.state), short(name_of(node.item))
    return format_html(
        '<a class="node node-{kind}{context}" id="n-{pk}" data-item="{pk}" data-state="{state}" href="{prefix}{pk}{place}"{current}>'
        '<span class="tag tag-{kind}">{label}</span><span class="node-name">{number}{name}</span>{match}'
        '<span class="glyph" aria-hidden="true">{glyph}</span><span class="unseen">{state_label}</span></a>',
        kind=item.kind, pk=item.pk, state=state.value, prefix=pen.prefix,
        context="" if node.wanted else " is-context",
        place=f"#m-{item.pk}" if item.span_start is not None else "#detail",
        current=mark_safe(' aria-current="true"') if item.pk == pen.chosen else "",
        label=pen.kind(item.kind), name=name, number=_number(node, name), match=_match(node, pen),
        glyph=GLYPHS[state], state_label=named(state.label),
    )  # fmt: skip


def _number(node: Node, name: str) -> SafeString | str:
    """The item's number in the document, unless its words begin with it (一是…)."""
    number = node.item.number
    told = number and not name.startswith(number)
    return format_html('<span class="node-number">{}</span>', number) if told else ""


def _match(node: Node, pen: Pen) -> SafeString | str:
    """How the item stands to the earlier edition, where there is one and the answer is not the usual one."""
    match = Match(node.item.match)
    told = match.value in _TOLD or (pen.compared and match is Match.NEW)
    return (
        format_html('<span class="badge badge-{}">{}</span>', match.value, named(match.label)) if told else ""
    )


def _branch(node: Node, pen: Pen) -> SafeString:
    """What stands under a node. Findings begin closed, so that the whole list can be seen at once."""
    inner = list_html(node.children, pen)
    if node.item.kind != Kind.FINDING.value:
        return inner
    opened = pen.all_open or node.holds_chosen or node.item.pk == pen.chosen
    told = _("其下 %(below)d 条") % {"below": node.below}
    if node.open_below:
        told = _("其下 %(below)d 条，待核 %(open)d 条") % {"below": node.below, "open": node.open_below}
    return format_html(
        '<details class="branch"{}><summary>{}</summary>{}</details>',
        mark_safe(" open") if opened else "",
        told,
        inner,
    )


def leftovers_html(leftovers: Iterable[tuple[str, str, str]]) -> SafeString:
    """读取剩余: what the reader could not place, as words, reason and address."""
    rows = format_html_join(
        "\n",
        '<li><a class="node node-leftover" href="{}"><span class="tag tag-leftover">{}</span>'
        '<span class="node-name">{}</span><span class="node-reason">{}</span></a></li>',
        ((href, _("剩余"), words, reason) for words, reason, href in leftovers),
    )
    return format_html('<ul class="tree">{}</ul>', rows)
