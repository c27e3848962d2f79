"""What holds for any bulletin: no exception, places inside the text, order, known codes, linear time."""

from __future__ import annotations

import time

import pytest
from cases import CAUGHT, within
from hypothesis import given, settings
from hypothesis import strategies as st

from gongwen import Bulletin, check, read

WORDS = [
    *"一二三十百万0123456789。，、；：“”（）《》%.-\t\n ",
    *("一、总体情况\n", "（一）", "1.关于“甲乙丙”问题的整改\n", "（1）", "（3）", "一是", "三是", "十一是", "个", "家", "万元", "占", "率为"),
    *("2025年2月30日", "2025年9月1日至2025年3月1日", "截至", "共", "其中", "分别为", "包括", "其余", "尚有", "全部完成", "完成率"),
    *("整改状态：已完成\n", "尚未完成", "应追回", "已追回", "XX", "\ufffd", "合计\t3\t4\n", "甲\t1\t2\n", "序号\t反馈问题\t整改状态\n"),
    *("《甲》《乙》等3项制度", "制定制度2项", "中共甲县委", "乙县委高度重视", "我院", "进一步加强", "切实", "\ud800", "\x00", "⑳", "１２", "²"),
]  # fmt: skip
glued = st.lists(st.sampled_from(WORDS), max_size=60).map("".join)


@settings(max_examples=300, deadline=None)
@given(st.one_of(glued, glued.map(within), st.text(max_size=200)))
def test_never_raises_and_places_lie_in_the_text(text: str) -> None:
    found = check(read(text))
    assert found == sorted(found, key=lambda remark: (remark.span, remark.code))
    assert len(found) == len(set(found))
    for remark in found:
        assert 0 <= remark.span.start < remark.span.end <= len(text)
        assert remark.code in {*CAUGHT}
        assert remark.message.endswith("。")


def test_an_empty_bulletin_has_nothing_to_remark() -> None:
    assert check(Bulletin(kind="其他", title=None, issuer=None, issued_on=None)) == []


BODY = (
    "一是反馈问题40个，已完成34个，其余6个正在推进，完成率85%。二是排查隐患412处，其中燃气类150处、消防类230处，"
    "修订《松岭县接待管理办法》等3项制度，应追回15万元，已追回12万元。\n"
)
ROWS = "乡镇\t问题数\t完成数\n" + "东坪镇\t12\t11\n" * 9 + "合计\t108\t99\n"
ONE_LINE = BODY.replace("\n", "")
HOSTILE = [
    BODY,
    ROWS,
    ONE_LINE,
    "《甲》",
    "一是",
    "（1）",
    "其中3个、",
    "我院",
    "占3%、",
    "甲县委",
    "x\t1\n",
    "其余3个，",
    "，中共",
    "全部完成",
    "应收3元，已收2元，",
]


def seconds(text: str) -> float:
    bulletin = read(text)
    return min(_once(bulletin), _once(bulletin))


def _once(bulletin: Bulletin) -> float:
    start = time.perf_counter()
    check(bulletin)
    return time.perf_counter() - start


@pytest.mark.parametrize("unit", HOSTILE, ids=lambda unit: repr(unit[:12]))
def test_four_times_the_text_takes_about_four_times_as_long(unit: str) -> None:
    small, large = (seconds(unit * (size // len(unit))) for size in (6_000, 24_000))
    # Quadratic would be 16 times; the floor keeps the clock's noise out.
    assert large < 10 * max(small, 0.01)
