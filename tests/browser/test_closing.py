"""One problem from assignment to closure and back, through the pages, each step by somebody logged in for it; then in every state, for everybody."""

import json
import pathlib
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from tests import people
from tests.browser.conftest import NARROW, Desk, picture, running
from tests.process.served import ROOT, environment

pytestmark = pytest.mark.browser

SIZE = {"width": 1280, "height": 900}


@dataclass
class Stage:
    """The served system: its address, and which item is in which state."""

    origin: str
    facts: dict[str, object]

    def path(self, state: str) -> str:
        return f"/inspections/{self.facts['code']}/items/{self.facts[state]}/"


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A system of its own with the whole cast, which serves until the tests of this module end."""
    folder = tmp_path_factory.mktemp("stage") / "data"
    with environment(folder) as env:
        made = subprocess.run(
            [sys.executable, "-m", "tests.browser.staged"],
            env=env, cwd=ROOT, capture_output=True, text=True, timeout=240, check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        with running(folder, env) as origin:
            yield Stage(origin, json.loads(made.stdout.splitlines()[-1]))


class Cast:
    """Everybody's own browser window, logged in once."""

    def __init__(self, browser: Browser, stage: Stage) -> None:
        self.browser, self.stage = browser, stage
        self.desks: dict[str, Desk] = {}

    def page(self, who: str, state: str = "new") -> Page:
        """The page of an item as somebody sees it."""
        desk = self.desks.get(who)
        if desk is None:
            desk = self.desks[who] = Desk(self.browser, self.stage.origin, SIZE)
            desk.log_in(who, people.PASSWORD)
        desk.go(self.stage.path(state))
        return desk.page

    def faults(self) -> list[str]:
        return [fault for desk in self.desks.values() for fault in desk.faults]


@pytest.fixture(scope="module")
def everybody(browser: Browser, stage: Stage) -> Cast:
    return Cast(browser, stage)


def opened(page: Page, act: str, at: int = 0) -> Locator:
    """The form of an act, opened."""
    place = page.locator(f"details[id^='{act}-']").nth(at)
    place.locator("> summary").click()
    return place


def confirm(page: Page, place: Locator, said: str) -> None:
    place.locator("form > button").click()
    expect(page.locator("#messages")).to_contain_text(said)


def test_1_the_office_assigns_and_plans(everybody: Cast, pictures: pathlib.Path):
    page = everybody.page("office")
    form = opened(page, "assign")
    form.get_by_label("牵头领导").select_option("official")
    form.get_by_label("牵头单位").fill("浅溪县发展和改革局")
    form.locator("[name=responsible]").first.fill("浅溪县第1责任局")
    confirm(page, form, "责任已落实")
    form = opened(page, "plan")
    form.get_by_label("原因分析").fill("压力传导不够。")
    form.get_by_label("整改时段").select_option("concentrated")
    form.get_by_label("完成时限").fill((timezone.localdate() + timedelta(days=60)).isoformat())
    confirm(page, form, "已保存")
    expect(page.locator(".axes")).to_contain_text("序时")
    picture(page, pictures / "item-office.png")


def test_2_the_lead_official_takes_it_on_himself(everybody: Cast):
    page = everybody.page("official")
    confirm(page, opened(page, "lead"), "由您领办")
    expect(page.locator(".plan").first).to_contain_text("领办")


def test_3_the_filler_hands_in_evidence_and_reports(
    everybody: Cast, tmp_path: pathlib.Path, pictures: pathlib.Path
):
    page = everybody.page("unit1-filler")
    expect(page.locator("#closing")).to_contain_text("没有经审核采信的佐证材料")
    for number in (1, 2):
        file = tmp_path / f"落实情况{number}.txt"
        file.write_text(f"第 {number} 条措施的落实情况说明，已印发执行。", encoding="utf-8")
        form = opened(page, "attach")
        form.get_by_label("文件").set_input_files(file)
        form.get_by_label("证明").select_option(index=number)
        form.get_by_label("名称").fill(f"落实情况{number}")
        confirm(page, form, "待其他单位审核")
    form = opened(page, "report")
    form.get_by_label("进展情况").fill("已印发巡查通报办法，通报12次，沿河违建全部清理。")
    form.get_by_label("完成情况").select_option("done")
    for box in form.locator("[name=measures_done]").all():
        box.check()
    confirm(page, form, "待主要负责人签发")
    picture(page, pictures / "item-filler.png")
    expect(page.locator("button:disabled", has_text="申请销号")).to_be_visible()


