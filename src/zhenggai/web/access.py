"""Who is asking: every page is shown to a post, never to a bare account; only one's own account is a person's."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django_htmx.middleware import HtmxDetails

from zhenggai.parties.factors import factor_of
from zhenggai.parties.models import Person, Post
from zhenggai.parties.queries import posts_of
from zhenggai.parties.states import ADMINISTRATORS, Role
from zhenggai.web.routes import ROUTES, home_of

P = ParamSpec("P")

CHOSEN_POST = "post"
"""Under which name the session keeps the code of the chosen post."""


class PageRequest(HttpRequest):
    """A request as the pages' middleware leaves it."""

    htmx: HtmxDetails
    held_posts: list[Post]


def held_posts(request: HttpRequest) -> list[Post]:
    """Return the posts (岗位) that the reader holds now, looked up once for each request; none for strangers."""
    asked = cast("PageRequest", request)
    if not hasattr(asked, "held_posts"):
        user = getattr(request, "user", None)
        asked.held_posts = posts_of(user) if isinstance(user, Person) else []
    return asked.held_posts


def acting_post(request: HttpRequest) -> Post | None:
    """Return the post from which the reader acts: the one that he chose, while he holds it, else the first; None without any."""
    held = held_posts(request)
    chosen = request.session.get(CHOSEN_POST) if len(held) > 1 else None
    return next((post for post in held if post.code == chosen), held[0] if held else None)


def posted(
    view: Callable[Concatenate[PageRequest, Post, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hand the view the acting post, if its role reaches the page (``ROUTES``): else 404.

    Somebody without a post is told so and sees nothing else. Whose password an administrator chose is sent to change it, and an
    administrator without a second factor to set it up.
    """

    @wraps(view)
    def run(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        post = acting_post(request)
        if post is None:
            return render(request, "web/no_post.html", status=403)
        role = Role(post.role)
        first = _first_duty(post.holder, role)
        if first:
            messages.warning(request, first)
            return redirect("web:account")
        name = request.resolver_match.url_name if request.resolver_match else None
        if role not in ROUTES.get(name or "", ()):
            if name in ("inspections", "work"):  # the address of the system itself, and where a log-in leads
                return redirect(home_of(role))
            raise Http404
        return view(cast("PageRequest", request), post, *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", run)


def personal(
    view: Callable[Concatenate[PageRequest, Person, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hand the view the person who is logged in, for what concerns his own account only."""

    @wraps(view)
    def run(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        person = Person.objects.get(pk=cast("Person", request.user).pk)
        return view(cast("PageRequest", request), person, *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", run)


def _first_duty(person: Person | None, role: Role) -> str:
    """What a person must do for his account before anything else; empty if nothing."""
    if person is not None and person.password_given:
        return _("现在的密码是管理员设置的，请先更换，再办理其他事项。")
    if role in ADMINISTRATORS and (person is None or factor_of(person) is None):
        return _("管理员须先设置第二因素，才能办理其他事项。")
    return ""
