"""Forms of the administrators' pages. A form checks only its own shape; what may be done is decided by the actions."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zhenggai.core.errors import NotFound
from zhenggai.parties.models import Organisation, Person
from zhenggai.parties.queries import organisation_by_name, person_by_username
from zhenggai.parties.states import OrganisationLevel, Role
from zhenggai.web.labels import named


class _Choice(forms.ChoiceField):
    """A choice whose official terms are shown in the reader's language."""

    def __init__(self, kinds: type[Role] | type[OrganisationLevel], **options: Any) -> None:
        super().__init__(choices=lambda: [(kind.value, named(kind.label)) for kind in kinds], **options)


def _text(label: Any, *, offers: str = "", **options: Any) -> forms.CharField:
    attrs = {"list": offers, "autocomplete": "off"} if offers else {"autocomplete": "off"}
    return forms.CharField(label=label, widget=forms.TextInput(attrs=attrs), **options)


def _password() -> forms.CharField:
    return forms.CharField(
        label=gettext_lazy("初始密码"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=gettext_lazy(
            "至少 10 个字符，不要用常见的词或本人姓名。请当面告知本人，并请其登录后自行更换。"
        ),
    )


class _Form(forms.Form):
    """A form whose empty fields are named in their own sentence."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["required"] = _("请填写“%(label)s”。") % {"label": field.label}

    def organisation(self, field: str) -> Organisation | None:
        """The organisation whose name was typed; none if nothing was."""
        name = self.cleaned_data[field].strip()
        try:
            return organisation_by_name(name) if name else None
        except NotFound as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


class FindForm(forms.Form):
    """查找: words that what is looked for contains."""

    named = _text(gettext_lazy("查找"), required=False, max_length=64)


def words_of(find: FindForm) -> str:
    """What is looked for; nothing if that is nonsense."""
    return str(find.cleaned_data["named"]) if find.is_valid() else ""


def found_by(words: str) -> str:
    """The search as a further parameter of the next page's address."""
    return f"&{urlencode({'named': words})}" if words else ""


class ReasonForm(_Form):
    """理由: what the journal keeps as the reason."""

    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("记入日志，例如文号或调令。"),
    )


class PersonForm(_Form):
    """登记人员."""

    username = _text(
        gettext_lazy("登录名"), max_length=64, help_text=gettext_lazy("字母、数字、下划线和连字符。")
    )
    name = _text(gettext_lazy("姓名"), max_length=64)
    password = _password()


class PasswordForm(_Form):
    """重置密码."""

    password = _password()


class OrganisationForm(_Form):
    """登记或变更单位."""

    name = _text(gettext_lazy("单位名称"), max_length=200)
    level = _Choice(OrganisationLevel, label=gettext_lazy("层级"))
    parent = _text(
        gettext_lazy("上级单位"),
        offers="organisations",
        required=False,
        max_length=200,
        help_text=gettext_lazy("填已登记的单位名称；最上级的单位不填。"),
    )

    def clean_parent(self) -> Organisation | None:
        """The organisation above."""
        return self.organisation("parent")


class HolderForm(_Form):
    """任职人员: by log-in name; empty leaves the post vacant."""

    holder = _text(
        gettext_lazy("任职人员（登录名）"),
        offers="people",
        required=False,
        max_length=64,
        help_text=gettext_lazy("留空表示空缺。"),
    )

    def clean_holder(self) -> Person | None:
        """The person whose log-in name was typed."""
        username = self.cleaned_data["holder"].strip()
        try:
            return person_by_username(username) if username else None
        except NotFound as refusal:
            raise forms.ValidationError(refusal.sentence) from refusal


class SeatForm(HolderForm, ReasonForm):
    """换任."""

    field_order = ("holder", "reason")


class PostForm(HolderForm):
    """设立岗位."""

    code = _text(
        gettext_lazy("岗位代码"), max_length=64, help_text=gettext_lazy("字母、数字、下划线和连字符。")
    )
    title = _text(gettext_lazy("岗位名称"), max_length=100)
    organisation_name = _text(gettext_lazy("所在单位"), offers="organisations", max_length=200)
    role = _Choice(Role, label=gettext_lazy("角色"))
    field_order = ("code", "title", "organisation_name", "role", "holder")

    def clean_organisation_name(self) -> Organisation | None:
        """The organisation in which the post is."""
        return self.organisation("organisation_name")


class JournalForm(forms.Form):
    """日志筛选."""

    act = forms.ChoiceField(label=gettext_lazy("行为"), required=False)
    who = _text(gettext_lazy("姓名、登录名或岗位代码（写全）"), required=False, max_length=64)
    since = forms.DateField(
        label=gettext_lazy("自"), required=False, widget=forms.TextInput(attrs={"type": "date"})
    )
    until = forms.DateField(
        label=gettext_lazy("至"), required=False, widget=forms.TextInput(attrs={"type": "date"})
    )

    def __init__(self, acts: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["act"]
        if isinstance(choice, forms.ChoiceField):
            choice.choices = [("", _("全部")), *acts]
