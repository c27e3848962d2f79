"""单位名称: each row a sentence and the names in it, with the reason."""

from __future__ import annotations

import pytest

import gongwen

ROWS = [
    # a body of a level by itself
    ("市委召开专题会议。", ["市委"]),
    # … with the place, once the document names the place elsewhere
    ("省委巡视组对溪口市进行了巡视。溪口市委高度重视。", ["省委巡视组", "溪口市委"]),
    # a verb before 省委 is no place
    ("扎实推进省委要求，统一到省委部署上来，根据省委安排。", ["省委", "省委", "省委"]),
    # departments of a place, several in a row
    ("指导市应急局、市住房城乡建设局等4家单位，", ["市应急局", "市住房城乡建设局"]),
    # departments of the committee
    ("在省委组织部、省委巡视办的指导下，", ["省委组织部", "省委巡视办"]),
    # an inspection team, with its number
    ("省委第四巡视组反馈意见。", ["省委第四巡视组"]),
    # names that stand by themselves begin behind a sign or a verb
    ("支持青川大学、临江理工学院开展攻关，", ["青川大学", "临江理工学院"]),
    ("成立整改工作领导小组，组建产业技术研究院。", ["整改工作领导小组", "产业技术研究院"]),
    # a kind of body is no body
    ("压减融资平台公司7家，推进公立医院改革，改扩建中小学3所，完善基层党组织。", []),
    # 办 and 局 as parts of other words
    ("省级挂牌督办，集中办公，打开局面，办结信访件3件。", []),
    # people are no bodies
    ("市委书记、区委员、镇长。", ["市委"]),
    # names in titles are passed over
    ("印发《市教育局工作规则》。", []),
    # hard-wrapped and spaced out by justification: the name as written, without blanks
    ("中 共 岚 江 市 委\n2026年3月1日", ["中共岚江市委"]),
    # with a Party group behind
    ("中共临溪区卫生健康局党组关于巡察整改情况的通报", ["中共临溪区卫生健康局党组"]),
]


@pytest.mark.parametrize(("text", "names"), ROWS)
def test_organisations(text: str, names: list[str]) -> None:
    found = gongwen.read(text).organisations
    assert [organisation.name for organisation in found] == names
    for organisation in found:
        assert "".join(text[slice(*organisation.span)].split()) == organisation.name


def test_same_name_is_told_at_each_place() -> None:
    names = [o.name for o in gongwen.read("市委部署，市委督办，市委验收。").organisations]
    assert names == ["市委", "市委", "市委"]


FULL_NAMES = [
    ("市住房和城乡建设局牵头，市住建局、市教育局配合。", {"市住建局": "市住房和城乡建设局"}),
    ("报市发展和改革委员会，市发改委批复。", {"市发改委": "市发展和改革委员会"}),
    ("对清江区农业农村局开展巡察，区农业农村局整改。", {"区农业农村局": "清江区农业农村局"}),
    (
        "由岭北交通投资集团有限公司（以下简称“岭北集团公司”）实施，岭北集团公司落实。",
        {"岭北集团公司": "岭北交通投资集团有限公司"},
    ),
    # 市委 is short for nobody, and of two that would fit none is chosen
    ("市委召开会议，市卫健委、市国资委参加。", {}),
    ("市自然资源和规划局、市人力资源和社会保障局参加，市资源局列席。", {}),
]


@pytest.mark.parametrize(("words", "full"), FULL_NAMES)
def test_a_short_name_knows_the_full_one(words: str, full: dict[str, str]) -> None:
    found = gongwen.read(words).organisations
    assert {o.name: o.full for o in found if o.full} == full
