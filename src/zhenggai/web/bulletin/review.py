"""审核: the chain of a draft's approval, and the acts of it that the page offers: greyed with the sentence where they cannot be done now."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from zhenggai.bulletins import rules
from zhenggai.bulletins.actions.sheet import check_same, step_now
from zhenggai.bulletins.models import Approval
from zhenggai.bulletins.states import MOVES, DraftMove, DraftState
from zhenggai.core.errors import Refusal
from zhenggai.ledger.handling.queries import profile
from zhenggai.parties.permissions import PERMISSIONS
from zhenggai.web.bulletin.composer import Composer
from zhenggai.web.bulletin.deeds import DEEDS, Deed
from zhenggai.web.bulletin.forms import DraftForm
from zhenggai.web.labels import named


@dataclass(frozen=True)
class StepLine:
    """A step of the chain: what it is, who takes it, and who took it when."""

    label: str
    by: str
    taken: Approval | None
    turn: bool


@dataclass(frozen=True)
class Offer:
    """An act of the approval as the page offers it."""

    deed: Deed
    url: str
    form: DraftForm
    why_not: str
    open: bool

    @property
    def label(self) -> str:
        """The act's name."""
        return named(self.deed.label)


_OF_MOVE = {
    DraftMove.SUBMIT: "submit", DraftMove.APPROVE: "approve", DraftMove.FINISH: "approve", DraftMove.RETURN: "send_back",
    DraftMove.RECALL: "recall", DraftMove.PUBLISH: "publish", DraftMove.DROP: "drop",
}  # fmt: skip


class Review:
    """The approval of a draft as its panel shows it."""

    def __init__(self, composer: Composer) -> None:
        self.composer, self.bulletin = composer, composer.bulletin
        self.approvals = list(
            self.bulletin.approvals.select_related("reviewer", "unit").order_by("round", "number")
        )

    @property
    def steps(self) -> list[StepLine]:
        """The chain of this round; of a draft that was not submitted yet, the one that it will go."""
        bulletin, known = (
            self.bulletin,
            {step.code: step for step in profile(self.bulletin.inspection).publication},
        )
        under_way = self.composer.state in (DraftState.REVIEW, DraftState.APPROVED, DraftState.PUBLISHED)
        codes = bulletin.chain if under_way else list(known)
        taken = {
            row.step: row
            for row in self.approvals
            if row.round == bulletin.round and row.approved and under_way
        }
        return [
            StepLine(
                named(known[code].label) if code in known else code,
                named(known[code].by.label) if code in known else "",
                taken.get(code),
                self.composer.state is DraftState.REVIEW and number == bulletin.step,
            )
            for number, code in enumerate(codes)
        ]

    @property
    def returns(self) -> list[Approval]:
        """What was sent back in earlier rounds, newest first."""
        return [row for row in reversed(self.approvals) if not row.approved]

    @property
    def offers(self) -> list[Offer]:
        """The acts that the draft's state allows and in which the reader has a part."""
        names = dict.fromkeys(_OF_MOVE[move] for move in MOVES[self.composer.state])
        deeds = [DEEDS[name] for name in names]
        return [self._offer(deed) for deed in deeds if PERMISSIONS[deed.act].who & self.composer.held]

    def _offer(self, deed: Deed) -> Offer:
        refused = self.composer.refused
        again = refused is not None and refused.name == deed.name
        # What is approved is what this page shows, whatever was on the page that was refused.
        entered = dict(refused.data) if refused and again else {}
        form = deed.form(deed.name, initial={**entered, "seen": self.bulletin.digest})
        url = reverse(f"web:bulletin_{deed.name}", args=[self.bulletin.pk])
        return Offer(deed, url, form, "" if again else _first(self._checks(deed.name)), again)

    def _checks(self, name: str) -> Iterable[Callable[[], object]]:
        checks: dict[str, list[Callable[[], object]]] = {
            "submit": [lambda: self._ready("送审")],
            "approve": [self._turn, self._same, lambda: self._ready("审核通过")],
            "send_back": [self._turn],
            "publish": [self._same, lambda: self._ready("发布")],
        }
        return checks.get(name, [])

    def _ready(self, doing: str) -> None:
        rules.check_untroubled(self.composer.blocking, doing)

    def _same(self) -> None:
        check_same(self.bulletin, self.composer.sheet)

    def _turn(self) -> None:
        bulletin, post = self.bulletin, self.composer.by
        if bulletin.step >= len(bulletin.chain):
            return
        step = step_now(bulletin)
        rules.check_reviewer(
            person=post.holder_id or 0, submitter=bulletin.submitter_id or 0,
            earlier={row.reviewer_id for row in self.approvals if row.round == bulletin.round}, turn=step.label, by=step.by,
            held=self.composer.held, title=post.title,
        )  # fmt: skip


def _first(checks: Iterable[Callable[[], Any]]) -> str:
    """The first rule's sentence that stands in the way; empty if none does."""
    for check in checks:
        try:
            check()
        except Refusal as refusal:
            return refusal.sentence
    return ""
