"""日志: what was done, by whom and why, for the audit administrator, who changes nothing."""

from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhenggai.journal.acts import CATALOGUE
from zhenggai.journal.queries import events_page, head_text, heads
from zhenggai.parties.models import Post
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.administration import JournalForm
from zhenggai.web.answers import attachment, page
from zhenggai.web.keyset import key_from
from zhenggai.web.labels import named
from zhenggai.web.telling import told


@require_safe
@posted
def journal(request: PageRequest, _post: Post) -> HttpResponse:
    """The events, newest first, and the signed heads."""
    acts = sorted((act.code, named(act.label)) for act in CATALOGUE.values())
    form = JournalForm(acts, request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    found = events_page(before=key_from(request.GET.get("before")), **_asked(wanted))
    context = {
        "form": form,
        "filtered": any(wanted.values()),
        "page": found,
        "lines": told(found.rows),
        "keep": "".join(f"&{urlencode({name: value})}" for name, value in wanted.items() if value),
        "heads": heads(),
        "heads_head": [_("日志条数"), _("签出时间"), _("树根"), _("树头文件")],
    }
    return page(request, "web/journal.html", context, parts={"list"}, status=200 if form.is_valid() else 422)


def _asked(wanted: dict[str, Any]) -> dict[str, Any]:
    """The filters as the journal understands them: days are those of the place."""
    since, until = wanted.get("since"), wanted.get("until")
    zone = timezone.get_current_timezone()
    return {
        "act": wanted.get("act", ""),
        "who": wanted.get("who", "").strip(),
        "since": datetime.combine(since, time.min, zone) if since else None,
        "until": datetime.combine(until + timedelta(days=1), time.min, zone) if until else None,
    }


@require_safe
@posted
def head(_request: PageRequest, _post: Post, size: int) -> HttpResponse:
    """Download a signed head, to be kept elsewhere."""
    text = head_text(size)
    if text is None:
        raise Http404
    return attachment(text, "application/json", f"head-{size}.json")
