"""Bodies cut into what they say of each row: as Python's parser would have it, and nothing that is not canonical."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.journal.bodies import Cutter, NotCanonical
from zhenggai.journal.chain import canonical

AT = "2026-11-24T08:00:00.000000+00:00"
WORDS = st.text(alphabet='甲a1{}[],:"\\\n "id"kindbefore', max_size=12)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=4,
)
ROW = st.none() | st.dictionaries(WORDS, VALUES, max_size=4)
CHANGES = st.lists(st.tuples(ROW, ROW, WORDS, WORDS), max_size=3)


def body_of(changes, *, reason="", act="x.y", at=AT):
    return {
        "act": act, "actor": {"person": "甲", "post": "office"}, "algorithm": "sha256", "at": at,
        "changes": [{"after": a, "before": b, "id": i, "kind": k} for a, b, i, k in changes],
        "click": "c" * 32, "reason": reason, "seq": 7, "subject": ["k", "1"],
    }  # fmt: skip


def cut(text, changes, *, act="x.y", known=False):
    cutter = Cutter(json.dumps, lambda *_: known)
    rows = [(7, kind, key) for _, _, key, kind in changes]
    return cutter.cut(text.encode(), (act, AT, "sha256"), ("c" * 32, 7, "k", "1"), rows)


@given(CHANGES, WORDS)
def test_what_is_cut_is_what_was_written(changes, reason):
    said = cut(canonical(body_of(changes, reason=reason)), changes)
    assert said == [canonical(after).encode() for after, *_ in changes]


ONE = [({"n": 1, "t": "甲"}, {"n": 0, "t": "甲"}, "5", "ledger.task")]
TWO = [*ONE, (None, {"n": 2}, "6", "ledger.task")]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"seq":7', '"seq":8'),
        ('"seq":7', '"seq":7,"seq":7'),
        ('"click":"c', '"click":"d'),
        ('"subject":["k"', '"subject":["l"'),
        ('"reason":""', '"reason":null'),
        ('"reason":""', '"reason":"","more":1'),
        ('"act":"x.y"', '"act":"x.z"'),
        ('"at":"2026', '"at":"2025'),
        ('"algorithm"', ' "algorithm"'),
        ('"actor":{', '"actor":{"person":"乙",'),
        ('"id":"5"', '"id":"6"'),
        ('"before":{"n":0', '"before":{"n":'),
        ('{"after":{"n":1', '{"after":{"n":1},"before":null,"x":{"n":1'),
        ('},{"after":', '}{"after":'),
        ('},{"after":', '},,{"after":'),
        ('}],"click"', '},],"click"'),
        ('"kind":"ledger.task"}]', '"kind":"ledger.task","more":1}]'),
    ],
)
def test_what_is_not_as_it_was_written_is_refused(old, new):
    text = canonical(body_of(TWO))
    assert text.count(old) == 1 or old in ('"kind":"ledger.task"}]', '"before":{"n":0')
    with pytest.raises(NotCanonical):
        cut(text.replace(old, new, 1), TWO)


def test_the_index_must_name_every_change_and_no_more():
    text = canonical(body_of(TWO))
    for rows in (ONE, [*TWO, TWO[0]], TWO[::-1], []):
        with pytest.raises(NotCanonical):
            cut(text, rows)
    assert cut(canonical(body_of([])), []) == []


def test_what_was_said_before_is_scanned_only_where_it_is_not_known():
    text = canonical(body_of(ONE)).replace('"before":{"n":0', '"before":{"n":')
    assert cut(text, ONE, known=True)
    with pytest.raises(NotCanonical):
        cut(text, ONE)
