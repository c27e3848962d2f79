"""What every page needs."""

from typing import Any

from django.http import HttpRequest

from zhenggai.parties.states import ADMINISTRATORS, Role
from zhenggai.web.access import acting_post, held_posts
from zhenggai.web.routes import FIGURES, HANDLERS, LEDGER, home_of


def shell(request: HttpRequest) -> dict[str, Any]:
    """The post from which the reader acts, and the others that he holds, for the page's head."""
    post = acting_post(request)
    role = Role(post.role) if post else None
    return {
        "acting_post": post,
        "acting_role": role.label if role else "",
        "administers": role.value if role in ADMINISTRATORS else "",
        "other_posts": [
            (other, Role(other.role).label) for other in held_posts(request) if post and other.pk != post.pk
        ],
        "home": home_of(role),
        "has_work": role in HANDLERS,
        "sees_items": role in LEDGER,
        "sees_figures": role in FIGURES,
        "may_read_in": role is Role.OFFICE,
    }
