"""编写: a draft as its page shows it: the paper with every number marked, and what stands beside it. What a panel does not show is not read.

Whatever the length of the draft, the page makes the same number of statements.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from zhenggai.bulletins import queries, rules
from zhenggai.bulletins.agreeing import amount
from zhenggai.bulletins.checks import blocking, check
from zhenggai.bulletins.facts import Bound, Place, Source, Trouble
from zhenggai.bulletins.models import Bulletin, Paragraph
from zhenggai.bulletins.proposing import Suggestion, propose
from zhenggai.bulletins.queries import Sheet
from zhenggai.bulletins.states import (
    SETTLED,
    Audience,
    DraftState,
    FigureState,
    ParagraphRole,
    Severity,
)
from zhenggai.bulletins.sure import best
from zhenggai.core.errors import Refusal
from zhenggai.indicators.states import Reach
from zhenggai.indicators.states import Source as SourceClass
from zhenggai.ledger.handling.queries import items
from zhenggai.ledger.handling.states import Classification
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import why_not
from zhenggai.web.bulletin.address import Address, Panel, Spot, path_of
from zhenggai.web.bulletin.marks import (
    SEVERITY_LOOKS,
    SEVERITY_SIGNS,
    SIGNS,
    STATE_LOOKS,
    STATE_SIGNS,
    pieces,
)
from zhenggai.web.bulletin.names import titles
from zhenggai.web.labels import named

SUGGESTED = 5
"""Suggestions shown for one figure."""

FOUND = 30
"""Sources that a search shows."""

_REMEDIED = (FigureState.STALE, FigureState.CONTRADICTED)
"""States that the present value of the source mends."""


@dataclass(frozen=True)
class Refused:
    """What was refused: the act with its row, the sentence, what was entered, and both texts of a conflict."""

    name: str
    row: int
    sentence: str
    data: Mapping[str, Any] = field(default_factory=dict)
    mine: str = ""
    theirs: str = ""
    conflict: bool = False


@dataclass(frozen=True)
class Mark:
    """A number as the paper shows it."""

    spot: Spot
    text: str
    state: FigureState
    sign: str
    label: str
    title: str
    shown: bool
    chosen: bool


@dataclass
class Shown:
    """A paragraph on the paper: its row and its pieces, each with the mark of a number or none."""

    row: Paragraph
    number: int
    pieces: list[tuple[str, Mark | None]]
    last: bool = False

    @property
    def first(self) -> bool:
        """Whether it stands at the top."""
        return self.number == 1


@dataclass(frozen=True)
class Filter:
    """A state with the number of its figures, as a filter of the paper and its legend."""

    state: FigureState | None
    label: str
    sign: str
    count: int
    href: str
    current: bool


@dataclass(frozen=True)
class SourceLine:
    """A source as the page tells it."""

    key: int
    name: str
    value: str
    details: str
    why: str = ""
    sure: bool = False


@dataclass(frozen=True)
class TroubleLine:
    """A remark of the checks with the address of its place."""

    sentence: str
    remedy: str
    where: str
    href: str


class Composer:
    """The draft that is being composed, and its reader."""

    def __init__(
        self, bulletin: Bulletin, by: Post, address: Address, refused: Refused | None = None
    ) -> None:
        self.bulletin, self.by, self.address, self.refused = bulletin, by, address, refused
        self.inspection = bulletin.inspection
        self.today = timezone.localdate()
        self.state = DraftState(bulletin.state)
        self.path = path_of(bulletin.pk)
        self.state_look, self.state_sign = STATE_LOOKS[self.state], STATE_SIGNS[self.state]

    # --- what is read ---

    @cached_property
    def sheet(self) -> Sheet:
        """The draft as read."""
        return queries.sheet_of(self.bulletin, self.today)

    @cached_property
    def held(self) -> frozenset[Any]:
        """In which capacities the reader stands to the draft."""
        return queries.held_in(self.by, self.inspection)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Titles of the posts that worked on the draft, by code. One statement."""
        codes = {row.changed_by for row in self.sheet.paragraphs} | {
            row.bound_by for row in self.sheet.bindings
        }
        return titles(codes | {self.bulletin.submitted_by, self.bulletin.opened_by})

    @cached_property
    def why_not_edit(self) -> str:
        """Why text and bindings cannot be changed here and now; empty if they can."""
        return why_not(self.by, "bulletin.edit", self.held) or self._closed

    @property
    def _closed(self) -> str:
        try:
            rules.check_open(self.bulletin.state, _("文稿"))
        except Refusal as refusal:
            return refusal.sentence
        return ""

    @property
    def edits(self) -> bool:
        """Whether text and bindings can be changed."""
        return not self.why_not_edit

    # --- the paper ---

    @cached_property
    def paragraphs(self) -> list[Shown]:
        """Every paragraph with its numbers marked."""
        by_line: dict[int, list[Bound]] = defaultdict(list)
        for each in self.sheet.figures:
            by_line[each.figure.place.line].append(each)
        last = len(self.sheet.paragraphs)
        return [
            Shown(
                row,
                number,
                [
                    (text, self.mark(bound) if bound else None)
                    for text, bound in pieces(row.text, by_line[number - 1])
                ],
                number == last,
            )
            for number, row in enumerate(self.sheet.paragraphs, 1)
        ]

    def mark(self, bound: Bound) -> Mark:
        """How a number is marked."""
        spot, label = self.spot(bound), self._state_labels[bound.state]
        about = bound.source.label if bound.source else bound.figure.label
        return Mark(
            spot, bound.figure.text, bound.state, SIGNS[bound.state], label, f"{label}：{about}" if about else label,
            shown=self.address.show in (None, bound.state), chosen=self.address.figure == spot,
        )  # fmt: skip

    @cached_property
    def _state_labels(self) -> dict[FigureState, str]:
        return {state: named(state.label) for state in FigureState}

    def spot(self, bound: Bound) -> Spot:
        """The place of a number as addresses name it."""
        place = bound.figure.place
        return Spot(self.sheet.paragraphs[place.line].pk, place.start, place.end)

    @cached_property
    def figure_prefix(self) -> str:
        """The address of a number up to its place."""
        return self.path + self.address.figure_prefix()

    @cached_property
    def counts(self) -> Counter[FigureState]:
        """Figures by state."""
        return Counter(each.state for each in self.sheet.figures)

    @cached_property
    def unsettled(self) -> int:
        """Figures that may not go out as they are."""
        return sum(number for state, number in self.counts.items() if state not in SETTLED)

    @cached_property
    def filters(self) -> list[Filter]:
        """Every state with its number; the legend of the paper."""
        here = self.address
        clear = self.path + here.query(show=None, panel=None, figure=None, edit=None, insert=None, search="")
        every = Filter(None, _("全部数字"), "", sum(self.counts.values()), clear, here.show is None)
        return [
            every,
            *(
                Filter(
                    state, self._state_labels[state], SIGNS[state], self.counts[state],
                    self.path + here.query(show=state, panel=Panel.LIST, figure=None, edit=None, insert=None, search=""),
                    here.show is state,
                )
                for state in FigureState
            ),
        ]  # fmt: skip

    @cached_property
    def moved_sources(self) -> list[tuple[str, int]]:
        """Sources that changed since they were bound, with the number of figures that rest on them."""
        names = Counter(
            each.source.label
            for each in self.sheet.figures
            if each.state is FigureState.STALE and each.source
        )
        return list(names.items())

    @property
    def stale_href(self) -> str:
        """Where the figures are listed whose sources changed."""
        return self.path + Address(panel=Panel.LIST, show=FigureState.STALE).query()

    # --- the panel ---

    @cached_property
    def panel(self) -> Panel:
        """What stands beside the paper: what was asked for; else the chosen figure, what is to be settled, or the approval."""
        if self.address.panel:
            return self.address.panel
        if self.address.figure:
            return Panel.FIGURE
        return Panel.LIST if self.unsettled and self.state is DraftState.DRAFTING else Panel.REVIEW

    @cached_property
    def tabs(self) -> list[tuple[str, str, bool, int | None]]:
        """The panels as tabs."""
        labels = {
            Panel.FIGURE: (_("所选数字"), None), Panel.LIST: (_("待处理数字"), self.unsettled), Panel.CHECKS: (_("检查"), None),
            Panel.REVIEW: (_("审核"), None),
        }  # fmt: skip
        clean = {"edit": None, "insert": None, "search": ""}
        return [
            (
                label,
                f"{self.path}{self.address.query(panel=panel, **clean)}#panel",
                panel is self.panel,
                number,
            )
            for panel, (label, number) in labels.items()
        ]

    @cached_property
    def chosen(self) -> Bound | None:
        """The chosen figure; None if none is chosen or there is none (any more) at this place."""
        return next((each for each in self.sheet.figures if self.spot(each) == self.address.figure), None)

    @cached_property
    def chosen_mark(self) -> Mark | None:
        """How the chosen figure is marked."""
        return self.mark(self.chosen) if self.chosen else None

    @property
    def renewable(self) -> bool:
        """Whether the present value of the source can be written into the chosen figure."""
        each = self.chosen
        return bool(each and each.state in _REMEDIED and each.source and each.source.now is not None)

    @cached_property
    def source(self) -> list[tuple[str, str]]:
        """What the chosen figure rests on, as facts."""
        each = self.chosen
        if each is None or each.source is None:
            return []
        row, source = self._binding(each), each.source
        now = (
            amount(source.now, source.now_max, source.unit) if source.now is not None else _("已没有现行数值")
        )
        return [
            (_("名称"), source.label),
            (_("现值"), now),
            (_("绑定时"), amount(source.value, source.value_max, source.unit)),
            (_("时期"), source.period),
            (_("数据截至"), str(source.as_of or "")),
            (_("来源类别"), named(SourceClass(source.source).label)),
            (_("口径"), named(Reach(source.reach).label)),
            (
                _("绑定"),
                f"{self.titles[row.bound_by]} {timezone.localtime(row.bound_at):%Y-%m-%d %H:%M}"
                if row
                else "",
            ),
        ]

    def _binding(self, each: Bound) -> Any:
        return next((row for row in self.sheet.bindings if row.pk == each.binding), None)

    @cached_property
    def indicator(self) -> int | None:
        """Key of the indicator on which the chosen figure rests."""
        row = self._binding(self.chosen) if self.chosen else None
        return row.observation.indicator_id if row and row.observation else None

    @cached_property
    def sources(self) -> list[Source]:
        """Everything to which a figure of the draft can be bound."""
        return queries.candidates(self.bulletin, self.today)

    @cached_property
    def suggestions(self) -> list[SourceLine]:
        """Sources proposed for the chosen figure, likeliest first."""
        if self.chosen is None:
            return []
        found = propose([self.chosen.figure], self.sources, SUGGESTED)[0]
        return [self.source_line(each.source, each) for each in found]

    @cached_property
    def found(self) -> list[SourceLine]:
        """Sources whose names hold the words that were searched for."""
        words = self.address.search.lower().split()
        rows = [each for each in self.sources if words and all(word in each.label.lower() for word in words)]
        return [self.source_line(each) for each in rows[:FOUND]]

    @staticmethod
    def source_line(source: Source, proposal: Suggestion | None = None) -> SourceLine:
        """A source as a line: its name, what it says now, and where that comes from."""
        now = amount(source.now, source.now_max, source.unit) if source.now is not None else "—"
        details = [source.period, named(SourceClass(source.source).label), str(source.as_of or "")]
        return SourceLine(
            source.key, source.label, now, " · ".join(each for each in details if each),
            proposal.why if proposal else "", bool(proposal and proposal.sure),
        )  # fmt: skip

    # --- the list of figures ---

    @cached_property
    def listed(self) -> list[tuple[Mark, Bound, SourceLine | None]]:
        """Figures of the state that is asked for, else all that are to be settled, each with its best suggestion while it has no source."""
        wanted = [
            each for each in self.sheet.figures
            if (each.state is self.address.show if self.address.show else each.state not in SETTLED)
        ]  # fmt: skip
        best = self._best if any(each.state is FigureState.UNBOUND for each in wanted) else {}
        return [
            (self.mark(each), each, self.source_line(best[each.figure.place].source, best[each.figure.place]) if each.figure.place in best else None)
            for each in wanted
        ]  # fmt: skip

    @cached_property
    def _best(self) -> Mapping[Place, Suggestion]:
        return best(self.sheet, self.sources)

    @cached_property
    def sure(self) -> int:
        """Figures for which a suggestion is certain enough to be taken with the others at once."""
        return sum(each.sure for each in self._best.values())

    @cached_property
    def renewals(self) -> list[int]:
        """Bindings of listed figures whose source has another value now."""
        return [
            each.binding for _mark, each, _line in self.listed
            if each.state is FigureState.STALE and each.source and each.source.now is not None
        ]  # fmt: skip

    # --- the checks ---

    @cached_property
    def troubles(self) -> list[Trouble]:
        """What the checks find."""
        return check(queries.draft_of(self.sheet, self.today))

    @cached_property
    def blocking(self) -> list[Trouble]:
        """Of these what stands in the way of approval."""
        return blocking(self.troubles)

    @cached_property
    def trouble_groups(self) -> list[tuple[str, str, str, list[TroubleLine]]]:
        """By severity: label, look of the badge, sign, lines."""
        found: dict[Severity, list[TroubleLine]] = {severity: [] for severity in Severity}
        for each in self.troubles:
            found[each.severity].append(self._trouble(each))
        return [
            (named(severity.label), SEVERITY_LOOKS[severity], SEVERITY_SIGNS[severity], lines)
            for severity, lines in found.items()
            if lines
        ]

    def _trouble(self, each: Trouble) -> TroubleLine:
        if each.place is None or each.place.line >= len(self.sheet.paragraphs):
            return TroubleLine(each.sentence, each.remedy, _("全文"), "#paper")
        row = self.sheet.paragraphs[each.place.line]
        where = _("第 %(number)d 段") % {"number": each.place.line + 1}
        at = Spot(row.pk, each.place.start, each.place.end)
        href = f"#f-{at.code}" if at in self._spots else f"#p-{row.pk}"
        return TroubleLine(each.sentence, each.remedy, where, href)

    @cached_property
    def _spots(self) -> set[Spot]:
        return {self.spot(each) for each in self.sheet.figures}

    # --- what may be named ---

    @cached_property
    def naming(self) -> tuple[int, int]:
        """Problems of the inspection, and how many of them the document may name. One statement."""
        rows = items(self.inspection)
        classes = Counter(rows.values_list("classification", flat=True))
        barred = {Classification.SENSITIVE.value}
        if self.bulletin.audience == Audience.PUBLIC.value:
            barred.add(Classification.INTERNAL.value)
        every = sum(classes.values())
        return every, every - sum(classes[each] for each in barred)

    @property
    def unnamed(self) -> int:
        """Problems that the document may not name."""
        return self.naming[0] - self.naming[1]

    @property
    def waiving(self) -> bool:
        """Whether the form of a waiver is open, because it was refused."""
        return self.refused is not None and self.refused.name == "waive"

    @property
    def waive_reason(self) -> str:
        """The reason that was entered there."""
        return str(self.refused.data.get("reason", "")) if self.refused and self.waiving else ""

    # --- heads ---

    @cached_property
    def facts(self) -> list[tuple[str, str]]:
        """Short facts below the title."""
        return [
            (_("编号"), self.bulletin.code),
            (_("版次"), _("第 %(number)d 版") % {"number": self.bulletin.number}),
            (_("公开范围"), named(Audience(self.bulletin.audience).label)),
            (_("修订号"), str(self.bulletin.revision)),
        ]

    @cached_property
    def crumbs(self) -> list[tuple[str, str]]:
        """The way to this page."""
        return [
            (_("检查"), reverse("web:inspections")),
            (self.inspection.code, reverse("web:ledger", args=[self.inspection.code])),
            (_("文稿"), reverse("web:bulletins", args=[self.inspection.code])),
            (self.bulletin.title, ""),
        ]

    @cached_property
    def roles(self) -> Sequence[tuple[str, str]]:
        """Kinds of paragraphs to choose from."""
        return [(role.value, named(role.label)) for role in ParagraphRole]
