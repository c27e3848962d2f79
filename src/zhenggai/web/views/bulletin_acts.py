"""文稿办理: every act on a draft. Each view is a form and the action that it calls; what they share is below in :func:`_deed`."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from zhenggai.bulletins.actions import approving, binding, drafting, publishing
from zhenggai.bulletins.actions.binding import Choice
from zhenggai.bulletins.models import Bulletin, Paragraph
from zhenggai.bulletins.queries import bulletin_seen, held_in
from zhenggai.bulletins.rules import EditConflict
from zhenggai.bulletins.sure import bind_confident
from zhenggai.core.errors import Refusal
from zhenggai.parties.models import Post
from zhenggai.parties.permissions import check
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.bulletin import forms
from zhenggai.web.bulletin.address import Address, Panel, Spot, path_of
from zhenggai.web.bulletin.composer import Refused
from zhenggai.web.bulletin.deeds import DEEDS, row_of
from zhenggai.web.bulletin.names import titles
from zhenggai.web.refusals import status_of
from zhenggai.web.views.bulletin import show

WRONG = 422

Doing = Callable[[Post, Bulletin, Any, Any], tuple[str, str]]
"""Calls the action with the post, the draft, the row and the form that was filled in; says what was done, and at which place to go on."""


def _deed(name: str) -> Callable[[Doing], Callable[..., HttpResponse]]:
    """Make a view of a function that does an act. A refusal is shown at the act's place with what was entered, and nothing has changed."""
    deed = DEEDS[name]

    def decorate(do: Doing) -> Callable[..., HttpResponse]:
        @require_POST
        @posted
        @wraps(do)
        def view(request: PageRequest, post: Post, pk: int, row: int | None = None) -> HttpResponse:
            bulletin = bulletin_seen(post, pk)
            subject = row_of(deed, bulletin, bulletin.pk if row is None else row)
            form = deed.form(name, request.POST)
            try:
                # The permission is asked before what was entered is looked at.
                check(post, deed.act, held_in(post, bulletin.inspection))
                if not form.is_valid():
                    return _refuse(
                        request,
                        post,
                        bulletin,
                        Refused(name, subject.pk, form.sentence, request.POST.dict()),
                        WRONG,
                    )
                said, anchor = do(post, bulletin, subject, form)
            except Refusal as refusal:
                conflict = isinstance(refusal, EditConflict)
                told = Refused(
                    name, subject.pk, refusal.sentence, request.POST.dict(), refusal.facts.get("mine", ""),
                    refusal.facts.get("theirs", ""), conflict,
                )  # fmt: skip
                # Somebody else may have changed the draft meanwhile: the page shows it as it is now.
                return _refuse(request, post, bulletin_seen(post, pk), told, status_of(refusal))
            messages.success(request, said)
            return redirect(_next(bulletin, Address.of(request.GET), name, anchor))

        return view

    return decorate


_REVIEWED = frozenset({"submit", "approve", "send_back", "recall", "publish", "drop"})


def _refuse(request: PageRequest, post: Post, bulletin: Bulletin, told: Refused, status: int) -> HttpResponse:
    """Show the page as it is now, with what was refused at its place."""
    address = Address.of(request.GET)
    if told.name == "edit":
        address = replace(address, edit=told.row, insert=None)
    elif told.name == "insert":
        after = str(told.data.get("after", ""))
        address = replace(address, insert=int(after) if after.isascii() and after.isdigit() else 0, edit=None)
    elif told.name in _REVIEWED:
        address = replace(address, panel=Panel.REVIEW)
    elif told.name == "waive":
        address = replace(address, panel=Panel.FIGURE)
    return show(request, post, bulletin, address, refused=told, status=status)


def _next(bulletin: Bulletin, address: Address, name: str, anchor: str) -> str:
    """Where on the page the reader goes on."""
    if name == "publish":
        return reverse("web:edition", args=[bulletin.edition.pk])
    if name in _REVIEWED:
        return path_of(bulletin.pk, Address(panel=Panel.REVIEW), "panel")
    address = replace(address, edit=None, insert=None, search="")
    if name in ("waive", "bind", "unbind"):
        spot = Spot.of(anchor.removeprefix("f-"))
        address = replace(address, figure=spot or address.figure)
    elif name == "renew":
        address = replace(address, figure=None)
    return path_of(bulletin.pk, address, anchor)


# --- the text ---


@_deed("edit")
def edit(post: Post, _bulletin: Bulletin, row: Paragraph, form: forms.EditForm) -> tuple[str, str]:
    """修改段落."""
    theirs = titles([row.changed_by])[row.changed_by]
    done = drafting.edit(
        paragraph=row, base=form.said("base"), text=form.said("text"), role=form.role, by=post
    )
    said = (
        _("已保存，并合并了 %(who)s 在此期间的修改，请看一遍合并后的文字。") if done.merged else _("已保存。")
    )
    return said % {"who": theirs} if done.merged else said, f"p-{row.pk}"


@_deed("insert")
def insert(post: Post, bulletin: Bulletin, _row: Bulletin, form: forms.InsertForm) -> tuple[str, str]:
    """增加段落."""
    after = (
        Paragraph.objects.filter(bulletin=bulletin, pk=form.said("after")).first()
        if form.said("after")
        else None
    )
    rows = drafting.insert(bulletin=bulletin, after=after, pasted=form.said("text"), role=form.role, by=post)
    return _("已增加 %(number)d 段。") % {"number": len(rows)}, f"p-{rows[0].pk}"


