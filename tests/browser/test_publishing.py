"""From the living inspection to the published edition: the waiting draft settled, approved by three others, published, and checked by a stranger."""

import io
import json
import pathlib
import re
import subprocess
import sys
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urldefrag, urljoin

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import WIDE, Desk, picture, running
from tests.process.served import environment, zhenggai
from zhenggai.config.living.publication import CONTRADICTED, STALE, UNBOUND

pytestmark = pytest.mark.browser

CODE = "2025-XS-01-W01"
WAIVED = "督办次数以会议记录为准，不列入指标"
CORRECTION = "更新应急避难场所数字，补充督办情况"
"""As the draft that waits says what it corrects."""


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the demo as it is first started."""
    folder = tmp_path_factory.mktemp("demo") / "data"
    with environment(folder) as env:
        zhenggai("demo", "--no-serve", env=env)
        with running(folder, env) as address:
            yield address


def at(browser: Browser, origin: str, who: str, path: str = "") -> Desk:
    desk = Desk(browser, origin, WIDE)
    desk.log_in(who)
    desk.go(path or f"/inspections/{CODE.rpartition('-')[0]}/bulletins/")
    return desk


def stranger(browser: Browser, origin: str) -> Desk:
    """Somebody without a log-in, whose browser runs no scripts."""
    return Desk(browser, origin, WIDE, java_script_enabled=False)


def settle(page: Page) -> None:
    """Deal with the three figures that wait, each in its way."""
    for state in ("stale", "contradicted", "unbound"):
        expect(page.locator(f"a.fig-{state}")).to_have_count(1)
    page.locator("a.fig-stale").click()
    expect(page.locator("#panel")).to_contain_text(STALE[2])
    page.locator("#panel").get_by_role("button", name="按现值改写").click()
    expect(page.locator("a.fig-stale")).to_have_count(0)
    said, wrong = CONTRADICTED
    paragraph = page.locator(".para", has_text=wrong)
    key = (paragraph.get_attribute("id") or "").removeprefix("p-")
    page.goto(f"{page.url.partition('?')[0].partition('#')[0]}?edit={key}")
    box = page.locator("#typing-text")
    box.fill(box.input_value().replace(wrong, said))
    page.get_by_role("button", name="保存").click()
    expect(page.locator("a.fig-contradicted")).to_have_count(0)
    page.locator("a.fig-unbound").click()
    panel = page.locator("#panel")
    panel.locator("#waive summary").click()
    panel.locator("[name=reason]").fill(WAIVED)
    panel.get_by_role("button", name="确认免予绑定").click()
    expect(page.locator("a.fig-unbound")).to_have_count(0)


def decide(page: Page, address: str, deed: str, reason: str = "") -> None:
    """Take an act of the review panel, which asks once more."""
    page.goto(f"{address}?panel=review")
    act = page.locator(f"#{deed}")
    act.locator("summary").click()
    if reason:
        act.locator("[name=reason]").fill(reason)
    act.locator("button[type=submit]").click()
    expect(page.locator("#messages .message").first).to_be_visible()


def everything(origin: str) -> dict[str, str]:
    """All that can be reached under /public/, by its address: pages, data and the words of the Word file."""
    found: dict[str, str] = {}
    waiting = [f"{origin}/public/"]
    while waiting:
        address = waiting.pop()
        with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310  # our own address
            body, kind = answer.read(), answer.headers.get_content_type()
        if kind.endswith("wordprocessingml.document"):
            body = zipfile.ZipFile(io.BytesIO(body)).read("word/document.xml")
        found[address] = body.decode(errors="replace")
        if kind == "text/html":
            links = re.findall(r'(?:href|src)="([^"]+)"', found[address])
            known = {*found, *waiting}
            fresh = {urldefrag(urljoin(address, link))[0] for link in links} - known
            waiting += sorted(link for link in fresh if link.startswith(f"{origin}/public/"))
    return found


def test_from_the_waiting_draft_to_an_edition_that_a_stranger_checks(
    browser: Browser, origin: str, pictures: pathlib.Path, tmp_path: pathlib.Path
):
    nothing_of_the_draft(browser, origin)
    office = at(browser, origin, "office")
    page = office.page
    page.locator("tr", has_text="第 2 版").locator("a").first.click()
    address = page.url.partition("?")[0]
    settle(page)
    picture(page, pictures / "publishing-settled.png")
    decide(page, address, "submit")
    expect(page.locator("main .badge").first).to_contain_text("送审")
    for who, state in (("office2", "送审"), ("supervisor", "送审"), ("leader", "审定")):
        other = at(browser, origin, who, address.removeprefix(origin))
        decide(other.page, address, "approve", "同意")
        expect(other.page.locator("main .badge").first).to_contain_text(state)
        assert other.faults == [], who
        other.context.close()
    decide(page, address, "publish")
    expect(page).to_have_url(re.compile("/editions/[0-9]+/"))
    assert office.faults == []
    office.context.close()

    citizen = stranger(browser, origin)
    reads(citizen, pictures)
    checks(citizen, tmp_path)
    assert citizen.context.cookies() == []
    assert citizen.faults == []
    citizen.context.close()


def nothing_of_the_draft(browser: Browser, origin: str) -> None:
    """Before publication neither the text of the waiting draft nor its being there can be seen from outside."""
    desk = stranger(browser, origin)
    for path in (f"{CODE}/2/", f"{CODE}/2/edition.json", f"{CODE}/2/changes/"):
        assert desk.page.request.get(f"{origin}/public/{path}").status == 404, path
    desk.go("/public/?q=现场督办23次")
    assert UNBOUND[:10] not in desk.page.content()
    assert desk.faults == []
    assert desk.context.cookies() == []
    desk.context.close()
    public = everything(origin)
    assert {f"{origin}/public/{CODE}/1/{name}" for name in ("", "edition.json", "edition.docx")} <= set(
        public
    )
    assert CONTRADICTED[0] in public[f"{origin}/public/{CODE}/1/edition.json"]
    for address, text in public.items():
        for words in (UNBOUND[:15], CONTRADICTED[1], CORRECTION, f"{CODE}/2", STALE[3]):
            assert words not in text, address


def reads(citizen: Desk, pictures: pathlib.Path) -> None:
    """The newest edition from the list, a figure with what is behind it, and what was changed and why."""
    citizen.go("/public/")
    page = citizen.page
    page.locator("main a", has_text="整改").first.click()
    expect(page.locator(".facts")).to_contain_text("第 2 版")
    paper = page.locator("#text")
    expect(paper).to_contain_text(UNBOUND)
    expect(paper).to_contain_text(CONTRADICTED[0])
    expect(page.locator(".banner")).to_contain_text(CORRECTION)
    figure = paper.locator("a.figure", has_text=f"{STALE[2]}处").first
    figure.click()
    entry = page.locator(f"#figures li#{urldefrag(page.url)[1]}")
    expect(entry).to_be_in_viewport()
    for words in (f"{STALE[2]}处", "口径", "截至", "单位填报", STALE[0]):
        expect(entry).to_contain_text(words)
    waived = page.locator("#figures li.is-waived", has_text="23次")
    expect(waived).to_contain_text(WAIVED)
    picture(page, pictures / "publishing-figure.png")
    page.locator(".banner a", has_text="看改了什么").click()
    expect(page.locator("h1")).to_have_text("第 2 版改了什么")
    changes = page.locator("main")
    for words in (STALE[2], STALE[1].rstrip("处"), UNBOUND[:10], CORRECTION):
        expect(changes).to_contain_text(words)


def verify(folder: pathlib.Path) -> tuple[int, str]:
    """What the program that the page offers says of the files that it offers and of the page."""
    given = ("--edition", "edition.json", "--page", "page.html", "--head", "head.json")
    done = subprocess.run(
        [sys.executable, "verify_journal.py", *given],
        cwd=folder, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stderr == ""
    return done.returncode, done.stdout


def checks(citizen: Desk, folder: pathlib.Path) -> None:
    """What the stranger takes along agrees; whatever is changed in it is told in a sentence."""
    base = f"/public/{CODE}/2/"
    citizen.go(base)
    saved = citizen.page.request.get(f"{citizen.origin}{base}")
    (folder / "page.html").write_bytes(saved.body())
    citizen.page.get_by_role("link", name="自己核验").first.click()
    for name in ("edition.json", "head.json", "verify_journal.py"):
        with citizen.page.expect_download() as taken:
            citizen.page.get_by_role("link", name=name).first.click()
        taken.value.save_as(folder / name)
    status, said = verify(folder)
    assert status == 0, said
    assert "一字不差" in said

    shown = (folder / "page.html").read_text(encoding="utf-8")
    changed = shown.replace(f">{STALE[2]}处<", ">61处<", 1)
    assert changed != shown
    is_told(folder, "page.html", changed, "61处")
    whole = (folder / "edition.json").read_text(encoding="utf-8")
    for change, word in ((_digit, "摘要不符"), (_evidence, "摘要不符"), (_closure, "摘要不符")):
        package = json.loads(whole)
        change(package["content"])
        is_told(folder, "edition.json", json.dumps(package, ensure_ascii=False), word)
    # Whoever also reckons the digest anew is told by the journal, which signed another.
    package = json.loads(whole)
    _closure(package["content"])
    package["digest"] = _digest(folder, package["content"])
    is_told(folder, "edition.json", json.dumps(package, ensure_ascii=False), "日志所定的不是这一版")


def is_told(folder: pathlib.Path, name: str, changed: str, words: str) -> None:
    """A changed file is found out; afterwards it is as it was, and agrees again."""
    file = folder / name
    before = file.read_bytes()
    file.write_text(changed, encoding="utf-8")
    status, said = verify(folder)
    assert (status, said[:1]) == (1, "✗"), said
    assert words in said
    file.write_bytes(before)
    assert verify(folder)[0] == 0


def _digit(content: dict[str, Any]) -> None:
    figure = next(each for each in content["figures"] if each["text"].startswith(STALE[2]))
    figure["value"] = "61"


def _evidence(content: dict[str, Any]) -> None:
    closure = next(each for each in content["closures"] if each["evidence"])
    closure["evidence"][0] = "0" * 64


def _closure(content: dict[str, Any]) -> None:
    content["closures"].append({**content["closures"][0], "number": 999})


def _digest(folder: pathlib.Path, content: dict[str, Any]) -> str:
    """The digest of changed content, reckoned by the verifier's own functions."""
    program: dict[str, Any] = {"__name__": "verifier"}
    exec((folder / "verify_journal.py").read_text(encoding="utf-8"), program)  # noqa: S102  # our own program, as a stranger would use it
    hashed: Callable[[str, bytes], bytes] = program["hashed"]
    return hashed("sha256", program["EDITION_DOMAIN"] + program["canonical"](content)).hex()
