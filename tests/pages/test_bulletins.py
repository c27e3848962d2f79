"""文稿的页面: the list, the composer and every act on a draft, as the browser gets them."""

import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests import drafts
from tests.drafts import Desk
from tests.pages.conftest import client_of
from tests.pages.strangers import check_strangers, part, statements
from zhenggai.bulletins.models import Bulletin, ParagraphVersion
from zhenggai.bulletins.states import DraftState, FigureState
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions.assigning import classify
from zhenggai.ledger.handling.states import Classification
from zhenggai.parties.models import Post

pytestmark = pytest.mark.django_db

LINES = ["2024年培育绿色工厂10户，网办率达到90.91%。", "全市整治排口46处。", "印发制度文件2项。"]


@pytest.fixture
def desk() -> Desk:
    return Desk(drafts.public_world(), LINES)


@pytest.fixture
def at(desk: Desk) -> Client:
    """甲 of the office at the screen."""
    return client_of(desk.whole.office.holder)


def url(name: str, *arguments: object, query: str = "") -> str:
    return reverse(f"web:{name}", args=arguments) + query


def here(desk: Desk, query: str = "") -> str:
    return url("bulletin", desk.bulletin.pk, query=query)


def text_of(answer) -> str:
    return answer.content.decode()


def spot(desk: Desk, text: str) -> str:
    place = desk.figure(text).figure.place
    return f"{desk.sheet.paragraphs[place.line].pk}-{place.start}-{place.end}"


def place(desk: Desk, text: str) -> dict[str, int]:
    at = desk.figure(text).figure.place
    return {"start": at.start, "end": at.end}


def row_of(desk: Desk, text: str) -> int:
    return desk.sheet.paragraphs[desk.figure(text).figure.place.line].pk


def sound() -> None:
    report = verify()
    assert report.sound, [fault.sentence for fault in report.faults]


# --- the list ---


def test_strangers(at_stranger: Client, desk: Desk):
    check_strangers(at_stranger, here(desk))
    check_strangers(at_stranger, url("bulletins", desk.whole.inspection.code))
    check_strangers(at_stranger, url("bulletin_submit", desk.bulletin.pk), method="post")


def test_the_list_tells_state_edition_unsettled_figures_and_whose_turn_it_is(at: Client, desk: Desk):
    page = text_of(at.get(url("bulletins", desk.whole.inspection.code)))
    assert desk.bulletin.title in page
    assert "起草" in page
    assert "第 1 版" in page
    assert re.search(r"\d+ / 共 \d+", page)
    assert "整改办起草、送审" in page


def test_it_is_reached_from_the_page_of_the_inspection(at: Client, desk: Desk):
    code = desk.whole.inspection.code
    assert url("bulletins", code) in text_of(at.get(url("ledger", code)))
    unit = client_of(desk.whole.unit.head.holder)
    assert url("bulletins", code) not in text_of(unit.get(url("ledger", code)))


def test_a_draft_is_opened_from_the_ledger(at: Client, desk: Desk):
    code = desk.whole.inspection.code
    sent = {"kind": "tongbao", "audience": "public", "title": "整改进展情况的通报"}
    answer = at.post(url("bulletin_open", code), sent)
    made = Bulletin.objects.get(title="整改进展情况的通报")
    assert answer["Location"] == url("bulletin", made.pk)
    assert "fig-bound" in text_of(at.get(answer["Location"]))
    sound()


@pytest.mark.parametrize(
    ("sent", "said"),
    [({"audience": "public"}, "请填写“文种”"), ({"kind": "x", "audience": "public"}, "所选“文种”无效")],
)
def test_an_incomplete_form_keeps_what_was_entered(at: Client, desk: Desk, sent: dict[str, str], said: str):
    answer = at.post(url("bulletin_open", desk.whole.inspection.code), {**sent, "title": "名称在此"})
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "名称在此" in text_of(answer)


def test_a_template_that_cannot_be_used_takes_nothing_from_the_list(
    at: Client, desk: Desk, settings, tmp_path: Path
):
    settings.DATA = tmp_path
    (tmp_path / "kinds").mkdir()
    (tmp_path / "kinds" / "own.toml").write_text("name = ", encoding="utf-8")
    answer = at.get(url("bulletins", desk.whole.inspection.code))
    assert answer.status_code == 200
    assert desk.bulletin.title in text_of(answer)
    assert "own.toml 无法读出" in text_of(answer)
    assert 'id="open"' not in text_of(answer)


