"""What people fill in on the page of an item. A form checks only its own shape; what may be done is decided by the actions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, TypeVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _

from zhenggai.core.enums import Labelled
from zhenggai.core.errors import Refusal
from zhenggai.ledger.handling.models import Evidence
from zhenggai.ledger.handling.states import (
    Classification,
    Completion,
    Grade,
    Horizon,
    MeasureType,
    WaiverKind,
)
from zhenggai.ledger.models import Measure, Task
from zhenggai.parties.models import Organisation, Post
from zhenggai.parties.queries import organisations_by_name
from zhenggai.web.forms import MEGABYTE
from zhenggai.web.item.lines import LinesField, LinesWidget
from zhenggai.web.labels import named
from zhenggai.web.uploads import LimitedUpload

L = TypeVar("L", bound=Labelled)

YES, NO = "yes", "no"
_REASON = 500


@dataclass(frozen=True)
class About:
    """What the forms of an item offer to choose from.

    Its tasks and measures, own evidence that a new version may replace, officials; the names that the profile gives.
    """

    tasks: Sequence[Task] = ()
    measures: Mapping[int, Sequence[Measure]] = field(default_factory=dict)
    replaceable: Mapping[int, Sequence[Evidence]] = field(default_factory=dict)
    officials: Sequence[Post] = ()
    grades: Mapping[Grade, str] = field(default_factory=dict)
    completions: Mapping[Completion, str] = field(default_factory=dict)
    horizons: Mapping[Horizon, str] = field(default_factory=dict)
    is_immediate: bool = False
    usual_dues: str = ""


class ActForm(forms.Form):
    """办理: the form of one act; ``aliases`` say under which field the rules' sentence about another one is shown."""

    aliases: ClassVar[dict[str, str]] = {}
    use_required_attribute = False

    def __init__(self, key: str, about: About, row: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{key}-%s", **kwargs})
        self.key, self.about, self.row = key, about, row
        self.build()
        for entry in self.fields.values():
            entry.error_messages["required"] = _("请填写“%(label)s”。") % {"label": entry.label}
            entry.error_messages["invalid_choice"] = _("所选“%(label)s”无效，请重新选择。") % {
                "label": entry.label
            }
            entry.error_messages["invalid"] = _("“%(label)s”填写有误，请核对。") % {"label": entry.label}

    def build(self) -> None:
        """Add the fields."""

    def refuse(self, refusal: Refusal) -> None:
        """Show a refusal's sentence by the field that it names, else with the form as a whole."""
        name = refusal.facts.get("field") or ""
        name = self.aliases.get(name, name)
        self.add_error(name if name in self.fields else None, refusal.sentence)

    def said(self, name: str) -> Any:
        """What was entered."""
        return self.cleaned_data.get(name)


def _text(label: str, most: int, *, rows: int = 0, hint: str = "", **attrs: str) -> forms.CharField:
    """A text. Nothing is required here: the rule's sentence says what is missing; and the rule counts the characters."""
    given: dict[str, Any] = dict(attrs)
    widget = forms.Textarea(attrs={"rows": rows, **given}) if rows else forms.TextInput(attrs=given)
    widget.attrs["data-most"] = most
    return forms.CharField(label=label, required=False, widget=widget, help_text=hint)


def _reason(label: str = "", *, hint: str = "") -> forms.CharField:
    return _text(label or _("理由"), _REASON, rows=2, hint=hint)


def _date(label: str, *, required: bool = True, hint: str = "") -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=label, required=required, widget=widget, help_text=hint, input_formats=["%Y-%m-%d"]
    )


def _choice(
    label: str,
    choices: Iterable[tuple[Any, str]],
    *,
    required: bool = True,
    radio: bool = False,
    hint: str = "",
) -> forms.ChoiceField:
    widget = forms.RadioSelect() if radio else forms.Select()
    return forms.ChoiceField(
        label=label, choices=list(choices), required=required, widget=widget, help_text=hint
    )


def _members(kind: type[L], names: Mapping[L, str] | None = None) -> list[tuple[str, str]]:
    return [(member.value, named((names or {}).get(member, member.label))) for member in kind]


def _yes_or_no(yes: str, no: str) -> list[tuple[str, str]]:
    return [(YES, yes), (NO, no)]


