"""公开页 as they are served: no session, no cookie, one statement a page, and only from editions."""

import json
import re

import pytest
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.test.utils import CaptureQueriesContext

from tests.unit.web.editions import content, corrected, keep
from zhenggai.bulletins import public
from zhenggai.bulletins.models import Edition, EditionPackage, PublicPage
from zhenggai.web.public import keep as keeping
from zhenggai.web.public import views

pytestmark = pytest.mark.django_db

ALLOWED = {"bulletins_edition", "bulletins_editionpackage", "bulletins_publicpage"}


@pytest.fixture(autouse=True)
def _few_files(monkeypatch: pytest.MonkeyPatch):
    """One kind of file stands for all, the quickest to make."""
    from zhenggai.web.public import files

    monkeypatch.setattr(files, "OFFERS", tuple(offer for offer in files.OFFERS if offer.form == "docx"))
    monkeypatch.setattr("zhenggai.web.public.keep.OFFERS", files.OFFERS)
    monkeypatch.setattr("zhenggai.web.public.render.OFFERS", files.OFFERS)


def tables(captured: CaptureQueriesContext) -> set[str]:
    """Names of the tables that statements speak of."""
    return {
        name
        for query in captured
        for name in re.findall(r'(?:FROM|JOIN|INTO|UPDATE(?! SET)) "?(\w+)"?', query["sql"])
    }


def test_a_stranger_reads_everything():
    keep(content(), corrected())
    client = Client()
    for path in (
        "",
        "LJ-2026-W01/",
        "LJ-2026-W01/1/",
        "LJ-2026-W01/2/changes/",
        "LJ-2026-W01/1/check/",
        "feed.xml",
    ):
        assert client.get(f"/public/{path}").status_code == 200, path


def test_a_page_costs_one_statement_and_reads_no_other_table():
    keep(content())
    with CaptureQueriesContext(connection) as first:
        Client().get("/public/")
    assert tables(first) <= ALLOWED
    for path in ("", "LJ-2026-W01/", "LJ-2026-W01/1/figures.csv", "style.css"):
        with CaptureQueriesContext(connection) as captured:
            assert Client().get(f"/public/{path}").status_code == 200
        assert len(captured) == 1, path
        assert tables(captured) <= ALLOWED


def test_rendering_searching_and_missing_read_no_other_table():
    keep(content())
    with CaptureQueriesContext(connection) as captured:
        keeping.refresh()
        for address in (
            "/public/?q=资金",
            "/public/no/such/",
            "/public/LJ-2026-W01/1/qr.svg",
            "/public/LJ-2026-W01",
        ):
            Client().get(address)
    assert tables(captured) == ALLOWED


def test_no_cookie_is_set_and_no_session_read_even_of_who_is_logged_in(at_office: Client):
    keep(content())
    keeping.refresh()
    for client in (Client(), at_office):
        for address in (
            "/public/",
            "/public/LJ-2026-W01/1/",
            "/public/?q=资金",
            "/public/none/",
            "/public/LJ-2026-W01/1/qr.svg",
        ):
            with CaptureQueriesContext(connection) as captured:
                answer = client.get(address)
            assert not answer.cookies, address
            assert "Cookie" not in answer.get("Vary", "")
            assert tables(captured) <= ALLOWED


def test_what_a_page_carries():
    keep(content())
    answer = Client().get("/public/LJ-2026-W01/1/")
    assert answer["Content-Type"] == "text/html; charset=utf-8"
    assert answer["Cache-Control"] == "public, max-age=60"
    assert int(answer["Content-Length"]) == len(answer.content)
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")
    assert answer["Content-Language"] == "zh-hans"
    assert "Content-Disposition" not in answer


@pytest.mark.parametrize(
    ("path", "kind", "name"),
    [
        ("LJ-2026-W01/1/figures.csv", "text/csv; charset=utf-8", "LJ-2026-W01-1-figures.csv"),
        ("LJ-2026-W01/1/closures.json", "application/json; charset=utf-8", "LJ-2026-W01-1-closures.json"),
        ("LJ-2026-W01/1/edition.json", "application/json; charset=utf-8", "edition.json"),
        ("LJ-2026-W01/1/head.json", "application/json; charset=utf-8", "head.json"),
        (
            "LJ-2026-W01/1/edition.docx",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "LJ-2026-W01-1-edition.docx",
        ),
        ("verify_journal.py", "text/plain; charset=utf-8", "verify_journal.py"),
        ("dictionary.csv", "text/csv; charset=utf-8", "dictionary.csv"),
        ("feed.xml", "application/atom+xml; charset=utf-8", None),
        ("style.css", "text/css; charset=utf-8", None),
        ("mark.svg", "image/svg+xml", None),
    ],
)
def test_files_have_their_type_and_name(path: str, kind: str, name: str | None):
    keep(content())
    answer = Client().get(f"/public/{path}")
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert answer.get("Content-Disposition") == (f'attachment; filename="{name}"' if name else None)
    assert len(answer.content) > 100


