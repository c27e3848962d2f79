"""`make corpus-diff` names what was gained and what was lost."""

from scripts.corpus_diff import compared


def test_entries_are_compared_component_by_component():
    before = {"label": ["17个: want 问题", "3次: want 会议"], "dates": {"missed": ["2025年"], "spurious": []}}
    now = {"label": ["3次: want 会议", "9处: want 隐患"], "dates": {"missed": [], "spurious": ["6月"]}}
    assert list(compared(before, now)) == [
        ("+", "dates", "missed 2025年"),
        ("-", "dates", "spurious 6月"),
        ("+", "label", "17个: want 问题"),
        ("-", "label", "9处: want 隐患"),
    ]


def test_nothing_changed():
    assert list(compared({"label": ["x"]}, {"label": ["x"]})) == []


def test_an_entry_that_occurs_twice_is_counted_twice():
    assert list(compared({"label": ["x", "x"]}, {"label": ["x"]})) == [("+", "label", "x")]
