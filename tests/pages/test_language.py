import polib
import pytest
from django.test import Client
from django.urls import reverse

from tests.pages import catalogue
from zhenggai.ledger.models import Reading


def switch(client: Client, language: str, to: str = "/") -> None:
    answer = client.post(reverse("web:language"), {"language": language, "next": to})
    assert answer["Location"] == to


def test_chinese_comes_first_whatever_the_browser_prefers(db: None):
    answer = Client().get(reverse("web:login"), headers={"Accept-Language": "en-US,en;q=0.9"})
    assert '<html lang="zh-Hans">' in answer.content.decode()
    assert answer["Content-Language"] == "zh-hans"


def test_the_switch_is_there_before_log_in_and_is_kept(db: None):
    client = Client()
    switch(client, "en", "/login/")
    page = client.get("/login/").content.decode()
    assert '<html lang="en">' in page
    assert "Log-in name" in page
    switch(client, "zh-hans", "/login/")
    assert "登录名" in client.get("/login/").content.decode()


def test_terms_of_the_ledger_are_translated_at_display(at_office: Client, reading: Reading):
    switch(at_office, "en")
    page = at_office.get(reverse("web:desk", args=[reading.pk])).content.decode()
    assert ">Measure<" in page
    assert ">Open<" in page
    assert ">措施<" not in page


def test_the_switch_never_leads_to_another_site(db: None):
    answer = Client().post(reverse("web:language"), {"language": "en", "next": "https://elsewhere.example/"})
    assert "elsewhere" not in answer["Location"]


def test_the_switch_stays_on_the_page(at_office: Client, reading: Reading):
    here = reverse("web:desk", args=[reading.pk]) + "?show=open"
    answer = at_office.post(
        reverse("web:language"), {"language": "en"}, headers={"Referer": f"http://testserver{here}"}
    )
    assert answer["Location"].endswith(here)


def test_unknown_languages_change_nothing(db: None):
    client = Client()
    client.post(reverse("web:language"), {"language": "xx", "next": "/login/"})
    assert "登录名" in client.get("/login/").content.decode()


def test_everything_said_is_in_the_catalogue_and_nothing_else():
    assert {entry.msgid for entry in polib.pofile(str(catalogue.SOURCE))} == catalogue.said()


@pytest.mark.parametrize("entry", polib.pofile(str(catalogue.SOURCE)), ids=lambda entry: entry.msgid[:20])
def test_every_sentence_has_its_english(entry: polib.POEntry):
    assert entry.msgstr
    assert "fuzzy" not in entry.flags
    placeholders = catalogue.PLACEHOLDER
    assert sorted(placeholders.findall(entry.msgid)) == sorted(placeholders.findall(entry.msgstr))


def test_the_compiled_catalogue_is_current():
    assert catalogue.COMPILED.read_bytes() == catalogue.compiled(polib.pofile(str(catalogue.SOURCE)))
