"""切分: a text cut at the places of what is marked in it. Plain Python."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def cut(
    text: str, places: Iterable[tuple[int, int, T]], *, begin: int = 0, stop: int | None = None
) -> Iterator[tuple[str, T | None]]:
    """Cut characters ``[begin, stop)`` of a text at places ``(start, end, mark)``, which are in order and do not overlap.

    Each piece comes with its mark, or None; joined, the pieces are the text. A place that does not lie within is passed over.
    """
    at, stop = begin, len(text) if stop is None else stop
    for start, end, mark in places:
        if not at <= start <= end <= stop:
            continue
        if at < start:
            yield text[at:start], None
        yield text[start:end], mark
        at = end
    if at < stop:
        yield text[at:stop], None
