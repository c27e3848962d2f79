"""What people fill in on the pages of drafts. A form checks only its own shape; what may be done is decided by the actions."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from zhenggai.bulletins.states import Audience, ParagraphRole
from zhenggai.ledger.handling.states import Classification
from zhenggai.ledger.models import Finding
from zhenggai.web.labels import named

_MOST_KEYS = 5000


class DraftForm(forms.Form):
    """An act that needs nothing but itself."""

    use_required_attribute = False

    def __init__(self, key: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"{key}-%s", **kwargs})
        self.build()
        for entry in self.fields.values():
            entry.error_messages["required"] = _("请填写“%(label)s”。") % {"label": entry.label}
            entry.error_messages["invalid"] = _("“%(label)s”填写有误，请核对。") % {"label": entry.label}
            entry.error_messages["invalid_choice"] = _("所选“%(label)s”无效，请重新选择。") % {
                "label": entry.label
            }

    def build(self) -> None:
        """Add the fields."""

    def said(self, name: str) -> Any:
        """What was entered."""
        return self.cleaned_data.get(name)

    @property
    def sentence(self) -> str:
        """The first thing that is wrong with what was entered."""
        return next((str(each) for errors in self.errors.values() for each in errors), "")


def _key(label: str, *, required: bool = True) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, required=required, min_value=0, max_value=2**62, widget=forms.HiddenInput()
    )


def _reason(label: str, hint: str = "") -> forms.CharField:
    return forms.CharField(
        label=label, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=hint
    )


class BaseForm(DraftForm):
    """The version that was on the screen."""

    def build(self) -> None:
        """Add the field."""
        self.fields["base"] = _key(_("所依据的版本"))


class EditForm(BaseForm):
    """修改段落."""

    def build(self) -> None:
        """Add the fields."""
        super().build()
        choices = [(role.value, named(role.label)) for role in ParagraphRole]
        self.fields["role"] = forms.ChoiceField(label=_("类别"), required=False, choices=[("", ""), *choices])
        self.fields["text"] = forms.CharField(label=_("文字"), required=False, strip=False)

    @property
    def role(self) -> ParagraphRole | None:
        """The chosen kind; None for the one that the paragraph has."""
        return ParagraphRole(self.said("role")) if self.said("role") else None


class InsertForm(DraftForm):
    """增加段落: after a paragraph (0: at the beginning), as typed or pasted."""

    def build(self) -> None:
        """Add the fields."""
        self.fields["after"] = _key(_("位置"))
        choices = [(role.value, named(role.label)) for role in ParagraphRole]
        self.fields["role"] = forms.ChoiceField(label=_("类别"), required=False, choices=[("", ""), *choices])
        self.fields["text"] = forms.CharField(label=_("文字"), required=False, strip=False)

    @property
    def role(self) -> ParagraphRole | None:
        """The chosen kind; None to have it read from the text."""
        return ParagraphRole(self.said("role")) if self.said("role") else None


class _SpotForm(DraftForm):
    """A number of a paragraph."""

    def build(self) -> None:
        """Add the fields."""
        self.fields["start"], self.fields["end"] = _key(_("起")), _key(_("止"))


class WaiveForm(_SpotForm):
    """免予绑定."""

    def build(self) -> None:
        """Add the fields."""
        super().build()
        self.fields["reason"] = _reason(_("理由"))


class BindForm(_SpotForm):
    """绑定: the observation on which a number is to rest."""

    def build(self) -> None:
        """Add the fields."""
        super().build()
        self.fields["observation"] = _key(_("来源"))


class RenewForm(DraftForm):
    """按现值改写: bindings, several at once."""

    def build(self) -> None:
        """Add the field."""
        self.fields["bindings"] = forms.CharField(label=_("数字"), widget=forms.HiddenInput())

    @property
    def bindings(self) -> list[int]:
        """Keys of the bindings; nonsense among them is left out."""
        parts = str(self.said("bindings")).split(",")[:_MOST_KEYS]
        return [int(each) for each in parts if each.isascii() and each.isdigit() and len(each) < 19]  # noqa: PLR2004  # 64 bits


class ReasonForm(DraftForm):
    """A reason, which the rule asks for."""

    def build(self) -> None:
        """Add the field."""
        self.fields["reason"] = _reason(_("理由"))


class OpinionForm(DraftForm):
    """An opinion, which may be left out."""

    def build(self) -> None:
        """Add the field."""
        self.fields["reason"] = _reason(_("意见"), _("可不填；填写后记入日志。"))
        self.fields["seen"] = forms.CharField(
            label=_("所看内容的摘要"), required=False, widget=forms.HiddenInput()
        )


class OpenForm(DraftForm):
    """起草文稿."""

    def __init__(self, kinds: Iterable[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        self.kinds = list(kinds)
        super().__init__("open", *args, **kwargs)

    def build(self) -> None:
        """Add the fields."""
        self.fields["kind"] = forms.ChoiceField(label=_("文种"), choices=self.kinds)
        self.fields["audience"] = forms.ChoiceField(
            label=_("公开范围"),
            choices=[(each.value, named(each.label)) for each in Audience],
            widget=forms.RadioSelect(),
            initial=Audience.PUBLIC.value,
        )
        self.fields["title"] = forms.CharField(
            label=_("文稿名称"),
            required=False,
            max_length=200,
            help_text=_("可不填；不填的，按文种和被检查方命名。"),
        )


class ReviseForm(DraftForm):
    """起草更正版."""

    def build(self) -> None:
        """Add the field."""
        self.fields["correction"] = _reason(_("更正说明"), _("写明更正什么、为什么；随新版一起公开。"))


class NamingForm(DraftForm):
    """定公开属性 of chosen problems, with one reason."""

    def __init__(self, rows: Iterable[Finding], *args: Any, **kwargs: Any) -> None:
        self.rows = list(rows)
        super().__init__("naming", *args, **kwargs)

    def build(self) -> None:
        """Add the fields."""
        self.fields["findings"] = forms.MultipleChoiceField(
            label=_("问题"),
            choices=[(str(row.pk), row.title) for row in self.rows],
        )
        self.fields["classification"] = forms.ChoiceField(
            label=_("公开属性"), choices=[(each.value, named(each.label)) for each in Classification]
        )
        self.fields["reason"] = _reason(_("理由"))
        self.fields["findings"].error_messages["required"] = _("没有选中任何问题，请先勾选。")
