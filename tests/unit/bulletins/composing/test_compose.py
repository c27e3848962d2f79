"""Documents composed from the ledger: what they count, what they say of each item, and that reading them gives the ledger back."""

import contextlib
import re
import time
from random import Random

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from tests import cast, drafts
from tests.conftest import ROOT
from tests.factories import F, Made, enter
from tests.unit.bulletins.composing.ledgers import (
    composed,
    counted,
    large,
    named,
    read_and_compared,
    text_of,
    worked,
)
from zhenggai.bulletins import kinds
from zhenggai.bulletins.actions.drafting import edit, open_draft
from zhenggai.bulletins.composing import naming
from zhenggai.bulletins.composing.naming import chinese
from zhenggai.bulletins.kinds import all_kinds
from zhenggai.bulletins.states import Audience, ParagraphRole
from zhenggai.journal.verify import verify
from zhenggai.ledger.actions import assigning, closing, requesting
from zhenggai.ledger.actions.deciding import accept, reject
from zhenggai.ledger.actions.reporting import Said, fill_in
from zhenggai.ledger.handling.states import (
    Classification,
    Completion,
    Grade,
    MeasureType,
    WaiverKind,
)
from zhenggai.ledger.imports import acceptable
from zhenggai.ledger.states import Kind, Level

pytestmark = pytest.mark.django_db

KINDS = ["tongbao", "baogao", "qingdan", "gongshi"]
BOTH = [(kind, audience) for kind in KINDS for audience in Audience]


@pytest.mark.parametrize("seed", range(4))
def test_reading_what_was_composed_gives_the_ledger_back(seed):
    whole = worked(Random(seed), areas=seed % 2 == 0)
    for kind, audience in BOTH:
        read_and_compared(whole.inspection, composed(whole, kind, audience), kind, audience)


@pytest.mark.parametrize("seed", range(3))
def test_counts_are_those_of_the_ledger(seed):
    whole = worked(Random(100 + seed), 8)
    for audience in Audience:
        document = composed(whole, "tongbao", audience)
        by_hand = counted(whole, audience)
        part = next((part for part in document.parts if part.origin == "overview"), None)
        said = {each.label: int(each.observation.value) for each in part.bound} if part else {}
        words = {
            "已完成整改问题": "done", "取得阶段性成效并长期坚持问题": "phased", "审核中问题": "step", "退回问题": "returned",
            "未申请销号问题": "none",
        }  # fmt: skip
        assert said.get("反馈问题", 0) == by_hand.total()
        assert {label: said.get(label, 0) for label in words} == {
            label: by_hand[code] for label, code in words.items()
        }
        tasks = sum(row.tasks.filter(withdrawn_at=None).count() for row in named(whole, audience))
        if audience is Audience.PUBLIC and tasks:
            assert f"{tasks}项整改任务" in text_of(document)


@pytest.mark.parametrize("seed", range(6))
def test_nothing_is_said_of_what_is_withheld(seed):
    whole = worked(Random(1000 + seed), 5, areas=seed % 2 == 0)
    for kind, audience in BOTH:
        text = text_of(composed(whole, kind, audience))
        shown = named(whole, audience)
        openly = "\n".join(each for row in shown for each in words_of(row))
        keys = {row.pk for row in shown}
        for row in whole.inspection.findings.exclude(level=Level.AREA.value):
            for each in words_of(row) if row.pk not in keys else ():
                pieces = {each[at : at + 12] for at in range(max(len(each) - 11, 1))}
                assert not [piece for piece in pieces if piece in text and piece not in openly]
        for area in whole.inspection.findings.filter(level=Level.AREA.value):
            withheld = {Classification.SENSITIVE.value} | (
                {Classification.INTERNAL.value} if audience is Audience.PUBLIC else set()
            )
            assert not (area.classification in withheld and area.title in text)
        for number in re.findall("办法([零一二三四五六七八九]+)", text):
            assert f"第{number}项" in openly


def words_of(row):
    """Everything that the ledger says of an item."""
    yield row.title
    for task in row.tasks.all():
        yield task.title
        yield from (measure.text for measure in task.measures.all())
        yield from (report.narrative for report in task.reports.all())


def test_the_ledger_is_sound_after_a_draft_of_each_kind_was_opened():
    whole = worked(Random(3), 4)
    for kind in all_kinds():
        for audience in Audience:
            open_draft(inspection=whole.inspection, kind=kind, audience=audience, by=whole.office)
    report = verify()
    assert report.sound, [fault.sentence for fault in report.faults]


