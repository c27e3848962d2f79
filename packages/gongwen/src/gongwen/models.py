"""结果类型: what a reading consists of. All results are immutable and know their place in the source.

Guarantees
1. Every `Span` counts Unicode code points of the source text as decoded, `[start, end)`, nothing cleaned.
2. A span begins and ends on a character that is not white space; it may contain line breaks and spaces.
3. `text` equals the span's slice of the source without its white space; of blocks and measures also without page numbers and marks.
4. Values are `Decimal` in the base unit; the written form is kept beside them.
5. What is not written but concluded carries `inferred=True`.
6. `confidence` is 0 to 1 where the text was recognised from a picture (the least sure line of the place), else `None`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, NamedTuple

DocumentKind = Literal["通报", "反馈意见", "报告", "公示", "清单", "其他"]
InspectionKind = Literal["巡视", "巡察", "审计", "督察", "检查"]
StatusClass = Literal["completed", "phased", "ongoing", "not_done"]
QuantityKind = Literal["count", "money", "percent", "percentage_point", "capacity", "duration", "other"]
Change = Literal["up", "down"]
CitationRole = Literal["new", "revised", "superior", "existing", "plan", "agreement", "other"]
BlockRole = Literal["title", "heading", "text", "item", "row", "contact", "signature", "debris"]
Severity = Literal["error", "warning", "hint"]


class Span(NamedTuple):
    """位置: `[start, end)` in code points of the source text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """段落: a paragraph, heading or table row in the order of the document; `text` is cleaned."""

    role: BlockRole
    text: str
    span: Span
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """标题层级: a numbered heading (一、 level 1, （一） 2, 1. 3, （1） 4) with the headings under it."""

    number: str
    level: int
    title: str
    span: Span
    children: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """整改措施: one numbered step under a finding (一是…, （1）…)."""

    path: str
    number: str
    text: str
    span: Span
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    """责任: who answers for a finding and until when, as the text or table states it (牵头领导、责任单位、完成时限)."""

    lead_official: str | None = None
    lead_unit: str | None = None
    responsible_units: tuple[str, ...] = ()
    supporting_units: tuple[str, ...] = ()
    due: str | None = None
    due_on: str | None = None
    immediate: bool = False
    standing: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """反馈问题: one problem as stated; `parent` is the path of the enclosing area (方面) or problem."""

    path: str
    title: str
    span: Span
    status: str | None = None
    status_class: StatusClass | None = None
    measures: tuple[Measure, ...] = ()
    parent: str | None = None
    assignment: Assignment | None = None
    money: str | None = None
    inferred: bool = False
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """数量: a number with its unit and what it counts. `value` is in `unit`; 万 and 亿 are multiplied in."""

    text: str
    span: Span
    label: str
    value: Decimal
    unit: str
    written_value: str
    written_unit: str
    kind: QuantityKind
    value_max: Decimal | None = None
    qualifier: str | None = None
    change: Change | None = None
    period: str | None = None
    applies_to: tuple[str, ...] = ()
    path: str = ""
    inferred: bool = False
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """引用文件: a document named in 《》; `verb` is what was done with it, `inferred` when carried over."""

    title: str
    span: Span
    verb: str | None = None
    role: CitationRole = "other"
    path: str = ""
    inferred: bool = False
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DateRef:
    """日期: a calendar date or range as YYYY[-MM[-DD]]; `inferred` when the year was concluded."""

    text: str
    span: Span
    start: str
    end: str | None = None
    role: str | None = None
    inferred: bool = False
    confidence: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """整改状态表述: a clause that says something is completed, phased, ongoing or not done."""

    text: str
    status: StatusClass
    span: Span
    path: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """总数: a count the document states about its own problems, measures, institutions or letters."""

    label: str
    value: Decimal
    unit: str
    text: str
    span: Span
    path: str = ""


@dataclass(frozen=True, slots=True)
class Organisation:
    """单位名称: an organisation as named, once per place; `full` is its full name where the document uses a short one."""

    name: str
    span: Span
    full: str | None = None


@dataclass(frozen=True, slots=True)
class Leftover:
    """未识别: number-like text that no result explains, with a Chinese reason."""

    text: str
    reason: str
    span: Span


@dataclass(frozen=True, slots=True)
class Remark:
    """检查意见: what cannot be right in a document, or should be looked at.

    `code` is stable (`total.sum`, `date.order`, …); `message` is a Chinese sentence with place and reason; `span` is the place, `text`
    its words; `related` are the other places that it contradicts. error: cannot be true; warning: very likely wrong; hint: worth a look.
    """

    code: str
    severity: Severity
    message: str
    span: Span
    text: str = ""
    path: str = ""
    related: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Inspection:
    """巡视巡察审计: which inspection the document answers, as far as it says so."""

    kind: InspectionKind | None = None
    authority: str | None = None
    team: str | None = None
    round: str | None = None
    party: str | None = None
    started_on: str | None = None
    ended_on: str | None = None
    feedback_on: str | None = None


@dataclass(frozen=True, slots=True)
class Contact:
    """联系方式 as written."""

    phone: str | None = None
    email: str | None = None
    postcode: str | None = None
    address: str | None = None
    addressee: str | None = None


@dataclass(frozen=True, slots=True)
class Bulletin:
    """公文: everything that was read from one document.

    `format` is the file's (docx, pdf, …), `None` when a string was read; `notes` say in Chinese what was left out of the file.
    """

    kind: DocumentKind
    title: str | None
    issuer: str | None
    issued_on: str | None
    inspection: Inspection = field(default_factory=Inspection)
    contact: Contact = field(default_factory=Contact)
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()
    findings: tuple[Finding, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    citations: tuple[Citation, ...] = ()
    dates: tuple[DateRef, ...] = ()
    claims: tuple[Claim, ...] = ()
    totals: tuple[Total, ...] = ()
    organisations: tuple[Organisation, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    inferred: tuple[str, ...] = ()
    format: str | None = None
    notes: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, object]:
        """The JSON object `gongwen/1`: every key present, decimals and dates as strings."""
        from gongwen.serialise import bulletin_dict  # noqa: PLC0415  (serialise needs these types)

        return bulletin_dict(self)

    @staticmethod
    def from_dict(said: object, *, name: str = "") -> Bulletin:
        """The way back from `as_dict`. `name` stands in the sentence of a refusal. Raises `BadDocumentError` (a `GongwenError`)."""
        from gongwen.deserialise import bulletin_from  # noqa: PLC0415  (deserialise needs these types)

        return bulletin_from(said, name=name)
