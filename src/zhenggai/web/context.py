"""What every page needs."""

from typing import Any

from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """The post from which the reader acts, for the page's head."""
    return {}
