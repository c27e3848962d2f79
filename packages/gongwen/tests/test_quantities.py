"""Numbers with units: words → value, unit, kind, qualifier, change; and what is no quantity."""

from __future__ import annotations

import pytest

from gongwen import Quantity, read
from gongwen.serialise import plain_decimal


def only(words: str) -> Quantity:
    found = read(words).quantities
    assert len(found) == 1, [q.text for q in found]
    return found[0]


VALUES = [
    # 万 and 亿 are multiplied in
    ("归集数据7.8亿条", "780000000", "条", "count"),
    ("推送短信110万余条", "1100000", "条", "count"),
    ("挽回资金288.88万元", "2888800", "元", "money"),
    ("补缴党费4,372.5元", "4372.5", "元", "money"),
    ("全角数字１２个村", "12", "个", "count"),
    # 个 before another unit is dropped, before a noun it is the unit
    ("提升1.99个百分点", "1.99", "百分点", "percentage_point"),
    ("公示5个工作日", "5", "工作日", "duration"),
    ("实施52个项目", "52", "个", "count"),
    ("连续七个月达标", "7", "月", "duration"),
    ("指出三个方面", "3", "方面", "count"),
    ("举办5大主题活动", "5", "个", "count"),
    # percent in figures and in words
    ("满意率97.3％", "97.3", "%", "percent"),
    ("核减率百分之六点三", "6.3", "%", "percent"),
    ("覆盖率达百分之百", "100", "%", "percent"),
    # Chinese numerals count from 二 with a classifier
    ("采购两台岸桥", "2", "台", "count"),
    ("追回向两百余名人员发放的补贴", "200", "名", "count"),
    # what can be done in a time is a capacity
    ("引进年产600万套线束项目", "6000000", "套", "capacity"),
    ("算力规模突破1万PFlops", "10000", "PFlops", "capacity"),
    ("新建管网118.6公里", "118.6", "公里", "other"),
    ("政务处分0人", "0", "人", "count"),  # a stated zero counts
]


@pytest.mark.parametrize(("words", "value", "unit", "kind"), VALUES)
def test_value_and_unit(words: str, value: str, unit: str, kind: str) -> None:
    quantity = only(words)
    assert (plain_decimal(quantity.value), quantity.unit, quantity.kind) == (value, unit, kind)


def test_a_range_has_two_values() -> None:
    quantity = only("储备后备干部18至25名")
    assert (quantity.value, quantity.value_max, quantity.text) == (18, 25, "18至25名")


NOT_QUANTITIES = [
    "第四巡视组",  # ordinals
    "第3批",
    "前三轮巡察",
    "首批",
    "构建“1+4+N”体系",  # names and slogans
    "1+7+N方案",
    "5G网络",
    "4A级景区",
    "开展“十个100%”检查",
    "“三重一大”决策",
    "履行一岗双责",
    "落实中央八项规定精神",
    "“三张清单”制度",
    "两级联动",  # levels and places
    "三地协同",
    "三年行动",
    "逢周五例会",
    "20世纪90年代建成",
    "80后干部",
    "按1:1.5配备",
    "拨打12345热线",
    "12388举报电话畅通",
    "完成七成",  # a fraction in words
    "《五年规划（2024—2028年）》",  # anything inside 《》
    "青政办\u30142023\u301531号",
    "每月20日前报送",
    "党的二十大",
    "五一黄金周",
]


@pytest.mark.parametrize("words", NOT_QUANTITIES)
def test_no_quantity(words: str) -> None:
    assert read(words).quantities == ()


def test_figures_in_a_quoted_problem_count() -> None:
    assert only("着力解决“老旧小区管理缺位，12个小区未建立机制”的问题").text == "12个"


QUALIFIERS = [
    ("推送短信110万余条", "余"),
    ("开展活动近300场", "近"),
    ("参加人员约400人", "约"),
    ("收集率达到70%以上", "以上"),
    ("规模突破1万台", "突破"),
    ("每季度至少集中研讨1次", "至少"),
    ("共计9次", None),
    ("签约12家", None),  # 约 belongs to 签约
    ("1133人取得中级以上证书", None),  # 以上 belongs to the grade
]