def test_an_inspection_in_which_nothing_happened_is_told_without_stubs():
    whole = cast.world()
    for kind, audience in BOTH:
        text = text_of(composed(whole, kind, audience))
        assert "None" not in text
        assert not re.search(r"[{}<>\[\]]|，，|。。|；；|：。|、。|，。|；。|“”|《》", text), text


def test_punctuation_is_never_doubled():
    whole = worked(Random(7), 7)
    for kind, audience in BOTH:
        text = text_of(composed(whole, kind, audience))
        assert not re.search(
            r"[{}<>\[\]]|，，|，。|。。|；；|：。|、。|；。|：，|“”|《》|目前，目前", text
        ), text


# ---- what is said of one item ----


def said_of(whole, at=0, kind="tongbao", audience=Audience.INTERNAL):
    """The paragraphs below an item's heading."""
    number = whole.finding(at).number
    parts = composed(whole, kind, audience).parts
    return [
        part.text
        for part in parts
        if part.origin.endswith(f"#{number}") and part.role == ParagraphRole.TEXT.value
    ]


def test_an_item_that_nobody_has_taken_up():
    whole = cast.world([F("治水责任落实不严", ["巡查"])])
    assert said_of(whole)[0] == "该问题正在推进。"  # its measure was reported by the document that was read


def test_an_item_without_measures_says_honestly_that_there_is_nothing_yet():
    whole = cast.world([F("治水责任落实不严")])
    assert said_of(whole) == ["该问题正在研究制定整改措施。具体措施和进展待责任单位签发后公布。"]
    assert said_of(whole, kind="baogao") == ["该问题尚未明确责任单位和完成时限。责任单位尚未签发进展情况。"]


def test_an_item_under_way_names_its_time_limit():
    whole = cast.world()
    task = cast.assigned(whole)
    due = f"{task.due_on.year}年{task.due_on.month}月{task.due_on.day}日"
    assert said_of(whole)[0] == f"该问题正在推进，完成时限为{due}。"


def test_an_item_that_is_late_says_so():
    whole = cast.world()
    cast.assigned(whole, due_on=cast.today() - cast.timedelta(days=1))
    assert "已超过" in said_of(whole)[0]
    assert "整改任务中，超过完成时限尚未完成的有1项。" in text_of(
        composed(whole, "baogao", Audience.INTERNAL)
    )
    assert "（一）超期事项。" in text_of(composed(whole, "baogao", Audience.INTERNAL))


def test_an_item_that_is_done_but_only_under_review_is_not_told_as_done():
    whole = cast.world()
    cast.applied(whole)
    first = said_of(whole)[0]
    assert first.startswith("该问题的整改情况正在按程序审核。")
    assert "完成整改" not in first
    assert "超期事项" not in text_of(composed(whole, "baogao", Audience.INTERNAL))


@pytest.mark.parametrize(
    ("grade", "said"),
    [(Grade.DONE, "该问题已完成整改。"), (Grade.PHASED, "该问题已取得阶段性成效并长期坚持。")],
)
def test_a_closed_item_is_told_in_the_words_of_its_grade(grade, said):
    whole = cast.world()
    later = {"next_check_on": cast.today() + cast.timedelta(days=90)} if grade is Grade.PHASED else {}
    cast.closed(whole, grade=grade, **later)
    status, measures = said_of(whole)
    assert status.startswith(said)
    assert measures == "一是完善河长巡查办法并按月通报。二是清理沿河违建并复绿岸坡。"


def test_a_relapse_is_told():
    whole = cast.world()
    finding = cast.closed(whole)
    closing.relapse(finding=finding, reason="再次出现", found_on=cast.today(), by=whole.supervisor)
    assert said_of(whole)[0].startswith("该问题正在进行新一轮整改，前一轮销号后问题再次出现")


def test_what_a_unit_signed_is_told_and_what_it_has_not_signed_is_not():
    whole = cast.world()
    task = cast.assigned(whole)
    cast.reported(
        whole, task, Completion.PHASED, narrative="已拆除违建；\n岸坡正在复绿，", period="2026年10月"
    )
    assert said_of(whole)[0].endswith("目前，已拆除违建。岸坡正在复绿。")
    said = Said(period="2026年11月", narrative="未经签发的话", completion=Completion.DONE)
    fill_in(task=task, said=said, by=whole.unit.filler)
    assert "未经签发" not in "".join(said_of(whole))


