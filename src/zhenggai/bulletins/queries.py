"""Named reads of drafts and editions."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from zhenggai.bulletins.agreeing import stand
from zhenggai.bulletins.facts import Beside, Bound, Draft, Earlier, Figure, Item, Line, Source, Waived
from zhenggai.bulletins.models import Binding, Bulletin, Edition, Paragraph
from zhenggai.bulletins.permissions import READERS
from zhenggai.bulletins.reading import Read, read_lines
from zhenggai.bulletins.rules import digest_of
from zhenggai.bulletins.states import Audience, DraftState
from zhenggai.core.errors import NotFound
from zhenggai.indicators import computing
from zhenggai.indicators.currency import Now, now_of
from zhenggai.indicators.models import Observation
from zhenggai.indicators.queries import candidates as current
from zhenggai.indicators.states import Reach
from zhenggai.indicators.states import Source as SourceClass
from zhenggai.journal.acts import Actor
from zhenggai.ledger.handling.queries import items
from zhenggai.ledger.handling.rules import least
from zhenggai.ledger.handling.standing import capacities_in, grouped_in, visible_inspections
from zhenggai.ledger.handling.states import Classification, Completion, Grade, Review
from zhenggai.ledger.models import Inspection, PolicyDocument, Task
from zhenggai.parties.models import Post
from zhenggai.parties.states import Capacity, Role

COUNTED = (SourceClass.COMPUTED.value, SourceClass.DERIVED.value)
"""Source classes that are reckoned over items, and so have a reach that the public may know, or not."""


def paragraphs_of(bulletin: Bulletin) -> QuerySet[Paragraph]:
    """The paragraphs that stand, in order."""
    return bulletin.paragraphs.filter(removed_at=None).order_by("position", "pk")


def bindings_of(bulletin: Bulletin) -> QuerySet[Binding]:
    """The bindings that stand, with what they rest on."""
    return _standing(bulletin.bindings.all())


def _standing(rows: QuerySet[Binding]) -> QuerySet[Binding]:
    rows = rows.filter(ended_at=None)
    return rows.select_related("observation__indicator", "observation__document").order_by(
        "paragraph", "start"
    )


def lines_of(paragraphs: Iterable[Paragraph]) -> tuple[Line, ...]:
    """Paragraphs as the reader takes them."""
    return tuple(Line(row.pk, row.role, row.text) for row in paragraphs)


def source_of(row: Observation, now: Now | None) -> Source:
    """An observation as binding and checking need it."""
    return Source(
        key=row.pk,
        label=row.indicator.name,
        value=plain(row.value),
        unit=row.indicator.unit,
        kind=row.indicator.kind,
        now=plain(now.value) if now and now.value is not None else None,
        value_max=plain(row.value_max) if row.value_max is not None else None,
        now_max=plain(now.value_max) if now and now.value_max is not None else None,
        period=row.period,
        change=_change(row, now),
        applies_to=tuple(row.applies_to),
        source=row.source,
        reach=row.reach,
        as_of=now.as_of if now and now.as_of else row.as_of,
        code=row.indicator.code,
        written=row.written,
        qualifier=row.qualifier,
    )


def plain(value: Decimal) -> Decimal:
    """A value without the zeros that the database fills it up with: 58.000000 → 58."""
    return Decimal(f"{value.normalize():f}")


def _change(row: Observation, now: Now | None) -> str:
    """Which way a change went: of a derived value as it stands now, else as the indicator says."""
    return (now.change.value if now else "") or (row.basis or {}).get("change", "") or row.indicator.change


@dataclass(frozen=True)
class Sheet:
    """稿面: a draft's paragraphs as read, with each of its numbers and how it stands."""

    bulletin: Bulletin
    paragraphs: Sequence[Paragraph]
    read: Read
    figures: Sequence[Bound]
    bindings: Sequence[Binding]

    @property
    def digest(self) -> str:
        """Digest of text and bindings: what an approval is given for."""
        at = {row.pk: number for number, row in enumerate(self.paragraphs)}
        return digest_of(
            {
                "draft": [self.bulletin.code, self.bulletin.number, self.bulletin.kind, self.bulletin.audience],
                "correction": self.bulletin.correction,
                "paragraphs": [[row.role, row.text] for row in self.paragraphs],
                "bindings": sorted(
                    [at[row.paragraph_id], row.start, row.end, row.text, row.observation_id or 0,
                     format(row.observation.value, "f") if row.observation else "", row.reason]
                    for row in self.bindings
                    if row.paragraph_id in at
                ),
            }
        )  # fmt: skip


