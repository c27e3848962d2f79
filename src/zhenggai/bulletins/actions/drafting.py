"""Acts on the text of a draft: opened with what the ledger has to say, edited by several people, corrected after publication.

Nobody overwrites another unseen: an edit names the version it was made from; what others changed meanwhile is merged, and where both changed
the same words nothing is saved and both texts are shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from zhenggai.bulletins import rules
from zhenggai.bulletins.actions.sheet import (
    added,
    carried,
    ended,
    opened,
    opened_paragraph,
    revised,
    rewritten,
)
from zhenggai.bulletins.composing import Composed, compose
from zhenggai.bulletins.kinds import kind_of
from zhenggai.bulletins.merging import merge
from zhenggai.bulletins.models import Binding, Bulletin, Edition, Paragraph, ParagraphVersion
from zhenggai.bulletins.pasting import paragraphs_of as pasted_paragraphs
from zhenggai.bulletins.queries import bindings_of, held_in, paragraphs_of
from zhenggai.bulletins.states import Audience, DraftState, ParagraphRole
from zhenggai.core.errors import NotFound
from zhenggai.journal.acts import Actor, act, actor_name, moment, record
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import Change, created
from zhenggai.ledger.models import Inspection
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import check


@dataclass(frozen=True)
class Edited:
    """An edit that was kept; ``merged`` if what somebody else had changed meanwhile is in it as well."""

    paragraph: Paragraph
    merged: bool = False


@act("bulletin.open", "起草文稿")
def open_draft(
    *, inspection: Inspection, kind: str, audience: Audience, title: str = "", by: Actor
) -> Bulletin:
    """Open a draft of a kind, filled from the ledger as it stands, every number that the ledger gave already bound."""
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    check(by, "bulletin.open", held_in(by, inspection))
    spec = kind_of(kind)
    composed = compose(inspection, spec, audience, by=by)
    bulletin = Bulletin.objects.create(
        inspection=inspection, code=_next_code(inspection), kind=kind, audience=audience.value,
        title=rules.checked_text(title or composed.name, what="文稿名称")[:200], opened_at=moment(), opened_by=actor_name(),
    )  # fmt: skip
    changes = [created(bulletin), *_filled(bulletin, composed.parts)]
    record(subject=bulletin, changes=changes)
    return bulletin


def _next_code(inspection: Inspection) -> str:
    """2026-XS-01-W03: the next free number of the inspection's documents."""
    used = set(Bulletin.objects.filter(inspection=inspection).values_list("code", flat=True))
    return f"{inspection.code}-W{len(used) + 1:02d}"


def _filled(bulletin: Bulletin, parts: Sequence[Composed]) -> list[Change]:
    rows = [
        Paragraph(position=(number + 1) * rules.GAP, role=part.role, text=part.text, origin=part.origin)
        for number, part in enumerate(parts)
    ]
    changes = added(bulletin, rows)
    bindings = [
        Binding(
            bulletin=bulletin, paragraph=row, start=bound.start, end=bound.end, text=row.text[bound.start : bound.end],
            label=bound.label, observation=bound.observation, bound_at=moment(), bound_by=actor_name(),
        )
        for row, part in zip(rows, parts, strict=True)
        for bound in part.bound
    ]  # fmt: skip
    Binding.objects.bulk_create(bindings)
    return changes + [created(row) for row in bindings]


