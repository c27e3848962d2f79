"""The kinds of item that a reading proposes: their fields, and how one is built from the reader's result. Plain Python.

To add a field: name it in ``KINDS`` and give it in the ``…_payload`` function of its kind; forms, digests and exports follow.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from zhenggai.core.enums import Labelled
from zhenggai.core.errors import Refusal
from zhenggai.indicators.rules import exact_value
from zhenggai.indicators.states import Change, FigureKind
from zhenggai.ledger.states import InspectionKind, Kind, PolicyRole, Progress


class FieldType(StrEnum):
    """How a field is entered and checked."""

    TEXT = "text"
    LONG = "long"
    DATE = "date"
    NUMBER = "number"
    CHOICE = "choice"
    LIST = "list"
    FLAG = "flag"


@dataclass(frozen=True)
class Field:
    """字段: name in the payload, Chinese label, form of entry, and whether it may be empty. ``limit`` is in characters."""

    name: str
    label: str
    form: FieldType = FieldType.TEXT
    required: bool = False
    choices: type[Labelled] | None = None
    limit: int = 200


@dataclass(frozen=True)
class KindSpec:
    """条目类别的说明: its fields, the one by which people call it, and the fields that make two items the same one."""

    kind: Kind
    title: str
    fields: tuple[Field, ...]
    identity: tuple[str, ...]


class ImpossibleContent(Refusal):
    """内容无法入账: a field of a proposal or correction that the ledger cannot hold."""

    code = "impossible_content"


def _text(name: str, label: str, *, required: bool = False, limit: int = 200) -> Field:
    return Field(name, label, FieldType.TEXT, required, limit=limit)


_ASSIGNMENT = (
    _text("lead_official", "牵头领导", limit=100),
    _text("lead_unit", "牵头单位"),
    Field("responsible_units", "责任单位", FieldType.LIST),
    Field("supporting_units", "配合单位", FieldType.LIST),
    _text("due_wording", "时限原文", limit=100),
    Field("due_on", "完成时限", FieldType.DATE),
    Field("standing", "长期坚持", FieldType.FLAG),
)

KINDS: dict[Kind, KindSpec] = {
    spec.kind: spec
    for spec in (
        KindSpec(
            Kind.INSPECTION,
            "party",
            (
                Field("kind", "类别", FieldType.CHOICE, choices=InspectionKind, required=True),
                _text("authority", "派出机关", limit=100),
                _text("team", "检查组", limit=100),
                _text("round", "轮次", limit=100),
                _text("party", "被检查方"),
                Field("started_on", "进驻日期", FieldType.DATE),
                Field("ended_on", "结束日期", FieldType.DATE),
                Field("feedback_on", "反馈日期", FieldType.DATE),
            ),
            ("kind",),
        ),
        KindSpec(Kind.ORGANISATION, "name", (_text("name", "名称", required=True),), ("name",)),
        KindSpec(
            Kind.AREA,
            "title",
            (Field("title", "方面", FieldType.LONG, required=True, limit=2000),),
            ("title",),
        ),
        KindSpec(
            Kind.FINDING,
            "title",
            (
                Field("title", "问题", FieldType.LONG, required=True, limit=2000),
                _text("status", "文件所述状态", limit=100),
                Field("progress", "文件所述进展", FieldType.CHOICE, choices=Progress),
                *_ASSIGNMENT,
            ),
            ("title",),
        ),
        KindSpec(
            Kind.MEASURE,
            "text",
            (Field("text", "措施", FieldType.LONG, required=True, limit=20000),),
            ("text",),
        ),
        KindSpec(
            Kind.CITATION,
            "title",
            (
                _text("title", "名称", required=True, limit=400),
                _text("verb", "动词", limit=32),
                Field("role", "性质", FieldType.CHOICE, choices=PolicyRole, required=True),
            ),
            ("title",),
        ),
        KindSpec(
            Kind.CLAIM,
            "text",
            (
                Field("text", "原文", FieldType.LONG, required=True, limit=2000),
                Field("progress", "所述进展", FieldType.CHOICE, choices=Progress, required=True),
            ),
            ("text",),
        ),
        KindSpec(
            Kind.FIGURE,
            "label",
            (
                _text("label", "名称", required=True),
                Field("value", "数值", FieldType.NUMBER, required=True),
                Field("value_max", "上限", FieldType.NUMBER),
                _text("unit", "单位", limit=32),
                Field("kind", "类别", FieldType.CHOICE, choices=FigureKind, required=True),
                Field("change", "增减", FieldType.CHOICE, choices=Change),
                _text("qualifier", "限定词", limit=16),
                _text("period", "时期", limit=64),
                Field("applies_to", "适用对象", FieldType.LIST),
                _text("written", "原文写法", limit=100),
            ),
            ("label", "unit", "kind", "change", "applies_to", "period"),
        ),
    )
}
"""Every kind with its fields, in the order in which kinds are accepted."""


def normalised(kind: Kind, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return the payload with exactly the kind's fields, checked; ImpossibleContent names the field and the remedy."""
    checked = {field.name: _checked(field, payload.get(field.name)) for field in KINDS[kind].fields}
    for lower, upper, words in _ORDERED.get(kind, ()):
        low, high = checked[lower], checked[upper]
        if low and high and _before(high, low):
            raise ImpossibleContent(f"{words}：{high} 在 {low} 之前，请核对原文后更正。", field=upper)
    return checked


