"""Tables of the plain rules: time limits, schedule, money, moves; and the profiles that come as files."""

from datetime import date
from decimal import Decimal

import pytest

from zhenggai.ledger.handling import alike, rules
from zhenggai.ledger.handling.profiles import ProfileRefused, all_profiles, default_profile, parse
from zhenggai.ledger.handling.states import (
    DIAGRAMS,
    REVIEW_MOVES,
    Completion,
    Horizon,
    Review,
    ReviewMove,
    Schedule,
)

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("due_on", "completion", "review", "schedule"),
    [
        (date(2026, 11, 23), Completion.UNDONE, Review.NONE, Schedule.OVERDUE),
        (date(2026, 11, 24), Completion.UNDONE, Review.NONE, Schedule.NEAR),
        (date(2026, 12, 1), Completion.PHASED, Review.STEP, Schedule.NEAR),
        (date(2026, 12, 2), Completion.UNDONE, Review.RETURNED, Schedule.ON_TIME),
        (None, Completion.UNDONE, Review.NONE, Schedule.OPEN_ENDED),
        (date(2026, 1, 1), Completion.DONE, Review.NONE, Schedule.FINISHED),
        (date(2026, 1, 1), Completion.PHASED, Review.CLOSED, Schedule.FINISHED),
    ],
)
def test_how_a_time_limit_stands(due_on, completion, review, schedule):
    assert rules.schedule_of(due_on, completion, review, TODAY, 7) is schedule


@pytest.mark.parametrize(
    ("feedback_on", "horizon", "due_on"),
    [
        (date(2026, 8, 31), Horizon.CONCENTRATED, date(2027, 2, 28)),
        (date(2025, 8, 30), Horizon.CONCENTRATED, date(2026, 2, 28)),
        (date(2027, 8, 31), Horizon.CONCENTRATED, date(2028, 2, 29)),
        (date(2026, 12, 15), Horizon.IMMEDIATE, date(2027, 1, 15)),
        (date(2026, 3, 31), Horizon.IMMEDIATE, date(2026, 4, 30)),
        (date(2026, 1, 1), Horizon.LONG, date(2028, 1, 1)),
    ],
)
def test_the_last_day_of_a_time_class(feedback_on, horizon, due_on):
    assert rules.due_from(all_profiles()["xunshi"], horizon, feedback_on) == due_on


@pytest.mark.parametrize(
    ("wording", "horizon"),
    [
        ("立行立改，长期坚持", Horizon.IMMEDIATE),
        ("集中整改期内", Horizon.CONCENTRATED),
        ("2026年底前，并长期坚持", None),
        ("分阶段整改", Horizon.LONG),
        ("", None),
    ],
)
def test_the_time_class_that_a_wording_says(wording, horizon):
    assert rules.horizon_of(wording) is horizon


@pytest.mark.parametrize(("written", "value"), [("288.88", "288.88"), ("1,032,000", "1032000"), ("0", "0")])
def test_money_as_it_is_filled_in(written, value):
    assert rules.money(written, "money_done", "已整改金额") == Decimal(value)


@pytest.mark.parametrize("written", ["288万", "-1", "1.234", "nan", "1e17", "Infinity"])
def test_what_is_no_money(written):
    with pytest.raises(rules.WrongContent, match="以元为单位") as raised:
        rules.money(written, "money_done", "已整改金额")
    assert raised.value.facts["field"] == "money_done"


def test_no_money_is_none():
    assert rules.money(" ", "x", "x") is None


def test_more_put_right_than_there_was_is_refused():
    with pytest.raises(rules.WrongContent, match="超过问题金额"):
        rules.check_money(Decimal(10), Decimal("10.01"))


@pytest.mark.parametrize("move", list(ReviewMove))
@pytest.mark.parametrize("state", list(Review))
def test_a_review_moves_along_its_table_only(state, move):
    after = REVIEW_MOVES[state].get(move)
    if after:
        assert rules.next_of(REVIEW_MOVES, state, move, "问题 1") is after
    else:
        with pytest.raises(rules.HandlingRefused, match=f"现在是“{state.label}”，不能“{move.label}”"):
            rules.next_of(REVIEW_MOVES, state, move, "问题 1")


