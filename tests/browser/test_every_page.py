"""Every page, wide and narrow: axe finds nothing, nothing overflows, and it works without scripts."""

import pathlib
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NARROW, WIDE, Desk, picture

pytestmark = pytest.mark.browser

SIZES = {"wide": WIDE, "narrow": NARROW}
PAGES = {
    "list": "/",
    "upload": "/readings/new/",
    "desk": "/readings/1/",
    "open": "/readings/1/?show=open&kind=figure",
    "none": "/readings/1/?show=changed",
    "item": "/readings/1/?item={item}",
    "ledger": "/inspections/{code}/",
    "figures": "/inspections/{code}/?section=figures",
    "claims": "/inspections/{code}/?section=claims",
    "results": "/inspections/{code}/?section=results",
    "editions": "/inspections/{code}/?section=editions",
    "work": "/work/",
    "indicators": "/indicators/",
    "define": "/indicators/new/",
    "problems": "/inspections/{code}/lists/problems/",
    "tasks": "/inspections/{code}/lists/tasks/",
    "duties": "/inspections/{code}/lists/duties/?schedule=open_ended",
    "roles": "/inspections/{code}/roles/",
    "unread": "/files/unread/",
    "gallery": "/gallery/",
}


@pytest.fixture(scope="module", params=SIZES)
def office(request: pytest.FixtureRequest, browser: Browser, served: str) -> Desk:
    desk = Desk(browser, served, SIZES[request.param])
    desk.log_in("office")
    return desk


@pytest.fixture(scope="module")
def facts(browser: Browser, served: str) -> dict[str, str]:
    """What stands in the addresses: an inspection's code and an item that has something to say."""
    desk = Desk(browser, served, WIDE)
    desk.log_in("office")
    desk.go("/")
    code = desk.page.locator("tbody th a").first.inner_text()
    desk.go("/readings/1/")
    item = desk.page.locator("#paper a.m-figure").nth(3).get_attribute("data-item") or ""
    desk.context.close()
    return {"code": code, "item": item}


def check(page: Page, name: str, width: int, pictures: pathlib.Path) -> None:
    picture(page, pictures / f"{name}-{width}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", PAGES)
def test_axe_and_overflow(office: Desk, facts: dict[str, str], pictures: pathlib.Path, name: str):
    office.go(PAGES[name].format(**facts))
    width = office.page.viewport_size["width"]
    check(office.page, name, width, pictures)
    assert office.faults == []


def test_open_forms(office: Desk, facts: dict[str, str], pictures: pathlib.Path):
    office.go(PAGES["item"].format(**facts))
    if office.page.viewport_size["width"] > 1000:
        office.page.locator("#keys summary").click()
        office.page.locator("#accept-all summary").click()
        office.page.locator(".legend summary").click()
    for name in ("correct", "reject"):
        office.page.locator(f"#{name} > summary").click()
    check(office.page, "forms", office.page.viewport_size["width"], pictures)


def test_errors(office: Desk, pictures: pathlib.Path):
    office.go("/no/such/page/")
    check(office.page, "not-found", office.page.viewport_size["width"], pictures)
    office.faults.clear()


@pytest.mark.parametrize("size", SIZES)
def test_log_in_page(browser: Browser, served: str, pictures: pathlib.Path, size: str):
    desk = Desk(browser, served, SIZES[size])
    desk.go("/login/")
    check(desk.page, "login", SIZES[size]["width"], pictures)
    desk.page.fill("[name=username]", "office")
    desk.page.fill("[name=password]", "wrong")
    desk.page.click("main button")
    expect(desk.page.locator("main [role=alert]")).to_contain_text("登录名或密码不正确")
    check(desk.page, "login-wrong", SIZES[size]["width"], pictures)
    desk.context.close()


def test_dark(browser: Browser, served: str, facts: dict[str, str], pictures: pathlib.Path):
    desk = Desk(browser, served, WIDE, color_scheme="dark")
    desk.log_in("office")
    for name in ("list", "item", "ledger", "gallery"):
        desk.go(PAGES[name].format(**facts))
        check(desk.page, f"dark-{name}", WIDE["width"], pictures)
    desk.context.close()


def test_at_twice_the_size(browser: Browser, served: str, facts: dict[str, str], pictures: pathlib.Path):
    """A window of 1280 pixels at 200 % is one of 640."""
    desk = Desk(browser, served, {"width": 640, "height": 512}, device_scale_factor=2)
    desk.log_in("office")
    for name in ("list", "item", "ledger", "figures"):
        desk.go(PAGES[name].format(**facts))
        picture(desk.page, pictures / f"zoomed-{name}.png")
        assert desk.page.evaluate("document.documentElement.scrollWidth") <= 640
    desk.context.close()


def test_without_scripts(browser: Browser, served: str, facts: dict[str, str], pictures: pathlib.Path):
    desk = Desk(browser, served, WIDE, java_script_enabled=False)
    desk.log_in("office")
    page = desk.page
    desk.go(PAGES["desk"].format(**facts))
    page.locator("#paper a.m-citation").first.click()
    page.wait_for_url(re.compile(r"\?item=\d+#m-\d+$"))
    expect(page.locator("#trees a[aria-current=true]")).to_have_count(1)
    expect(page.locator("#paper .is-chosen").first).to_be_in_viewport()
    picture(page, pictures / "no-script.png")
    page.locator("#detail").get_by_role("button", name=re.compile("^采纳")).click()
    expect(page.locator("#messages")).to_contain_text("已采纳")
    page.locator("#correct > summary").click()
    page.get_by_role("button", name="保存更正并采纳").click()
    expect(page.locator("#messages")).to_contain_text("已更正")
    desk.context.close()
