"""版本: a frozen edition, its proofs, and a correction of it."""

from pathlib import Path

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhenggai.bulletins.actions.drafting import revise
from zhenggai.bulletins.models import EditionPackage
from zhenggai.bulletins.queries import held_in
from zhenggai.core.errors import NotFound, Refusal
from zhenggai.journal.outside import verify_journal
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import check
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.answers import attachment, page
from zhenggai.web.bulletin.address import path_of
from zhenggai.web.bulletin.editions import EditionPage, edition_seen
from zhenggai.web.bulletin.forms import ReviseForm
from zhenggai.web.refusals import status_of


@require_safe
@posted
def edition(request: PageRequest, post: Post, pk: int) -> HttpResponse:
    """An edition as it was frozen."""
    return page(request, "web/edition.html", {"e": EditionPage(edition_seen(post, pk), post)})


@require_safe
@posted
def edition_proof(_request: PageRequest, post: Post, pk: int) -> HttpResponse:
    """核验包: the edition with its proofs and the signed head, for the stand-alone verifier."""
    row = edition_seen(post, pk)
    found = EditionPackage.objects.filter(edition=row).first()
    if found is None:
        raise NotFound("该版本的核验包还没有生成，请稍后再试。")
    return attachment(found.text, "application/json", EditionPage(row, post).proof_name)


@require_safe
@posted
def verifier(_request: PageRequest, _post: Post) -> HttpResponse:
    """独立核验程序: one file of plain Python that needs nothing of this system."""
    program = Path(verify_journal.__file__)
    return attachment(program.read_bytes(), "text/x-python; charset=utf-8", program.name)


@require_POST
@posted
def edition_revise(request: PageRequest, post: Post, pk: int) -> HttpResponse:
    """起草更正版."""
    row = edition_seen(post, pk)
    check(post, "bulletin.revise", held_in(post, row.inspection))
    form = ReviseForm("revise", request.POST)
    status = 422
    if form.is_valid():
        try:
            made = revise(edition=row, correction=form.said("correction"), by=post)
        except Refusal as refusal:
            form.add_error("correction" if refusal.facts.get("field") == "reason" else None, refusal.sentence)
            status = status_of(refusal)
        else:
            messages.success(request, _("已起草更正版，文字和绑定与原版相同，请修改后送审。"))
            return redirect(path_of(made.pk))
    return page(request, "web/edition.html", {"e": EditionPage(row, post, form)}, status=status)