def sheet_of(bulletin: Bulletin, today: date) -> Sheet:
    """Read a draft: every number in it with its source and its state. A fixed number of statements, however long it is."""
    return sheets_of([bulletin], today)[0]


def sheets_of(bulletins: Sequence[Bulletin], today: date) -> list[Sheet]:
    """Read several drafts. As many statements as for one, and those of the computed values of each inspection."""
    if not bulletins:
        return []
    paragraphs: dict[int, list[Paragraph]] = {row.pk: [] for row in bulletins}
    for paragraph in Paragraph.objects.filter(bulletin__in=paragraphs, removed_at=None).order_by(
        "position", "pk"
    ):
        paragraphs[paragraph.bulletin_id].append(paragraph)
    bindings: dict[int, list[Binding]] = {row.pk: [] for row in bulletins}
    for binding in _standing(Binding.objects.filter(bulletin__in=bindings)):
        bindings[binding.bulletin_id].append(binding)
    rows = [row.observation for each in bindings.values() for row in each if row.observation is not None]
    now = now_of(list({row.pk: row for row in rows}.values()), today)
    return [_sheet(row, paragraphs[row.pk], bindings[row.pk], now) for row in bulletins]


def _sheet(
    bulletin: Bulletin, paragraphs: Sequence[Paragraph], bindings: Sequence[Binding], now: dict[int, Now]
) -> Sheet:
    read = read_lines(lines_of(paragraphs))
    line_of = {row.pk: number for number, row in enumerate(paragraphs)}
    anchored = {
        (line_of[row.paragraph_id], row.start, row.end): row
        for row in bindings
        if row.paragraph_id in line_of
    }
    figures = [_bound(figure, anchored.get(figure.place), now) for figure in read.figures]
    return Sheet(bulletin, paragraphs, read, figures, bindings)


def _bound(figure: Figure, row: Binding | None, now: dict[int, Now]) -> Bound:
    if row is None:
        state, remedy = stand(figure, None, None)
        return Bound(figure, state, remedy)
    source = source_of(row.observation, now.get(row.observation.pk)) if row.observation else None
    waived = Waived(row.reason, row.bound_by) if row.reason else None
    state, remedy = stand(figure, source, waived)
    return Bound(figure, state, remedy, source, waived, row.pk)


def draft_of(sheet: Sheet, today: date) -> Draft:
    """Everything that the checks look at. A fixed number of statements."""
    bulletin = sheet.bulletin
    inspection = bulletin.inspection
    earlier = Edition.objects.filter(inspection=inspection).order_by("pk")
    if bulletin.replaces_id:
        earlier = earlier.exclude(code=bulletin.code)
    return Draft(
        lines=lines_of(sheet.paragraphs),
        text=sheet.read.text,
        starts=sheet.read.starts,
        reading=sheet.read.bulletin,
        figures=sheet.figures,
        audience=Audience(bulletin.audience),
        items=items_of(inspection),
        policies=policies_of(inspection),
        earlier=[
            Earlier(row.code, row.number, row.title, paragraphs_in(row)) for row in earlier
        ],
        withheld=withheld_of(inspection, today) if bulletin.audience == Audience.PUBLIC.value else (),
        replaces=bulletin.replaces_id is not None,
        beside=beside_of(sheet),
    )  # fmt: skip


def beside_of(sheet: Sheet) -> list[Beside]:
    """What an edition says beside its paragraphs, as :mod:`zhenggai.bulletins.freezing` takes it from the draft."""
    rows = {row.pk: row.observation for row in sheet.bindings}
    found = [Beside("更正说明", None, sheet.bulletin.correction)]
    for each in sheet.figures:
        observation = rows.get(each.binding)
        if each.waived is not None:
            found.append(Beside("免予绑定的理由", each.figure.place, each.waived.reason))
        if observation is not None:
            told = observation.indicator
            named = (told.name, told.numerator, told.denominator, told.exclusions)
            found += [Beside("来源的名称和口径", each.figure.place, words) for words in named]
    return [each for each in found if each.words]


