"""From where a request comes, for the throttling of log-ins."""

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """Address of the client: of the connection, or, behind our own proxy (ZHENGGAI_PROXY=1), the last one that the proxy noted.

    What stands before it in the header was written by the client itself and proves nothing.
    """
    noted = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_PROXY else ""
    return noted.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
