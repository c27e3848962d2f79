"""Beside other libraries: `python packages/gongwen/benchmarks/peers.py`.

Microsoft Recognizers-Text and JioNLP read the same annotated documents as we do, in an environment of their own below the user's cache
(JioNLP needs a GPL package, Recognizers an emoji of long ago: neither may become a dependency). Printed are characters a second, and how many of
the annotated figures were found by place and value: precision, recall, F1. What a figure counts, of whom and when, none of them tells.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "src"))

from gongwen import read

HERE = Path(__file__).parent
DOCUMENTS = HERE.parent / "tests" / "documents"
PACKAGES = ("recognizers-text-suite", "emoji<2", "jionlp", "setuptools<81")
Found = list[tuple[int, str]]  # place of the first character, value as a plain decimal


def main() -> None:
    """Print one line a reader."""
    documents = [(path, (DOCUMENTS / gold["source"]).read_bytes().decode(), gold) for path, gold in _golds()]
    texts = [text for _, text, _ in documents]
    print(f"{len(texts)} documents, {sum(map(len, texts)):,} characters")
    print(f"{'reader':28}{'1,000 chars/s':>14}{'precision':>11}{'recall':>8}{'F1':>7}")
    _show("gongwen, everything", *_ours(texts), documents)
    python = _environment()
    if python is None:
        print("the peers could not be installed here (no registry?): nothing to compare with")
        return
    for name in ("recognizers-number", "recognizers-unit", "jionlp-money"):
        answer = _theirs(python, name, texts)
        if answer is None:
            print(f"{name:28}  did not run")
        else:
            _show(name, *answer, documents)


def _golds() -> Iterable[tuple[Path, dict[str, object]]]:
    for path in sorted(DOCUMENTS.glob("*.gold.json")):
        yield path, json.loads(path.read_text(encoding="utf-8"))


def _ours(texts: list[str]) -> tuple[float, list[Found]]:
    start = time.perf_counter()
    bulletins = [read(text) for text in texts]
    seconds = time.perf_counter() - start
    return seconds, [[(q.span.start, _plain(q.value)) for q in b.quantities] for b in bulletins]


def _plain(value: object) -> str:
    try:
        number = Decimal(str(value)).normalize()
    except ArithmeticError:
        return ""
    return format(number + 0, "f")


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


def _theirs(python: Path, name: str, texts: list[str]) -> tuple[float, list[Found]] | None:
    """Run one peer over the texts in its environment."""
    done = subprocess.run(
        [str(python), str(HERE / "peer.py"), name],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode:
        return None
    said = json.loads(done.stdout.splitlines()[-1])
    return said["seconds"], [[(at, _plain(value)) for at, value in found] for found in said["found"]]


def _show(
    name: str, seconds: float, found: list[Found], documents: list[tuple[Path, str, dict[str, object]]]
) -> None:
    right = wanted = given = 0
    for (_, _text, gold), figures in zip(documents, found, strict=True):
        quantities: list[dict[str, object]] = gold["quantities"]  # type: ignore[assignment]
        required = {(q["span"][0], _plain(q["value"])) for q in quantities if not q.get("optional")}  # type: ignore[index]
        known = required | {(q["span"][0], _plain(q["value"])) for q in quantities}  # type: ignore[index]
        right += len(required & set(figures))
        wanted += len(required)
        given += len(set(figures) - (known - required))
    precision, recall = right / max(1, given), right / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    size = sum(len(text) for _, text, _ in documents)
    print(f"{name:28}{size / seconds / 1000:>14,.0f}{precision:>11.3f}{recall:>8.3f}{f1:>7.3f}", flush=True)


if __name__ == "__main__":
    main()