@pytest.mark.parametrize(("words", "qualifier"), QUALIFIERS)
def test_qualifier(words: str, qualifier: str | None) -> None:
    assert only(words).qualifier == qualifier


CHANGES = [
    ("排放强度同比下降28.6%", ["down"]),
    ("落实率提高2.1、1.3个百分点", ["up", "up"]),  # the unit is shared
    ("满意度提升1.99个百分点", ["up"]),
    ("收集率提高到72%", [None]),  # a level
    ("占比由31.5%提高到44%", [None, None]),
    ("游客和收入分别同比增长12.4%、15.8%", ["up", "up"]),
    ("有效投诉17起，比4月少29起", [None, "down"]),
    ("会议数量压减20%", ["down"]),  # of a rate a change, of a count what was done
    ("新增学位500个", [None]),  # a count
    ("满意度较整改前提升0.3个、6.8个和5.9个百分点", ["up", "up", "up"]),  # the unit is shared by all
    ("化解率比去年同期高出11个百分点", ["up"]),
    ("拥堵指数较年初低2.4个百分点", ["down"]),
    ("压减平台公司7家", [None]),
]


@pytest.mark.parametrize(("words", "changes"), CHANGES)
def test_change(words: str, changes: list[str | None]) -> None:
    assert [q.change for q in read(words).quantities] == changes


PERIODS = [
    # carries on within the sentence
    ("2024年接待游客30万人次，实现收入3亿元。", ["2024年", "2024年"]),
    # until 累计
    ("2024年接待游客30万人次，累计培育企业6家。", ["2024年", None]),
    # nor to the next numbered step
    ("（1）2026年1月办理业务860件；（2）电子化率升至93.5%。", ["2026年1月", None]),
    # and not into the next sentence
    ("2024年接待游客30万人次。培育企业6家。", ["2024年", None]),
    ("截至2025年6月底，建成机架2.3万架", ["截至2025年6月底"]),
    # 累计 is what was added up until the day of 截至
    ("截至2025年9月底，累计归还资金1.27亿元；追缴补贴86.4万元。", ["截至2025年9月底", "截至2025年9月底"]),
    ("2025年办件9万件，截至目前累计签约12家", ["2025年", None]),
    # the year said in words belongs to the date
    ("2025年6月，今年1至5月开工14万亩；去年同期为9.8万亩", ["今年1至5月", "去年同期"]),
    # the year of a budget is no time of counting
    ("剩余资金212万元列入2026年预算，追缴违规补贴3万元", [None, None]),
    # a day on which something happened is no period
    ("2025年3月11日，巡察组反馈问题9个", [None]),
    ("2025年3月5日，发现隐患17处", [None]),
    # the end of a month is one, though it is also a day
    ("2025年3月底，排查隐患17处", ["2025年3月底"]),
    # a term or season belongs to the year, a plan's time is one by its name
    ("2025年春季学期新聘教师27名", ["2025年春季学期"]),
    ("“十四五”期间实施项目96个，近五年来引进人才412名", ["“十四五”期间", "近五年来"]),
    ("三季度末存贷比71.3%", ["三季度末"]),
    # the day on which something opens is none either
    ("预计2026年3月投用，建成后年处理能力20万吨", [None]),
    ("2025年6月已全部完工，改造检查井412座", [None]),
    # nor is a deadline or the time compared with
    ("9个问题2026年6月底前完成，3个问题待办", [None, None]),
    ("灌溉面积较2022年减少1.9万亩", [None]),
    ("比去年多排查隐患17处", [None]),
]


@pytest.mark.parametrize(("words", "periods"), PERIODS)
def test_period(words: str, periods: list[str | None]) -> None:
    assert [q.period for q in read(words).quantities] == periods


def test_a_carried_period_is_marked() -> None:
    assert [q.inferred for q in read("2024年接待游客30万人次，实现旅游收入3亿元。").quantities] == [
        False,
        True,
    ]


