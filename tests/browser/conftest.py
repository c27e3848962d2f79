"""A served system with its own data folder, and a browser that notes every fault."""

import os
import pathlib
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, Request, sync_playwright

from tests.conftest import SAMPLES
from tests.process.served import ROOT, environment, zhenggai
from zhenggai.config.living.cast import PASSWORD, UNITS

CHROMIUM = "/usr/bin/chromium"
WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a system with the sample open at the desk, which serves until the tests end."""
    with serving(tmp_path_factory.mktemp("browser") / "data") as address:
        yield address


@contextmanager
def serving(folder: pathlib.Path, prepare: str = "") -> Iterator[str]:
    """Serve a system with the sample open at the desk, in which some statements were run before; yields its address."""
    with environment(folder) as env:
        env.pop("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", None)
        _prepare(env)
        if prepare:
            zhenggai("manage", "shell", "-c", prepare, env=env)
        with running(folder, env) as address:
            yield address


@contextmanager
def running(folder: pathlib.Path, env: dict[str, str]) -> Iterator[str]:
    """Serve the system of a folder; yields its address."""
    port = free_port()
    command = [sys.executable, "-m", "zhenggai.config.command", "serve", "--port", str(port)]
    log = folder / "serve.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=env, cwd=ROOT, stdout=out, stderr=out)
        try:
            wait_for(f"http://127.0.0.1:{port}/healthz", process, log)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(timeout=30)


def _prepare(env: dict[str, str]) -> None:
    """The office, a reader, and the sample as it was read, nothing of it decided."""
    for role, name, title in (("office", "陈整改", "整改办经办人"), ("reader", "周查阅", "查阅人员")):
        words = ["--name", name, "--role", role, "--title", title, "--unit", UNITS["office"]]
        zhenggai("account", "add", role, *words, env=env, typed=f"{PASSWORD}\n")
    zhenggai("import", str(SAMPLES / "lanjiang-2026.txt"), "--as", "office", env=env)


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(url: str, process: subprocess.Popen[bytes], log: pathlib.Path) -> None:
    """Wait until a served system answers."""
    for _ in range(200):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  # our own address
                assert answer.status == 200
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server did not answer: {log.read_text(encoding='utf-8')}")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, headless. It ends with the module: while it runs, Django takes this thread for an asynchronous one."""
    if not pathlib.Path(CHROMIUM).exists():
        pytest.fail("no Chromium: make setup installs it")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM)
        yield chromium
        chromium.close()


class Desk:
    """One person's browser: it notes faults on the console, failed requests, and requests that leave the system."""

    def __init__(self, browser: Browser, origin: str, size: dict[str, int], **options: object) -> None:
        self.origin = origin
        self.faults: list[str] = []
        self.context = browser.new_context(viewport=size, accept_downloads=True, **options)
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.faults.append(f"error: {error}"))
        self.page.on("request", self._asked)

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.faults.append(f"{message.type}: {message.text} ({self.page.url})")

    def _asked(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in ("data", "blob") and f"{parts.scheme}://{parts.netloc}" != self.origin:
            self.faults.append(f"left the system: {request.url}")

    def go(self, path: str) -> None:
        self.page.goto(self.origin + path)

    def give_password(self, username: str, password: str = PASSWORD) -> None:
        self.go("/login/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", password)
        self.page.click("main button")

    def log_in(self, username: str, password: str = PASSWORD) -> None:
        self.give_password(username, password)
        self.page.wait_for_url(lambda url: url in (f"{self.origin}/work/", f"{self.origin}/"))


def picture(page: Page, path: pathlib.Path) -> None:
    """Take a picture; the caret stays, as hiding it would write styles into the page, which its policy forbids."""
    page.screenshot(path=path, caret="initial")


@pytest.fixture(scope="session")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """Where screenshots go: ZHENGGAI_PICTURES, else a temporary folder."""
    folder = pathlib.Path(os.environ.get("ZHENGGAI_PICTURES") or tmp_path_factory.mktemp("pictures"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder
