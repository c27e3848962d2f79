"""The annotated documents in other formats: what a format costs the reading is measured, not believed."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from corpus.alignment import Alignment, moved
from corpus.damage import DAMAGES, damaged
from corpus.documents import SCORE, Document, documents, in_format, scored
from corpus.generate import document
from corpus.generate import in_format as generated_in_format
from corpus.generate import main as generate
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


# ---- generated documents ----


@pytest.mark.parametrize("seed", range(12))
def test_a_generated_document_is_annotated_exactly(seed: int) -> None:
    made = document(seed)
    assert document(seed) == made
    for key in ("quantities", "citations", "claims", "totals", "dates"):
        for entry in made.gold[key]:
            words = made.text[slice(*entry["span"])]
            assert words == entry.get("text", f"《{entry.get('title')}》"), entry
    for finding in made.gold["findings"]:
        assert finding["title"] in made.text[slice(*finding["span"])]
        assert all(made.text[slice(*measure["span"])] == measure["text"] for measure in finding["measures"])


def test_generated_documents_are_read() -> None:
    """Common forms and frames, in the manner in which the rules were made: far easier than a document from outside."""
    results = [
        scored(made.gold, read(made.text).as_dict(), made.text)[0]["overall"]
        for made in map(document, range(30))
    ]
    assert sum(results) / len(results) >= 0.97
    assert min(results) >= 0.85


@pytest.mark.parametrize("form", ["docx", "html", "ofd"])
def test_generated_documents_in_other_formats(form: str) -> None:
    for seed in range(4):
        made = document(seed)
        if form == "ofd" and "\t" in made.text:
            continue  # the renderer draws no tables
        _, text, gold = generated_in_format(made, form)
        assert scored(gold, read(text).as_dict(), text)[0]["overall"] >= 0.9


@pytest.mark.parametrize("kind", DAMAGES)
def test_damage_changes_some_texts_and_keeps_every_place(kind: str) -> None:
    changed = 0
    for seed, made in enumerate(map(document, range(12))):
        text, gold = damaged(made.text, made.gold, [kind], seed)
        changed += text != made.text
        for key in ("quantities", "citations", "dates", "claims"):
            for was, now in zip(made.gold[key], gold[key], strict=True):
                words = unicodedata.normalize("NFKC", "".join(text[slice(*now["span"])].split()))
                before = unicodedata.normalize("NFKC", made.text[slice(*was["span"])])
                if kind == "lost" and key == "dates":
                    assert words in (before, before.replace("年", "", 1), before.replace("月", "", 1))
                else:
                    assert words == before
    assert changed >= 2


@pytest.mark.parametrize("kind", DAMAGES)
def test_damaged_documents_are_read(kind: str) -> None:
    results = []
    for seed, made in enumerate(map(document, range(30))):
        text, gold = damaged(made.text, made.gold, [kind], seed)
        results.append(scored(gold, read(text).as_dict(), text)[0]["overall"])
    assert sum(results) / len(results) >= 0.97
    assert min(results) >= 0.8


def test_the_generator_writes_what_the_scorer_takes(tmp_path: Path) -> None:
    assert generate(["--seed", "3", "--count", "2", "--formats", "txt,xlsx,csv", "--out", str(tmp_path)]) == 0
    golds = sorted(tmp_path.glob("*.gold.json"))
    assert len(golds) == 6
    for path in golds:
        gold = json.loads(path.read_text(encoding="utf-8"))
        assert (tmp_path / gold["source"]).exists()
        assert (
            SCORE.score(gold, SCORE.perfect(gold), (tmp_path / gold["source"]).read_bytes().decode())[0][
                "overall"
            ]
            == 1.0
        )
