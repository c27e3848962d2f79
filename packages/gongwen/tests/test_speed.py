"""Reading is linear in the length of the text: ordinary prose and text made to be slow."""

from __future__ import annotations

import time

import pytest

from gongwen import read

PROSE = (
    "（一）着力解决“学习不够深入”的问题。一是印发《甲市学习制度（试行）》，2024年开展研讨12次、培训1.5万人次，覆盖率达97.3%，同比提升2.1个百分点。\n"
    "二是东区、西区网办率分别达到90.1%、89.2%，反馈的31个问题已全部整改，其余5个正在推进。\n"
)
# Each of these once led a careless pattern into trying every way to split it.
HOSTILE = [
    "1", "2024", "，", "、", "“", "（", "《", "《a》、", "已", "分别", "关于", "一、x\n", "1.问题\n", "1.不够\n（1）不\n",
    "反馈问题：不\n", "整改状态：", "一是", "1个、", "A、B", "2024年至", "百分之", "a@", "|1|2|\n", "1\t2\n", "。该问题", "委员会",
    "根据市委部署，", "第一轮", "x.", "1,111", "未完成1个、", "1元", "字体：>", "[", "\n", " ", "\u3000\u3000x。\n",
    "由甲局", "由甲局牵头，", "责任单位：", "完成时限", "1.1个村\n", "问题1：甲\n", "其余1个、", "甲、乙等9处、", "甲县1处，", "分别1%、2%，", "1个的", "市局、", "甲（以下简称",
    "甲区、乙区分别", "到", "- 1 -\n", "今年", "关于“甲”的问题\n（1）改。\n", "整改", "《甲》出台", "表（个）\t金额（元）\n1\t2\n",
]  # fmt: skip
SMALL, LARGE = 3_000, 12_000


def seconds(text: str) -> float:
    start = time.perf_counter()
    read(text)
    return time.perf_counter() - start


@pytest.mark.parametrize("unit", HOSTILE, ids=repr)
def test_four_times_the_text_takes_about_four_times_as_long(unit: str) -> None:
    small, large = unit * (SMALL // len(unit)), unit * (LARGE // len(unit))
    once = min(seconds(small), seconds(small))
    # Quadratic would be 16 times; the floor keeps the clock's noise out.
    assert min(seconds(large), seconds(large)) < 10 * max(once, 0.01)


def test_prose_is_read_in_linear_time() -> None:
    seconds(PROSE)
    per_character = [seconds(PROSE * (n // len(PROSE))) / n for n in (10_000, 100_000, 400_000)]
    assert per_character[2] < 3 * min(per_character[0], per_character[1])
