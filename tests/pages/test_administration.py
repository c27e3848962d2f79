"""The administrators' pages: each sees only his own, and does on them what his part of the work is."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import people
from tests.pages.conftest import client_of
from tests.pages.strangers import check_strangers, statements
from zhenggai.journal.verify import verify
from zhenggai.parties.actions import register_organisation
from zhenggai.parties.factors import factor_of
from zhenggai.parties.models import Organisation, Person, Post
from zhenggai.parties.states import OrganisationLevel, Role

NEW = "另一个好记的-passphrase"
LISTS = ["people", "organisations", "posts", "accounts", "journal"]


def said(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("name", LISTS)
def test_strangers_get_nothing(at_stranger: Client, name: str):
    check_strangers(at_stranger, reverse(f"web:{name}"))


@pytest.mark.parametrize("name", LISTS)
def test_who_works_on_the_ledger_is_told_that_there_is_no_such_page(
    at_office: Client, at_reader: Client, name: str
):
    for client in (at_office, at_reader):
        assert client.get(reverse(f"web:{name}")).status_code == 404


@pytest.mark.parametrize("name", ["people", "organisations", "posts", "accounts"])
def test_statements_do_not_grow_with_the_rows(at_system: Client, at_security: Client, name: str):
    client = at_system if name in ("people", "organisations") else at_security
    url = reverse(f"web:{name}")
    before = statements(client, url)
    for number in range(5):
        people.post(f"p{number}", f"人{number}", Role.READER)
        people.organisation(f"单位{number}")
    assert statements(client, url) == before


@pytest.mark.parametrize(
    ("who", "own", "others"),
    [
        ("system", ["人员", "单位"], ["岗位", "日志", "检查", "读入文件"]),
        ("security", ["岗位", "账号"], ["人员", "日志", "检查", "读入文件"]),
        ("audit", ["日志"], ["人员", "单位", "岗位", "检查", "读入文件"]),
    ],
)
def test_the_navigation_shows_only_what_is_theirs(request, who: str, own: list[str], others: list[str]):
    client = request.getfixturevalue(f"at_{who}")
    page = said(client.get("/", follow=True))
    places = page[page.index('class="places"') : page.index("masthead-end")]
    assert all(f">{name}<" in places for name in own)
    assert not any(f">{name}<" in places for name in others)


class TestPeople:
    def test_registering(self, at_system: Client):
        answer = at_system.post(
            reverse("web:person_new"), {"username": "wang", "name": "王某", "password": NEW}, follow=True
        )
        assert "已登记 王某" in said(answer)
        assert Person.objects.get(username="wang").check_password(NEW)
        assert "wang" in said(answer)

    @pytest.mark.usefixtures("office")
    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"username": ""}, "请填写“登录名”"),
            ({"username": "office"}, "已有人使用"),
            ({"username": "王 某"}, "只能由字母"),
            ({"password": "123"}, "密码"),
        ],
    )
    def test_refusals_keep_the_form(self, at_system: Client, given, sentence: str):
        answer = at_system.post(
            reverse("web:person_new"), {"username": "wang", "name": "王某", "password": NEW, **given}
        )
        assert answer.status_code in (409, 422)
        assert sentence in said(answer)
        assert 'value="王某"' in said(answer)
        assert NEW not in said(answer)

    def test_resetting_a_password_ends_sessions(self, at_system: Client, office: Post):
        elsewhere = client_of(office.holder)
        url = reverse("web:person_password", args=[office.holder_id])
        assert "已重置 甲 的密码" in said(at_system.post(url, {"password": NEW}, follow=True))
        assert elsewhere.get("/").status_code == 302
        assert at_system.get(reverse("web:person_password", args=[10**6])).status_code == 404

    def test_finding_and_paging(self, at_system: Client):
        for number in range(35):
            people.person(f"p{number:02}", f"人{number:02}")
        url = reverse("web:people")
        first = said(at_system.get(url))
        assert "p34" in first
        assert "p00" not in first
        key = first.split("before=")[1].split('"')[0]
        assert "p00" in said(at_system.get(f"{url}?before={key}"))
        found = said(at_system.get(f"{url}?named=p0"))
        assert "p09" in found
        assert "p10" not in found
        assert "没有符合条件的人员" in said(at_system.get(f"{url}?named=nobody"))


class TestOrganisations:
    def test_registering_moving_and_the_tree(self, at_system: Client):
        county = register_organisation(name="浅溪县", level=OrganisationLevel.COUNTY, by=people.SYSTEM)
        new = reverse("web:organisation_new") + f"?above={county.pk}"
        assert 'value="浅溪县"' in said(at_system.get(new))
        answer = at_system.post(
            new, {"name": "浅溪县水务局", "level": "department", "parent": "浅溪县"}, follow=True
        )
        assert "已登记 浅溪县水务局" in said(answer)
        assert answer.redirect_chain[-1][0].endswith(f"?above={county.pk}")
        bureau = Organisation.objects.get(name="浅溪县水务局")
        top = said(at_system.get(reverse("web:organisations")))
        assert f"?above={county.pk}" in top
        assert "水务局" not in top
        change = reverse("web:organisation_change", args=[bureau.pk])
        assert 'value="浅溪县水务局"' in said(at_system.get(change))
        assert "已变更 浅溪县水利局" in said(
            at_system.post(change, {"name": "浅溪县水利局", "level": "department", "parent": ""}, follow=True)
        )
        assert "浅溪县水利局" in said(at_system.get(reverse("web:organisations") + "?named=水利"))
        assert verify().sound

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"name": "岚江市委巡视整改办"}, "已经登记"),
            ({"parent": "没有这个局"}, "没有登记名为"),
            ({"level": "section"}, "科室须写明上级单位"),
            ({"level": "galaxy"}, "galaxy"),
        ],
    )
    def test_refusals_keep_the_form(self, at_system: Client, given, sentence: str):
        stated = {"name": "某局", "level": "department", "parent": "", **given}
        answer = at_system.post(reverse("web:organisation_new"), stated)
        assert answer.status_code in (409, 422)
        assert sentence in said(answer)


class TestPosts:
    def stated(self, **given: str) -> dict[str, str]:
        return {
            "code": "clerk", "title": "水务局填报岗", "organisation_name": "岚江市委巡视整改办", "role": "filler",
            "holder": "stranger", **given,
        }  # fmt: skip

    @pytest.mark.usefixtures("reader")
    def test_establishing_seating_and_closing(self, at_security: Client, stranger: Person):
        answer = at_security.post(reverse("web:post_new"), self.stated(), follow=True)
        assert "已设立岗位“水务局填报岗”" in said(answer)
        post = Post.objects.get(code="clerk")
        assert post.holder == stranger
        seat = reverse("web:post_seat", args=[post.pk])
        assert "丁（stranger）" in said(at_security.get(seat))
        answer = at_security.post(seat, {"holder": "reader", "reason": "人事调整"}, follow=True)
        assert "已换任" in said(answer)
        close = reverse("web:post_close", args=[post.pk])
        assert "请填写“理由”" in said(at_security.post(close, {"reason": ""}))
        answer = at_security.post(close, {"reason": "撤并"}, follow=True)
        assert "已撤销" in said(answer)
        assert at_security.get(close).status_code == 404
        assert "水务局填报岗" in said(at_security.get(reverse("web:posts") + "?show=closed"))
        assert "水务局填报岗" not in said(at_security.get(reverse("web:posts") + "?named=clerk"))
        assert verify().sound

    @pytest.mark.usefixtures("reader")
    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({"holder": "nobody"}, "没有登录名为“nobody”的账号"),
            ({"organisation_name": "没有这个局"}, "没有登记名为"),
            ({"code": "reader"}, "已经使用"),
            ({"role": "audit", "holder": "reader"}, "系统、安全、审计管理员须由不同的人担任"),
            ({"holder": "security"}, "已任“安全管理员”岗位"),
        ],
    )
    def test_refusals_keep_the_form(self, at_security: Client, given, sentence: str):
        answer = at_security.post(reverse("web:post_new"), self.stated() | {"holder": ""} | given)
        assert answer.status_code in (409, 422)
        assert sentence in said(answer)
        assert 'value="水务局填报岗"' in said(answer)

    def test_accounts(self, at_security: Client, office: Post, security: Post):
        page = said(at_security.get(reverse("web:accounts")))
        assert "本人的账号由另一名安全管理员办理" in page
        assert reverse("web:person_disable", args=[security.holder_id]) not in page
        elsewhere = client_of(office.holder)
        url = reverse("web:person_disable", args=[office.holder_id])
        assert url in page
        assert "已停用 甲 的账号" in said(at_security.post(url, {"reason": "退休"}, follow=True))
        assert elsewhere.get("/").status_code == 302
        enable = reverse("web:person_enable", args=[office.holder_id])
        assert enable in said(at_security.get(reverse("web:accounts")))
        assert "已启用 甲 的账号" in said(at_security.post(enable, {"reason": "返聘"}, follow=True))
        own = reverse("web:person_disable", args=[security.holder_id])
        answer = at_security.post(own, {"reason": "x"})
        assert answer.status_code == 409
        assert "不能停用自己的账号" in said(answer)

    def test_erasing_names(self, at_security: Client, reader: Post):
        url = reverse("web:person_erase", args=[reader.holder_id])
        answer = at_security.post(url, {"reason": "离职满三年"})
        assert answer.status_code == 409
        assert "请先停用账号并免去其岗位" in said(answer)
        at_security.post(reverse("web:post_seat", args=[reader.pk]), {"holder": "", "reason": "离职"})
        at_security.post(reverse("web:person_disable", args=[reader.holder_id]), {"reason": "离职"})
        assert url in said(at_security.get(reverse("web:accounts")))
        done = said(at_security.post(url, {"reason": "离职满三年"}, follow=True))
        assert "核验不受影响" in done
        person = Person.objects.get(pk=reader.holder_id)
        assert (person.name, person.username) == ("已删除", f"erased-{person.pk}")
        assert verify().faults == []

    def test_resetting_a_factor(self, at_security: Client, system: Post, reader: Post):
        url = reverse("web:factor_reset", args=[system.holder_id])
        page = said(at_security.get(reverse("web:accounts")))
        assert url in page
        assert reverse("web:factor_reset", args=[reader.holder_id]) not in page
        assert "已解除 系 的第二因素" in said(at_security.post(url, {"reason": "手机遗失"}, follow=True))
        assert factor_of(system.holder) is None
