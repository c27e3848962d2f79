"""甲 reads a bulletin in, decides on it by mouse and by keyboard, reads in the next edition and exports; 乙 may only look."""

import json
import pathlib
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import NARROW, WIDE, Desk, picture
from tests.conftest import SAMPLES

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def office(browser: Browser, served: str) -> Desk:
    desk = Desk(browser, served, WIDE)
    desk.log_in("office")
    return desk


@pytest.fixture
def page(office: Desk) -> Page:
    return office.page


@pytest.fixture(autouse=True)
def _no_faults(office: Desk):
    """No fault on the console, and no request to elsewhere, in any step."""
    yield
    assert office.faults == []


def upload(page: Page, file: pathlib.Path) -> None:
    page.set_input_files("input[type=file]", file)
    page.click("#upload form button.button-primary")
    page.wait_for_url(re.compile(r"/readings/\d+/$"))


def chosen(page: Page) -> str:
    return page.get_attribute("#detail", "data-chosen") or ""


def test_1_a_document_is_one_click_from_its_inspection(office: Desk, page: Page, pictures: pathlib.Path):
    office.go("/")
    picture(page, pictures / "list.png")
    page.get_by_role("link", name=re.compile("读件台")).first.click()
    expect(page.locator("#paper")).to_contain_text("整改")
    picture(page, pictures / "desk.png")


def test_2_an_upload_shows_its_progress_and_leads_to_the_desk(
    office: Desk, page: Page, tmp_path: pathlib.Path
):
    document = (SAMPLES / "lanjiang-2026.txt").read_text(encoding="utf-8")
    other = tmp_path / "另一份通报.txt"
    other.write_text(
        document.replace("岚江", "汐港").replace("2025 年 8 月 19 日", "2025 年 9 月 2 日"), encoding="utf-8"
    )
    office.go("/readings/new/")
    page.evaluate(
        """() => {
            window.steps = [];
            const box = document.getElementById("upload-progress");
            new MutationObserver(() => window.steps.push(box.querySelector(".progress-label").textContent))
                .observe(box, { subtree: true, childList: true, characterData: true, attributes: true });
            addEventListener("pagehide", () => sessionStorage.setItem("steps", JSON.stringify(window.steps)));
        }"""
    )
    upload(page, other)
    steps = json.loads(page.evaluate("sessionStorage.getItem('steps')"))
    assert "正在上传" in steps
    assert "上传完成，正在读取，请稍候" in steps
    expect(page.locator("#messages")).to_contain_text("读入完成：新增")


def test_2_a_file_that_is_too_large_is_not_even_sent(office: Desk, page: Page):
    office.go("/readings/new/")
    page.evaluate("document.querySelector('form[data-upload]').dataset.limit = 10")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.method))
    page.set_input_files("input[type=file]", SAMPLES / "lanjiang-2026.txt")
    page.click("#upload form button.button-primary")
    page.wait_for_timeout(300)
    assert "文件超过上限" in page.eval_on_selector("input[type=file]", "file => file.validationMessage")
    assert sent == []
    page.go_back()


def test_3_choosing_by_mouse_shows_both_sides(page: Page, pictures: pathlib.Path):
    mark = page.locator("#paper a.m-figure").nth(5)
    item = mark.get_attribute("data-item") or ""
    mark.click()
    expect(page.locator("#detail")).to_have_attribute("data-chosen", item)
    expect(page.locator(f"#n-{item}")).to_have_attribute("aria-current", "true")
    expect(page.locator(f"#n-{item}")).to_be_in_viewport()
    assert f"item={item}" in page.url
    finding = page.locator("#trees .node-finding").nth(3)
    item = finding.get_attribute("data-item") or ""
    finding.click()
    expect(page.locator("#detail")).to_have_attribute("data-chosen", item)
    expect(page.locator(f"#m-{item}")).to_be_in_viewport()
    picture(page, pictures / "chosen.png")


def test_4_the_keyboard_goes_through_the_items(page: Page, pictures: pathlib.Path):
    before = chosen(page)
    page.keyboard.press("j")
    expect(page.locator("#detail")).not_to_have_attribute("data-chosen", before)
    assert page.evaluate("document.activeElement.id") == f"n-{chosen(page)}"
    page.keyboard.press("k")
    expect(page.locator("#detail")).to_have_attribute("data-chosen", before)
    page.keyboard.press("?")
    expect(page.locator("#keys dl")).to_be_visible()
    picture(page, pictures / "keys.png")
    page.keyboard.press("?")
    expect(page.locator("#keys dl")).to_be_hidden()


def test_5_accepting_by_key_goes_on_and_says_so(page: Page):
    before = chosen(page)
    page.keyboard.press("a")
    expect(page.locator("#messages")).to_contain_text("已采纳")
    expect(page.locator(f"#n-{before}")).to_have_attribute("data-state", "accepted")
    assert chosen(page) != before
    assert page.evaluate("document.activeElement.id") == "detail-title"


def test_6_keys_can_be_switched_off(page: Page):
    before = chosen(page)
    page.locator("#keys summary").click()
    page.uncheck("#keys-on")
    page.locator("#detail-title").focus()
    page.keyboard.press("j")
    page.wait_for_timeout(300)
    assert chosen(page) == before
    page.check("#keys-on")
    page.locator("#keys summary").click()


