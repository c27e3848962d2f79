"""待办, and the approval of several applications at once."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhenggai.core.errors import Refusal
from zhenggai.ledger.actions.closing import approve
from zhenggai.ledger.handling.models import Closure
from zhenggai.ledger.handling.standing import visible_findings
from zhenggai.ledger.handling.states import ClosureState
from zhenggai.parties.models import Post
from zhenggai.parties.states import Role
from zhenggai.web import queries
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.answers import page
from zhenggai.web.bulletin.drafts import waiting_for
from zhenggai.web.keyset import key_from
from zhenggai.web.worklist import SIZE, STEPS, piles


@require_safe
@posted
def work(request: PageRequest, post: Post) -> HttpResponse:
    """What waits for the post, by kind."""
    only = request.GET.get("kind", "")
    found = piles(post, only=only, after=request.GET.get("after", ""))
    decides = Role(post.role) is Role.OFFICE and not only
    context = {
        "readings": queries.readings_to_decide() if decides else [],
        "drafts": [] if only else waiting_for(post),
        "piles": [pile for pile in found if pile.lines],
        "only": only,
        "steps": STEPS.code,
    }
    return page(request, "web/work.html", context)


@require_POST
@posted
def approve_chosen(request: PageRequest, post: Post) -> HttpResponse:
    """审核通过所选: item by item, each an act of its own; what was refused is told with its sentence and stops none of the others."""
    keys = [key for written in request.POST.getlist("closure")[:SIZE] if (key := key_from(written))]
    seen = Closure.objects.filter(pk__in=keys, finding__in=visible_findings(post).values("pk"))
    chosen = list(seen.select_related("finding__inspection").order_by("pk"))
    if not chosen:
        messages.error(request, _("没有选中任何申请，请先勾选再提交。"))
    for closure in chosen:
        name = {"code": closure.finding.inspection.code, "number": closure.finding.number}
        try:
            done = approve(closure=closure, by=post)
        except Refusal as refusal:
            said = _("%(code)s 问题 %(number)d 未办理：%(sentence)s") % {**name, "sentence": refusal.sentence}
            messages.error(request, said)
        else:
            closed = done.state == ClosureState.CLOSED.value
            said = (
                _("%(code)s 问题 %(number)d：审核通过，准予销号。")
                if closed
                else _("%(code)s 问题 %(number)d：审核通过，转下一步。")
            )
            messages.success(request, said % name)
    return redirect("web:work")
