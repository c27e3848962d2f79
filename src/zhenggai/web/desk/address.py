"""Where in the desk the reader is: the chosen item, what the ledger shows, and the page of the document. All of it is the address."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict

from zhenggai.ledger.states import Kind
from zhenggai.web.keyset import key_from


class Show(StrEnum):
    """Which items the ledger shows."""

    ALL = "all"
    OPEN = "open"
    CHANGED = "changed"


@dataclass(frozen=True)
class Address:
    """地址: everything that the desk's query string says; nonsense in it counts as not said."""

    show: Show = Show.ALL
    kind: Kind | None = None
    item: int | None = None
    page: int | None = None

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """Read a query string."""
        show, kind = query.get("show", ""), query.get("kind", "")
        return cls(
            Show(show) if show in list(Show) else Show.ALL,
            Kind(kind) if kind in list(Kind) else None,
            key_from(query.get("item")),
            key_from(query.get("page")),
        )

    @property
    def narrowed(self) -> bool:
        """Whether the ledger shows only some items."""
        return self.show is not Show.ALL or self.kind is not None

    def query(self) -> str:
        """Write the query string, with the question mark; what is usual is left out."""
        said = {
            "show": "" if self.show is Show.ALL else self.show.value,
            "kind": self.kind.value if self.kind else "",
            "page": "" if self.page is None else self.page,
            "item": self.item or "",
        }
        return "?" + urlencode({name: value for name, value in said.items() if value != ""})

    def item_prefix(self) -> str:
        """The query string up to an item's key: what thousands of links of one page share."""
        here = replace(self, item=None, page=None).query()
        return f"{here}&item=" if here != "?" else "?item="

    def to_item(self, item: int) -> str:
        """The same view with another item chosen; the document follows to the item's page."""
        return f"{self.item_prefix()}{item}#m-{item}"