class ConfirmForm(ActForm):
    """Nothing to fill in."""


class ReasonForm(ActForm):
    """A reason, which the rule asks for."""

    def build(self) -> None:
        """Add the field."""
        self.fields["reason"] = _reason()


class OpinionForm(ActForm):
    """An opinion, which may be left out."""

    def build(self) -> None:
        """Add the field."""
        self.fields["reason"] = _reason(_("意见"), hint=_("可不填；填写后记入日志。"))


class ClassifyForm(ActForm):
    """公开属性."""

    def build(self) -> None:
        """Add the fields."""
        self.fields["classification"] = _choice(
            _("公开属性"),
            _members(Classification),
            hint=_("敏感事项只有整改办、牵头领导、监督单位和承办单位可见。"),
        )
        self.fields["reason"] = _reason()


class AssignForm(ActForm):
    """落实责任: names of registered units."""

    aliases: ClassVar[dict[str, str]] = {"post": "lead_official"}

    def build(self) -> None:
        """Add the fields."""
        officials = [(post.code, f"{post.holder.name if post.holder else ''} {post.title}") for post in self.about.officials]  # fmt: skip
        units: dict[str, Any] = {"list": "units", "autocomplete": "off"}
        self.fields["lead_official"] = _choice(_("牵头领导"), [("", "—"), *officials], required=False)
        self.fields["lead_unit"] = _text(_("牵头单位"), 200, hint=_("按登记的单位名称填写。"), **units)
        for name, label in (("responsible", _("责任单位")), ("supporting", _("配合单位"))):
            self.fields[name] = LinesField(
                label=label, widget=LinesWidget(attrs=units), help_text=_("每行一个单位，空行不计。")
            )
        self.fields["reason"] = _reason(hint=_("调整已有分工时必填。"))

    def clean(self) -> dict[str, Any]:
        """Put organisations in the place of their names, and the post in that of its code."""
        cleaned: dict[str, Any] = self.cleaned_data
        lines = {
            "lead_unit": [cleaned.get("lead_unit") or ""],
            **{name: cleaned.get(name) or [] for name in ("responsible", "supporting")},
        }
        known = organisations_by_name(name for names in lines.values() for name in names if name)
        for name, names in lines.items():
            for missing in (each for each in names if each and each not in known):
                self.add_error(name, _("没有登记名为“%(name)s”的单位，请核对名称。") % {"name": missing})
            units: list[Organisation] = [known[each] for each in names if each in known]
            cleaned[f"{name}_units"] = units
        posts = {post.code: post for post in self.about.officials}
        cleaned["official"] = posts.get(cleaned.get("lead_official") or "")
        return cleaned


class PlanForm(ActForm):
    """制定任务."""

    def build(self) -> None:
        """Add the fields."""
        self.fields["title"] = _text(_("任务"), 2000, rows=2)
        self.fields["root_cause"] = _text(_("原因分析"), 5000, rows=3)
        self.fields["target"] = _text(_("整改目标"), 2000, rows=2)
        self.fields["indicator"] = _text(
            _("目标指标"), 200, hint=_("目标能用数字衡量时填写，例如“污水集中收集率”。")
        )
        self.fields["unit"] = _text(_("计量单位"), 32)
        self.fields["target_value"] = forms.DecimalField(
            label=_("目标值"), required=False, max_digits=24, decimal_places=6,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        )  # fmt: skip
        self.fields["horizon"] = _choice(
            _("整改时段"), [("", "—"), *_members(Horizon, self.about.horizons)], required=False
        )
        fixed = self.row is not None and self.row.due_on is not None
        hint = _("时限已定；确需推迟，请申请延期。") if fixed else _("定下后不能直接改动，只能申请延期。")
        if not fixed and self.about.usual_dues:
            hint += _("按办理方案：%(dues)s。") % {"dues": self.about.usual_dues}
        self.fields["due_on"] = _date(_("完成时限"), required=False, hint=hint)
        if fixed:
            self.fields["due_on"].widget.attrs["readonly"] = True
        self.fields["due_wording"] = _text(_("时限原文"), 100)
        self.fields["standing"] = forms.BooleanField(label=_("长期坚持"), required=False)
        self.fields["money_total"] = _text(_("问题金额（元）"), 30, inputmode="decimal")
        self.fields["reason"] = _reason(hint=_("可不填；填写后记入日志。"))


