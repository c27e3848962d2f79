"""Who is asking: every page is shown to a post, never to a bare account."""

from collections.abc import Callable, Collection
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.middleware import HtmxDetails

from zhenggai.parties.models import Person, Post
from zhenggai.parties.queries import post_of
from zhenggai.parties.states import ADMINISTRATORS, Role

P = ParamSpec("P")


DOCUMENTS = (Role.OFFICE, Role.READER)
"""Who may look into documents: the reading desk, uploads, what was read."""

ITEMS = tuple(role for role in Role if role not in ADMINISTRATORS)
"""Who may come across an item at all; the three administrators (三员) run the system and see none of it."""


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


def posted_as(
    roles: Collection[Role],
) -> Callable[
    [Callable[Concatenate[PageRequest, Post, P], HttpResponse]],
    Callable[Concatenate[HttpRequest, P], HttpResponse],
]:
    """Like :func:`posted`, for posts of these roles; to every other post the page is not there."""

    def decorate(
        view: Callable[Concatenate[PageRequest, Post, P], HttpResponse],
    ) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
        @wraps(view)
        def run(request: PageRequest, post: Post, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if Role(post.role) not in roles:
                raise Http404
            return view(request, post, *args, **kwargs)

        return posted(run)

    return decorate
