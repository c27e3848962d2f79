"""标题回行: lines that end by meaning, in the shape of a trapezoid or a diamond."""

from __future__ import annotations

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongwen.layout.titles import title_lines

CASES = [
    ("关于整改情况的通报", 20),
    ("中共西宁市委/关于十四届省委第五轮巡视/整改进展情况的通报", 20),
    ("中共北岬港口投资集团有限公司委员会/关于十二届省委第六轮巡视/整改落实情况的公告", 20),
    ("中共沧屿市水务集团有限公司委员会/关于市委巡察整改情况的通报", 20),
    ("中共临渡区卫生健康局党组/关于巡察整改进展情况的通报", 20),
    ("洛禾县水利局/关于2024年度部门预算执行/审计查出问题整改结果的公告", 20),
    ("南汐市住房和城乡建设局/关于全市城镇燃气安全隐患/排查整治情况的通报", 20),
    ("洪潭市住房城乡建设系统/重大隐患和突出问题整改清单", 20),
    ("昌浦市省安委办暗访反馈/重大事故隐患挂牌督办清单", 20),
    ("关于七届县委第四、第五轮巡察/整改情况的通报", 20),
    ("关于省级挂牌督办问题/“禾原县北塘工业集中区污水管网错接漏排”/整改销号的公示", 20),
    ("浅溪县委关于市委巡察“回头看”和选人用人/专项检查反馈意见整改进展情况的通报", 20),
    ("浅溪县人民政府关于印发/《浅溪县河道巡查办法（试行）》的通知", 22),
]


@pytest.mark.parametrize(("lines", "most"), CASES)
def test_lines_end_by_meaning(lines: str, most: int) -> None:
    assert "/".join(title_lines(lines.replace("/", ""), most)) == lines


@pytest.mark.parametrize(
    ("title", "whole"),
    [
        ("中共浅溪县委关于落实《中国共产党巡视工作条例》情况的专题报告", "《中国共产党巡视工作条例》"),
        ("浅溪县关于2025年度重点民生实事项目完成情况和2026年安排的报告", "2025年度"),
        ("浅溪县关于“一件事一次办”改革推进落实和群众满意度测评情况的通报", "“一件事一次办”"),
        ("浅溪县自然资源和规划局关于矿山生态修复督察问题整改情况的报告", "浅溪县自然资源和规划局"),
        ("关于对浅溪县第12届全民运动会开闭幕式及赛事组织保障工作的通报", "第12届"),
    ],
)
@pytest.mark.parametrize("most", [14, 16, 18, 20, 22])
def test_no_line_ends_within_what_belongs_together(title: str, whole: str, most: int) -> None:
    lines = title_lines(title, most)
    assert len(lines) > 1
    assert any(whole in line for line in lines)


@pytest.mark.parametrize("most", [18, 20])
@pytest.mark.parametrize("title", [lines.replace("/", "") for lines, _ in CASES])
def test_no_line_begins_or_ends_badly(title: str, most: int) -> None:
    lines = title_lines(title, most)
    assert not [line for line in lines[1:] if line[0] in "的、，。》”）"]
    assert not [line for line in lines[:-1] if line[-1] in "《“（" or line.endswith("关于")]


@pytest.mark.parametrize("title", [lines.replace("/", "") for lines, _ in CASES])
def test_no_hourglass(title: str) -> None:
    lengths = [len(line) for line in title_lines(title, 20)]
    falls = [at for at in range(1, len(lengths)) if lengths[at] < lengths[at - 1]]
    assert not any(lengths[at] > lengths[at - 1] for fall in falls for at in range(fall + 1, len(lengths)))


def test_a_style_may_ask_for_lines_that_grow() -> None:
    title = "中共青禾大学委员会关于九届省委第六轮巡视集中整改进展情况的通报"
    lengths = [len(line) for line in title_lines(title, 20, shape="growing")]
    assert lengths == sorted(lengths)


@given(
    st.text(alphabet="关于的整改情况《》“”（）、，2026年abc 巡视通报浅溪县委", max_size=90),
    st.integers(4, 30),
)
@settings(max_examples=200, deadline=None)
def test_lines_joined_are_the_title(title: str, most: int) -> None:
    lines = title_lines(title, most)
    assert "".join(lines) == title
    assert all(len(line) <= 2 * most for line in lines)


def test_a_title_of_any_length_takes_linear_time() -> None:
    began = process_time()
    lines = title_lines("关于整改情况的通报" * 6000, 20)
    assert max(map(len, lines)) <= 20
    assert process_time() - began < 2
