"""检查角色: by which profile an inspection is handled, and who has a part in it as a whole."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhenggai.core.errors import Refusal
from zhenggai.ledger.actions.assigning import appoint, choose_profile, dismiss
from zhenggai.ledger.handling.models import Participant
from zhenggai.ledger.handling.profiles import all_profiles
from zhenggai.ledger.handling.queries import profile
from zhenggai.ledger.handling.standing import inspection_seen
from zhenggai.ledger.handling.states import GROUP, ParticipantRole
from zhenggai.ledger.models import Inspection
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import why_not
from zhenggai.parties.queries import officials, organisations_by_name, units_to_choose
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.answers import page
from zhenggai.web.forms import AppointForm, ProfileForm
from zhenggai.web.keyset import key_from
from zhenggai.web.labels import named
from zhenggai.web.refusals import status_of

Doing = Callable[..., str]


@require_safe
@posted
def roles(request: PageRequest, post: Post, code: str) -> HttpResponse:
    """Who has a part in an inspection; whoever may know of the inspection may read it."""
    return _show(request, post, inspection_seen(post, code))


def _show(
    request: PageRequest, post: Post, inspection: Inspection, *, refusal: Refusal | None = None
) -> HttpResponse:
    rows = Participant.objects.filter(inspection=inspection, ended_at=None)
    present = list(rows.select_related("post__holder", "post__organisation", "organisation").order_by("pk"))
    chosen = profile(inspection)
    context = {
        "inspection": inspection,
        "crumbs": [
            (_("检查"), "/"),
            (inspection.code, reverse("web:ledger", args=[inspection.code])),
            (_("检查角色"), ""),
        ],
        "profile": chosen,
        "parts": [(role, [row for row in present if row.role == role.value]) for role in ParticipantRole],
        "why_not": why_not(post, "inspection.appoint"),
        "refusal": refusal.sentence if refusal else "",
    }
    if not context["why_not"]:
        given = request.POST if refusal else None
        context |= {
            "profile_form": ProfileForm(all_profiles(), chosen.code),
            "group_form": AppointForm(GROUP, posts=officials(), given=given),
            "unit_form": AppointForm(
                [role for role in ParticipantRole if role not in GROUP], units=units_to_choose(), given=given
            ),
        }
    status = status_of(refusal) if refusal else 200
    return page(request, "web/roles.html", context, status=status)


def _doing(do: Doing) -> Callable[..., HttpResponse]:
    """Make a view of a function that does an act on an inspection and says what it did; a refusal is shown on the page."""

    @require_POST
    @posted
    @wraps(do)
    def view(request: PageRequest, post: Post, /, *, code: str, **_place: int) -> HttpResponse:
        inspection = inspection_seen(post, code)
        try:
            said = do(request, post, inspection, **_place)
        except Refusal as refusal:
            return _show(request, post, inspection, refusal=refusal)
        messages.success(request, said)
        return redirect("web:roles", code=code)

    return view


@_doing
def choose(request: PageRequest, post: Post, inspection: Inspection) -> str:
    """选定办理方案."""
    code = request.POST.get("profile", "")
    choose_profile(inspection=inspection, profile=code, by=post)
    return _("已选定办理方案“%(name)s”。") % {"name": named(all_profiles()[code].name)}


@_doing
def appoint_to(request: PageRequest, post: Post, inspection: Inspection) -> str:
    """明确检查角色."""
    written = request.POST.get("role", "")
    role = next((each for each in ParticipantRole if each.value == written), ParticipantRole.LEADER)
    key = key_from(request.POST.get("post"))
    name = request.POST.get("unit", "").strip()
    seat = Post.objects.filter(pk=key).first() if key else None
    unit = organisations_by_name([name]).get(name) if name else None
    appoint(inspection=inspection, role=role, post=seat, organisation=unit, by=post)
    return _("已明确%(role)s：%(name)s。") % {
        "role": named(role.label),
        "name": seat.title if role in GROUP and seat else name,
    }


@_doing
def dismiss_from(request: PageRequest, post: Post, inspection: Inspection, participant_id: int) -> str:
    """取消检查角色."""
    row = get_object_or_404(Participant, pk=participant_id, inspection=inspection)
    dismiss(participant=row, reason=request.POST.get("reason", ""), by=post)
    return _("已取消%(role)s，记录保留在日志中。") % {"role": named(ParticipantRole(row.role).label)}
