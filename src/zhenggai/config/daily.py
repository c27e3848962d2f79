"""每日树头: a head of the journal each day, as a file in a folder that is meant to be kept elsewhere.

1. A file is named by its day and the number of events, such as ``2026-11-24-12024.head.json``, and written whole. Nothing is ever replaced or removed.
2. Of several processes one writes: who comes second finds the file there.
3. A day that begins without a new event gets the last head again, so that a missing file always means that something failed.
"""

import logging
import threading
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from zhenggai.config.environment import make_private
from zhenggai.config.files import Unwritable, write_whole
from zhenggai.core import clock
from zhenggai.journal.heads import sign_head
from zhenggai.journal.locks import Lock, hold

log = logging.getLogger(__name__)
PAUSE = 600.0
"""Seconds between two looks."""


def write_daily() -> Path | None:
    """Write today's head and return its file; None if it is there already. Unwritable, and nothing signed, if the folder cannot be used."""
    folder = Path(settings.HEADS_ROOT)
    today = timezone.localtime(clock.now()).date().isoformat()
    if _is_there(folder, today):
        return None
    with transaction.atomic():
        hold(Lock.CHAIN)
        if _is_there(folder, today):
            return None
        head = sign_head()
        file = folder / f"{today}-{head.size}.head.json"
        _make(folder)
        write_whole(file, [head.as_text().encode()])
    return file


def _is_there(folder: Path, day: str) -> bool:
    return any(folder.glob(f"{day}-*.head.json"))


def _make(folder: Path) -> None:
    try:
        make_private(folder)
    except OSError as error:
        raise Unwritable(
            f"无法建立树头文件夹 {folder}：{error.strerror}。请检查 ZHENGGAI_HEADS 及其权限。"
        ) from error


def keep_writing(stop: threading.Event, pause: float = PAUSE) -> None:
    """Write a head each day until told to stop; a failure is logged in one line and tried again after the pause."""
    while not stop.is_set():
        try:
            write_daily()
        except Exception as error:  # noqa: BLE001  # whatever fails today must not end tomorrow's head
            log.error("今日树头未能写出，稍后再试：%s", error)  # noqa: TRY400  # one line, no traceback
        finally:
            connections.close_all()
        stop.wait(pause)


def start() -> threading.Event:
    """Write heads beside the serving of pages, until the process ends or the event is set."""
    stop = threading.Event()
    threading.Thread(target=keep_writing, args=(stop,), name="heads", daemon=True).start()
    return stop
