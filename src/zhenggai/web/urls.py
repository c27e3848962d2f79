from django.urls import path
from django.http import HttpResponse

app_name = "web"
urlpatterns = [path("healthz", lambda r: HttpResponse("ok"), name="healthz")]
