"""一次检查的台账, and its exports."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhenggai.bulletins.queries import held_in
from zhenggai.exchange.exports import FORMS
from zhenggai.exchange.exports import export as write_export
from zhenggai.exchange.lists import ListKind, numbers_of
from zhenggai.ledger.handling.queries import profile
from zhenggai.ledger.handling.standing import inspection_seen
from zhenggai.ledger.models import Inspection
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import why_not
from zhenggai.web import queries
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.answers import attachment, page
from zhenggai.web.counts import groups
from zhenggai.web.keyset import key_from
from zhenggai.web.labels import named
from zhenggai.web.standing import Section, part_of


@require_safe
@posted
def ledger(request: PageRequest, post: Post, code: str) -> HttpResponse:
    """One inspection as it stands in the ledger, as far as the post may know of it."""
    inspection = inspection_seen(post, code)
    stated = _stated(inspection)
    sections = Section.of_post(post)
    section = Section.of(request.GET.get("section", ""))
    if section not in sections:
        raise Http404
    context = {
        "inspection": inspection,
        "name": inspection.party or stated.get("party"),
        "facts": _facts(stated),
        "crumbs": [(_("检查"), "/"), (inspection.code, "")],
        "section": section,
        "tabs": [(named(s.label), f"?section={s.code}", s is section, None) for s in sections],
        "head": _HEADS.get(section, list)(),
        "numbers": [2] if section is Section.FIGURES else [],
        "part": part_of(post, inspection, section, key_from(request.GET.get("after"))),
        "keep": f"&section={section.code}",
        "waiting": queries.waiting_by_reading(post, inspection),
        "forms": FORMS,
        "groups": groups(numbers_of(inspection, post), profile(inspection)),
        "lists": [(named(k.label), reverse("web:list", args=[code, k.value])) for k in ListKind],
        "why_not": why_not(post, "proposal.accept"),
        "sees_editions": bool(held_in(post, inspection)),
    }
    return page(request, "web/ledger.html", context, parts={"section"})


def _stated(inspection: Inspection) -> Mapping[str, Any]:
    """What is known of the inspection: as the ledger has it, else, until somebody has decided, as the newest document says."""
    fields = ("kind", "authority", "team", "round", "party", "started_on", "ended_on", "feedback_on")
    known = {name: getattr(inspection, name) for name in fields}
    return known if inspection.party else queries.stated_of([inspection.pk]).get(inspection.pk, known)


def _facts(stated: Mapping[str, Any]) -> list[tuple[str, str]]:
    period = " — ".join(str(stated[name]) for name in ("started_on", "ended_on") if stated[name])
    return [
        (_("类别"), named(stated["kind"])), (_("派出机关"), stated["authority"]), (_("检查组"), stated["team"]),
        (_("轮次"), stated["round"]), (_("进驻时间"), period), (_("反馈日期"), str(stated["feedback_on"] or "")),
    ]  # fmt: skip


_HEADS = {
    Section.RESULTS: lambda: [_("制度名称"), _("制定或修订"), _("动词"), _("出处")],
    Section.DOCUMENTS: lambda: [_("文件名称"), _("性质"), _("动词"), _("出处")],
    Section.FIGURES: lambda: [_("指标"), _("数值"), _("单位"), _("原文写法"), _("时期"), _("出处")],
    Section.CLAIMS: lambda: [_("原文"), _("所述进展"), _("所属问题"), _("出处")],
    Section.EDITIONS: lambda: [_("版次"), _("文件"), _("成文日期"), _("读入时间"), _("核定")],
}


@require_safe
@posted
def export(_request: PageRequest, post: Post, code: str, form: str) -> HttpResponse:
    """Download the inspection's ledger; whoever may see it may take it along."""
    return attachment(*write_export(inspection_seen(post, code), form, by=post))