# --- the paper ---


def test_every_figure_is_marked_by_colour_sign_and_words(at: Client, desk: Desk):
    desk.bind("10户", drafts.observed(desk.whole, "绿色工厂", "10", "户", period="2024年"))
    desk.bind("46处", drafts.observed(desk.whole, "整治排口", "47", "处"))
    page = text_of(at.get(here(desk)))
    for text, state in (("10户", "bound"), ("46处", "contradicted"), ("2项", "unbound")):
        found = re.search(rf'<a class="fig fig-(\w+)"\s+id="f-{spot(desk, text)}".*?</a>', page, re.DOTALL)
        assert found
        assert found.group(1) == state
        assert FigureState(state).label in found.group()
        assert 'class="sign"' in found.group()


def test_a_filter_marks_and_lists_one_state(at: Client, desk: Desk):
    desk.bind("10户", drafts.observed(desk.whole, "绿色工厂", "10", "户", period="2024年"))
    page = text_of(at.get(here(desk, "?show=bound&panel=list")))
    assert page.count('<a class="fig ') == 1
    assert 'aria-current="true"' in page


def test_text_that_is_markup_is_shown_as_text(at: Client, desk: Desk):
    desk.edit("46处", "全市<img src=x onerror=alert(1)>整治排口46处。")
    page = text_of(at.get(here(desk)))
    assert "<img src=x" not in page
    assert "&lt;img" in page


def test_a_changed_source_is_named_in_a_banner_and_renewed(at: Client, desk: Desk):
    old = drafts.observed(desk.whole, "绿色工厂", "10", "户", period="2024年")
    desk.bind("10户", old)
    assert "以下来源在绑定之后有了变化" not in text_of(at.get(here(desk)))
    drafts.observed(desk.whole, "绿色工厂", "11", "户", period="2024年", corrects=old.pk)
    page = text_of(at.get(here(desk, "?show=stale&panel=list")))
    assert "以下来源在绑定之后有了变化" in page
    assert "全部按现值改写（1）" in page
    answer = at.post(
        url("bulletin_renew", desk.bulletin.pk), {"bindings": str(desk.figure("10户").binding)}, follow=True
    )
    assert "已按现值改写" in text_of(answer)
    assert desk.state("11户") is FigureState.BOUND
    sound()


# --- the panel ---


def test_the_chosen_figure_tells_its_source_and_what_to_do(at: Client, desk: Desk):
    desk.bind("46处", drafts.observed(desk.whole, "整治排口", "47", "处"))
    answer = at.get(here(desk, f"?figure={spot(desk, '46处')}"), headers=part("panel"))
    page = text_of(answer)
    assert page.strip().startswith("<aside")
    assert "与来源不符" in page
    assert "整治排口" in page
    assert "47处" in page
    assert "按现值改写" in page
    assert "文件所载" in page


def test_a_suggestion_says_why_and_is_bound_with_one_click(at: Client, desk: Desk):
    source = drafts.observed(desk.whole, "整治排口", "46", "处")
    page = text_of(at.get(here(desk, f"?figure={spot(desk, '46处')}")))
    assert "名称相同；数值相符" in page
    sent = {**place(desk, "46处"), "observation": source.pk}
    answer = at.post(url("bulletin_bind", desk.bulletin.pk, row_of(desk, "46处")), sent, follow=True)
    assert "已绑定来源" in text_of(answer)
    assert desk.state("46处") is FigureState.BOUND
    answer = at.post(url("bulletin_unbind", desk.bulletin.pk, desk.figure("46处").binding), follow=True)
    assert "已解除绑定" in text_of(answer)
    assert desk.state("46处") is FigureState.UNBOUND
    sound()


