"""Labels and shares: what a figure counts and of whom, one table for each way in which such prose says it."""

from __future__ import annotations

import pytest

from gongwen import read


def labels(words: str) -> list[str]:
    return [q.label for q in read(words).quantities]


# Whose part or duty fails is counted, not the part; a case stays a case.
HOLDERS = [
    ("58间商铺消防通道被占", ["商铺"]),
    ("12家宾馆消防许可证过期", ["宾馆"]),
    ("3台锅炉安全阀超期未检", ["锅炉"]),
    ("21个村卫生室药品台账缺失", ["村卫生室"]),
    ("4名科室负责人违规接受吃请", ["科室负责人"]),
    ("两家责任单位作出书面检查", ["责任单位"]),
    ("溶解氧等5项指标达标率不高", ["指标"]),
    ("查处8起教师违规补课问题", ["教师违规补课问题"]),
    ("清理不规范合同217份", ["不规范合同"]),
    ("开展三轮督导检查", ["督导检查"]),
    ("除2个问题外全部整改", ["问题"]),
    ("3个长期整改任务正按计划推进", ["长期整改任务"]),
    ("12项任务，4项达到序时进度", ["任务", "达到序时进度"]),
    ("对尚未完成的2个问题紧盯不放", ["问题"]),
    ("核查接待票据1260张逐张登记", ["接待票据"]),
]


@pytest.mark.parametrize(("words", "expected"), HOLDERS)
def test_what_fails_belongs_to_what_is_counted(words: str, expected: list[str]) -> None:
    assert labels(words) == expected


# 其余, 净增, 另有 and verbs without a noun count what the figures before have named.
REST = [
    (
        "新签合同217份，其中重新签订154份、诉讼解决22份",
        ["新签合同", "重新签订合同", "诉讼解决合同"],
    ),
    ("排查排污口487处，完成整治452处，剩余35处列入计划", ["排污口", "完成整治排污口", "剩余排污口"]),
    ("参股企业7户已退出5户，其余2户正在清算", ["参股企业", "退出参股企业", "其余参股企业"]),
    ("项目资金700万元，支付工程款418万元，剩余282万元", ["项目资金", "工程款", "剩余项目资金"]),
    ("获批科研项目14项，比上年净增5项", ["获批科研项目", "净增获批科研项目"]),
    ("发生医疗纠纷89起，较前三年减少34起", ["医疗纠纷", "医疗纠纷"]),
    ("化解率94.6%，比去年同期高出11个百分点", ["化解率", "化解率"]),
    (
        "高标准农田建成18.6万亩，计划建设21万亩，已开工14.3万亩",
        ["高标准农田建成", "计划建设高标准农田", "开工高标准农田"],
    ),
    ("目前63个具体问题中，完成55个", ["具体问题", "完成具体问题"]),
    # a count of another unit counts something else
    ("投入资金500万元，另有3户因破产无法追缴", ["投入资金", "因破产无法追缴"]),
]


@pytest.mark.parametrize(("words", "expected"), REST)
def test_what_was_named_before(words: str, expected: list[str]) -> None:
    assert labels(words) == expected


# Names that a figure owes to the rate, the amount or the case that it belongs to.
OWED = [
    ("住院费用由1.18万元下降到9860元，降幅16.4%", ["住院费用", "住院费用", "住院费用降幅"]),
    (
        "达标村142个，占比73.2%，较上年增加28个、提高14.4个百分点",
        ["达标村", "达标村占比", "达标村", "达标村占比"],
    ),
    ("移送公安机关3起", ["移送公安机关"]),
    ("移送检察院5人", ["移送检察院"]),
    ("7个国考断面水质优良比例100%", ["国考断面", "国考断面水质优良比例"]),
    ("为3.2万名65岁以上老年人提供体检", ["老年人", "年龄"]),
    ("重大隐患24处，已整改23处，剩余1处", ["重大隐患", "已整改重大隐患", "剩余重大隐患"]),
    # of several wholes the rest belongs to the one that its parts leave
    (
        "风险隐患1360处，其中重大隐患24处，已整改23处，剩余1处",
        ["风险隐患", "重大隐患", "已整改重大隐患", "剩余重大隐患"],
    ),
    ("家庭医生签约服务覆盖率76.4%", ["家庭医生签约服务覆盖率"]),
    (
        "治理违规社会组织35家，注销21家、撤销14家",
        ["治理违规社会组织", "注销违规社会组织", "撤销违规社会组织"],
    ),
]