def test_a_page_that_is_known_is_not_sent_again():
    keep(content())
    client = Client()
    tag = client.get("/public/")["ETag"]
    for given in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        answer = client.get("/public/", headers={"If-None-Match": given})
        assert (answer.status_code, answer.content) == (304, b""), given
        assert answer["ETag"] == tag
    assert client.get("/public/", headers={"If-None-Match": '"other"'}).status_code == 200


def test_head_has_no_body_and_everything_else_is_refused():
    keep(content())
    answer = Client().head("/public/")
    assert (answer.status_code, answer.content) == (200, b"")
    for method in ("post", "put", "patch", "delete", "options"):
        answer = getattr(Client(enforce_csrf_checks=True), method)("/public/")
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD"), method


@pytest.mark.parametrize(
    "path",
    [
        "no/such/", "LJ-2026-W01/3/", "../etc/passwd", "%2e%2e/%2e%2e/etc/passwd", "..%2f..%2fsettings.py", "LJ-2026-W01/1/..%2f..%2f",
        ".stamp.json", ".search.json", "LJ-2026-W01/.hidden", "a%00b", "%00", "%ff%fe", "x" * 300, "x/" * 90, "style.css/", "//", "%2F%2Fevil.example",
        "LJ-2026-W01/1/figures.xlsx", "index.html", "page/1/", "page/9/", "%F0%9F%98%80", "<script>alert(1)</script>", "none/qr.svg", "qr.svg",
    ],
)  # fmt: skip
def test_what_is_not_there_is_a_404_in_the_look_of_the_pages(path: str):
    keep(content())
    answer = Client().get(f"/public/{path}")
    assert answer.status_code == 404
    said = answer.content.decode()
    assert "没有这一页" in said
    assert "<script" not in said
    assert "/work" not in said
    assert "登录" not in said
    assert not answer.cookies


def test_links_of_the_404_lead_back():
    for path, link in (("none", "./"), ("none/", "../"), ("a/b/c", "../../")):
        assert f'class="button" href="{link}"' in Client().get(f"/public/{path}").content.decode()


@pytest.mark.parametrize("query", ["?x=1", "?q=", "?q=%20", "?utm=%ff", "?&&&=", "?q[]=1", "?" + "a" * 3000])
def test_query_strings_that_mean_nothing_change_nothing(query: str):
    keep(content())
    plain = Client().get("/public/")
    assert Client().get(f"/public/{query}").content == plain.content
    assert Client().get(f"/public/LJ-2026-W01/{query}").status_code == 200


def test_an_address_without_its_slash_leads_on():
    keep(content("澜江-W01"))
    answer = Client().get("/public/澜江-W01/1")
    assert (answer.status_code, answer["Location"]) == (301, "/public/%E6%BE%9C%E6%B1%9F-W01/1/")
    assert Client().get(answer["Location"]).status_code == 200
    assert Client().get("/public").status_code == 301