def test_confident_suggestions_are_bound_together(at: Client, desk: Desk):
    drafts.observed(desk.whole, "整治排口", "46", "处")
    drafts.observed(desk.whole, "培育绿色工厂", "10", "户", period="2024年")
    page = text_of(at.get(here(desk, "?panel=list")))
    assert "一键绑定有把握的建议（2）" in page
    answer = at.post(url("bulletin_bind_sure", desk.bulletin.pk), follow=True)
    assert "已绑定 2 个数字" in text_of(answer)
    assert "一键绑定" not in text_of(at.get(here(desk, "?panel=list")))
    answer = at.post(url("bulletin_bind_sure", desk.bulletin.pk))
    assert answer.status_code == 409
    assert "没有有把握的绑定建议" in text_of(answer)


def test_every_source_can_be_searched(at: Client, desk: Desk):
    drafts.observed(desk.whole, "新建公厕", "3", "座")
    query = f"?figure={spot(desk, '46处')}&q=公厕"
    page = text_of(at.get(here(desk, query), headers=part("found")))
    assert page.strip().startswith('<div id="found"')
    assert "新建公厕" in page
    assert "没有名称含有这些词的来源" in text_of(at.get(here(desk, f"?figure={spot(desk, '46处')}&q=无此")))


def test_a_waiver_needs_a_reason_and_is_shown_with_who_gave_it(at: Client, desk: Desk):
    address = url("bulletin_waive", desk.bulletin.pk, row_of(desk, "46处")) + f"?figure={spot(desk, '46处')}"
    answer = at.post(address, {**place(desk, "46处"), "reason": " "})
    assert answer.status_code == 422
    assert "免予绑定须写明理由" in text_of(answer)
    at.post(address, {**place(desk, "46处"), "reason": "引自省级通报"})
    page = text_of(at.get(here(desk, f"?figure={spot(desk, '46处')}")))
    assert "免予绑定：引自省级通报" in page
    assert "取消免予绑定" in page


def test_a_figure_that_was_edited_away_is_refused_and_the_page_shows_the_draft_as_it_is(
    at: Client, desk: Desk
):
    sent = {**place(desk, "46处"), "observation": drafts.observed(desk.whole, "整治排口", "46", "处").pk}
    address = url("bulletin_bind", desk.bulletin.pk, row_of(desk, "46处"))
    desk.edit("46处", "排口整治全部完成。")
    answer = at.post(address, sent)
    assert answer.status_code == 422
    assert "文中该处已没有这个数字" in text_of(answer)
    assert "排口整治全部完成" in text_of(answer)


def test_the_checks_lead_to_their_places(at: Client, desk: Desk):
    page = text_of(at.get(here(desk, "?panel=checks")))
    assert "处必须处理" in page
    places = re.findall(r'href="#((?:f|p)-[^"]+)"', page)
    assert places
    assert all(f'id="{each}"' in page for each in places)


# --- the text ---


def edit(at: Client, desk: Desk, words: str, text: str, base: int = 0):
    row = desk.paragraph(words)
    return at.post(
        url("bulletin_edit", desk.bulletin.pk, row.pk),
        {"base": base or row.version, "text": text, "role": row.role},
    )


def test_a_paragraph_is_edited_in_place(at: Client, desk: Desk):
    row = desk.paragraph("46处")
    page = text_of(at.get(here(desk, f"?edit={row.pk}")))
    assert f'name="base" value="{row.version}"' in page
    answer = edit(at, desk, "46处", "全市整治排口48处。")
    assert answer["Location"].endswith(f"#p-{row.pk}")
    assert desk.paragraph("48处").pk == row.pk
    sound()


def test_what_another_changed_elsewhere_in_the_paragraph_is_merged_and_said(at: Client, desk: Desk):
    row = desk.paragraph("绿色工厂")
    second = client_of(desk.whole.second_office.holder)
    at.post(
        url("bulletin_edit", desk.bulletin.pk, row.pk),
        {"base": 1, "text": LINES[0].replace("网办率", "全市网办率")},
    )
    sent = {"base": 1, "text": LINES[0].replace("培育", "共培育")}
    answer = second.post(url("bulletin_edit", desk.bulletin.pk, row.pk), sent, follow=True)
    assert "合并了" in text_of(answer)
    assert f"合并了 {desk.whole.office.title} 在此期间的修改" in text_of(answer)
    assert desk.paragraph("绿色工厂").text == "2024年共培育绿色工厂10户，全市网办率达到90.91%。"
    sound()


