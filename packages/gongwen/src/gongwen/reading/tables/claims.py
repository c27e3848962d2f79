"""状态表述用语: the words of clauses that say how far something has come (整改状态表述)."""

from __future__ import annotations

NUMERALS = r"[\d,一二两三四五六七八九十]{1,9}"
COUNTED = f"{NUMERALS}[个项件条处家起名笔宗]"

# What can be put right: a clause without one of these (or a counted thing) claims nothing.
THINGS = (
    "问题", "任务", "线索", "信访件", "信访", "举报件", "隐患", "事项", "整改", "措施", "举措", "案件",
    "工程", "单位", "投诉", "经费", "党组织",
    "诉求", "举报", "资金", "补助", "款项", "补贴", "工资", "欠款", "清单", "意见", "其余", "剩余", "该", "此项", "元",
)  # fmt: skip
# What may be unfinished or go on without being one of the document's own problems
WORK = ("项目", "工程", "工作", "建设", "任务")

# ---- not_done ----
UNFINISHED = (
    "完成", "整改", "办结", "销号", "解决", "启动", "落实", "到位", "整改到位", "闭环",
)  # fmt: skip

# How something is done, or is not: 未按期完成 is not done.
HOW = (
    "全部", "全面", "完全", "彻底", "真正", "有效", "及时", "按期", "如期", "按时", "按计划", "按要求", "按规定",
)  # fmt: skip

# ---- ongoing ----
GOING_ON = (
    "整改", "推进", "办理", "实施", "落实", "核查", "处置", "攻坚", "选址", "建设", "协调", "完善", "进行", "施工",
)  # fmt: skip

# ---- completed ----
WHOLLY = ("已", "均", "全部", "全面", "悉数", "如期", "按期", "按时", "顺利", "按计划", "全额")
FINISHED = (
    "闭环(?:整改|管理)?",
    r"完成(?!\d|投资)(?:整改)?", "整改(?:完成|到位|完毕|销号)?", "办结", "处置", "清退", "解决", "销号",
    "落实(?:到位)?", "清零", "整治",
    "收缴", "追缴", "退还", "退缴", "归还", "处理", "处置到位", "清收", "化解", "消除", "拆除", "核销",
    "兑付", "纠正", "修复",
    "整顿(?:转化)?", "转化", "落地",
)  # fmt: skip

# A clause that begins like this tells what is to be done, not what was.
INTENTIONS = (
    "(?:都|均|也)?(?:要(?!素|闻|件)|应(?!急|届|收|付|诉)|须|必须)", "确保", "力争", "推动", "督促", "继续", "将",
    "(?:[一二三四五六]要)?对", "坚决", "切实", "进一步", "紧盯", "促进", "做到", "实现",
    "务必", "以", "为", "待", "限期", "要求", "责令", "责成",
)  # fmt: skip
