"""The annotated documents are what their sources say: a hand-edited text or gold file is caught here."""

import json
from pathlib import Path
from typing import Any

import pytest
from corpus.documents import tool

HERE = Path(__file__).parent
SAMPLES = HERE.parents[3] / "src" / "zhenggai" / "config" / "samples"
FOLDERS = {HERE / "src": HERE, HERE / "editions": HERE / "editions"}
SOURCES = [
    pytest.param(source, target, id=source.stem)
    for folder, target in FOLDERS.items()
    for source in sorted(folder.glob("*.mk"))
]


mk, score = tool("mk"), tool("score")


def committed(source: Path, target: Path) -> tuple[str, dict[str, Any]]:
    gold = json.loads((target / f"{source.stem}.gold.json").read_text(encoding="utf-8"))
    return (target / gold["source"]).read_bytes().decode("utf-8"), gold


@pytest.mark.parametrize(("source", "target"), SOURCES)
def test_source_compiles_to_the_committed_text_and_gold(source: Path, target: Path, tmp_path: Path) -> None:
    text, gold, errors = mk.build(source, tmp_path)
    assert errors == []
    assert (text, gold) == committed(source, target)


@pytest.mark.parametrize(("source", "target"), SOURCES)
def test_perfect_output_scores_one_and_a_spoilt_one_less(source: Path, target: Path) -> None:
    text, gold = committed(source, target)
    output = score.perfect(gold)
    assert score.score(gold, output, text)[0]["overall"] == 1.0
    output["quantities"] = output["quantities"][1:]
    assert score.score(gold, output, text)[0]["overall"] < 1.0


@pytest.mark.parametrize(
    ("sample", "origin"),
    [
        ("lanjiang-2026.txt", HERE / "lanjiang-2026.txt"),
        ("lanjiang-2026-edition-2.txt", HERE / "editions" / "lanjiang-2026-edition-2.txt"),
    ],
)
def test_demo_samples_are_the_annotated_texts(sample: str, origin: Path) -> None:
    if not SAMPLES.is_dir():
        pytest.skip("the library stands alone here, without the system and its samples")
    assert (SAMPLES / sample).read_bytes() == origin.read_bytes()