@pytest.mark.parametrize(("words", "expected"), OWED)
def test_what_a_figure_owes_its_name_to(words: str, expected: list[str]) -> None:
    assert labels(words) == expected


# Verbs inside the name of what is measured, or between what was and what became of it.
INSIDE = [
    ("平均办理时间不超过1.5个工作日", ["平均办理时间"]),
    ("承诺办结时限压缩65%", ["承诺办结时限"]),
    ("工业增加值用水量下降19.5%", ["工业增加值用水量"]),
    ("研发投入强度达3.2%", ["研发投入强度"]),
    ("将18项审批材料精简至7项", ["审批材料", "审批材料"]),
    ("存贷比为71.3%", ["存贷比"]),
    ("亩均税收21.4万元", ["亩均税收"]),
    ("信访件办理超期11件", ["信访件"]),
    ("研发投入占营业收入比重由2.1%提高到3.4%", ["研发投入占营业收入比重", "研发投入占营业收入比重"]),
    ("新能源公交车占比92%", ["新能源公交车占比"]),
    ("青少年近视率下降1.3个百分点", ["青少年近视率"]),
    ("考核优秀等次由20%提高到25%", ["考核优秀等次", "考核优秀等次"]),
    ("跨部门联合抽查占比达35%", ["跨部门联合抽查占比"]),
    ("13宗土地（共计412亩）未批先建", ["土地", "土地"]),
    ("按期办结率100%", ["按期办结率"]),
    ("制定（修订）制度机制53项", ["制度机制"]),
    ("交流任职8年以上中层干部47名", ["交流任职", "中层干部"]),
    ("限期整改42个（其中已完成39个）", ["限期整改", "已完成"]),
    ("反馈的3大类16个问题", ["问题类", "问题"]),
]


@pytest.mark.parametrize(("words", "expected"), INSIDE)
def test_verbs_inside_names(words: str, expected: list[str]) -> None:
    assert labels(words) == expected


# The rate of a part, the same thing of another level, a threshold that says who.
PARTS = [
    ("体质健康合格率达94.7%，其中小学96.2%、初中94.1%", ["体质健康合格率", "小学合格率", "初中合格率"]),
    ("门诊满意度93%，住院96%", ["门诊满意度", "住院满意度"]),
    ("创建省级文明村镇12个、市级37个", ["省级文明村镇", "市级文明村镇"]),
    ("培养党员312名，35岁以下占61.5%", ["培养党员", "年龄", "35岁以下占比"]),
    ("35岁以下干部仅占9.7%", ["年龄", "35岁以下干部占比"]),
    ("立行立改类问题198个，已整改194个，占97.98%", ["立行立改类问题", "已整改问题", "问题占比"]),
    ("优秀等次比例超过规定4个百分点", ["优秀等次比例"]),
    # of those counted before some fail
    ("12家运输企业中有5家安全员配备不足", ["运输企业", "运输企业"]),
    ("对上轮指出的26个问题核查，3个整改不彻底", ["问题", "问题"]),
    ("仍有8个应于年内完成的问题未完成", ["问题"]),
    ("该项支出涉及7.36亿元，涉及41人次", ["涉及金额", "涉及人员"]),
    ("对12.36万元违规发放资金予以清退", ["违规发放资金"]),
    # another rate keeps its own name
    ("合格率达94.7%，处置率100%", ["合格率", "处置率"]),
]


@pytest.mark.parametrize(("words", "expected"), PARTS)
def test_parts_of_what_was_rated(words: str, expected: list[str]) -> None:
    assert labels(words) == expected


# A length of time is named by what must be done within it.
TIME_LIMITS = [
    ("投诉24小时内必须回应、5个工作日内办结", ["投诉回应时限", "投诉办结时限"]),
    ("责令三十日内重新上报整改报告。", ["重新上报整改报告时限"]),
    ("要求各单位在15个工作日内报送整改方案。", ["单位报送整改方案时限"]),
    ("窗口人员应当在2小时内答复", ["窗口人员答复时限"]),
    ("公示时间：2026年3月6日至3月12日（5个工作日）", ["公示时间"]),
]


@pytest.mark.parametrize(("words", "expected"), TIME_LIMITS)
def test_time_limits(words: str, expected: list[str]) -> None:
    assert labels(words) == expected


