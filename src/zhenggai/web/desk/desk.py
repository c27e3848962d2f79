"""读件台 as one object: a template asks it for what it shows, and what it does not show is neither read nor made."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy

from zhenggai.ledger.models import Proposal, Reading
from zhenggai.ledger.states import Kind, Match, ProposalState
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import why_not
from zhenggai.web import queries
from zhenggai.web.desk import outline
from zhenggai.web.desk.address import Address, Show
from zhenggai.web.desk.detail import KEYS, Detail
from zhenggai.web.desk.marks import Mark
from zhenggai.web.desk.names import name_of, note_of, short
from zhenggai.web.desk.paper import Window
from zhenggai.web.desk.remarks import Remark, Severities, asides_html, beside
from zhenggai.web.desk.sheet import CONTAINERS, Ink, shown, window_html
from zhenggai.web.desk.sources import Source, source_of
from zhenggai.web.desk.tree import Node, Tree, build, in_order
from zhenggai.web.labels import named

FORMAT_NAMES = {
    "html": gettext_lazy("网页"),
    "docx": gettext_lazy("Word 文档"),
    "doc": gettext_lazy("由 LibreOffice 转换"),
    "pdf": "PDF",
    "ofd": "OFD",
    "xlsx": gettext_lazy("工作簿"),
    "xls": gettext_lazy("工作簿"),
    "csv": gettext_lazy("表格文本"),
    "image": gettext_lazy("图片识别"),
}
"""What people call a file's format; plain text and Markdown need no word."""

_MISSING_SHOWN = 50
_LEVELS = 6
_QUOTED = 160


@dataclass(frozen=True)
class KindLine:
    """读入结果 of one kind: how many items, by comparison and by state."""

    kind: Kind
    total: int
    new: int
    changed: int
    unchanged: int
    unsure: int
    open: int


@dataclass(frozen=True)
class Pages:
    """Where in a document of several windows the reader is; pages are counted from 1, addresses from 0."""

    number: int
    total: int
    previous: str
    next: str


