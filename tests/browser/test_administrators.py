"""Administrators set up their second factor and do their part of the work; their pages, wide and narrow, are fit for everybody."""

import pathlib
import re
from collections.abc import Iterator

import pyotp
import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import NARROW, WIDE, Desk, serving
from tests.browser.test_every_page import check
from zhenggai.config.living.cast import PASSWORD

pytestmark = pytest.mark.browser

PREPARE = f"""
from zhenggai.journal.heads import sign_head
from zhenggai.parties.actions import establish_post, open_account, register_organisation
from zhenggai.parties.permissions import System
from zhenggai.parties.queries import person_by_username
from zhenggai.parties.states import OrganisationLevel, Role
by = System("tests")
city = register_organisation(name="岚江市", level=OrganisationLevel.CITY, by=by)
register_organisation(name="浅溪县", level=OrganisationLevel.COUNTY, parent=city, by=by)
for role, name in ((Role.SYSTEM, "沈系统"), (Role.SECURITY, "安保全"), (Role.AUDIT, "施审计")):
    open_account(username=role.value, name=name, password="{PASSWORD}", title=role.label + "岗", unit="岚江市", role=role, by=by)
establish_post(code="second", title="监督岗", organisation=city, role=Role.SUPERVISOR, holder=person_by_username("reader"), by=by)
sign_head()
"""

PAGES = {
    "system": ["/account/", "/admin/people/", "/admin/people/new/", "/admin/organisations/", "/admin/organisations/new/"],
    "security": [
        "/admin/posts/", "/admin/posts/?show=closed", "/admin/posts/new/", "/admin/posts/1/seat/", "/admin/posts/people/",
        "/admin/posts/people/1/disable/",
    ],
    "audit": ["/admin/journal/", "/admin/journal/?who=nobody"],
}  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(tmp_path_factory.mktemp("administered") / "data", PREPARE) as served:
        yield served


@pytest.mark.parametrize("who", PAGES)
def test_setting_up_and_every_page(browser: Browser, address: str, pictures: pathlib.Path, who: str):
    desk = Desk(browser, address, WIDE)
    desk.give_password(who)
    expect(desk.page.locator("#messages")).to_contain_text("管理员须先设置第二因素")
    desk.page.get_by_role("button", name="开始设置").click()
    expect(desk.page.locator("img.qr")).to_be_visible()
    check(desk.page, f"{who}-set-up", WIDE["width"], pictures)
    secret = desk.page.locator("code.secret").inner_text().replace(" ", "")
    desk.page.fill("[name=code]", pyotp.TOTP(secret).now())
    desk.page.get_by_role("button", name="启用第二因素").click()
    expect(desk.page.locator("#messages")).to_contain_text("第二因素已启用")
    for size in (WIDE, NARROW):
        desk.page.set_viewport_size(size)
        for path in PAGES[who]:
            desk.go(path)
            check(desk.page, who + re.sub(r"\W+", "-", path), size["width"], pictures)
    assert desk.faults == []
    desk.context.close()


def test_the_code_after_the_password(browser: Browser, address: str, pictures: pathlib.Path):
    desk = Desk(browser, address, NARROW)
    desk.give_password("system")
    expect(desk.page.locator("h1")).to_have_text("输入动态码")
    check(desk.page, "code", NARROW["width"], pictures)
    desk.context.close()


def test_changing_posts(browser: Browser, address: str, pictures: pathlib.Path):
    for size in (WIDE, NARROW):
        desk = Desk(browser, address, size)
        desk.log_in("reader")
        desk.page.locator(".switch summary").click()
        check(desk.page, "switch", size["width"], pictures)
        desk.page.locator(".switch-to button").first.click()
        expect(desk.page.locator("#messages")).to_contain_text("岗位办理")
        assert desk.faults == []
        desk.context.close()
