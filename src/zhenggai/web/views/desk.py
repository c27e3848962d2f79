"""读件台."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from zhenggai.ledger.models import Reading
from zhenggai.ledger.states import Kind
from zhenggai.parties.models import Post
from zhenggai.web import queries
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.answers import page
from zhenggai.web.desk.address import Address
from zhenggai.web.desk.desk import Desk
from zhenggai.web.forms import CorrectionForm, entered

PARTS = ("ledger", "detail")


@require_safe
@posted
def desk(request: PageRequest, post: Post, reading_id: int) -> HttpResponse:
    """A document and what was read from it, side by side."""
    reading = queries.reading_or_404(post, reading_id)
    return show(request, post, reading, Address.of(request.GET))


def show(  # what an act that was refused adds to the page
    request: PageRequest,
    post: Post,
    reading: Reading,
    address: Address,
    *,
    form: CorrectionForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """Answer with the desk, or with the part of it that htmx asked for."""
    desk = Desk(reading, address, post)
    chosen = desk.chosen
    if form is None and chosen is not None:
        kind = Kind(chosen.kind)
        form = CorrectionForm(kind, initial=entered(kind, chosen.current))
    context = {"desk": desk, "reading": reading, "form": form, "refusal": refusal}
    answer = page(request, "web/desk.html", context, parts=PARTS, status=status)
    if request.htmx and request.method == "POST":
        # What was refused leaves the reader at the desk, not at the address of the act.
        answer["HX-Replace-Url"] = desk.here
    return answer
