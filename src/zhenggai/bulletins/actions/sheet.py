"""What the acts on a draft share: reading it again under lock, and keeping bindings with the words they belong to. Called inside acts only."""

from collections.abc import Iterable, Sequence

from zhenggai.bulletins import rules
from zhenggai.bulletins.anchoring import reanchor
from zhenggai.bulletins.checks import blocking
from zhenggai.bulletins.checks import check as examined
from zhenggai.bulletins.models import Binding, Bulletin, Paragraph, ParagraphVersion
from zhenggai.bulletins.queries import Sheet, draft_of, held_in, lines_of, paragraphs_of
from zhenggai.bulletins.reading import read_lines
from zhenggai.core.errors import NotFound
from zhenggai.journal.acts import Actor, actor_name, moment
from zhenggai.journal.snapshots import snapshot
from zhenggai.journal.trail import Change, changed, created
from zhenggai.ledger.actions.parts import today
from zhenggai.ledger.handling.profiles import Step
from zhenggai.ledger.handling.queries import profile
from zhenggai.parties.permissions import System, check


def opened(bulletin: int, act: str, by: Actor, *, to_change: bool = True) -> Bulletin:
    """Read a draft again, locked, for an act that the actor may do; ``to_change``: refused unless its text may be changed."""
    row = (
        Bulletin.objects.select_related("inspection")
        .select_for_update(of=("self",))
        .filter(pk=bulletin)
        .first()
    )
    if row is None:
        raise NotFound("该文稿已不存在，请刷新页面。")
    check(by, act, None if isinstance(by, System) else held_in(by, row.inspection))
    if to_change:
        rules.check_open(row.state, f"文稿“{row.title}”")
    return row


def opened_paragraph(paragraph: int, act: str, by: Actor) -> tuple[Bulletin, Paragraph]:
    """Read a paragraph and its draft again, locked, to be changed; NotFound if it was removed meanwhile."""
    row = Paragraph.objects.filter(pk=paragraph).only("bulletin_id").first()
    if row is None:
        raise NotFound("该段落已不存在，请刷新页面。")
    bulletin = opened(row.bulletin_id, act, by)
    return bulletin, Paragraph.objects.select_for_update().get(pk=paragraph)


def revised(bulletin: Bulletin, *, title: str = "") -> list[Change]:
    """Count a change of text or bindings; the draft is called by its title."""
    before = snapshot(bulletin)
    bulletin.revision += 1
    bulletin.title = title or bulletin.title
    bulletin.save(update_fields=["revision", "title"])
    return [changed(bulletin, before)]


def added(bulletin: Bulletin, rows: Sequence[Paragraph]) -> list[Change]:
    """Make paragraphs with their first version. Two statements."""
    for row in rows:
        row.bulletin, row.changed_at, row.changed_by = bulletin, moment(), actor_name()
    Paragraph.objects.bulk_create(rows)
    versions = ParagraphVersion.objects.bulk_create([_version(bulletin, row) for row in rows])
    return [created(row) for row in (*rows, *versions)]


def rewritten(bulletin: Bulletin, row: Paragraph, before: dict[str, object]) -> list[Change]:
    """Keep a paragraph that was changed, with a version of what it is now."""
    row.version += 1
    row.changed_at, row.changed_by = moment(), actor_name()
    row.save()
    version = _version(bulletin, row)
    version.save(force_insert=True)
    return [changed(row, before), created(version)]


def _version(bulletin: Bulletin, row: Paragraph) -> ParagraphVersion:
    return ParagraphVersion(
        paragraph=row, bulletin=bulletin, number=row.version, revision=bulletin.revision, position=row.position, role=row.role,
        text=row.text, removed=row.removed_at is not None, made_at=row.changed_at, made_by=row.changed_by,
    )  # fmt: skip


def carried(bulletin: Bulletin, row: Paragraph, old: str) -> list[Change]:
    """Move the bindings of a paragraph to where their numbers stand in its new text; end those whose number is gone."""
    bindings = list(row.bindings.select_for_update().filter(ended_at=None).order_by("start"))
    if not bindings:
        return []
    paragraphs = list(paragraphs_of(bulletin))
    line = next((number for number, each in enumerate(paragraphs) if each.pk == row.pk), None)
    spans: list[tuple[int, int]] = []
    if line is not None:
        read = read_lines(lines_of(paragraphs))
        spans = [(f.place.start, f.place.end) for f in read.figures if f.place.line == line]
    where = reanchor(old, row.text, [(each.start, each.end) for each in bindings], spans)
    changes: list[Change] = []
    for each, span in zip(bindings, where, strict=True):
        before = snapshot(each)
        if span is None:
            changes += ended([each])
            continue
        each.start, each.end = span
        each.text = row.text[each.start : each.end][:200]
        if snapshot(each) != before:
            each.save(update_fields=["start", "end", "text"])
            changes.append(changed(each, before))
    return changes


def ended(bindings: Iterable[Binding]) -> list[Change]:
    """End bindings; the rows stay."""
    changes: list[Change] = []
    for row in bindings:
        before = snapshot(row)
        row.ended_at, row.ended_by = moment(), actor_name()
        row.save(update_fields=["ended_at", "ended_by"])
        changes.append(changed(row, before))
    return changes


def step_now(bulletin: Bulletin) -> Step:
    """The step whose turn it is; DraftRefused where the profile has it no more."""
    code = bulletin.chain[bulletin.step]
    for step in profile(bulletin.inspection).publication:
        if step.code == code:
            return step
    raise rules.DraftRefused(
        f"送审时的审核步骤“{code}”已不在办理方案中，不能继续审核；请恢复该方案，或撤回后重新送审。", step=code
    )


def check_same(bulletin: Bulletin, sheet: Sheet) -> None:
    """Raise ContentMoved unless text and bindings are those that were submitted."""
    if sheet.digest != bulletin.digest:
        raise rules.ContentMoved("文稿的文字或绑定与送审时不同，不能审核；请退回后重新送审。")


def check_ready(sheet: Sheet, doing: str) -> None:
    """Raise TroublesLeft if the checks find what must be dealt with before a draft goes on."""
    rules.check_untroubled(blocking(examined(draft_of(sheet, today()))), doing)
