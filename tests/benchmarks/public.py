"""A public page by two workers, beside a bare Django view that returns the same bytes from the same server: requests a second.

Serves on 127.0.0.1 only, from a data folder of its own, and ends what it started. The clients share the machine's processors with the servers.
"""

import contextlib
import multiprocessing
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.benchmarks.measure import Line
from tests.process.served import ROOT, environment, zhenggai

CLIENTS, EACH = 4, 400
"""Connections at once, and requests on each."""

_PREPARE = "from tests.unit.web.editions import *; keep(content(), corrected()); from zhenggai.web.public.keep import refresh; refresh()"
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)", re.IGNORECASE)


def run() -> Iterator[Line]:
    with tempfile.TemporaryDirectory() as name, environment(Path(name) / "data") as env:
        zhenggai(
            "account",
            "add",
            "bench",
            "--name",
            "测",
            "--role",
            "office",
            "--title",
            "测",
            "--unit",
            "测",
            env=env,
            typed="longenough-1\n",
        )
        zhenggai("manage", "shell", "-c", _PREPARE, env=env)
        page = Path(name) / "page.html"
        with _serving(["-m", "zhenggai.config.command", "serve", "--port"], [], env) as port:
            page.write_bytes(_get(port, "/public/LJ-2026-W01/1/"))
            ours = {
                path: _seconds(port, path)
                for path in ("/public/LJ-2026-W01/1/", "/public/", "/public/?q=%E8%B5%84%E9%87%91")
            }
        with _serving(["-m", "tests.benchmarks.bare"], [str(page)], env) as port:
            floor = _seconds(port, "/")
        names = (
            f"public page, {page.stat().st_size // 1024} kB, 2 workers",
            "list of public documents",
            "search",
        )
        for said, taken in zip(names, ours.values(), strict=True):
            yield Line(said, taken, "bare view", floor, CLIENTS * EACH, "requests")


@contextlib.contextmanager
def _serving(command: list[str], more: list[str], env: Mapping[str, str]) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen([sys.executable, *command, str(port), *more], env=env, cwd=ROOT)
    try:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(timeout=60)


def _seconds(port: int, path: str) -> float:
    """So many clients at once, each with so many requests on one connection, after some that are not counted."""
    for _ in range(20):
        _get(port, path)
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.starmap(_ask, [(port, path, 5)] * 2)
        start = time.perf_counter()
        pool.starmap(_ask, [(port, path, EACH)] * CLIENTS, chunksize=1)
        return time.perf_counter() - start


def _get(port: int, path: str) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        return _answer(line, path)


def _ask(port: int, path: str, times: int) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=30) as line:
        for _ in range(times):
            _answer(line, path)


def _answer(line: socket.socket, path: str) -> bytes:
    """Ask once and read the whole answer, over a plain socket, as the client's own time is counted too."""
    line.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
    data = b""
    while b"\r\n\r\n" not in data:
        data += line.recv(65536)
    head, _, body = data.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    found = _LENGTH.search(head)
    assert found is not None, head
    while len(body) < int(found.group(1)):
        body += line.recv(65536)
    return body
