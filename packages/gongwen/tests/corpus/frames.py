"""Clauses with figures, documents, dates and claims: each frame writes one, as official prose does, with its annotation."""

from __future__ import annotations

import random
from collections.abc import Callable

from corpus.words import (
    BODIES,
    COUNTED,
    EMPTY,
    KINDS_OF_RULE,
    NO_QUANTITIES,
    NUMERALS,
    PLACES,
    RATES,
    SUBJECTS,
)
from corpus.writer import Writer

Frame = Callable[[Writer, random.Random], None]


def plain(out: Writer, chance: random.Random) -> None:
    """Nothing to annotate."""
    out.add(chance.choice(EMPTY))


def counted(out: Writer, chance: random.Random) -> None:
    """整改隐患17处"""
    noun, classifier = chance.choice(COUNTED)
    number = chance.randint(3, 2900)
    out.add(f"{chance.choice(['排查', '整治', '清理', '核查'])}{noun}")
    out.quantity(f"{number}{classifier}", noun, str(number), classifier)


def bounded(out: Writer, chance: random.Random) -> None:
    """走访困难群众300余户, 近40处"""
    noun, classifier = chance.choice(COUNTED)
    number = chance.randint(2, 90) * 10
    if chance.random() < 0.5:
        out.add(f"走访核实{noun}")
        out.quantity(f"{number}余{classifier}", noun, str(number), classifier, qualifier="余")
    else:
        out.add("走访核实近")
        out.quantity(f"{number}{classifier}", noun, str(number), classifier, qualifier="近")
        out.add(noun)


def money(out: Writer, chance: random.Random) -> None:
    """追回资金13.85万元"""
    tenths = chance.randint(11, 9999)
    label = chance.choice(["追回违规资金", "清理拖欠工程款", "退还多收费用"])
    out.add(label)
    out.quantity(
        f"{tenths / 10:.1f}万元", label, str(tenths * 1000), "元", kind="money", label_alt=[label[2:]]
    )


def rate(out: Writer, chance: random.Random) -> None:
    """办结率达94.6%"""
    name, value = chance.choice(RATES), chance.randint(501, 999)
    out.add(f"{name}达")
    out.quantity(f"{value / 10:.1f}%", name, f"{value / 10:.1f}", "%", kind="percent")


def two_rates(out: Writer, chance: random.Random) -> None:
    """接诉率和办结率均达100%"""
    one, other = chance.sample(RATES, 2)
    out.add(f"{one}和{other}均达")
    out.quantity(
        "100%", f"{one}和{other}", "100", "%", kind="percent", label_alt=[one, other], applies_to=[one, other]
    )


def shared(out: Writer, chance: random.Random) -> None:
    """东区、西区分别新增学位…个、…个"""
    one, other = (name + "区" for name in chance.sample(PLACES, 2))
    noun, classifier = chance.choice(COUNTED)
    out.add(f"{one}、{other}分别排查{noun}")
    for member, stop in ((one, "、"), (other, "")):
        number = chance.randint(3, 900)
        out.quantity(f"{number}{classifier}", noun, str(number), classifier, applies_to=[member])
        out.add(stop)


def change(out: Writer, chance: random.Random) -> None:
    """满意率同比提升1.9个百分点"""
    name, value, up = chance.choice(RATES), chance.randint(11, 99), chance.random() < 0.7
    out.add(f"{name}同比{'提升' if up else '下降'}")
    out.quantity(
        f"{value / 10:.1f}个百分点",
        name,
        f"{value / 10:.1f}",
        "百分点",
        kind="percentage_point",
        change="up" if up else "down",
    )


def chinese(out: Writer, chance: random.Random) -> None:
    """建立三张清单"""
    number = chance.randint(3, 9)
    out.add("建立")
    out.quantity(f"{NUMERALS[number]}张", "清单", str(number), "张")
    out.add("清单")


def ranged(out: Writer, chance: random.Random) -> None:
    """每村安排20至30户"""
    noun, classifier = chance.choice(COUNTED)
    low = chance.randint(2, 60)
    high = low + chance.randint(3, 30)
    out.add(f"每镇抽查{noun}")
    out.quantity(f"{low}至{high}{classifier}", noun, str(low), classifier, value_max=str(high))


def rates_of_each(out: Writer, chance: random.Random) -> None:
    """东区、西区办结率分别达到91.2%、88.4%"""
    members = [name + "区" for name in chance.sample(PLACES, chance.randint(2, 3))]
    name = chance.choice(RATES)
    out.add(f"{'、'.join(members)}{name}分别达到")
    for number, member in enumerate(members):
        value = f"{chance.randint(501, 999) / 10:.1f}"
        out.add("、" if number else "")
        out.quantity(f"{value}%", name, value, "%", kind="percent", applies_to=[member])


def changed(out: Writer, chance: random.Random) -> None:
    """信访件同比下降12%"""
    noun, up = chance.choice(COUNTED)[0], chance.random() < 0.4
    value = str(chance.randint(2, 48))
    label = f"{noun}数量"
    out.add(f"{label}同比{'增长' if up else '下降'}")
    out.quantity(
        f"{value}%", label, value, "%", kind="percent", change="up" if up else "down", label_alt=[noun]
    )


def no_quantity(out: Writer, chance: random.Random) -> None:
    """严格执行“三重一大”决策制度"""
    out.add(chance.choice(NO_QUANTITIES))


def cited(out: Writer, chance: random.Random) -> None:
    """印发《…管理办法》"""
    verb, role = chance.choice([("印发", "new"), ("制定", "new"), ("修订", "revised"), ("出台", "new")])
    title = f"{chance.choice(PLACES)}县{chance.choice(SUBJECTS)}{chance.choice(KINDS_OF_RULE)}"
    out.add(verb)
    out.citation(title + ("（试行）" if chance.random() < 0.3 else ""), verb, role)


def dated(out: Writer, chance: random.Random) -> None:
    """截至2025年6月底，排查隐患17处"""
    year, month = chance.randint(2022, 2026), chance.randint(1, 12)
    noun, classifier = chance.choice(COUNTED)
    days = [31, 29 if year % 4 == 0 else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    out.add("截至")
    written = f"{year}年{month}月底"
    out.date(written, f"{year}-{month:02d}-{days[month - 1]}")
    number = chance.randint(3, 900)
    out.add(f"，累计整治{noun}")
    out.quantity(f"{number}{classifier}", noun, str(number), classifier, period=f"截至{written}")
    out.carried = f"截至{written}"


def done(out: Writer, chance: random.Random) -> None:
    """反馈的17个问题已全部整改"""
    number = chance.randint(3, 60)
    out.add(f"{chance.choice(BODIES)}牵头的")
    start = len(out.text)
    out.quantity(f"{number}个", "问题", str(number), "个")
    out.add("问题已全部整改")
    out.claim(start, "completed")


FRAMES: tuple[Frame, ...] = (
    plain, counted, counted, bounded, money, rate, two_rates, shared, change, chinese, cited, cited, dated, done,
    ranged, rates_of_each, changed, no_quantity,
)  # fmt: skip
