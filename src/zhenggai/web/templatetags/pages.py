"""Tags and filters of the pages' templates."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from zhenggai.bulletins.models import Edition
from zhenggai.web.labels import named as _named
from zhenggai.web.public.site import edition_path
from zhenggai.web.worklist import item_path

register = template.Library()


@register.filter
def named(label: str) -> str:
    """Show an official term in the reader's language."""
    return _named(label)


@register.filter
def item_href(number: int, code: str) -> str:
    """Address of the page of an item, by its number in an inspection."""
    return item_path(code, number)


@register.simple_block_tag
def component(content: SafeString, name: str, **attributes: Any) -> SafeString:
    """Put content into a component: ``{% component "card" title=… %}…{% endcomponent %}``. The gallery documents the attributes."""
    return render_to_string(f"_components/{name}.html", {**attributes, "content": content})


@register.filter
def plain_number(value: Decimal | None) -> str:
    """A stored value without the zeros that only fill its places: 2888800.000000 → 2,888,800."""
    if value is None:
        return ""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def public_href(edition: Edition) -> str:
    """Address of the public page of an edition."""
    return reverse("web:public_page", args=[edition_path(edition.code, edition.number)])


@register.filter
def titled(code: str, titles: Mapping[str, str]) -> str:
    """The title of a post by its code, where it is among those that were looked up."""
    return titles.get(code, code)


@register.filter
def value_of(table: Mapping[Any, Any], key: Any) -> Any:
    """The entry of a table under a key that the template only knows by name."""
    return table.get(key)
