"""网址: addresses that people type. Plain Python."""

from urllib.parse import urlsplit

_UNWELCOME = frozenset(" <>\"'\\^`{|}")


def web_address(written: str) -> str:
    """An address of web pages as it can stand before a path, without ``/`` at its end.

    ValueError unless it is http or https with a host, and has no name of a user, no query and no fragment.
    """
    parts = urlsplit(written)
    _ = parts.port  # ValueError unless it is a port
    plain = all(sign.isprintable() and sign not in _UNWELCOME for sign in written)
    if parts.scheme not in ("http", "https") or not parts.hostname or "@" in parts.netloc or not plain:
        raise ValueError(written)
    if parts.query or parts.fragment or written.endswith(("?", "#")):
        raise ValueError(written)
    return written.rstrip("/")
