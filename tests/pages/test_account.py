"""账号与安全."""

import pyotp
import pytest
from django.test import Client
from django.urls import reverse

from tests import people
from tests.pages.conftest import client_of
from zhenggai.journal.verify import verify
from zhenggai.parties.factors import factor_of, pending_secret
from zhenggai.parties.models import Person, Post
from zhenggai.parties.states import Role

URL = reverse("web:account")
NEW = "另一个好记的-passphrase"


def change(client: Client, **given: str):
    return client.post(
        reverse("web:own_password"), {"old": people.PASSWORD, "new": NEW, "again": NEW, **given}
    )


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["account", "own_password", "factor_begin", "factor_confirm"])
def test_strangers_get_nothing(name: str):
    url = reverse(f"web:{name}")
    answer = Client().get(url) if name == "account" else Client().post(url)
    assert answer["Location"].startswith(reverse("web:login"))


def test_who_has_no_post_has_an_account(at_stranger: Client, stranger: Person):
    assert at_stranger.get(URL).status_code == 200
    assert URL in at_stranger.get("/").content.decode()
    assert change(at_stranger).status_code == 302


def test_ones_own_password(at_office: Client, office: Post):
    elsewhere = client_of(office.holder)
    assert change(at_office)["Location"] == URL
    assert at_office.get("/").status_code == 200  # this session goes on
    assert elsewhere.get("/").status_code == 302  # the others do not
    assert Person.objects.get(pk=office.holder_id).check_password(NEW)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"old": "wrong"}, "原密码不正确"),
        ({"again": "else"}, "两次输入的新密码不一致"),
        ({"new": "123", "again": "123"}, "密码"),
        ({"new": ""}, "请填写新密码"),
        ({"new": people.PASSWORD, "again": people.PASSWORD}, "与原密码相同"),
    ],
)
def test_what_is_no_new_password(at_office: Client, office: Post, given, sentence: str):
    answer = change(at_office, **given)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert Person.objects.get(pk=office.holder_id).check_password(people.PASSWORD)


def test_setting_up_a_second_factor(at_office: Client, office: Post):
    assert "开始设置" in at_office.get(URL).content.decode()
    at_office.post(reverse("web:factor_begin"))
    secret = pending_secret(office.holder)
    page = at_office.get(URL).content.decode()
    assert 'src="data:image/svg+xml' in page
    assert secret[:4] in page
    assert "http://" not in page
    wrong = at_office.post(reverse("web:factor_confirm"), {"code": "000000"})
    assert wrong.status_code == 422
    assert secret[:4] in wrong.content.decode()
    elsewhere = client_of(Person.objects.get(pk=office.holder_id))
    code = pyotp.TOTP(secret).now()
    assert at_office.post(reverse("web:factor_confirm"), {"code": code})["Location"] == URL
    page = at_office.get(URL).content.decode()
    assert "第二因素已启用" in page
    assert secret[:4] not in page
    assert elsewhere.get("/").status_code == 302
    assert at_office.post(reverse("web:factor_begin")).status_code == 409


def test_an_administrator_sets_it_up_and_goes_on(db: None):
    post = people.post("sys", "系", Role.SYSTEM)
    client = client_of(post.holder)
    answer = client.get("/admin/people/", follow=True)
    assert "管理员须先设置第二因素" in answer.content.decode()
    client.post(reverse("web:factor_begin"))
    code = pyotp.TOTP(pending_secret(post.holder)).now()
    client.post(reverse("web:factor_confirm"), {"code": code})
    assert factor_of(post.holder) is not None
    assert client.get("/")["Location"] == "/admin/people/"
    assert client.get("/admin/people/").status_code == 200


def test_a_password_that_an_administrator_chose_is_changed_first(at_system: Client, office: Post):
    url = reverse("web:person_password", args=[office.holder_id])
    at_system.post(url, {"password": NEW})
    client = client_of(Person.objects.get(pk=office.holder_id))
    for path in ("/", "/readings/new/"):
        assert client.get(path)["Location"] == URL
    assert "现在的密码是管理员设置的，请先更换" in client.get("/", follow=True).content.decode()
    change(client, old=NEW, new=people.PASSWORD, again=people.PASSWORD)
    assert client.get("/").status_code == 200
    assert verify().sound
