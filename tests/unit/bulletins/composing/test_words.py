"""Text that keeps which of its numbers rests on what; and how things are called."""

from datetime import date
from decimal import Decimal
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.bulletins.composing import naming
from zhenggai.bulletins.composing.words import Bound, Words, bound_in_order, joined


def value(written, name="数", qualifier=""):
    return SimpleNamespace(written=written, indicator=SimpleNamespace(name=name), qualifier=qualifier)


def bound(text, *written):
    """Where these are bound in a text, as the pieces of it."""
    words = bound_in_order(text, [value(each) for each in written])
    return [(each.start, words.text[each.start : each.end]) for each in words.bound]


@pytest.mark.parametrize(
    ("text", "written", "places"),
    [
        ("拆除违建14处，复绿3.5公里。", ["14处", "3.5公里"], [(4, "14处"), (10, "3.5公里")]),
        ("新建15个，改建5个。", ["5个"], [(8, "5个")]),
        ("比重13.5%，增长3.5%。", ["3.5%"], [(10, "3.5%")]),
        ("抽查1,240份，其中240份。", ["240份"], [(11, "240份")]),
        ("抽查15,240份，又240份。", ["240份"], [(11, "240份")]),
        ("二十三处，三处。", ["三处"], [(5, "三处")]),
        ("共5个，又5个。", ["5个", "5个"], [(1, "5个"), (5, "5个")]),
        ("共5个。", ["6个", "5个"], [(1, "5个")]),
        ("分别为73家、219家。", ["73家", "219家"], [(3, "73家"), (7, "219家")]),
        ("没有数字。", ["5个", ""], []),
    ],
)
def test_numbers_are_bound_where_they_are_written(text, written, places):
    assert bound(text, *written) == places


@pytest.mark.parametrize("qualifier", ["超过", "不足"])
def test_a_number_that_is_only_a_limit_is_not_bound_to_itself(qualifier):
    assert bound_in_order(f"覆盖率{qualifier}98%。", [value("98%", qualifier=qualifier)]).bound == ()
    assert bound_in_order("招引近98家。", [value("98家", qualifier="近")]).bound != ()


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("一是拆除违建；", "拆除违建。"),
        ("（1）拆除违建。", "拆除违建。"),
        ("1.拆除违建", "拆除违建。"),
        ("12、拆除违建，", "拆除违建。"),
        ("①拆除违建", "拆除违建。"),
        ("十二是拆除违建。", "拆除违建。"),
        ("一是否完成难以认定", "一是否完成难以认定。"),
        ("3.5公里岸坡复绿", "3.5公里岸坡复绿。"),
        ("5G基站开通", "5G基站开通。"),
        ("印发《办法》。；", "印发《办法》。"),
        ("提出“怎么办？”", "提出“怎么办？”"),
        ("提出“就这样办。”", "提出“就这样办。”"),
        ("第一段。\r\n\n第二段；\n", "第一段。第二段。"),
        ("　空格　", "空格。"),
        ("；。", ""),
        ("", ""),
    ],
)
def test_what_units_wrote_becomes_a_sentence(before, after):
    assert Words(before).in_one().stripped().unnumbered().closed().text == after


pieces = st.lists(st.tuples(st.text("甲乙，。；\n 一是（1）", max_size=8), st.integers(0, 99)), max_size=6)


@given(pieces)
def test_whatever_is_done_with_a_text_a_number_stays_itself(found):
    words = joined(
        part for before, number in found
        for part in (before, Words(f"{number}个", (Bound(0, len(f"{number}个"), "数", number),)))
    )  # fmt: skip
    for done in (words, words.in_one().unnumbered().closed(), words.stripped().bare().ended(), words[1:-1]):
        for each in done.bound:
            assert done.text[each.start : each.end] == f"{each.observation}个"
    assert len(words.bound) == len(found)


@pytest.mark.parametrize(
    ("value", "said"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (21, "二十一"), (99, "九十九"), (100, "一百"), (101, "一百零一"),
     (110, "一百一十"), (111, "一百一十一"), (320, "三百二十")],
)  # fmt: skip
def test_chinese_numerals(value, said):
    assert naming.chinese(value) == said


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        ("34", "个", "34个"), ("20.000000", "个", "20个"), ("0", "项", "0项"), ("2386000", "元", "238.6万元"), ("46800", "元", "4.68万元"),
        ("12345.67", "元", "12345.67元"), ("9800", "元", "9800元"), ("338000000", "元", "3.38亿元"), ("283500000", "元", "28350万元"),
        ("2E+1", "个", "20个"),
    ],
)  # fmt: skip
def test_amounts_are_exact(value, unit, said):
    assert naming.amount(Decimal(value), unit) == said


@pytest.mark.parametrize(
    ("party", "kind", "said"),
    [
        ("岚江市", "巡视", "中共岚江市委"), ("中共浅溪县委", "巡察", "中共浅溪县委"), ("云溪市委", "巡视", "中共云溪市委"),
        ("临渡区卫生健康局", "巡察", "中共临渡区卫生健康局党组"), ("中共临渡区卫生健康局党组", "巡察", "中共临渡区卫生健康局党组"),
        ("青柘镇", "巡察", "中共青柘镇委员会"), ("岚江港务集团有限公司", "巡察", "中共岚江港务集团有限公司委员会"),
        ("岚江市", "审计", "岚江市人民政府"), ("岚江市财政局", "审计", "岚江市财政局"), ("", "巡视", ""),
    ],
)  # fmt: skip
def test_who_answers_for_a_party(party, kind, said):
    assert naming.committee(party, kind) == said


@pytest.mark.parametrize(
    ("title", "unit", "party", "said"),
    [
        ("书记、领导小组组长", "中共岚江市委", "岚江市", "市委书记"), ("市长、领导小组副组长", "岚江市人民政府", "岚江市", "市长"),
        ("常务副市长", "岚江市人民政府", "岚江市", "常务副市长"), ("部长", "岚江市委组织部", "岚江市", "市委组织部部长"),
        ("局长", "岚江市财政局", "岚江市", "市财政局局长"), ("浅溪县委牵头领导", "浅溪县委", "中共浅溪县委", "县委牵头领导"),
        ("党组书记", "临渡区卫生健康局", "临渡区卫生健康局", "临渡区卫生健康局党组书记"), ("领导小组组长", "甲局", "", "甲局领导小组组长"),
    ],
)  # fmt: skip
def test_an_official_is_named_by_his_office(title, unit, party, said):
    assert naming.office(title, unit, party) == said


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (date(2025, 3, 12), date(2025, 6, 6), "2025年3月12日至6月6日"), (date(2024, 11, 1), date(2025, 1, 5), "2024年11月1日至2025年1月5日"),
        (date(2025, 3, 12), None, "2025年3月12日"), (None, None, ""),
    ],
)  # fmt: skip
def test_periods(start, end, said):
    assert naming.period(start, end) == said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("十二届省委第七轮巡视", "省委", "省委第五巡视组", "巡视"), "十二届省委第七轮巡视"), (("第三轮", "市委", "", "巡察"), "第三轮巡察"),
        (("", "市委", "市委第二巡察组", "巡察"), "市委巡察"), (("", "", "省委第五巡视组", "巡视"), "省委巡视"), (("", "", "", "审计"), "审计"),
    ],
)  # fmt: skip
def test_what_an_inspection_is_called(given, said):
    assert naming.inspection_name(*given) == said
