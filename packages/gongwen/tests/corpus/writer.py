"""Writes a document and its annotation (schema gongwen/1) in one go, so that every span is exact by construction."""

from __future__ import annotations

from typing import Any

Entry = dict[str, Any]


class Writer:
    """The text so far, and what was annotated in it. `path` is that of the place being written."""

    def __init__(self) -> None:
        self.text = ""
        self.path = ""
        # A period carries on to the later figures of its sentence; whether to write it there again is a matter of taste.
        self.carried: str | None = None
        self.in_table = False
        self.gold: dict[str, list[Entry]] = {
            key: []
            for key in ("sections", "findings", "quantities", "citations", "dates", "claims", "totals")
        }

    def add(self, words: str) -> list[int]:
        """Append words; their span."""
        start = len(self.text)
        self.text += words
        return [start, len(self.text)]

    def line(self) -> None:
        """End the line."""
        self.text += "\n"

    def quantity(self, written: str, label: str, value: str, unit: str, **more: Any) -> list[int]:
        """A figure; `written` is number through unit. Returns its span."""
        span = self.add(written)
        self.gold["quantities"].append(
            {
                "text": written, "label": label, "label_alt": [], "value": value, "value_max": None, "unit": unit, "kind": "count",
                "qualifier": None, "change": None, "period": None, "period_alt": [self.carried] if self.carried else [],
                "applies_to": [], "path": self.path, "span": span, **more,
            }
        )  # fmt: skip
        return span

    def total(self, label: str, value: str, unit: str, written: str) -> None:
        """A figure that is also a stated total."""
        span = self.quantity(written, label, value, unit, label_alt=[label])
        self.gold["totals"].append(
            {"label": label, "label_alt": [], "value": value, "unit": unit, "text": written, "span": span}
        )

    def citation(self, title: str, verb: str | None, role: str) -> None:
        """A document in 《》."""
        span = self.add(f"《{title}》")
        self.gold["citations"].append(
            {"title": title, "verb": verb, "role": role, "span": span, "path": self.path}
        )

    def date(self, written: str, start: str, end: str | None = None) -> None:
        """A date or a range."""
        self.gold["dates"].append(
            {"text": written, "start": start, "end": end, "role": None, "span": self.add(written)}
        )

    def claim(self, start: int, status: str) -> None:
        """What was written since `start` says how far things have come; in a table's cell that is no claim."""
        if self.in_table:
            return
        self.gold["claims"].append(
            {"text": self.text[start:], "status": status, "span": [start, len(self.text)], "path": self.path}
        )
