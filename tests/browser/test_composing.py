"""Drafts in the browser: two people on one paragraph, a source that changed, a paste out of Word; every page wide and narrow."""

import json
import pathlib
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests import people
from tests.browser.conftest import NARROW, WIDE, Desk, picture, running
from tests.process.served import ROOT, environment

pytestmark = pytest.mark.browser

SIZES = {"wide": WIDE, "narrow": NARROW}
PAGES = {
    "drafts": "/inspections/{code}/bulletins/",
    "composer": "/bulletins/{draft}/",
    "figures": "/bulletins/{draft}/?panel=list",
    "checks": "/bulletins/{draft}/?panel=checks",
    "review": "/bulletins/{draft}/?panel=review",
    "insert": "/bulletins/{draft}/?insert=0",
    "composed": "/bulletins/{composed}/",
    "versions": "/bulletins/{draft}/versions/?old=1&new=2",
    "paragraph": "/bulletins/{shared}/versions/?paragraph={paragraph}",
    "naming": "/bulletins/{draft}/naming/",
    "edition": "/editions/{edition}/",
}

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style>p.MsoNormal{color:red}</style></head><body>
<p class=MsoNormal onclick="alert(1)">整治情况：<o:p></o:p></p><script>document.title='owned'</script>
<table border=1><tr><td>排口</td><td>46处</td></tr><tr><td>河道</td><td>12公里</td></tr></table></body></html>"""


@dataclass
class Stage:
    """The served system: its address, and the keys of what is in it."""

    origin: str
    facts: dict[str, object]

    def path(self, name: str) -> str:
        return PAGES[name].format(**self.facts)


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A system of its own with drafts in it, which serves until the tests of this module end."""
    folder = tmp_path_factory.mktemp("drafted") / "data"
    with environment(folder) as env:
        made = subprocess.run(
            [sys.executable, "-m", "tests.browser.drafted"],
            env=env, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        with running(folder, env) as origin:
            yield Stage(origin, json.loads(made.stdout.splitlines()[-1]))


def at(
    browser: Browser, stage: Stage, who: str = "office", size: dict[str, int] = WIDE, **options: object
) -> Desk:
    desk = Desk(browser, stage.origin, size, **options)
    desk.log_in(who, people.PASSWORD)
    return desk


def check(page: Page, name: str, pictures: pathlib.Path) -> None:
    width = page.viewport_size["width"]
    picture(page, pictures / f"{name}-{width}.png")
    assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("size", SIZES)
def test_axe_and_overflow(browser: Browser, stage: Stage, pictures: pathlib.Path, size: str):
    desk = at(browser, stage, size=SIZES[size])
    for name in PAGES:
        desk.go(stage.path(name))
        check(desk.page, f"bulletins-{name}", pictures)
    desk.go(stage.path("composer"))
    desk.page.locator(".tools summary").nth(1).click()
    check(desk.page, "bulletins-tools", pictures)
    assert desk.faults == []
    desk.context.close()


def test_two_editors_of_one_paragraph_get_a_merge_and_then_a_conflict(
    browser: Browser, stage: Stage, pictures: pathlib.Path
):
    path = f"/bulletins/{stage.facts['shared']}/?edit={stage.facts['paragraph']}"
    one, other = at(browser, stage, "office"), at(browser, stage, "office2")
    paragraph = f"#p-{stage.facts['paragraph']}"
    for desk in (one, other):
        desk.go(path)
    text = one.page.locator("#typing-text").input_value()
    write(one, text.replace("按月通报", "按季通报"))
    expect(one.page.locator(paragraph)).to_contain_text("按季通报")
    write(other, text.replace("稳步提升", "持续提升"))
    expect(other.page.locator("#messages")).to_contain_text("合并了")
    expect(other.page.locator(paragraph)).to_contain_text("按季通报")
    expect(other.page.locator(paragraph)).to_contain_text("持续提升")
    for desk in (one, other):
        desk.go(path)
    text = one.page.locator("#typing-text").input_value()
    write(one, text.replace("按季通报", "每周通报"))
    expect(one.page.locator(paragraph)).to_contain_text("每周通报")
    mine = text.replace("按季通报", "每旬通报")
    write(other, mine)
    expect(other.page.locator("#typing [role=alert]").first).to_contain_text("没有丢失")
    expect(other.page.locator("#typing-text")).to_have_value(mine)
    expect(other.page.locator("#theirs")).to_contain_text("每周通报")
    check(other.page, "bulletins-conflict", pictures)
    other.page.set_viewport_size(NARROW)
    check(other.page, "bulletins-conflict", pictures)
    other.page.get_by_role("button", name="保存").click()
    expect(other.page.locator(paragraph)).to_contain_text("每旬通报")
    assert [fault for fault in other.faults if "409" not in fault] == []
    for desk in (one, other):
        desk.context.close()


def write(desk: Desk, text: str) -> None:
    desk.page.fill("#typing-text", text)
    desk.page.get_by_role("button", name="保存").click()


def test_a_stale_figure_is_chosen_and_renewed(browser: Browser, stage: Stage):
    desk = at(browser, stage)
    desk.go(stage.path("composer"))
    page = desk.page
    stale = page.locator("a.fig-stale")
    expect(stale).to_contain_text("10户")
    stale.click()
    panel = page.locator("#panel")
    expect(panel).to_contain_text("现为 11户")
    expect(stale).to_have_attribute("aria-current", "true")
    panel.get_by_role("button", name="按现值改写").click()
    expect(page.locator("#messages")).to_contain_text("已按现值改写")
    expect(page.locator("a.fig-stale")).to_have_count(0)
    expect(page.locator("a.fig-bound", has_text="11户")).to_have_count(1)
    assert desk.faults == []
    desk.context.close()


PASTE = """([selector, markup, plain]) => {
  const data = new DataTransfer();
  data.setData("text/html", markup);
  data.setData("text/plain", plain);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.querySelector(selector).dispatchEvent(event);
}"""


def test_a_table_pasted_from_word_arrives_clean_and_is_read_at_once(browser: Browser, stage: Stage):
    desk = at(browser, stage)
    desk.go(stage.path("insert"))
    page = desk.page
    page.evaluate(PASTE, ["#typing-text", WORD, "排口 46处"])
    box = page.locator("#typing-text")
    expect(box).to_have_value("整治情况：\n排口\t46处\n河道\t12公里")
    expect(page.locator("#preview")).to_contain_text("46处")
    expect(page.locator("#preview .fig")).to_have_count(2)
    page.get_by_role("button", name="保存").click()
    expect(page.locator("#paper .p-row")).to_have_count(2)
    assert "owned" not in page.title()
    assert desk.faults == []
    desk.context.close()


def test_what_is_typed_is_read_while_it_is_typed(browser: Browser, stage: Stage):
    desk = at(browser, stage)
    desk.go(stage.path("insert"))
    desk.page.locator("#typing-text").press_sequentially("全市印发制度文件2项。")
    expect(desk.page.locator("#preview")).to_contain_text("保存后可绑定：印发制度文件")
    assert desk.faults == []
    desk.context.close()


def test_without_scripts(browser: Browser, stage: Stage):
    desk = at(browser, stage, java_script_enabled=False)
    desk.go(stage.path("composer"))
    page = desk.page
    page.locator("a.fig-contradicted").first.click()
    expect(page.locator("#panel")).to_contain_text("与来源不符")
    page.locator("#panel").get_by_role("searchbox").fill("制度")
    page.get_by_role("button", name="查找").click()
    expect(page.locator("#found")).to_contain_text("印发制度文件")
    page.get_by_role("link", name="检查", exact=True).last.click()
    expect(page.locator("#panel")).to_contain_text("必须处理")
    desk.go(stage.path("insert"))
    page.fill("#typing-text", "新增绿地5公顷。")
    page.get_by_role("button", name="预读").click()
    expect(page.locator("#preview")).to_contain_text("5公顷")
    expect(page.locator("#typing-text")).to_have_value("新增绿地5公顷。")
    desk.context.close()


def test_the_keyboard_reaches_figures_and_tools_in_the_order_of_the_text(browser: Browser, stage: Stage):
    desk = at(browser, stage)
    desk.go(stage.path("composer"))
    page = desk.page
    page.locator("#paper a.fig").first.focus()
    order = []
    for _ in range(4):
        order.append(page.evaluate("document.activeElement.id || document.activeElement.tagName"))
        page.keyboard.press("Tab")
    assert order[0].startswith("f-")
    page.locator(".tools summary").nth(1).focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tools[open]")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(page.locator(".tools[open]")).to_have_count(0)
    assert page.evaluate("document.activeElement.tagName") == "SUMMARY"
    desk.context.close()
