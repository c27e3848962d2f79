"""What every page needs."""

from typing import Any

from django.http import HttpRequest

from zhenggai.parties.states import Role
from zhenggai.web.access import acting_post


def shell(request: HttpRequest) -> dict[str, Any]:
    """The post from which the reader acts, for the page's head."""
    post = acting_post(request)
    return {"acting_post": post, "acting_role": Role(post.role).label if post else ""}
