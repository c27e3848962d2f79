"""登录与退出."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django_htmx.http import HttpResponseClientRedirect

from zhenggai.web.forms import LogInForm


class _LogIn(LoginView):
    """登录: throttled by axes; who is already in goes on to the list."""

    template_name = "web/login.html"
    authentication_form = LogInForm
    redirect_authenticated_user = True

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A part of a page cannot hold the log-in: htmx is sent to the whole page."""
        htmx = getattr(request, "htmx", None)
        if htmx and not request.user.is_authenticated:
            back = urlencode({"next": htmx.current_url_abs_path or "/"})
            return HttpResponseClientRedirect(f"{request.path}?{back}")
        return super().dispatch(request, *args, **kwargs)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show what is wrong, with a status that says so."""
        response = super().form_invalid(form)
        response.status_code = 422
        return response


log_in = login_not_required(_LogIn.as_view())
log_out = LogoutView.as_view(http_method_names=["post", "options"])
