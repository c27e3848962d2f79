"""公开页不经会话: requests for public pages are answered before anything could ask who somebody is."""

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from zhenggai.web.public import views

PREFIX = "/public/"


class WithoutSession:
    """Answers ``/public/…`` at once: no session is read, no cookie set or looked at, whoever is logged in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer a public page here, and anything else as before."""
        if request.path_info.startswith(PREFIX):
            return views.serve(request, request.path_info[len(PREFIX) :])
        return self.get_response(request)