@_deed("remove")
def remove(post: Post, _bulletin: Bulletin, row: Paragraph, form: forms.BaseForm) -> tuple[str, str]:
    """删除段落."""
    drafting.remove(paragraph=row, base=form.said("base"), by=post)
    return _("已删除一段，需要时可在“版本”中恢复。"), "paper"


@_deed("up")
def up(post: Post, _bulletin: Bulletin, row: Paragraph, _form: forms.DraftForm) -> tuple[str, str]:
    """上移."""
    drafting.move(paragraph=row, up=True, by=post)
    return _("已上移。"), f"p-{row.pk}"


@_deed("down")
def down(post: Post, _bulletin: Bulletin, row: Paragraph, _form: forms.DraftForm) -> tuple[str, str]:
    """下移."""
    drafting.move(paragraph=row, up=False, by=post)
    return _("已下移。"), f"p-{row.pk}"


@_deed("restore")
def restore(post: Post, _bulletin: Bulletin, row: Any, _form: forms.DraftForm) -> tuple[str, str]:
    """恢复段落版本."""
    paragraph = drafting.restore(version=row, by=post)
    return _("已恢复为第 %(number)d 个版本的文字。") % {"number": row.number}, f"p-{paragraph.pk}"


# --- what the numbers rest on ---


@_deed("bind")
def bind(post: Post, bulletin: Bulletin, row: Paragraph, form: forms.BindForm) -> tuple[str, str]:
    """绑定数字."""
    choice = Choice(row.pk, form.said("start"), form.said("end"), form.said("observation"))
    made = binding.bind(bulletin=bulletin, choices=[choice], by=post)
    return _("“%(text)s”已绑定来源。") % {"text": made[0].text}, f"f-{row.pk}-{choice.start}-{choice.end}"


@_deed("bind_sure")
def bind_sure(post: Post, bulletin: Bulletin, _row: Bulletin, _form: forms.DraftForm) -> tuple[str, str]:
    """一键绑定有把握的建议."""
    made = bind_confident(bulletin=bulletin, by=post)
    return _("已绑定 %(number)d 个数字，其余请逐个选定来源。") % {"number": len(made)}, "panel"


@_deed("waive")
def waive(post: Post, _bulletin: Bulletin, row: Paragraph, form: forms.WaiveForm) -> tuple[str, str]:
    """免予绑定."""
    start, end = form.said("start"), form.said("end")
    made = binding.waive(paragraph=row, start=start, end=end, reason=form.said("reason"), by=post)
    return _("“%(text)s”免予绑定，理由已记录。") % {"text": made.text}, f"f-{row.pk}-{start}-{end}"


@_deed("unbind")
def unbind(post: Post, _bulletin: Bulletin, row: Any, _form: forms.DraftForm) -> tuple[str, str]:
    """解除绑定."""
    binding.unbind(binding=row, by=post)
    return _("“%(text)s”已解除绑定。") % {"text": row.text}, f"f-{row.paragraph_id}-{row.start}-{row.end}"


@_deed("renew")
def renew(post: Post, bulletin: Bulletin, _row: Bulletin, form: forms.RenewForm) -> tuple[str, str]:
    """按现值改写数字."""
    rows = binding.renew(bulletin=bulletin, bindings=form.bindings, by=post)
    return _("已按现值改写 %(number)d 段中的数字。") % {"number": len(rows)}, f"p-{rows[0].pk}"


# --- the approval ---


@_deed("submit")
def submit(post: Post, bulletin: Bulletin, _row: Bulletin, _form: forms.DraftForm) -> tuple[str, str]:
    """送审."""
    row = approving.submit(bulletin=bulletin, by=post)
    return _("已送审，须经 %(steps)d 步审核。") % {"steps": len(row.chain)}, ""


@_deed("approve")
def approve(post: Post, bulletin: Bulletin, _row: Bulletin, form: forms.OpinionForm) -> tuple[str, str]:
    """审核通过."""
    row = approving.approve(bulletin=bulletin, reason=form.said("reason"), seen=form.said("seen"), by=post)
    return (_("审核通过，文稿已审定。") if row.step == len(row.chain) else _("审核通过，转下一步。")), ""


@_deed("send_back")
def send_back(post: Post, bulletin: Bulletin, _row: Bulletin, form: forms.ReasonForm) -> tuple[str, str]:
    """退回."""
    approving.send_back(bulletin=bulletin, reason=form.said("reason"), by=post)
    return _("文稿已退回起草。"), ""


@_deed("recall")
def recall(post: Post, bulletin: Bulletin, _row: Bulletin, form: forms.ReasonForm) -> tuple[str, str]:
    """撤回修改."""
    approving.recall(bulletin=bulletin, reason=form.said("reason"), by=post)
    return _("文稿已撤回，可以修改。"), ""


@_deed("drop")
def drop(post: Post, bulletin: Bulletin, _row: Bulletin, form: forms.ReasonForm) -> tuple[str, str]:
    """作废."""
    approving.drop(bulletin=bulletin, reason=form.said("reason"), by=post)
    return _("文稿已作废。"), ""


@_deed("publish")
def publish(post: Post, bulletin: Bulletin, _row: Bulletin, _form: forms.DraftForm) -> tuple[str, str]:
    """定版发布."""
    edition = publishing.publish(bulletin=bulletin, by=post)
    return _("已定版：%(code)s 第 %(number)d 版。") % {"code": edition.code, "number": edition.number}, ""