class SplitForm(ActForm):
    """拆分任务: the titles of the parts, and to which part each measure goes."""

    MOST = 4

    def build(self) -> None:
        """Add the fields."""
        for number in range(1, self.MOST + 1):
            label = _("第 %(number)d 项任务") % {"number": number}
            self.fields[f"title_{number}"] = _text(label, 2000, hint=_("留用原任务。") if number == 1 else "")
        parts = [
            (str(number), _("第 %(number)d 项") % {"number": number}) for number in range(1, self.MOST + 1)
        ]
        for measure in self._measures():
            label = _("措施 %(number)d 归入") % {"number": measure.number}
            self.fields[f"measure_{measure.pk}"] = _choice(label, parts, hint=measure.text[:40])
        self.fields["reason"] = _reason()

    def _measures(self) -> Sequence[Measure]:
        return self.about.measures.get(self.row.pk, ()) if self.row is not None else ()

    @property
    def parts(self) -> list[tuple[str, list[int]]]:
        """Title and measures of each part; one without either is none."""
        found = []
        for number in range(1, self.MOST + 1):
            title = self.said(f"title_{number}") or ""
            own = [m.pk for m in self._measures() if self.said(f"measure_{m.pk}") == str(number)]
            if title or own:
                found.append((title, own))
        return found

    aliases: ClassVar[dict[str, str]] = {"parts": "title_2"}


class MergeForm(ActForm):
    """合并任务."""

    def build(self) -> None:
        """Add the fields."""
        others = [task for task in self.about.tasks if self.row is None or task.pk != self.row.pk]
        self.fields["into"] = _choice(
            _("并入"), [(str(task.pk), f"{task.number}. {task.title[:40]}") for task in others]
        )
        self.fields["reason"] = _reason()


class MeasureForm(ActForm):
    """增加措施."""

    def build(self) -> None:
        """Add the fields."""
        self.fields["text"] = _text(_("措施"), 20_000, rows=3)
        self.fields["type"] = _choice(_("措施类型"), _members(MeasureType))


class ChangeMeasureForm(MeasureForm):
    """修改措施."""

    def build(self) -> None:
        """Add the fields."""
        super().build()
        self.fields["reason"] = _reason()


class ReportForm(ActForm):
    """填报进展."""

    def build(self) -> None:
        """Add the fields."""
        self.fields["period"] = _text(
            _("填报时期"), 32, hint=_("例如 2026年11月。同一时期再次填报即修改草稿。")
        )
        self.fields["narrative"] = _text(_("进展情况"), 20_000, rows=6)
        self.fields["completion"] = _choice(_("完成情况"), _members(Completion, self.about.completions))
        measures = self.about.measures.get(self.row.pk, ()) if self.row is not None else ()
        if measures:
            self.fields["measures_done"] = forms.MultipleChoiceField(
                label=_("已落实措施"), required=False, widget=forms.CheckboxSelectMultiple(),
                choices=[(str(m.pk), f"{m.number}. {m.text[:60]}") for m in measures],
            )  # fmt: skip
        self.fields["money_done"] = _text(
            _("已整改金额（元）"), 30, hint=_("累计数；不涉及金额的不填。"), inputmode="decimal"
        )


