"""办理 on the page of an item: who may do which act, each act once through its page, and what a refusal leaves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.pages.conftest import client_of
from tests.pages.strangers import check_strangers
from zhenggai.evidence import kinds
from zhenggai.journal.queries import head
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions import assigning, proving, reporting, requesting
from zhenggai.ledger.actions.reporting import Said
from zhenggai.ledger.handling.models import Closure, Evidence, Extension, ProgressReport, Relapse, Waiver
from zhenggai.ledger.handling.states import Completion, EvidenceState, Grade, ReportState, Review, WaiverKind
from zhenggai.ledger.models import Finding, Measure, Task
from zhenggai.parties.models import Post
from zhenggai.web.item.deeds import DEEDS

pytestmark = pytest.mark.django_db


def at(post: Post) -> Client:
    return client_of(post.holder)


@pytest.fixture
def whole() -> cast.World:
    return cast.world()


def url_of(name: str, row: Any, finding: Finding) -> str:
    arguments = [finding.inspection.code, finding.number]
    return reverse(f"web:item_{name}", args=[*arguments, row.pk] if DEEDS[name].subject else arguments)


def later(days: int) -> str:
    return (cast.today() + timedelta(days=days)).isoformat()


# --- the situations in which each act is done ---


def _assigned(whole: cast.World) -> Task:
    return cast.assigned(whole)


def _two_tasks(whole: cast.World) -> Task:
    task = cast.assigned(whole)
    measures = [m.pk for m in task.measures.all()]
    parts = [assigning.Part("前一半", measures), assigning.Part("后一半", [])]
    return assigning.split(task=task, parts=parts, reason="分别推进", by=whole.office)[0]


def _draft(whole: cast.World) -> ProgressReport:
    said = Said(period="2026年11月", narrative="已清理沿河违建12处。", completion=Completion.PHASED)
    return reporting.fill_in(task=cast.assigned(whole), said=said, by=whole.unit.filler)


def _signed(whole: cast.World) -> ProgressReport:
    return reporting.sign(report=_draft(whole), by=whole.unit.head)


def _piece(whole: cast.World) -> Evidence:
    return proving.attach(task=cast.assigned(whole), handed=cast.handed(), by=whole.unit.filler)


def _extension(whole: cast.World) -> Extension:
    to_on = cast.today() + timedelta(days=90)
    return requesting.request_extension(
        task=cast.assigned(whole), to_on=to_on, reason="汛期受阻", by=whole.unit.head
    )


def _waiver(whole: cast.World) -> Waiver:
    return requesting.request_waiver(
        task=cast.assigned(whole), kind=WaiverKind.EVIDENCE, reason="原件在审计部门", expires_on=cast.today(),
        by=whole.unit.head,
    )  # fmt: skip


def _phased(whole: cast.World) -> Finding:
    return cast.closed(whole, grade=Grade.PHASED, next_check_on=cast.today() + timedelta(days=30))


def _file(text: str = "整改落实情况说明。", name: str = "说明.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), content_type="text/plain")


OFFICE = ("office", "office2")
LEAD = ("lead-filler", "lead-head")
UNIT = ("unit1-filler", "unit1-head")
HEADS = ("lead-head", "unit1-head")
DECIDE = ("official", "leader")
WHY = {"reason": "据实办理"}


@dataclass(frozen=True)
class Case:
    """An act in a situation: what is entered; who may (302), whom a rule stops (409), who does not even see the row (404); all others 403."""

    row: Callable[[cast.World], Any]
    data: Callable[[Any], dict[str, Any]]
    may: tuple[str, ...]
    stopped: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()


CASES = {
    "classify": Case(lambda w: cast.assigned(w).finding, lambda _: {"classification": "public", **WHY}, OFFICE),
    "apply": Case(cast.ready, lambda _: {"grade": "done", "text": "已全部整改到位。"}, HEADS),
    "relapse": Case(cast.closed, lambda _: {"found_on": later(0), **WHY}, (*OFFICE, "supervisor")),
    "standing": Case(_phased, lambda _: {"held": "yes", "text": "制度仍在执行", "next_check_on": later(90)}, (*OFFICE, "supervisor")),
    "assign": Case(_assigned, lambda _: {"lead_unit": "浅溪县发展和改革局", "responsible": ["浅溪县第1责任局", ""], "supporting": ["浅溪县旁观局"], **WHY}, OFFICE),
    "lead": Case(_assigned, lambda _: {}, ("official",)),
    "plan": Case(_assigned, lambda t: {"title": t.title, "root_cause": "考核流于形式", "horizon": "long", "due_on": t.due_on.isoformat(), "money_total": "12,000"}, (*OFFICE, *LEAD)),
    "split": Case(_assigned, lambda t: {"title_1": "前一半", "title_2": "后一半", **_halves(t), **WHY}, OFFICE),
    "merge": Case(_two_tasks, lambda t: {"into": t.finding.tasks.exclude(pk=t.pk).get().pk, **WHY}, OFFICE),
    "add_measure": Case(_assigned, lambda _: {"text": "开展警示教育", "type": "similar"}, (*OFFICE, *LEAD, *UNIT)),
    "change_measure": Case(lambda w: _assigned(w).measures.first(), lambda _: {"text": "改写", "type": "other", **WHY}, (*OFFICE, *LEAD, *UNIT)),
    "report": Case(_assigned, lambda t: {"period": "2026年11月", "narrative": "已清理12处。", "completion": "phased", "measures_done": [t.measures.first().pk], "money_done": ""}, (*LEAD, *UNIT)),
    "sign_report": Case(_draft, lambda _: {}, ("unit1-head",), blind=(*OFFICE, *LEAD, *DECIDE, "supervisor", "reader")),
    "return_report": Case(_signed, lambda _: WHY, (*OFFICE, *HEADS)),
    "take_figure": Case(lambda w: _signed(w).figures.first(), lambda _: {"accepted": "yes"}, OFFICE),
    "attach": Case(_assigned, lambda t: {"file": _file(), "effective_on": later(0), "classification": "internal", "measure": t.measures.first().pk}, (*LEAD, *UNIT)),
    "review_evidence": Case(_piece, lambda _: {"accepted": "yes"}, (*OFFICE, *LEAD, "supervisor")),
    "withdraw_evidence": Case(_piece, lambda _: WHY, UNIT, LEAD),
    "extend": Case(_assigned, lambda _: {"to_on": later(200), **WHY}, HEADS),
    "decide_extension": Case(_extension, lambda _: {"approved": "yes"}, DECIDE),
    "waive": Case(_assigned, lambda t: {"kind": "evidence", "measure": t.measures.first().pk, "expires_on": later(30), **WHY}, (*OFFICE, *HEADS)),
    "decide_waiver": Case(_waiver, lambda _: {"approved": "no", "decision": "须附佐证"}, DECIDE),
    "approve": Case(cast.applied, lambda _: {"reason": ""}, ("lead-head",), (*OFFICE, *DECIDE, "supervisor")),
    "send_back": Case(cast.applied, lambda _: WHY, ("lead-head",), (*OFFICE, *DECIDE, "supervisor")),
    "withdraw_application": Case(cast.applied, lambda _: WHY, ("unit1-head",), ("lead-head",)),
}  # fmt: skip


def _halves(task: Task) -> dict[str, str]:
    return {f"measure_{m.pk}": str(m.number) for m in task.measures.all()}


def finding_of(row: Any) -> Finding:
    if isinstance(row, Finding):
        return row
    if isinstance(row, Measure):
        return row.task.finding
    return getattr(row, "finding", None) or row.report.finding


def test_every_act_of_an_item_is_here():
    assert set(CASES) == set(DEEDS)


@pytest.mark.parametrize("name", CASES)
def test_strangers_outsiders_and_wrong_methods(at_stranger: Client, whole: cast.World, name: str):
    case = CASES[name]
    row = case.row(whole)
    url = url_of(name, row, finding_of(row))
    check_strangers(at_stranger, url, method="post")
    before = head()
    for post in (whole.outsider.filler, whole.outsider.head):
        assert at(post).post(url, case.data(row)).status_code == 404
    assert at(whole.office).get(url).status_code == 405
    if DEEDS[name].subject:
        assert at(whole.office).post(url.replace(f"/{row.pk}/", f"/{10**9}/")).status_code == 404
    assert head() == before


@pytest.mark.parametrize("name", CASES)
def test_who_may(whole: cast.World, name: str):
    case = CASES[name]
    row = case.row(whole)
    url = url_of(name, row, finding_of(row))
    before = head()
    for post in whole.posts[:-2]:
        expected = (
            302 if post.code in case.may else 409 if post.code in case.stopped else 404 if post.code in case.blind else 403
        )  # fmt: skip
        with transaction.atomic():
            answer = at(post).post(url, case.data(row))
            assert answer.status_code == expected, (
                post.code,
                answer.context and answer.context.get("refusal"),
            )
            assert (head() == before) == (expected != 302)
            if expected == 302:
                assert answer["Location"].startswith(reverse("web:item", args=[finding_of(row).inspection.code, finding_of(row).number]))  # fmt: skip
            transaction.set_rollback(True)


@pytest.mark.parametrize("name", CASES)
def test_each_act_once_through_its_page(whole: cast.World, name: str):
    case = CASES[name]
    row = case.row(whole)
    finding = finding_of(row)
    post = Post.objects.get(code=case.may[0])
    client = at(post)
    page = client.get(reverse("web:item", args=[finding.inspection.code, finding.number])).content.decode()
    url = url_of(name, row, finding)
    assert f'action="{url}"' in page
    answer = client.post(url, case.data(row), follow=True)
    assert answer.status_code == 200
    assert "message-success" in answer.content.decode()
    assert verify().faults == []


# --- what comes of it ---


def test_assigning_by_names(whole: cast.World):
    task = whole.task()
    data = {"lead_official": "official", **CASES["assign"].data(task)}
    at(whole.office).post(url_of("assign", task, task.finding), data)
    rows = task.assignments.filter(ended_at=None).values_list("role", "post__code", "organisation__name")
    assert set(rows) == {
        ("lead_official", "official", None),
        ("lead_unit", None, "浅溪县发展和改革局"),
        ("responsible", None, "浅溪县第1责任局"),
        ("supporting", None, "浅溪县旁观局"),
    }


def test_a_file_is_handed_in_in_place_of_another(whole: cast.World):
    piece = _piece(whole)
    data = {"file": _file("盖章后的说明。"), "effective_on": later(0), "classification": "sensitive", "title": "新版说明", "replaces": piece.pk}  # fmt: skip
    at(whole.unit.head).post(url_of("attach", piece.task, piece.finding), data)
    fresh = Evidence.objects.get(replaces=piece)
    assert (fresh.version, fresh.title, fresh.classification) == (2, "新版说明", "sensitive")
    piece.refresh_from_db()
    assert piece.state == EvidenceState.REPLACED.value


def test_the_way_to_closure(whole: cast.World):
    closure = cast.applied(whole)
    for post in cast.reviewers(whole):
        answer = at(post).post(url_of("approve", closure, closure.finding), {"reason": "属实"}, follow=True)
        assert answer.status_code == 200
    assert "本问题已销号" in answer.content.decode()
    closure.finding.refresh_from_db()
    assert closure.finding.review == Review.CLOSED.value
    at(whole.supervisor).post(
        url_of("relapse", closure.finding, closure.finding), {"found_on": later(0), "reason": "反弹"}
    )
    assert Relapse.objects.get(finding=closure.finding).cycle == 2


def test_returning(whole: cast.World):
    report = _signed(whole)
    at(whole.office).post(url_of("return_report", report, report.finding), {"reason": "数字与台账不符"})
    report.refresh_from_db()
    assert (report.state, report.reason) == (ReportState.RETURNED.value, "数字与台账不符")


# --- what a refusal leaves ---


@pytest.mark.parametrize(
    ("name", "who", "data", "status", "sentence", "kept"),
    [
        ("classify", "office", {"classification": "public", "reason": ""}, 422, "须写明理由", "selected>公开"),
        ("assign", "office", {"lead_unit": "不存在的局", "responsible": ["浅溪县旁观局"]}, 422, "没有登记名为“不存在的局”的单位", 'value="浅溪县旁观局"'),
        ("assign", "office", {"lead_unit": "", "reason": "调整"}, 422, "至少要明确一个牵头单位或责任单位", "调整</textarea>"),
        ("plan", "office", {"title": "", "root_cause": "考核流于形式"}, 422, "“任务”不能为空", "考核流于形式</textarea>"),
        ("plan", "office", {"title": "任务", "due_on": "2099-01-01"}, 422, "不能直接改动", 'value="2099-01-01"'),
        ("plan", "office", {"title": "任务", "money_total": "十二"}, 422, "不是金额", 'value="十二"'),
        ("plan", "office", {"title": "任务", "due_on": "明天"}, 422, "填写有误", 'value="明天"'),
        ("split", "office", {"title_1": "只有一项", "reason": "拆"}, 422, "请填写", 'value="只有一项"'),
        ("report", "unit1-head", {"period": "", "narrative": "已清理", "completion": "done"}, 422, "“填报时期”不能为空", "已清理</textarea>"),
        ("report", "unit1-head", {"period": "x" * 33, "narrative": "已清理", "completion": "nonsense"}, 422, "无效", "已清理</textarea>"),
        ("extend", "unit1-head", {"to_on": "2020-01-01", "reason": "受阻"}, 422, "不晚于现时限", "受阻</textarea>"),
        ("waive", "unit1-head", {"kind": "evidence", "expires_on": "2020-01-01", "reason": "受阻"}, 422, "已过", "受阻</textarea>"),
        ("attach", "unit1-head", {"title": "说明", "effective_on": "2026-01-01", "classification": "internal"}, 422, "请填写“文件”", 'value="说明"'),
        ("add_measure", "unit1-head", {"text": "", "type": "similar"}, 422, "“措施”不能为空", "selected>举一反三"),
    ],
)  # fmt: skip
def test_a_refusal_keeps_what_was_entered(
    whole: cast.World, name: str, who: str, data: dict[str, Any], status: int, sentence: str, kept: str
):
    case = CASES[name]
    row = case.row(whole)
    before = head()
    answer = at(Post.objects.get(code=who)).post(url_of(name, row, finding_of(row)), data)
    page = answer.content.decode()
    assert answer.status_code == status
    assert f'<a href="#{name}-{row.pk}">回到所填内容</a>' in page
    assert page.count(" autofocus") == 1
    place = page[page.index(f'id="{name}-{row.pk}" open') :]
    place = place[: place.index("</form>")]
    assert sentence in place
    assert kept in place
    assert head() == before


def test_a_refusal_of_the_gate_stands_at_the_form(whole: cast.World):
    task = cast.assigned(whole)
    cast.reported(whole, task, Completion.PHASED)
    answer = at(whole.unit.head).post(
        url_of("apply", task.finding, task.finding), {"grade": "done", "text": "已全部整改到位。"}
    )
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f'id="apply-{task.finding_id}" open' in page
    assert "已全部整改到位。</textarea>" in page
    assert not Closure.objects.exists()


def test_who_has_no_such_form_gets_the_sentence_at_the_head(whole: cast.World):
    task = cast.assigned(whole)
    answer = at(whole.reader).post(url_of("plan", task, task.finding), {"title": "改写"})
    assert answer.status_code == 403
    page = answer.content.decode()
    assert "“制定任务”须由" in page[page.index('role="alert"') :]
    assert "回到所填内容" not in page


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [("攻击.exe", b"MZ\x90\x00" + b"\x00" * 200, "攻击.exe"), ("空.txt", b"", "空.txt"), ("页面.html", b"<script>1</script>", "页面.html")],
)  # fmt: skip
def test_a_file_that_is_refused_is_not_kept(whole: cast.World, name: str, data: bytes, sentence: str):
    task = cast.assigned(whole)
    entered = {"file": SimpleUploadedFile(name, data), "title": "说明", "effective_on": later(0), "classification": "internal"}  # fmt: skip
    answer = at(whole.unit.filler).post(url_of("attach", task, task.finding), entered)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert 'value="说明"' in answer.content.decode()
    assert not Evidence.objects.exists()


def test_a_file_is_not_even_looked_at_for_those_who_may_not(
    whole: cast.World, monkeypatch: pytest.MonkeyPatch
):
    task = cast.assigned(whole)
    monkeypatch.setattr(kinds, "kind_of", lambda *_, **__: pytest.fail("looked at"))
    answer = at(whole.reader).post(url_of("attach", task, task.finding), CASES["attach"].data(task))
    assert answer.status_code == 403


def test_a_sensitive_piece_cannot_be_reached_by_its_number(whole: cast.World):
    task = cast.assigned(whole)
    data = {**CASES["attach"].data(task), "classification": "sensitive"}
    at(whole.unit.filler).post(url_of("attach", task, task.finding), data)
    piece = Evidence.objects.get()
    for name in ("review_evidence", "withdraw_evidence"):
        assert at(whole.reader).post(url_of(name, piece, task.finding), WHY).status_code == 404


def test_rows_of_another_item_are_not_reached_through_this_one(whole: cast.World):
    here, other = cast.assigned(whole, 0), cast.assigned(whole, 1)
    url = url_of("plan", other, here.finding)
    assert at(whole.office).post(url, {"title": "改写"}).status_code == 404


def test_the_plan_form_says_the_usual_time_limits(whole: cast.World):
    task = whole.task()
    page = at(whole.office).get(reverse("web:item", args=[whole.inspection.code, task.finding.number]))
    assert "按办理方案：立行立改 2025-07-10、集中整改 2025-09-10" in page.content.decode()
