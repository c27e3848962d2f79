"""从 JSON 读回: the same bulletin, or a sentence that names the place."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongwen import Bulletin, GongwenError, read

SOURCE = (Path(__file__).parents[1] / "documents" / "boxi-ducha.txt").read_bytes().decode()


def said() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(read(SOURCE).as_dict()))
    return found


def test_the_way_there_and_back() -> None:
    assert Bulletin.from_dict(said()) == read(SOURCE)


@given(st.text(max_size=200))
@settings(max_examples=100, deadline=None)
def test_of_any_text(source: str) -> None:
    bulletin = read(source)
    assert Bulletin.from_dict(json.loads(json.dumps(bulletin.as_dict()))) == bulletin


def test_keys_of_others_are_passed_over() -> None:
    assert Bulletin.from_dict(said() | {"remarks": [], "ledger": 7}) == read(SOURCE)


def test_keys_with_a_default_may_be_missing() -> None:
    short = {key: value for key, value in said().items() if key not in ("blocks", "leftovers", "format")}
    assert Bulletin.from_dict(short).blocks == ()


def changed(*keys: str | int, to: object = None, drop: bool = False) -> object:
    """The JSON with one value changed or dropped."""
    whole = said()
    at: Any = whole
    for key in keys[:-1]:
        at = at[key]
    if drop:
        del at[keys[-1]]
    else:
        at[keys[-1]] = to
    return whole


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ([], "甲.json：内容应为一个对象"),
        (changed("schema", to="gongwen/9"), "“schema”应为“gongwen/1”"),
        (changed("kind", to="信"), "“kind”只能是 通报、反馈意见"),
        (changed("title", to=3), "“title”应为文字"),
        (changed("title", drop=True), "“title”缺少这一项"),
        (changed("findings", to={}), "“findings”应为一个列表"),
        (changed("findings", 0, to="x"), "“findings[0]”应为一个对象"),
        (changed("findings", 1, "span", to=[5]), "“findings[1].span”应为两个不减的整数"),
        (changed("findings", 1, "span", to=[9, 5]), "“findings[1].span”应为两个不减的整数"),
        (changed("findings", 1, "span", to=[True, 5]), "“findings[1].span”应为两个不减的整数"),
        (changed("quantities", 2, "value", to="很多"), "“quantities[2].value”应为写成字符串的数"),
        (changed("quantities", 2, "value", to=17), "“quantities[2].value”应为写成字符串的数"),
        (changed("quantities", 2, "value", to="NaN"), "“quantities[2].value”应为写成字符串的数"),
        (changed("quantities", 0, "applies_to", to=[1]), "“quantities[0].applies_to[0]”应为文字"),
        (changed("quantities", 0, "inferred", to="no"), "“quantities[0].inferred”应为true 或 false"),
    ],
)
def test_what_is_not_of_the_schema_is_refused_by_its_place(document: object, sentence: str) -> None:
    with pytest.raises(GongwenError) as refused:
        Bulletin.from_dict(document, name="甲.json")
    assert refused.value.code == "gongwen.bad_document"
    assert sentence in str(refused.value)
    assert "请" in str(refused.value)
