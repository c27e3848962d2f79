from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import URLPattern, path
from django.views.i18n import set_language

from zhenggai.web.bulletin.deeds import DEEDS as DRAFT_DEEDS
from zhenggai.web.bulletin.deeds import Deed as DraftDeed
from zhenggai.web.item.deeds import DEEDS, Deed
from zhenggai.web.public import views as public
from zhenggai.web.views import (
    account,
    acts,
    bulletin,
    bulletin_acts,
    bulletins,
    desk,
    editions,
    gallery,
    health,
    indicators,
    inspections,
    item,
    item_acts,
    journal,
    ledger,
    lists,
    organisations,
    people,
    posts,
    roles,
    session,
    upload,
    work,
)

app_name = "web"

_INDICATOR = "indicators/<int:pk>/"
_VALUE = f"{_INDICATOR}values/<int:value_id>/"
_ITEM = "inspections/<str:code>/items/<int:number>/"


def _deed(deed: Deed) -> URLPattern:
    """Address to which the form of an act on an item is sent: below the item, or below what it is done to."""
    place = f"{deed.subject}/<int:pk>/" if deed.subject else ""
    view: Callable[..., HttpResponse] = getattr(item_acts, deed.name)
    return path(f"{_ITEM}{place}{deed.name}/", view, name=f"item_{deed.name}")


def _draft_deed(deed: DraftDeed) -> URLPattern:
    """Address to which the form of an act on a draft is sent: below the draft, or below what it is done to."""
    place = f"{deed.subject}s/<int:row>/" if deed.subject else ""
    view: Callable[..., HttpResponse] = getattr(bulletin_acts, deed.name)
    return path(f"bulletins/<int:pk>/{place}{deed.name}/", view, name=f"bulletin_{deed.name}")


