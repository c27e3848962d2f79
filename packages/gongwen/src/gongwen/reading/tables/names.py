"""名称用语: the words that bound the name of what a figure counts, beside the verbs of `tables.verbs`."""

from __future__ import annotations

# Nouns that hold a verb; they neither begin nor end a name.
WHOLE_WORDS = (
    "负责人", "责任人", "代表人",
    "党组织", "供应商", "供应链", "组织生活会", "民主生活会", "恶意拖欠", "落实情况", "验收单", "办理单",
    "推进会", "调度会", "通报会", "研究会",
    "协调会", "约谈会",
)  # fmt: skip
# Verbs that are nouns before these: 组织处理, 完成率.
NOT_VERBS = r"(?!签约(?:服务|医生)|增加[值额量]|投入(?:强度|产出|占)|储备(?:粮|库|干部|人才|土地|项目|林)|组织(?:处理|部|生活|领导|机构|建设|关系|体系)|完成[率量额]|规范[性化]|违规发放|超标准发放)"
# What of an act is measured; the verb before belongs to it (办理时间).
MEASURED = "占比|比重|时间|时限|时长|进度|周期|次数|数量|比例|成本|总额|规模|效率"
# The verb belongs to the noun behind it: 责任追究问题, 隐患排查机制.
NOUNS_OF_VERBS = (
    "问题", "事项", "机制", "制度", "措施", "项目", "行为", "案件", "工作", "任务", "方案", "清单", "平台",
    "中心", "资金", "人员", "活动", "工程",
    "计划", "线索", "专班", "小组", "关口", "环节", "窗口",
)  # fmt: skip
# Stops that may stand before a noun as well (长期整改任务)
ATTRIBUTIVE = ("长期", "持续", "全面", "限期", "统一", "主动", "重新", "分别")
# Stops that may stand inside a noun as well: 巩固提升工程.
HALF_NOUNS = ("发放", "提升", "推进", "提高", "验收", "移交")
# Of a long name only its last noun is carried over to later figures, if it is one of these.
HEAD_NOUNS = (
    "问题",
    "任务",
    "举措",
    "事项",
    "措施",
    "制度",
    "线索",
    "信访件",
    "隐患",
    "案件",
    "项目",
    "清单",
    "文件",
    "资金",
)

# Before a name: time words, the whole town or county, adverbs, numbers of steps.
LEAD_WORDS = (
    "[一二三四五六七八九十]{1,3}是", r"（[\d一二三四五六七八九十]{1,2}）",
    r"\d{1,2}[.、]", "[①-⑳]",
    "目前", "现(?!场|有|代|行|状|金|役|存|任)", "今年以来", "今年", "去年", "全年", "当年", "上半年",
    "下半年", "期间", "年内", "当前", "以来",
    "每年", "每月", "每季度", "每日", "每周", "每半年", "截至", "截止", "底前", "前", "底", "内",
    "全市", "全县", "全区", "全省", "全州", "我市", "我县", "我区", "我省", "我局", "辖区内",
    "已经", "已(?!完成|整改|办结|销号|整治|处置|启动|解决|到位|清退|拆除)", "共计", "共(?!管|享|建|同|青|产|用|治|识)", "累计", "先后",
    "分别", "同步", "同时", "其中", "均",
    "又", "并", "再", "还", "[的了和与及、，：（）]", "近(?!视|郊|海|代|期|年)", "约(?!谈|定|束)", "仅", "且", "另有", "另外", "另", "通过",
)  # fmt: skip
# A figure behind one of these counts the rest of what was counted before (其余5个).
REST = ("其余", "剩余", "余下", "另有", "另外", "另", "其他")

# Who is counted by 家 or 户 comes first; what follows is said of them (单位扣减经费).
SUBJECTS = {
    "家": ("企业", "单位", "部门", "机构"),
    "户": ("企业", "农户", "居民", "群众"),
    "个": ("部门", "单位"),
}
# What has parts, duties and papers of its own: it is counted where one of these is said to fail (12家宾馆消防证过期).
HOLDERS = (
    "企业", "单位", "公司", "宾馆", "酒店", "饭店", "餐馆", "药店", "超市", "商铺", "店铺", "门店", "网吧", "商户",
    "医院", "卫生院", "卫生室", "诊所", "学校", "中学", "小学", "幼儿园", "养老院", "福利院", "敬老院", "银行", "协会",
    "乡镇", "街道", "社区", "小区", "村民小组", "行政村", "村集体", "党组织", "党支部", "支部", "科室", "部门", "机构", "县区", "区县",
    "工地", "矿井", "矿山", "煤矿", "电站", "水库", "加油站", "机井", "污水厂", "泵站", "储罐", "锅炉", "电梯", "仓库", "厂房",
    "断面", "点位", "监测点", "站点", "河流", "湖泊", "项目", "工程", "标段", "合同", "账户", "指标",
    "人员", "干部", "党员", "教师", "医生", "护士", "职工", "员工", "负责人", "责任人", "村民", "居民", "农户", "业主", "司机",
)  # fmt: skip
RECEIVERS = ("机关", "法院", "检察院", "纪委监委", "纪委")
# What says that something fails
DEFICIENT = (
    "未", "不(?!断|同)", "无", "缺", "被(?:占|堵|毁|挪|侵)", "超(?:期|标|限|载|员|概算|编|范围)", "过期", "逾期", "失效", "失灵", "损坏", "老化", "破损",
    "堵塞", "闲置", "滞后", "违规", "拖欠", "虚设", "雷同", "造假", "存在", "没有", "流失", "空缺", "形式", "薄弱", "混乱", "脱节", "扰民", "带病",
)  # fmt: skip
# Units of cases: the case is counted, whoever was concerned (8起教师违规补课).
CASES = ("起", "例", "件", "宗", "条", "项", "次")
# Units of acts: 3次主持召开会议 counts meetings.
ACTS = ("次", "场", "轮")
PERSONS = (
    "干部",
    "党员",
    "教师",
    "医生",
    "骨干",
    "人员",
    "学生",
    "职工",
    "专家",
    "人才",
    "民警",
    "队员",
    "书记",
    "群众",
    "劳动力",
    "代表",
)
PEOPLE = ("人", "名", "人次", "位")
AREAS = ("方面", "类", "领域")

# Before and between the verbs of a bare verb phrase that counts what was counted before (已完成整改9个).
BARE_ADVERBS = (
    "已",
    "正在",
    "未",
    "尚未",
    "全部",
    "部分",
    "大部分",
    "新",
    "拟",
    "待",
    "计划",
    "阶段性",
    "基本",
    "持续",
)
BARE_VERBS = (
    "推进", "完成", "到位", "延期", "通过验收", "移交",
    "取得(?:明显|重要)?阶段性(?:明显)?(?:成效|成果|进展)", "并", "长期坚持", "其中",
)  # fmt: skip
# These acts are counted themselves, whatever was counted before (线索76件，立案31件).
ACTS_ALONE = ("立案", "罚款", "处罚", "结案", "拘留", "起诉", "警告", "留置")
# A predicate right behind a figure (6个正在整改).
PREDICATE_ADVERBS = ("未", "按计划", "按序时", "持续", "基本", "全部", "有序", "加快", "抓紧")
PREDICATES = (
    "长期坚持",
    "(?:达到|滞后于?|未达到?)序时进度",
    "完成",
    "整改",
    "推进",
    "办结",
    "销号",
    "落实",
    "启动",
    "解决",
    "履行",
    "执行",
    "审理",
    "兑付",
    "办理",
)
