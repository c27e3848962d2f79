"""版本页: a frozen edition as officials see it: its text with every figure's definition, who approved it, and how anybody checks it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from zhenggai.bulletins.models import Bulletin, Edition
from zhenggai.bulletins.permissions import READERS
from zhenggai.bulletins.queries import content_of, held_in
from zhenggai.bulletins.states import Audience, DraftState
from zhenggai.core.errors import NotFound
from zhenggai.indicators.states import Source
from zhenggai.ledger.handling.standing import inspection_seen
from zhenggai.ledger.handling.states import Grade
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import why_not
from zhenggai.parties.states import Capacity
from zhenggai.web.bulletin.forms import ReviseForm
from zhenggai.web.bulletin.names import titles
from zhenggai.web.cutting import cut
from zhenggai.web.labels import named


def edition_seen(by: Post, pk: int) -> Edition:
    """The edition under this key; NotFound if there is none, or the asker may not know of it: readers know of those for the public."""
    found = Edition.objects.filter(pk=pk).select_related("inspection", "bulletin", "replaces").first()
    if found is not None and _sees(by, found):
        return found
    raise NotFound("没有这个版本，请核对编号。", key=pk)


def _sees(by: Post, edition: Edition) -> bool:
    try:
        inspection_seen(by, edition.inspection.code)
    except NotFound:
        return False
    held = held_in(by, edition.inspection)
    return bool(held & READERS) or (Capacity.READER in held and edition.audience == Audience.PUBLIC.value)


@dataclass(frozen=True)
class FigureLine:
    """A figure of an edition, as the page tells it."""

    n: int
    text: str
    label: str
    value: str
    source: str
    as_of: str
    period: str
    definition: str
    reason: str
    evidence: Sequence[str]
    waived: bool


class EditionPage:
    """An edition and its reader."""

    def __init__(self, edition: Edition, by: Post, form: ReviseForm | None = None) -> None:
        self.edition, self.by, self.given = edition, by, form
        self.content = content_of(edition)
        self.inspection = edition.inspection

    @cached_property
    def paragraphs(self) -> list[tuple[str, list[tuple[str, FigureLine | None]]]]:
        """Role and pieces of each paragraph; a piece that is a figure has its line."""
        of: dict[int, list[tuple[int, int, FigureLine]]] = defaultdict(list)
        for each, line in zip(self.content["figures"], self.figures, strict=True):
            of[each["paragraph"]].append((each["start"], each["end"], line))
        return [
            (row["role"], list(cut(row["text"], of[at]))) for at, row in enumerate(self.content["paragraphs"])
        ]

    @cached_property
    def figures(self) -> list[FigureLine]:
        """Every figure in the order of the text."""
        return [_line(each) for each in self.content["figures"]]

    @cached_property
    def closures(self) -> list[tuple[str, str, str, str]]:
        """The closures that the edition rests on: number, title, grade, day."""
        return [
            (
                each["number"],
                each["title"],
                named(Grade(each["grade"]).label) if each["grade"] else "",
                each["closed_on"],
            )
            for each in self.content["closures"]
        ]

    @cached_property
    def held(self) -> frozenset[Capacity]:
        """In which capacities the reader stands to the edition."""
        return held_in(self.by, self.inspection)

    @cached_property
    def reads_drafts(self) -> bool:
        """Whether the reader may open the draft from which it came."""
        return bool(self.held & READERS)

    @cached_property
    def why_not_revise(self) -> str:
        """Why no correction can be drafted: it may not, or another edition follows."""
        return why_not(self.by, "bulletin.revise", self.held)

    @cached_property
    def following(self) -> Bulletin | None:
        """The later edition of the same document, drafted or published. One statement."""
        rows = Bulletin.objects.filter(code=self.edition.code, number__gt=self.edition.number)
        return (
            rows.exclude(state=DraftState.DROPPED.value).select_related("edition").order_by("-number").first()
        )

    @property
    def form(self) -> ReviseForm:
        """The form of a correction."""
        return self.given or ReviseForm("revise")

    @property
    def proof_name(self) -> str:
        """File name of the proofs."""
        return f"{self.edition.code}-{self.edition.number}-proof.json"

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Short facts below the title."""
        edition, content = self.edition, self.content
        return [
            (_("编号"), edition.code), (_("版次"), _("第 %(number)d 版") % {"number": edition.number}),
            (_("文种"), content["kind_name"]), (_("公开范围"), named(Audience(edition.audience).label)),
            (_("发布日期"), edition.published_on.isoformat()), (_("发布"), titles([edition.published_by])[edition.published_by]),
        ]  # fmt: skip

    @property
    def crumbs(self) -> list[tuple[str, str]]:
        """The way to this page."""
        code = self.inspection.code
        return [
            (_("检查"), reverse("web:inspections")), (code, reverse("web:ledger", args=[code])),
            (_("文稿"), reverse("web:bulletins", args=[code])), (_("第 %(number)d 版") % {"number": self.edition.number}, ""),
        ]  # fmt: skip


def _line(each: Mapping[str, Any]) -> FigureLine:
    waived = each["source"] == "waived"
    source = _("免予绑定") if waived else named(Source(each["source"]).label)
    return FigureLine(
        each["n"], each["text"], each["label"], f"{each['value']} {each['unit']}".strip(), source, each["as_of"], each["period"],
        each["definition"], each["reason"], each["evidence"], waived,
    )  # fmt: skip
