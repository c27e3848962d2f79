"""检查列表."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhenggai.ledger.handling.standing import reads_documents
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import why_not
from zhenggai.web import queries
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.answers import page
from zhenggai.web.keyset import key_from


@require_safe
@posted
def inspections(request: PageRequest, post: Post) -> HttpResponse:
    """The inspections that one may know of, newest first; for those who read documents each with its editions and what is still to be decided."""
    documents = reads_documents(post)
    head = [_("编号"), _("被检查方"), _("反馈日期")]
    context = {
        "head": [*head, _("版次"), _("核定"), _("读件")] if documents else head,
        "numbers": [4],
        "documents": documents,
        "upload_url": reverse("web:new_reading"),
        "page": queries.inspections_page(post, key_from(request.GET.get("before"))),
        "why_not": why_not(post, "document.read"),
        "unread": queries.unread_count() if documents else 0,
    }
    return page(request, "web/inspections.html", context, parts={"list"})
