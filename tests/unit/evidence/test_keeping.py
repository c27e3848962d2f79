"""A file is kept once by its bytes, by whoever may, with its digests and its text; a refusal leaves nothing."""

import hashlib

import pytest
from django.conf import settings

from tests import people
from tests.unit.evidence import corpus
from zhenggai.core.errors import NotPermitted
from zhenggai.evidence import reception, store
from zhenggai.evidence.actions import keep_file
from zhenggai.evidence.kinds import FileRefused
from zhenggai.evidence.models import StoredFile
from zhenggai.evidence.queries import file_by_digest, text_of_file
from zhenggai.journal.models import Event
from zhenggai.journal.verify import verify
from zhenggai.parties.states import Capacity, Role

MINUTES = "会议纪要：已制定《财务管理办法》，整改完成。".encode()


def kept():
    return [file for file in settings.EVIDENCE_ROOT.rglob("*") if file.is_file()]


def test_a_file_is_kept_with_its_digests_and_its_text(office):
    file = keep_file(name="C:\\文件\\会议纪要.txt", data=MINUTES, by=office)
    assert (file.name, file.size, file.media_type) == ("会议纪要.txt", len(MINUTES), "text/plain")
    assert file.sha256 == hashlib.sha256(MINUTES).hexdigest()
    assert file.sm3 == hashlib.new("sm3", MINUTES).hexdigest()
    assert store.get(file.sha256) == MINUTES
    assert text_of_file(file).strip() == MINUTES.decode()
    assert file.characters == len(text_of_file(file))
    assert file_by_digest(file.sha256) == file
    assert verify().sound


def test_the_same_bytes_are_one_row_and_a_second_event(office):
    first = keep_file(name="会议纪要.txt", data=MINUTES, by=office)
    second = keep_file(name="纪要（副本）.txt", data=MINUTES, by=office)
    assert (first, first.name) == (second, second.name)
    events = Event.objects.filter(act="file.keep").order_by("seq")
    assert [event.subject_id for event in events] == [str(first.pk)] * 2
    assert verify().sound


def test_a_row_without_text_gets_it_when_it_could_be_read_later(office, monkeypatch):
    monkeypatch.setattr(reception, "_text_of", lambda *_: None)
    before = keep_file(name="会议纪要.txt", data=MINUTES, by=office)
    assert (before.text_sha256, before.characters, text_of_file(before)) == ("", 0, "")
    monkeypatch.undo()
    after = keep_file(name="会议纪要.txt", data=MINUTES, by=office)
    assert after.pk == before.pk
    assert "财务管理办法" in text_of_file(after)
    assert verify().sound


def test_what_takes_time_can_be_done_before_the_act(office, django_assert_max_num_queries):
    received = reception.receive(name="会议纪要.txt", data=MINUTES)
    with django_assert_max_num_queries(
        9
    ):  # five of them are the journal's, its lock on PostgreSQL among them
        file = keep_file(name="会议纪要.txt", data=received, by=office)
    assert store.get(file.sha256) == MINUTES


def test_what_was_swept_before_the_act_is_asked_for_again(office):
    received = reception.receive(name="会议纪要.txt", data=MINUTES)
    store.path_of(received.sha256).unlink()
    with pytest.raises(store.StoreDamaged, match=r"“会议纪要.txt”接收后放置过久，已被清理，请重新上传"):
        keep_file(name="会议纪要.txt", data=received, by=office)
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("capacity", Capacity)
def test_who_may(capacity, db):
    by = people.post("filler", "甲", Role.FILLER)
    allowed = capacity not in {
        Capacity.READER,
        Capacity.SYSTEM,
        Capacity.SECURITY,
        Capacity.AUDIT,
        Capacity.SELF,
    }
    if allowed:
        assert keep_file(name="纪要.txt", data=MINUTES, by=by, capacities=[capacity]).pk
        return
    with pytest.raises(NotPermitted, match="“存档文件”须由"):
        keep_file(name="纪要.txt", data=MINUTES, by=by, capacities=[capacity])
    assert not StoredFile.objects.exists()
    assert kept() == []


def test_a_refusal_leaves_neither_row_nor_file(office):
    with pytest.raises(FileRefused, match=r"“纪要.txt”是Windows 程序"):
        keep_file(name="纪要.txt", data=b"MZ\x90\0\3\0\0\0", by=office)
    assert not StoredFile.objects.exists()
    assert not Event.objects.filter(act="file.keep").exists()
    assert kept() == []


def test_verify_holds_files_to_both_digests(office):
    file = keep_file(name="会议纪要.txt", data=MINUTES, by=office)
    StoredFile.objects.update(sm3="0" * 64)
    assert any("国密摘要（SM3）不符" in fault.sentence for fault in verify().faults)
    StoredFile.objects.update(sm3=file.sm3)
    assert verify().sound
    store.path_of(file.text_sha256).unlink()
    assert any("“会议纪要.txt”的文本：存储的文件" in fault.sentence for fault in verify().faults)
    store.path_of(file.sha256).write_bytes(b"other")
    assert any("“会议纪要.txt”：存储的文件" in fault.sentence for fault in verify().faults)


def test_a_file_that_nobody_can_read_is_kept_without_text(office, monkeypatch, caplog):
    def broken(*_, **__):
        raise MemoryError

    monkeypatch.setattr("gongwen.extract", broken)
    assert keep_file(name="会议纪要.txt", data=MINUTES, by=office).text_sha256 == ""
    assert "text of 会议纪要.txt" in caplog.text


def test_pictures_are_recognised_only_where_that_is_set(office, settings, monkeypatch):
    asked = []
    monkeypatch.setattr("gongwen.extract", lambda _, *, name, recognise: asked.append((name, recognise)))
    for ocr in (False, True):
        settings.EVIDENCE_OCR = ocr
        for name, data in {"照片.png": corpus.PNG, "报告.pdf": corpus.PDF, "现场.mp4": corpus.MP4}.items():
            keep_file(name=name, data=data + b"\n" * ocr, by=office)
    assert asked == [("报告.pdf", False), ("照片.png", True), ("报告.pdf", True)]


def test_the_text_of_documents_and_none_of_what_cannot_be_read(office):
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>整改完成</w:t></w:r></w:p></w:body></w:document>'
    whole = corpus.zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": body})
    assert text_of_file(keep_file(name="报告.docx", data=whole, by=office)).strip() == "整改完成"
    assert text_of_file(keep_file(name="空壳.docx", data=corpus.docx(), by=office)) == ""
    assert text_of_file(keep_file(name="空壳.pdf", data=corpus.PDF, by=office)) == ""
    assert verify().sound
