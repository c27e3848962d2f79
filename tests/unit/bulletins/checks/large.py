"""A large draft of made-up text, for measuring: items, figures, documents and earlier editions in proportion."""

from __future__ import annotations

import random
from decimal import Decimal

from tests.unit.bulletins.checks.drafts import FOOT, HEAD, draft, item, source
from zhenggai.bulletins.facts import Draft, Earlier
from zhenggai.bulletins.states import FigureState

PLACES = [
    "城关",
    "东坪",
    "西岭",
    "南江",
    "北山",
    "河口",
    "龙泉",
    "青石",
    "白马",
    "云台",
    "金沙",
    "柳林",
    "石桥",
    "梅溪",
    "双河",
    "太平",
]
THINGS = [
    "高标准农田",
    "农村饮水",
    "津贴补贴",
    "公务接待",
    "惠民补贴",
    "招标采购",
    "国有资产",
    "环境保护",
    "安全生产",
    "义务教育",
    "医保基金",
    "社会救助",
    "村级财务",
    "民生工程",
    "耕地保护",
    "信访办理",
]
FAULTS = [
    "管护责任落实不到位",
    "违规发放清退不彻底",
    "资金拨付滞后问题突出",
    "验收把关不严走过场",
    "监管缺位底数不清",
    "制度执行宽松软",
]
ACTS = [
    "召开专题会议",
    "开展专项排查",
    "约谈责任单位",
    "建立整改台账",
    "组织现场核查",
    "印发工作提示",
    "完善长效机制",
    "追缴违规资金",
    "通报典型案例",
]


def large(length: int, items: int = 300, earlier: int = 300, seed: int = 5) -> Draft:
    """A draft of about ``length`` characters with about 120 figures on 10,000, against so many items and earlier paragraphs."""
    chance = random.Random(seed)
    titles = [
        f"{chance.choice(PLACES)}{number}村{chance.choice(THINGS)}{chance.choice(FAULTS)}"
        for number in range(items)
    ]
    states = ["done", "done", "phased", "none", "infeasible"]
    known = [
        item(n, title, chance.choice(states), "internal" if n % 30 == 0 else "public")
        for n, title in enumerate(titles, 1)
    ]
    told = [own for own in known if own.classification == "public"]
    paragraphs, total = ["一、总体情况"], 0
    while total < length:
        own = chance.choice(told)
        words = _paragraph(chance)
        paragraphs += [f"{len(paragraphs)}.关于“{own.title}”问题的整改", words]
        total += len(words) + len(own.title) + 12
    old = [_paragraph(chance) for _ in range(earlier)]
    text = HEAD + "\n".join(paragraphs) + FOOT
    return draft(
        text,
        sources={f"{n}次": source(str(n), "ledger.items") for n in range(1, 60)},
        states={f"{n}人": FigureState.UNBOUND for n in range(1, 60)},
        items=known,
        policies={f"{place}镇{thing}管理办法": "new" for place in PLACES for thing in THINGS},
        earlier=[Earlier("JX-2025", 1, "关于巡察整改进展情况的通报", old)],
        withheld=[("反馈问题", "个", Decimal(items)), ("已完成整改问题", "个", Decimal(items - 7))],
    )


def _paragraph(chance: random.Random) -> str:
    parts = []
    for _ in range(4):
        parts += [chance.choice(ACTS), f"{chance.randint(1, 99)}{chance.choice('次人处件户')}"]
        parts.append("，" + "、".join(chance.choices(ACTS, k=12)) + "，")
    made = (
        f"制定《{chance.choice(PLACES)}镇{chance.choice(THINGS)}管理办法》。" if chance.random() < 0.5 else ""
    )
    end = chance.choice(
        ["目前，该问题已完成整改。", "正在推进整改。", "取得阶段性成效。", "力争年底前完成整改。"]
    )
    return "".join(parts).strip("，") + "。" + made + end
