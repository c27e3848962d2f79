"""三张清单 on screen, and as files."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zhenggai.exchange import lists
from zhenggai.exchange.list_files import LIST_FORMS, export_list, title_of
from zhenggai.exchange.lists import Filters, ListKind
from zhenggai.ledger.handling.queries import profile
from zhenggai.ledger.handling.standing import inspection_seen
from zhenggai.parties.models import Post
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.answers import attachment, page
from zhenggai.web.counts import groups
from zhenggai.web.forms import FilterForm
from zhenggai.web.keyset import key_from
from zhenggai.web.labels import named

SIZE = 60
"""Tasks on a page of a list."""


@require_safe
@posted
def show(request: PageRequest, post: Post, code: str, kind: str) -> HttpResponse:
    """One of the three lists of an inspection, as far as the post may know of it."""
    inspection, which = inspection_seen(post, code), _kind(kind)
    filters = Filters.of(request.GET)
    rows = lists.tasks_of(inspection, post, filters)
    key = key_from(request.GET.get("after"))
    found = list(lists.after(rows, which, key)[: SIZE + 1])
    shown = lists.lines(inspection, post, found[:SIZE])
    keep = urlencode(filters.chosen)
    context = {
        "inspection": inspection,
        "title": title_of(inspection, which),
        "kind": which,
        "crumbs": [
            (_("检查"), "/"),
            (inspection.code, reverse("web:ledger", args=[code])),
            (named(which.label), ""),
        ],
        "tabs": [(named(k.label), _address(code, k, keep), k is which, None) for k in ListKind],
        "columns": lists.COLUMNS[which],
        "table": list(zip(shown, lists.placed(which, shown), strict=True)),
        "groups": groups(lists.numbers_of(inspection, post), profile(inspection)),
        "money": lists.money_of(rows) if which is ListKind.TASKS else None,
        "form": FilterForm(profile(inspection), lists.units_of(inspection, post), request.GET),
        "filtered": bool(filters.chosen),
        "next_key": found[SIZE - 1].pk if len(found) > SIZE else None,
        "first": key is None,
        "keep": f"&{keep}" if keep else "",
        "files": [(form, f"{reverse('web:list_file', args=[code, kind, form])}?{keep}") for form in LIST_FORMS],
    }  # fmt: skip
    return page(request, "web/lists.html", context)


@require_safe
@posted
def download(request: PageRequest, post: Post, code: str, kind: str, form: str) -> HttpResponse:
    """Take a list along as a file, filtered as it is on the screen."""
    inspection = inspection_seen(post, code)
    return attachment(*export_list(inspection, _kind(kind), form, by=post, filters=Filters.of(request.GET)))


def _kind(written: str) -> ListKind:
    try:
        return ListKind(written)
    except ValueError as error:
        raise Http404 from error


def _address(code: str, kind: ListKind, keep: str) -> str:
    path = reverse("web:list", args=[code, kind.value])
    return f"{path}?{keep}" if keep else path
