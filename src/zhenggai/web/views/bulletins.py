"""文稿: drafts and editions of an inspection, a new draft, its versions and its files."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhenggai.bulletins.actions.drafting import open_draft
from zhenggai.bulletins.kinds import KindRefused, all_kinds
from zhenggai.bulletins.models import Bulletin
from zhenggai.bulletins.permissions import READERS
from zhenggai.bulletins.queries import bulletin_seen, held_in
from zhenggai.bulletins.states import Audience
from zhenggai.core.errors import Refusal
from zhenggai.ledger.handling.standing import inspection_seen
from zhenggai.ledger.models import Inspection
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import check, why_not
from zhenggai.parties.states import Capacity
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.answers import page
from zhenggai.web.bulletin import files
from zhenggai.web.bulletin.address import Address, path_of
from zhenggai.web.bulletin.composer import Composer
from zhenggai.web.bulletin.drafts import lines
from zhenggai.web.bulletin.forms import OpenForm
from zhenggai.web.bulletin.names import titles
from zhenggai.web.bulletin.versions import Versions
from zhenggai.web.keyset import key_from, page_after
from zhenggai.web.labels import named
from zhenggai.web.refusals import status_of

WRONG = 422
ROWS = 20
"""Drafts on a page: of each the numbers are counted."""


def _kinds() -> list[tuple[str, str]]:
    return [(code, named(kind.name)) for code, kind in all_kinds().items()]


def _seen(post: Post, code: str) -> tuple[Inspection, frozenset[Capacity]]:
    """The inspection and how the post stands to it; 404 for those who read neither its drafts nor its editions."""
    inspection = inspection_seen(post, code)
    held = held_in(post, inspection)
    if not held:
        raise Http404
    return inspection, held


@require_safe
@posted
def bulletins(request: PageRequest, post: Post, code: str) -> HttpResponse:
    """The drafts and editions of an inspection; readers see the published ones that are for the public."""
    return _list(request, post, code, None, 200)


def _list(request: PageRequest, post: Post, code: str, form: OpenForm | None, status: int) -> HttpResponse:
    inspection, held = _seen(post, code)
    reads = bool(held & READERS)
    rows = Bulletin.objects.filter(inspection=inspection).select_related("inspection", "replaces", "edition")
    if not reads:
        rows = rows.filter(edition__audience=Audience.PUBLIC.value)
    found = page_after(rows, "pk", key_from(request.GET.get("before")), newest_first=True, size=ROWS)
    reason = why_not(post, "bulletin.open", held)
    offered = None
    if not reason:
        try:
            offered = form or OpenForm(_kinds())
        except KindRefused as refusal:  # one template cannot be used; what was drafted is still there
            reason = refusal.sentence
    context = {
        "inspection": inspection,
        "crumbs": [
            (_("检查"), reverse("web:inspections")),
            (inspection.code, reverse("web:ledger", args=[code])),
            (_("文稿"), ""),
        ],
        "head": [_("文稿"), _("文种"), _("状态"), _("未落实数字"), _("轮到"), _("公开")],
        "lines": lines(list(found.rows)),
        "pages": found,
        "reads": reads,
        "form": offered,
        "why_not": reason if reads else "",
    }
    return page(request, "web/bulletins.html", context, status=status)


@require_POST
@posted
def bulletin_open(request: PageRequest, post: Post, code: str) -> HttpResponse:
    """起草文稿."""
    inspection, held = _seen(post, code)
    check(post, "bulletin.open", held)
    form = OpenForm(_kinds(), request.POST)
    if not form.is_valid():
        return _list(request, post, code, form, WRONG)
    try:
        made = open_draft(
            inspection=inspection,
            kind=form.said("kind"),
            audience=Audience(form.said("audience")),
            title=form.said("title"),
            by=post,
        )
    except Refusal as refusal:
        form.add_error(None, refusal.sentence)
        return _list(request, post, code, form, status_of(refusal))
    messages.success(request, _("已起草，文字和数字取自现在的台账。"))
    return redirect(path_of(made.pk))


@require_safe
@posted
def versions(request: PageRequest, post: Post, pk: int) -> HttpResponse:
    """版本: revisions, what changed between two of them, and the versions of one paragraph."""
    bulletin = bulletin_seen(post, pk)
    composer, found = Composer(bulletin, post, Address()), Versions(bulletin)
    revisions, more = found.revisions(key_from(request.GET.get("before")))
    old, new = key_from(request.GET.get("old")), key_from(request.GET.get("new"))
    compares = old is not None and new is not None
    old, new = sorted((old or 0, new or 0))
    paragraph = key_from(request.GET.get("paragraph"))
    since = bool(request.GET.get("edition")) and bulletin.replaces is not None
    context = {
        "d": composer,
        "bulletin": bulletin,
        "crumbs": [*composer.crumbs[:-1], (bulletin.title, composer.path), (_("版本"), "")],
        "heads": [_("修订"), _("时间"), _("岗位"), _("改了什么")],
        "titles": titles(row.made_by for row in found.rows),
        "revisions": revisions,
        "more": more,
        "first": "before" not in request.GET,
        "numbers": found.numbers,
        "old": old, "new": new, "compares": compares,
        "changes": found.between(old, new) if compares else [],
        "since": since,
        "edition_changes": found.since_edition() if since else [],
        "paragraph": found.of(paragraph) if paragraph is not None else [],
    }  # fmt: skip
    return page(request, "web/bulletin/versions.html", context)


@require_safe
@posted
def bulletin_file(_request: PageRequest, post: Post, pk: int, form: str) -> HttpResponse:
    """The draft as a file, marked as a draft in its name."""
    return files.download(bulletin_seen(post, pk), form)