def test_4_a_refusal_stays_at_its_form(everybody: Cast):
    page = everybody.page("lead-filler")
    form = opened(page, "review_evidence")
    form.get_by_label("不予采信").check()
    form.locator("form > button").click()
    place = page.locator("details[id^='review_evidence-'][open]")
    expect(place.locator(".wrong")).to_contain_text("须写明理由")
    expect(place.get_by_label("不予采信")).to_be_checked()
    desk = everybody.desks["lead-filler"]
    assert [fault for fault in desk.faults if "422" not in fault] == []
    desk.faults.clear()


def test_5_another_unit_accepts_and_the_head_signs(everybody: Cast):
    page = everybody.page("lead-filler")
    for _ in range(2):
        waiting = page.locator(".piece-pending").first
        waiting.locator("summary", has_text="审核佐证").click()
        waiting.get_by_label("采信", exact=True).check()
        waiting.locator("form > button").click()
        expect(page.locator("#messages")).to_contain_text("已采信")
    page = everybody.page("unit1-head")
    confirm(page, opened(page, "sign_report"), "已签发")
    expect(page.locator(".conditions .is-missing")).to_have_count(0)


def test_6_the_head_applies_and_four_others_review(everybody: Cast, pictures: pathlib.Path):
    page = everybody.page("unit1-head")
    form = opened(page, "apply")
    form.get_by_label("申请说明").fill("制度已印发执行，问题整改到位。")
    confirm(page, form, "须经 4 步审核")
    page = everybody.page("supervisor")
    expect(page.locator("#closing .why")).to_contain_text("现在轮到“牵头单位初审”")
    picture(page, pictures / "item-supervisor.png")
    for who in ("lead-head", "office", "official", "supervisor"):
        page = everybody.page(who)
        form = opened(page, "approve")
        form.get_by_label("意见").fill("情况属实")
        confirm(page, form, "已销号" if who == "supervisor" else "转下一步")
    expect(page.locator(".axes")).to_contain_text("完成整改")
    expect(page.locator("#history")).to_contain_text("情况属实")
    picture(page, pictures / "item-closed.png")


def test_7_what_came_back_begins_again(everybody: Cast):
    page = everybody.page("supervisor")
    form = opened(page, "relapse")
    form.get_by_label("复发情况").fill("暗访发现反弹")
    confirm(page, form, "第 2 轮")
    expect(page.locator("#closing")).to_contain_text("准予销号")


def test_8_figures_are_taken_and_evidence_downloaded(everybody: Cast):
    page = everybody.page("office", "busy")
    page.get_by_role("button", name=re.compile("^采纳：")).first.click()
    expect(page.locator("#messages")).to_contain_text("已采纳数字")
    with page.expect_download() as waiting:
        page.locator(".piece a").first.click()
    assert pathlib.Path(waiting.value.path()).read_bytes()


def test_9_the_ledger_leads_to_the_item_and_nobody_met_a_fault(everybody: Cast):
    page = everybody.page("reader")
    expect(page.locator("details.confirm")).to_have_count(0)
    page.locator(".crumbs a").nth(1).click()
    page.locator(".findings .finding-number").first.click()
    expect(page.locator("h1")).to_be_visible()
    assert everybody.faults() == []


@pytest.mark.parametrize(
    "who", ["office", "official", "lead-head", "unit1-filler", "unit1-head", "supervisor", "reader"]
)
@pytest.mark.parametrize("state", ["busy", "applied", "closed", "relapsed"])
def test_axe_and_overflow(everybody: Cast, pictures: pathlib.Path, who: str, state: str):
    page = everybody.page(who, state)
    for width in (SIZE["width"], NARROW["width"]):
        page.set_viewport_size({"width": width, "height": 900})
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = false; })")
        picture(page, pictures / f"item-{who}-{state}-{width}.png")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
    page.set_viewport_size(SIZE)


def test_without_scripts(browser: Browser, stage: Stage):
    desk = Desk(browser, stage.origin, SIZE, java_script_enabled=False)
    desk.log_in("leader", people.PASSWORD)
    desk.go(stage.path("busy"))
    form = opened(desk.page, "decide_extension")
    form.get_by_label("批准", exact=True).check()
    confirm(desk.page, form, "延期申请已批准")
    expect(desk.page.locator(".plan").first).to_contain_text("最初时限")
    desk.context.close()


def test_dark_and_at_twice_the_size(browser: Browser, stage: Stage, pictures: pathlib.Path):
    desk = Desk(browser, stage.origin, SIZE, color_scheme="dark")
    desk.log_in("office", people.PASSWORD)
    desk.go(stage.path("busy"))
    desk.page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    picture(desk.page, pictures / "item-dark.png")
    found = Axe().run(desk.page)
    assert found.violations_count == 0, found.generate_report()
    desk.page.set_viewport_size({"width": 640, "height": 512})
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 640
    desk.context.close()
