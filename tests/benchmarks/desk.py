"""The reading desk of the sample against a bare Django view that reads the same proposals and returns the same number of bytes."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.test import Client, RequestFactory

from tests.benchmarks.measure import Line, seconds
from tests.conftest import SAMPLES
from zhenggai.ledger.imports import read_file
from zhenggai.ledger.models import Proposal
from zhenggai.parties.models import Post


def run() -> Iterator[Line]:
    by = Post.objects.get(code="bench")
    data = (SAMPLES / "lanjiang-2026.txt").read_bytes()
    reading = read_file(name="lanjiang-2026.txt", data=data, by=by).reading
    client = Client()
    client.force_login(by.holder, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/readings/{reading.pk}/"
    size = len(client.get(address).content)
    request = RequestFactory().get(address)

    def bare() -> HttpResponse:
        rows = list(Proposal.objects.filter(reading=reading.pk).order_by("position"))
        text = "".join(f"<p>{row.path} {row.payload}</p>" for row in rows)
        return HttpResponse((text * (size // max(len(text), 1) + 1))[:size], request)

    def ours() -> None:
        assert client.get(address).status_code == 200

    yield Line(
        f"reading desk, {size // 1024} kB",
        seconds(ours, times=9),
        "bare view",
        seconds(bare, times=9),
        1,
        "pages",
    )
