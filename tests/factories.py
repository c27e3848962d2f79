"""Documents and readings made to measure. A state is reached through the actions, never by writing rows."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from zhenggai.evidence.actions import keep_document
from zhenggai.ledger import items as reader_items
from zhenggai.ledger.actions.reading import open_inspection, read_document
from zhenggai.ledger.models import Inspection, Proposal, Reading
from zhenggai.ledger.states import InspectionKind, Kind


@dataclass
class F:
    """A finding of a made document: title, measures by number, figures (label, value, unit) and cited titles with role."""

    title: str
    measures: list[str] = field(default_factory=list)
    figures: list[tuple[str, str, str]] = field(default_factory=list)
    documents: list[tuple[str, str]] = field(default_factory=list)
    claims: list[tuple[str, str]] = field(default_factory=list)
    area: str = ""


class Made:
    """A made document: its text, and the reader's result that belongs to it, spans included."""

    def __init__(self, findings: list[F], **stated: Any) -> None:
        self.text = ""
        self.result: dict[str, Any] = {
            "schema": "gongwen/1", "reader": "made", "kind": "通报", "title": "关于巡察整改进展情况的通报",
            "issuer": "中共浅溪县委", "issued_on": "2026-03-02", "contact": {}, "blocks": [], "dates": [], "totals": [],
            "sections": [], "findings": [], "quantities": [], "citations": [], "claims": [], "organisations": [],
            "leftovers": [],
            "inspection": {
                "kind": "巡察", "authority": "市委", "team": "市委第二巡察组", "round": None, "party": "中共浅溪县委",
                "started_on": "2025-03-01", "ended_on": "2025-05-01", "feedback_on": "2025-06-10", **stated,
            },
        }  # fmt: skip
        self._organisation("浅溪县水务局")
        for number, finding in enumerate(findings, start=1):
            self._finding(
                f"（{'一二三四五六七八九十'[(number - 1) % 10]}）" if number <= 10 else f"{number}.", finding
            )

    @property
    def data(self) -> bytes:
        return self.text.encode()

    def _write(self, text: str) -> list[int]:
        start = len(self.text)
        self.text += text
        return [start, len(self.text)]

    def _organisation(self, name: str) -> None:
        self.result["organisations"].append({"name": name, "span": self._write(name)})
        self.text += "\n"

    def _area(self, title: str) -> str:
        for section in self.result["sections"]:
            if section["title"] == title:
                return str(section["number"])
        number = "一二三四五"[len(self.result["sections"])]
        span = self._write(title)
        self.text += "\n"
        self.result["sections"].append(
            {"number": number, "level": 1, "title": title, "path": number, "span": span, "children": []}
        )
        return number

    def _finding(self, number: str, made: F) -> None:
        parent = self._area(made.area) if made.area else None
        path = f"{parent or ''}{number}"
        start = len(self.text)
        self._write(f"{number}{made.title}。")
        measures = []
        for index, text in enumerate(made.measures):
            own = f"{'一二三四五六七八九'[index]}是"
            measures.append(
                {"path": path + own, "number": own, "text": text, "span": self._write(own + text)}
            )
        for label, value, unit in made.figures:
            self.result["quantities"].append(self._quantity(label, value, unit, path))
        for title, role in made.documents:
            span = self._write(f"《{title}》")
            self.result["citations"].append(
                {"title": title, "verb": "制定", "role": role, "path": path, "span": span}
            )
        for text, status in made.claims:
            self.result["claims"].append(
                {"text": text, "status": status, "path": path, "span": self._write(text)}
            )
        self.result["findings"].append(
            {
                "path": path, "title": made.title, "span": [start, len(self.text)], "status": None, "status_class": None,
                "measures": measures, "parent": parent, "assignment": None, "money": None,
            }
        )  # fmt: skip
        self.text += "\n"

    def _quantity(self, label: str, value: str, unit: str, path: str) -> dict[str, Any]:
        span = self._write(f"{label}{value}{unit}，")
        return {
            "text": f"{value}{unit}", "label": label, "value": value, "value_max": None, "unit": unit,
            "written_value": value, "written_unit": unit, "kind": "count", "qualifier": None, "change": None,
            "period": None, "applies_to": [], "path": path, "span": [span[0] + len(label), span[1] - 1],
        }  # fmt: skip


USUAL = [
    F(
        "治水护河责任落实不严",
        ["完善河长巡查办法并按月通报", "清理沿河违建并复绿岸坡"],
        [("清理违建", "12", "处"), ("复绿岸坡", "3.5", "公里")],
        [("浅溪县河长巡查办法", "new")],
        [("沿河违建已全部清理", "completed")],
        area="生态环境方面",
    ),
    F(
        "民生实事推进缓慢",
        ["倒排工期建成两所幼儿园"],
        [("幼儿园", "2", "所")],
        [("浅溪县学前教育规划", "revised"), ("浅溪县河长巡查办法", "existing")],
        area="民生保障方面",
    ),
    F("请示报告不够规范", ["修订请示报告清单", "开展一次专题培训"], area="民生保障方面"),
]


def enter(made: Made, *, by: Any, inspection: Inspection | None = None, name: str = "made.txt") -> Reading:
    """Read a made document in, as ``read_file`` would."""
    document = keep_document(name=name, data=made.data, text=made.text, by=by)
    inspection = inspection or open_inspection(kind=InspectionKind.LOCAL_PARTY, year=2025, by=by)
    return read_document(
        inspection=inspection,
        document=document,
        result=made.result,
        items=reader_items.build(made.result),
        by=by,
    )


def of_kind(reading: Reading, kind: Kind) -> list[Proposal]:
    """The reading's proposals of a kind, in the order of the text."""
    return list(reading.proposals.filter(kind=kind.value).order_by("position"))


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
