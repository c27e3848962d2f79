"""From the reader's result to items."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import gongwen
from tests.conftest import SAMPLES
from tests.factories import USUAL, F, Made
from zhenggai.ledger.items import build, full_date, inspection_payload
from zhenggai.ledger.kinds import KINDS, FieldType, ImpossibleContent, normalised
from zhenggai.ledger.states import Kind


def test_every_kind_has_its_fields():
    assert list(KINDS) == list(Kind), "kinds are accepted in the order of the enumeration"
    for spec in KINDS.values():
        names = [field.name for field in spec.fields]
        assert {spec.title, *spec.identity} <= set(names)
        assert all((field.form is FieldType.CHOICE) == (field.choices is not None) for field in spec.fields)


def test_items_keep_number_place_and_parent():
    made = Made(USUAL)
    items = build(made.result).items
    kinds = [item.kind.value for item in items]
    assert kinds[:2] == ["inspection", "organisation"]
    measure = next(item for item in items if item.kind is Kind.MEASURE)
    finding = items[measure.parent]
    assert (measure.number, measure.path, finding.number, finding.path) == (
        "一是",
        "一（一）一是",
        "（一）",
        "一（一）",
    )
    assert items[finding.parent].payload == {"title": "生态环境方面"}
    assert made.text[slice(*measure.span)].startswith("一是完善河长巡查办法")


def test_a_figure_stands_under_the_innermost_item_around_it():
    made = Made([F("问题甲", ["核查12处"])])
    measure = made.result["findings"][0]["measures"][0]
    start = measure["span"][0] + 4
    figure = made._quantity("核查", "12", "处", "（一）一是")
    made.result["quantities"].append({**figure, "span": [start, start + 3]})
    items = build(made.result).items
    assert [items[item.parent].kind for item in items if item.kind is Kind.FIGURE] == [Kind.MEASURE]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"value": "1e400"}, "超出可精确记账的范围"),
        ({"value": "12345678901234567"}, "超出可精确记账的范围"),
        ({"kind": "unheard-of"}, "“类别”不能是“unheard-of”"),
    ],
)
def test_what_the_ledger_cannot_hold_is_left_over_with_its_reason(change, reason):
    made = Made(USUAL)
    made.result["quantities"][0].update(change)
    built = build(made.result)
    assert sum(item.kind is Kind.FIGURE for item in built.items) == 2
    (left,) = built.leftovers
    assert reason in left["reason"]
    assert left["span"] == tuple(made.result["quantities"][0]["span"])


def test_an_organisation_named_at_many_places_is_one_item():
    made = Made([])
    made.result["organisations"] += [
        {"name": "浅溪县水务局", "span": [0, 6]},
        {"name": "浅溪县教育局", "span": [0, 6]},
    ]
    items = [item for item in build(made.result).items if item.kind is Kind.ORGANISATION]
    assert [item.payload["name"] for item in items] == ["浅溪县水务局", "浅溪县教育局"]


def test_a_figure_without_a_noun_is_called_by_what_is_written():
    made = Made([F("问题", figures=[("", "7", "项")])])
    figure = next(item for item in build(made.result).items if item.kind is Kind.FIGURE)
    assert figure.payload["label"] == "7项"


@pytest.mark.parametrize(
    ("written", "iso"),
    [
        ("2025-07-11", "2025-07-11"),
        ("2025-07", ""),
        ("2025", ""),
        (None, ""),
        ("2025-02-30", ""),
        ("去年", ""),
    ],
)
def test_only_a_full_date_is_a_date_to_count_from(written, iso):
    assert full_date(written) == iso


def test_a_period_misread_backwards_keeps_its_beginning_only():
    made = Made([], started_on="2025-05-01", ended_on="2024-06-01")
    assert inspection_payload(made.result)["ended_on"] == ""
    assert inspection_payload(made.result)["started_on"] == "2025-05-01"


PIECES = st.sampled_from(
    [
        "一、", "（一）着力解决“", "”的问题。", "一是", "二是", "1.", "整改状态：完成\n", "《", "》", "2024年", "3月", "同比下降",
        "12.5%", "288.88万元", "9" * 40, "家", "户", "\t", "\n", "省委第四巡视组", "反馈问题：", "已全部整改", "分别达到", "、", "\x00", "\u2028",
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=12), max_size=60).map("".join))
def test_whatever_was_read_becomes_items_that_the_ledger_holds(text):
    """No document makes an item that its own kind refuses, or that points outside the text."""
    built = build(gongwen.read(text).as_dict())
    for position, item in enumerate(built.items):
        assert normalised(item.kind, item.payload) == item.payload
        assert item.parent is None or item.parent < position
        if item.span:
            assert 0 <= item.span[0] < item.span[1] <= len(text)


def test_the_sample_is_read_whole():
    text = (SAMPLES / "lanjiang-2026.txt").read_text(encoding="utf-8")
    items = build(gongwen.read(text).as_dict()).items
    counts = {kind: sum(item.kind is kind for item in items) for kind in Kind}
    assert counts[Kind.FINDING] == 6
    assert counts[Kind.MEASURE] >= 25
    assert counts[Kind.FIGURE] >= 120
    assert counts[Kind.CITATION] >= 20


@pytest.mark.parametrize(
    ("kind", "given", "expected"),
    [
        (Kind.AREA, {"title": " 生态\x00方面 "}, {"title": "生态方面"}),
        (
            Kind.FINDING,
            {"title": "甲", "responsible_units": "水务局、住建局，教育局"},
            ["水务局", "住建局", "教育局"],
        ),
        (Kind.FINDING, {"title": "甲", "standing": "on"}, True),
        (Kind.FINDING, {"title": "甲", "standing": None}, False),
    ],
)
def test_normalised(kind, given, expected):
    result = normalised(kind, given)
    name = next(name for name in given if name != "title") if len(given) > 1 else None
    assert (result[name] if name else result) == expected


def test_normalised_says_which_field_and_what_to_do():
    with pytest.raises(ImpossibleContent, match="“名称”有 401 字，最多 400 字，请缩短") as refused:
        normalised(Kind.CITATION, {"title": "字" * 401, "role": "new"})
    assert (refused.value.code, refused.value.facts) == ("impossible_content", {"field": "title"})
