"""不公开的问题: none can be recognised in a document for the public, whatever is done to its words."""

from __future__ import annotations

import random

import pytest

from tests.unit.bulletins.checks.drafts import FOOT, HEAD, draft, item, troubles, words
from zhenggai.bulletins.states import Audience, Severity

HIDDEN = "县农业农村局套取高标准农田建设项目资金设立“小金库”"
PUBLIC = "县农业农村局高标准农田建设项目后续管护不到位"
SLOGAN = "落实全面从严治党主体责任不够有力"
ITEMS = [
    item(5, HIDDEN, "none", "sensitive"),
    item(6, PUBLIC),
    item(7, SLOGAN + "，违规接待问题突出", "none", "internal"),
    item(8, SLOGAN + "，学习教育不够深入"),
]


def found(text: str, audience: Audience = Audience.PUBLIC) -> list[str]:
    made = draft(text, items=ITEMS, audience=audience)
    return [words(made, t.place) for t in troubles(made, "withheld.named")]


@pytest.mark.parametrize(
    "text",
    [
        f"针对“{HIDDEN}”问题，开展专项治理。",
        HIDDEN,
        "县农业农村局套取高标准农田建设项目资金设立小金库问题已完成整改。",
        "县农业农村局 套取高标准农田 建设项目资金，设立“小金库”。",
        "查处县农业农村局套取高标准农田建设专项资金、设立小金库案件。",
        "对套取高标准农田建设项目资金的行为进行处理。",
        "针对县农业农村局套取\n高标准农田建设项目资金设立小金库的问题，开展治理。",
        f"序号\t问题\t状态\n1\t{HIDDEN}\t已完成",
        f"关于{HIDDEN}问题整改情况的通报\n正文。",
        f"{SLOGAN}，违规接待问题突出。",
    ],
)
def test_a_withheld_item_is_recognised(text: str) -> None:
    assert found(text)


def test_within_what_is_internal_may_be_told_and_what_is_sensitive_never() -> None:
    assert found(f"{SLOGAN}，违规接待问题突出。", Audience.INTERNAL) == []
    assert found(f"针对“{HIDDEN}”问题，开展专项治理。", Audience.INTERNAL)


@pytest.mark.parametrize(
    "text",
    [
        f"针对“{PUBLIC}”问题，开展专项治理。",
        "县农业农村局高标准农田建设项目管护责任已逐级压实。",
        f"针对“{SLOGAN}，学习教育不够深入”问题，开展专题学习。",
        f"{SLOGAN}。",
        "全县新建高标准农田3万亩。",
        "开展“小金库”专项清理。",
    ],
)
def test_what_may_be_told_is_no_disclosure(text: str) -> None:
    assert found(text) == []


def test_the_sentence_gives_number_and_beginning_only() -> None:
    (trouble,) = troubles(draft(HEAD + HIDDEN + FOOT, items=ITEMS), "withheld.named")
    assert trouble.severity == Severity.ERROR
    assert "第5号" in trouble.sentence
    assert HIDDEN[:4] in trouble.sentence
    assert HIDDEN[:6] not in trouble.sentence + trouble.remedy


def test_a_place_over_two_paragraphs_has_both() -> None:
    made = draft("针对县农业农村局套取\n高标准农田建设项目资金设立小金库的问题", items=ITEMS)
    (trouble,) = troubles(made, "withheld.named")
    assert trouble.place is not None
    assert [trouble.place.line, *(place.line for place in trouble.related)] == [0, 1]


@pytest.mark.parametrize("seed", range(40))
def test_a_title_with_some_words_changed_is_found_anywhere(seed: int) -> None:
    chance = random.Random(seed)
    characters = [c for c in HIDDEN if c.isalnum()]
    for _ in range(3):
        at = chance.randrange(len(characters))
        chance.choice([characters.pop, lambda at: characters.insert(at, "的")])(at)
    told = "针对" + "".join(characters) + "的问题，开展治理。"
    at = chance.randrange(len(told))
    assert found(
        "县委高度重视。" + told[:at] + chance.choice(["", "\n", " ", "，"]) + told[at:] + "下一步巩固成果。"
    )
