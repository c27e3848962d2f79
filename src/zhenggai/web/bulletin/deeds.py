"""文稿办理: every act on a draft, with what it is done to and its form. Addresses and views follow this table."""

from dataclasses import dataclass
from typing import Any

from zhenggai.bulletins.actions import approving, binding, drafting, publishing  # noqa: F401  # enter their acts in the catalogue
from zhenggai.bulletins.models import Binding, Bulletin, Paragraph, ParagraphVersion
from zhenggai.core.errors import NotFound
from zhenggai.journal.acts import CATALOGUE
from zhenggai.web.bulletin import forms


@dataclass(frozen=True)
class Deed:
    """An act on a draft: its name in addresses, its code, on what it is done (empty: the draft itself), its form, how its button looks."""

    name: str
    act: str
    subject: str
    form: type[forms.DraftForm]
    look: str = "secondary"

    @property
    def label(self) -> str:
        """The act's Chinese name."""
        return CATALOGUE[self.act].label


DEEDS: dict[str, Deed] = {
    deed.name: deed
    for deed in (
        Deed("edit", "bulletin.edit", "paragraph", forms.EditForm, "primary"),
        Deed("insert", "bulletin.insert", "", forms.InsertForm, "primary"),
        Deed("remove", "bulletin.remove", "paragraph", forms.BaseForm),
        Deed("up", "bulletin.move", "paragraph", forms.DraftForm),
        Deed("down", "bulletin.move", "paragraph", forms.DraftForm),
        Deed("waive", "bulletin.waive", "paragraph", forms.WaiveForm),
        Deed("bind", "bulletin.bind", "paragraph", forms.BindForm, "primary"),
        Deed("bind_sure", "bulletin.bind", "", forms.DraftForm, "primary"),
        Deed("unbind", "bulletin.unbind", "binding", forms.DraftForm),
        Deed("renew", "bulletin.renew", "", forms.RenewForm, "primary"),
        Deed("restore", "bulletin.restore", "version", forms.DraftForm),
        Deed("submit", "bulletin.submit", "", forms.DraftForm, "primary"),
        Deed("approve", "bulletin.approve", "", forms.OpinionForm, "primary"),
        Deed("send_back", "bulletin.return", "", forms.ReasonForm),
        Deed("recall", "bulletin.recall", "", forms.ReasonForm),
        Deed("publish", "bulletin.publish", "", forms.DraftForm, "primary"),
        Deed("drop", "bulletin.drop", "", forms.ReasonForm, "danger"),
    )
}
"""By their names in addresses."""


def row_of(deed: Deed, bulletin: Bulletin, pk: int) -> Any:
    """The row on which an act is done, if it belongs to the draft; NotFound else."""
    rows: dict[str, Any] = {
        "": lambda: Bulletin.objects.filter(pk=bulletin.pk),
        "paragraph": lambda: Paragraph.objects.filter(bulletin=bulletin),
        "binding": lambda: Binding.objects.filter(bulletin=bulletin),
        "version": lambda: ParagraphVersion.objects.filter(bulletin=bulletin),
    }
    found = rows[deed.subject]().filter(pk=pk).first()
    if found is None:
        raise NotFound("要办理的内容已不存在，请刷新页面。")
    return found