_ORDERED = {
    Kind.INSPECTION: (("started_on", "ended_on", "结束日期早于进驻日期"),),
    Kind.FIGURE: (("value", "value_max", "上限小于数值"),),
}
"""Fields of a kind of which the second must not lie before the first."""


def _before(one: str, other: str) -> bool:
    """Whether a number or an ISO date lies before another of its kind."""
    return one < other if one.count("-") > 1 else Decimal(one) < Decimal(other)


def _checked(field: Field, value: Any) -> Any:
    cleaned = _CHECKS[field.form](field, value)
    if field.required and cleaned in (None, "", []):
        raise ImpossibleContent(f"“{field.label}”不能为空，请补充后再提交。", field=field.name)
    return cleaned


def _check_text(field: Field, value: Any) -> str:
    # U+0000 cannot be stored by PostgreSQL; it never carries meaning in a document.
    text = str(value or "").replace("\x00", "").strip()
    if len(text) > field.limit:
        raise ImpossibleContent(
            f"“{field.label}”有 {len(text)} 字，最多 {field.limit} 字，请缩短。", field=field.name
        )
    return text


def _check_date(field: Field, value: Any) -> str:
    text = _check_text(field, value)
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise ImpossibleContent(
            f"“{field.label}”的“{text}”不是日期，请按 2025-07-11 的格式填写。", field=field.name
        ) from error


def _check_number(field: Field, value: Any) -> str:
    text = _check_text(field, value)
    return format(exact_value(text), "f") if text else ""


def _check_choice(field: Field, value: Any) -> str:
    text = _check_text(field, value)
    known = [member.value for member in field.choices or ()]
    if text and text not in known:
        allowed = "、".join(member.label for member in field.choices or () if member.label)
        raise ImpossibleContent(f"“{field.label}”不能是“{text}”，可选：{allowed}。", field=field.name)
    return text


def _check_list(field: Field, value: Any) -> list[str]:
    items = value.replace("，", "、").split("、") if isinstance(value, str) else value or []
    return [text for text in (_check_text(field, item) for item in items) if text]


def _check_flag(_field: Field, value: Any) -> bool:
    return value in (True, "on", "true", "1")


_CHECKS = {
    FieldType.TEXT: _check_text,
    FieldType.LONG: _check_text,
    FieldType.DATE: _check_date,
    FieldType.NUMBER: _check_number,
    FieldType.CHOICE: _check_choice,
    FieldType.LIST: _check_list,
    FieldType.FLAG: _check_flag,
}
