"""Refusals and errors as pages within the shell: what happened, and what to do."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils.translation import gettext as _

from zhenggai.bulletins.pasting import PasteRefused
from zhenggai.bulletins.rules import WrongText
from zhenggai.core.errors import NotFound, NotPermitted, Refusal
from zhenggai.evidence.kinds import FileRefused
from zhenggai.indicators.rules import ImpossibleFigure, WrongFigure
from zhenggai.ledger.handling.rules import WrongContent
from zhenggai.ledger.kinds import ImpossibleContent

_WRONG = (
    ImpossibleContent, ImpossibleFigure, WrongFigure, WrongContent, FileRefused, WrongText, PasteRefused,
)  # fmt: skip
"""Refusals of what was entered."""


def status_of(refusal: Refusal) -> int:
    """HTTP status of a refusal: 403 may not, 404 is not there, 422 wrong content, 409 not now."""
    if isinstance(refusal, NotPermitted):
        return HTTPStatus.FORBIDDEN
    if isinstance(refusal, NotFound):
        return HTTPStatus.NOT_FOUND
    if isinstance(refusal, _WRONG):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.CONFLICT


def refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a refusal with its sentence."""
    return error_page(request, _("未能办理"), refusal.sentence, status_of(refusal))


def wrong_method(request: HttpRequest, answer: HttpResponseNotAllowed) -> HttpResponse:
    """Answer somebody who opened an address to which only a form is sent."""
    sentence = _("该地址只用于提交表单，不能直接打开。请从检查列表重新进入。")
    response = error_page(request, _("不能直接打开"), sentence, HTTPStatus.METHOD_NOT_ALLOWED)
    response["Allow"] = answer["Allow"]
    return response


def error_page(request: HttpRequest, title: str, sentence: str, status: int) -> HttpResponse:
    """Answer with an error page; an htmx request gets its main part, put where the page's main part stands."""
    asked_by_htmx = bool(getattr(request, "htmx", False))
    template = "web/error.html#main" if asked_by_htmx else "web/error.html"
    context = {"title": title, "sentence": sentence, "status": int(status)}
    response = render(request, template, context, status=status)
    if asked_by_htmx:
        response["HX-Retarget"], response["HX-Reswap"] = "#main", "innerHTML"
    return response