@act("bulletin.revise", "起草更正版")
def revise(*, edition: Edition, correction: str, by: Actor) -> Bulletin:
    """Open a draft that corrects an edition: the same text and bindings, a higher number, and a sentence that says what is corrected."""
    check(by, "bulletin.revise", held_in(by, edition.inspection))
    correction = rules.check_reason(correction, "更正", most=1000)
    line = (
        Bulletin.objects.select_for_update().filter(code=edition.code).exclude(state=DraftState.DROPPED.value)
    )
    latest = line.order_by("-number").first()
    if latest is None or latest.pk != edition.bulletin_id:
        at = latest.number if latest else 0
        raise rules.DraftRefused(f"文稿 {edition.code} 已有第 {at} 版，请在最新的一版上更正。")
    old = edition.bulletin
    bulletin = Bulletin.objects.create(
        inspection=edition.inspection, code=edition.code, number=edition.number + 1, kind=old.kind, audience=old.audience,
        title=old.title, replaces=edition, correction=correction, opened_at=moment(), opened_by=actor_name(),
    )  # fmt: skip
    before = list(paragraphs_of(old))
    rows = [
        Paragraph(position=row.position, role=row.role, text=row.text, origin=row.origin) for row in before
    ]
    changes = [created(bulletin), *added(bulletin, rows)]
    copy = {row.pk: new for row, new in zip(before, rows, strict=True)}
    bindings = [
        Binding(
            bulletin=bulletin, paragraph=copy[row.paragraph_id], start=row.start, end=row.end, text=row.text, label=row.label,
            observation=row.observation, reason=row.reason, bound_at=moment(), bound_by=actor_name(),
        )
        for row in bindings_of(old)
        if row.paragraph_id in copy
    ]  # fmt: skip
    Binding.objects.bulk_create(bindings)
    record(subject=bulletin, changes=[*changes, *(created(row) for row in bindings)], reason=correction)
    return bulletin


@act("bulletin.edit", "修改段落")
def edit(
    *, paragraph: Paragraph, base: int, text: str, role: ParagraphRole | None = None, by: Actor
) -> Edited:
    """Change a paragraph from its version ``base``. EditConflict, with both texts, if somebody changed the same words meanwhile."""
    bulletin, row = opened_paragraph(paragraph.pk, "bulletin.edit", by)
    mine = rules.checked_text(text)
    if row.removed_at is not None:
        raise rules.EditConflict(
            f"这一段已由 {_seat(row.removed_by)} 删除，您的文字没有保存；需要保留的，请复制后另起一段。",
            mine=mine,
            theirs="",
        )
    old, before, merged = row.text, snapshot(row), False
    if base != row.version and row.text != mine:
        mine, merged = _merged(row, base, mine), True
    if mine == old and (role is None or role.value == row.role):
        raise rules.WrongText("这一段没有改动，不必保存。", field="text")
    row.text, row.role = mine, role.value if role else row.role
    changes = revised(bulletin, title=_title_with(bulletin, row))
    changes += rewritten(bulletin, row, before)
    rules.check_size(sum(len(each.text) for each in paragraphs_of(bulletin)))
    changes += carried(bulletin, row, old)
    record(subject=bulletin, changes=changes)
    return Edited(row, merged)


def _title_with(bulletin: Bulletin, row: Paragraph) -> str:
    """What the draft is called once a paragraph is as it is now: its title's words, if it has a title."""
    if row.role != ParagraphRole.TITLE.value:
        return bulletin.title
    titles = [
        row.text if each.pk == row.pk else each.text
        for each in paragraphs_of(bulletin)
        if each.role == row.role
    ]
    return "".join(titles)[:200] or bulletin.title


def _seat(code: str) -> str:
    """The title of a post, for a sentence; its code where there is no such post."""
    return Post.objects.filter(code=code).values_list("title", flat=True).first() or code


def _merged(row: Paragraph, base: int, mine: str) -> str:
    """My text with what others changed since the version it was made from; EditConflict where both changed the same words."""
    version = row.versions.filter(number=base).first()
    if version is None:
        raise NotFound("您的修改所依据的版本已不存在，文字没有保存；请复制后刷新页面再改。")
    found = merge(version.text, mine, row.text)
    if not found.clean:
        places = "；".join(
            f"原为“{each.base}”，您改为“{each.mine}”，{_seat(row.changed_by)} 改为“{each.theirs}”"
            for each in found.conflicts[:3]
        )
        raise rules.EditConflict(
            f"{_seat(row.changed_by)} 在您修改期间改动了同一处：{places}。您的文字没有保存，也没有丢失，请对照后重新提交。",
            mine=mine,
            theirs=row.text,
        )
    return rules.checked_text(found.text)


