"""固定说法: words that hold a numeral but count nothing (三重一大, 一岗双责), as GB/T 15835 leaves them in Chinese."""

from __future__ import annotations

# A Chinese numeral inside one of these is part of a name.
SET_PHRASES = (
    "三重一大", "一岗双责", "八项规定", "六项纪律", "四个意识", "四个自信", "四个全面", "两个维护",
    "两个确立", "两个责任",
    "三会一课", "三严三实", "三公经费", "三大攻坚战", "三农", "两学一做", "两个大局", "两不愁三保障",
    "四个不摘", "四不两直",
    "五位一体", "六稳", "六保", "七个有之", "五个必须", "十个坚持", "三个区分开来", "四种形态", "五个一",
    "三个务必",
    "四个合格", "五大发展理念", "三降一去一补", "三去一降一补", "三项机制", "三管三必须", "一网通办",
    "两个毫不动摇",
    "三个代表", "两优一先", "三区三线", "四个服务", "一把手", "三二一", "四议两公开", "一个中心",
    "两个基本点",
    "三大革命", "三位一体", "两手抓", "三线一单", "三个清单", "双随机一公开", "三张清单制度", "四个最严",
    "三个必须",
    "五个到位", "五个统筹", "七一", "五一", "十一假期", "六一", "八一", "二次供水", "二次装修", "三次产业",
    "三次元",
    "十个不准", "五个严禁", "二人转", "三人小组", "两个结合", "六个必须坚持", "三个更加", "两个先行",
    "三大球", "四大班子",
    "五大员", "三大员", "两个文明", "四个对照", "四个重大", "两个坚持", "三个转变", "十七大", "十八大",
    "十九大", "二十大",
)  # fmt: skip

# Before a numeral these make an ordinal or a position in a row: 第四, 前三轮, 上两届.
ORDINAL_PREFIXES = ("第", "前", "首", "上", "后", "下", "近第", "№", "No.")

# A number right before one of these belongs to a name or a grade: 5G, 4A级, 3D.
NAME_SUFFIXES = ("G", "A", "D", "K", "S", "R", "C", "Plus", "+")

# Signs that chain numerals to a scheme's name: 1+4+N.
SCHEME = r"(?<!\d)\d{1,4}(?:\+[\dA-Za-z]{1,6})+"

# 24小时热线: a name for being always open, no length of time
ROUND_THE_CLOCK = r"24小时(?:不间断|全天候)?(?:热线|值班|值守|服务|在线|监控|在岗|开放|响应|营业|自助|专线)"

# Words that mark a quotation as the statement of a problem rather than a slogan.
PROBLEM_SIGNS = (
    "不",
    "未",
    "无",
    "缺",
    "差",
    "低",
    "弱",
    "慢",
    "少",
    "难",
    "超",
    "违规",
    "滞后",
    "薄弱",
    "问题",
    "欠",
    "逾期",
    "闲置",
)
