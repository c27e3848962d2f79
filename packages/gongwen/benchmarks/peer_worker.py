"""别家库: what Recognizers-Text and JioNLP find; run by `peer_figures.py` with the Python of the environment that has them.

Reads a JSON list of texts from stdin; the last line of stdout is, for each library, its seconds and for each text the
figures as [value, unit]. The unit is as written, since both libraries translate it ("Chinese yuan").
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections.abc import Callable
from typing import Any

import jionlp  # type: ignore[import-not-found]
from recognizers_number import (  # type: ignore[import-not-found]
    Culture,
    recognize_number,
    recognize_percentage,
)
from recognizers_number_with_unit import (  # type: ignore[import-not-found]
    recognize_currency,
    recognize_dimension,
)

_NUMERAL = re.compile(r"^(?:[\d.,，]+|[零〇一二两三四五六七八九十百千]+)[余多]?[万千百亿]*[余多]?")
_TEST = "追回资金12.5万元，占比达71.4%。"

Figure = tuple[str, str]
Finder = Callable[[str], list[Figure]]


def recognizers() -> Finder:
    """Percentages, currencies and dimensions by their models, all other numbers without a unit."""
    models = (recognize_percentage, recognize_currency, recognize_dimension)

    def find(text: str) -> list[Figure]:
        found = {result.start: result for model in models for result in model(text, Culture.Chinese)}
        numbers = [result for result in recognize_number(text, Culture.Chinese) if result.start not in found]
        return [_figure(result) for result in (*found.values(), *numbers) if result.resolution]

    return find


def _figure(result: Any) -> Figure:
    value = str(result.resolution.get("value") or "")
    return value.removesuffix("%"), _NUMERAL.sub("", result.text)


def recognizers_numbers() -> Finder:
    """The number model alone: no units."""

    def find(text: str) -> list[Figure]:
        found = recognize_number(text, Culture.Chinese)
        return [(str((result.resolution or {}).get("value") or ""), "") for result in found]

    return find


def jionlp_money() -> Finder:
    """Money, which is all that JioNLP knows of figures."""

    def find(text: str) -> list[Figure]:
        return [_money(found["detail"]) for found in jionlp.ner.extract_money(text, with_parsing=True)]

    return find


def _money(detail: dict[str, Any]) -> Figure:
    number = detail["num"]
    return str(number[0] if isinstance(number, list) else number), str(detail["case"])


def main() -> None:
    """Time each library on all texts, after a first call that loads its models."""
    texts = json.load(sys.stdin)
    said = {}
    for make in (recognizers_numbers, recognizers, jionlp_money):
        find = make()
        find(_TEST)
        start = time.perf_counter()
        figures = [[figure for line in text.splitlines() for figure in find(line)] for text in texts]
        said[make.__name__] = {"seconds": time.perf_counter() - start, "figures": figures}
    sys.stdout.write("\n" + json.dumps(said, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
