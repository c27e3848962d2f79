"""词语的正则: how the reader's word lists become regular expressions."""

from __future__ import annotations

import re
from collections.abc import Iterable


def any_of(words: Iterable[str]) -> str:
    """Alternatives that match one of the words as it stands, the longest first; without a group around them."""
    return "|".join(sorted(map(re.escape, set(words)), key=len, reverse=True))
