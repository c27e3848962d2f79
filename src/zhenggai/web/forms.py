"""What people fill in. A form checks only its own shape; what may be done is decided by the actions."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhenggai.ledger.handling.profiles import Profile
from zhenggai.ledger.handling.states import ParticipantRole, Review, Schedule
from zhenggai.ledger.imports import LARGEST
from zhenggai.ledger.kinds import KINDS, Field, FieldType
from zhenggai.ledger.states import Kind
from zhenggai.parties.models import Organisation, Post
from zhenggai.web.labels import named
from zhenggai.web.uploads import LimitedUpload

MEGABYTE = 1024 * 1024


class LogInForm(AuthenticationForm):
    """登录: the same words for an unknown name, a wrong password and a closed account."""

    error_messages = {
        "invalid_login": gettext_lazy("登录名或密码不正确，请核对后重试。"),
        "inactive": gettext_lazy("登录名或密码不正确，请核对后重试。"),
    }

    def __init__(self, request: HttpRequest | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(request, *args, **kwargs)
        for name, label in (("username", _("登录名")), ("password", _("密码"))):
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = _("请填写“%(label)s”。") % {"label": label}


class CodeForm(forms.Form):
    """动态码: what the authenticator shows."""

    code = forms.CharField(
        label=gettext_lazy("动态码"),
        max_length=16,
        help_text=gettext_lazy("手机验证器当前显示的六位数字，半分钟换一次。"),
        error_messages={"required": gettext_lazy("请填写动态码。")},
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
        ),
    )


class OwnPasswordForm(forms.Form):
    """更换本人密码: the old one too, so that an unattended screen is not enough."""

    old = forms.CharField(
        label=gettext_lazy("原密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
        error_messages={"required": gettext_lazy("请填写原密码。")},
    )
    new = forms.CharField(
        label=gettext_lazy("新密码"),
        strip=False,
        help_text=gettext_lazy("至少 10 个字符，不要用常见的词或自己的姓名。"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("请填写新密码。")},
    )
    again = forms.CharField(
        label=gettext_lazy("再输入一次新密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": gettext_lazy("请再输入一次新密码。")},
    )

    def clean_again(self) -> Any:
        """The new password twice alike."""
        again = self.cleaned_data["again"]
        if again != self.cleaned_data.get("new", again):
            raise forms.ValidationError(_("两次输入的新密码不一致，请重新输入。"))
        return again


class UploadForm(forms.Form):
    """读入文件: the document, and to which inspection it belongs where the document does not say."""

    file = forms.FileField(label=gettext_lazy("文件"), allow_empty_file=True, required=False)
    inspection = forms.CharField(label=gettext_lazy("所属检查"), required=False, max_length=32)

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inspection"].widget.attrs |= {"list": "codes", "autocomplete": "off"}
        self._too_large = bool(request.META.get(LimitedUpload.TOO_LARGE))

    def clean_file(self) -> Any:
        """A file that is there, not empty, and not larger than can be read."""
        file = self.cleaned_data.get("file")
        if self._too_large or (file and (file.size or 0) > LARGEST):
            raise forms.ValidationError(
                _("文件超过上限 %(limit)d MB，请拆分后再读入。") % {"limit": LARGEST // MEGABYTE}
            )
        if not file:
            raise forms.ValidationError(_("请选择要读入的文件。"))
        if not file.size:
            raise forms.ValidationError(_("文件“%(name)s”是空的，请检查后重新选择。") % {"name": file.name})
        return file


class FilterForm(forms.Form):
    """筛选 of the three lists; an empty field wants everything."""

    def __init__(self, profile: Profile, units: Iterable[Organisation], given: Any) -> None:
        super().__init__(given, auto_id="filter-%s")
        everything = [("", _("全部"))]
        named_by = {
            "schedule": (_("进度"), [(m.value, m.label) for m in Schedule]),
            "completion": (_("完成情况"), [(m.value, label) for m, label in profile.completion.items()]),
            "review": (_("审核情况"), [(m.value, m.label) for m in Review]),
            "horizon": (_("整改时段"), [(m.value, time.label) for m, time in profile.horizons.items()]),
        }
        for name, (label, values) in named_by.items():
            choices = [*everything, *((value, named(shown)) for value, shown in values)]
            self.fields[name] = forms.ChoiceField(label=label, required=False, choices=choices)
        choices = [*everything, *((str(unit.pk), unit.name) for unit in units)]
        self.fields["unit"] = forms.ChoiceField(label=_("单位"), required=False, choices=choices)


class ProfileForm(forms.Form):
    """办理方案 of an inspection."""

    def __init__(self, profiles: Mapping[str, Profile], chosen: str) -> None:
        super().__init__(initial={"profile": chosen}, auto_id="profile-%s")
        choices = [(code, named(profile.name)) for code, profile in profiles.items()]
        self.fields["profile"] = forms.ChoiceField(label=_("办理方案"), choices=choices, required=False)


class AppointForm(forms.Form):
    """明确检查角色: a role of the leading group with a post, or one of a unit with the unit's name."""

    def __init__(
        self,
        roles: Iterable[ParticipantRole],
        *,
        posts: Iterable[Post] | None = None,
        units: Iterable[str] = (),
        given: Any = None,
    ) -> None:
        kind = "unit" if posts is None else "post"
        kept = {name: given.get(name, "") for name in ("role", kind)} if given else None
        super().__init__(initial=kept, auto_id=f"{kind}-%s")
        choices = [(role.value, named(role.label)) for role in roles]
        self.fields["role"] = forms.ChoiceField(label=_("角色"), choices=choices, required=False)
        self.units = list(units)
        if posts is None:
            widget = forms.TextInput(attrs={"list": "units", "autocomplete": "off"})
            self.fields["unit"] = forms.CharField(label=_("单位"), required=False, widget=widget)
        else:
            seats = [
                (str(post.pk), f"{post.holder.name} · {post.title}" if post.holder else post.title)
                for post in posts
            ]
            self.fields["post"] = forms.ChoiceField(
                label=_("岗位"), required=False, choices=[("", "—"), *seats]
            )