urlpatterns = [
    path("", inspections.inspections, name="inspections"),
    path("work/", work.work, name="work"),
    path("work/approve/", work.approve_chosen, name="approve_chosen"),
    path("login/", session.log_in, name="login"),
    path("login/code/", session.code, name="code"),
    path("logout/", session.log_out, name="logout"),
    path("post/", session.choose_post, name="choose_post"),
    path("account/", account.account, name="account"),
    path("account/password/", account.own_password, name="own_password"),
    path("account/factor/", account.factor_begin, name="factor_begin"),
    path("account/factor/confirm/", account.factor_confirm, name="factor_confirm"),
    path("language/", login_not_required(set_language), name="language"),
    path("public/", public.serve, name="public"),
    path("public/<path:path>", public.serve, name="public_page"),
    path("healthz", health.healthz, name="healthz"),
    path("gallery/", gallery.gallery, name="gallery"),
    path("files/unread/", upload.unreadable, name="unreadable"),
    path("files/<int:document_id>/original", upload.original, name="original"),
    path("files/<int:document_id>/again/", upload.again, name="again"),
    path("inspections/<str:code>/", ledger.ledger, name="ledger"),
    path("inspections/<str:code>/export.<str:form>", ledger.export, name="export"),
    path("inspections/<str:code>/lists/<str:kind>/", lists.show, name="list"),
    path("inspections/<str:code>/lists/<str:kind>.<str:form>", lists.download, name="list_file"),
    path("inspections/<str:code>/roles/", roles.roles, name="roles"),
    path("inspections/<str:code>/roles/profile/", roles.choose, name="roles_profile"),
    path("inspections/<str:code>/roles/appoint/", roles.appoint_to, name="roles_appoint"),
    path(
        "inspections/<str:code>/roles/<int:participant_id>/dismiss/", roles.dismiss_from, name="roles_dismiss"
    ),
    path("inspections/<str:code>/evidence/<int:pk>/", item.evidence, name="evidence"),
    path(_ITEM, item.item, name="item"),
    *(_deed(deed) for deed in DEEDS.values()),
    path("inspections/<str:code>/bulletins/", bulletins.bulletins, name="bulletins"),
    path("inspections/<str:code>/bulletins/open/", bulletins.bulletin_open, name="bulletin_open"),
    path("bulletins/<int:pk>/", bulletin.bulletin, name="bulletin"),
    path("bulletins/<int:pk>/read/", bulletin.read, name="bulletin_read"),
    path("bulletins/<int:pk>/paste/", bulletin.paste, name="bulletin_paste"),
    path("bulletins/<int:pk>/naming/", bulletin.naming, name="bulletin_naming"),
    path("bulletins/<int:pk>/versions/", bulletins.versions, name="bulletin_versions"),
    path("bulletins/<int:pk>/file.<str:form>", bulletins.bulletin_file, name="bulletin_file"),
    *(_draft_deed(deed) for deed in DRAFT_DEEDS.values()),
    path("editions/verify_journal.py", editions.verifier, name="verifier"),
    path("editions/<int:pk>/", editions.edition, name="edition"),
    path("editions/<int:pk>/proof.json", editions.edition_proof, name="edition_proof"),
    path("editions/<int:pk>/revise/", editions.edition_revise, name="edition_revise"),
    path("readings/new/", upload.new_reading, name="new_reading"),
    path("readings/<int:reading_id>/", desk.desk, name="desk"),
    path("readings/<int:reading_id>/accept-all/", acts.accept_all, name="accept_all"),
    path("readings/<int:reading_id>/items/<int:item_id>/accept/", acts.accept_item, name="accept"),
    path("readings/<int:reading_id>/items/<int:item_id>/correct/", acts.correct_item, name="correct"),
    path("readings/<int:reading_id>/items/<int:item_id>/reject/", acts.reject_item, name="reject"),
    path("readings/<int:reading_id>/items/<int:item_id>/keep/", acts.keep_item, name="keep"),
    path("readings/<int:reading_id>/items/<int:item_id>/identify/", acts.identify_item, name="identify"),
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/new/", indicators.indicator_new, name="indicator_new"),
    path("indicators/take/", indicators.take, name="indicator_take"),
    path(_INDICATOR, indicators.indicator, name="indicator"),
    path(f"{_INDICATOR}describe/", indicators.describe, name="indicator_describe"),
    path(f"{_INDICATOR}derive/", indicators.derive, name="indicator_derive"),
    path(f"{_INDICATOR}report/", indicators.report, name="figure_report"),
    path(f"{_VALUE}sign/", indicators.sign, name="figure_sign"),
    path(f"{_VALUE}correct/", indicators.correct, name="figure_correct"),
    path(f"{_VALUE}withdraw/", indicators.withdraw, name="figure_withdraw"),
    path(f"{_VALUE}file", indicators.file, name="figure_file"),
    path("admin/people/", people.people, name="people"),
    path("admin/people/new/", people.person_new, name="person_new"),
    path("admin/people/<int:person_id>/password/", people.person_password, name="person_password"),
    path("admin/organisations/", organisations.organisations, name="organisations"),
    path("admin/organisations/new/", organisations.organisation_new, name="organisation_new"),
    path(
        "admin/organisations/<int:organisation_id>/",
        organisations.organisation_change,
        name="organisation_change",
    ),
    path("admin/posts/", posts.posts, name="posts"),
    path("admin/posts/new/", posts.post_new, name="post_new"),
    path("admin/posts/<int:post_id>/seat/", posts.post_seat, name="post_seat"),
    path("admin/posts/<int:post_id>/close/", posts.post_close, name="post_close"),
    path("admin/posts/people/", posts.accounts, name="accounts"),
    path("admin/posts/people/<int:person_id>/disable/", posts.person_disable, name="person_disable"),
    path("admin/posts/people/<int:person_id>/enable/", posts.person_enable, name="person_enable"),
    path("admin/posts/people/<int:person_id>/factor/", posts.factor_reset, name="factor_reset"),
    path("admin/posts/people/<int:person_id>/erase/", posts.person_erase, name="person_erase"),
    path("admin/journal/", journal.journal, name="journal"),
    path("admin/journal/heads/<int:size>.json", journal.head, name="head"),
]
