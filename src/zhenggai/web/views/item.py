"""事项页: one problem with everything about it, and the download of what proves something."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhenggai.core.errors import NotFound
from zhenggai.evidence import store
from zhenggai.evidence.downloads import headers
from zhenggai.journal.queries import story
from zhenggai.ledger.handling import gate, queries
from zhenggai.ledger.handling.models import Evidence
from zhenggai.ledger.handling.standing import (
    capacities,
    finding_seen,
    visible_evidence,
    visible_findings,
)
from zhenggai.ledger.handling.states import Schedule
from zhenggai.parties.models import Post
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.answers import page
from zhenggai.web.item import offers
from zhenggai.web.item.dossier import Dossier
from zhenggai.web.item.offers import Bound, Desk
from zhenggai.web.item.story import tell
from zhenggai.web.keyset import key_from


@require_safe
@posted
def item(request: PageRequest, post: Post, code: str, number: int) -> HttpResponse:
    """One problem as it stands."""
    return show(request, Dossier(finding_seen(post, code, number), post))


def show(
    request: PageRequest, dossier: Dossier, *, bound: Bound | None = None, status: int = 200
) -> HttpResponse:
    """Answer with the page, or with the part of the history that htmx asked for."""
    desk = Desk(dossier, bound)
    desk.arrange()
    finding, inspection = dossier.finding, dossier.inspection
    before = key_from(request.GET.get("before"))
    found = story(dossier.keys, before=before)
    grade = queries.grade_to_expect(dossier.facts)
    refused = _refused(bound, placed=desk.placed) if bound else None
    context: dict[str, Any] = {
        "d": dossier,
        "desk": desk,
        "finding": finding,
        "inspection": inspection,
        "crumbs": [
            (_("检查"), reverse("web:inspections")),
            (inspection.code, reverse("web:ledger", args=[inspection.code])),
            (_("问题 %(number)d") % {"number": finding.number}, ""),
        ],
        "glyph": GLYPHS[dossier.schedule],
        "glyphs": {schedule.value: glyph for schedule, glyph in GLYPHS.items()},
        "units": offers.units() if desk.assigns else [],
        "grade": dossier.profile.grades[grade],
        "conditions": offers.checklist(dossier, grade, _conditions()) if desk.asks else [],
        "story": tell(found, dossier.names, dossier.keys, dossier.unit),
        "pages": found,
        "refused": refused,
    }
    return page(request, "web/item.html", context, parts={"history"}, status=status)


def _refused(bound: Bound, *, placed: bool) -> tuple[str, str]:
    """What the head of the page says of a refused form, and where the form stands; nowhere for one that is not on the reader's page."""
    sentences = [str(sentence) for errors in bound.form.errors.values() for sentence in errors]
    wrong = next((name for name in bound.form.fields if name in bound.form.errors), None)
    if wrong:
        bound.form.fields[wrong].widget.attrs["autofocus"] = True
    return bound.sentence or "".join(sentences[:1]), f"#{bound.key}" if placed else ""


GLYPHS = {
    Schedule.OVERDUE: "■",
    Schedule.NEAR: "▲",
    Schedule.ON_TIME: "●",
    Schedule.FINISHED: "✓",
    Schedule.OPEN_ENDED: "○",
}
"""A sign for each, so that colour is not the only one."""


def _conditions() -> dict[type[gate.GateRefused], str]:
    return {
        gate.ChildrenOpen: _("具体表现全部销号"),
        gate.NoTask: _("分解整改任务"),
        gate.NobodyAnswers: _("落实责任单位"),
        gate.TaskNotDone: _("任务完成"),
        gate.NotReported: _("进展经主要负责人签发"),
        gate.EvidenceMissing: _("佐证经其他单位采信"),
        gate.NobodyReviews: _("有其他单位审核"),
    }


@require_safe
@posted
def evidence(_request: PageRequest, post: Post, code: str, pk: int) -> HttpResponse:
    """Download a piece of evidence; who may not see it learns nothing of it."""
    rows = Evidence.objects.filter(
        pk=pk, finding__inspection__code=code, finding__in=visible_findings(post).values("pk")
    )
    found = rows.select_related("file", "finding").first()
    if found is not None:
        seen = visible_evidence(post, rows, capacities(post, found.finding))
        found = found if seen.exists() else None
    if found is None:
        raise NotFound("没有该佐证材料，请从问题页面重新进入。")
    return HttpResponse(store.get(found.file.sha256), headers=headers(found.file.name, found.file.media_type))
