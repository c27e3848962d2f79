"""What reviewers tried: words that are published beside the text, approving what was not seen, renewing in forms that cannot bear it."""

import pytest

from tests import cast, drafts
from tests.drafts import Desk
from zhenggai.bulletins.actions import approving, binding, drafting
from zhenggai.bulletins.actions.binding import Choice
from zhenggai.bulletins.facts import Line
from zhenggai.bulletins.reading import read_lines
from zhenggai.bulletins.rules import ContentMoved, TroublesLeft, WrongText
from zhenggai.bulletins.states import FigureState
from zhenggai.ledger.actions import assigning
from zhenggai.ledger.handling.states import Classification

pytestmark = pytest.mark.django_db

LINE = "全县整改工作扎实推进，兑付资金12万元。"


@pytest.fixture
def whole() -> cast.World:
    """Two items are public, the third one sensitive."""
    made = drafts.public_world()
    assigning.classify(
        finding=made.finding(2), classification=Classification.SENSITIVE, reason="涉密", by=made.office
    )
    return made


def _waived(whole: cast.World, reason: str) -> Desk:
    desk = Desk(whole, [LINE])
    sheet = desk.sheet
    for each in sheet.figures:
        at = each.figure.place
        binding.waive(
            paragraph=sheet.paragraphs[at.line], start=at.start, end=at.end, reason=reason, by=whole.office
        )
    return desk


@pytest.mark.parametrize("words", ["见“{title}”一案", "另有1个问题不公开，数字与之相连"])
def test_a_reason_that_is_published_tells_nothing_of_what_is_withheld(whole, words):
    desk = _waived(whole, words.format(title=whole.finding(2).title))
    with pytest.raises(TroublesLeft, match="免予绑定的理由") as refused:
        approving.submit(bulletin=desk.bulletin, by=whole.office)
    assert whole.finding(2).title not in refused.value.sentence


def test_a_correction_names_nothing_that_is_withheld(whole):
    edition = drafts.published(whole, _waived(whole, "按惯例表述").bulletin)
    draft = drafting.revise(edition=edition, correction=f"删去“{whole.finding(2).title}”", by=whole.office)
    with pytest.raises(TroublesLeft, match="更正说明"):
        approving.submit(bulletin=draft, by=whole.office)


def test_a_source_whose_name_is_published_names_nothing_that_is_withheld(whole):
    source = drafts.observed(whole, f"{whole.finding(2).title}涉及人数", "12", "人")
    desk = Desk(whole, ["培训干部12人。"])
    desk.bind("12人", source)
    with pytest.raises(TroublesLeft, match="来源的名称和口径"):
        approving.submit(bulletin=desk.bulletin, by=whole.office)


def test_what_was_changed_after_the_reviewer_opened_it_is_not_approved(whole):
    desk = _waived(whole, "按惯例表述")
    seen = approving.submit(bulletin=desk.bulletin, by=whole.office).digest
    approving.recall(bulletin=desk.bulletin, reason="改一处", by=whole.office)
    desk.edit("扎实", LINE.replace("扎实", "全面"))
    again = approving.submit(bulletin=desk.bulletin, by=whole.office)
    with pytest.raises(ContentMoved, match="重新送审"):
        approving.approve(bulletin=desk.bulletin, seen=seen, by=whole.second_office)
    assert approving.approve(bulletin=desk.bulletin, seen=again.digest, by=whole.second_office).step == 1


def test_of_two_sources_for_one_number_the_last_one_counts(whole):
    desk = Desk(whole, ["培训干部12人。"])
    rows = [drafts.observed(whole, name, "12", "人") for name in ("培训干部", "下乡干部")]
    sheet = desk.sheet
    at = sheet.figures[0].figure.place
    choices = [Choice(sheet.paragraphs[at.line].pk, at.start, at.end, row.pk) for row in rows]
    binding.bind(bulletin=desk.bulletin, choices=choices, by=whole.office)
    assert [row.observation_id for row in desk.sheet.bindings] == [rows[1].pk]


