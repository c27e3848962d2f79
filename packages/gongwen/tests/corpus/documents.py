"""The annotated documents that are at hand, and how a reading of them is scored."""

from __future__ import annotations

import importlib.util
import json
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import ModuleType
from typing import Any

from corpus.alignment import Alignment, moved
from gongwen import Extraction, clean_text

HERE = Path(__file__).parents[1]
# Beside the repository, where they are; the tests do without them.
SHARED = HERE.parents[3] / "shared" / "documents"


def tool(name: str) -> ModuleType:
    """A tool as it came, by its file: the folder is no package, so nothing else can depend on it."""
    spec = importlib.util.spec_from_file_location(f"gongwen_tests_{name}", HERE / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


SCORE = tool("score")


@dataclass(frozen=True)
class Document:
    """One annotated document."""

    path: Path

    @property
    def name(self) -> str:
        """Its stem."""
        return self.path.name.removesuffix(".gold.json")

    @cached_property
    def gold(self) -> dict[str, Any]:
        """The annotation."""
        found: dict[str, Any] = json.loads(self.path.read_text(encoding="utf-8"))
        return found

    @cached_property
    def text(self) -> str:
        """The text that the annotation's spans count."""
        return (self.path.parent / self.gold.get("source", self.name + ".txt")).read_bytes().decode("utf-8")

    @property
    def lines(self) -> list[str]:
        """What a person would have typed."""
        return clean_text(self.text).splitlines()

    @property
    def is_list(self) -> bool:
        """Whether it is a table."""
        return sum("\t" in line for line in self.lines) > len(self.lines) / 2


def documents(*, shared: bool = True) -> list[Document]:
    """Our own, then the shared ones where they are."""
    folders = [HERE / "documents", *([SHARED] if shared and SHARED.is_dir() else [])]
    return [Document(path) for folder in folders for path in sorted(folder.glob("*.gold.json"))]


def scored(gold: dict[str, Any], output: dict[str, Any], text: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Score and errors of an output."""
    result, errors = SCORE.score(gold, output, text, 10_000)
    return result, errors


def in_format(document: Document, extraction: Extraction) -> tuple[dict[str, Any], float]:
    """The annotation moved onto another format's text, and the share of characters that the format lost."""
    # Lines that cleaning leaves out (the web page around the document) are in no rendering: the annotation of them goes.
    alignment = Alignment(document.text, extraction.text)
    gold = dict(document.gold)
    for key in ("quantities", "dates", "citations", "claims", "totals"):
        gold[key] = [entry for entry in gold[key] if alignment.span(entry["span"])]
    found: dict[str, Any] = moved(gold, alignment)
    return found, alignment.lost