def test_a_conflict_shows_both_texts_and_loses_nothing(at: Client, desk: Desk):
    row = desk.paragraph("绿色工厂")
    edit(at, desk, "绿色工厂", LINES[0].replace("10户", "12户"))
    mine = LINES[0].replace("10户", "13户")
    second = client_of(desk.whole.second_office.holder)
    answer = second.post(url("bulletin_edit", desk.bulletin.pk, row.pk), {"base": 1, "text": mine})
    page = text_of(answer)
    assert answer.status_code == 409
    assert re.search(rf"<textarea[^>]*>\s*{re.escape(mine)}</textarea>", page)
    assert "<del>12</del><ins>13</ins>" in page
    assert 'name="base" value="2"' in page
    assert f"{desk.whole.office.title} 改后的文字" in page
    assert f"{desk.whole.office.title} 在您修改期间改动了同一处" in page
    again = second.post(url("bulletin_edit", desk.bulletin.pk, row.pk), {"base": 2, "text": mine})
    assert again.status_code == 302
    assert desk.paragraph("绿色工厂").text == mine


def test_what_was_typed_into_a_paragraph_that_was_removed_is_offered_as_a_new_one(at: Client, desk: Desk):
    row = desk.paragraph("46处")
    at.post(url("bulletin_remove", desk.bulletin.pk, row.pk), {"base": 1})
    answer = at.post(url("bulletin_edit", desk.bulletin.pk, row.pk), {"base": 1, "text": "我的文字在此。"})
    page = text_of(answer)
    assert answer.status_code == 409
    assert "我的文字在此。</textarea>" in page
    assert f'action="{url("bulletin_insert", desk.bulletin.pk)}"' in page
    before = desk.paragraph("绿色工厂").pk
    assert f'name="after" value="{before}"' in page


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_an_empty_paragraph_is_refused_by_its_sentence(at: Client, desk: Desk, text: str):
    answer = edit(at, desk, "46处", text)
    assert answer.status_code == 422
    assert "没有文字" in text_of(answer)


def test_paragraphs_are_inserted_moved_removed_and_restored(at: Client, desk: Desk):
    row = desk.paragraph("绿色工厂")
    sent = {
        "after": row.pk,
        "role": "",
        "text": "<p>第一段12处。</p><script>alert(1)</script><p>第二段。</p>",
    }
    answer = at.post(url("bulletin_insert", desk.bulletin.pk), sent, follow=True)
    assert "已增加 2 段" in text_of(answer)
    texts = [each.text for each in desk.paragraphs]
    where = texts.index(LINES[0])
    assert texts[where + 1 : where + 3] == ["第一段12处。", "第二段。"]
    second = desk.paragraph("第二段")
    at.post(url("bulletin_up", desk.bulletin.pk, second.pk))
    texts = [each.text for each in desk.paragraphs]
    assert texts[where + 1 : where + 3] == ["第二段。", "第一段12处。"]
    at.post(url("bulletin_down", desk.bulletin.pk, second.pk))
    second = desk.paragraph("第二段")
    at.post(url("bulletin_remove", desk.bulletin.pk, second.pk), {"base": second.version})
    assert all("第二段" not in each.text for each in desk.paragraphs)
    version = ParagraphVersion.objects.get(paragraph=second, number=1)
    answer = at.post(url("bulletin_restore", desk.bulletin.pk, version.pk), follow=True)
    assert "已恢复" in text_of(answer)
    assert desk.paragraph("第二段")
    sound()


def test_removing_what_another_changed_is_refused(at: Client, desk: Desk):
    row = desk.paragraph("46处")
    desk.edit("46处", "全市整治排口47处。")
    answer = at.post(url("bulletin_remove", desk.bulletin.pk, row.pk), {"base": 1})
    assert answer.status_code == 409
    assert "没有删除" in text_of(answer)
    assert desk.paragraph("47处")


def test_too_much_pasted_is_refused_and_stays_in_the_box(at: Client, desk: Desk):
    text = "整改落实情况。\n" * 20_000
    answer = at.post(url("bulletin_insert", desk.bulletin.pk), {"after": 0, "text": text})
    assert answer.status_code == 422
    assert "60000" in text_of(answer)
    assert text_of(answer).count("整改落实情况。") >= 20_000


