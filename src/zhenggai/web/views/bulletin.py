"""编写文稿: the composer, what is read from typed text, pasted markup made clean, and who may be named."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zhenggai.bulletins.models import Bulletin
from zhenggai.bulletins.pasting import LIMIT, paragraphs_of
from zhenggai.bulletins.queries import bulletin_seen, held_in
from zhenggai.core.errors import Refusal
from zhenggai.ledger.actions.assigning import classify
from zhenggai.ledger.handling.queries import items
from zhenggai.ledger.handling.standing import visible_findings
from zhenggai.ledger.handling.states import Classification
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import check
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.answers import page
from zhenggai.web.bulletin.address import Address, Panel, path_of
from zhenggai.web.bulletin.composer import Composer, Refused
from zhenggai.web.bulletin.editing import Preview, read_typed, typing_of
from zhenggai.web.bulletin.files import FORMS
from zhenggai.web.bulletin.forms import NamingForm
from zhenggai.web.bulletin.review import Review
from zhenggai.web.keyset import key_from
from zhenggai.web.labels import named
from zhenggai.web.refusals import status_of

PARTS = ("panel", "preview", "found")


@require_safe
@posted
def bulletin(request: PageRequest, post: Post, pk: int) -> HttpResponse:
    """A draft and what its numbers rest on, side by side."""
    return show(request, post, bulletin_seen(post, pk), Address.of(request.GET))


def show(
    request: PageRequest,
    post: Post,
    row: Bulletin,
    address: Address,
    *,
    refused: Refused | None = None,
    data: Mapping[str, Any] | None = None,
    preview: Preview | None = None,
    status: int = 200,
) -> HttpResponse:
    """Answer with the composer, or with the part of it that htmx asked for."""
    composer = Composer(row, post, address, refused)
    typing = typing_of(composer, data, preview)
    context = {
        "d": composer,
        "bulletin": row,
        "typing": typing,
        "review": Review(composer) if composer.panel is Panel.REVIEW else None,
        "refused": refused,
        "query": address.query() if address.query() != "?" else "",
        "forms": FORMS,
        "limit": LIMIT,
    }
    return page(request, "web/bulletin.html", context, parts=PARTS, status=status)


@require_POST
@posted
def read(request: PageRequest, post: Post, pk: int) -> HttpResponse:
    """预读: what was typed, with its numbers marked, before it is kept."""
    row = bulletin_seen(post, pk)
    check(post, "bulletin.edit", held_in(post, row.inspection))
    address = Address.of(request.GET)
    text, key = request.POST.get("text", ""), key_from(request.POST.get("row"))
    composer = Composer(row, post, address)
    paragraph = next((each for each in composer.sheet.paragraphs if each.pk == key), None)
    preview = read_typed(composer, text, paragraph)
    place = (
        replace(address, edit=key, insert=None)
        if paragraph
        else replace(address, insert=key_from(request.POST.get("after")) or 0, edit=None)
    )
    return show(request, post, row, place, data=request.POST.dict(), preview=preview)


@require_POST
@posted
def paste(request: PageRequest, post: Post, pk: int) -> HttpResponse:
    """粘贴: the clean paragraphs of pasted markup, as JSON: ``{"paragraphs": [text, …]}``, or ``{"sentence": why not}`` with status 422."""
    row = bulletin_seen(post, pk)
    check(post, "bulletin.insert", held_in(post, row.inspection))
    try:
        found = paragraphs_of(request.POST.get("html", ""))
    except Refusal as refusal:
        return JsonResponse({"sentence": refusal.sentence}, status=422)
    return JsonResponse({"paragraphs": [text for _role, text in found]})


@require_http_methods(["GET", "HEAD", "POST"])
@posted
def naming(request: PageRequest, post: Post, pk: int) -> HttpResponse:
    """定公开属性 of the problems that a draft speaks of: chosen ones, one reason, each an act of its own."""
    row = bulletin_seen(post, pk)
    rows = list(visible_findings(post, items(row.inspection)).order_by("number"))
    form = NamingForm(rows, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        check(post, "finding.classify")
        status = 422
        if form.is_valid():
            to = Classification(form.said("classification"))
            chosen = [each for each in rows if str(each.pk) in form.said("findings")]
            try:
                for finding in chosen:
                    classify(finding=finding, classification=to, reason=form.said("reason"), by=post)
            except Refusal as refusal:
                form.add_error("reason" if refusal.facts.get("field") == "reason" else None, refusal.sentence)
                status = status_of(refusal)
            else:
                said = _("%(number)d 个问题的公开属性已定为“%(to)s”。")
                messages.success(request, said % {"number": len(chosen), "to": named(to.label)})
                return redirect(path_of(row.pk))
    composer = Composer(row, post, Address())
    context = {
        "d": composer,
        "bulletin": row,
        "form": form,
        "rows": [(each, named(Classification(each.classification).label)) for each in rows],
        "chosen": request.POST.getlist("findings"),
        "crumbs": [*composer.crumbs[:-1], (row.title, composer.path), (_("定公开属性"), "")],
    }
    return page(request, "web/bulletin/naming.html", context, status=status)