class Desk:
    """One reading, seen by one post from one address."""

    def __init__(self, reading: Reading, address: Address, by: Post) -> None:
        self.reading, self.address, self.by = reading, address, by
        self.keys = KEYS
        # Links name the whole path: a refused act shows the desk under the act's own address.
        self.path = reverse("web:desk", args=[reading.pk])
        self._prefix = self.path + address.item_prefix()

    def _to(self, **changes: Any) -> str:
        """Address of the same desk with something else asked for."""
        return self.path + replace(self.address, **changes).query()

    @property
    def here(self) -> str:
        """The desk's own address."""
        return self._to()

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """The way from the list to here."""
        inspection = self.reading.inspection
        return [
            (gettext("检查"), reverse("web:inspections")),
            (inspection.code, reverse("web:ledger", args=[inspection.code])),
            (gettext("读件台"), ""),
        ]

    @cached_property
    def latest(self) -> Reading | None:
        """The newest edition, if this is not it. One statement."""
        newer = self.reading.inspection.readings.filter(edition__gt=self.reading.edition)
        return newer.order_by("-edition").first()

    # --- the document -----------------------------------------------------------------------------------------------------------------

    @cached_property
    def source(self) -> Source:
        """The document laid out."""
        return source_of(self.reading)

    @cached_property
    def page(self) -> int:
        """Index of the window: the one asked for, else the chosen item's, else the first."""
        paper = self.source.paper
        if self.address.page is not None:
            return min(self.address.page, len(paper.windows) - 1)
        if self.chosen is not None and self.chosen.span_start is not None:
            return paper.window_at(self.chosen.span_start)
        return 0

    @cached_property
    def window(self) -> Window:
        """The stretch of the document that is shown."""
        return self.source.paper.windows[self.page]

    @cached_property
    def pages(self) -> Pages:
        """Where the reader is in a long document."""
        total = len(self.source.paper.windows)
        here = self.page
        before = self._to(page=here - 1, item=None) if here else ""
        after = self._to(page=here + 1, item=None) if here + 1 < total else ""
        return Pages(here + 1, total, before, after)

    @cached_property
    def document(self) -> SafeString:
        """The window as HTML, with everything that was read marked in it."""
        paper = self.source.paper
        prefix = self._prefix
        ink = Ink(
            label=lambda kind: named(Kind(kind).label),
            href=lambda item: f"{prefix}{item}#m-{item}",
            chosen=self.address.item,
        )
        pieces = paper.shown(self.window)
        asides = {index: asides_html(here) for index, here in beside(pieces, self.remarks).items()}
        return mark_safe(window_html(paper.text, pieces, list(self._marks()), ink, asides))  # noqa: S308  # escaped there

    def _marks(self) -> Iterator[Mark]:
        yield from self._item_marks()
        yield from self.source.dates_in(self.window)
        yield from self._leftover_marks()
        yield from self.source.doubts.marks(self.window.start, self.window.end)
        for remark in self.remarks:
            yield from remark.marks

    @cached_property
    def remarks(self) -> list[Remark]:
        """检查意见 that begin in the window."""
        return self.source.remarks_in(self.window)

    @property
    def format_name(self) -> str:
        """The file's format as people call it; empty for plain text."""
        return str(FORMAT_NAMES.get(self.source.format, ""))

    @cached_property
    def doubt(self) -> str:
        """What of the chosen item was concluded or is uncertain; empty if nothing."""
        return self.source.doubts.reason(self.chosen.span_start, self.chosen.span_end) if self.chosen else ""

    @property
    def objections(self) -> list[Remark]:
        """检查意见 about the chosen item itself."""
        item = self.chosen
        if item is None or item.kind in CONTAINERS:
            return []
        return [r for r in self.source.remarks if Severities([r]).at(item.span_start, item.span_end)]

    def _item_marks(self) -> list[Mark]:
        return [
            Mark(item.kind, item.span_start, item.span_end, item.pk, note_of(item))
            for item in self.items
            if item.span_start is not None and item.span_end is not None
        ]

    def _leftover_marks(self) -> list[Mark]:
        return [
            Mark("leftover", left.start, left.end, note=left.reason)
            for left in self.source.leftovers_in(self.window)
            if left.start is not None and left.end is not None
        ]

    # --- the ledger -------------------------------------------------------------------------------------------------------------------

    @cached_property
    def items(self) -> list[Proposal]:
        """The items of the window, those without a place, and what they all stand under. A few statements at most."""
        here = Q(span_start__lt=max(self.window.end, 1), span_end__gt=self.window.start) | Q(span_start=None)
        found = {row.pk: row for row in self.reading.proposals.filter(here)}
        for _level in range(_LEVELS):
            missing = {row.parent_id for row in found.values() if row.parent_id} - found.keys()
            if not missing:
                break
            found |= self.reading.proposals.in_bulk(list(missing))
        return list(found.values())

    @cached_property
    def tree(self) -> Tree:
        """The ledger, narrowed to what the address asks for."""
        return build(self.items, self.address)

    @cached_property
    def _pen(self) -> outline.Pen:
        return outline.Pen(
            self._prefix,
            self.address.item,
            self.address.narrowed,
            self.compared,
            Severities(self.remarks).at,
            self.source.doubts.reason,
        )

    @property
    def inspection_html(self) -> SafeString:
        """检查信息."""
        return outline.list_html(self.tree.inspection, self._pen)

    @property
    def findings_html(self) -> SafeString:
        """方面、问题、措施, with what stands in them."""
        return outline.list_html(self.tree.findings, self._pen)

    @property
    def groups(self) -> list[tuple[str, int, bool, SafeString]]:
        """What stands outside the findings: title, number, whether it begins open, list."""
        loose = [(_outside(kind), nodes) for kind, nodes in self.tree.loose.items()]
        return [
            (title, len(nodes), self._begins_open(nodes), outline.list_html(nodes, self._pen))
            for title, nodes in [*loose, (named(Kind.ORGANISATION.label), self.tree.organisations)]
            if nodes
        ]

    def _begins_open(self, nodes: list[Node]) -> bool:
        return self.address.narrowed or any(
            node.item.pk == self.address.item or node.holds_chosen for node in nodes
        )

    @property
    def leftovers(self) -> int:
        """How many leftovers the window has."""
        return len(self.source.leftovers_in(self.window))

    @property
    def leftovers_html(self) -> SafeString:
        """读取剩余."""
        here = self.source.leftovers_in(self.window)
        return outline.leftovers_html((left.text, left.reason, f"#l-{left.start}") for left in here)

    @cached_property
    def missing(self) -> list[Proposal]:
        """新版中未见: the first of the earlier items that this edition no longer has. One statement if there are any."""
        keys = self.reading.missing[:_MISSING_SHOWN]
        return list(Proposal.objects.filter(pk__in=keys).order_by("reading_id", "position")) if keys else []

    @property
    def missing_lines(self) -> list[tuple[Proposal, str, str, str]]:
        """Each missing item with kind, name and state; it is looked at in its own edition."""
        return [
            (row, Kind(row.kind).label, short(name_of(row)), ProposalState(row.state).label)
            for row in self.missing
        ]

    # --- counts -----------------------------------------------------------------------------------------------------------------------

    @cached_property
    def _counts(self) -> list[tuple[str, str, str, int]]:
        rows = self.reading.proposals.values("kind", "match", "state").annotate(number=Count("pk")).order_by()
        return [(row["kind"], row["match"], row["state"], row["number"]) for row in rows]

    @cached_property
    def kinds(self) -> list[KindLine]:
        """读入结果 kind by kind. One statement for all counts of the desk."""
        return [line for kind in Kind if (line := self._kind_line(kind)).total]

    def _kind_line(self, kind: Kind) -> KindLine:
        matches: Counter[str] = Counter()
        waiting = 0
        for of, match, state, number in self._counts:
            if of == kind.value:
                matches[match] += number
                waiting += number if state == ProposalState.OPEN.value else 0
        by_match = {match.value: matches[match.value] for match in Match}
        return KindLine(kind, sum(matches.values()), **by_match, open=waiting)

    @property
    def kind_head(self) -> list[str]:
        """Column heads of the overview."""
        matches = [named(match.label) for match in Match] if self.compared else []
        return [gettext("类别"), gettext("条数"), *matches, named(ProposalState.OPEN.label)]

    @property
    def kind_numbers(self) -> range:
        """Places of the overview's columns that hold numbers."""
        return range(2, len(self.kind_head) + 1)

    @property
    def compared(self) -> bool:
        """Whether there is an earlier edition to compare with."""
        return self.reading.edition > 1

    @cached_property
    def total(self) -> KindLine:
        """读入结果 in all."""
        lines = self.kinds
        sums = {
            name: sum(getattr(line, name) for line in lines)
            for name in ("total", "new", "changed", "unchanged", "unsure", "open")
        }
        return KindLine(Kind.INSPECTION, **sums)

    @property
    def waiting(self) -> int:
        """How many live items are still to be decided."""
        return self.total.open

    @property
    def unsettled(self) -> int:
        """How many open items a person must identify first."""
        doubtful = (Match.UNSURE.value, ProposalState.OPEN.value)
        return sum(number for _kind, match, state, number in self._counts if (match, state) == doubtful)

    # --- the chosen item --------------------------------------------------------------------------------------------------------------

    @cached_property
    def chosen(self) -> Proposal | None:
        """The chosen item; 404 if the address names one that the reading does not have."""
        return queries.item_or_404(self.reading, self.address.item) if self.address.item else None

    @cached_property
    def detail(self) -> Detail | None:
        """Everything about the chosen item."""
        return Detail(self.chosen, self.by) if self.chosen else None

    @cached_property
    def quote(self) -> str:
        """The chosen item's words as they stand in the document, where they are not just what was read; blanks of the layout left out."""
        item = self.chosen
        if item is None or item.span_start is None or item.span_end is None:
            return ""
        words = shown(self.source.paper.text, item.span_start, item.span_end)
        return "" if words in item.payload.values() else short(words, _QUOTED)

    @cached_property
    def why_not(self) -> str:
        """Why this post may not decide: the sentence for the greyed button; empty if it may."""
        return why_not(self.by, "proposal.accept")

    def next_open(self) -> Proposal | None:
        """The next item to be decided: after the chosen one in the ledger's order, else further on in the document, else from its beginning."""
        order = in_order(self.tree)
        places = [row.pk for row in order]
        here = places.index(self.address.item) if self.address.item in places else -1
        later = [row for row in order[here + 1 :] if row.state == ProposalState.OPEN.value]
        if later:
            return later[0]
        # What has no place comes first on both databases.
        order_of_text = F("span_start").asc(nulls_first=True)
        waiting = self.reading.proposals.filter(state=ProposalState.OPEN.value).order_by(
            order_of_text, "position"
        )
        return waiting.filter(span_start__gte=self.window.end).first() or waiting.first()

    @property
    def differing(self) -> int:
        """How many items a new edition changed, or may have changed."""
        return self.total.changed + self.total.unsure

    # --- filters ----------------------------------------------------------------------------------------------------------------------

    @property
    def shows(self) -> list[tuple[Show, str, bool]]:
        """The filters by state: which, address, and whether it is the present one."""
        return [
            (
                show,
                self._to(show=show),
                show is self.address.show,
            )
            for show in Show
        ]

    @property
    def kind_choices(self) -> list[tuple[str, str, bool]]:
        """The filters by kind: label, address, whether present."""
        choices = [("", self._to(kind=None), self.address.kind is None)]
        return choices + [
            (line.kind.label, self._to(kind=line.kind), line.kind is self.address.kind) for line in self.kinds
        ]

    @property
    def query(self) -> str:
        """The address as forms carry it on."""
        return self.address.query()


def _outside(kind: Kind) -> str:
    return gettext("未归入问题的%(label)s") % {"label": named(kind.label)}