# --- reading at once ---


def test_what_is_typed_is_read_at_once(at: Client, desk: Desk):
    drafts.observed(desk.whole, "整治排口", "48", "处")
    row = desk.paragraph("46处")
    sent = {"row": row.pk, "base": 1, "text": "全市整治排口48处，新增步道3公里。"}
    answer = at.post(url("bulletin_read", desk.bulletin.pk), sent, headers=part("preview"))
    page = text_of(answer)
    assert page.strip().startswith('<div id="preview"')
    assert 'class="fig fig-unbound"' in page
    assert "保存后可绑定：整治排口" in page
    assert "3公里" in page
    assert desk.paragraph("46处").version == 1


def test_a_bound_figure_keeps_its_source_while_the_words_around_it_change(at: Client, desk: Desk):
    desk.bind("46处", drafts.observed(desk.whole, "整治排口", "46", "处"))
    sent = {"row": row_of(desk, "46处"), "base": 1, "text": "截至目前，全市共整治排口46处。"}
    page = text_of(at.post(url("bulletin_read", desk.bulletin.pk), sent, headers=part("preview")))
    assert 'class="fig fig-bound"' in page


def test_without_a_script_the_button_reads_and_keeps_the_text(at: Client, desk: Desk):
    answer = at.post(url("bulletin_read", desk.bulletin.pk), {"after": 0, "text": "整治排口49处。"})
    page = text_of(answer)
    assert answer.status_code == 200
    assert "<html" in page
    assert "整治排口49处。</textarea>" in page
    assert "预读" in page
    assert 'class="fig fig-unbound"' in page


def test_pasted_markup_comes_back_as_clean_paragraphs(at: Client, desk: Desk):
    html = "<table onclick='x()'><tr><td>排口</td><td>46处</td></tr></table><script>alert(1)</script><p>正文。</p>"
    answer = at.post(url("bulletin_paste", desk.bulletin.pk), {"html": html})
    assert answer.json() == {"paragraphs": ["排口\t46处", "正文。"]}
    answer = at.post(url("bulletin_paste", desk.bulletin.pk), {"html": f"<p>{'整' * 60_001}</p>"})
    assert answer.status_code == 422
    assert "60000" in answer.json()["sentence"]


# --- approval ---


def ready(desk: Desk) -> Desk:
    desk.waive_the_rest()
    return desk


def act(post: Post, desk: Desk, name: str, **sent: str):
    return client_of(post.holder).post(url(f"bulletin_{name}", desk.bulletin.pk), sent, follow=True)


def test_a_draft_goes_through_its_chain_and_becomes_an_edition(at: Client, desk: Desk):
    whole, desk = desk.whole, ready(desk)
    assert "已送审" in text_of(act(whole.office, desk, "submit"))
    for post in drafts.approvers(whole):
        assert "审核通过" in text_of(act(post, desk, "approve", reason="同意"))
    answer = act(whole.office, desk, "publish")
    edition = Bulletin.objects.get(pk=desk.bulletin.pk).edition
    assert answer.redirect_chain[-1][0] == url("edition", edition.pk)
    assert "已定版" in text_of(answer)
    sound()


def test_what_stands_in_the_way_greys_the_button_with_its_sentence(at: Client, desk: Desk):
    page = text_of(at.get(here(desk, "?panel=review")))
    assert re.search(r"disabled>\s*送审", page)
    assert "审前检查有" in page
    answer = at.post(url("bulletin_submit", desk.bulletin.pk))
    assert answer.status_code == 409
    assert "不能送审" in text_of(answer)


def test_the_submitter_cannot_approve_and_is_told(desk: Desk):
    act(desk.whole.office, ready(desk), "submit")
    page = text_of(client_of(desk.whole.office.holder).get(here(desk, "?panel=review")))
    assert "送审人不能审核自己送审的文稿" in page
    answer = act(desk.whole.office, desk, "approve")
    assert answer.status_code == 409