def test_search_finds_words_of_two_characters_with_their_place():
    keep(content(), corrected())
    said = Client().get("/public/", {"q": "农户"}).content.decode()
    assert "<mark>农户</mark>" in said
    assert 'href="LJ-2026-W01/2/#p4"' in said
    assert "已被更正，另有新版" in said
    assert "第 5 段" in said
    assert "没有找到" in Client().get("/public/", {"q": "没有这个词"}).content.decode()
    assert "最多查找 60 个字" in Client().get("/public/", {"q": "长" * 500}).content.decode()
    said = Client().get("/public/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script" not in said


def test_search_sees_a_new_edition_at_once():
    keep(content("A-W01"))
    assert "没有找到" in Client().get("/public/", {"q": "崭新"}).content.decode()
    keep(content("A-W02", title="崭新的通报"))
    assert "<h2>" in Client().get("/public/", {"q": "崭新"}).content.decode()


# --- what is kept ------------------------------------------------------------------------------------------------------------------------


def test_an_edition_added_by_anybody_is_seen_by_the_next_reader():
    keep(content())
    client = Client()
    assert "1216户" not in client.get("/public/LJ-2026-W01/").content.decode()
    assert client.get("/public/LJ-2026-W01/2/").status_code == 404
    keep(corrected())
    assert "1216户" in client.get("/public/LJ-2026-W01/").content.decode()
    assert "这一版已被更正" in client.get("/public/LJ-2026-W01/1/").content.decode()


def test_a_package_added_later_is_seen():
    row = keep(content(), packaged=False)[0]
    client = Client()
    assert "还没有做好" in client.get("/public/LJ-2026-W01/1/check/").content.decode()
    EditionPackage.objects.create(edition=row, text=json.dumps({"head": {"size": 1}}))
    assert "还没有做好" not in client.get("/public/LJ-2026-W01/1/check/").content.decode()
    assert client.get("/public/LJ-2026-W01/1/edition.json").status_code == 200


def test_internal_editions_are_nowhere():
    keep(content("N-W01", audience="internal", title="内部报送的报告"), content())
    keeping.refresh()
    assert not PublicPage.objects.filter(path__startswith="N-W01").exists()
    for page in PublicPage.objects.all():
        assert "内部报送的报告".encode() not in bytes(page.body), page.path
    assert Client().get("/public/N-W01/").status_code == 404


def test_rendering_again_changes_nothing_and_what_is_gone_does_not_linger():
    keep(content())
    first = keeping.refresh()
    assert first.written == first.pages > 10
    PublicPage.objects.create(path="old/", media_type="text/html", body=b"x", digest="x")
    second = keeping.refresh()
    assert (second.written, second.removed) == (0, 1)
    PublicPage.objects.filter(path="style.css").update(body=b"", digest="")
    assert keeping.refresh().written == 1


def test_files_of_an_edition_are_made_once(monkeypatch: pytest.MonkeyPatch):
    keep(content())
    keeping.refresh()
    made = []
    monkeypatch.setattr(
        "zhenggai.web.public.files.layout", lambda bulletin, form: made.append(bulletin.title) or b"new"
    )
    keep(content("B-W01", title="另一份"))
    keeping.refresh()
    assert made == ["另一份"]


def test_another_version_of_the_software_renders_anew(monkeypatch: pytest.MonkeyPatch):
    keep(content())
    keeping.refresh()
    PublicPage.objects.filter(path="").update(body="旧软件".encode())
    assert "旧软件" in Client().get("/public/").content.decode()
    monkeypatch.setattr(keeping, "_software", lambda: "another")
    monkeypatch.setattr(keeping._Known, "newest", None)  # as in a process that has just begun
    PublicPage.objects.filter(path="").update(digest="x")
    assert "旧软件" not in Client().get("/public/").content.decode()


def test_an_edition_added_while_rendering_is_not_lost(monkeypatch: pytest.MonkeyPatch):
    keep(content())
    published = public.published

    def slowly():
        found = published()
        if Edition.objects.count() == 1:
            keep(corrected())
        return found

    monkeypatch.setattr(public, "published", slowly)
    keeping.refresh()
    assert PublicPage.objects.filter(path="LJ-2026-W01/2/").exists()


# --- addresses ---------------------------------------------------------------------------------------------------------------------------


def test_the_qr_code_shows_the_address_by_which_the_page_was_asked():
    keep(content())
    answer = Client().get("/public/LJ-2026-W01/1/qr.svg", headers={"Host": "localhost:8000"})
    assert answer["Content-Type"] == "image/svg+xml"
    assert "http://localhost:8000/public/LJ-2026-W01/1/" in answer.content.decode()
    assert (
        Client().get("/public/LJ-2026-W01/1/qr.svg", headers={"If-None-Match": answer["ETag"]}).status_code
        == 200
    ), "another address"


@override_settings(PUBLIC_URL="https://zg.example/public")
def test_the_qr_code_shows_the_address_that_was_set():
    keep(content())
    keeping.refresh()
    assert (
        "https://zg.example/public/LJ-2026-W01/1/"
        in Client().get("/public/LJ-2026-W01/1/qr.svg").content.decode()
    )
    assert "https://zg.example/public/feed.xml" in Client().get("/public/feed.xml").content.decode()


def test_a_host_that_is_not_ours_is_refused_as_everywhere():
    keep(content())
    assert Client().get("/public/", headers={"Host": "evil.example"}).status_code == 400


def test_the_view_alone_answers_as_the_middleware_does():
    keep(content())
    answer = views.serve(RequestFactory().get("/public/"), "")
    assert answer.content == Client().get("/public/").content


def test_the_log_in_page_leads_here():
    assert 'href="/public/"' in Client().get("/login/").content.decode()
