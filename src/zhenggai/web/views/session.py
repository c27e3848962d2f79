"""登录与退出: the password, then, for who has set one up, the code; and the post from which one acts."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from zhenggai.parties.factors import CodesPaused, WrongCode, factor_of, use_code
from zhenggai.parties.models import Person
from zhenggai.parties.queries import post_of
from zhenggai.parties.states import Role
from zhenggai.web import sessions
from zhenggai.web.access import CHOSEN_POST, PageRequest, held_posts, personal
from zhenggai.web.forms import CodeForm, LogInForm
from zhenggai.web.routes import home_of


class _LogIn(LoginView):
    """登录: throttled by axes; who is already in goes on to his first page."""

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

    def form_valid(self, form: Any) -> HttpResponse:
        """Log in, or ask for the code where there is a second factor."""
        person = form.get_user()
        if factor_of(person) is None:
            return super().form_valid(form)
        sessions.await_code(self.request, person, self.get_redirect_url())
        return redirect("web:code")

    def get_default_redirect_url(self) -> str:
        """The page on which the person's post begins."""
        return home_address(self.request.user)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Show what is wrong, with a status that says so."""
        response = super().form_invalid(form)
        response.status_code = 422
        return response


def home_address(person: Any) -> str:
    """Address of the page on which a person begins."""
    post = post_of(person) if isinstance(person, Person) else None
    return resolve_url(home_of(Role(post.role) if post else None))


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """动态码: the second step of the log-in."""
    if request.user.is_authenticated:
        return redirect(home_address(request.user))
    waiting = sessions.awaited(request)
    factor = factor_of(waiting.person) if waiting else None
    if waiting is None or factor is None:
        sessions.forget_code(request)
        messages.info(request, _("请先输入登录名和密码；输入密码后须在五分钟内输入动态码。"))
        return redirect("web:login")
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            use_code(factor, form.cleaned_data["code"])
        except CodesPaused:
            sessions.forget_code(request)
            return render(request, "web/locked_out.html", {"codes": True}, status=429)
        except WrongCode as refusal:
            form.add_error("code", refusal.sentence)
        else:
            sessions.forget_code(request)
            login(request, waiting.person, backend=waiting.backend)
            return redirect(waiting.to or home_address(waiting.person))
    return render(request, "web/code.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
@personal
def choose_post(request: PageRequest, _person: Person) -> HttpResponse:
    """换岗: act from another of one's posts from now on; one that he does not hold is not there."""
    chosen = next((post for post in held_posts(request) if post.code == request.POST.get("post")), None)
    if chosen is None:
        raise Http404
    request.session[CHOSEN_POST] = chosen.code
    messages.success(request, _("现在以“%(post)s”岗位办理。") % {"post": chosen.title})
    return redirect(home_of(Role(chosen.role)))


log_in = login_not_required(_LogIn.as_view())
log_out = LogoutView.as_view(http_method_names=["post", "options"])
