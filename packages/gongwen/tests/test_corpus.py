"""The annotated documents in other formats: what a format costs the reading is measured, not believed."""

from __future__ import annotations

import pytest
from corpus.alignment import Alignment, moved
from corpus.documents import Document, documents, in_format, scored
from corpus.renderers import LISTS, PROSE

from gongwen import extract, read

SHOWN = ("lanjiang-2026", "qinghe-daxue", "cangyu-shuiwu", "yanling-lunci", "mingtai-fuyi")
LISTED = ("pingwu-taizhang", "changpu-anwei")
OWN = {document.name: document for document in documents(shared=False)}


def overall(document: Document, form: str) -> float:
    """The score of a document in a format; as plain text for the empty format."""
    if not form:
        return float(scored(document.gold, read(document.text).as_dict(), document.text)[0]["overall"])
    renderer = {**PROSE, **LISTS}[form]
    extraction = extract(renderer(document.lines), name=f"{document.name}.{form.rpartition('.')[2]}")
    gold, _ = in_format(document, extraction)
    return float(scored(gold, read(extraction).as_dict(), extraction.text)[0]["overall"])


@pytest.fixture(scope="module")
def plain() -> dict[str, float]:
    return {name: overall(OWN[name], "") for name in (*SHOWN, *LISTED)}


@pytest.mark.parametrize("form", PROSE)
def test_prose_loses_little_in_any_format(form: str, plain: dict[str, float]) -> None:
    lost = {name: plain[name] - overall(OWN[name], form) for name in SHOWN}
    assert sum(lost.values()) / len(lost) <= 0.03, lost
    assert max(lost.values()) <= 0.1, lost


@pytest.mark.parametrize("form", LISTS)
def test_lists_lose_little_in_any_format(form: str, plain: dict[str, float]) -> None:
    lost = {name: plain[name] - overall(OWN[name], form) for name in LISTED}
    assert max(lost.values()) <= 0.03, lost


# ---- moving an annotation ----


def test_places_move_over_blanks_and_around_what_is_lost() -> None:
    alignment = Alignment("共 17 处。\n页眉\n完成9处", "共17处。\n完成 9 处")
    assert alignment.span([2, 6]) == [1, 4]
    assert alignment.span([13, 15]) == [9, 12]
    assert alignment.span([8, 10]) is None
    assert 0 < alignment.lost < 0.3


def test_an_annotation_moves_with_all_its_spans() -> None:
    gold = {"findings": [{"span": [0, 3], "measures": [{"span": [1, 3], "text": "乙丙"}]}], "title": "x"}
    assert moved(gold, Alignment("甲乙丙", "前甲 乙丙")) == {
        "findings": [{"span": [1, 5], "measures": [{"span": [3, 5], "text": "乙丙"}]}],
        "title": "x",
    }
