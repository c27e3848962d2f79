"""一键绑定: bind every number for which one proposal is beyond doubt; no act is done where there is none."""

from collections.abc import Sequence

from django.utils import timezone

from zhenggai.bulletins import rules
from zhenggai.bulletins.actions.binding import Choice, bind
from zhenggai.bulletins.facts import Place, Source
from zhenggai.bulletins.models import Binding, Bulletin
from zhenggai.bulletins.proposing import Suggestion, likeliest
from zhenggai.bulletins.queries import Sheet, candidates, sheet_of
from zhenggai.bulletins.states import FigureState
from zhenggai.journal.acts import Actor


def best(sheet: Sheet, sources: Sequence[Source]) -> dict[Place, Suggestion]:
    """The likeliest source of each number of a draft that has none yet."""
    return likeliest([each.figure for each in sheet.figures if each.state is FigureState.UNBOUND], sources)


def bind_confident(*, bulletin: Bulletin, by: Actor) -> list[Binding]:
    """Bind every unbound number for which one proposal is beyond doubt; DraftRefused where there is none."""
    day = timezone.localdate()
    sheet = sheet_of(bulletin, day)
    choices = [
        Choice(sheet.paragraphs[place.line].pk, place.start, place.end, each.source.key)
        for place, each in best(sheet, candidates(bulletin, day)).items()
        if each.sure
    ]
    if not choices:
        raise rules.DraftRefused("没有有把握的绑定建议；请逐个选定来源，或写明理由免予绑定。")
    return bind(bulletin=bulletin, choices=choices, by=by)
