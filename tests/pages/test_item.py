"""事项页: who sees it, what it says, and what it offers."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.browser.staged import busy
from tests.pages.conftest import client_of
from tests.pages.strangers import check_strangers, part, statements
from zhenggai.exchange.items import missing_of
from zhenggai.ledger.actions import assigning, closing, proving, reporting
from zhenggai.ledger.actions.reporting import Said
from zhenggai.ledger.handling.models import Evidence, ProgressReport
from zhenggai.ledger.handling.states import Classification, Completion, Grade
from zhenggai.ledger.models import Finding
from zhenggai.parties.models import Post

pytestmark = pytest.mark.django_db


def url_of(finding: Finding) -> str:
    return reverse("web:item", args=[finding.inspection.code, finding.number])


def at(post: Post) -> Client:
    return client_of(post.holder)


def page_of(post: Post, finding: Finding) -> str:
    answer = at(post).get(url_of(finding))
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def whole() -> cast.World:
    return cast.world()


STATES = {
    "new": lambda whole: whole.finding(),
    "assigned": lambda whole: cast.assigned(whole).finding,
    "ready": cast.ready,
    "applied": lambda whole: cast.applied(whole).finding,
    "closed": cast.closed,
}


# --- who sees it ---


def test_strangers(at_stranger: Client, whole: cast.World):
    check_strangers(at_stranger, url_of(whole.finding()))
    check_strangers(at_stranger, reverse("web:evidence", args=[whole.inspection.code, 1]))


def test_unknown_items(whole: cast.World):
    code = whole.inspection.code
    for arguments in ([code, 999], ["1999-XS-01", 1], [code, 10**17]):
        assert at(whole.office).get(reverse("web:item", args=arguments)).status_code == 404


@pytest.mark.parametrize("state", STATES)
def test_everybody_sees_what_concerns_him_and_nobody_else_does(whole: cast.World, state: str):
    finding = STATES[state](whole)
    everywhere = {whole.office, whole.second_office, whole.reader, whole.leader, whole.supervisor}
    outside = {whole.outsider.filler, whole.outsider.head}
    for post in whole.posts:
        sees = post in everywhere or (state != "new" and post not in outside)
        answer = at(post).get(url_of(finding))
        assert answer.status_code == (200 if sees else 404), post.code
        assert (finding.title in answer.content.decode()) == sees


def test_a_sensitive_item_is_not_shown_to_a_reader(whole: cast.World):
    finding = cast.assigned(whole).finding
    assigning.classify(
        finding=finding, classification=Classification.SENSITIVE, reason="涉及举报人", by=whole.office
    )
    assert at(whole.reader).get(url_of(finding)).status_code == 404
    assert "敏感" in page_of(whole.unit.filler, finding)


def test_an_area_has_a_page_without_acts(whole: cast.World):
    area = whole.inspection.findings.get(title="生态环境方面")
    page = page_of(whole.office, area)
    assert "不单独办理和销号" in page
    assert "治水护河责任落实不严" in page
    assert 'id="closing"' not in page


# --- what it says ---


def test_a_draft_does_not_leave_its_unit(whole: cast.World):
    task = cast.assigned(whole)
    said = Said(period="2026年11月", narrative="正在起草巡查通报办法。", completion=Completion.PHASED)
    reporting.fill_in(task=task, said=said, by=whole.unit.filler)
    for post in (whole.unit.filler, whole.unit.head):
        assert said.narrative in page_of(post, task.finding)
    for post in (whole.office, whole.lead.head, whole.official, whole.supervisor, whole.reader):
        page = page_of(post, task.finding)
        assert said.narrative not in page
        assert "另有 1 期填报尚未由主要负责人签发" in page


def test_a_signed_report_is_shown_with_its_signature_and_figures(whole: cast.World):
    task = cast.assigned(whole)
    cast.reported(whole, task, narrative="已清理沿河违建12处，印发巡查办法。")
    page = page_of(whole.office, task.finding)
    for words in ("已清理沿河违建12处", "已签发", whole.unit.head.title, "12处", "采纳"):
        assert words in page
    assert "采纳填报数字" not in page_of(whole.unit.filler, task.finding)


def test_texts_alike_are_told_to_those_who_fill_in_and_review_and_named_to_those_who_may_see_them():
    whole = cast.world(units=2)
    text = "已清理沿河违建，复绿岸坡，印发巡查通报办法并按月通报，三个责任单位全部完成整改任务。"
    first, second = cast.assigned(whole, 0), whole.task(1)
    assigning.assign(task=second, answers=cast.answers(whole, whole.units[1]), by=whole.office)
    cast.reported(whole, first, narrative=text)
    said = Said(period="2026年11月", narrative=text, completion=Completion.DONE)
    report = reporting.fill_in(task=second, said=said, by=whole.units[1].filler)
    reporting.sign(report=report, by=whole.units[1].head)
    name = whole.unit.organisation.name
    own = page_of(whole.units[1].filler, second.finding)
    assert "雷同 100%" in own
    assert name not in own
    assert "另一份您无权查看的填报" in own
    office = page_of(whole.office, second.finding)
    assert f"{name} 2026年11月 对 {whole.inspection.code} 问题 {first.finding.number} 的填报" in office
    assert "雷同" not in page_of(whole.reader, second.finding)


def test_sensitive_evidence_is_shown_to_those_who_review_it_only():
    whole = cast.world(units=2)
    task = assigning.assign(task=whole.task(), answers=cast.answers(whole, *whole.units), by=whole.office)
    secret = cast.handed(title="核查谈话记录", classification=Classification.SENSITIVE)
    piece = proving.attach(task=task, handed=secret, by=whole.unit.filler)
    proving.withdraw(evidence=piece, reason="谈话对象有误", by=whole.unit.filler)
    url = reverse("web:evidence", args=[whole.inspection.code, piece.pk])
    for post in (whole.unit.filler, whole.office, whole.lead.filler, whole.official, whole.supervisor):
        assert "核查谈话记录" in page_of(post, task.finding), post.code
        assert at(post).get(url).status_code == 200
    for post in (whole.units[1].head, whole.reader, whole.leader):
        page = page_of(post, task.finding)
        assert "核查谈话记录" not in page, post.code
        assert "谈话对象有误" not in page
        assert at(post).get(url).status_code == 404


def test_downloads_are_attachments_that_nothing_runs(whole: cast.World):
    task = cast.assigned(whole)
    piece = cast.proven(whole, task, measure=task.measures.first(), name="整改说明.txt", text="已整改到位。")
    url = reverse("web:evidence", args=[whole.inspection.code, piece.pk])
    answer = at(whole.unit.filler).get(url)
    assert answer.content.decode() == "已整改到位。"
    assert answer["Content-Type"] == "text/plain"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment;")
    assert at(whole.outsider.filler).get(url).status_code == 404
    assert at(whole.office).get(reverse("web:evidence", args=["1999-XS-01", piece.pk])).status_code == 404
    assert at(whole.office).post(url).status_code == 405


def test_what_is_missing_is_listed_with_the_way_there(whole: cast.World):
    task = cast.assigned(whole)
    measure = task.measures.order_by("number")[0]
    page = page_of(whole.unit.head, task.finding)
    assert f'<a href="#measure-{measure.pk}">' in page
    assert f'<a href="#reports-{task.pk}">' in page
    assert "还没有经责任单位主要负责人签发的进展填报" in page
    conditions = at(whole.unit.head).get(url_of(task.finding)).context["conditions"]
    met = {each.label for each in conditions if not each.missing}
    assert met == {"具体表现全部销号", "分解整改任务", "落实责任单位", "有其他单位审核"}


def test_nothing_is_missing_of_what_is_ready(whole: cast.World):
    conditions = at(whole.unit.head).get(url_of(cast.ready(whole))).context["conditions"]
    assert all(not each.missing for each in conditions)
    assert len(conditions) == 7


def half(whole: cast.World) -> Finding:
    """An item of two tasks, one of which has come a part of the way."""
    task = cast.assigned(whole)
    parts = [assigning.Part("甲", [m.pk for m in task.measures.all()]), assigning.Part("乙", [])]
    first, _ = assigning.split(task=task, parts=parts, reason="分头办理", by=whole.office)
    cast.reported(whole, first, Completion.PHASED)
    return Finding.objects.get(pk=task.finding_id)


@pytest.mark.parametrize("state", ["new", "assigned", "half", "ready"])
def test_the_command_misses_what_the_page_misses(whole: cast.World, state: str):
    finding = {**STATES, "half": half}[state](whole)
    conditions = at(whole.office).get(url_of(finding)).context["conditions"]
    on_page = {sentence for condition in conditions for sentence, _ in condition.missing}
    assert set(missing_of(finding, cast.today())) == on_page


def test_a_review_says_which_step_and_whose_turn(whole: cast.World):
    closure = cast.applied(whole)
    page = page_of(whole.reader, closure.finding)
    assert "第 1/4 步" in page
    assert whole.lead.organisation.name in page
    closing.approve(closure=closure, reason="属实", by=whole.lead.head)
    assert "第 2/4 步" in page_of(whole.unit.head, closure.finding)


def test_a_relapse_keeps_the_earlier_closure_in_sight(whole: cast.World):
    finding = cast.closed(whole)
    closing.relapse(finding=finding, reason="暗访发现反弹", found_on=cast.today(), by=whole.supervisor)
    page = page_of(whole.unit.head, finding)
    for words in ("第 2 轮", "准予销号", "暗访发现反弹", "转入第 2 轮"):
        assert words in page


@pytest.mark.parametrize(("days", "word"), [(-3, "逾期 3 天"), (3, "临期"), (60, "序时"), (None, "未定时限")])
def test_the_schedule_is_said_in_words(whole: cast.World, days: int | None, word: str):
    due = None if days is None else cast.today() + timedelta(days=days)
    # Without a day the time class would give one.
    plan = {"due_on": due} if days is not None else {"due_on": None, "horizon": None, "target": "全部到位"}
    assert word in page_of(whole.reader, cast.assigned(whole, **plan).finding)


def test_history_tells_who_did_what_and_what_changed(whole: cast.World):
    task = cast.assigned(whole, root_cause="考核流于形式")
    page = page_of(whole.reader, task.finding)
    history = page[page.index('id="history"') :]
    for words in (
        "甲",
        "落实责任",
        "制定任务",
        "完成时限",
        "原因分析",
        "牵头单位",
        whole.unit.organisation.name,
    ):
        assert words in history


def test_history_goes_on_by_key(whole: cast.World):
    finding = cast.closed(whole)
    for kind in [Classification.PUBLIC, Classification.INTERNAL] * 3:
        assigning.classify(finding=finding, classification=kind, reason="核定", by=whole.office)
    client = at(whole.office)
    first = client.get(url_of(finding)).context
    assert first["pages"].next_key
    second = client.get(f"{url_of(finding)}?before={first['pages'].next_key}").context
    numbers = [told.seq for told in (*first["story"], *second["story"])]
    assert numbers == sorted(set(numbers), reverse=True)
    answer = client.get(url_of(finding), headers=part("history")).content.decode()
    assert answer.lstrip().startswith("<section")


def test_history_of_a_hidden_draft_is_not_told(whole: cast.World):
    task = cast.assigned(whole)
    said = Said(period="2026年冬", narrative="内部口径。", completion=Completion.PHASED)
    reporting.fill_in(task=task, said=said, by=whole.unit.filler)
    assert "2026年冬" in page_of(whole.unit.head, task.finding)
    assert "2026年冬" not in page_of(whole.office, task.finding)
    report = ProgressReport.objects.get()
    reporting.send_back(report=report, reason="口径不能外传", by=whole.unit.head)
    final = Said(period="2026年冬", narrative="已经印发。", completion=Completion.PHASED)
    reporting.sign(report=reporting.fill_in(task=task, said=final, by=whole.unit.filler), by=whole.unit.head)
    office, own = page_of(whole.office, task.finding), page_of(whole.unit.filler, task.finding)
    for words in ("内部口径。", "口径不能外传"):
        assert words in own
        assert words not in office
    assert "已经印发。" in office


# --- what it offers ---


def offered(post: Post, finding: Finding) -> dict[str, str]:
    """Names of the acts that the page offers → why not."""
    desk = at(post).get(url_of(finding)).context["desk"]
    found = [*desk.item.all, *desk.closing.all]
    for task in desk.dossier.tasks:
        found += [offer for offers in task.acts.values() for offer in offers.all]
        lines = [*task.evidence, *task.measures, *task.reports, *task.extensions, *task.waivers]
        lines += [piece for measure in task.measures for piece in measure.evidence]
        found += [offer for line in lines for offer in line.acts.all]
        found += [f.acts for report in task.reports for f in report.figures if f.acts]
    found += [offer for closure in desk.dossier.closures for offer in closure.acts.all]
    return {offer.deed.name: offer.why_not for offer in found}


def test_a_reader_is_offered_nothing(whole: cast.World):
    for finding in (cast.closed(whole), cast.applied(whole, 1).finding):
        assert offered(whole.reader, finding) == {}
        assert "<details class=" not in page_of(whole.reader, finding).replace('<details class="digest"', "")


@pytest.mark.parametrize(
    ("who", "may", "greyed"),
    [
        ("office", {"classify", "assign", "plan", "split", "add_measure", "change_measure", "waive"}, set()),
        ("official", {"lead"}, set()),
        ("leader", set(), set()),
        ("supervisor", set(), set()),
        ("lead-filler", {"plan", "add_measure", "change_measure", "report", "attach"}, {"apply", "extend", "waive"}),
        ("unit1-filler", {"add_measure", "change_measure", "report", "attach"}, {"apply", "extend", "waive"}),
        ("unit1-head", {"add_measure", "change_measure", "report", "attach", "extend", "waive"}, {"apply"}),
    ],
)  # fmt: skip
def test_each_is_offered_his_part(whole: cast.World, who: str, may: set[str], greyed: set[str]):
    task = cast.assigned(whole)
    found = offered(Post.objects.get(code=who), task.finding)
    assert {name for name, why in found.items() if not why} == may
    assert {name for name, why in found.items() if why} == greyed


def test_out_of_turn_the_button_is_greyed_and_says_whose_turn_it_is(whole: cast.World):
    finding = cast.applied(whole).finding
    found = offered(whole.supervisor, finding)
    assert "现在轮到“牵头单位初审”" in found["approve"]
    assert offered(whole.lead.head, finding)["approve"] == ""
    page = page_of(whole.supervisor, finding)
    assert "现在轮到“牵头单位初审”" in page


def test_one_s_own_evidence_is_not_one_s_to_review(whole: cast.World):
    task = cast.assigned(whole)
    proving.attach(task=task, handed=cast.handed(), by=whole.lead.filler)
    found = offered(whole.lead.filler, task.finding)
    assert found["review_evidence"]
    assert offered(whole.office, task.finding)["review_evidence"] == ""


def test_what_is_closed_greys_everything_with_one_sentence(whole: cast.World):
    finding = cast.closed(whole)
    found = offered(whole.office, finding)
    assert "已经销号" in found["plan"]
    assert found["relapse"] == ""
    assert found["classify"] == ""
    assert "standing" not in found
    later = cast.today() + timedelta(days=90)
    phased = cast.closed(whole, 1, grade=Grade.PHASED, next_check_on=later)
    assert offered(whole.supervisor, phased)["standing"] == ""


def test_the_report_form_begins_with_the_last_draft(whole: cast.World):
    task = cast.assigned(whole)
    said = Said(period="2026年10月", narrative="正在起草办法。", completion=Completion.PHASED)
    reporting.fill_in(task=task, said=said, by=whole.unit.filler)
    page = page_of(whole.unit.filler, task.finding)
    assert 'value="2026年10月"' in page
    assert page.count("正在起草办法。") >= 2


def test_the_problem_list_leads_to_each_item(whole: cast.World):
    ledger = at(whole.office).get(reverse("web:ledger", args=[whole.inspection.code])).content.decode()
    assert f'href="{url_of(whole.finding())}"' in ledger


# --- how much it asks ---


def test_the_number_of_statements_does_not_grow():
    whole = cast.world(units=2)
    busy(whole, 0)
    finding = whole.finding()
    people = [
        whole.office,
        whole.official,
        whole.supervisor,
        whole.lead.head,
        whole.unit.filler,
        whole.reader,
    ]
    before = {post.code: statements(at(post), url_of(finding)) for post in people}
    assert max(before.values()) <= 40, before
    task = whole.task()
    for _ in range(4):
        parts = [assigning.Part("一半", [m.pk for m in task.measures.all()]), assigning.Part("另一半", [])]
        task = assigning.split(task=task, parts=parts, reason="分别推进", by=whole.office)[0]
    for each in finding.tasks.all():
        cast.proven(whole, each)
        cast.reported(whole, each, period="2026年12月", narrative=f"第 {each.number} 项已办结 {each.pk} 件。")
    assert Evidence.objects.count() > 8
    assert ProgressReport.objects.count() > 7
    after = {post.code: statements(at(post), url_of(finding)) for post in people}
    assert all(after[code] <= before[code] for code in before), (before, after)


def test_nothing_inline_and_nothing_foreign(whole: cast.World):
    finding = cast.applied(whole).finding
    for post in whole.posts[:-2]:
        page = page_of(post, finding)
        for forbidden in (" style=", "<style", " onclick=", "javascript:", "http://", "https://"):
            assert forbidden not in page, (post.code, forbidden)


def test_in_english(whole: cast.World):
    client = at(whole.office)
    client.post(reverse("web:language"), {"language": "en", "next": "/"})
    page = client.get(url_of(cast.applied(whole).finding)).content.decode()
    for words in ("Step 1 of 4", "Progress report", "Time class", "Classification"):
        assert words in page
