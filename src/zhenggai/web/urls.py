from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.i18n import set_language

from zhenggai.web.views import account, acts, desk, gallery, health, inspections, ledger, session, upload

app_name = "web"
urlpatterns = [
    path("", inspections.inspections, name="inspections"),
    path("login/", session.log_in, name="login"),
    path("login/code/", session.code, name="code"),
    path("logout/", session.log_out, name="logout"),
    path("post/", session.choose_post, name="choose_post"),
    path("account/", account.account, name="account"),
    path("account/password/", account.own_password, name="own_password"),
    path("account/factor/", account.factor_begin, name="factor_begin"),
    path("account/factor/confirm/", account.factor_confirm, name="factor_confirm"),
    path("language/", login_not_required(set_language), name="language"),
    path("healthz", health.healthz, name="healthz"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("files/unread/", upload.unreadable, name="unreadable"),
    path("files/<int:document_id>/original", upload.original, name="original"),
    path("files/<int:document_id>/again/", upload.again, name="again"),
    path("inspections/<str:code>/", ledger.ledger, name="ledger"),
    path("inspections/<str:code>/export.<str:form>", ledger.export, name="export"),
    path("readings/new/", upload.new_reading, name="new_reading"),
    path("readings/<int:reading_id>/", desk.desk, name="desk"),
    path("readings/<int:reading_id>/accept-all/", acts.accept_all, name="accept_all"),
    path("readings/<int:reading_id>/items/<int:item_id>/accept/", acts.accept_item, name="accept"),
    path("readings/<int:reading_id>/items/<int:item_id>/correct/", acts.correct_item, name="correct"),
    path("readings/<int:reading_id>/items/<int:item_id>/reject/", acts.reject_item, name="reject"),
    path("readings/<int:reading_id>/items/<int:item_id>/keep/", acts.keep_item, name="keep"),
    path("readings/<int:reading_id>/items/<int:item_id>/identify/", acts.identify_item, name="identify"),
]
