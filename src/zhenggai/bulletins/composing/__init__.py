"""成文: a document of a kind, filled from the ledger as it stands, every number that the ledger gave already bound.

Guarantees
1. What an audience may not know is not gathered, so it cannot be said: for the public nothing but public items, for others no sensitive one.
2. Every figure that the template asks for is written with its observation; no other number is made up.
3. An item is told as closed only by its closure's grade.
4. As many statements for three hundred items as for three.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from zhenggai.bulletins.composing.announced import announced_on
from zhenggai.bulletins.composing.blocks import Composed, Sheet, compose_parts
from zhenggai.bulletins.composing.material import Material, gather
from zhenggai.bulletins.composing.telling import general
from zhenggai.bulletins.composing.words import Bound
from zhenggai.bulletins.kinds import Kind
from zhenggai.bulletins.states import Audience, ParagraphRole
from zhenggai.indicators.models import Observation
from zhenggai.indicators.states import Reach
from zhenggai.indicators.taking import take
from zhenggai.journal.acts import Actor, moment
from zhenggai.ledger.models import Inspection

__all__ = ["Bound", "Composed", "Composition", "compose", "written"]


@dataclass(frozen=True)
class Composition:
    """成文结果: the document's name, which is its title, and its paragraphs."""

    name: str
    parts: Sequence[Composed]


def compose(inspection: Inspection, spec: Kind, audience: Audience, *, by: Actor) -> Composition:
    """Compose a document; within an act. Values that the ledger counts today are recorded first, by the act 取数, as far as they are news."""
    reach = Reach.PUBLIC if audience is Audience.PUBLIC else Reach.WHOLE
    figures = take(scope=inspection.code, reach=reach, by=by)
    return written(spec, gathered(inspection, audience, timezone.localdate(moment()), figures))


def gathered(
    inspection: Inspection, audience: Audience, today: date, figures: Mapping[str, Observation]
) -> Material:
    """The material of a document. A fixed number of statements."""
    return gather(inspection, audience, today, figures, announced_on(inspection))


def written(spec: Kind, material: Material) -> Composition:
    """The document that a template makes of its material. No statement."""
    parts = list(compose_parts(spec.parts, Sheet(material, general(spec, material))))
    title = "".join(part.text for part in parts if part.role == ParagraphRole.TITLE.value)
    return Composition(title or spec.name, parts)
