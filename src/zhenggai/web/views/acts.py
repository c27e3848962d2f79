"""核定: accept, correct, reject, identify. Each view loads the item, calls the action and goes on to the next open item."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from zhenggai.core.errors import Refusal
from zhenggai.ledger.actions.deciding import accept, correct, keep, reject
from zhenggai.ledger.actions.reading import identify
from zhenggai.ledger.imports import acceptable
from zhenggai.ledger.models import Proposal, Reading
from zhenggai.ledger.rules import check_something_chosen
from zhenggai.ledger.states import Kind
from zhenggai.parties.models import Post
from zhenggai.web import queries
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.desk.address import Address
from zhenggai.web.desk.desk import Desk
from zhenggai.web.desk.names import name_of, short
from zhenggai.web.forms import CorrectionForm
from zhenggai.web.keyset import key_from
from zhenggai.web.refusals import status_of
from zhenggai.web.views.desk import show

_REASON = 500

Deciding = Callable[[PageRequest, Post, Proposal], str]


def _decision(decide: Deciding) -> Callable[..., HttpResponse]:
    """Make a view of a function that decides on an item and says what it did; a refusal is shown with the item, and nothing has changed."""

    @require_POST
    @posted
    @wraps(decide)
    def view(request: PageRequest, post: Post, *, reading_id: int, item_id: int) -> HttpResponse:
        reading = queries.reading_or_404(post, reading_id)
        item = queries.item_or_404(reading, item_id)
        address = replace(Address.of(request.GET), item=item.pk, page=None)
        try:
            said = decide(request, post, item)
        except Refusal as refusal:
            return _show_refusal(request, post, reading, address, item, refusal)
        messages.success(request, said)
        return _go_on(request, post, reading, address)

    return view


def _show_refusal(
    request: PageRequest, post: Post, reading: Reading, address: Address, item: Proposal, refusal: Refusal
) -> HttpResponse:
    """The desk with the sentence; a correction that was refused keeps what was entered, and the sentence stands by its field."""
    form = None
    if "kept" in request.POST:
        form = CorrectionForm(Kind(item.kind), request.POST)
        if field := refusal.facts.get("field"):
            form.add_error(field, refusal.sentence)
    return show(
        request, post, reading, address, form=form, refusal=refusal.sentence, status=status_of(refusal)
    )


def _go_on(request: PageRequest, post: Post, reading: Reading, address: Address) -> HttpResponse:
    """Lead to the next open item, or back to this one when none is left."""
    desk = Desk(reading, address, post)
    here = desk.page
    following = desk.next_open()
    target = following.pk if following else address.item
    path = reverse("web:desk", args=[reading.pk])
    to = path + (address.to_item(target) if target else address.query())
    place = following.span_start if following else None
    if request.htmx and place is not None and desk.source.paper.window_at(place) != here:
        # The document must show another stretch of itself, and that is not in the part that an act brings up to date.
        return HttpResponseClientRedirect(to)
    return redirect(to)


@_decision
def accept_item(_request: PageRequest, post: Post, item: Proposal) -> str:
    """采纳, with the open items above it."""
    done = accept(proposals=[item], by=post)
    if len(done) > 1:
        return _("已采纳“%(name)s”及其上级，共 %(number)d 条。") % {
            "name": short(name_of(item), 30),
            "number": len(done),
        }
    return _("已采纳“%(name)s”。") % {"name": short(name_of(item), 30)}


@_decision
def correct_item(request: PageRequest, post: Post, item: Proposal) -> str:
    """更正."""
    form = CorrectionForm(Kind(item.kind), request.POST)
    form.full_clean()
    content: dict[str, Any] = {**item.current, **form.content}
    done = correct(proposal=item, content=content, reason=form.cleaned_data.get("reason", ""), by=post)
    return _("已更正“%(name)s”。") % {"name": short(name_of(done), 30)}


@_decision
def reject_item(request: PageRequest, post: Post, item: Proposal) -> str:
    """不采纳, with the open items below it."""
    done = reject(proposals=[item], reason=_reason(request), by=post)
    if len(done) > 1:
        return _("“%(name)s”及其下待核的条目不采纳，共 %(number)d 条。") % {
            "name": short(name_of(item), 30),
            "number": len(done),
        }
    return _("“%(name)s”不采纳。") % {"name": short(name_of(item), 30)}


@_decision
def keep_item(request: PageRequest, post: Post, item: Proposal) -> str:
    """维持原内容: the ledger stays as the earlier edition has it."""
    done = keep(proposal=item, reason=_reason(request), by=post)
    return _("台账维持原内容“%(name)s”。") % {"name": short(name_of(done), 30)}


def _reason(request: PageRequest) -> str:
    return request.POST.get("reason", "").strip()[:_REASON]


@_decision
def identify_item(request: PageRequest, post: Post, item: Proposal) -> str:
    """认定: the same as a candidate, or new."""
    chosen = request.POST.get("same_as", "")
    key = key_from(chosen)
    same_as = Proposal.objects.filter(pk=key, pk__in=item.candidates).first() if key else None
    if same_as is None and chosen != "new":
        check_something_chosen(0)
    identify(proposal=item, same_as=same_as, by=post)
    if same_as is None:
        return _("“%(name)s”认定为新增。") % {"name": short(name_of(item), 30)}
    return _("“%(name)s”认定为前一版的“%(known)s”。") % {
        "name": short(name_of(item), 30),
        "known": short(name_of(same_as), 30),
    }


@require_POST
@posted
def accept_all(request: PageRequest, post: Post, reading_id: int) -> HttpResponse:
    """全部采纳: all but those that a person must identify first."""
    reading = queries.reading_or_404(post, reading_id)
    address = Address.of(request.GET)
    try:
        done = accept(proposals=acceptable(reading), by=post)
    except Refusal as refusal:
        return show(request, post, reading, address, refusal=refusal.sentence, status=status_of(refusal))
    left = reading.proposals.filter(state=queries.OPEN).count()
    said = _("已采纳 %(number)d 条。") % {"number": len(done)}
    if left:
        said += _("还有 %(left)d 条待核：须先认定是否为前一版的条目。") % {"left": left}
    messages.success(request, said)
    return redirect(reverse("web:desk", args=[reading.pk]) + address.query())
