"""Acts on what the numbers of a draft rest on: bound to an observation, waived with a reason, released, written anew from the source."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from zhenggai.bulletins import rules
from zhenggai.bulletins.actions.sheet import (
    carried,
    ended,
    opened,
    opened_paragraph,
    revised,
    rewritten,
)
from zhenggai.bulletins.facts import Bound, Figure
from zhenggai.bulletins.models import Binding, Bulletin, Paragraph
from zhenggai.bulletins.queries import COUNTED, Sheet, sheet_of
from zhenggai.bulletins.states import Audience, FigureState
from zhenggai.bulletins.writing import rewrite
from zhenggai.core.errors import NotFound
from zhenggai.indicators.currency import now_of
from zhenggai.indicators.models import Observation
from zhenggai.indicators.states import Reach, Source
from zhenggai.indicators.taking import take
from zhenggai.journal.acts import Actor, act, actor_name, moment, record
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import Change, changed, created
from zhenggai.ledger.actions.parts import today


@dataclass(frozen=True)
class Choice:
    """Which number of which paragraph (as it stands) is to rest on which observation."""

    paragraph: int
    start: int
    end: int
    observation: int


@act("bulletin.bind", "绑定数字")
def bind(*, bulletin: Bulletin, choices: Sequence[Choice], by: Actor) -> list[Binding]:
    """Bind numbers to observations, several at once; what they were bound to before is released. WrongText where there is no such number."""
    bulletin = opened(bulletin.pk, "bulletin.bind", by)
    sheet = sheet_of(bulletin, today())
    observed = Observation.objects.select_related("indicator").in_bulk({each.observation for each in choices})
    changes, rows = revised(bulletin), []
    # Of two sources chosen for one number the last one counts.
    for choice in {(each.paragraph, each.start, each.end): each for each in choices}.values():
        figure, paragraph = _number_at(sheet, choice.paragraph, choice.start, choice.end)
        observation = observed.get(choice.observation)
        if observation is None:
            raise NotFound("所选的来源已不存在，请刷新页面后重新选择。")
        _check_bindable(bulletin, observation)
        changes += _released(figure)
        rows.append(_bound(bulletin, paragraph, figure.figure, observation=observation))
    Binding.objects.bulk_create(rows)
    record(subject=bulletin, changes=[*changes, *(created(row) for row in rows)])
    return rows


@act("bulletin.waive", "免予绑定")
def waive(*, paragraph: Paragraph, start: int, end: int, reason: str, by: Actor) -> Binding:
    """Let a number stand without a source, openly: who, when and why are kept, and it is counted."""
    bulletin, row = opened_paragraph(paragraph.pk, "bulletin.waive", by)
    reason = rules.check_reason(reason, "免予绑定")
    figure, row = _number_at(sheet_of(bulletin, today()), row.pk, start, end)
    changes = [*revised(bulletin), *_released(figure)]
    made = _bound(bulletin, row, figure.figure, reason=reason)
    made.save(force_insert=True)
    record(subject=bulletin, changes=[*changes, created(made)], reason=reason)
    return made


@act("bulletin.unbind", "解除绑定")
def unbind(*, binding: Binding, by: Actor) -> Binding:
    """Release a number from its source, or take a waiver back."""
    bulletin = opened(binding.bulletin_id, "bulletin.unbind", by)
    row = Binding.objects.select_for_update().get(pk=binding.pk)
    if row.ended_at is not None:
        raise rules.DraftRefused("这一处绑定已经解除，请刷新页面。")
    record(subject=bulletin, changes=[*revised(bulletin), *ended([row])])
    return row


@act("bulletin.renew", "按现值改写数字")
def renew(*, bulletin: Bulletin, bindings: Sequence[int], by: Actor) -> list[Paragraph]:
    """Write the present value of their sources into the numbers of these bindings, in the form in which they were written.

    What the ledger computes is recorded first, so that the number rests on an observation of today. DraftRefused where there is nothing to do.
    """
    bulletin = opened(bulletin.pk, "bulletin.renew", by)
    sheet = sheet_of(bulletin, today())
    wanted = [
        each for each in sheet.figures
        if each.binding in set(bindings) and each.state in (FigureState.STALE, FigureState.CONTRADICTED) and each.source and each.source.now is not None
    ]  # fmt: skip
    if not wanted:
        raise rules.DraftRefused("所选的数字与来源现值一致，或来源已没有现值，不需要改写。")
    latest = _latest(sheet, wanted, by)
    changes, touched = revised(bulletin), []
    by_line: dict[int, list[Bound]] = {}
    for each in wanted:
        by_line.setdefault(each.figure.place.line, []).append(each)
    for line, figures in by_line.items():
        row = Paragraph.objects.select_for_update().get(pk=sheet.paragraphs[line].pk)
        old, before = row.text, snapshot(row)
        for each in sorted(figures, key=lambda bound: -bound.figure.place.start):
            place = each.figure.place
            row.text = row.text[: place.start] + rewrite(each.figure, _value(each)) + row.text[place.end :]
        if row.text != old:
            changes += [*rewritten(bulletin, row, before), *carried(bulletin, row, old)]
        touched.append(row)
    changes += _rebound(latest)
    _check_renewed(bulletin, wanted)
    record(subject=bulletin, changes=changes)
    return touched


def _check_renewed(bulletin: Bulletin, wanted: Sequence[Bound]) -> None:
    """Raise WrongText, so that nothing is kept, unless every number now says what its source says: a form may not bear another value."""
    stands = {each.binding: each.state for each in sheet_of(bulletin, today()).figures if each.binding}
    wrong = [
        each.figure.text
        for each in wanted
        if each.figure.value_max is not None or stands.get(each.binding) is not FigureState.BOUND
    ]
    if wrong:
        raise rules.WrongText(
            f"“{'”“'.join(wrong[:3])}”的写法不能自动改写，全文没有改动；请直接修改文字，其余的另行改写。",
            field="bindings",
        )


def _value(each: Bound) -> Decimal:
    if each.source is None or each.source.now is None:
        raise rules.DraftRefused("来源已没有现值，不能改写。")
    return each.source.now


def _latest(sheet: Sheet, wanted: Sequence[Bound], by: Actor) -> dict[int, int]:
    """The observation that says the present value, by binding; what the ledger computes is recorded first. A fixed number of statements."""
    keys = {each.binding for each in wanted}
    rows = {row.pk: row.observation for row in sheet.bindings if row.pk in keys and row.observation}
    reaches = {row.reach for row in rows.values() if row.source == Source.COMPUTED.value}
    for reach in reaches:
        take(scope=sheet.bulletin.inspection.code, reach=Reach(reach), by=by)
    now = now_of(list({row.pk: row for row in rows.values()}.values()), today())
    newest = {binding: now[row.pk].observation for binding, row in rows.items()}
    return {binding: observation for binding, observation in newest.items() if observation is not None}


def _rebound(latest: dict[int, int]) -> list[Change]:
    changes: list[Change] = []
    for row in Binding.objects.select_for_update().filter(pk__in=latest, ended_at=None):
        before = snapshot(row)
        row.observation_id = latest[row.pk]
        if snapshot(row) != before:
            row.save(update_fields=["observation"])
            changes.append(changed(row, before))
    return changes


def _number_at(sheet: Sheet, paragraph: int, start: int, end: int) -> tuple[Bound, Paragraph]:
    """The number that stands at a place of the draft as it is; WrongText if there is none (any more)."""
    for each in sheet.figures:
        place = each.figure.place
        row = sheet.paragraphs[place.line]
        if (row.pk, place.start, place.end) == (paragraph, start, end):
            return each, row
    raise rules.WrongText("文中该处已没有这个数字，可能刚被修改；请刷新页面后再绑定。", field="place")


def _check_bindable(bulletin: Bulletin, observation: Observation) -> None:
    """A document for the public rests on no count of the whole ledger, nor on what was taken back."""
    if observation.withdrawn_at is not None:
        raise rules.WrongText(
            f"“{observation.indicator.name}”的这个数值已撤回，请另选来源。", field="observation"
        )
    whole = observation.source in COUNTED and observation.reach == Reach.WHOLE.value
    if whole and bulletin.audience == Audience.PUBLIC.value:
        raise rules.WrongText(
            f"“{observation.indicator.name}”的这个数值按全部台账计算，向社会公开的文稿请改用公开口径的数值，以免减出未公开事项。",
            field="observation",
        )
    if observation.scope and observation.scope != bulletin.inspection.code:
        raise rules.WrongText(
            f"“{observation.indicator.name}”的这个数值属于另一次检查，请另选来源。", field="observation"
        )


def _released(figure: Bound) -> list[Change]:
    rows = Binding.objects.select_for_update().filter(pk=figure.binding, ended_at=None)
    return ended(rows) if figure.binding else []


def _bound(
    bulletin: Bulletin,
    paragraph: Paragraph,
    figure: Figure,
    *,
    observation: Observation | None = None,
    reason: str = "",
) -> Binding:
    return Binding(
        bulletin=bulletin, paragraph=paragraph, start=figure.place.start, end=figure.place.end, text=figure.text[:200],
        label=figure.label[:200], observation=observation, reason=reason, bound_at=moment(), bound_by=actor_name(),
    )  # fmt: skip
