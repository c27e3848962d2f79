"""What holds for every answer of the pages."""

from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language_from_request
from django.utils.translation import gettext as _

from zhenggai.core.errors import Refusal
from zhenggai.web import sessions
from zhenggai.web.refusals import refused, wrong_method

Answer = Callable[[HttpRequest], HttpResponseBase]


class ChosenLanguage:
    """中文优先: Chinese unless the reader chose otherwise with the switch; what the browser prefers is not asked."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in the chosen language."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        language = get_language_from_request(request) if chosen else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


class PageHeaders:
    """Every answer may be a page or its part, and none may be kept by a shared computer's cache."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, and say what the answer depends on."""
        response = self.get_response(request)
        patch_vary_headers(response, ["HX-Request", "Cookie"])
        response.headers.setdefault("Cache-Control", "no-store")
        return response


class SessionTimes:
    """会话时限: whoever was away too long, or logged in too long ago, is logged out before anything is answered."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; the answer to somebody logged in says that he was seen."""
        if request.user.is_authenticated and sessions.is_over(request):
            logout(request)
            messages.info(request, _("登录时间过长，或超过三十分钟没有操作，已自动退出。请重新登录。"))
        response = self.get_response(request)
        if request.user.is_authenticated:
            sessions.note_seen(request, response)
        return response


class Refusals:
    """拒绝: a refusal that a view did not answer itself becomes a page with its sentence, never a traceback."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer; the exceptions are seen below. An address that was only meant for a form gets a page too."""
        response = self.get_response(request)
        return wrong_method(request, response) if isinstance(response, HttpResponseNotAllowed) else response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """Answer a refusal; everything else is Django's."""
        return refused(request, problem) if isinstance(problem, Refusal) else None
