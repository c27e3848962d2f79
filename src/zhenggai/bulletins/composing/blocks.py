"""构件的成文: how each block of a template becomes paragraphs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from zhenggai.bulletins.composing.filling import fill
from zhenggai.bulletins.composing.material import Item, Material
from zhenggai.bulletins.composing.numbering import Numbering
from zhenggai.bulletins.composing.tables import rows_of
from zhenggai.bulletins.composing.telling import chosen, of_item, told
from zhenggai.bulletins.composing.words import Bound, Said, Words, joined
from zhenggai.bulletins.kinds import Part
from zhenggai.bulletins.states import ParagraphRole


@dataclass(frozen=True)
class Composed:
    """段落: its role, its text, the part of the template that made it, and which of its numbers rest on what."""

    role: str
    text: str
    origin: str = ""
    bound: Sequence[Bound] = ()


@dataclass
class Sheet:
    """稿面: what was composed so far; a heading waits until something stands under it."""

    material: Material
    facts: dict[str, Said]
    parts: list[Composed] = field(default_factory=list)
    numbering: Numbering = field(default_factory=Numbering)
    _waiting: list[tuple[str, str]] = field(default_factory=list)

    def put(self, role: ParagraphRole, words: Words, origin: str) -> None:
        """Add a paragraph, if it says anything, behind the heading that waited for it."""
        if not words:
            return
        self.settle()
        self.parts.append(Composed(role.value, words.text, origin, words.bound))

    def wait(self, heading: str, origin: str) -> None:
        """Let a chapter's heading wait; one under which nothing came is dropped."""
        self._waiting = [(heading, origin)]

    def settle(self) -> None:
        """Print the heading that waits: what comes is numbered under it."""
        for heading, origin in self._waiting:
            self.parts.append(
                Composed(ParagraphRole.HEADING.value, self.numbering.chapter() + heading, origin)
            )
        self._waiting = []

    def sentence(self, part: Part, name: str, facts: dict[str, Said] | None = None) -> Words:
        """A sentence of a part, filled; empty where the part has none."""
        said = part.words.get(name)
        return fill(said, facts or self.facts, self.material.figures) if said else Words()


def _title(sheet: Sheet, part: Part) -> None:
    sheet.put(ParagraphRole.TITLE, sheet.sentence(part, "text"), part.name)


def _heading(sheet: Sheet, part: Part) -> None:
    heading = sheet.sentence(part, "text")
    if heading:
        sheet.wait(heading.text, part.name)


def _text(sheet: Sheet, part: Part) -> None:
    """Sentences as one paragraph, run into its heading （一）健全工作机制。 where it has one."""
    found = [fill(said, sheet.facts, sheet.material.figures).ended() for said in part.lists["sentences"]]
    _led(sheet, part, joined(found))


def _led(sheet: Sheet, part: Part, text: Words) -> None:
    lead = sheet.sentence(part, "lead").bare()
    if not text:
        return
    sheet.settle()
    before = Words(sheet.numbering.section()) + lead + "。" if lead else Words()
    sheet.put(ParagraphRole.TEXT, before + text, part.name)


def _areas(sheet: Sheet, part: Part) -> None:
    """Item by item, under the areas that may be named."""
    items = chosen(part.of, sheet.material)
    if not items:
        sheet.put(ParagraphRole.TEXT, sheet.sentence(part, "empty").ended(), part.name)
        return
    sheet.settle()
    grouped = _by_area(items)
    if not grouped[0][0]:
        numbers = sheet.numbering.section if sheet.numbering.in_chapter(len(items)) else sheet.numbering.item
        for item in items:
            _item(sheet, part, item, numbers())
        return
    for area, members in grouped:
        said = {**sheet.facts, "area": area}
        heading = sheet.sentence(part, "area" if area else "others", said) or Words(area or "其他问题")
        sheet.put(ParagraphRole.HEADING, Words(sheet.numbering.section()) + heading, part.name)
        for item in members:
            _item(sheet, part, item, sheet.numbering.item())


def _by_area(items: Sequence[Item]) -> list[tuple[str, list[Item]]]:
    """Areas in the order of their numbers; what stands under none that may be named comes last."""
    ordered = sorted(items, key=lambda item: (not item.area, item.area_number, item.order))
    return [
        (key[1], list(members))
        for key, members in groupby(ordered, key=lambda item: (item.area_number, item.area))
    ]


def _item(sheet: Sheet, part: Part, item: Item, number: str) -> None:
    origin = f"{part.name}#{item.row.number}"
    facts = told(part, item, sheet.material, of_item(item, sheet.material, sheet.facts))
    sheet.put(ParagraphRole.HEADING, Words(number) + sheet.sentence(part, "heading", facts), origin)
    for said in part.lists["body"]:
        sheet.put(ParagraphRole.TEXT, fill(said, facts, sheet.material.figures).ended(), origin)


def _items(sheet: Sheet, part: Part) -> None:
    """Items one after another, each in a sentence of its own: after the intro, parted by semicolons."""
    items = chosen(part.of, sheet.material)
    each = (sheet.sentence(part, "each", of_item(item, sheet.material, sheet.facts)).bare() for item in items)
    listed = joined((words for words in each if words), "；")
    if not listed:
        _led(sheet, part, sheet.sentence(part, "empty").ended())
        return
    _led(sheet, part, (sheet.sentence(part, "intro") + listed).closed())


def _table(sheet: Sheet, part: Part) -> None:
    """A table: its head, then a row for each item or task."""
    items = chosen(part.of, sheet.material)
    if not items:
        sheet.put(ParagraphRole.TEXT, sheet.sentence(part, "empty").ended(), part.name)
        return
    sheet.put(ParagraphRole.ROW, Words("\t".join(head for _, head in part.columns)), part.name)
    ordered = [item for _, members in _by_area(items) for item in members]
    for item, row in rows_of(part, ordered, sheet.material, sheet.facts):
        sheet.put(ParagraphRole.ROW, row, f"{part.name}#{item.row.number}")


def _contact(sheet: Sheet, part: Part) -> None:
    found = [fill(said, sheet.facts, sheet.material.figures).ended() for said in part.lists["sentences"]]
    sheet.put(ParagraphRole.CONTACT, joined(found), part.name)


def _signature(sheet: Sheet, part: Part) -> None:
    for name in ("issuer", "date"):
        sheet.put(ParagraphRole.SIGNATURE, sheet.sentence(part, name), part.name)


BLOCKS: dict[str, Callable[[Sheet, Part], None]] = {
    "title": _title,
    "heading": _heading,
    "text": _text,
    "areas": _areas,
    "items": _items,
    "table": _table,
    "contact": _contact,
    "signature": _signature,
}
"""Block → what makes its paragraphs. A test holds it to the shapes that a template may name."""


def compose_parts(parts: Sequence[Part], sheet: Sheet) -> Iterator[Composed]:
    """The paragraphs of a document, in order."""
    for part in parts:
        BLOCKS[part.block](sheet, part)
    yield from sheet.parts
