"""化名: events name people by tokens, and what a token stands for can be erased while everything else still holds."""

import json

import pytest
from axes.models import AccessLog
from django.db import DatabaseError, connection, transaction

from tests import people
from tests.unit.journal.attackers import open_journal
from zhenggai.core.errors import NotPermitted
from zhenggai.journal import proofs
from zhenggai.journal.heads import sign_head
from zhenggai.journal.models import Event, Pseudonym
from zhenggai.journal.outside import verify_journal as outside
from zhenggai.journal.pseudonyms import ERASED, token_of
from zhenggai.journal.queries import events_page, history
from zhenggai.journal.verify import verify
from zhenggai.parties.actions import (
    NotAsItIs,
    ReasonMissing,
    disable_person,
    erase_person,
    register_organisations,
)
from zhenggai.parties.models import Person, Post

NAME, USERNAME = "欧阳待删", "ouyang-daishan"


@pytest.fixture
def security(db):
    from zhenggai.parties.states import Role

    return people.post("security", "安", Role.SECURITY)


@pytest.fixture
def leaver(db) -> Person:
    """Somebody who acted, and left."""
    from zhenggai.parties.states import Role

    person = people.person(USERNAME, NAME)
    post = Post.objects.get(pk=people.post("seat-7", "先", Role.OFFICE).pk)
    from zhenggai.parties.actions import seat_post

    seat_post(post=post, holder=person, reason="接任", by=people.SYSTEM)
    register_organisations(names=["云岭县水务局"], by=Post.objects.select_related("holder").get(pk=post.pk))
    seat_post(post=post, holder=None, reason="调离", by=people.SYSTEM)
    AccessLog.objects.create(username=USERNAME)
    return Person.objects.get(pk=person.pk)


def everything_kept() -> str:
    """All cells of all tables."""
    said = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608  # own names
            said += [str(row) for row in cursor.fetchall()]
    return "\n".join(said)


def test_events_hold_tokens_and_history_names(office):
    row = register_organisations(names=["云岭县水务局"], by=office)["云岭县水务局"]
    body = json.loads(Event.objects.latest("seq").body)
    assert body["actor"]["person"].startswith("token:")
    assert "甲" not in Event.objects.latest("seq").body
    (line,) = history(row)
    assert (line.actor["person"], line.actor["username"]) == ("甲", "office")
    (created, *_) = history(office.holder)
    assert (created.after["name"], created.after["username"]) == ("甲", "office")
    assert {line.actor["person"] for line in events_page(who="甲").rows} == {"甲"}
    assert verify().sound


def test_one_name_of_one_person_has_one_token(office):
    for name in ("一局", "二局"):
        register_organisations(names=[name], by=office)
    assert Pseudonym.objects.filter(value="甲").count() == 1


def test_what_is_erased_is_nowhere_and_everything_still_holds(leaver, security, tmp_path):
    assert NAME in everything_kept()
    disable_person(person=leaver, reason="调离", by=security)
    first = sign_head()
    proof = proofs.inclusion(Event.objects.filter(act="organisation.register").latest("seq").seq, first)
    export = "".join(proofs.export_lines())
    erase_person(person=leaver, reason="本人申请", by=security)
    kept = everything_kept()
    assert (NAME in kept, USERNAME in kept) == (False, False)
    assert verify(heads=[first, sign_head()]).faults == []
    assert "".join(proofs.export_lines()).partition("\n")[2].startswith(export.partition("\n")[2])
    for name, text in {
        "h": first.as_text(),
        "j": "".join(proofs.export_lines()),
        "p": json.dumps(proof),
    }.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert outside.main([str(tmp_path / "j"), "--head", str(tmp_path / "h")]) == 0
    assert outside.main(["--proof", str(tmp_path / "p"), "--head", str(tmp_path / "h")]) == 0
    assert {line.after["name"] for line in history(leaver)} == {ERASED, "已删除"}
    assert ERASED in {line.actor["person"] for line in events_page().rows}


def test_who_may_erase_whom(leaver, security, office):
    with pytest.raises(NotAsItIs, match="请先停用账号并免去其岗位"):
        erase_person(person=leaver, reason="本人申请", by=security)
    disable_person(person=leaver, reason="调离", by=security)
    with pytest.raises(ReasonMissing):
        erase_person(person=leaver, reason=" ", by=security)
    with pytest.raises(NotPermitted, match="须由安全管理员办理"):
        erase_person(person=leaver, reason="本人申请", by=office)
    assert Person.objects.get(pk=leaver.pk).name == NAME


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal_pseudonym SET value = 'x'",
        "UPDATE journal_pseudonym SET value = ''",
        "UPDATE journal_pseudonym SET token = 'x', salt = '', value = ''",
        "UPDATE journal_pseudonym SET whom = 'x', salt = '', value = ''",
        "DELETE FROM journal_pseudonym",
    ],
)
def test_names_can_be_emptied_and_nothing_else(office, statement):
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_name_put_in_anothers_place_is_found(office):
    open_journal()
    Pseudonym.objects.filter(value="甲").update(value="乙")
    assert any("化名" in fault.sentence for fault in verify().faults)
    Person.objects.filter(pk=office.holder_id).update(name="乙")
    assert verify().faults[0].kind == "parties.person"


def test_a_second_token_does_not_hide_another_name(office):
    whom = str(office.holder_id)
    Pseudonym.objects.create(token=token_of("s", "乙"), salt="s", value="乙", whom=whom)
    assert verify().sound
    Person.objects.filter(pk=office.holder_id).update(name="乙")
    assert verify().faults[0].kind == "parties.person"
