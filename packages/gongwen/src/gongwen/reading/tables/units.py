"""单位与量词: what can follow a number, and what kind of quantity it makes."""

from __future__ import annotations

from gongwen.models import QuantityKind

# 货币
MONEY = ("元", "美元", "欧元", "港元", "港币", "人民币", "元人民币", "块钱")

# 比率: percent is a level or a rate of change, a percentage point (百分点) a difference of two percents.
PERCENT = ("%", "‰")
PERCENTAGE_POINT = ("百分点", "个百分点")

# 时长: a length of time, not a date.
DURATION = (
    "个月", "个工作日", "工作日", "个自然日", "自然日", "个交易日", "个小时", "小时", "分钟", "秒", "天",
    "日", "周",
    "个星期", "年", "周年", "个季度", "个学期", "学时", "课时", "个学时", "个课时", "岁",
)  # fmt: skip

# 量度: length, area, volume, weight, energy, computing.
MEASURE = (
    "平方公里", "平方千米", "平方米", "平米", "立方米", "公里", "千米", "海里", "米", "厘米", "毫米",
    "微米", "公顷", "亩",
    "吨", "公斤", "千克", "斤", "克", "毫克", "升", "毫升", "千瓦时", "千瓦", "兆瓦时", "兆瓦", "吉瓦",
    "瓦", "度",
    "微克/立方米", "毫克/升", "毫克/立方米", "立方米/日", "吨/日", "℃", "摄氏度", "分贝", "倍", "标准煤",
    "吨标准煤", "公里/小时", "元/平方米", "元/吨", "元/月", "元/人", "km", "kW", "MW", "GW", "kWh", "kV",
    "千伏",
    "千伏安", "兆伏安", "PFlops", "EFlops", "TFlops", "P", "PB", "TB", "GB", "MB", "Mbps", "Gbps", "kg",
    "mg", "m²", "㎡",
    "m³", "km²", "m", "t", "dB", "TEU", "标箱", "标准箱", "标台", "分",
)  # fmt: skip

# 人次类: an act counted together with the person or thing it befalls.
TIMES = (
    "节次", "课次", "人次", "人天", "人日", "人家", "架次", "辆次", "车次", "户次", "班次", "场次", "件次",
    "批次", "例次", "艘次",
    "台次", "家次", "处次", "项次", "列次", "篇次", "床日", "人年", "人份", "工日", "台套", "台（套）",
    "台件", "处（家）",
)  # fmt: skip

# 量词: classifiers of countable things.
CLASSIFIERS = (
    "个", "家", "户", "处", "项", "件", "份", "条", "座", "所", "名", "人", "次", "张", "轮", "笔", "类",
    "方面", "届", "台", "辆",
    "起", "部", "篇", "批", "场", "支", "种", "套", "栋", "幢", "艘", "宗", "例", "期", "道", "只", "对",
    "位", "间", "块",
    "根", "棵", "株", "头", "匹", "尾", "羽", "枚", "颗", "粒", "本", "册", "卷", "页", "字", "幅", "面",
    "架", "列", "节",
    "堂", "门", "课", "班", "届次", "片", "段", "口", "眼", "盏", "组", "队", "箱", "袋", "瓶", "桶", "床",
    "孔", "章", "款",
    "则", "封", "通", "趟", "遍", "轮次", "步", "层", "村", "村次", "校", "把", "桩", "番", "件套",
    "件（套）", "帧", "集", "单",
    "标段", "车", "票", "题", "宗地", "具", "方", "樘", "顶", "柄", "扇", "杆", "尊", "餐",
)  # fmt: skip

# Classifiers that a Chinese numeral (三张清单) may take; the rest make set words with it (三地, 五年, 四方).
NUMERAL_CLASSIFIERS = (
    "个", "家", "户", "处", "项", "件", "份", "条", "座", "所", "名", "人", "次", "张", "轮", "笔", "类",
    "方面", "台", "辆",
    "起", "部", "篇", "批", "场", "支", "种", "套", "栋", "幢", "艘", "宗", "例", "期", "道", "只", "对",
    "位", "间", "块", "根",
    "棵", "株", "头", "枚", "本", "册", "幅", "门", "组", "队", "箱", "封", "大", "万元", "亿元", "元",
    "人次", "批次",
    "场次", "个月", "个工作日", "工作日", "天", "个小时", "小时", "公里", "平方米", "亩", "吨", "个百分点",
    "倍",
)  # fmt: skip

# 个 before one of these is dropped from the unit (个百分点 → 百分点); before any other noun 个 is the unit.
AFTER_GE = (
    "百分点",
    "工作日",
    "自然日",
    "交易日",
    "月",
    "方面",
    "小时",
    "星期",
    "季度",
    "学期",
    "学时",
    "课时",
    "基点",
)

# 万、亿 and their compounds are multiplied into the value.
MULTIPLIERS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000,
               "亿": 100_000_000, "万亿": 1_000_000_000_000, "十亿": 1_000_000_000, "百亿": 10_000_000_000,
               "千亿": 100_000_000_000}  # fmt: skip

# Words that begin like a unit but are something else: 5项目, 3人大代表, 2024级, 20条例.
NOT_UNITS = ("方式", "方法", "方向", "方便", "方针", "方位", "方阵", "方可", "条例", "项目", "人民", "人大",
             "人才", "人员", "家庭", "家属", "名单", "名录", "次数", "件数", "处长", "处级",
             "所有", "点钟", "点半", "时", "分钟前", "号", "级", "路公交", "台账", "场所", "类似", "本级",
             "期间",
             "地区", "地址", "面积", "层面", "区域", "市场", "国家", "位置", "部门", "起来", "站位", "方案",
             "成效",
             "成果", "重点", "单位", "单元", "组织", "组成", "组长", "团队", "步骤", "环境", "代表", "格局",
             "部委", "部分", "年代", "把关", "把握", "线索", "线路", "店铺", "园区", "题材", "级别")  # fmt: skip

# 产能: a number after one of these is what can be done in a time, not what was done.
CAPACITY_WORDS = ("年产", "年加工", "年处理", "年供应", "年供", "年生产", "年发电", "年吞吐", "日产",
                  "日处理", "日供水", "日供",
                  "每日处理", "每天处理", "日加工", "每日加工", "设计能力", "设计规模", "处理能力",
                  "供水能力", "产能",
                  "装机容量", "装机", "算力", "库容", "接诊能力", "年接待能力", "日处理能力", "处理规模",
                  "生产能力", "可容纳", "能容纳", "可存储")  # fmt: skip
CAPACITY_UNITS = (
    "PFlops",
    "EFlops",
    "TFlops",
    "P",
    "千瓦",
    "兆瓦",
    "吉瓦",
    "kW",
    "MW",
    "GW",
    "立方米/日",
    "吨/日",
)

_KIND_TABLES: tuple[tuple[QuantityKind, tuple[str, ...]], ...] = (
    ("money", MONEY),
    ("percent", PERCENT),
    ("percentage_point", PERCENTAGE_POINT),
    ("duration", DURATION),
)
KIND_OF_UNIT: dict[str, QuantityKind] = {unit: kind for kind, units in _KIND_TABLES for unit in units}

ALL_UNITS = tuple(
    sorted(
        {*MONEY, *PERCENT, *PERCENTAGE_POINT, *DURATION, *MEASURE, *TIMES, *CLASSIFIERS},
        key=len,
        reverse=True,
    )
)
