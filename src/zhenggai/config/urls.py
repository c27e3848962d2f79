from django.urls import include, path

urlpatterns = [
    path("", include("zhenggai.web.urls")),
]

handler400 = "zhenggai.web.views.errors.bad_request"
handler403 = "zhenggai.web.views.errors.forbidden"
handler404 = "zhenggai.web.views.errors.not_found"
handler500 = "zhenggai.web.views.errors.server_error"
