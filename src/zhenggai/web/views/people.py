"""人员: accounts without rights, by the system administrator."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from zhenggai.parties import queries
from zhenggai.parties.actions import change_password, register_person
from zhenggai.parties.models import Person, Post
from zhenggai.parties.permissions import why_not
from zhenggai.web.access import PageRequest, posted
from zhenggai.web.administration import FindForm, PasswordForm, PersonForm, found_by, words_of
from zhenggai.web.answers import page
from zhenggai.web.filling import Sheet, fill_in
from zhenggai.web.keyset import key_from, page_after


@require_safe
@posted
def people(request: PageRequest, post: Post) -> HttpResponse:
    """The accounts, newest first."""
    find = FindForm(request.GET)
    words = words_of(find)
    before = key_from(request.GET.get("before"))
    context = {
        "head": [_("登录名"), _("姓名"), _("任职岗位"), _("账号"), _("第二因素"), _("办理")],
        "find": find,
        "words": words,
        "new_url": reverse("web:person_new"),
        "why_not": why_not(post, "person.register"),
        "keep": found_by(words),
        "page": page_after(queries.people(words), "pk", before, newest_first=True),
    }
    return page(request, "web/people.html", context, parts={"list"})


@require_http_methods(["GET", "HEAD", "POST"])
@posted
def person_new(request: PageRequest, post: Post) -> HttpResponse:
    """Register a person; rights come later, from the security administrator."""
    sheet = Sheet(
        title=_("登记人员"),
        button=_("登记"),
        back=(_("人员"), reverse("web:people")),
        hint=_("登记后只有账号、没有权限；岗位由安全管理员安排。"),
        why_not=why_not(post, "person.register"),
    )
    return fill_in(
        request,
        PersonForm(request.POST or None),
        sheet,
        lambda data: _("已登记 %(name)s。") % {"name": register_person(**data, by=post).name},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@posted
def person_password(request: PageRequest, post: Post, person_id: int) -> HttpResponse:
    """Reset somebody's password; his sessions end."""
    person = get_object_or_404(Person, pk=person_id)

    def act(data: dict[str, str]) -> str:
        change_password(person=person, password=data["password"], by=post)
        return _("已重置 %(name)s 的密码，其在用的登录已全部退出。") % {"name": person.name}

    sheet = Sheet(
        title=_("重置密码"),
        button=_("重置密码"),
        back=(_("人员"), reverse("web:people")),
        why_not=why_not(post, "person.password"),
        facts=[(_("登录名"), person.username), (_("姓名"), person.name)],
    )
    return fill_in(request, PasswordForm(request.POST or None), sheet, act)
