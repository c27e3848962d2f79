"""Drafts for tests: an inspection whose items may be published, and a document about it. A state is reached through the acts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tests import cast
from tests.cast import World
from zhenggai.bulletins.actions import approving, binding, drafting, publishing
from zhenggai.bulletins.actions.binding import Choice
from zhenggai.bulletins.facts import Bound
from zhenggai.bulletins.models import Bulletin, Edition, Paragraph
from zhenggai.bulletins.queries import Sheet, paragraphs_of, sheet_of
from zhenggai.bulletins.states import Audience, FigureState, ParagraphRole
from zhenggai.indicators.actions.entering import NewObservation, observe
from zhenggai.indicators.models import Observation
from zhenggai.ledger.actions import assigning
from zhenggai.ledger.handling.states import Classification


def make_public(whole: World) -> None:
    """Classify every item and area of the inspection as 公开."""
    for finding in whole.inspection.findings.all():
        assigning.classify(
            finding=finding, classification=Classification.PUBLIC, reason="可以公开", by=whole.office
        )


def public_world() -> World:
    """An inspection with one closed item, one under way and one not begun, all public."""
    whole = cast.world()
    make_public(whole)
    cast.closed(whole, 0)
    cast.assigned(whole, 1)
    return whole


def observed(
    whole: World,
    name: str,
    value: str,
    unit: str,
    *,
    period: str = "",
    kind: str = "count",
    corrects: int | None = None,
) -> Observation:
    """A value that the office entered."""
    new = NewObservation(
        name=(name, unit, kind, ""), value=Decimal(value), value_max=None, written=f"{value}{unit}", qualifier="", period=period,
        applies_to=[], place=None, corrects=corrects, scope=whole.inspection.code, reason="核对后更正" if corrects else "",
    )  # fmt: skip
    return observe(values=[new], by=whole.office)[0]


@dataclass
class Desk:
    """A draft on which tests work; read anew each time."""

    whole: World
    bulletin: Bulletin

    def __init__(self, whole: World, lines: Sequence[str] = (), audience: Audience = Audience.PUBLIC) -> None:
        self.whole = whole
        self.bulletin = drafting.open_draft(
            inspection=whole.inspection, kind="kongbai", audience=audience, by=whole.office
        )
        if lines:
            after = next(row for row in self.paragraphs if row.role == ParagraphRole.TITLE.value)
            drafting.insert(bulletin=self.bulletin, after=after, pasted="\n".join(lines), by=whole.office)

    @property
    def paragraphs(self) -> list[Paragraph]:
        return list(paragraphs_of(self.bulletin))

    @property
    def sheet(self) -> Sheet:
        self.bulletin.refresh_from_db()
        return sheet_of(self.bulletin, cast.today())

    def paragraph(self, words: str) -> Paragraph:
        return next(row for row in self.paragraphs if words in row.text)

    def figure(self, text: str) -> Bound:
        return next(each for each in self.sheet.figures if each.figure.text == text)

    def state(self, text: str) -> FigureState:
        return self.figure(text).state

    def bind(self, text: str, observation: Observation) -> None:
        sheet = self.sheet
        place = next(each.figure.place for each in sheet.figures if each.figure.text == text)
        choice = Choice(sheet.paragraphs[place.line].pk, place.start, place.end, observation.pk)
        binding.bind(bulletin=self.bulletin, choices=[choice], by=self.whole.office)

    def edit(self, words: str, new: str, base: int | None = None) -> drafting.Edited:
        row = self.paragraph(words)
        return drafting.edit(paragraph=row, base=base or row.version, text=new, by=self.whole.office)

    def waive_the_rest(self) -> None:
        """Waive every number that is not settled."""
        sheet = self.sheet
        for each in sheet.figures:
            if each.state not in (FigureState.BOUND, FigureState.WAIVED):
                place = each.figure.place
                binding.waive(
                    paragraph=sheet.paragraphs[place.line], start=place.start, end=place.end, reason="按惯例表述", by=self.whole.office
                )  # fmt: skip


def approvers(whole: World) -> list[cast.Post]:
    """Who takes the steps of a document's approval, in order."""
    return [whole.second_office, whole.supervisor, whole.leader]


def approved(whole: World, bulletin: Bulletin) -> Bulletin:
    """Submitted and approved step by step."""
    approving.submit(bulletin=bulletin, by=whole.office)
    for post in approvers(whole):
        bulletin = approving.approve(bulletin=bulletin, reason="同意", by=post)
    return bulletin


def published(whole: World, bulletin: Bulletin) -> Edition:
    """Approved and frozen."""
    return publishing.publish(bulletin=approved(whole, bulletin), by=whole.office)