class CorrectionForm(forms.Form):
    """更正: the fields of the item's kind, filled with what holds; their content is checked by the action."""

    def __init__(self, kind: Kind, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "field-%s", **kwargs})
        for field in KINDS[kind].fields:
            self.fields[field.name] = _entry(field)
        self.fields["reason"] = forms.CharField(
            label=_("更正理由"), required=False, max_length=500, help_text=_("可不填；填写后记入日志。")
        )

    @property
    def content(self) -> dict[str, Any]:
        """What the item is to say; reason apart."""
        return {name: value for name, value in self.cleaned_data.items() if name != "reason"}


def _entry(field: Field) -> forms.Field:
    """The form field for a field of an item. Nothing is required here: the action's sentence says what is missing."""
    label = named(field.label)
    if field.form is FieldType.FLAG:
        return forms.BooleanField(label=label, required=False)
    if field.form is FieldType.CHOICE:
        choices = [(member.value, named(member.label) or "—") for member in field.choices or ()]
        if field.required and field.choices:
            choices = [(value, shown) for value, shown in choices if value]
        return forms.ChoiceField(label=label, required=False, choices=choices)
    return forms.CharField(
        label=label, required=False, widget=_widget(field), help_text=_help(field), strip=True
    )


def _widget(field: Field) -> forms.Widget:
    if field.form is FieldType.LONG:
        return forms.Textarea(attrs={"rows": 4})
    if field.form is FieldType.DATE:
        return forms.TextInput(attrs={"type": "date"})
    if field.form is FieldType.NUMBER:
        return forms.TextInput(attrs={"inputmode": "decimal"})
    return forms.TextInput()


def _help(field: Field) -> str:
    if field.form is FieldType.LIST:
        return _("多个之间用顿号“、”隔开。")
    if field.form is FieldType.NUMBER:
        return _("以基本单位计，例如 288.88 万元填 2888800。")
    return ""


def entered(kind: Kind, content: dict[str, Any]) -> dict[str, Any]:
    """An item's content as the correction form shows it."""
    return {
        field.name: "、".join(content.get(field.name) or [])
        if field.form is FieldType.LIST
        else content.get(field.name, "")
        for field in KINDS[kind].fields
    }