@pytest.mark.parametrize("count", [1, 2, 11, 21])
def test_measures_are_numbered_in_official_usage(count):
    whole = cast.world([F("治水责任落实不严", [])])
    task = whole.task()
    for at in range(count):
        assigning.add_measure(
            task=task, text=f"采取措施之{chinese(at + 1)}；", type=MeasureType.OTHER, by=whole.office
        )
    paragraph = said_of(whole)[-1]
    if count == 1:
        assert paragraph == "整改措施：（1）采取措施之一。"
        return
    listed = "".join(f"{chinese(at + 1)}是采取措施之{chinese(at + 1)}。" for at in range(count))
    assert paragraph == f"整改措施正在推进：{listed}"


def test_of_several_measures_those_not_carried_out_are_marked():
    whole = cast.world([F("治水责任落实不严", [])])
    task = cast.assigned(whole)
    first = assigning.add_measure(task=task, text="清理违建", type=MeasureType.OTHER, by=whole.office)
    assigning.add_measure(task=task, text="复绿岸坡", type=MeasureType.OTHER, by=whole.office)
    cast.proven(whole, task, measure=first)
    assert said_of(whole)[-1] == "一是清理违建。二是复绿岸坡（正在推进）。"


def test_numbers_are_bound_to_what_was_read_at_their_place_until_that_is_taken_back():
    whole = drafts.public_world()
    document = composed(whole, "tongbao", Audience.PUBLIC)
    assert not [each for part in document.parts for each in part.bound if "#" in part.origin]
    reading, observation = read_in(whole, "清理沿河违建12处", "12", "处")
    bound = [(part.text[each.start : each.end], each.observation.pk) for part in composed(whole, "tongbao", Audience.PUBLIC).parts
             for each in part.bound if "#" in part.origin]  # fmt: skip
    assert bound == [("12处", observation)]
    reject(proposals=list(reading.proposals.filter(kind=Kind.FIGURE.value)), by=whole.office)
    after = composed(whole, "tongbao", Audience.PUBLIC)
    assert not [each for part in after.parts for each in part.bound if "#" in part.origin]


def read_in(whole, text, number, unit):
    """Read a document in whose one measure holds a number; return the reading and the key of the value."""
    made = Made([F("河道管护不到位", [text])], party="中共浅溪县委")
    finding = made.result["findings"][0]
    start = made.text.index(text) + text.index(number)
    made.result["quantities"].append(
        {**made._quantity("违建", number, unit, finding["path"]), "span": [start, start + len(number + unit)]}
    )
    reading = enter(made, by=whole.office, inspection=whole.inspection)
    accept(proposals=acceptable(reading), by=whole.office)
    new = whole.inspection.findings.get(title="河道管护不到位")
    assigning.classify(finding=new, classification=Classification.PUBLIC, reason="可以公开", by=whole.office)
    return reading, reading.proposals.get(kind=Kind.FIGURE.value).target_id


def test_quotation_marks_within_a_title_are_single():
    whole = cast.world([F("落实“三重一大”制度不严", ["修订办法"])])
    assert "（一）关于“落实‘三重一大’制度不严”的问题" in text_of(
        composed(whole, "tongbao", Audience.INTERNAL)
    )


def test_areas_hold_their_items_and_one_that_may_not_be_named_is_not():
    whole = cast.world()
    for row in whole.inspection.findings.all():
        public = row.title != "民生保障方面"
        to = Classification.PUBLIC if public else Classification.INTERNAL
        assigning.classify(finding=row, classification=to, reason="核定", by=whole.office)
    headings = [
        p.text
        for p in composed(whole, "tongbao", Audience.PUBLIC).parts
        if p.role == ParagraphRole.HEADING.value
    ]
    assert headings == [
        "一、强化组织领导，压实整改责任",
        "二、紧盯反馈问题，推进整改落实",
        "（一）生态环境方面",
        "1.关于“治水护河责任落实不严”的问题",
        "（二）其他反馈问题",
        "1.关于“民生实事推进缓慢”的问题",
        "2.关于“请示报告不够规范”的问题",
        "三、坚持常态长效，巩固整改成果",
    ]


