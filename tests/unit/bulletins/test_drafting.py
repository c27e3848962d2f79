"""Text and bindings of a draft: several people, nobody overwritten unseen, every number with its source."""

import pytest

from tests import cast, drafts
from zhenggai.bulletins import rules
from zhenggai.bulletins.actions import binding, drafting
from zhenggai.bulletins.models import Binding, ParagraphVersion
from zhenggai.bulletins.pasting import PasteRefused
from zhenggai.bulletins.states import Audience, FigureState, ParagraphRole
from zhenggai.core.errors import NotPermitted
from zhenggai.indicators.actions.entering import withdraw
from zhenggai.indicators.states import Reach
from zhenggai.indicators.taking import take
from zhenggai.journal.verify import verify

pytestmark = pytest.mark.django_db

LINES = ["2024年培育绿色工厂10户，网办率达到90.91%。", "全市整治排口46处。"]


@pytest.fixture
def desk():
    return drafts.Desk(drafts.public_world(), LINES)


def sound():
    report = verify()
    assert report.sound, [fault.sentence for fault in report.faults]


def test_a_number_is_unbound_until_it_rests_on_a_value(desk):
    assert desk.state("10户") is FigureState.UNBOUND
    desk.bind("10户", drafts.observed(desk.whole, "绿色工厂", "10", "户", period="2024年"))
    assert desk.state("10户") is FigureState.BOUND
    sound()


def test_a_bound_number_follows_its_words_and_is_contradicted_when_it_is_changed(desk):
    desk.bind("10户", drafts.observed(desk.whole, "绿色工厂", "10", "户", period="2024年"))
    desk.edit("绿色工厂", "据统计，2024年全市累计培育绿色工厂10户，网办率达到90.91%。")
    assert desk.state("10户") is FigureState.BOUND
    desk.edit("绿色工厂", "据统计，2024年全市累计培育绿色工厂12户，网办率达到90.91%。")
    assert desk.state("12户") is FigureState.CONTRADICTED
    desk.edit("绿色工厂", "据统计，2024年网办率达到90.91%。")
    assert not Binding.objects.filter(ended_at=None).exists()
    sound()


def test_a_value_that_is_corrected_makes_the_number_stale_and_renewing_writes_the_new_one(desk):
    old = drafts.observed(desk.whole, "绿色工厂", "10", "户", period="2024年")
    desk.bind("10户", old)
    drafts.observed(desk.whole, "绿色工厂", "11", "户", period="2024年", corrects=old.pk)
    assert desk.state("10户") is FigureState.STALE
    binding.renew(bulletin=desk.bulletin, bindings=[desk.figure("10户").binding], by=desk.whole.office)
    assert desk.state("11户") is FigureState.BOUND
    sound()


def test_a_computed_value_goes_stale_when_the_ledger_moves(desk):
    whole = desk.whole
    desk.edit("46处", "反馈问题3个，已完成整改问题1个。")
    values = take(scope=whole.inspection.code, reach=Reach.PUBLIC, by=whole.office)
    desk.bind("1个", values["ledger.done"])
    assert desk.state("1个") is FigureState.BOUND
    cast.closed(whole, 2)
    assert desk.state("1个") is FigureState.STALE
    binding.renew(bulletin=desk.bulletin, bindings=[desk.figure("1个").binding], by=whole.office)
    assert desk.state("2个") is FigureState.BOUND
    sound()


def test_a_withdrawn_source_is_stale(desk):
    row = drafts.observed(desk.whole, "整治排口", "46", "处")
    desk.bind("46处", row)
    withdraw(observations=[row], reason="登记有误", by=desk.whole.office)
    assert desk.state("46处") is FigureState.STALE


@pytest.mark.parametrize(
    ("name", "value", "unit", "period", "state"),
    [
        ("绿色工厂", "10", "户", "2024年", FigureState.BOUND),
        ("绿色工厂", "10", "户", "", FigureState.BOUND),
        ("绿色工厂", "10", "家", "2024年", FigureState.WRONG_UNIT),
        ("绿色工厂", "10", "户", "2023年", FigureState.WRONG_PERIOD),
        ("绿色工厂", "11", "户", "2024年", FigureState.CONTRADICTED),
    ],
)
def test_how_a_number_stands_to_its_source(desk, name, value, unit, period, state):
    desk.bind("10户", drafts.observed(desk.whole, name, value, unit, period=period))
    assert desk.state("10户") is state
    assert bool(desk.figure("10户").remedy) is (state is not FigureState.BOUND)


def test_a_waived_number_has_a_reason_and_is_counted(desk):
    place = desk.figure("46处").figure.place
    row = desk.sheet.paragraphs[place.line]
    with pytest.raises(rules.WrongText, match="须写明理由"):
        binding.waive(paragraph=row, start=place.start, end=place.end, reason=" ", by=desk.whole.office)
    made = binding.waive(
        paragraph=row, start=place.start, end=place.end, reason="引自省级通报", by=desk.whole.office
    )
    assert desk.state("46处") is FigureState.WAIVED
    binding.unbind(binding=made, by=desk.whole.office)
    assert desk.state("46处") is FigureState.UNBOUND
    sound()