def test_7_a_correction_is_checked_and_entered(office: Desk, page: Page, pictures: pathlib.Path):
    figure = page.locator("#paper a.m-figure").nth(8)
    item = figure.get_attribute("data-item") or ""
    figure.click()
    expect(page.locator("#detail")).to_have_attribute("data-chosen", item)
    page.keyboard.press("c")
    page.fill("#field-value", "十二")
    page.get_by_role("button", name="保存更正并采纳").click()
    expect(page.locator("#detail [role=alert]")).to_contain_text("不是数值")
    assert page.input_value("#field-value") == "十二"
    picture(page, pictures / "refused.png")
    # The browser notes the refused request; nothing else may be noted.
    assert [fault for fault in office.faults if "422" not in fault] == []
    office.faults.clear()
    page.fill("#field-value", "12.5")
    page.fill("#field-reason", "与台账核对")
    page.get_by_role("button", name="保存更正并采纳").click()
    expect(page.locator("#messages")).to_contain_text("已更正")
    expect(page.locator(f"#n-{item}")).to_have_attribute("data-state", "corrected")


def test_8_a_rejection_asks_once_more_and_keeps_the_reason(page: Page):
    claim = page.locator("#paper a.m-claim").first
    item = claim.get_attribute("data-item") or ""
    claim.click()
    expect(page.locator("#detail")).to_have_attribute("data-chosen", item)
    page.keyboard.press("x")
    page.keyboard.type("未经核实")
    page.get_by_role("button", name="确认不采纳").click()
    expect(page.locator(f"#n-{item}")).to_have_attribute("data-state", "rejected")
    page.locator(f"#n-{item}").click()
    expect(page.locator("#detail .stories")).to_contain_text("未经核实")


def test_9_accept_all_and_export(office: Desk, page: Page, pictures: pathlib.Path):
    page.click("#accept-all summary")
    picture(page, pictures / "accept-all.png")
    page.get_by_role("button", name="确认全部采纳").click()
    expect(page.locator("#messages")).to_contain_text(re.compile(r"已采纳 \d+ 条。"), timeout=30_000)
    page.locator(".crumbs a").nth(1).click()
    expect(page.locator(".findings > li").first).to_be_visible()
    picture(page, pictures / "ledger.png")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="JSON").click()
    content = json.loads(pathlib.Path(waiting.value.path()).read_text(encoding="utf-8"))
    assert content["findings"]
    assert any(figure["value"] == "12.5" for figure in _walk(content) if "value" in figure)
    page.locator(".finding-side a", has_text="原文").first.click()
    expect(page.locator("#paper .is-within").first).to_be_in_viewport()


def _walk(value: object):
    """Every object within a JSON value."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from _walk(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk(inner)


def test_a_second_edition_shows_what_changed(office: Desk, page: Page, pictures: pathlib.Path):
    office.go("/readings/1/")
    page.click("#accept-all summary")
    page.get_by_role("button", name="确认全部采纳").click()
    expect(page.locator("#messages")).to_contain_text("已采纳", timeout=30_000)
    office.go("/readings/new/")
    upload(page, SAMPLES / "lanjiang-2026-edition-2.txt")
    page.locator(".filters a", has_text="有变化").click()
    page.locator("#trees a.node:not(.is-context)").first.click()
    expect(page.locator("#detail")).to_contain_text("与第 1 版的差异")
    expect(page.locator("#detail .diff ins").first).to_be_visible()
    picture(page, pictures / "changed.png")


def test_b_english(office: Desk, page: Page, pictures: pathlib.Path):
    page.get_by_role("button", name="English").click()
    expect(page.locator("#tree-title")).to_have_text("Ledger")
    picture(page, pictures / "english.png")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("#tree-title")).to_have_text("台账")


def test_c_a_reader_sees_greyed_buttons_and_why(browser: Browser, served: str, pictures: pathlib.Path):
    desk = Desk(browser, served, WIDE)
    desk.log_in("reader")
    desk.go("/")
    desk.page.get_by_role("link", name=re.compile("读件台")).last.click()
    desk.page.locator("#paper a.m-figure").first.click()
    expect(desk.page.locator("#why-not")).to_contain_text("须由整改办办理")
    for name in ("更正", "不采纳"):
        expect(desk.page.locator("#detail").get_by_role("button", name=name, exact=True)).to_be_disabled()
    picture(desk.page, pictures / "reader.png")
    assert desk.faults == []
    desk.context.close()


def test_d_on_a_telephone_one_part_at_a_time(browser: Browser, served: str, pictures: pathlib.Path):
    desk = Desk(browser, served, NARROW, has_touch=True, is_mobile=True)
    desk.log_in("office")
    desk.go("/readings/1/")
    expect(desk.page.locator("#trees")).to_be_hidden()
    picture(desk.page, pictures / "narrow-document.png")
    desk.page.locator(".desk-tabs a", has_text="台账").click()
    expect(desk.page.locator("#paper")).to_be_hidden()
    picture(desk.page, pictures / "narrow-ledger.png")
    desk.page.locator("#trees .node-finding").nth(1).click()
    expect(desk.page.locator("#detail-title")).to_be_visible()
    picture(desk.page, pictures / "narrow-detail.png")
    desk.page.get_by_role("link", name="在原文中查看").click()
    item = chosen(desk.page)
    expect(desk.page.locator(f"#m-{item}")).to_be_in_viewport()
    assert desk.faults == []
    desk.context.close()
