"""每日树头: one file a day, whole, written by one process, whatever fails in between."""

import json
import logging
import threading

import pytest
import time_machine

from zhenggai.config import daily
from zhenggai.config.files import Unwritable
from zhenggai.journal.heads import Head, kept_heads
from zhenggai.journal.models import TreeHead
from zhenggai.parties.actions import register_organisations


@pytest.fixture
def folder(settings, tmp_path):
    settings.HEADS_ROOT = tmp_path / "elsewhere" / "heads"
    return settings.HEADS_ROOT


def names(folder):
    return sorted(file.name for file in folder.iterdir())


def test_one_file_a_day_named_by_day_and_size(office, folder):
    with time_machine.travel("2026-11-24 15:59:00+00:00", tick=False):  # 23:59 in Shanghai
        file = daily.write_daily()
        assert Head.parse(file.read_text(encoding="utf-8")) == kept_heads()[-1]
        register_organisations(names=["浅溪县水务局"], by=office)
        assert daily.write_daily() is None
    with time_machine.travel("2026-11-24 16:01:00+00:00", tick=False):
        assert daily.write_daily()
    size = kept_heads()[0].size
    assert names(folder) == [f"2026-11-24-{size}.head.json", f"2026-11-25-{size + 1}.head.json"]
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_day_without_an_event_gets_the_last_head_again(office, folder):
    for day in (24, 25):
        with time_machine.travel(f"2026-11-{day} 02:00:00+00:00", tick=False):
            daily.write_daily()
    first, second = (json.loads((folder / name).read_text(encoding="utf-8")) for name in names(folder))
    assert first == second
    assert TreeHead.objects.count() == 1


def test_a_folder_that_cannot_be_used_is_refused_and_nothing_signed(office, folder):
    folder.parent.write_text("", encoding="ascii")
    with pytest.raises(Unwritable, match="ZHENGGAI_HEADS"):
        daily.write_daily()
    assert not TreeHead.objects.exists()


def test_a_failure_is_one_line_and_tried_again(monkeypatch, caplog):
    stop, tries = threading.Event(), []

    def write():
        tries.append(1)
        if len(tries) == 1:
            raise OSError("disk full")
        stop.set()

    monkeypatch.setattr(daily, "write_daily", write)
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    with caplog.at_level(logging.ERROR):
        daily.keep_writing(stop, pause=0)
    assert len(tries) == 2
    (line,) = caplog.records
    assert line.getMessage() == "今日树头未能写出，稍后再试：disk full"
    assert line.exc_info is None
