"""An enumeration whose members carry their official Chinese label."""

from enum import StrEnum
from typing import Self


class Labelled(StrEnum):
    """A string enumeration; ``State.OPEN.label`` is the Chinese label shown on pages."""

    label: str

    def __new__(cls, value: str, label: str = "") -> Self:
        """Build a member from its stored value and its label."""
        # The label has a default only so that type checkers accept State(value); each member gives one.
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of value and label, for a model field."""
        return [(member.value, member.label) for member in cls]
