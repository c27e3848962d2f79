"""The audit administrator reads the journal, and changes nothing."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from tests import people
from tests.pages.strangers import check_strangers, statements
from zhenggai.journal import queries
from zhenggai.journal.heads import Head, sign_head
from zhenggai.journal.queries import events_page
from zhenggai.ledger.models import Reading
from zhenggai.parties.actions import disable_person, enable_person
from zhenggai.parties.models import Person, Post

URL = reverse("web:journal")
LATER = datetime(2099, 11, 20, 4, 0, tzinfo=UTC)


def said(answer) -> str:
    return answer.content.decode()


def test_strangers_get_nothing(at_stranger: Client):
    check_strangers(at_stranger, URL)
    check_strangers(at_stranger, reverse("web:head", args=[1]))


def test_other_administrators_and_the_office_do_not_read_it(
    at_system: Client, at_security: Client, at_office: Client
):
    for client in (at_system, at_security, at_office):
        assert client.get(URL).status_code == 404


def test_events_are_sentences(at_audit: Client, security: Post, stranger: Person):
    disable_person(person=stranger, reason="退休<b>", by=security)
    page = said(at_audit.get(URL))
    assert "停用账号：人员 丁" in page
    assert "安全管理员岗，岚江市委巡视整改办" in page
    assert "理由：退休&lt;b&gt;" in page
    assert "<del>是</del>" in page
    assert "<ins>否</ins>" in page


def test_no_item_of_the_ledger_is_shown(at_audit: Client, reading: Reading):
    page = said(at_audit.get(URL))
    assert "读入文件：读件第" in page
    assert "治水护河" not in page
    assert "幼儿园" not in page


def test_filters(at_audit: Client, security: Post, office: Post, reading: Reading, stranger: Person):
    disable_person(person=stranger, reason="退休", by=security)

    def found(**asked: str) -> str:
        page = said(at_audit.get(URL, asked))
        return page[page.index('id="list"') : page.index("树头与核验")]

    assert "读入文件" not in found(act="person.disable")
    for who in ("security", "安"):
        assert "停用账号" in found(who=who)
        assert "读入文件" not in found(who=who)
    assert "没有符合条件的日志" in found(who="甲乙")
    assert "没有符合条件的日志" in found(who='"%_')
    assert "没有符合条件的日志" in found(until="2020-01-01")
    assert "停用账号" in found(since="2020-01-01")
    assert at_audit.get(URL, {"act": "no.such"}).status_code == 422
    assert at_audit.get(URL, {"since": "yesterday"}).status_code == 422


def test_from_one_moment_until_before_another(db: None, stranger: Person):
    for hours, act in ((0, disable_person), (24, enable_person), (48, disable_person)):
        with time_machine.travel(LATER + timedelta(hours=hours), tick=False):
            act(person=stranger, reason="x", by=people.SYSTEM)
    since, until = LATER + timedelta(hours=24), LATER + timedelta(hours=48)
    assert [row.act for row in events_page(since=since, until=until).rows] == ["person.enable"]
    assert events_page(since=LATER + timedelta(hours=49)).rows == []
    assert events_page(since=until, until=since).rows == []


def test_paging_and_bounded_searches(at_audit: Client, stranger: Person, monkeypatch: pytest.MonkeyPatch):
    for number in range(20):
        (disable_person, enable_person)[number % 2](person=stranger, reason=f"第{number}次", by=people.SYSTEM)
    first = events_page(size=15)
    second = events_page(size=15, before=first.next_key)
    numbers = [row.seq for row in (*first.rows, *second.rows)]
    assert numbers == sorted(numbers, reverse=True)
    assert len(set(numbers)) == len(numbers) >= 20
    monkeypatch.setattr(queries, "_SEARCHED", 5)
    key, pages, found = None, 0, []
    while True:
        page = events_page(who="nobody at all", before=key)
        pages, found = pages + 1, [*found, *page.rows]
        if page.next_key is None:
            break
        key = page.next_key
    assert found == []
    assert pages == -(-queries.head()[0] // 5)
    assert "已查到第" in said(at_audit.get(URL, {"who": "nobody"}))


def test_statements_do_not_grow(at_audit: Client, stranger: Person):
    before = statements(at_audit, URL)
    for number in range(6):
        (disable_person, enable_person)[number % 2](person=stranger, reason="x", by=people.SYSTEM)
    assert statements(at_audit, URL) == before


def test_heads_are_taken_along(at_audit: Client):
    assert "尚未签出树头" in said(at_audit.get(URL))
    head = sign_head()
    url = reverse("web:head", args=[head.size])
    assert url in said(at_audit.get(URL))
    answer = at_audit.get(url)
    assert Head.parse(said(answer)) == head
    assert answer["Content-Disposition"] == f'attachment; filename="head-{head.size}.json"'
    assert at_audit.get(reverse("web:head", args=[10**9])).status_code == 404