class AttachForm(ActForm):
    """提交佐证."""

    def build(self) -> None:
        """Add the fields."""
        measures = self.about.measures.get(self.row.pk, ()) if self.row is not None else ()
        pieces = self.about.replaceable.get(self.row.pk, ()) if self.row is not None else ()
        self.fields["file"] = forms.FileField(
            label=_("文件"), allow_empty_file=True,
            help_text=_("PDF、OFD、Word、Excel、WPS、文本、图片、音视频或 zip，不超过 %(limit)d MB。")
            % {"limit": settings.EVIDENCE_LARGEST // MEGABYTE},
        )  # fmt: skip
        self.fields["title"] = _text(_("名称"), 200, hint=_("不填时用文件名。"))
        self.fields["measure"] = _choice(
            _("证明"),
            [("", _("任务整体")), *((str(m.pk), f"{m.number}. {m.text[:40]}") for m in measures)],
            required=False,
        )
        self.fields["effective_on"] = _date(_("形成日期"), hint=_("材料印发、拍摄的日期，不是上传日期。"))
        self.fields["classification"] = _choice(_("公开属性"), _members(Classification))
        if pieces:
            self.fields["replaces"] = _choice(
                _("替换旧版"),
                [("", _("不替换，另交一份")), *((str(p.pk), f"{p.title}（v{p.version}）") for p in pieces)],
                required=False,
            )


class ReviewForm(ActForm):
    """审核佐证."""

    def build(self) -> None:
        """Add the fields."""
        self.fields["accepted"] = _choice(_("审核结论"), _yes_or_no(_("采信"), _("不予采信")), radio=True)
        self.fields["reason"] = _reason(_("审核意见"), hint=_("不予采信时必填。"))


class FigureForm(ActForm):
    """采纳填报数字."""

    def build(self) -> None:
        """Add the field."""
        self.fields["accepted"] = _choice(_("核定"), _yes_or_no(_("采纳"), _("不采纳")))


class ExtensionForm(ActForm):
    """申请延期."""

    def build(self) -> None:
        """Add the fields."""
        self.fields["to_on"] = _date(_("申请时限"))
        self.fields["reason"] = _reason()


class WaiverForm(ActForm):
    """请示豁免."""

    def build(self) -> None:
        """Add the fields."""
        measures = self.about.measures.get(self.row.pk, ()) if self.row is not None else ()
        self.fields["kind"] = _choice(_("豁免事项"), _members(WaiverKind))
        self.fields["measure"] = _choice(
            _("措施"),
            [("", _("任务整体")), *((str(m.pk), f"{m.number}. {m.text[:40]}") for m in measures)],
            required=False,
            hint=_("只对“免附佐证”有用。"),
        )
        self.fields["expires_on"] = _date(_("有效期至"))
        self.fields["reason"] = _reason()


class DecideForm(ActForm):
    """批复."""

    aliases: ClassVar[dict[str, str]] = {"reason": "decision"}

    def build(self) -> None:
        """Add the fields."""
        self.fields["approved"] = _choice(_("批复"), _yes_or_no(_("批准"), _("不批准")), radio=True)
        self.fields["decision"] = _reason(_("批复意见"), hint=_("不批准时必填；豁免的批复都要写明意见。"))


class ApplyForm(ActForm):
    """申请销号."""

    def build(self) -> None:
        """Add the fields."""
        self.fields["grade"] = _choice(_("销号等次"), _members(Grade, self.about.grades), radio=True)
        self.fields["text"] = _text(
            _("申请说明"), 5000, rows=5, hint=_("写明整改结果；不再整改的写明客观原因和后续安排。")
        )
        self.fields["next_check_on"] = _date(
            _("下次复查日期"), required=False, hint=_("按“取得阶段性成效并长期坚持”销号时必填。")
        )
        if self.about.is_immediate:
            self.fields["short"] = forms.BooleanField(
                label=_("走立行立改程序"), required=False, help_text=_("任务全部为立行立改，审核从简。")
            )


class RelapseForm(ActForm):
    """登记复发."""

    def build(self) -> None:
        """Add the fields."""
        self.fields["found_on"] = _date(_("发现日期"))
        self.fields["reason"] = _reason(_("复发情况"))


class StandingForm(ActForm):
    """长期坚持复查."""

    aliases: ClassVar[dict[str, str]] = {"reason": "text"}

    def build(self) -> None:
        """Add the fields."""
        self.fields["held"] = _choice(
            _("复查结论"), _yes_or_no(_("坚持到位"), _("没有坚持，登记复发")), radio=True
        )
        self.fields["text"] = _text(_("复查情况"), _REASON, rows=2)
        self.fields["next_check_on"] = _date(_("下次复查日期"), required=False)


class EvidenceUpload:
    """Whether what arrived with an upload was cut off as too large."""

    @staticmethod
    def refused(meta: Mapping[str, Any]) -> str:
        """The sentence, or nothing."""
        if not meta.get(LimitedUpload.TOO_LARGE):
            return ""
        return _("文件超过上限 %(limit)d MB，请压缩或拆分后再上传。") % {
            "limit": settings.EVIDENCE_LARGEST // MEGABYTE
        }


def this_month(today: date) -> str:
    """填报时期 that is offered first."""
    return f"{today.year}年{today.month}月"
