"""The scanner is asked before anything is kept; without a clear "clean" nothing is."""

import socket
import stat
import struct
import threading
import time

import pytest

from tests.unit.evidence.test_keeping import MINUTES, kept
from zhenggai.config.environment import Scanner
from zhenggai.evidence import scan
from zhenggai.evidence.actions import keep_file
from zhenggai.evidence.models import StoredFile
from zhenggai.evidence.scan import FileInfected, ScanFailed


class Clamd(threading.Thread):
    """Speaks INSTREAM once: takes the bytes, says what it was told to say."""

    def __init__(self, answer, address=None, limit=None):
        super().__init__(daemon=True)
        self.answer, self.limit, self.heard = answer, limit, b""
        self.line = socket.socket(socket.AF_UNIX if address else socket.AF_INET)
        self.line.bind(address or ("127.0.0.1", 0))
        self.line.listen(1)
        self.start()

    @property
    def port(self):
        return self.line.getsockname()[1]

    def run(self):
        client, _ = self.line.accept()
        with client, client.makefile("rb") as said:
            assert said.read(10) == b"zINSTREAM\0"
            while size := struct.unpack("!I", said.read(4))[0]:
                self.heard += said.read(size)
                if self.limit and len(self.heard) > self.limit:
                    break
            if self.answer is None:
                time.sleep(1)
            else:
                client.sendall(self.answer)
        self.line.close()


def script(tmp_path, body):
    path = tmp_path / "scan"
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return Scanner("command", str(path), 0)


@pytest.fixture
def short(monkeypatch):
    monkeypatch.setattr(scan, "SECONDS", 0.3)


def refused(scanner, settings, office, refusal, words):
    settings.EVIDENCE_SCAN = scanner
    with pytest.raises(refusal, match=words):
        keep_file(name="纪要.txt", data=MINUTES, by=office)
    assert not StoredFile.objects.exists()
    assert kept() == []


def test_without_a_scanner_nothing_is_asked(office, settings):
    assert settings.EVIDENCE_SCAN is None
    assert keep_file(name="纪要.txt", data=MINUTES, by=office).pk


def test_clean_by_clamd(office, settings, monkeypatch):
    monkeypatch.setattr(scan, "_PIECE", 7)
    clamd = Clamd(b"stream: OK\0")
    settings.EVIDENCE_SCAN = Scanner("clamd", "127.0.0.1", clamd.port)
    assert keep_file(name="纪要.txt", data=MINUTES, by=office).pk
    assert clamd.heard == MINUTES


def test_clean_by_clamd_at_a_socket(office, settings, tmp_path):
    clamd = Clamd(b"stream: OK\0", str(tmp_path / "clamd.sock"))
    settings.EVIDENCE_SCAN = Scanner("clamd", str(tmp_path / "clamd.sock"), 0)
    assert keep_file(name="纪要.txt", data=MINUTES, by=office).pk
    assert clamd.heard == MINUTES


@pytest.mark.parametrize(
    ("answer", "refusal", "words"),
    [
        (b"stream: Eicar-Signature FOUND\0", FileInfected, "被查出病毒（Eicar-Signature），未存档。请"),
        (b"INSTREAM size limit exceeded. ERROR\0", ScanFailed, "答复无法识别（INSTREAM size limit exceeded"),
        (b"HTTP/1.1 200 OK\r\n\0", ScanFailed, "答复无法识别"),
        (b"stream: OK FOUND OR SO\0", ScanFailed, "答复无法识别"),
        (b"", ScanFailed, "答复无法识别（空）"),
        (None, ScanFailed, "没有答复.*未存档。请稍后重试"),
    ],
)
def test_whatever_else_clamd_says(office, settings, short, answer, refusal, words):
    refused(Scanner("clamd", "127.0.0.1", Clamd(answer).port), settings, office, refusal, words)


def test_clamd_that_has_heard_enough(office, settings, monkeypatch):
    monkeypatch.setattr(scan, "_PIECE", 4)
    clamd = Clamd(b"INSTREAM size limit exceeded. ERROR\0", limit=8)
    refused(Scanner("clamd", "127.0.0.1", clamd.port), settings, office, ScanFailed, "未存档")


@pytest.mark.parametrize(
    "scanner",
    [
        Scanner("clamd", "127.0.0.1", 1),
        Scanner("clamd", "/nowhere/clamd.sock", 0),
        Scanner("command", "/nowhere/prog", 0),
    ],
)
def test_unreachable(office, settings, scanner):
    refused(scanner, settings, office, ScanFailed, "病毒扫描服务无法使用.*未存档。请联系系统管理员")


def test_clean_by_a_command(office, settings, tmp_path):
    settings.EVIDENCE_SCAN = script(tmp_path, f"cat > {tmp_path}/heard")
    assert keep_file(name="纪要.txt", data=MINUTES, by=office).pk
    assert (tmp_path / "heard").read_bytes() == MINUTES


@pytest.mark.parametrize(
    ("body", "refusal", "words"),
    [
        ("cat >/dev/null; echo Worm.X; exit 1", FileInfected, "被查出病毒（Worm.X）"),
        ("exit 1", FileInfected, "被查出病毒（未说明名称）"),
        ("exit 2", ScanFailed, "答复无法识别（退出码 2）"),
        ("kill -9 $$", ScanFailed, "答复无法识别（退出码 -9）"),
        ("exec sleep 5", ScanFailed, "没有答复"),
    ],
)
def test_whatever_else_a_command_does(office, settings, tmp_path, short, body, refusal, words):
    refused(script(tmp_path, body), settings, office, refusal, words)


def test_a_command_that_does_not_listen_to_the_end(office, settings, tmp_path):
    settings.EVIDENCE_SCAN = script(tmp_path, "exit 0")
    assert keep_file(name="纪要.txt", data=MINUTES * 10_000, by=office).pk
