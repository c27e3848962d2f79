from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.i18n import set_language

from zhenggai.web.item.deeds import DEEDS, Deed
from zhenggai.web.views import (
    acts,
    desk,
    gallery,
    health,
    inspections,
    item,
    item_acts,
    ledger,
    session,
    upload,
)

app_name = "web"

_ITEM = "inspections/<str:code>/items/<int:number>/"


def _deed(deed: Deed) -> URLPattern:
    """Address to which the form of an act on an item is sent: below the item, or below what it is done to."""
    place = f"{deed.subject}/<int:pk>/" if deed.subject else ""
    view: Callable[..., HttpResponse] = getattr(item_acts, deed.name)
    return path(f"{_ITEM}{place}{deed.name}/", view, name=f"item_{deed.name}")


urlpatterns = [
    path("", inspections.inspections, name="inspections"),
    path("login/", session.log_in, name="login"),
    path("logout/", session.log_out, name="logout"),
    path("language/", login_not_required(set_language), name="language"),
    path("healthz", health.healthz, name="healthz"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("files/unread/", upload.unreadable, name="unreadable"),
    path("files/<int:document_id>/original", upload.original, name="original"),
    path("files/<int:document_id>/again/", upload.again, name="again"),
    path("inspections/<str:code>/", ledger.ledger, name="ledger"),
    path("inspections/<str:code>/export.<str:form>", ledger.export, name="export"),
    path("inspections/<str:code>/evidence/<int:pk>/", item.evidence, name="evidence"),
    path(_ITEM, item.item, name="item"),
    *(_deed(deed) for deed in DEEDS.values()),
    path("readings/new/", upload.new_reading, name="new_reading"),
    path("readings/<int:reading_id>/", desk.desk, name="desk"),
    path("readings/<int:reading_id>/accept-all/", acts.accept_all, name="accept_all"),
    path("readings/<int:reading_id>/items/<int:item_id>/accept/", acts.accept_item, name="accept"),
    path("readings/<int:reading_id>/items/<int:item_id>/correct/", acts.correct_item, name="correct"),
    path("readings/<int:reading_id>/items/<int:item_id>/reject/", acts.reject_item, name="reject"),
    path("readings/<int:reading_id>/items/<int:item_id>/keep/", acts.keep_item, name="keep"),
    path("readings/<int:reading_id>/items/<int:item_id>/identify/", acts.identify_item, name="identify"),
]
