"""How a new edition's items stand to those known. One row of the table, one reason."""

import pytest

from zhenggai.ledger.items import Item, content_digest
from zhenggai.ledger.kinds import normalised
from zhenggai.ledger.matching import Known, compare
from zhenggai.ledger.states import Kind, Match


def item(kind, payload, number="", parent=None):
    return Item(kind, normalised(kind, payload), number=number, parent=parent)


def known(key, kind, payload, number="", parent=None, corrected=None):
    payloads = [normalised(kind, p) for p in (payload, corrected) if p]
    return Known(key, kind, tuple(payloads), frozenset(map(content_digest, payloads)), number, parent)


def finding(title, number="", parent=None, **more):
    return item(Kind.FINDING, {"title": title, **more}, number, parent)


def old(key, title, number="", parent=None, **more):
    return known(key, Kind.FINDING, {"title": title, **more}, number, parent)


CASES = [
    # nothing known: everything is new
    ([finding("水源地保护不力")], [], [(Match.NEW, None)], []),
    # the very same
    ([finding("水源地保护不力")], [old(1, "水源地保护不力")], [(Match.UNCHANGED, 1)], []),
    # width, blanks and punctuation say nothing about which one it is, but the text has changed
    ([finding("水源地保护不力（3处）")], [old(1, "水源地 保护不力(3处)")], [(Match.CHANGED, 1)], []),
    # the status moved on
    (
        [finding("水源地保护不力", status="完成", progress="completed")],
        [old(1, "水源地保护不力")],
        [(Match.CHANGED, 1)],
        [],
    ),
    # reworded, same number: one number and similar words are believed
    (
        [finding("饮用水水源地保护措施不到位", "（二）")],
        [old(1, "水源地保护措施不到位", "（二）")],
        [(Match.CHANGED, 1)],
        [],
    ),
    # nearly equal words, another number
    (
        [finding("统筹推进乡村产业发展的力度还不够大", "（三）")],
        [old(1, "统筹推进乡村产业发展力度还不够大", "（二）")],
        [(Match.CHANGED, 1)],
        [],
    ),
    # similar only: a person is asked, and the known one is not missing meanwhile
    (
        [finding("乡村产业发展统筹不够、同质化严重", "（三）")],
        [old(1, "乡村产业发展统筹推进不够有力", "（二）")],
        [(Match.UNSURE, None)],
        [],
    ),
    # the same number and quite other words: a person is asked
    (
        [finding("固定资产底数不清", "（二）")],
        [old(1, "水源地保护不力", "（二）")],
        [(Match.UNSURE, None)],
        [],
    ),
    # … unless the one that had the number was found again elsewhere
    (
        [finding("固定资产底数不清", "（二）"), finding("水源地保护不力", "（三）")],
        [old(1, "水源地保护不力", "（二）")],
        [(Match.NEW, None), (Match.UNCHANGED, 1)],
        [],
    ),
    # a finding that now stands under another area was moved: the ledger has to follow
    (
        [item(Kind.AREA, {"title": "生态环境方面"}), finding("水源地保护不力", parent=0)],
        [known(1, Kind.AREA, {"title": "民生保障方面"}), old(2, "水源地保护不力", parent=1)],
        [(Match.NEW, None), (Match.CHANGED, 2)],
        [1],
    ),
    # of two figures of one name, the one with the same value is the same one
    (
        [
            finding("甲"),
            item(Kind.FIGURE, {"label": "罚款", "value": "3", "unit": "元", "kind": "money"}, parent=0),
        ],
        [
            old(1, "甲"),
            known(2, Kind.FIGURE, {"label": "罚款", "value": "5", "unit": "元", "kind": "money"}, parent=1),
            known(3, Kind.FIGURE, {"label": "罚款", "value": "3", "unit": "元", "kind": "money"}, parent=1),
        ],
        [(Match.UNCHANGED, 1), (Match.UNCHANGED, 3)],
        [2],
    ),
    # measures, claims and figures of a finding that is gone are not those of a new one, whatever their words
    (
        [
            finding("全新问题的表述"),
            item(Kind.MEASURE, {"text": "开展专题培训"}, "一是", 0),
            item(Kind.CLAIM, {"text": "已完成整改", "progress": "completed"}, parent=0),
            item(Kind.FIGURE, {"label": "立案", "value": "7", "unit": "件", "kind": "count"}, parent=0),
        ],
        [
            old(1, "财务管理混乱"),
            known(2, Kind.MEASURE, {"text": "开展专题培训"}, "一是", 1),
            known(3, Kind.CLAIM, {"text": "已完成整改", "progress": "completed"}, parent=1),
            known(4, Kind.FIGURE, {"label": "立案", "value": "3", "unit": "件", "kind": "count"}, parent=1),
        ],
        [(Match.NEW, None)] * 4,
        [1, 2, 3, 4],
    ),
    # within a finding a figure may come to stand under another measure
    (
        [
            finding("甲"),
            item(Kind.MEASURE, {"text": "查处违规项目立案"}, "二是", 0),
            item(Kind.FIGURE, {"label": "立案", "value": "7", "unit": "件", "kind": "count"}, parent=1),
        ],
        [
            old(1, "甲"),
            known(4, Kind.FIGURE, {"label": "立案", "value": "3", "unit": "件", "kind": "count"}, parent=1),
        ],
        [(Match.UNCHANGED, 1), (Match.NEW, None), (Match.CHANGED, 4)],
        [],
    ),
    # one item taken out and everything renumbered: titles decide, the one gone is missing
    (
        [finding("乙问题表述完整", "（一）"), finding("丙问题另有说法", "（二）")],
        [
            old(1, "甲项情况截然不同", "（一）"),
            old(2, "乙问题表述完整", "（二）"),
            old(3, "丙问题另有说法", "（三）"),
        ],
        [(Match.UNCHANGED, 2), (Match.UNCHANGED, 3)],
        [1],
    ),
    # twice the same title: each known one is found once
    (
        [finding("会议记录不规范"), finding("会议记录不规范"), finding("会议记录不规范")],
        [old(1, "会议记录不规范"), old(2, "会议记录不规范")],
        [(Match.UNCHANGED, 1), (Match.UNCHANGED, 2), (Match.NEW, None)],
        [],
    ),
    # corrected by a person earlier: the document's old wording is still nothing new
    (
        [finding("水源地保护不利")],
        [known(1, Kind.FINDING, {"title": "水源地保护不利"}, corrected={"title": "水源地保护不力"})],
        [(Match.UNCHANGED, 1)],
        [],
    ),
    # … and a new edition that says what the person had said is nothing new either
    (
        [finding("水源地保护不力")],
        [known(1, Kind.FINDING, {"title": "水源地保护不利"}, corrected={"title": "水源地保护不力"})],
        [(Match.UNCHANGED, 1)],
        [],
    ),
]