def test_returning_needs_a_reason_and_opens_the_draft_again(desk: Desk):
    act(desk.whole.office, ready(desk), "submit")
    answer = act(desk.whole.second_office, desk, "send_back", reason="")
    assert answer.status_code == 422
    assert "退回须写明理由" in text_of(answer)
    answer = act(desk.whole.second_office, desk, "send_back", reason="数字请再核")
    page = text_of(answer)
    assert "已退回起草" in page
    assert "数字请再核" in page
    assert Bulletin.objects.get(pk=desk.bulletin.pk).state == DraftState.DRAFTING.value


def test_under_review_nothing_can_be_changed(at: Client, desk: Desk):
    act(desk.whole.office, ready(desk), "submit")
    page = text_of(at.get(here(desk)))
    assert "不能修改" in page
    assert 'class="tools"' not in page
    assert edit(at, desk, "46处", "改。").status_code == 409
    assert "已撤回" in text_of(act(desk.whole.office, desk, "recall", reason="补一个数字"))
    assert edit(at, desk, "46处", "改了46处。").status_code == 302


def test_the_worklist_names_the_drafts_whose_step_is_mine(desk: Desk):
    whole = desk.whole

    def waits(post: Post) -> bool:
        return f"{here(desk)}?panel=review" in text_of(client_of(post.holder).get(reverse("web:work")))

    everybody = [
        whole.office,
        whole.second_office,
        whole.supervisor,
        whole.leader,
        whole.official,
        whole.unit.head,
    ]
    assert not any(waits(post) for post in everybody)
    act(whole.office, ready(desk), "submit")
    for turn in drafts.approvers(whole):
        assert [post for post in everybody if waits(post)] == [turn]
        act(turn, desk, "approve")
    assert waits(whole.office)


# --- naming ---


def test_the_box_says_how_many_may_be_named_and_leads_to_the_form(desk: Desk):
    whole = desk.whole
    finding = whole.finding(1)
    classify(finding=finding, classification=Classification.INTERNAL, reason="尚未定性", by=whole.office)
    at = client_of(whole.office.holder)
    page = text_of(at.get(here(desk)))
    assert "共 3 个问题，按公开属性可以写进本稿的 2 个，另 1 个不能点名" in page
    address = url("bulletin_naming", desk.bulletin.pk)
    assert address in page
    assert at.post(address, {"classification": "public", "reason": "可以公开"}).status_code == 422
    answer = at.post(address, {"findings": [finding.pk], "classification": "public", "reason": " "})
    assert answer.status_code == 422
    assert f'value="{finding.pk}"\n                   checked' in text_of(answer)
    answer = at.post(
        address, {"findings": [finding.pk], "classification": "public", "reason": "可以公开"}, follow=True
    )
    assert "1 个问题的公开属性已定为“公开”" in text_of(answer)
    finding.refresh_from_db()
    assert finding.classification == Classification.PUBLIC.value
    sound()


# --- cost ---


def lines(number: int) -> list[str]:
    return [f"第{n}项工作：整治排口{n + 3}处，投入资金{n + 2}万元。" for n in range(number)]


def test_the_page_makes_as_many_statements_for_two_hundred_paragraphs_as_for_ten():
    whole = drafts.public_world()
    short, long = Desk(whole, lines(10)), Desk(whole, lines(200))
    for desk in (short, long):
        desk.bind("3处", drafts.observed(whole, "整治排口", "3", "处"))
    at = client_of(whole.office.holder)
    at.get(here(short))
    for query in ("", "?panel=list", "?panel=checks", "?panel=review", f"?edit={short.paragraphs[1].pk}"):
        assert statements(at, here(short, query)) == statements(at, here(long, query)), query
    for name in ("bulletin_versions",):
        assert statements(at, url(name, short.bulletin.pk)) == statements(at, url(name, long.bulletin.pk))


def test_the_list_makes_as_many_statements_for_six_drafts_as_for_two():
    whole = drafts.public_world()
    at = client_of(whole.office.holder)
    Desk(whole, lines(3)), Desk(whole, lines(3))
    address = url("bulletins", whole.inspection.code)
    at.get(address)
    before = statements(at, address)
    for _ in range(4):
        Desk(whole, lines(3))
    assert statements(at, address) == before
