"""What a change of the reader gains and loses: `make corpus-diff [REV=HEAD]`.

Every annotated document (our own, the shared ones where they are, and generated ones) is read with the reader as it was at a revision and as it
stands now; each entry that one of them missed and the other did not is printed with its document and component, then the means.
"""

import argparse
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
TESTS = ROOT / "packages" / "gongwen" / "tests"
sys.path[:0] = [str(TESTS), str(ROOT / "packages" / "gongwen" / "src")]

# Enough for every form and frame to come up several times.
GENERATED = 30

Errors = dict[str, Counter[str]]


def main() -> int:
    """Print gains and losses."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("revision", nargs="?", default="HEAD")
    revision = parser.parse_args().revision

    with tempfile.TemporaryDirectory() as folder:
        old = _sources(revision, Path(folder))
        documents = _annotated(Path(folder) / "generated")
        texts = [str(document.path.parent / document.gold["source"]) for document in documents]
        with ThreadPoolExecutor(2) as pool:
            before, now = pool.map(
                lambda source: _readings(source, texts), (old, ROOT / "packages/gongwen/src")
            )
        return _report(revision, documents, before, now)


def _annotated(folder: Path) -> list:
    """All annotated documents; the generated ones are written to a folder."""
    from corpus.documents import Document, documents
    from corpus.generate import main as generate

    generate(["--seed", "1", "--count", str(GENERATED), "--out", str(folder)])
    return [*documents(), *map(Document, sorted(folder.glob("*.gold.json")))]


def _sources(revision: str, folder: Path) -> Path:
    """The reader's sources at a revision."""
    packed = subprocess.run(
        ["git", "archive", revision, "packages/gongwen/src"], cwd=ROOT, capture_output=True, check=True
    ).stdout
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")
    return folder / "packages/gongwen/src"


_READ = """
import json, sys
from pathlib import Path
from gongwen import read
for path in sys.argv[1:]:
    print(json.dumps(read(Path(path).read_bytes().decode('utf-8')).as_dict()))
"""


def _readings(source: Path, paths: list[str]) -> list[dict]:
    """What the reader in a folder says of each document."""
    done = subprocess.run(
        [sys.executable, "-c", _READ, *paths],
        env={**os.environ, "PYTHONPATH": str(source)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def _report(revision: str, documents: list, before: list[dict], now: list[dict]) -> int:
    from corpus.documents import scored

    means: list[tuple[float, float]] = []
    changes = {"+": 0, "-": 0}
    for document, old, new in zip(documents, before, now, strict=True):
        (was, missed), (is_now, misses) = (
            scored(document.gold, output, document.text) for output in (old, new)
        )
        means.append((was["overall"], is_now["overall"]))
        for sign, component, entry in compared(missed, misses):
            changes[sign] += 1
            print(f"{sign} {document.name}  {component}: {entry}")
    old_mean, new_mean = (sum(column) / len(means) for column in zip(*means, strict=True))
    print(
        f"{len(means)} documents: {changes['+']} gained, {changes['-']} lost since {revision}; mean {old_mean:.4f} → {new_mean:.4f}"
    )
    return 0


def compared(missed: dict, misses: dict) -> Iterator[tuple[str, str, str]]:
    """Entries wrong before and right now (+), and the other way round (-), component by component."""
    before, now = _entries(missed), _entries(misses)
    for component in sorted(before.keys() | now.keys()):
        old, new = before.get(component, Counter()), now.get(component, Counter())
        yield from (("+", component, entry) for entry in (old - new).elements())
        yield from (("-", component, entry) for entry in (new - old).elements())


def _entries(errors: dict) -> Errors:
    """score.py's errors by component, each as often as it occurs."""
    return {
        component: Counter(
            said if isinstance(said, list) else [f"{how} {entry}" for how in said for entry in said[how]]
        )
        for component, said in errors.items()
    }


if __name__ == "__main__":
    sys.exit(main())
