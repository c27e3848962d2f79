"""读入文件, and the files that could not be read yet."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from zhenggai.core.errors import Refusal
from zhenggai.evidence import store
from zhenggai.evidence.models import SourceDocument
from zhenggai.evidence.queries import unreadable as unreadable_files
from zhenggai.ledger.imports import LARGEST, Outcome, read_file
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import check, why_not
from zhenggai.web import queries
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.answers import page
from zhenggai.web.forms import MEGABYTE, UploadForm
from zhenggai.web.refusals import status_of

REFUSED = 422


@require_http_methods(["GET", "HEAD", "POST"])
@posted
def new_reading(request: PageRequest, post: Post) -> HttpResponse:
    """Read an uploaded file into the ledger and go to its desk; a refusal is shown with the form kept."""
    if request.method != "POST":
        form = UploadForm(request, initial={"inspection": request.GET.get("inspection", "")})
        return _show(request, post, form)
    form = UploadForm(request, request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, post, form, REFUSED)
    try:
        outcome = _read(post, form)
    except Refusal as refusal:
        form.add_error("file" if refusal.code != "not_found" else "inspection", refusal.sentence)
        return _show(request, post, form, status_of(refusal))
    return _go_to(request, outcome)


def _read(post: Post, form: UploadForm) -> Outcome:
    check(post, "document.read")
    file = form.cleaned_data["file"]
    code = form.cleaned_data["inspection"].strip()
    return read_file(name=file.name, data=file.read(), inspection_code=code, keep=True, by=post)


def _show(request: PageRequest, post: Post, form: UploadForm, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "codes": queries.recent_codes(),
        "why_not": why_not(post, "document.read"),
        "limit": LARGEST,
        "limit_mb": LARGEST // MEGABYTE,
    }
    return page(request, "web/new_reading.html", context, parts={"upload"}, status=status)


def _go_to(request: PageRequest, outcome: Outcome) -> HttpResponse:
    messages.success(request, outcome_sentence(outcome))
    to = reverse("web:desk", args=[outcome.reading.pk])
    return HttpResponseClientRedirect(to) if request.htmx else redirect(to)


def outcome_sentence(outcome: Outcome) -> str:
    """What reading a file in has brought."""
    if outcome.repeated:
        return _("该文件此前已读入，没有任何变化。")
    return (
        _(
            "读入完成：新增 %(new)d 条，有变化 %(changed)d 条，无变化 %(unchanged)d 条，新版中未见 %(missing)d 条，待认定 %(unsure)d 条。"
        )
        % outcome.total.as_dict()
    )


@require_safe
@posted
def unreadable(request: PageRequest, post: Post) -> HttpResponse:
    """待重试的文件."""
    head = [_("文件"), _("大小"), _("未能读出的原因"), _("存档时间"), _("办理")]
    context = {"files": unreadable_files(), "why_not": why_not(post, "document.read"), "head": head}
    return page(request, "web/unreadable.html", context)


@require_safe
@posted
def original(_request: PageRequest, post: Post, document_id: int) -> HttpResponse:
    """原件: the file as it came, to be saved and never shown by the browser itself: nobody vouches for what is in it."""
    document = queries.document_or_404(post, document_id)
    disposition = content_disposition_header(as_attachment=True, filename=document.name)
    return HttpResponse(
        store.get(document.sha256),
        content_type="application/octet-stream",
        headers={"Content-Disposition": disposition or "attachment"},
    )


@require_POST
@posted
def again(request: PageRequest, post: Post, document_id: int) -> HttpResponse:
    """再试一次: read a kept file again, as when the reader has learnt its format."""
    document = get_object_or_404(SourceDocument, pk=document_id, text_sha256="")
    try:
        outcome = read_file(name=document.name, data=store.get(document.sha256), keep=True, by=post)
    except Refusal as refusal:
        messages.error(request, refusal.sentence)
        return redirect("web:unreadable")
    return _go_to(request, outcome)
