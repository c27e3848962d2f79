"""条目详情: one item as the desk shows it: what was read, what holds, how it differs from before, what may be done, what was done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhenggai.core.errors import Refusal
from zhenggai.journal.queries import HistoryLine, history
from zhenggai.ledger import queries, rules
from zhenggai.ledger.kinds import KINDS, FieldType
from zhenggai.ledger.models import Proposal
from zhenggai.ledger.states import MOVES, Decision, Kind, Match, ProposalState
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import why_not
from zhenggai.web.desk import diff
from zhenggai.web.desk.names import name_of, short, shown_value
from zhenggai.web.desk.outline import GLYPHS
from zhenggai.web.labels import named


@dataclass(frozen=True)
class FieldLine:
    """A field: what was read, and what holds where a person made something else of it."""

    label: str
    read: str
    holds: str
    long: bool = False

    @property
    def corrected(self) -> bool:
        """Whether a person changed the field."""
        return self.read != self.holds


@dataclass(frozen=True)
class Story:
    """One line of the item's history, as a sentence."""

    at: datetime
    sentence: str
    reason: str


@dataclass(frozen=True)
class Candidate:
    """An earlier item that a doubtful one might be, and how the two differ."""

    item: Proposal
    name: str
    differences: list[diff.FieldDifference]


class Detail:
    """The chosen item. What a part of the page does not show is not read."""

    def __init__(self, item: Proposal, by: Post) -> None:
        self.item = item
        self.kind = Kind(item.kind)
        self.state = ProposalState(item.state)
        self.match = Match(item.match)
        self.name = short(name_of(item))
        self.glyph = GLYPHS[self.state]
        self.state_label, self.match_label = named(self.state.label), named(self.match.label)
        self._by = by

    @cached_property
    def fields(self) -> list[FieldLine]:
        """Every field that says something."""
        read, holds = self.item.payload, self.item.current
        lines = [
            FieldLine(f.label, shown_value(f, read), shown_value(f, holds), f.form is FieldType.LONG)
            for f in KINDS[self.kind].fields
        ]
        return [line for line in lines if line.read or line.holds]

    @cached_property
    def differences(self) -> list[diff.FieldDifference]:
        """Field by field against the earlier edition's item; empty if there is none or nothing differs."""
        previous = self.item.previous
        return diff.fields(self.kind, previous.current, self.item.current) if previous else []

    @cached_property
    def candidates(self) -> list[Candidate]:
        """What a doubtful item might be. One statement."""
        if self.match is not Match.UNSURE:
            return []
        rows = {row.pk: row for row in queries.live_candidates(self.item)}
        found = [rows[key] for key in self.item.candidates if key in rows]
        return [
            Candidate(row, name_of(row), diff.fields(self.kind, row.current, self.item.payload))
            for row in found
        ]

    @cached_property
    def why_not(self) -> str:
        """Why nothing can be decided here and now: the post may not, or the item must be identified first; empty if it can."""
        return why_not(self._by, "proposal.accept") or self._unsettled

    @cached_property
    def why_not_reject(self) -> str:
        """Why the item cannot be rejected; that can be done while it is still doubtful which earlier one it is."""
        return why_not(self._by, "proposal.accept")

    @cached_property
    def why_not_identify(self) -> str:
        """Why the item cannot be identified: the sentence for the greyed button."""
        return why_not(self._by, "proposal.accept")

    @property
    def _unsettled(self) -> str:
        try:
            rules.check_settled(self.match)
        except Refusal as refusal:
            return refusal.sentence
        return ""

    @cached_property
    def may(self) -> set[str]:
        """Decisions that follow the item's state by the published table of moves, and make sense for the item."""
        moves = {decision.value for decision in MOVES[self.state]}
        if self.match is not Match.CHANGED or not queries.in_ledger([self.item]):
            moves.discard(Decision.KEEP.value)
        taken_for_good = self.kind is Kind.INSPECTION and self.state in (
            ProposalState.ACCEPTED,
            ProposalState.CORRECTED,
        )
        return moves - {Decision.REJECT.value} if taken_for_good else moves

    @cached_property
    def stories(self) -> list[Story]:
        """The item's history, newest first. Two statements."""
        return [_story(line) for line in reversed(history(self.item))]

    @property
    def unsettled(self) -> bool:
        """Whether a person must say which earlier item this is."""
        return self.match is Match.UNSURE


def _story(line: HistoryLine) -> Story:
    actor = line.actor
    who = " ".join(filter(None, (actor.get("title"), actor.get("person")))) or _("系统")
    move = _move(line)
    sentence = _("%(who)s：%(act)s") % {"who": who, "act": named(line.label)}
    return Story(line.at, f"{sentence}（{move}）" if move else sentence, line.reason)


def _move(line: HistoryLine) -> str:
    """From which state to which; nothing where the state stayed."""
    before, after = (line.before or {}).get("state"), (line.after or {}).get("state")
    if not after or before == after:
        return ""
    states = [named(ProposalState(state).label) for state in (before, after) if state]
    return " → ".join(states)


KEYS: Iterable[tuple[str, str | Promise]] = (
    ("j ↓", gettext_lazy("下一条")),
    ("k ↑", gettext_lazy("上一条")),
    ("a", gettext_lazy("采纳")),
    ("c", gettext_lazy("更正")),
    ("x", gettext_lazy("不采纳")),
    ("v", gettext_lazy("维持原内容")),
    ("o", gettext_lazy("下一条待核")),
    ("?", gettext_lazy("显示或收起快捷键")),
)
"""Keys of the desk, as its help lists them; ``desk-keys.js`` acts on them."""
