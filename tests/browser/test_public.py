"""What citizens see: wide, narrow and on paper, without scripts, axe-clean; the same pages from a server and as files."""

import pathlib
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from tests.browser.conftest import NARROW, WIDE, Desk, picture, serving

pytestmark = pytest.mark.browser

SIZES = {"wide": WIDE, "narrow": NARROW}
PAGES = {
    "list": "", "document": "LJ-2026-W01/", "earlier": "LJ-2026-W01/1/#f3", "changes": "LJ-2026-W01/2/changes/",
    "check": "LJ-2026-W01/2/check/", "dictionary": "dictionary/",
}  # fmt: skip
LIVE = {"search": "?q=农户", "nothing": "?q=没有这个词", "missing": "none/"}

PREPARE = """
from pathlib import Path
from tests.unit.web.editions import content, corrected, keep
keep(content(), corrected())
from zhenggai.web.public.static import write_site
write_site(Path({site!r}))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return tmp_path_factory.mktemp("public") / "site"


@pytest.fixture(scope="module")
def public(site: pathlib.Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of a system with two public editions; their pages stand in the folder of ``site`` as well."""
    with serving(tmp_path_factory.mktemp("served") / "data", PREPARE.format(site=str(site))) as address:
        yield address


def check(desk: Desk, name: str, width: int, pictures: pathlib.Path) -> None:
    picture(desk.page, pictures / f"public-{name}-{width}.png")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(desk.page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("size", SIZES)
def test_axe_and_overflow(browser: Browser, public: str, pictures: pathlib.Path, size: str):
    desk = Desk(browser, public, SIZES[size])
    for name, path in (PAGES | LIVE).items():
        desk.go(f"/public/{path}")
        check(desk, name, SIZES[size]["width"], pictures)
    assert [fault for fault in desk.faults if "404" not in fault] == []
    assert desk.context.cookies() == []
    desk.context.close()


def test_a_citizen_without_scripts_finds_a_figure_and_comes_back(browser: Browser, public: str):
    desk = Desk(browser, public, NARROW, java_script_enabled=False)
    page = desk.page
    desk.go("/public/")
    page.get_by_label("在标题和正文里查找").fill("农户")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="第 5 段").first.click()
    page.get_by_role("link", name="288.88万元").click()
    entry = page.locator("#f1")
    expect(entry).to_be_in_viewport()
    expect(entry).to_contain_text("2,888,800元")
    expect(entry).to_contain_text("单位填报")
    assert entry.evaluate("each => getComputedStyle(each).backgroundColor") == "rgb(255, 240, 184)"
    entry.get_by_role("link", name="回到正文").click()
    expect(page.locator("#t1")).to_be_in_viewport()
    page.get_by_role("link", name="自己核验").first.click()
    expect(page.locator("h1")).to_have_text("自己核验")
    with page.expect_download() as taken:
        page.get_by_role("link", name="edition.json").first.click()
    assert taken.value.suggested_filename == "edition.json"
    assert desk.faults == []
    desk.context.close()


@pytest.mark.usefixtures("public")
def test_the_files_work_without_a_server_and_without_scripts(browser: Browser, site: pathlib.Path):
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)
    page = context.new_page()
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto((site / "index.html").as_uri())
    page.locator(".documents a").first.click()
    page.get_by_role("link", name="看改了什么").click()
    expect(page.locator("h1")).to_have_text("第 2 版改了什么")
    page.get_by_role("link", name="第 1 版").click()
    expect(page.locator(".banner")).to_contain_text("这一版已被更正")
    assert (
        page.locator(".paper").evaluate("each => getComputedStyle(each).backgroundColor")
        == "rgb(255, 255, 255)"
    )
    page.get_by_role("link", name="数据字典").first.click()
    expect(page.locator("h1")).to_have_text("数据字典")
    page.get_by_role("link", name="全部文稿").first.click()
    expect(page.locator("h1")).to_have_text("整改情况公开文稿")
    assert failed == []
    context.close()


def test_on_paper(browser: Browser, public: str, pictures: pathlib.Path):
    """A4; the QR code is printed, addresses of figures and what can only be clicked are not."""
    desk = Desk(browser, public, NARROW)
    desk.go("/public/LJ-2026-W01/")
    desk.page.emulate_media(media="print")
    desk.page.pdf(path=pictures / "public-print.pdf", prefer_css_page_size=True)
    expect(desk.page.locator(".qr img")).to_be_visible()
    for hidden in (".masthead nav", ".contents", "#files", ".back >> nth=0", ".hint >> nth=0"):
        expect(desk.page.locator(hidden)).to_be_hidden()
    drawn = desk.page.evaluate(
        "[...document.querySelectorAll('a.figure')].map(each => getComputedStyle(each, '::after').content)"
    )
    assert set(drawn) == {"none"}
    desk.context.close()
