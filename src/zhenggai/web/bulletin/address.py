"""Where in the composer the reader is: the chosen figure, what is marked and listed, and the paragraph being edited. All of it is the address."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from zhenggai.bulletins.states import FigureState
from zhenggai.web.keyset import key_from

LONGEST_SEARCH = 100
"""Characters of a search that are looked at."""


class Panel(StrEnum):
    """What stands beside the paper."""

    FIGURE = "figure"
    LIST = "list"
    CHECKS = "checks"
    REVIEW = "review"


class Spot(NamedTuple):
    """数字的位置: a number of a draft by the key of its paragraph and characters ``[start, end)`` of its text; ``12-3-8`` in an address."""

    paragraph: int
    start: int
    end: int

    @classmethod
    def of(cls, written: str) -> "Spot | None":
        """Read a place; None for nonsense."""
        parts = [key_from(each) for each in written.split("-")]
        if len(parts) != len(cls._fields) or None in parts:
            return None
        return cls(*(each for each in parts if each is not None))

    @property
    def code(self) -> str:
        """As it stands in an address."""
        return f"{self.paragraph}-{self.start}-{self.end}"


@dataclass(frozen=True)
class Address:
    """地址: everything that the composer's query string says; nonsense in it counts as not said. ``insert`` 0 is the beginning of the draft."""

    panel: Panel | None = None
    figure: Spot | None = None
    show: FigureState | None = None
    edit: int | None = None
    insert: int | None = None
    search: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Read a query string."""
        panel, show = query.get("panel", ""), query.get("show", "")
        return cls(
            Panel(panel) if panel in list(Panel) else None,
            Spot.of(query.get("figure", "")),
            FigureState(show) if show in list(FigureState) else None,
            key_from(query.get("edit")),
            key_from(query.get("insert")),
            query.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH],
        )

    def query(self, **but: Any) -> str:
        """Write the query string, with the question mark; ``but`` says what is to be different."""
        other = replace(self, **but)
        said = {
            "panel": other.panel.value if other.panel else "",
            "show": other.show.value if other.show else "",
            "figure": other.figure.code if other.figure else "",
            "edit": other.edit or "",
            "insert": "" if other.insert is None else other.insert,
            "q": other.search,
        }
        return "?" + urlencode({name: value for name, value in said.items() if value != ""})

    def figure_prefix(self) -> str:
        """The query string up to a figure's place: what hundreds of links of one page share."""
        here = self.query(panel=None, figure=None, edit=None, insert=None, search="")
        return f"{here}&figure=" if here != "?" else "?figure="


def path_of(bulletin: int, address: Address | None = None, anchor: str = "") -> str:
    """Address of a draft's composer."""
    query = address.query() if address else ""
    return (
        reverse("web:bulletin", args=[bulletin])
        + ("" if query == "?" else query)
        + (f"#{anchor}" if anchor else "")
    )