# People are named by who they are, wherever they were sent; 的 before a figure says which of them.
PEOPLE = [
    ("选派年轻干部到乡镇、园区、信访一线锻炼164名", ["年轻干部"]),
    ("组织党员赴红色教育基地参观320人次", ["组织党员"]),
    ("安排优秀教师到农村薄弱学校任教36人", ["优秀教师"]),
    ("交流关键岗位人员19人，其中任职8年以上的6人", ["交流关键岗位人员", "任职", "任职8年以上"]),
    ("实施项目52个，其中总投资5亿元以上的9个", ["实施项目", "总投资", "总投资5亿元以上"]),
    # between two figures the verb belongs to the second
    ("对31家企业检查52次", ["企业", "检查"]),
    ("从福彩公益金中安排150万元新建护理楼", ["福彩公益金中安排"]),
]


@pytest.mark.parametrize(("words", "expected"), PEOPLE)
def test_people_and_acts(words: str, expected: list[str]) -> None:
    assert labels(words) == expected


SHARES = [
    # what is counted may stand behind 分别
    ("甲溪区、乙塘县分别排查隐患点31处、45处", [("甲溪区",), ("乙塘县",)], "隐患点"),
    ("党政机关和事业单位分别清退超编人员12名、8名", [("党政机关",), ("事业单位",)], "超编人员"),
    ("报装环节和时限分别压减50%、62%", [("报装环节",), ("时限",)], "时限"),
    # the head behind 的, behind members of one length, or behind a shared ending
    (
        "群众对教育、医疗、养老的满意度分别提升2.1、3.4和1.8个百分点",
        [("教育",), ("医疗",), ("养老",)],
        "养老满意度",
    ),
    (
        "小学、初中、高中教师学历占比分别为92%、98%和100%",
        [("小学",), ("初中",), ("高中",)],
        "高中教师学历占比",
    ),
    ("一、二、三产业增加值分别增长4.1%、6.2%、7.9%", [("一",), ("二",), ("三",)], "三产业增加值"),
    ("水、电、气报装时间分别压缩至4个、3个、3个工作日", [("水",), ("电",), ("气",)], "气报装时间"),
    # whoever the clauses before tell of
    (
        "甲县排查隐患312处，乙县排查隐患274处，完成率分别达98.1%和96.4%",
        [(), (), ("甲县",), ("乙县",)],
        "完成率",
    ),
    (
        "本级问题已整改16个，正在整改3个；社区问题已整改35个，整改率分别为84.2%和92.1%",
        [(), (), (), ("本级问题",), ("社区问题",)],
        "整改率",
    ),
    (
        "城区公厕新建12座，农村公厕改造35座，达标率分别为100%、94.3%",
        [(), (), ("城区公厕",), ("农村公厕",)],
        "达标率",
    ),
    # of different units, with a verb of change each, or of figures listed before
    (
        "不良贷款余额、不良率实现双降，分别较年初下降1.37亿元、0.42个百分点",
        [("不良贷款余额",), ("不良率",)],
        "不良率",
    ),
    (
        "归集额12亿元、提取额9亿元、个贷率82%，同比分别增长6%、下降1%和提高3个百分点",
        [(), (), (), ("归集额",), ("提取额",), ("个贷率",)],
        "个贷率",
    ),
    (
        "三个国家级园区、七个省级园区税收分别达到21万元、13万元",
        [(), (), ("国家级园区",), ("省级园区税收",)],
        "省级园区税收",
    ),
    ("要求分阶段整改、持续整改的45个问题", [()], "问题"),
    # one figure over two states or several kinds of things
    ("停产整改和正在整改3条", [("停产整改", "正在整改")], "停产整改和正在整改"),
    (
        "新建口袋公园、健身步道、充电桩等114处",
        [("口袋公园", "健身步道", "充电桩")],
        "口袋公园、健身步道、充电桩",
    ),
    ("把口袋公园、健身步道等114处惠民设施移交管护", [("口袋公园", "健身步道")], "惠民设施"),
    ("市财政局、市教育局等4处办公用房超标", [()], "办公用房超标"),
]


@pytest.mark.parametrize(("words", "members", "last"), SHARES)
def test_shares(words: str, members: list[tuple[str, ...]], last: str) -> None:
    found = read(words).quantities
    assert [q.applies_to for q in found] == members
    assert found[-1].label == last


def test_enumerated_rates_without_a_name_between() -> None:
    assert labels("整改率依次为96.8%、91.1%和100%") == ["整改率"] * 3