@act("bulletin.insert", "增加段落")
def insert(
    *, bulletin: Bulletin, after: Paragraph | None, pasted: str, role: ParagraphRole | None = None, by: Actor
) -> list[Paragraph]:
    """Put paragraphs after another, or at the beginning; whatever is pasted arrives as clean paragraphs. PasteRefused if it is too much."""
    bulletin = opened(bulletin.pk, "bulletin.insert", by)
    found = [(role.value if role else kind, text) for kind, text in pasted_paragraphs(pasted)]
    if not found:
        raise rules.WrongText("没有可以增加的文字，请填写或粘贴后再提交。", field="pasted")
    there = list(paragraphs_of(bulletin))
    if after is not None and after.pk not in {row.pk for row in there}:
        raise NotFound("要接在其后的段落已被删除，请刷新页面后重新选择位置。")
    changes = revised(bulletin)
    positions, moved = _room(bulletin, there, after, len(found))
    rows = [
        Paragraph(position=position, role=kind, text=rules.checked_text(text))
        for position, (kind, text) in zip(positions, found, strict=True)
    ]
    changes += [*moved, *added(bulletin, rows)]
    rules.check_size(sum(len(row.text) for row in (*there, *rows)))
    record(subject=bulletin, changes=changes)
    return rows


def _room(
    bulletin: Bulletin, there: Sequence[Paragraph], after: Paragraph | None, count: int
) -> tuple[list[int], list[Change]]:
    """Positions for new paragraphs after another; where there is no room left, all are set apart anew."""
    at = next((n + 1 for n, row in enumerate(there) if after is not None and row.pk == after.pk), 0)
    low = there[at - 1].position if at else 0
    high = there[at].position if at < len(there) else low + (count + 1) * rules.GAP
    step = (high - low) // (count + 1)
    if step > 0:
        return [low + step * (number + 1) for number in range(count)], []
    changes: list[Change] = []
    for number, row in enumerate(there):
        before = snapshot(row)
        row.position = (number + 1 + (count if number >= at else 0)) * rules.GAP
        changes += rewritten(bulletin, row, before)
    return [(at + 1 + number) * rules.GAP for number in range(count)], changes


@act("bulletin.remove", "删除段落")
def remove(*, paragraph: Paragraph, base: int, by: Actor) -> Paragraph:
    """Take a paragraph out; it can be restored. EditConflict if somebody changed it meanwhile."""
    bulletin, row = opened_paragraph(paragraph.pk, "bulletin.remove", by)
    if row.removed_at is not None:
        raise rules.DraftRefused("这一段已经删除，请刷新页面。")
    if base != row.version:
        raise rules.EditConflict(
            f"{_seat(row.changed_by)} 在您打开之后改动了这一段，没有删除；请看过改动后再决定。",
            mine="",
            theirs=row.text,
        )
    before = snapshot(row)
    row.removed_at, row.removed_by = moment(), actor_name()
    changes = [*revised(bulletin), *rewritten(bulletin, row, before)]
    changes += ended(row.bindings.filter(ended_at=None))
    record(subject=bulletin, changes=changes)
    return row


@act("bulletin.restore", "恢复段落版本")
def restore(*, version: ParagraphVersion, by: Actor) -> Paragraph:
    """Make an earlier version of a paragraph its present one; also of one that was removed."""
    bulletin, row = opened_paragraph(version.paragraph_id, "bulletin.restore", by)
    if row.removed_at is None and (row.text, row.role) == (version.text, version.role):
        raise rules.DraftRefused("这一段现在就是这个版本，不必恢复。")
    before, old = snapshot(row), row.text
    row.text, row.role, row.removed_at, row.removed_by = version.text, version.role, None, ""
    changes = [*revised(bulletin), *rewritten(bulletin, row, before), *carried(bulletin, row, old)]
    record(subject=bulletin, changes=changes)
    return row


@act("bulletin.move", "移动段落")
def move(*, paragraph: Paragraph, up: bool, by: Actor) -> Paragraph:
    """Exchange a paragraph with the one above or below it."""
    bulletin, row = opened_paragraph(paragraph.pk, "bulletin.move", by)
    there = list(paragraphs_of(bulletin))
    at = next((number for number, each in enumerate(there) if each.pk == row.pk), None)
    if at is None:
        raise rules.DraftRefused("这一段已经删除，请刷新页面。")
    other = at - 1 if up else at + 1
    if not 0 <= other < len(there):
        raise rules.DraftRefused("这一段已经在最前面。" if up else "这一段已经在最后面。")
    changes = revised(bulletin)
    beside = there[other]
    before, was = snapshot(row), snapshot(beside)
    row.position, beside.position = beside.position, row.position
    changes += [*rewritten(bulletin, row, before), *rewritten(bulletin, beside, was)]
    record(subject=bulletin, changes=changes)
    return row
