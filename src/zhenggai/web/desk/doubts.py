"""存疑: what of a reading was concluded rather than read, or recognised from a picture with little certainty.

1. A doubt has the place of the result it is about, and a reason in words.
2. What was read plainly has none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from zhenggai.web.desk.marks import Mark

SURE = Decimal("0.9")
"""Recognition above this is not worth a second look: of a clean print nearly every line lies above it."""

_KINDS = ("quantities", "citations", "dates", "findings", "blocks")


@dataclass(frozen=True)
class Doubt:
    """A result's place, whether something of it was concluded, and how certain the recognition was (1 for text that was there)."""

    kind: str
    start: int
    end: int
    inferred: bool
    confidence: Decimal

    @property
    def reason(self) -> str:
        """The doubt in words."""
        reasons = [_INFERRED[self.kind]()] if self.inferred else []
        if self.confidence < SURE:
            reasons.append(_("识别可信度 %(percent)d%%，请对照原件") % {"percent": self.confidence * 100})
        return "；".join(reasons)


_INFERRED = {
    "quantities": lambda: _("时期未写明，按上文推断"),
    "citations": lambda: _("动词未写明，按上文推断"),
    "dates": lambda: _("年份未写明，按上文推断"),
    "findings": lambda: _("由上下文推断为问题"),
    "blocks": lambda: _("由上下文推断"),
}


class Doubts:
    """All doubts of a reading, by place."""

    def __init__(self, doubts: Iterator[Doubt]) -> None:
        self._all = sorted(doubts, key=lambda doubt: (doubt.start, -doubt.end))
        self._at = {(doubt.start, doubt.end): doubt for doubt in self._all}

    def reason(self, start: int | None, end: int | None) -> str:
        """Why what was read at a place is in doubt; empty if it is not."""
        doubt = self._at.get((start or 0, end or 0))
        return doubt.reason if doubt else ""

    def marks(self, start: int, end: int) -> Iterator[Mark]:
        """The doubts that begin in a stretch of the text."""
        for doubt in self._all:
            # A whole finding is not marked: what is in doubt is that it is one, not its words.
            if start <= doubt.start < end and doubt.kind != "findings":
                yield Mark("doubt", doubt.start, doubt.end, note=doubt.reason)


def doubts_of(result: Mapping[str, Any]) -> Doubts:
    """The doubts in the reader's result."""
    return Doubts(_found(result))


def _found(result: Mapping[str, Any]) -> Iterator[Doubt]:
    for kind in _KINDS:
        for entry in result.get(kind) or ():
            confidence = Decimal(str(entry.get("confidence") or 1))
            if entry.get("inferred") or confidence < SURE:
                start, end = entry["span"]
                yield Doubt(kind, int(start), int(end), bool(entry.get("inferred")), confidence)
