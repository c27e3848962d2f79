"""What every page needs."""

from typing import Any

from django.http import HttpRequest

from zhenggai.parties.states import Role
from zhenggai.web.access import ITEMS, acting_post
from zhenggai.web.worklist import HANDLERS


def shell(request: HttpRequest) -> dict[str, Any]:
    """The post from which the reader acts, and which places it may go to, for the page's head."""
    post = acting_post(request)
    role = Role(post.role) if post else None
    return {
        "acting_post": post,
        "acting_role": role.label if role else "",
        "has_work": role in HANDLERS,
        "sees_items": role in ITEMS,
        "may_read_in": role is Role.OFFICE,
    }
