"""What every compiled pattern of the reader keeps to."""

from __future__ import annotations

import importlib
import pkgutil
import re
import warnings
from collections.abc import Iterator
from typing import Any

import gongwen

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from re import _parser as parser  # type: ignore[attr-defined]

BROKEN_IN_3_11_2 = {"POSSESSIVE_REPEAT", "ATOMIC_GROUP"}


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for found in pkgutil.walk_packages(gongwen.__path__, "gongwen."):
        if not found.name.endswith("__main__"):
            for name, value in vars(importlib.import_module(found.name)).items():
                if isinstance(value, re.Pattern):
                    yield f"{found.name}.{name}", value


def operations(parsed: Any) -> Iterator[str]:
    if isinstance(parsed, parser.SubPattern):
        for operation, argument in parsed:
            yield str(operation)
            yield from operations(argument)
    elif isinstance(parsed, list | tuple):
        for part in parsed:
            yield from operations(part)


def test_no_pattern_uses_what_early_python_3_11_gets_wrong() -> None:
    used = {
        name: BROKEN_IN_3_11_2 & set(operations(parser.parse(p.pattern, p.flags))) for name, p in patterns()
    }
    assert len(used) > 50
    assert {name: broken for name, broken in used.items() if broken} == {}
