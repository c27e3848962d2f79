"""Whole bulletins out of parts, drawn by hypothesis."""

from __future__ import annotations

from hypothesis import strategies as st

count = st.integers(2, 2999)
unit = st.sampled_from(["处", "个", "家", "件", "项", "户", "人次"])
noun = st.sampled_from(["隐患", "信访件", "排污口", "企业", "台账", "村级项目", "闲置设备", "困难群众"])
body = st.sampled_from(["水务局", "财政局", "教育局", "住房和城乡建设局", "农业农村局"])
problem = st.sampled_from(
    [
        "河道管护不到位",
        "资金拨付滞后",
        "台账管理不规范",
        "对项目审批把关不严",
        "为民服务不够主动",
        "以会议落实会议",
        "学用“两张皮”",
    ]
)
figure = st.builds("整改{1}{0}{2}".format, count, noun, unit)
percent = st.builds("办结率达{0}.{1}%".format, st.integers(50, 99), st.integers(1, 9))
money = st.builds("追回资金{0}.{1}万元".format, count, st.integers(1, 9))
share = st.builds("东区、西区分别新增{0}{2}、{1}{2}".format, count, count, unit)
cited = st.builds("印发《{0}{1}管理办法（试行）》".format, body, noun)
dated = st.builds(
    "截至{0}年{1}月底，排查{2}{3}".format, st.integers(2022, 2026), st.integers(1, 12), count, unit
)
plain = st.sampled_from(["进一步压实责任", "召开专题会议研究部署", "举一反三开展排查"])
clause = st.one_of(figure, percent, money, share, cited, dated, plain)
sentence = st.lists(clause, min_size=1, max_size=3).map("，".join)
NUMBERS = "一二三四五六七八九"


@st.composite
def measures(draw: st.DrawFn) -> str:
    """一是…。二是…。"""
    sentences = draw(st.lists(sentence, min_size=1, max_size=4))
    return "".join(f"{NUMBERS[n]}是{words}。" for n, words in enumerate(sentences))


@st.composite
def thematic(draw: st.DrawFn) -> list[str]:
    """A chapter of problems whose headings run into their text."""
    lines = ["二、反馈问题整改情况"]
    for number in range(draw(st.integers(1, 4))):
        status = draw(st.sampled_from(["", "该问题已完成整改。", "该问题正在整改。"]))
        lines.append(f"（{NUMBERS[number]}）着力解决“{draw(problem)}”的问题。{draw(measures())}{status}")
    return lines


@st.composite
def labelled(draw: st.DrawFn) -> list[str]:
    """Problems as labelled blocks."""
    lines = ["二、整改进展"]
    for number in range(draw(st.integers(1, 3))):
        lines += [
            f"{number + 1}.反馈问题：{draw(problem)}。",
            f"责任单位：{draw(body)}",
            f"整改状态：{draw(st.sampled_from(['已完成', '正在整改', '阶段性完成']))}",
            f"整改情况：{draw(measures())}",
        ]
    return lines


@st.composite
def tabled(draw: st.DrawFn) -> list[str]:
    """Problems as a table; a cell may be empty."""
    lines = ["二、问题清单", "序号\t反馈问题\t整改措施\t责任单位\t完成时限\t整改状态"]
    for number in range(draw(st.integers(1, 4))):
        due = draw(st.sampled_from(["2026年6月底", "立行立改", ""]))
        lines.append(
            f"{number + 1}\t{draw(problem)}\t{draw(sentence)}\t{draw(body)}\t{due}\t{draw(st.sampled_from(['已完成', '正在整改']))}"
        )
    return lines


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A whole bulletin."""
    lines = [
        "中共浅滩县委关于市委第三轮巡察整改进展情况的通报",
        "2025年3月1日至5月20日，市委第一巡察组对浅滩县开展了巡察。2025年7月11日，向县委反馈了巡察意见。现将整改进展情况予以公布。",
        "一、组织领导情况",
        draw(sentence) + "。",
        *draw(st.one_of(thematic(), labelled(), tabled())),
        "三、下一步打算",
        draw(sentence) + "。",
    ]
    if draw(st.booleans()):
        lines.append("联系电话：0999-1234567；电子邮箱：zgb@qiantan.example。")
    return "".join(line + "\n" for line in [*lines, "中共浅滩县委", "2026年1月15日"])
