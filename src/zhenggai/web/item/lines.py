"""逐行: a field of which one enters several, each in a line of its own, without a script."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.safestring import SafeString


class LinesWidget(forms.Widget):
    """Several inputs of one name: those that are filled, and some empty ones."""

    use_fieldset = True

    def __init__(self, spare: int = 2, **options: Any) -> None:
        super().__init__(**options)
        self.spare = spare

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:  # noqa: ARG002  # Django's signature
        """The lines, those that are filled first."""
        lines = [*(value or []), *[""] * self.spare]
        attributes = {**self.attrs, **(attrs or {})}
        return render_to_string(
            "web/item/lines.html", {"name": name, "lines": lines, "attributes": attributes}
        )

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> list[str]:  # noqa: ARG002  # Django's signature
        """Every line that says something."""
        lines = data.getlist(name) if isinstance(data, MultiValueDict) else data.get(name, [])
        return [line.strip() for line in lines if line.strip()]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:  # noqa: ARG002  # Django's signature
        """No line is no entry."""
        return name not in data

    def id_for_label(self, id_: str, index: str | None = None) -> str:  # noqa: ARG002  # Django's signature
        """A fieldset's legend names the lines, no label does."""
        return ""


class LinesField(forms.Field):
    """Lines of text, none of them longer than ``longest``."""

    widget = LinesWidget

    def __init__(self, *, longest: int = 200, **options: Any) -> None:
        super().__init__(required=False, **options)
        self.widget.attrs["maxlength"] = longest

    def to_python(self, value: Sequence[str] | None) -> list[str]:
        """Each line once, in order."""
        return list(dict.fromkeys(value or []))