def items_of(inspection: Inspection) -> list[Item]:
    """The problems of an inspection as a document may speak of them. Two statements."""
    done: dict[int, list[Completion]] = {}
    tasks = Task.objects.filter(finding__inspection=inspection, withdrawn_at=None)
    for finding, completion in tasks.values_list("finding_id", "completion"):
        done.setdefault(finding, []).append(Completion(completion))
    return [
        Item(
            number=row.number,
            title=row.title,
            classification=Classification(row.classification),
            completion=least(done.get(row.pk, [Completion.UNDONE])),
            review=Review(row.review),
            grade=Grade(row.grade) if row.grade else None,
            cycle=row.cycle,
        )
        for row in items(inspection).order_by("number")
    ]


def policies_of(inspection: Inspection) -> dict[str, str]:
    """Titles of the register of policy documents, without 《》, and their role."""
    rows = PolicyDocument.objects.filter(inspection=inspection, withdrawn_at=None)
    return {title.strip("《》"): role for title, role in rows.values_list("title", "role")}


def withheld_of(inspection: Inspection, today: date) -> list[tuple[str, str, Decimal]]:
    """Of the computed indicators those whose value over the whole ledger is not the public one: name, unit, and the value that must not be said."""
    whole = computing.values(inspection.code, Reach.WHOLE, today)
    public = computing.values(inspection.code, Reach.PUBLIC, today)
    named = computing.definitions()
    return [
        (named[code].name, named[code].unit, said.value)
        for code, said in whole.items()
        if code in public and public[code].value != said.value
    ]


def paragraphs_in(edition: Edition) -> list[str]:
    """The paragraphs of an edition."""
    return [str(each["text"]) for each in content_of(edition)["paragraphs"]]


def content_of(edition: Edition) -> dict[str, Any]:
    """What an edition says, as it was frozen; :mod:`zhenggai.bulletins.freezing` tells its keys."""
    said: dict[str, Any] = json.loads(edition.content)
    return said


def candidates(bulletin: Bulletin, today: date) -> list[Source]:
    """What the numbers of a draft can be bound to: the current observations of its inspection; for the public, of public reach where there is one."""
    rows = current(bulletin.inspection.code)
    if bulletin.audience == Audience.PUBLIC.value:
        rows = [row for row in rows if row.reach == Reach.PUBLIC.value or row.source not in COUNTED]
    now = now_of(rows, today)
    return [
        source_of(row, now.get(row.pk)) for row in rows if row.pk in now and now[row.pk].value is not None
    ]


# --- who sees what -----------------------------------------------------------------------------------------------------------------------


def visible_bulletins(by: Actor) -> QuerySet[Bulletin]:
    """The drafts that a post may know of: office, leading group and supervising body of the inspection."""
    rows = Bulletin.objects.select_related("inspection")
    if isinstance(by, Post) and by.role not in (
        Role.OFFICE.value,
        Role.OFFICIAL.value,
        Role.SUPERVISOR.value,
    ):
        return rows.none()
    return rows.filter(inspection__in=_read_by(by))


def _read_by(by: Actor) -> QuerySet[Inspection]:
    found = visible_inspections(by)
    return found.filter(grouped_in(by)) if isinstance(by, Post) and by.role == Role.OFFICIAL.value else found


def bulletin_seen(by: Actor, pk: int) -> Bulletin:
    """The draft under this key; NotFound if there is none, or the asker may not know of it."""
    found = visible_bulletins(by).filter(pk=pk).first()
    if found is None:
        raise NotFound("没有这份文稿，请核对编号。", key=pk)
    return found


def held_in(by: Actor, inspection: Inspection) -> frozenset[Capacity]:
    """In which of the capacities that count here a post stands to an inspection."""
    return capacities_in(by, inspection) & (READERS | {Capacity.READER})


def drafts_touched(observations: Iterable[int]) -> QuerySet[Bulletin]:
    """Drafts not yet published in which a number rests on one of these observations, or on another of the same series."""
    rows = Observation.objects.filter(pk__in=list(observations))
    series = Q()
    for indicator, scope, reach, period in rows.values_list(
        "indicator", "scope", "reach", "period"
    ).distinct():
        series |= Q(
            bindings__observation__indicator=indicator, bindings__observation__scope=scope,
            bindings__observation__reach=reach, bindings__observation__period=period,
        )  # fmt: skip
    if not series:
        return Bulletin.objects.none()
    live = [DraftState.DRAFTING.value, DraftState.REVIEW.value, DraftState.APPROVED.value]
    return Bulletin.objects.filter(series, bindings__ended_at=None, state__in=live).distinct()