def test_a_public_document_rests_on_no_count_of_the_whole_ledger(desk):
    values = take(scope=desk.whole.inspection.code, reach=Reach.WHOLE, by=desk.whole.office)
    with pytest.raises(rules.WrongText, match="公开口径"):
        desk.bind("46处", values["ledger.items"])


def test_two_edits_of_one_paragraph_are_merged(desk):
    row = desk.paragraph("绿色工厂")
    desk.edit("绿色工厂", "2024年培育绿色工厂10户，全市网办率达到90.91%。")
    edited = drafting.edit(
        paragraph=row,
        base=row.version,
        text="2024年共培育绿色工厂10户，网办率达到90.91%。",
        by=desk.whole.second_office,
    )
    assert edited.merged
    assert edited.paragraph.text == "2024年共培育绿色工厂10户，全市网办率达到90.91%。"
    sound()


def test_two_edits_of_the_same_words_conflict_and_nothing_is_lost(desk):
    row = desk.paragraph("绿色工厂")
    desk.edit("绿色工厂", "2024年培育绿色工厂12户，网办率达到90.91%。")
    mine = "2024年培育绿色工厂13户，网办率达到90.91%。"
    with pytest.raises(rules.EditConflict, match=r"10.*13.*12") as refused:
        drafting.edit(paragraph=row, base=row.version, text=mine, by=desk.whole.second_office)
    assert refused.value.facts["mine"] == mine
    assert "12户" in refused.value.facts["theirs"]
    assert "12户" in desk.paragraph("绿色工厂").text


def test_a_removed_paragraph_can_be_restored_with_any_of_its_versions(desk):
    row = desk.paragraph("46处")
    desk.edit("46处", "全市整治排口47处。")
    drafting.remove(paragraph=row, base=2, by=desk.whole.office)
    assert all("排口" not in each.text for each in desk.paragraphs)
    drafting.restore(version=ParagraphVersion.objects.get(paragraph=row, number=1), by=desk.whole.office)
    assert desk.paragraph("46处").text == LINES[1]
    assert ParagraphVersion.objects.filter(paragraph=row).count() == 4
    sound()


def test_paragraphs_go_between_others_however_often(desk):
    first = desk.paragraphs[0]
    for number in range(30):
        drafting.insert(
            bulletin=desk.bulletin, after=first, pasted=f"插入的第{number}段。", by=desk.whole.office
        )
    texts = [row.text for row in desk.paragraphs]
    assert texts[1:31] == [f"插入的第{number}段。" for number in reversed(range(30))]
    drafting.move(paragraph=desk.paragraphs[1], up=False, by=desk.whole.office)
    assert [row.text for row in desk.paragraphs][1:3] == ["插入的第28段。", "插入的第29段。"]
    sound()


def test_pasted_web_text_arrives_as_clean_paragraphs(desk):
    pasted = "<style>p{color:red}</style><p onclick='x()'>第一段。</p><script>alert(1)</script><p>第二段&nbsp;12处。</p>"
    rows = drafting.insert(bulletin=desk.bulletin, after=None, pasted=pasted, by=desk.whole.office)
    assert [row.text for row in rows] == ["第一段。", "第二段12处。"]


def test_too_much_pasted_is_refused_with_the_limit(desk):
    with pytest.raises(PasteRefused, match="60000"):
        drafting.insert(
            bulletin=desk.bulletin, after=None, pasted="整改落实情况。\n" * 20_000, by=desk.whole.office
        )


@pytest.mark.parametrize("text", ["", "  \u3000", "\x00"])
def test_an_empty_paragraph_is_refused(desk, text):
    with pytest.raises(rules.WrongText, match="没有文字"):
        desk.edit("46处", text)


@pytest.mark.parametrize("who", ["leader", "supervisor", "reader", "official"])
def test_only_the_office_writes(desk, who):
    row = desk.paragraph("46处")
    with pytest.raises(NotPermitted):
        drafting.edit(paragraph=row, base=row.version, text="改。", by=getattr(desk.whole, who))


def test_a_composed_document_is_filled_from_the_ledger_with_its_counts_bound():
    whole = drafts.public_world()
    bulletin = drafting.open_draft(
        inspection=whole.inspection, kind="tongbao", audience=Audience.PUBLIC, by=whole.office
    )
    sheet = drafts.sheet_of(bulletin, cast.today())
    bound = [each for each in sheet.figures if each.state is FigureState.BOUND]
    assert any(each.source.code == "ledger.items" and each.figure.value == 3 for each in bound)
    assert all(each.state is FigureState.BOUND for each in sheet.figures if each.source)
    assert sheet.paragraphs[0].role == ParagraphRole.TITLE.value
    sound()


def test_reading_a_draft_costs_a_fixed_number_of_statements(desk, django_assert_max_num_queries):
    drafting.insert(
        bulletin=desk.bulletin,
        after=None,
        pasted="\n".join(f"整治排口{n}处。" for n in range(60)),
        by=desk.whole.office,
    )
    desk.bind("7处", drafts.observed(desk.whole, "整治排口", "7", "处"))
    with django_assert_max_num_queries(9):
        drafts.sheet_of(desk.bulletin, cast.today())
