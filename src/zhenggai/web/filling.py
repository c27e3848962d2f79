"""一张表单: a page that asks for what one act needs, and does it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from zhenggai.core.errors import Refusal
from zhenggai.web.access import PageRequest
from zhenggai.web.answers import page
from zhenggai.web.refusals import status_of

REFUSED = 422


@dataclass(frozen=True)
class Sheet:
    """What stands around a form: title, the button and its look, the list from which it was opened, a hint, and what its fields offer."""

    title: str
    button: str
    back: tuple[str, str]
    hint: str = ""
    look: str = "primary"
    why_not: str = ""
    facts: Sequence[tuple[str, str]] = ()
    offers: Mapping[str, Sequence[tuple[str, str]]] = field(default_factory=dict)


def fill_in(
    request: PageRequest, form: forms.Form, sheet: Sheet, act: Callable[[dict[str, Any]], str]
) -> HttpResponse:
    """Show the form; when it was sent, do the act and go back to the list with what it says, or say what was refused and keep the form."""
    status = 200
    if form.is_bound:
        status = REFUSED
        if form.is_valid():
            try:
                messages.success(request, act(form.cleaned_data))
            except Refusal as refusal:
                named = str(refusal.facts.get("field", ""))
                form.add_error(named if named in form.fields else None, refusal.sentence)
                status = status_of(refusal)
            else:
                return redirect(sheet.back[1])
    return page(request, "web/sheet.html", {"form": form, "sheet": sheet}, status=status)
