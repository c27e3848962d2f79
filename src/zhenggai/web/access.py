"""Who is asking: every page is shown to a post, never to a bare account."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from zhenggai.parties.models import Person, Post
from zhenggai.parties.queries import post_of

P = ParamSpec("P")


class PageRequest(HttpRequest):
    """A request as the pages' middleware leaves it."""

    htmx: HtmxDetails
    acting_post: Post | None


def acting_post(request: HttpRequest) -> Post | None:
    """Return the post (岗位) from which the reader acts, looked up once for each request; None for strangers."""
    asked = cast("PageRequest", request)
    if not hasattr(asked, "acting_post"):
        user = getattr(request, "user", None)
        asked.acting_post = post_of(user) if isinstance(user, Person) else None
    return asked.acting_post


def posted(
    view: Callable[Concatenate[PageRequest, Post, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Hand the view the acting post; somebody without one is told so and sees nothing else."""

    @wraps(view)
    def run(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        post = acting_post(request)
        if post is None:
            return render(request, "web/no_post.html", status=403)
        return view(cast("PageRequest", request), post, *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, P], HttpResponse]", run)
