"""岗位与账号: who may do what, by the security administrator."""

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhenggai.parties import queries
from zhenggai.parties.actions import (
    close_post,
    disable_person,
    enable_person,
    erase_person,
    establish_post,
    reset_factor,
    seat_post,
)
from zhenggai.parties.models import Person, Post
from zhenggai.parties.permissions import why_not
from zhenggai.parties.states import Role
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.administration import FindForm, PostForm, ReasonForm, SeatForm, found_by, words_of
from zhenggai.web.answers import page
from zhenggai.web.filling import Sheet, fill_in
from zhenggai.web.keyset import key_from, page_after
from zhenggai.web.labels import named


@require_safe
@posted
def posts(request: PageRequest, post: Post) -> HttpResponse:
    """The posts, newest first; those in force, or those that are closed."""
    find = FindForm(request.GET)
    words = words_of(find)
    closed = request.GET.get("show") == "closed"
    rows = queries.posts(words, closed=closed).order_by()
    context = {
        "head": [_("岗位"), _("所在单位"), _("角色"), _("任职人员"), _("办理")],
        "tabs": [(_("现有岗位"), "?", not closed, None), (_("已撤销"), "?show=closed", closed, None)],
        "keep": ("&show=closed" if closed else "") + found_by(words),
        "show": "closed" if closed else "",
        "find": find,
        "words": words,
        "new_url": reverse("web:post_new"),
        "why_not": why_not(post, "post.establish"),
        "own": post.pk,
        "page": page_after(rows, "pk", key_from(request.GET.get("before")), newest_first=True),
    }
    return page(request, "web/posts.html", context, parts={"list"})


@require_http_methods(["GET", "HEAD", "POST"])
@posted
def post_new(request: PageRequest, post: Post) -> HttpResponse:
    """Establish a post."""

    def act(data: dict[str, Any]) -> str:
        given = {"code": data["code"], "title": data["title"], "holder": data["holder"], "by": post}
        made = establish_post(organisation=data["organisation_name"], role=Role(data["role"]), **given)
        return _("已设立岗位“%(title)s”。") % {"title": made.title}

    sheet = Sheet(
        title=_("设立岗位"),
        button=_("设立"),
        back=(_("岗位"), reverse("web:posts")),
        hint=_("系统、安全、审计管理员须由不同的人担任，且不得兼任办理台账的岗位。"),
        why_not=why_not(post, "post.establish"),
        offers=_offers() | {"organisations": [(name, "") for name in queries.organisation_names()]},
    )
    return fill_in(request, PostForm(request.POST or None), sheet, act)


@require_http_methods(["GET", "HEAD", "POST"])
@posted
def post_seat(request: PageRequest, post: Post, post_id: int) -> HttpResponse:
    """Seat somebody else, or nobody."""
    row = get_object_or_404(queries.posts(), pk=post_id)

    def act(data: dict[str, Any]) -> str:
        seat_post(post=row, **data, by=post)
        return _("岗位“%(title)s”已换任，原任职人员即刻失去该岗位。") % {"title": row.title}

    sheet = Sheet(
        title=_("换任"),
        button=_("换任"),
        back=(_("岗位"), reverse("web:posts")),
        why_not=why_not(post, "post.seat"),
        facts=_facts(row),
        offers=_offers(),
    )
    return fill_in(request, SeatForm(request.POST or None), sheet, act)


@require_http_methods(["GET", "HEAD", "POST"])
@posted
def post_close(request: PageRequest, post: Post, post_id: int) -> HttpResponse:
    """Close a post."""
    row = get_object_or_404(queries.posts(), pk=post_id)

    def act(data: dict[str, Any]) -> str:
        close_post(post=row, **data, by=post)
        return _("岗位“%(title)s”已撤销。") % {"title": row.title}

    sheet = Sheet(
        title=_("撤销岗位"),
        button=_("撤销岗位"),
        back=(_("岗位"), reverse("web:posts")),
        hint=_("撤销后不能恢复；该岗位以往办理的事项仍保留在日志中。"),
        look="danger",
        why_not=why_not(post, "post.close"),
        facts=_facts(row),
    )
    return fill_in(request, ReasonForm(request.POST or None), sheet, act)


def _facts(row: Post) -> list[tuple[str, str]]:
    holder = f"{row.holder.name}（{row.holder.username}）" if row.holder else _("空缺")
    return [
        (_("岗位"), f"{row.title}（{row.code}）"),
        (_("所在单位"), row.organisation.name),
        (_("角色"), named(Role(row.role).label)),
        (_("任职人员"), holder),
    ]


def _offers() -> dict[str, list[tuple[str, str]]]:
    return {"people": [(person.username, person.name) for person in queries.active_people()]}


@require_safe
@posted
def accounts(request: PageRequest, post: Post) -> HttpResponse:
    """The accounts as the security administrator sees them, newest first."""
    find = FindForm(request.GET)
    words = words_of(find)
    before = key_from(request.GET.get("before"))
    context = {
        "head": [_("登录名"), _("姓名"), _("任职岗位"), _("账号"), _("第二因素"), _("最近登录"), _("办理")],
        "find": find,
        "words": words,
        "own": post.holder_id,
        "keep": found_by(words),
        "page": page_after(queries.people(words), "pk", before, newest_first=True),
    }
    return page(request, "web/accounts.html", context, parts={"list"})


def _on_account(
    title: Callable[[], str], code: str, act: Callable[..., None], done: Callable[[], str], look: str
) -> Callable[..., HttpResponse]:
    """A page on which the security administrator does an act on somebody's account and says why."""

    @require_http_methods(["GET", "HEAD", "POST"])
    @posted
    def view(request: PageRequest, post: Post, person_id: int) -> HttpResponse:
        person = get_object_or_404(Person, pk=person_id)

        def do(data: dict[str, Any]) -> str:
            act(person=person, reason=data["reason"], by=post)
            return done() % {"name": person.name}

        sheet = Sheet(
            title=title(),
            button=title(),
            back=(_("账号"), reverse("web:accounts")),
            look=look,
            why_not=why_not(post, code),
            facts=[(_("登录名"), person.username), (_("姓名"), person.name)],
        )
        return fill_in(request, ReasonForm(request.POST or None), sheet, do)

    return view


person_disable = _on_account(
    lambda: _("停用账号"),
    "person.disable",
    disable_person,
    lambda: _("已停用 %(name)s 的账号，其在用的登录已全部退出。"),
    "danger",
)
person_enable = _on_account(
    lambda: _("启用账号"),
    "person.enable",
    enable_person,
    lambda: _("已启用 %(name)s 的账号。"),
    "primary",
)
factor_reset = _on_account(
    lambda: _("解除第二因素"),
    "factor.reset",
    reset_factor,
    lambda: _("已解除 %(name)s 的第二因素，其在用的登录已全部退出。"),
    "danger",
)
person_erase = _on_account(
    lambda: _("删除个人信息"),
    "person.erase",
    erase_person,
    lambda: _("已删除 %(name)s 的个人信息，日志中的姓名不再可读，核验不受影响。"),
    "danger",
)
