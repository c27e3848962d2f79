"""版本: the revisions of a draft: who changed what when, what changed between two of them, and the versions of one paragraph."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from zhenggai.bulletins.merging import LineChange, Piece, compare, compare_lines
from zhenggai.bulletins.models import Bulletin, Paragraph, ParagraphVersion
from zhenggai.bulletins.queries import paragraphs_in

PAGE = 50
"""Revisions on a page."""

AROUND = 1
"""Unchanged paragraphs shown before and after a changed one."""

_SHOWN = 40


@dataclass(frozen=True)
class Doing:
    """What a revision did to one paragraph."""

    what: str
    paragraph: int
    text: str


@dataclass(frozen=True)
class Revision:
    """修订: one change of the text: when, who, and what it did."""

    number: int
    at: datetime
    by: str
    doings: Sequence[Doing]

    @property
    def more(self) -> int:
        """Paragraphs that are not told one by one."""
        return max(len(self.doings) - len(self.shown), 0)

    @property
    def shown(self) -> Sequence[Doing]:
        """The first few."""
        return self.doings[:5]


@dataclass(frozen=True)
class Change:
    """A paragraph of a comparison; ``skipped`` unchanged ones stand in its place where it has no kind."""

    kind: str
    label: str
    pieces: Sequence[Piece] = ()
    skipped: int = 0


class Versions:
    """Every version of every paragraph of a draft. One statement."""

    def __init__(self, bulletin: Bulletin) -> None:
        self.bulletin = bulletin
        self.rows = list(bulletin.versions.order_by("revision", "position", "pk"))
        self.numbers = sorted({row.revision for row in self.rows}, reverse=True)

    def revisions(self, before: int | None = None) -> tuple[list[Revision], int | None]:
        """A page of the revisions, newest first, and the number from which the next page goes on; None on the last."""
        numbers = [number for number in self.numbers if before is None or number < before]
        shown = set(numbers[:PAGE])
        known: dict[int, ParagraphVersion] = {}
        doings: dict[int, list[Doing]] = {}
        heads: dict[int, ParagraphVersion] = {}
        for row in self.rows:
            if row.revision in shown:
                heads[row.revision] = row
                what = _what(known.get(row.paragraph_id), row)
                doings.setdefault(row.revision, []).append(Doing(what, row.paragraph_id, row.text[:_SHOWN]))
            known[row.paragraph_id] = row
        found = [Revision(n, heads[n].made_at, heads[n].made_by, doings[n]) for n in numbers[:PAGE]]
        return found, numbers[PAGE - 1] if len(numbers) > PAGE else None

    def at(self, revision: int) -> list[str]:
        """The paragraphs as they were from a revision on."""
        last: dict[int, ParagraphVersion] = {}
        for row in self.rows:
            if row.revision <= revision:
                last[row.paragraph_id] = row
        rows = sorted(
            (row for row in last.values() if not row.removed),
            key=lambda row: (row.position, row.paragraph_id),
        )
        return [row.text for row in rows]

    def between(self, old: int, new: int) -> list[Change]:
        """What changed from one revision to another."""
        return told(self.at(old), self.at(new))

    def since_edition(self) -> list[Change]:
        """What changed since the edition that the draft corrects; nothing if it corrects none."""
        replaces = self.bulletin.replaces
        return told(paragraphs_in(replaces), self.at(self.numbers[0])) if replaces and self.numbers else []

    def of(self, paragraph: int) -> list[tuple[ParagraphVersion, list[Piece], bool]]:
        """The versions of one paragraph, newest first: what each changed, and whether it is the one that stands."""
        rows = [row for row in self.rows if row.paragraph_id == paragraph]
        olds = ["", *(row.text for row in rows)]
        current = Paragraph.objects.filter(pk=paragraph, bulletin=self.bulletin).first()
        stands = current.version if current is not None and current.removed_at is None else None
        found = [
            (
                row,
                compare(old, row.text) if row.number > 1 else [Piece("same", row.text)],
                row.number == stands,
            )
            for old, row in zip(olds, rows, strict=False)
        ]
        return found[::-1]


def _what(before: ParagraphVersion | None, row: ParagraphVersion) -> str:
    if before is None:
        return _("增加")
    if row.removed:
        return _("删除")
    if before.removed:
        return _("恢复")
    if before.text != row.text:
        return _("修改")
    return _("移动") if before.position != row.position else _("改类别")


def told(old: Sequence[str], new: Sequence[str]) -> list[Change]:
    """How a text came of another, unchanged stretches left out but for their edges."""
    changes = compare_lines(old, new)
    kept = {
        near
        for at, change in enumerate(changes)
        if change.kind != "same" or change.moved
        for near in range(at - AROUND, at + AROUND + 1)
    }
    found: list[Change] = []
    skipped = 0
    for at, change in enumerate(changes):
        if at not in kept:
            skipped += 1
            continue
        if skipped:
            found.append(Change("", "", skipped=skipped))
            skipped = 0
        found.append(_told(change, old, new))
    return [*found, Change("", "", skipped=skipped)] if skipped and found else found


def _told(change: LineChange, old: Sequence[str], new: Sequence[str]) -> Change:
    labels = {
        "changed": _("修改"),
        "new": _("增加"),
        "gone": _("删除"),
        "same": _("移动") if change.moved else "",
    }
    label = labels[change.kind]
    if change.kind == "changed":
        return Change("changed", _("移动并修改") if change.moved else label, change.pieces)
    if change.kind == "gone":
        return Change("gone", label, [Piece("gone", old[change.old or 0])])
    text = new[change.new or 0]
    return Change(change.kind, label, [Piece("new" if change.kind == "new" else "same", text)])
