"""From the reader's result (SCHEMA gongwen/1) to the items that are proposed. Plain Python.

1. Every area, finding, measure, figure, citation, claim and organisation of the result becomes one item, in a fixed order, with its place.
2. An item that the ledger could not hold is left over with a Chinese reason; nothing is lost and nothing raises.
3. The same result gives the same items.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zhenggai.core.errors import Refusal
from zhenggai.journal.chain import canonical, digest_text
from zhenggai.ledger.kinds import KINDS, normalised
from zhenggai.ledger.states import InspectionKind, Kind, PolicyRole, Progress

Result = Mapping[str, Any]
Span = tuple[int, int]


@dataclass(frozen=True)
class Item:
    """条目: one thing that was read. ``parent`` is the position of the area, finding or measure that it stands under."""

    kind: Kind
    payload: dict[str, Any]
    path: str = ""
    number: str = ""
    span: Span | None = None
    parent: int | None = None

    @property
    def content(self) -> str:
        """Digest of the payload, by which two editions are compared."""
        return content_digest(self.payload)


@dataclass
class Items:
    """All items of a reading, by position, and what could not become one."""

    items: list[Item] = field(default_factory=list)
    leftovers: list[dict[str, Any]] = field(default_factory=list)

    def add(
        self, kind: Kind, payload: Mapping[str, Any], entry: Mapping[str, Any], *, parent: int | None = None
    ) -> int | None:
        """Add an item read from an entry of the result; return its position, or None if it was left over."""
        span = span_of(entry)
        try:
            checked = normalised(kind, payload)
        except Refusal as refusal:
            text = str(payload.get(KINDS[kind].title) or entry.get("text") or "")
            self.leftovers.append(
                {"text": text[:200], "span": span, "reason": f"{kind.label}：{refusal.sentence}"}
            )
            return None
        path = str(entry.get("path") or "").replace("\x00", "")[:200]
        number = str(entry.get("number") or "").replace("\x00", "")[:32]
        self.items.append(Item(kind, checked, path, number, span, parent))
        return len(self.items) - 1


def content_digest(payload: Mapping[str, Any]) -> str:
    """Digest of an item's payload."""
    return digest_text(canonical(payload))


def span_of(entry: Mapping[str, Any]) -> Span | None:
    """Return the entry's span if it has one."""
    span = entry.get("span")
    return (int(span[0]), int(span[1])) if span else None


def build(result: Result) -> Items:
    """Build all items of a reading."""
    out = Items()
    out.add(Kind.INSPECTION, inspection_payload(result), {})
    _add_organisations(out, result)
    _add_findings(out, result)
    places = _Places(out.items)
    for citation in result["citations"]:
        out.add(
            Kind.CITATION, _citation_payload(citation), citation, parent=places.innermost(span_of(citation))
        )
    for claim in result["claims"]:
        payload = {"text": claim["text"], "progress": claim["status"]}
        out.add(Kind.CLAIM, payload, claim, parent=places.innermost(span_of(claim)))
    for quantity in result["quantities"]:
        out.add(Kind.FIGURE, _figure_payload(quantity), quantity, parent=places.innermost(span_of(quantity)))
    out.leftovers += [dict(left) for left in result["leftovers"]]
    return out


def inspection_payload(result: Result) -> dict[str, Any]:
    """What the document says of the inspection itself."""
    stated = result["inspection"] or {}
    kind = stated.get("kind")
    names = {name: stated.get(name) or "" for name in ("authority", "team", "round", "party")}
    dates = {name: full_date(stated.get(name)) for name in ("started_on", "ended_on", "feedback_on")}
    if dates["started_on"] and dates["ended_on"] and dates["ended_on"] < dates["started_on"]:
        dates["ended_on"] = ""  # A period that ends before it begins was misread; a person will fill it in.
    known = {member.value for member in InspectionKind}
    return {"kind": kind if kind in known else InspectionKind.OTHER.value, **names, **dates}