def test_every_state_of_a_table_can_be_reached():
    for first, table in DIAGRAMS.values():
        reached = {state for moves in table.values() for state in moves.values()}
        assert {state.value for state in table} == {state.value for state in reached} | {first}


@pytest.mark.parametrize("kind", ["巡视", "巡察", "审计", "督察", "检查"])
def test_each_kind_of_inspection_has_its_profile(kind):
    assert default_profile(kind).kind == kind


def test_a_kind_without_one_takes_that_of_the_inspection_tours():
    assert default_profile("其他").code == "xunshi"


def broken(tmp_path, **changes):
    text = (parse.__globals__["Path"](parse.__code__.co_filename).parent / "xunshi.toml").read_text(
        encoding="utf-8"
    )
    for old, new in changes.values():
        assert old in text
        text = text.replace(old, new)
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('by = "supervisor"', 'by = "unit_head"', "不能由责任单位主要负责人办理"),
        ('by = "supervisor"', 'by = "nobody"', "nobody"),
        ('code = "supervisor"', 'code = "office"', "重复的步骤代码"),
        ('name = "巡视"', "name = ", "无法读出"),
        ('kind = "巡视"', 'kind = "巡游"', "巡游"),
        ("near_days = 7", "", "near_days"),
        ('[grades]\ndone = "完成整改"', "[grades]", "done"),
    ],
)
def test_a_profile_that_is_none_is_refused_with_its_fault(tmp_path, old, new, said):
    with pytest.raises(ProfileRefused, match=said) as raised:
        parse(broken(tmp_path, change=(old, new)))
    assert "own.toml" in raised.value.sentence


def test_a_chain_that_no_second_person_walks_is_refused(tmp_path):
    text = broken(tmp_path).read_text(encoding="utf-8")
    head = text[: text.index("# Steps of a review")]
    own = '[[{0}]]\ncode = "lead_unit"\nlabel = "自审"\nby = "lead_head"\n'
    for chain, other in (("chain", "short_chain"), ("short_chain", "chain")):
        good = "".join(own.format(each).replace("lead_head", "office") for each in (other, "publication"))
        (tmp_path / "own.toml").write_text(head + own.format(chain) + good, encoding="utf-8")
        with pytest.raises(ProfileRefused, match="无人审核"):
            parse(tmp_path / "own.toml")


def test_a_document_is_approved_by_those_who_stand_to_the_whole_inspection(tmp_path):
    text = broken(tmp_path).read_text(encoding="utf-8")
    head, marker, _ = text.partition("[[publication]]")
    for chain, said in (
        ("publication = []\n", "不能为空"),
        ('[[publication]]\ncode = "a"\nlabel = "审"\nby = "lead_head"\n', "不能由牵头单位主要负责人办理"),
        ('[[publication]]\ncode = "a"\nlabel = "审"\nby = "office"\n' * 2, "重复的步骤代码"),
    ):
        own = chain + head if chain.startswith("publication") else head + chain
        (tmp_path / "own.toml").write_text(own, encoding="utf-8")
        with pytest.raises(ProfileRefused, match=said):
            parse(tmp_path / "own.toml")
    assert marker


TEXT = "本季度开展河道巡查二十四次，清理违建十二处，复绿岸坡三点五公里，印发河长巡查办法并按月通报，群众满意度明显提高。"


@pytest.mark.parametrize(
    ("other", "found"),
    [
        (TEXT, True),
        (TEXT.replace("二十四", "二十六"), True),
        (TEXT.replace("，", ",").replace("。", " "), True),
        (
            "另行开展学前教育布局调整，新建幼儿园两所，新增学位七百二十个，公开招聘教师三十六名，按期开园招生，运转平稳有序。",
            False,
        ),
    ],
)
def test_texts_that_nearly_repeat_share_a_band_and_agree(other, found):
    assert bool(set(alike.bands(TEXT)) & set(alike.bands(other))) is found
    assert bool(alike.agreement(TEXT, [(1, other)])) is found


def test_a_short_text_is_never_called_a_copy():
    assert alike.bands("已完成整改。") == []
