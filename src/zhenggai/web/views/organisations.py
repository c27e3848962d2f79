"""单位: the tree of organisations, by the system administrator."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhenggai.parties import queries
from zhenggai.parties.actions import change_organisation, register_organisation
from zhenggai.parties.models import Organisation, Post
from zhenggai.parties.permissions import why_not
from zhenggai.parties.states import OrganisationLevel
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.administration import FindForm, OrganisationForm, found_by, words_of
from zhenggai.web.answers import page
from zhenggai.web.filling import Sheet, fill_in
from zhenggai.web.keyset import key_from, page_after


@require_safe
@posted
def organisations(request: PageRequest, post: Post) -> HttpResponse:
    """The organisations below one, or at the top; or all those whose name contains the words."""
    find = FindForm(request.GET)
    words = words_of(find)
    above_key = key_from(request.GET.get("above"))
    above = get_object_or_404(Organisation, pk=above_key) if above_key is not None else None
    rows = queries.organisations(above, words).order_by()
    path = [(row.name, f"?above={row.pk}") for row in queries.organisation_path(above)]
    context = {
        "head": [_("名称"), _("层级"), _("下级"), _("岗位"), _("办理")],
        "numbers": [3, 4],
        "find": find,
        "words": words,
        "above": above,
        "keep": found_by(words) or (f"&above={above.pk}" if above else ""),
        "crumbs": [(_("单位"), reverse("web:organisations")), *path],
        "new_url": reverse("web:organisation_new") + (f"?above={above.pk}" if above else ""),
        "why_not": why_not(post, "organisation.register"),
        "page": page_after(rows, "pk", key_from(request.GET.get("after"))),
    }
    return page(request, "web/organisations.html", context, parts={"list"})


@require_http_methods(["GET", "HEAD", "POST"])
@posted
def organisation_new(request: PageRequest, post: Post) -> HttpResponse:
    """Register an organisation."""
    above_key = key_from(request.GET.get("above"))
    above = get_object_or_404(Organisation, pk=above_key) if above_key is not None else None
    start = {"level": OrganisationLevel.DEPARTMENT.value, "parent": above.name if above else ""}
    sheet = Sheet(
        title=_("登记单位"),
        button=_("登记"),
        back=_list_of(above),
        why_not=why_not(post, "organisation.register"),
        offers=_offers(),
    )
    return fill_in(
        request,
        OrganisationForm(request.POST or None, initial=start),
        sheet,
        lambda data: _("已登记 %(name)s。") % {"name": register_organisation(**_stated(data), by=post).name},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@posted
def organisation_change(request: PageRequest, post: Post, organisation_id: int) -> HttpResponse:
    """Rename or move an organisation."""
    row = get_object_or_404(Organisation.objects.select_related("parent"), pk=organisation_id)
    start = {"name": row.name, "level": row.level, "parent": row.parent.name if row.parent else ""}

    def act(data: dict[str, Any]) -> str:
        changed = change_organisation(organisation=row, **_stated(data), by=post)
        return _("已变更 %(name)s。") % {"name": changed.name}

    sheet = Sheet(
        title=_("变更单位"),
        button=_("保存"),
        back=_list_of(row.parent),
        hint=_("改名或移动都记入日志；已经写进日志的旧名称不变。"),
        why_not=why_not(post, "organisation.change"),
        offers=_offers(),
    )
    return fill_in(request, OrganisationForm(request.POST or None, initial=start), sheet, act)


def _stated(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "level": OrganisationLevel(data["level"])}


def _list_of(above: Organisation | None) -> tuple[str, str]:
    return _("单位"), reverse("web:organisations") + (f"?above={above.pk}" if above else "")


def _offers() -> dict[str, list[tuple[str, str]]]:
    return {"organisations": [(name, "") for name in queries.organisation_names()]}
