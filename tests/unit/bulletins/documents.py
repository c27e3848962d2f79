"""The library's own annotated documents (fictional), as paragraphs of a draft."""

import json
from functools import cache
from pathlib import Path

import gongwen
from zhenggai.bulletins.facts import Line

FOLDER = Path(__file__).parents[3] / "packages/gongwen/tests/documents"
NAMES = sorted(path.name.removesuffix(".gold.json") for path in FOLDER.glob("*.gold.json"))


@cache
def text_of(name):
    path = next(path for path in FOLDER.glob(f"{name}.*") if path.suffix in (".txt", ".md"))
    return gongwen.clean_text(path.read_text("utf-8-sig")).rstrip("\n")


def lines_of(text):
    return [Line(number, "text", line) for number, line in enumerate(text.split("\n"), 1)]


def gold_of(name):
    return json.loads((FOLDER / f"{name}.gold.json").read_text("utf-8"))