def full_date(written: Any) -> str:
    """Return an ISO date if year, month and day are all known, else empty: a coarser date is no date to count from."""
    try:
        return date.fromisoformat(str(written)).isoformat()
    except ValueError:
        return ""


def _add_organisations(out: Items, result: Result) -> None:
    """Each organisation once, at its first place."""
    seen: set[str] = set()
    for organisation in result["organisations"]:
        name = str(organisation["name"])
        if name not in seen:
            seen.add(name)
            out.add(Kind.ORGANISATION, {"name": name}, organisation)


def _add_findings(out: Items, result: Result) -> None:
    sections = dict(_sections(result["sections"]))
    positions: dict[str, int] = {}
    for finding in result["findings"]:
        above = finding.get("parent") or ""
        if above and above not in positions and above in sections:
            area = out.add(Kind.AREA, {"title": sections[above]["title"]}, {**sections[above], "path": above})
            if area is not None:
                positions[above] = area
        numbered = {"number": _own_number(str(finding.get("path") or "")), **finding}
        own = out.add(Kind.FINDING, _finding_payload(finding), numbered, parent=positions.get(above))
        if own is None:
            continue
        positions.setdefault(str(finding.get("path") or ""), own)
        for measure in finding["measures"]:
            out.add(Kind.MEASURE, {"text": measure["text"]}, measure, parent=own)


_OWN_NUMBER = re.compile(r"(（[^（）]*）|\d+|[一二三四五六七八九十百]+)$")


def _own_number(path: str) -> str:
    """Return the last number of a path: 二（四） → （四）."""
    found = _OWN_NUMBER.search(path)
    return found.group() if found else ""


def _sections(
    sections: Sequence[Mapping[str, Any]], above: str = ""
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for section in sections:
        path = str(section.get("path") or above + str(section["number"]).rstrip("、.．"))
        yield path, section
        yield from _sections(section["children"], path)


def _finding_payload(finding: Mapping[str, Any]) -> dict[str, Any]:
    given = finding.get("assignment") or {}
    return {
        "title": finding["title"],
        "status": finding.get("status") or "",
        "progress": finding.get("status_class") or Progress.NONE.value,
        "lead_official": given.get("lead_official") or "",
        "lead_unit": given.get("lead_unit") or "",
        "responsible_units": given.get("responsible_units") or [],
        "supporting_units": given.get("supporting_units") or [],
        "due_wording": given.get("due") or "",
        "due_on": full_date(given.get("due_on")),
        "standing": bool(given.get("standing")),
    }


def _citation_payload(citation: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "title": citation["title"],
        "verb": citation.get("verb") or "",
        "role": citation.get("role") or PolicyRole.OTHER.value,
    }


def _figure_payload(quantity: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **{name: quantity.get(name) or "" for name in ("unit", "kind", "change", "qualifier", "period")},
        # A figure whose noun was not understood is still a figure: it is called by what is written.
        "label": quantity.get("label") or quantity["text"],
        "value": quantity["value"],
        "value_max": quantity.get("value_max") or "",
        "applies_to": quantity.get("applies_to") or [],
        "written": quantity["text"],
    }


class _Places:
    """Finds the innermost finding or measure around a span, in logarithmic time.

    Findings do not overlap one another, nor do the measures within one; so the last that begins before a span is the only candidate.
    """

    def __init__(self, items: Sequence[Item]) -> None:
        self._levels = [
            sorted((item.span, at) for at, item in enumerate(items) if item.kind is kind and item.span)
            for kind in (Kind.MEASURE, Kind.FINDING)
        ]

    def innermost(self, span: Span | None) -> int | None:
        """Return the position of the item around the span, None outside all."""
        if span is None:
            return None
        for level in self._levels:
            index = bisect_right(level, (span, len(level) + 10**12)) - 1
            if index >= 0 and level[index][0][0] <= span[0] and span[1] <= level[index][0][1]:
                return level[index][1]
        return None
