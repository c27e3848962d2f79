"""与别家库比较: `python packages/gongwen/benchmarks/peers.py`: Microsoft Recognizers-Text and JioNLP, in an environment of their own.

What a figure counts, of whom and when, none of them tells; compared are values, values with unit, and money.

All read the same cleaned text, line by line, so that hard wraps hinder nobody. A figure counts as found if value and
unit are those of the annotation; places are not compared, ranges are judged by their lower end. Our rules were written
with these documents at hand: our own row says what can be had, not what a document never seen will give.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from gongwen import clean_text, read

HERE = Path(__file__).parent
DOCUMENTS = HERE.parent / "tests" / "documents"
# Recognizers needs an emoji of long ago, JioNLP a package under the GPL: neither may become a dependency.
PACKAGES = ("recognizers-text-suite", "emoji<2", "jionlp", "setuptools<81")

ROWS = (
    ("recognizers_numbers", "Recognizers-Text, numbers"),
    ("recognizers", "Recognizers-Text, all models"),
    ("jionlp_money", "JioNLP, money"),
    ("gongwen", "gongwen, everything"),
)

Figure = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Gold:
    """标注: one figure with the values and units that are right; an optional one is neither asked for nor wrong."""

    values: frozenset[Decimal]
    units: frozenset[str]
    money: bool
    optional: bool


def main() -> None:
    """Print one line a library."""
    golds, texts = _documents()
    said = {"gongwen": _ours(texts)} | _theirs(texts)
    size = sum(map(len, texts))
    print(f"{len(texts)} annotated documents, {size:,} characters, {sum(map(len, golds))} figures")
    print(f"{'':<30}{'1,000/s':>8}   {'value P/R/F1':<17}   {'value+unit P/R/F1':<17}   money P/R/F1")
    for key, name in ROWS:
        if key in said:
            print(_line(name, said[key], golds, size))


def _environment() -> Path | None:
    """The Python of the peers' environment, made at first need."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "gongwen-peers"
    python = folder / "bin" / "python"
    if (folder / "ready").exists():
        return python
    uv = Path(sys.executable).with_name("uv")
    installer = [
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [str(python), "-m", "pip", "install", "-q", *PACKAGES],
    ]
    if uv.exists():
        installer = [
            [str(uv), "--system-certs", "venv", "-q", "--clear", "--python", sys.executable, str(folder)],
            [str(uv), "--system-certs", "pip", "install", "-q", "--python", str(python), *PACKAGES],
        ]
    folder.parent.mkdir(parents=True, exist_ok=True)
    try:
        for command in installer:
            subprocess.run(command, check=True, timeout=300, capture_output=True)
    except (subprocess.SubprocessError, OSError):
        return None
    (folder / "ready").touch()
    return python


def _documents() -> tuple[list[list[Gold]], list[str]]:
    golds, texts = [], []
    for path in sorted(DOCUMENTS.glob("*.gold.json")):
        gold = json.loads(path.read_text(encoding="utf-8"))
        texts.append(clean_text((DOCUMENTS / gold["source"]).read_text(encoding="utf-8")))
        golds.append([_gold(entry) for entry in gold["quantities"]])
    return golds, texts


def _gold(entry: dict[str, Any]) -> Gold:
    values = frozenset(Decimal(value) for value in _alternatives(entry, "value"))
    units = frozenset(map(_unit, _alternatives(entry, "unit")))
    return Gold(values, units, entry["kind"] == "money", bool(entry.get("optional")))


def _alternatives(entry: dict[str, Any], key: str) -> list[str]:
    other = entry.get(f"{key}_alt") or []
    return [entry[key], *([other] if isinstance(other, str) else other)]


def _unit(written: str) -> str:
    """个 before another unit says nothing, and 人民币 is what 元 are of."""
    unit = written.replace("人民币", "").strip()
    return unit[1:] if len(unit) > 1 and unit[0] == "个" else unit


def _ours(texts: list[str]) -> dict[str, Any]:
    read(texts[0])
    start = time.perf_counter()
    bulletins = [read(text) for text in texts]
    seconds = time.perf_counter() - start
    figures = [[(str(found.value), found.unit) for found in bulletin.quantities] for bulletin in bulletins]
    return {"seconds": seconds, "figures": figures}


def _theirs(texts: list[str]) -> dict[str, Any]:
    """What the worker said; nothing where the libraries cannot be had."""
    python = _environment()
    if python is None:
        print("the peers could not be installed here (no registry?): nothing to compare with")
        return {}
    run = subprocess.run(
        [str(python), "-W", "ignore", str(HERE / "peer_worker.py")],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if run.returncode:
        print("the peers did not run:", (run.stderr.strip().splitlines() or ["no reason given"])[-1])
        return {}
    said: dict[str, Any] = json.loads(run.stdout.strip().splitlines()[-1])
    return said


def _line(name: str, said: dict[str, Any], golds: list[list[Gold]], size: int) -> str:
    """A library that names no units has no score for them."""
    found = said["figures"]
    columns = [_score(golds, found, by_unit=False, money=False)]
    if any(unit for figures in found for _, unit in figures):
        columns += [_score(golds, found, by_unit=True, money=money) for money in (False, True)]
    return (
        f"{name:<30}{size / said['seconds'] / 1000:>8,.0f}   "
        + "   ".join(f"{c:<17}" for c in columns).rstrip()
    )


def _score(golds: list[list[Gold]], found: list[list[Figure]], *, by_unit: bool, money: bool) -> str:
    """Precision, recall and F1 over all documents; with `money`, of what is or claims to be in 元."""
    hits = asked = wrong = 0
    for gold, figures in zip(golds, found, strict=True):
        wanted = [entry for entry in gold if entry.money or not money]
        said = [figure for figure in figures if "元" in figure[1] or not money]
        right, spurious = _paired(wanted, said, by_unit=by_unit)
        hits += right
        wrong += spurious
        asked += sum(not entry.optional for entry in wanted)
    precision, recall = hits / (hits + wrong) if hits else 0.0, hits / asked
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return f"{precision:.2f} {recall:.2f} {f1:.3f}"


def _paired(wanted: list[Gold], figures: Iterable[Figure], *, by_unit: bool) -> tuple[int, int]:
    """How many annotated figures were found, each once, and how many found ones are none."""
    left = sorted(wanted, key=lambda entry: entry.optional)
    right = spurious = 0
    for figure in figures:
        match = next((entry for entry in left if _same(entry, figure, by_unit=by_unit)), None)
        if match is None:
            spurious += 1
            continue
        left.remove(match)
        right += not match.optional
    return right, spurious


def _same(gold: Gold, figure: Figure, *, by_unit: bool) -> bool:
    try:
        value = Decimal(figure[0])
    except InvalidOperation:
        return False
    return value in gold.values and (not by_unit or _unit(figure[1]) in gold.units)


if __name__ == "__main__":
    main()
