"""The floor of the public pages: ``python -m tests.benchmarks.bare PORT FILE`` serves a Django view that returns a file's bytes, and nothing else.

No middleware, no database; the same server, workers and threads as ``zhenggai serve``.
"""

import sys
from pathlib import Path


def main() -> None:
    from django.conf import settings
    from django.http import HttpRequest, HttpResponse
    from django.urls import path

    port, body = int(sys.argv[1]), Path(sys.argv[2]).read_bytes()
    settings.configure(
        SECRET_KEY="bare", ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__, MIDDLEWARE=[], INSTALLED_APPS=[],
        WSGI_APPLICATION="django.core.wsgi.get_wsgi_application",
    )  # fmt: skip

    def bare(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(body, headers={"Content-Length": str(len(body))})

    globals()["urlpatterns"] = [path("", bare)]
    import django

    django.setup()
    from unittest import mock

    from django.core.wsgi import get_wsgi_application

    from zhenggai.config.commands import serve

    application = get_wsgi_application()
    with (
        mock.patch.dict(sys.modules, {"zhenggai.config.wsgi": mock.Mock(application=application)}),
        mock.patch.object(serve, "_begin_daily", lambda _worker: None),  # noqa: PT008  # the server counts its parameters
    ):
        serve.serve("127.0.0.1", port, 2)


if __name__ == "__main__":
    main()