def test_the_leading_group_is_named_by_office_never_by_person():
    whole = cast.world()
    text = text_of(composed(whole, "tongbao", Audience.INTERNAL))
    assert "成立由县委" in text
    for post in whole.posts:
        assert f"由{post.holder.name}" not in text
        assert f"、{post.holder.name}" not in text


def test_a_waiver_is_told_to_the_superior_only():
    whole = cast.world()
    task = cast.assigned(whole)
    waiver = requesting.request_waiver(
        task=task, kind=WaiverKind.EVIDENCE, reason="凭证由群众本人保管", expires_on=cast.today() + cast.timedelta(days=30),
        measure=task.measures.first(), by=whole.unit.head,
    )  # fmt: skip
    requesting.decide_waiver(waiver=waiver, approved=True, decision="同意", by=whole.official)
    assert "免附佐证，理由是凭证由群众本人保管" in text_of(composed(whole, "baogao", Audience.INTERNAL))
    drafts.make_public(whole)
    assert "凭证由群众本人保管" not in text_of(composed(whole, "tongbao", Audience.PUBLIC))


def test_a_closure_is_announced_once():
    whole = drafts.public_world()
    draft = open_draft(inspection=whole.inspection, kind="gongshi", audience=Audience.PUBLIC, by=whole.office)
    title = whole.finding(0).title
    text = "\n".join(row.text for row in draft.paragraphs.all())
    assert f"“{title}”" in text
    assert "公示期自" in text
    for row in list(draft.paragraphs.filter(text__contains="待补：")):
        edit(
            paragraph=row,
            base=row.version,
            text=re.sub(".待补：[^。；）]+?[\u3015]", "县委整改办", row.text),
            by=whole.office,
        )
    desk = drafts.Desk.__new__(drafts.Desk)
    desk.whole, desk.bulletin = whole, draft
    desk.waive_the_rest()
    drafts.published(whole, draft)
    again = text_of(composed(whole, "gongshi", Audience.PUBLIC))
    assert title not in again
    assert "没有新的销号事项需要公示" in again


def test_the_example_of_the_guide_is_composed():
    whole = drafts.public_world()
    file = settings.DATA / "kinds" / "jianbao.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    guide = (ROOT / "docs" / "how-to" / "write-a-template.md").read_text(encoding="utf-8")
    file.write_text(re.findall("```toml\n(.*?)```", guide, re.DOTALL)[1], encoding="utf-8")
    kinds._load.cache_clear()
    try:
        document = composed(whole, "jianbao", Audience.PUBLIC)
    finally:
        file.unlink()
        kinds._load.cache_clear()
    day = naming.day(cast.today())
    assert text_of(document).split("\n") == [
        "中共浅溪县委巡察整改工作简报",
        "一、总体进展",
        f"（一）问题整改。截至{day}，反馈的3个问题中，已完成整改1个，尚在整改2个。成立由县委领导任组长的领导小组。",
        "二、已经销号的问题",
        f"下列问题已经销号：“治水护河责任落实不严”问题（{day}）。",
        "中共浅溪县委",
        day,
    ]
    assert [each.label for part in document.parts for each in part.bound] == [
        "反馈问题",
        "已完成整改问题",
        "未申请销号问题",
    ]


# ---- how much it costs ----


class _UndoError(Exception):
    """The ledger just made is to go again."""


def statements(count, kind, audience):
    """How many statements a document takes about a ledger of so many items, when nothing is news."""
    with CaptureQueriesContext(connection) as caught, contextlib.suppress(_UndoError), transaction.atomic():
        whole = large(count)
        composed(whole, kind, audience)
        before = len(connection.queries)
        composed(whole, kind, audience)
        found = len(connection.queries) - before
        raise _UndoError
    assert caught
    return found


@pytest.mark.parametrize(("kind", "audience"), [("tongbao", Audience.PUBLIC), ("baogao", Audience.INTERNAL)])
def test_as_many_statements_for_thirty_items_as_for_three(kind, audience):
    assert statements(3, kind, audience) == statements(30, kind, audience)


def test_three_hundred_items_in_half_a_second():
    whole = large(300, work=10)
    composed(whole, "tongbao", Audience.INTERNAL)
    best = 9.0
    for _ in range(3):
        began = time.process_time()  # what it costs, whatever else the machine is doing
        document = composed(whole, "tongbao", Audience.INTERNAL)
        best = min(best, time.process_time() - began)
    assert len([part for part in document.parts if part.role == ParagraphRole.HEADING.value]) > 300
    assert best < 0.5
