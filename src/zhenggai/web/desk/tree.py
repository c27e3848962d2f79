"""台账树: items under what they stand in, narrowed to what is asked for. Plain data; :mod:`outline` writes it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from zhenggai.ledger.models import Proposal
from zhenggai.ledger.states import Kind, Match, ProposalState
from zhenggai.web.desk.address import Address, Show

_TRUNK = (Kind.AREA.value, Kind.FINDING.value, Kind.MEASURE.value)
_LOOSE = (Kind.FIGURE, Kind.CITATION, Kind.CLAIM)


@dataclass
class Node:
    """An item with what stands under it. ``wanted`` is False for one shown only because something under it is wanted."""

    item: Proposal
    wanted: bool
    children: list["Node"] = field(default_factory=list)
    below: int = 0
    open_below: int = 0
    holds_chosen: bool = False


@dataclass(frozen=True)
class Tree:
    """The ledger as the desk shows it: what the inspection is, the findings, and what stands outside them by kind."""

    inspection: list[Node]
    findings: list[Node]
    organisations: list[Node]
    loose: dict[Kind, list[Node]]

    @property
    def empty(self) -> bool:
        """Whether nothing is left to show."""
        return not (self.inspection or self.findings or self.organisations or any(self.loose.values()))


def build(items: Iterable[Proposal], address: Address) -> Tree:
    """Order items into the tree. An item whose parent is not at hand stands at the top."""
    rows = sorted(items, key=_place)
    wanted = {row.pk for row in rows if _wanted(row, address)}
    at_hand = {row.pk for row in rows}
    below: dict[int | None, list[Proposal]] = defaultdict(list)
    for row in rows:
        below[row.parent_id if row.parent_id in at_hand else None].append(row)
    tops = [node for row in below[None] if (node := _node(row, below, wanted, address.item))]

    def of(*kinds: str) -> list[Node]:
        return [node for node in tops if node.item.kind in kinds]

    return Tree(
        of(Kind.INSPECTION.value),
        of(*_TRUNK),
        of(Kind.ORGANISATION.value),
        {kind: of(kind.value) for kind in _LOOSE},
    )


def _place(row: Proposal) -> tuple[int, int, int]:
    """Order of the text; of two that begin together the longer first, as it may hold the other."""
    return (row.span_start or 0, -(row.span_end or 0), row.position)


def _wanted(row: Proposal, address: Address) -> bool:
    if address.kind and row.kind != address.kind.value:
        return False
    if address.show is Show.OPEN:
        return row.state == ProposalState.OPEN.value
    if address.show is Show.CHANGED:
        return row.match in (Match.CHANGED.value, Match.UNSURE.value)
    return True


def _node(
    row: Proposal, below: Mapping[int | None, Sequence[Proposal]], wanted: set[int], chosen: int | None
) -> Node | None:
    """The item's node, None if neither it nor anything under it is wanted. The reader nests a handful of levels, no more."""
    node = Node(row, row.pk in wanted)
    for child_row in below.get(row.pk, ()):
        child = _node(child_row, below, wanted, chosen)
        if child is not None:
            node.children.append(child)
            node.below += 1 + child.below
            node.open_below += (child.item.state == ProposalState.OPEN.value) + child.open_below
            node.holds_chosen |= child.item.pk == chosen or child.holds_chosen
    return node if node.wanted or node.children or row.pk == chosen else None


def in_order(tree: Tree) -> list[Proposal]:
    """The wanted items in the order in which the ledger lists them."""
    groups = [tree.inspection, tree.findings, *(tree.loose[kind] for kind in _LOOSE), tree.organisations]
    return [node.item for group in groups for node in _walk(group) if node.wanted]


def _walk(nodes: Iterable[Node]) -> Iterable[Node]:
    for node in nodes:
        yield node
        yield from _walk(node.children)
