"""一键绑定: bind every number for which one proposal is beyond doubt; no act is done where there is none."""

from django.utils import timezone

from zhenggai.bulletins import rules
from zhenggai.bulletins.actions.binding import Choice, bind
from zhenggai.bulletins.models import Binding, Bulletin
from zhenggai.bulletins.proposing import propose
from zhenggai.bulletins.queries import candidates, sheet_of
from zhenggai.bulletins.states import FigureState
from zhenggai.journal.acts import Actor


def bind_confident(*, bulletin: Bulletin, by: Actor) -> list[Binding]:
    """Bind every unbound number for which one proposal is beyond doubt; DraftRefused where there is none."""
    day = timezone.localdate()
    sheet = sheet_of(bulletin, day)
    open_ = [each.figure for each in sheet.figures if each.state is FigureState.UNBOUND and each.figure.read]
    choices = [
        Choice(
            sheet.paragraphs[figure.place.line].pk, figure.place.start, figure.place.end, found[0].source.key
        )
        for figure, found in zip(open_, propose(open_, candidates(bulletin, day)), strict=True)
        if found and found[0].sure
    ]
    if not choices:
        raise rules.DraftRefused("没有有把握的绑定建议；请逐个选定来源，或写明理由免予绑定。")
    return bind(bulletin=bulletin, choices=choices, by=by)