LABELS = [
    # the noun behind the figure
    ("打击5个取现车队", ["取现车队"]),
    ("15项具体问题得到解决", ["具体问题"]),
    ("邀请86名外地专家来指导", ["外地专家"]),
    # the noun before it
    ("培育绿色工厂10户", ["绿色工厂"]),
    ("开展巡排查8214次", ["巡排查"]),
    ("污水收集率达到70%", ["污水收集率"]),
    ("组织党员“双报到”210人", ["党员“双报到”"]),
    # a rate keeps its name for the second figure
    ("签约率由61.4%提高到68.9%", ["签约率", "签约率"]),
    # a verb alone counts what was counted before
    ("制定制度36项，其中新建21项、修订15项", ["制定制度", "新建制度", "修订制度"]),
    ("反馈的12个问题，完成整改9个", ["问题", "完成整改问题"]),
    # a turn alone counts what was counted before
    ("反馈问题731个，其中第四轮402个、第五轮329个", ["反馈问题", "第四轮反馈问题", "第五轮反馈问题"]),
    # people are counted by what was done to them
    ("给予党纪处分3人、组织处理2人", ["党纪处分", "组织处理"]),
    ("对1人予以记过处分", ["记过处分"]),
    # of meetings, what they did is no name
    ("召开党委会8次、院长办公会5次研究部署", ["党委会", "院长办公会"]),
    # a document's copies are named by the document
    ("签订《共管协议》12份", ["共管协议"]),
    # a clause that qualifies the noun is no part of its name
    ("起诉长期占用维修资金的物业企业1家", ["物业企业"]),
    # 6.2个 shares its unit with what follows
    ("占比、覆盖率分别提高6.2个、4.5个百分点", ["占比", "覆盖率"]),
    # a verb between two figures is no name
    ("研究事项由54项精简为37项", ["研究事项", "研究事项"]),
    # units are counted first, then said something of
    ("37户企业奖补资金未兑现", ["企业"]),
    ("涉及19人", ["涉及人员"]),
]


@pytest.mark.parametrize(("words", "labels"), LABELS)
def test_label(words: str, labels: list[str]) -> None:
    assert [q.label for q in read(words).quantities] == labels


SHARES = [
    # the silent form of 分别
    ("培育省级创新型、“专精特新”企业114家、84家", [("省级创新型",), ("“专精特新”",)]),
    ("东洲、柳桥站接诊量分别达到60人次、45人次", [("东洲",), ("柳桥站",)]),
    ("东区、西区优化服务，网办率分别达到90.9%、89.1%", [("东区",), ("西区",)]),
    # members counted by a numeral
    ("透明度、溶解氧、氨氮三项指标达标率分别为99%、97%、94%", [(), ("透明度",), ("溶解氧",), ("氨氮",)]),
    # nothing is named between: the figures before are meant again
    (
        "东区、西区落实率分别为88.4%、95.1%，提高2.1、1.3个百分点",
        [("东区",), ("西区",), ("东区",), ("西区",)],
    ),
    # one figure over several rates
    ("接诉率和办结率均达100%", [("接诉率", "办结率")]),
    ("完善制度、措施88项", [("制度", "措施")]),
    ("建立健全内控制度、完善防控措施104项", [("内控制度", "防控措施")]),
    # what was counted in turn before is meant again
    ("其中东片40个、西片32个，完成率分别为94%和83%", [(), (), ("东片",), ("西片",)]),
    # an enumeration with 等 or of qualities gets no share
    ("财政局、教育局等4家单位", [()]),
    ("新建、改扩建学校32所", [()]),
    ("国家、省级重点实验室3家", [()]),
]


@pytest.mark.parametrize(("words", "members"), SHARES)
def test_applies_to(words: str, members: list[tuple[str, ...]]) -> None:
    assert [q.applies_to for q in read(words).quantities] == members