RENEWED = [
    ("修路5千公里", "5000", "6000", "修路6千公里"),
    ("慰问3千人", "3000", "3500", "慰问3.5千人"),
    ("慰问5百人", "500", "600", "慰问6百人"),
    ("慰问三千人", "3000", "3500", "慰问3500人"),
    ("慰问两万人", "20000", "41000", "慰问4.1万人"),
    ("投入3百万元", "3000000", "4000000", "投入4百万元"),
    ("投入3千万元", "30000000", "45000000", "投入4.5千万元"),
]


def _renewed(whole: cast.World, text: str, old: str, new: str) -> Desk:
    desk = Desk(whole, [f"全县{text}。"])
    figure = desk.sheet.figures[0].figure
    first = drafts.observed(whole, "某数", old, figure.unit, kind=figure.kind)
    desk.bind(figure.text, first)
    drafts.observed(whole, "某数", new, figure.unit, kind=figure.kind, corrects=first.pk)
    binding.renew(bulletin=desk.bulletin, bindings=[desk.sheet.figures[0].binding], by=whole.office)
    return desk


@pytest.mark.parametrize(("text", "old", "new", "renewed"), RENEWED)
def test_a_number_is_renewed_in_the_form_in_which_it_stood(whole, text, old, new, renewed):
    desk = _renewed(whole, text, old, new)
    assert desk.paragraph("全县").text == f"全县{renewed}。"
    assert desk.sheet.figures[0].state is FigureState.BOUND


@pytest.mark.parametrize(
    ("text", "old", "new"),
    [("慰问20至30户", "25", "40"), ("完成率百分之三十", "30", "40"), ("完成率下降3.2%", "-3.2", "-4.5")],
)
def test_a_form_that_cannot_bear_the_value_is_left_to_be_written_by_hand(whole, text, old, new):
    with pytest.raises(WrongText, match="不能自动改写"):
        _renewed(whole, text, old, new)


@pytest.mark.parametrize(
    ("text", "part", "value"),
    [
        ("慰问三万五千人", "五千人", "5000"),
        ("投入一亿二千万元", "二千万元", "20000000"),
        ("复绿三分之二亩", "二亩", "2"),
        ("复绿3亩半", "3亩", "3"),
        ("投入数十万元", "十万元", "100000"),
        ("气温零下3℃", "3℃", "3"),
        ("完成率同比-3.2%", "3.2%", "3.2"),
    ],
)
def test_a_part_of_a_number_is_never_bound_as_if_it_were_the_number(whole, text, part, value):
    desk = Desk(whole, [f"全县{text}。"])
    figure = desk.figure(part).figure
    source = drafts.observed(whole, "某数", value, part.lstrip("0123456789.一二三五十千万"), kind=figure.kind)
    desk.bind(part, source)
    assert desk.state(part) is not FigureState.BOUND
    with pytest.raises(TroublesLeft):
        approving.submit(bulletin=desk.bulletin, by=whole.office)


@pytest.mark.parametrize(
    "text",
    [
        "挽回损失十几万元。", "追缴壹佰万元。", "九成以上群众满意。", "满意率达九成五。", "三分之一的任务已完成。", "投诉下降了一半。",
        "开支减半。", "产值翻两番。", "完成整改①处。", "共Ⅻ处。", "几个小区改造。", "数百名干部参与。", "上千人受益。",
    ],
)  # fmt: skip
def test_a_number_in_words_does_not_hide(text):
    assert read_lines([Line(0, "text", text)]).figures


@pytest.mark.parametrize(
    "text",
    ["水质达到Ⅱ类标准。", "①建立台账；②落实责任。", "工作取得成效，成员分工明确。", "数据已经归集。", "半年来持续推进。", "一半山水一半城。"],
)  # fmt: skip
def test_words_that_count_nothing_are_no_numbers(text):
    assert not read_lines([Line(0, "text", text)]).figures
