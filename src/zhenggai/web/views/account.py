"""账号与安全: one's own password and second factor."""

from typing import Any

import segno
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from zhenggai.core.errors import Refusal
from zhenggai.parties.actions import (
    WeakPassword,
    begin_factor,
    change_own_password,
    confirm_factor,
)
from zhenggai.parties.factors import factor_of, pending_secret, setup_address
from zhenggai.parties.models import Person
from zhenggai.parties.permissions import Oneself
from zhenggai.web.access import PageRequest, personal
from zhenggai.web.answers import page
from zhenggai.web.forms import CodeForm, OwnPasswordForm


@require_safe
@personal
def account(request: PageRequest, person: Person) -> HttpResponse:
    """One's own account."""
    return _show(request, person)


@require_POST
@personal
def own_password(request: PageRequest, person: Person) -> HttpResponse:
    """Change one's own password; this session goes on, all others end."""
    form = OwnPasswordForm(request.POST)
    if not form.is_valid():
        return _show(request, person, password=form)
    old, new = form.cleaned_data["old"], form.cleaned_data["new"]
    try:
        change_own_password(person=person, old=old, password=new, by=Oneself(person))
    except Refusal as refusal:
        form.add_error("new" if isinstance(refusal, WeakPassword) else "old", refusal.sentence)
        return _show(request, person, password=form)
    update_session_auth_hash(request, person)
    messages.success(request, _("密码已更换。在其他地方的登录已全部退出。"))
    return redirect("web:account")


@require_POST
@personal
def factor_begin(_request: PageRequest, person: Person) -> HttpResponse:
    """Begin to set up the second factor: a new secret to be read into the authenticator."""
    begin_factor(person=person, by=Oneself(person))
    return redirect("web:account")


@require_POST
@personal
def factor_confirm(request: PageRequest, person: Person) -> HttpResponse:
    """Let the second factor count, given a code; this session goes on, all others end."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _show(request, person, code=form)
    try:
        confirm_factor(person=person, code=form.cleaned_data["code"], by=Oneself(person))
    except Refusal as refusal:
        form.add_error("code", refusal.sentence)
        return _show(request, person, code=form)
    update_session_auth_hash(request, person)
    messages.success(request, _("第二因素已启用。今后登录时，输入密码后还须输入动态码。"))
    return redirect("web:account")


def _show(
    request: PageRequest,
    person: Person,
    *,
    password: OwnPasswordForm | None = None,
    code: CodeForm | None = None,
) -> HttpResponse:
    factor = factor_of(person)
    secret = "" if factor else pending_secret(person)
    context: dict[str, Any] = {
        "factor": factor,
        "secret": " ".join(secret[start : start + 4] for start in range(0, len(secret), 4)),
        "qr": segno.make(setup_address(person, secret), error="m").svg_data_uri(
            scale=5, border=4, light="#fff"
        )
        if secret
        else "",
        "password_form": password or OwnPasswordForm(),
        "code_form": code or CodeForm(),
    }
    return page(request, "web/account.html", context, status=422 if password or code else 200)
