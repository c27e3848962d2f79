"""Clauses in which what a figure counts, of whom, when or in which sense has to be understood from the words around it."""

from __future__ import annotations

import random
from collections.abc import Callable

from corpus.words import COUNTED, KINDS_OF_RULE, NUMERALS, PLACES, RATES, SUBJECTS
from corpus.writer import Writer


def silent(out: Writer, chance: random.Random) -> None:
    """东县、西县排查隐患114处、84处"""
    members = [name + "县" for name in chance.sample(PLACES, 2)]
    noun, classifier = chance.choice(COUNTED)
    out.add(f"{'、'.join(members)}排查{noun}")
    for number, member in enumerate(members):
        value = str(chance.randint(3, 900))
        out.add("、" if number else "")
        out.quantity(f"{value}{classifier}", noun, value, classifier, applies_to=[member])


def levels(out: Writer, chance: random.Random) -> None:
    """办结率由71.2%提高到94.6%: two levels and no change"""
    name, low = chance.choice(RATES), chance.randint(201, 600)
    out.add(f"{name}由")
    for value, behind in ((low, "提高到"), (low + chance.randint(20, 390), "")):
        out.quantity(f"{value / 10:.1f}%", name, f"{value / 10:.1f}", "%", kind="percent")
        out.add(behind)


def capacity(out: Writer, chance: random.Random) -> None:
    """建成年产3万吨有机肥项目"""
    product, unit = chance.choice(
        [("有机肥", "吨"), ("再生纸", "吨"), ("智能水表", "台"), ("装配式构件", "立方米")]
    )
    number = chance.randint(2, 80)
    out.add("建成年产")
    out.quantity(
        f"{number}万{unit}", f"年产{product}", f"{number}0000", unit, kind="capacity", label_alt=[product]
    )
    out.add(f"{product}项目")


def half_year(out: Writer, chance: random.Random) -> None:
    """2025年上半年，核查信访件46件，办结率达97.1%: the period goes on"""
    year = chance.randint(2022, 2025)
    written = f"{year}年上半年"
    noun, classifier = chance.choice(COUNTED)
    number, share = str(chance.randint(3, 700)), f"{chance.randint(501, 999) / 10:.1f}"
    out.date(written, f"{year}-01-01", f"{year}-06-30")
    out.add(f"，核查{noun}")
    out.quantity(f"{number}{classifier}", noun, number, classifier, period=written)
    name = chance.choice(RATES)
    out.add(f"，{name}达")
    out.quantity(f"{share}%", name, share, "%", kind="percent", period=written, period_alt=[None])
    out.carried = written


def limited(out: Writer, chance: random.Random) -> None:
    """每年检查不少于12次"""
    bound = chance.choice(["不少于", "不超过", "至少"])
    act, unit = chance.choice(
        [("下沉督导", "次"), ("入户走访", "户"), ("集中研讨", "场"), ("抽查台账", "份")]
    )
    number = str(chance.randint(2, 60))
    out.add(f"明确每季度{act}{bound}")
    out.quantity(
        f"{number}{unit}",
        act,
        number,
        unit,
        qualifier=bound,
        period_alt=["每季度", None],
        label_alt=[act[-2:]],
    )


def both(out: Writer, chance: random.Random) -> None:
    """完善制度、流程17项: one figure of two nouns"""
    one, other, unit = chance.choice([("制度", "流程", "项"), ("干部", "职工", "人"), ("泵站", "闸口", "座")])
    number = str(chance.randint(3, 90))
    out.add(f"梳理{one}、{other}")
    out.quantity(
        f"{number}{unit}", f"{one}、{other}", number, unit, label_alt=[one, other], applies_to=[one, other]
    )


def percent_in_words(out: Writer, chance: random.Random) -> None:
    """达标率达到百分之九十六"""
    name, tens, ones = chance.choice(RATES), chance.randint(3, 9), chance.randint(1, 9)
    out.add(f"{name}达到")
    written = f"百分之{NUMERALS[tens]}十{NUMERALS[ones]}"
    out.quantity(written, name, str(tens * 10 + ones), "%", kind="percent")


def tens_in_words(out: Writer, chance: random.Random) -> None:
    """召开座谈会十二场"""
    ones = chance.randint(1, 9)
    act, unit = chance.choice([("召开座谈会", "场"), ("约谈负责人", "名"), ("下发督办单", "份")])
    out.add(act)
    out.quantity(f"十{NUMERALS[ones]}{unit}", act, str(10 + ones), unit, label_alt=[act[2:]])


def large_money(out: Writer, chance: random.Random) -> None:
    """完成投资3.6亿元"""
    tenths = chance.randint(11, 990)
    label = chance.choice(["完成投资", "化解隐性债务", "盘活存量资产"])
    out.add(label)
    out.quantity(
        f"{tenths / 10:.1f}亿元", label, f"{tenths}0000000", "元", kind="money", label_alt=[label[2:]]
    )


def money_changed(out: Writer, chance: random.Random) -> None:
    """公务接待费同比减少3.2万元"""
    label, up = chance.choice(["公务接待费", "办公用品支出", "车辆运行费"]), chance.random() < 0.3
    tenths = chance.randint(11, 900)
    out.add(f"{label}同比{'增加' if up else '减少'}")
    out.quantity(
        f"{tenths / 10:.1f}万元", label, f"{tenths}000", "元", kind="money", change="up" if up else "down"
    )


def studied(out: Writer, chance: random.Random) -> None:
    """认真学习《浅滩市巡河条例》"""
    out.add("认真学习")
    out.citation(f"{chance.choice(PLACES)}市{chance.choice(SUBJECTS)}条例", "学习", "superior")


def nested(out: Writer, chance: random.Random) -> None:
    """制定《贯彻〈…办法〉实施细则》"""
    out.add("制定")
    inner = f"{chance.choice(PLACES)}市{chance.choice(SUBJECTS)}办法"
    out.citation(f"贯彻〈{inner}〉{chance.choice(KINDS_OF_RULE)}", "制定", "new")


def two_rules(out: Writer, chance: random.Random) -> None:
    """修订《…》《…》: one verb"""
    out.add("修订")
    for subject in chance.sample(SUBJECTS, 2):
        out.citation(f"{chance.choice(PLACES)}县{subject}{chance.choice(KINDS_OF_RULE)}", "修订", "revised")


def going_on(out: Writer, chance: random.Random) -> None:
    """其余3个问题正在推进整改"""
    number, start = str(chance.randint(2, 30)), len(out.text)
    out.add("其余")
    out.quantity(f"{number}个", "其余问题", number, "个", label_alt=["问题"])
    out.add("问题正在推进整改")
    out.claim(start, "ongoing")


FIGURES: tuple[Callable[[Writer, random.Random], None], ...] = (
    silent, levels, capacity, half_year, limited, both, percent_in_words, tens_in_words, large_money, money_changed,
    studied, nested, two_rules, going_on,
)  # fmt: skip
