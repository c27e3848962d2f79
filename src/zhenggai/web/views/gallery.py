"""组件陈列."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from zhenggai.parties.models import Post
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.answers import page
from zhenggai.web.gallery import SHELVES


@require_safe
@posted
def gallery(request: PageRequest, _post: Post) -> HttpResponse:
    """Every component of the design system, with its attributes and how it looks."""
    return page(request, "web/gallery.html", {"shelves": SHELVES})
