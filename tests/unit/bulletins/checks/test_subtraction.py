"""推算: the attack by subtraction, in words and in numbers."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from tests.unit.bulletins.checks.drafts import FOOT, HEAD, draft, item, source, troubles, words
from zhenggai.bulletins.facts import Draft, Item, Source
from zhenggai.bulletins.states import Audience

WORDS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def ledger(chance: random.Random) -> list[Item]:
    """A ledger of which some items are withheld."""
    states = ["done", "phased", "infeasible", "none", "step", "returned"]
    items = [
        item(n, f"{chance.choice(WORDS)}{chance.choice(WORDS)}{n}号事项办理不力", chance.choice(states))
        for n in range(1, chance.randint(12, 60))
    ]
    hidden = chance.sample(range(len(items)), chance.randint(1, 6))
    return [
        item(
            i.number,
            i.title,
            i.grade.value if i.grade else i.review.value,
            chance.choice(["internal", "sensitive"]) if n in hidden else "public",
        )
        for n, i in enumerate(items)
    ]


def counts(items: list[Item]) -> dict[str, int]:
    grades = [i.grade.value if i.grade else i.review.value for i in items]
    return {"反馈问题": len(items), "已完成整改问题": grades.count("done"), "取得阶段性成效并长期坚持问题": grades.count("phased"),
            "销号问题": sum(g in ("done", "phased", "infeasible") for g in grades), "审核中问题": grades.count("step"), "退回问题": grades.count("returned")}  # fmt: skip


FORMS = {
    "反馈问题": ["巡察反馈的{}个问题。", "反馈问题共{}个。", "省委巡视反馈4个方面{}个问题，逐一整改。", "共有{}项问题。", "反馈问题{}件，"],
    "已完成整改问题": ["已完成整改{}个。", "完成整改问题{}个，", "其中{}个问题已完成整改。"],
    "取得阶段性成效并长期坚持问题": ["取得阶段性成效并长期坚持{}个。"],
    "销号问题": ["已销号{}个。", "销号问题{}个，"],
    "审核中问题": ["审核中问题{}个。"],
    "退回问题": ["退回问题{}个。"],
}  # fmt: skip


def attack(text: str, items: list[Item], withheld: dict[str, int], **known: object) -> Draft:
    entries = [(label, "个", Decimal(value)) for label, value in withheld.items()]
    return draft(HEAD + text + FOOT, items=items, withheld=entries, **known)


@pytest.mark.parametrize("seed", range(60))
def test_totals_of_the_whole_ledger_are_always_caught(seed: int) -> None:
    chance = random.Random(seed)
    items = ledger(chance)
    public = counts([i for i in items if i.classification == "public"])
    differing = {label: value for label, value in counts(items).items() if public[label] != value}
    label = chance.choice(list(differing))
    said = chance.choice(FORMS[label]).format(differing[label])
    around = "".join(
        chance.choice(FORMS[other]).format(public[other]) for other in public if other not in differing
    )
    made = attack(said + around, items, differing)
    caught = [words(made, t.place) for t in troubles(made, "withheld.whole")]
    assert any(str(differing[label]) in words_ for words_ in caught), (said, differing)
    assert troubles(attack(said + around, items, differing, audience=Audience.INTERNAL), "withheld") == []


@pytest.mark.parametrize("seed", range(30))
def test_public_totals_bound_to_public_values_pass(seed: int) -> None:
    chance = random.Random(seed)
    items = ledger(chance)
    public = counts([i for i in items if i.classification == "public"])
    differing = {label: value for label, value in counts(items).items() if public[label] != value}
    text = "".join(chance.choice(FORMS[label]).format(value) for label, value in public.items())
    sources = {f"{value}{unit}": source(str(value)) for value in public.values() for unit in "个项件"}
    assert troubles(attack(text, items, differing, sources=sources), "withheld") == []


ITEMS = [
    item(n, f"{WORDS[n]}镇办理不力", "done", "internal" if n < 3 else "public") for n in range(20)
]  # 17 public, 3 not


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("另有3个问题不予公开。", "withheld.stated"),
        ("另有三个问题不公开。", "withheld.stated"),
        ("其余5项涉密问题按规定办理。", "withheld.stated"),
        ("其中2个问题未向社会公开。", "withheld.stated"),
        ("不予公开的问题有3个。", "withheld.stated"),
        ("问题公开率为85%。", "withheld.stated"),
        ("巡察反馈问题20个，向社会公开问题17个。", "withheld.subtraction"),
        ("反馈问题20个。公开整改情况的问题17个。", "withheld.subtraction"),
        ("公开问题17个，另有有关问题3个。", "withheld.subtraction"),
        ("反馈问题20个，完成率85%。", ""),
        ("县委向社会公开承诺办理实事20件，新建便民点17个。", ""),
        ("整改情况向社会公开率100%。", ""),
        ("部分问题涉密，不予公开。", ""),
        ("新增公开渠道3个。", ""),
        ("37个小区公共收益未公示。", ""),
        ("村务公开不到位，3个事项未公开。", ""),
        ("另有2项不宜公开。", "withheld.stated"),
        ("公开招聘干部20名，另有17名挂职锻炼。", ""),
    ],
)
def test_words_that_give_the_number_away(text: str, code: str) -> None:
    made = draft(text, items=ITEMS)
    found = [t.code for t in troubles(made, "withheld")]
    assert (code in found) if code else found == []
    assert troubles(draft(text, items=ITEMS, audience=Audience.INTERNAL), "withheld") == []


@pytest.mark.parametrize(("rate", "wrong"), [("90%", True), ("100%", False), ("50%", False)])
def test_a_rate_reckoned_from_all_items_is_found(rate: str, *, wrong: bool) -> None:
    items = [
        *ITEMS[:1],
        item(1, "甲问题", "none", "internal"),
        item(2, "乙问题", "none", "internal"),
        *ITEMS[3:],
    ]
    made = draft(f"问题整改完成率达{rate}。", items=items)
    assert len(troubles(made, "withheld.whole")) == wrong


def test_a_rate_that_is_the_public_one_too_gives_nothing_away() -> None:
    assert troubles(draft("问题整改完成率达100%。", items=ITEMS), "withheld.whole") == []


@pytest.mark.parametrize(
    ("own", "wrong"),
    [
        (source("5"), False),
        (source("5", source="derived"), False),
        (source("5", reach="whole"), True),
        (source("5", source="reported"), True),
        (None, True),
    ],
)
def test_a_number_bound_to_its_public_value_is_that_value(own: Source | None, *, wrong: bool) -> None:
    made = attack("已销号5个。", ITEMS, {"已完成整改问题": 5}, sources={"5个": own} if own else {})
    assert len(troubles(made, "withheld.whole")) == wrong