@pytest.mark.parametrize(("items", "knowns", "verdicts", "missing"), CASES)
def test_compare(items, knowns, verdicts, missing):
    comparison = compare(items, knowns)
    assert [(v.match, v.known) for v in comparison.verdicts] == verdicts
    assert comparison.missing == missing


def test_measures_are_looked_for_under_their_own_finding():
    """一是 of one finding is not 一是 of another, even when the words are alike."""
    items = [
        finding("甲方面的问题表述"),
        finding("乙方面另一种情形"),
        item(Kind.MEASURE, {"text": "建立台账并按月调度推进"}, "一是", 0),
        item(Kind.MEASURE, {"text": "建立台账并按季调度推进"}, "一是", 1),
    ]
    knowns = [
        old(1, "甲方面的问题表述"),
        old(2, "乙方面另一种情形"),
        known(3, Kind.MEASURE, {"text": "建立台账并按周调度推进"}, "一是", 2),
    ]
    comparison = compare(items, knowns)
    assert [(v.match, v.known) for v in comparison.verdicts[2:]] == [(Match.NEW, None), (Match.CHANGED, 3)]


def test_figures_are_called_by_their_exact_name():
    def figure(value, label="创建绿色工厂", **more):
        return {"label": label, "value": value, "unit": "户", "kind": "count", **more}

    items = [
        item(Kind.FIGURE, figure("12")),
        item(Kind.FIGURE, figure("3", "创建绿色园区")),
        item(Kind.FIGURE, figure("9", period="2024年")),
    ]
    comparison = compare(
        items, [known(1, Kind.FIGURE, figure("10")), known(2, Kind.FIGURE, figure("9", period="2023年"))]
    )
    assert [(v.match, v.known) for v in comparison.verdicts] == [
        (Match.CHANGED, 1),
        (Match.NEW, None),
        (Match.NEW, None),
    ]
    assert comparison.missing == [2]


def test_candidates_are_ranked():
    comparison = compare(
        [finding("乡村产业发展统筹不够、同质化严重")],
        [
            old(1, "乡村产业发展统筹推进不够有力"),
            old(2, "乡村产业统筹不够、布局同质"),
            old(3, "党费收缴不及时"),
        ],
    )
    assert comparison.verdicts[0].candidates == (2, 1)
    assert comparison.missing == [3]
