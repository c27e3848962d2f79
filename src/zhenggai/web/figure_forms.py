"""What people fill in about figures. A form checks only its own shape; what may be done is decided by the actions."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhenggai.core.enums import Labelled
from zhenggai.core.errors import NotFound
from zhenggai.indicators import computing
from zhenggai.indicators.actions import Details
from zhenggai.indicators.deriving import Reference
from zhenggai.indicators.models import Indicator
from zhenggai.indicators.states import Direction, Operation, Reach, Source
from zhenggai.ledger.handling.standing import inspection_seen, visible_inspections
from zhenggai.parties.models import Organisation, Post
from zhenggai.parties.queries import organisation_by_name
from zhenggai.web.forms import MEGABYTE
from zhenggai.web.labels import named
from zhenggai.web.uploads import LimitedUpload

_OPERANDS = 4
"""Operands that the page asks for."""

_SHOWN_INSPECTIONS = 100


def _text(label: Any, *, offers: str = "", rows: int = 0, hint: Any = "", **attrs: Any) -> forms.CharField:
    """A text. The rules say what is missing or too long, so nothing is required here."""
    given = {"autocomplete": "off", **attrs, **({"list": offers} if offers else {})}
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs=given)
    return forms.CharField(label=label, required=False, widget=widget, help_text=hint)


def _date(label: Any, *, hint: Any = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=label, required=False, widget=widget, help_text=hint, input_formats=["%Y-%m-%d"],
        error_messages={"invalid": gettext_lazy("日期填写有误，请按“2026-06-30”的形式填写。")},
    )  # fmt: skip


def _choice(label: Any, kinds: Sequence[Labelled], *, hint: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=lambda: [(kind.value, named(kind.label)) for kind in kinds],
        required=False,
        help_text=hint,
        error_messages={"invalid_choice": gettext_lazy("所选项无效，请重新选择。")},
    )


def label_of(name: str, unit: str) -> str:
    """How a page names an indicator where one is to be typed: 绿色工厂（户）."""
    return f"{name}（{unit}）" if unit else name


class FilterForm(forms.Form):
    """筛选: of which inspection, from which source, called what."""

    scope = _text(gettext_lazy("所属检查"), offers="inspections", maxlength=32)
    source = forms.ChoiceField(
        label=gettext_lazy("来源类别"),
        required=False,
        choices=lambda: [("", _("全部")), *((source.value, named(source.label)) for source in Source)],
    )
    named = _text(gettext_lazy("名称"), maxlength=64)


class ScopedForm(forms.Form):
    """A form that names an inspection, which the one who fills it in must be able to see."""

    def __init__(self, post: Post, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._post = post

    def clean_scope(self) -> str:
        """The code of the inspection; empty if none was named."""
        code = str(self.cleaned_data["scope"]).strip()
        try:
            return inspection_seen(self._post, code).code if code else ""
        except NotFound as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


def inspection_offers(post: Post) -> dict[str, list[tuple[str, str]]]:
    """The newest inspections that a post may name, for the list behind a field."""
    rows = visible_inspections(post).order_by("-pk")[:_SHOWN_INSPECTIONS]
    return {"inspections": [(row.code, row.party) for row in rows]}


class DescribeForm(forms.Form):
    """完善指标定义."""

    source = _choice(gettext_lazy("来源类别"), [Source.REPORTED, Source.DOCUMENT, Source.DERIVED])
    organisation = _text(
        gettext_lazy("填报单位"),
        offers="organisations",
        hint=gettext_lazy("来源为“单位填报”时填写，填已登记的单位名称。"),
    )
    direction = _choice(gettext_lazy("方向"), list(Direction))
    numerator = _text(
        gettext_lazy("统计内容（分子）"),
        rows=2,
        hint=gettext_lazy("统计什么，例如“获评市级以上绿色工厂的企业”。"),
    )
    denominator = _text(gettext_lazy("分母"), rows=2, hint=gettext_lazy("只有比率才填。"))
    exclusions = _text(gettext_lazy("不计入"), rows=2)
    period_kind = _text(gettext_lazy("统计周期"), hint=gettext_lazy("例如：年度、季度、时点。"))
    op = forms.ChoiceField(
        label=gettext_lazy("推算方式"),
        required=False,
        choices=lambda: [("", "—"), *((op.value, named(op.label)) for op in Operation)],
        help_text=gettext_lazy(
            "来源为“推算”时选择。比率：指标一 ÷ 指标二；差额：指标一 － 指标二；同比只填指标一；百分点变动填一项（与上年同期比）或两项。"
        ),
    )
    of1 = _text(
        gettext_lazy("指标一"), offers="indicators", hint=gettext_lazy("写成“名称（单位）”，可从提示中选。")
    )
    of2 = _text(gettext_lazy("指标二"), offers="indicators")
    of3 = _text(gettext_lazy("指标三"), offers="indicators", hint=gettext_lazy("只有合计才填。"))
    of4 = _text(gettext_lazy("指标四"), offers="indicators")

    def clean_organisation(self) -> Organisation | None:
        """The organisation whose name was typed."""
        name = str(self.cleaned_data["organisation"]).strip()
        try:
            return organisation_by_name(name) if name else None
        except NotFound as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal

    def clean(self) -> dict[str, Any]:
        """With the operands as references."""
        data = super().clean() or {}
        for number in range(1, _OPERANDS + 1):
            name = f"of{number}"
            written = str(data.get(name) or "").strip()
            data[name] = None
            if written:
                found = _reference(written)
                if found is None:
                    self.add_error(
                        name,
                        _("没有名为“%(name)s”的指标，请写成“名称（单位）”，或先登记。") % {"name": written},
                    )
                data[name] = found
        return data

    def details(self) -> Details:
        """What was filled in, as the act takes it."""
        data = self.cleaned_data
        operands = [data[f"of{number}"] for number in range(1, _OPERANDS + 1)]
        of = [each for each in operands if each is not None]
        return Details(
            source=Source(data["source"] or Source.DOCUMENT.value),
            direction=Direction(data["direction"]),
            numerator=data["numerator"],
            denominator=data["denominator"],
            exclusions=data["exclusions"],
            period_kind=data["period_kind"],
            organisation=data["organisation"],
            formula={"op": data["op"], "of": of} if data["op"] or of else None,
        )


_LABEL = re.compile(r"(?P<name>.+?)(?:[（(](?P<unit>[^（）()]*)[）)])?")


def _reference(written: str) -> Reference | None:
    """What a typed name means in a formula: the code of a computed indicator, else the key of a known one; None if there is none."""
    found = _LABEL.fullmatch(written)
    name, unit = (found["name"], found["unit"]) if found else (written, None)
    for definition in computing.definitions().values():
        if definition.name == name and unit in (None, definition.unit):
            return definition.code
    rows = Indicator.objects.filter(name=name, change="")
    row = (rows.filter(unit=unit) if unit is not None else rows).order_by("pk").first()
    return row.pk if row else None


class DefineForm(DescribeForm):
    """登记指标."""

    name = _text(gettext_lazy("指标名称"), hint=gettext_lazy("文件里怎么称呼就怎么写，例如“绿色工厂”。"))
    unit = _text(gettext_lazy("计量单位"), hint=gettext_lazy("例如：户、项、元、%。"))
    field_order = ("name", "unit")


class TakeForm(ScopedForm):
    """取数."""

    scope = _text(gettext_lazy("所属检查"), offers="inspections")
    reach = _choice(
        gettext_lazy("口径"),
        list(Reach),
        hint=gettext_lazy("公开口径只统计公开属性为“公开”的问题及其任务、措施、佐证，用于对外公布。"),
    )


class DeriveForm(TakeForm):
    """推算."""

    period = _text(
        gettext_lazy("时期"), hint=gettext_lazy("例如：2025年、2025年上半年；由台账指标推算的不填。")
    )
    field_order = ("period", "scope", "reach")


class _ValueForm(forms.Form):
    """A value with its date and its proof."""

    value = _text(
        gettext_lazy("数值"),
        hint=gettext_lazy("一个确定的数，可带单位，例如 10、288.88万元、97.9%。"),
        inputmode="text",
    )
    as_of = _date(gettext_lazy("截至日期"), hint=gettext_lazy("数值统计到哪一天。"))
    file = forms.FileField(
        label=gettext_lazy("佐证材料"),
        required=False,
        allow_empty_file=True,
        help_text=gettext_lazy("能证明数值的报表、证明或截图。"),
    )

    def __init__(self, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._too_large = too_large

    def clean_file(self) -> Any:
        """A file that is not larger than can be kept; whether one is needed, the act says."""
        if self._too_large:
            largest = settings.EVIDENCE_LARGEST // MEGABYTE
            raise forms.ValidationError(
                _("文件超过 %(largest)s MB，请压缩或拆分后再上传。") % {"largest": largest}
            )
        return self.cleaned_data.get("file")


class ReportForm(_ValueForm, ScopedForm):
    """填报指标值."""

    period = _text(
        gettext_lazy("时期"), hint=gettext_lazy("数值说的是哪个时期，例如：2025年、2025年上半年。")
    )
    scope = _text(
        gettext_lazy("所属检查"), offers="inspections", hint=gettext_lazy("与某次检查的整改有关时填写。")
    )
    applies_to = _text(gettext_lazy("适用对象"), hint=gettext_lazy("只说其中一部分时填写，例如“规上企业”。"))
    field_order = ("value", "period", "as_of", "scope", "applies_to", "file")

    def __init__(self, post: Post, *args: Any, too_large: bool = False, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
        self._post, self._too_large = post, too_large


class CorrectForm(_ValueForm):
    """更正指标值."""

    reason = _text(gettext_lazy("更正理由"), rows=2)
    field_order = ("value", "as_of", "reason", "file")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = _("不上传则沿用原来的佐证材料。")


class ReasonForm(forms.Form):
    """撤回指标值."""

    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("请填写“理由”。")},
    )


def too_large(meta: Any) -> bool:
    """Whether a file was dropped while it arrived, being too large."""
    return bool(meta.get(LimitedUpload.TOO_LARGE))
