"""One rule of the checks, as the catalogue and the published page tell of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from zhenggai.bulletins.checks.view import View
from zhenggai.bulletins.facts import Place, Trouble
from zhenggai.bulletins.states import Severity


@dataclass(frozen=True)
class Rule:
    """规则: stable code, Chinese name, how grave it is, and one English sentence for the page; a rule of the library may be milder."""

    code: str
    name: str
    severity: Severity
    explanation: str

    def at(self, place: Place | None, sentence: str, remedy: str, related: tuple[Place, ...] = ()) -> Trouble:
        """A trouble of this rule."""
        return Trouble(self.code, self.severity, place, sentence, remedy, related)


Run = Callable[[View], Iterator[Trouble]]
"""A family of rules looks at a draft and says what it found."""
