"""简称: which short name stands for which full name of the same document.

Guarantees
1. A short name is resolved only to a name of the document: declared (以下简称“甲集团”), or the one longer name whose characters hold it in order.
2. Where several longer names would fit, none is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from gongwen.models import Organisation

_DECLARED = re.compile(r"（(?:以?下)?(?:统一)?(?:简称|统称)：?[“‘]?(?P<short>[\u4e00-\u9fff]{2,16})[”’]?）")
_LONGEST_FULL = 30
# 市委 is held in the name of every 委 of the city: so short a name is nobody's.
_SHORTEST = 4
_MOST_NAMES = 500


def with_full_names(organisations: list[Organisation], flat: str) -> list[Organisation]:
    """The same organisations, each short form with its full name."""
    names = {organisation.name for organisation in organisations}
    full = {short: name for short in names if (name := _only_longer(short, names))} | _declared(flat, names)
    return [
        replace(organisation, full=full[organisation.name]) if organisation.name in full else organisation
        for organisation in organisations
    ]


def _declared(flat: str, names: set[str]) -> dict[str, str]:
    """Short names that the document declares itself, right behind the full one."""
    declared: dict[str, str] = {}
    for match in _DECLARED.finditer(flat):
        before = flat[max(0, match.start() - _LONGEST_FULL) : match.start()]
        full = max((name for name in names if before.endswith(name)), key=len, default=None)
        if full and full != match["short"]:
            declared[match["short"]] = full
    return declared


def _only_longer(short: str, names: set[str]) -> str | None:
    if len(short) < _SHORTEST or len(names) > _MOST_NAMES:
        return None
    longer = [name for name in names if len(name) > len(short) and _abbreviates(short, name)]
    return longer[0] if len(longer) == 1 else None


def _abbreviates(short: str, full: str) -> bool:
    """市住建局 of 市住房和城乡建设局: the same first and last character, the others in order; or the name without its place."""
    if full.endswith(short):
        return True
    full = full.removesuffix("员会") if full.endswith("委员会") else full
    return short[0] == full[0] and short[-1] == full[-1] and _in_order(short, iter(full))


def _in_order(short: str, full: Iterable[str]) -> bool:
    rest = iter(full)
    return all(character in rest for character in short)
