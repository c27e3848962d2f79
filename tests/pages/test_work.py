"""待办: what waits for whom, and the approval of several applications at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast
from tests.cast import World, today
from tests.factories import F, Made, enter
from tests.pages.conftest import client_of
from tests.pages.strangers import check_strangers, statements
from zhenggai.ledger.actions import assigning, closing, proving, reporting, requesting
from zhenggai.ledger.actions.reporting import Said
from zhenggai.ledger.handling import waiting
from zhenggai.ledger.handling.models import Closure, Extension
from zhenggai.ledger.handling.states import Classification, Completion, Grade, ParticipantRole, WaiverKind
from zhenggai.ledger.models import Inspection, Task
from zhenggai.parties.models import Post
from zhenggai.web import worklist

URL = reverse("web:work")


def page(post: Post, query: str = "") -> str:
    answer = client_of(post.holder).get(URL + query)
    assert answer.status_code == 200
    return answer.content.decode()


def kinds(post: Post) -> dict[str, list[str]]:
    """What waits for a post: kind → items with their tasks."""
    return {
        pile.kind.code: [
            f"{line.finding.number}{f'.{line.task.number}' if line.task else ''}" for line in pile.lines
        ]
        for pile in worklist.piles(post)
        if pile.lines
    }


@pytest.fixture
def whole(db: None) -> World:
    return cast.world()


def late(task: Task, days: int = 3) -> Task:
    """A task whose time limit has passed, as time does it."""
    Task.objects.filter(pk=task.pk).update(due_on=today() - timedelta(days=days))
    return Task.objects.get(pk=task.pk)


def test_strangers(at_stranger: Client):
    check_strangers(at_stranger, URL)
    check_strangers(at_stranger, reverse("web:approve_chosen"), method="post")


def test_it_is_the_page_after_log_in(whole: World):
    data = {"username": "office", "password": cast.people.PASSWORD}
    assert Client().post(reverse("web:login"), data)["Location"] == URL


def test_nothing_waits_for_a_reader(whole: World):
    answer = client_of(whole.reader.holder).get(URL)
    assert answer["Location"] == reverse("web:inspections")
    assert client_of(whole.reader.holder).post(reverse("web:approve_chosen")).status_code == 404


def test_nothing_waits_for_an_outsider(whole: World):
    cast.applied(whole, 0)
    for post in (whole.outsider.filler, whole.outsider.head):
        assert kinds(post) == {}
        assert "没有待办" in page(post)


def test_what_is_not_assigned_waits_for_the_office(whole: World):
    assert kinds(whole.office) == {"assign": ["3.1", "4.1", "5.1"]}
    cast.assigned(whole, 1)
    assert kinds(whole.office) == {"assign": ["3.1", "5.1"]}


def test_a_filler_reports_and_proves(whole: World):
    task = cast.assigned(whole)
    assert kinds(whole.unit.filler) == {"report": ["3.1"], "evidence_missing": ["3.1", "3.1"]}
    assert kinds(whole.lead.filler) == {"evidence_missing": ["3.1", "3.1"]}, "the responsible unit reports"
    measure = task.measures.get(number=1)
    piece = proving.attach(task=task, measure=measure, handed=cast.handed(), by=whole.unit.filler)
    assert kinds(whole.unit.filler)["evidence_missing"] == ["3.1"]
    assert kinds(whole.lead.filler)["evidence"] == kinds(whole.lead.head)["evidence"] == ["3.1"]
    assert "evidence" not in kinds(whole.office)
    proving.review(evidence=piece, accepted=False, reason="看不清", by=whole.lead.filler)
    assert kinds(whole.unit.filler)["evidence_returned"] == ["3.1"]
    assert "看不清" in page(whole.unit.filler)
    said = Said(period=waiting.period_of(today()), narrative="正在办理。", completion=Completion.PHASED)
    report = reporting.fill_in(task=task, said=said, by=whole.unit.filler)
    assert "report" not in kinds(whole.unit.filler)
    assert kinds(whole.unit.head)["sign"] == ["3.1"]
    reporting.send_back(report=report, reason="写具体", by=whole.unit.head)
    assert kinds(whole.unit.filler)["reports_returned"] == ["3.1"]
    assert "写具体" in page(whole.unit.filler)
    assert "sign" not in kinds(whole.unit.head)


def test_the_office_reviews_what_the_lead_unit_hands_in(whole: World):
    task = cast.assigned(whole)
    proving.attach(task=task, handed=cast.handed(), by=whole.lead.filler)
    assert kinds(whole.office)["evidence"] == ["3.1"]
    assert "evidence" not in kinds(whole.lead.head)


def test_time_limits(whole: World):
    late(cast.assigned(whole, 0))
    cast.assigned(whole, 1, due_on=today() + timedelta(days=2))
    cast.assigned(whole, 2, due_on=today() + timedelta(days=60))
    for post in (whole.office, whole.official, whole.unit.filler, whole.lead.head):
        found = kinds(post)
        assert (found["overdue"], found["near"]) == (["3.1"], ["4.1"])
        shown = page(post)
        assert "超期 3 天" in shown
        assert "还有 2 天到期" in shown
    assert kinds(whole.unit.head)["extend"] == ["3.1", "4.1"]
    assert "overdue" not in kinds(whole.leader)


def test_how_near_is_the_profiles_to_say(whole: World):
    cast.assigned(whole, 0, due_on=today() + timedelta(days=10))
    assert "near" not in kinds(whole.office)
    inspection = whole.inspection
    assigning.choose_profile(inspection=inspection, profile="ducha", by=whole.office)
    assert kinds(whole.office)["near"] == ["3.1"]


def test_requests_wait_for_the_official_and_the_group(whole: World):
    task = late(cast.assigned(whole))
    requesting.request_extension(
        task=task, to_on=today() + timedelta(days=30), reason="材料待批", by=whole.unit.head
    )
    requesting.request_waiver(
        task=task, kind=WaiverKind.TASK, reason="已并入他项", expires_on=today() + timedelta(days=9),
        by=whole.unit.head,
    )  # fmt: skip
    assert "extend" not in kinds(whole.unit.head)
    for post in (whole.official, whole.leader):
        found = kinds(post)
        assert found["extensions"] == found["waivers"] == ["3.1"]
    assert "extensions" not in kinds(whole.office)
    requesting.decide_extension(extension=Extension.objects.get(), approved=True, by=whole.leader)
    assert "extensions" not in kinds(whole.official)


def test_an_application_goes_from_hand_to_hand(whole: World):
    finding = cast.ready(whole)
    assert kinds(whole.unit.head)["apply"] == kinds(whole.lead.head)["apply"] == ["3"]
    closure = closing.apply(finding=finding, grade=Grade.DONE, text="已到位。", by=whole.unit.head)
    assert "apply" not in kinds(whole.unit.head)
    chain = cast.reviewers(whole)
    for turn in chain:
        waits = [post.code for post in [*whole.posts, whole.second_office] if "steps" in kinds(post)]
        wanted = ["office", "office2"] if turn == whole.office else [turn.code]
        assert sorted(set(waits)) == wanted
        closing.approve(closure=closure, by=turn)
    assert not any("steps" in kinds(post) for post in whole.posts)


def test_what_is_returned_waits_for_who_applied(whole: World):
    closure = cast.applied(whole)
    closing.send_back(closure=closure, reason="补充材料", by=whole.lead.head)
    assert kinds(whole.unit.head) == {"returned": ["3"]}
    assert "returned" not in kinds(whole.lead.head)


@pytest.mark.parametrize("lacks", ["report", "evidence", "completion"])
def test_no_application_is_offered_while_something_is_missing(whole: World, lacks: str):
    task = cast.assigned(whole)
    for measure in task.measures.all() if lacks != "evidence" else []:
        cast.proven(whole, task, measure=measure)
    if lacks != "report":
        done = Completion.UNDONE if lacks == "completion" else Completion.DONE
        cast.reported(whole, task, done)
    assert "apply" not in kinds(whole.unit.head)


def test_a_sensitive_item_is_not_for_members_of_the_group(whole: World):
    member = cast.seat("member", "辛", cast.Role.OFFICIAL, whole.official.organisation)
    assigning.appoint(inspection=whole.inspection, role=ParticipantRole.MEMBER, post=member, by=whole.office)
    task = late(cast.assigned(whole))
    requesting.request_extension(
        task=task, to_on=today() + timedelta(days=30), reason="材料待批", by=whole.unit.head
    )
    assert kinds(member) == {"extensions": ["3.1"]}
    assigning.classify(
        finding=task.finding, classification=Classification.SENSITIVE, reason="涉案", by=whole.office
    )
    assert kinds(member) == {}
    assert kinds(whole.leader)["extensions"] == ["3.1"]


def test_standing_checks_that_are_due(whole: World):
    finding = cast.closed(whole, grade=Grade.PHASED, next_check_on=today() + timedelta(days=1))
    assert "checks" not in kinds(whole.supervisor)
    type(finding).objects.filter(pk=finding.pk).update(next_check_on=today())
    assert kinds(whole.supervisor) == {"checks": ["3"]}
    assert kinds(whole.office)["checks"] == ["3"]


def test_figures_of_signed_reports_wait_for_the_office(whole: World):
    task = cast.assigned(whole)
    cast.reported(whole, task, narrative="清理沿河违建 14 处，复绿岸坡 3.5 公里。")
    assert set(kinds(whole.office)["figures"]) == {"3.1"}


def test_several_are_approved_at_once_and_each_result_is_told(whole: World):
    closures = [cast.applied(whole, at) for at in range(3)]
    task = Task.objects.get(finding=closures[1].finding)
    closing.approve(closure=closures[2], by=whole.lead.head)
    client = client_of(whole.lead.head.holder)
    chosen = {"closure": [str(closure.pk) for closure in closures]}
    shown = client.post(reverse("web:approve_chosen"), chosen, follow=True).content.decode()
    assert shown.count("审核通过，转下一步。") == 2
    assert "问题 5 未办理：" in shown
    assert [Closure.objects.get(pk=closure.pk).step for closure in closures] == [1, 1, 1]
    assert task.finding.number == 4


def test_the_last_step_says_that_the_item_is_closed(whole: World):
    closure = cast.applied(whole)
    for post in cast.reviewers(whole)[:-1]:
        closing.approve(closure=closure, by=post)
    shown = client_of(whole.supervisor.holder).post(
        reverse("web:approve_chosen"), {"closure": [str(closure.pk)]}, follow=True
    )
    assert "审核通过，准予销号。" in shown.content.decode()


def test_nothing_chosen_and_things_unseen(whole: World):
    closure = cast.applied(whole)
    for chosen in ([], [str(closure.pk)], ["nonsense"]):
        shown = client_of(whole.outsider.head.holder).post(
            reverse("web:approve_chosen"), {"closure": chosen}, follow=True
        )
        assert "没有选中任何申请" in shown.content.decode()
    assert Closure.objects.get().step == 0


@pytest.fixture
def many(db: None) -> World:
    """An inspection with far more items than a page has lines."""
    return cast.world([F(f"第{number}个问题", [f"第{number}项措施"]) for number in range(1, 46)])


def test_pages_follow_the_key_and_miss_nothing(many: World):
    seen: list[str] = []
    query = "?kind=assign"
    while query:
        (pile,) = worklist.piles(many.office, only="assign", after=query.partition("after=")[2])
        seen += [line.finding.title for line in pile.lines]
        query = f"?kind=assign&after={pile.next_key}" if pile.next_key else ""
        assert len(pile.lines) <= worklist.SIZE
    assert seen == [f"第{number}个问题" for number in range(1, 46)]
    assert "kind=assign&amp;after=" in page(many.office)


def test_pages_by_date_follow_the_key_too(many: World):
    for at in range(45):
        late(cast.assigned(many, at), days=1 + at % 3)
    seen: list[int] = []
    after = ""
    for _page in range(3):
        (pile,) = worklist.piles(many.office, only="overdue", after=after)
        seen += [line.key for line in pile.lines]
        after = pile.next_key
    assert len(set(seen)) == 45
    assert not after


@pytest.mark.parametrize("after", ["nonsense", "2026-11-01", ".5", "x.5", "9" * 30])
def test_a_key_that_is_nonsense_means_the_beginning(many: World, after: str):
    cast.assigned(many, 0, due_on=today() + timedelta(days=1))
    assert worklist.piles(many.office, only="near", after=after)[0].lines


def test_the_number_of_statements_is_fixed(many: World):
    def of(post: Post) -> int:
        return statements(client_of(post.holder), URL)

    posts = [many.office, many.official, many.unit.head, many.unit.filler, many.lead.head, many.supervisor]
    before = [of(post) for post in posts]
    for at in range(8):
        late(cast.assigned(many, at))
    for at in range(8, 12):
        cast.applied(many, at)
    for at in range(12, 16):
        task = late(cast.assigned(many, at))
        for rejected, by in ((True, many.unit.filler), (False, many.unit.filler), (False, many.lead.filler)):
            piece = proving.attach(task=task, handed=cast.handed(), by=by)
            if rejected:
                proving.review(evidence=piece, accepted=False, reason="看不清", by=many.lead.filler)
        cast.reported(many, task, Completion.PHASED, narrative="清理沿河违建 14 处，复绿岸坡 3.5 公里。")
        said = Said(period="2026年9月", narrative="正在办理。", completion=Completion.PHASED)
        draft = reporting.fill_in(task=task, said=said, by=many.unit.filler)
        if at % 2:
            reporting.send_back(report=draft, reason="写具体", by=many.unit.head)
        requesting.request_extension(
            task=task, to_on=today() + timedelta(days=30), reason="材料待批", by=many.unit.head
        )
        requesting.request_waiver(
            task=task, kind=WaiverKind.TASK, reason="并入他项", expires_on=today() + timedelta(days=9),
            by=many.unit.head,
        )  # fmt: skip
    assert [of(post) for post in posts] == before
    assert max(before) <= 25


def test_documents_to_decide_on_wait_for_the_office(whole: World):
    made = Made([F("新问题", ["新措施"])], team="市委第九巡察组", feedback_on="2024-01-09")
    reading = enter(made, by=whole.office, name="second.txt")
    desk = reverse("web:desk", args=[reading.pk])
    assert f'href="{desk}?show=open"' in page(whole.office)
    for post in (whole.official, whole.supervisor, whole.unit.head):
        assert desk not in page(post)


def test_only_items_of_inspections_that_count(whole: World):
    assert Inspection.objects.count() == 1
    cast.assigned(whole)
    assigning.dismiss(
        participant=whole.inspection.participants.get(organisation=whole.supervisor.organisation),
        reason="换届", by=whole.office,
    )  # fmt: skip
    assert kinds(whole.supervisor) == {}