# Whose each figure is, and what it counts: a share may also name its figure. Found loose by mutation.
NAMED_SHARES = [
    ("氮氧化物和颗粒物浓度同比分别下降12%、8.5%。", [("氮氧化物浓度", "氮氧化物"), ("颗粒物浓度", "颗粒物")]),
    (
        "培育市级龙头企业67家、县级龙头企业167家，分别增长5%、8%。",
        [("市级龙头企业", ""), ("县级龙头企业", ""), ("市级龙头企业", "市级龙头企业"), ("县级龙头企业", "县级龙头企业")],
    ),
    (
        "城区、镇区、乡村供水合格率分别达到99.2%、97.5%、95.1%。",
        [("供水合格率", "城区"), ("供水合格率", "镇区"), ("供水合格率", "乡村")],
    ),
    ("甲镇、乙镇分别清理河道12公里、9公里。", [("河道", "甲镇"), ("河道", "乙镇")]),
    ("市级、县级示范社分别达到67家、167家。", [("市级示范社", "市级"), ("县级示范社", "县级")]),
    (
        "建成创新型、“专精特新”、科技型企业12家、84家、9家。",
        [("创新型企业", "创新型"), ("“专精特新”企业", "“专精特新”"), ("科技型企业", "科技型")],
    ),
    ("环比接诉率、办结率分别为98%、92%。", [("接诉率", "接诉率"), ("办结率", "办结率")]),
    (
        "一、工作情况\n受理信访件31件、投诉件52件，分别占总数的37%、63%。",
        [("信访件", ""), ("投诉件", ""), ("受理信访件", "受理信访件"), ("投诉件", "投诉件")],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("words", "named"), NAMED_SHARES)
def test_a_share_names_its_figure(words: str, named: list[tuple[str, str]]) -> None:
    assert [(q.label, "、".join(q.applies_to)) for q in read(words).quantities] == named


def test_labels_quote_the_sources_own_characters() -> None:
    assert only("收集群眾訴求71條").label == "群眾訴求"
    assert only("收集群眾訴求71條").unit == "条"


def test_number_like_text_without_a_unit_is_left_over() -> None:
    bulletin = read("登记数为4821，其余待查。")
    assert [(x.text, x.reason) for x in bulletin.leftovers] == [("4821", "数字后没有可识别的单位")]


STATISTICS = """全市整改情况统计表
序号\t单位\t反馈问题（个）\t已整改（个）\t整改率\t追缴资金（万元）
1\t市水利局\t18\t17\t94.4%\t126.5
合计\t\t18\t17\t94.4%\t126.5
"""
MONEY = """单位：万元
问题类型\t问题个数\t问题金额\t已整改金额
资金闲置\t9个\t1,204.75\t986.3
"""


def test_bare_figures_of_a_table_have_the_unit_of_its_head() -> None:
    bulletin = read(STATISTICS)
    assert [(q.text, q.unit, plain_decimal(q.value), q.label, q.path) for q in bulletin.quantities[:5]] == [
        ("18", "个", "18", "反馈问题", "1"),
        ("17", "个", "17", "已整改", "1"),
        ("94.4%", "%", "94.4", "整改率", "1"),
        ("126.5", "元", "1265000", "追缴资金", "1"),
        ("18", "个", "18", "反馈问题", ""),
    ]
    assert bulletin.findings == ()  # a column of numbers of problems lists none
    assert bulletin.leftovers == ()


def test_the_unit_above_a_table_is_that_of_its_money() -> None:
    assert [(q.text, plain_decimal(q.value), q.kind) for q in read(MONEY).quantities] == [
        ("9个", "9", "count"),
        ("1,204.75", "12047500", "money"),
        ("986.3", "9863000", "money"),
    ]


def test_a_bare_figure_under_a_head_without_unit_is_left_over() -> None:
    bulletin = read("事项\t登记数\n来信\t31\n")
    assert bulletin.quantities == ()
    assert [x.text for x in bulletin.leftovers] == ["31"]


@pytest.mark.parametrize(
    "words", ["20世纪90年代建成", "80后干部", "按1:1.5配备", "上午9:00—11:30", "12月31日24时前"]
)
def test_numbers_that_count_nothing_are_explained(words: str) -> None:
    assert [x.text for x in read(f"2024年{words}").leftovers] == []
