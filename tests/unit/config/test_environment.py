"""Settings from the environment: nonsense is refused with a sentence."""

import stat

import pytest

from zhenggai.config import environment
from zhenggai.config.environment import SettingRefused


@pytest.mark.parametrize(
    ("argv", "rest", "folder"),
    [
        (["import", "a.txt"], ["import", "a.txt"], None),
        (["--data", "d", "import", "a.txt"], ["import", "a.txt"], "d"),
        (["import", "a.txt", "--data=d e"], ["import", "a.txt"], "d e"),
        (["journal", "verify", "--data", "d"], ["journal", "verify"], "d"),
    ],
)
def test_data_folder_may_stand_anywhere(argv, rest, folder):
    assert environment.choose_data_folder(argv, {}) == (rest, folder)


def test_command_line_goes_before_the_environment():
    assert environment.choose_data_folder(["--data", "d"], {"ZHENGGAI_DATA": "e"}) == ([], "d")
    assert environment.choose_data_folder([], {"ZHENGGAI_DATA": "e"}) == ([], "e")


@pytest.mark.parametrize(
    ("value", "expected"), [("1", True), ("yes", True), ("0", False), ("off", False), ("", False)]
)
def test_flag(monkeypatch, value, expected):
    monkeypatch.setenv("ZHENGGAI_X", value)
    assert environment.flag("ZHENGGAI_X", default=False) is expected


def test_flag_refuses_nonsense(monkeypatch):
    monkeypatch.setenv("ZHENGGAI_X", "maybe")
    with pytest.raises(SettingRefused, match="ZHENGGAI_X 的值“maybe”无法识别，请写 1 或 0"):
        environment.flag("ZHENGGAI_X", default=False)


def test_postgresql_address(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://z%40g:p%2Fw@db.example:6432/zhenggai?sslmode=require")
    chosen = environment.database(tmp_path)
    assert {k: chosen[k] for k in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "NAME": "zhenggai", "USER": "z@g", "PASSWORD": "p/w", "HOST": "db.example", "PORT": "6432",
        "OPTIONS": {"sslmode": "require"},
    }  # fmt: skip


@pytest.mark.parametrize("url", ["mysql://a/b", "postgresql://host", "zhenggai"])
def test_other_addresses_are_refused(monkeypatch, tmp_path, url):
    monkeypatch.setenv("DATABASE_URL", url)
    with pytest.raises(SettingRefused, match="请写成 postgresql://"):
        environment.database(tmp_path)


def test_session_key_is_made_once_and_private(monkeypatch, tmp_path):
    monkeypatch.delenv("ZHENGGAI_SECRET_KEY")
    key = environment.secret_key(tmp_path)
    assert len(key) > 40
    assert environment.secret_key(tmp_path) == key
    assert stat.S_IMODE((tmp_path / "keys" / "session.key").stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_written_is_told(monkeypatch, tmp_path):
    monkeypatch.delenv("ZHENGGAI_SECRET_KEY")
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(SettingRefused, match="请"):
        environment.secret_key(blocked)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("", None),
        ("clamd:127.0.0.1:3310", ("clamd", "127.0.0.1", 3310)),
        ("clamd:[::1]:3310", ("clamd", "::1", 3310)),
        ("clamd:/run/clamd.sock", ("clamd", "/run/clamd.sock", 0)),
        ("command:/usr/bin/scan", ("command", "/usr/bin/scan", 0)),
    ],
)
def test_scanner(monkeypatch, value, expected):
    monkeypatch.setenv("ZHENGGAI_SCAN", value)
    assert environment.scanner() == expected


@pytest.mark.parametrize(
    "value", ["yes", "clamd", "clamd:host", "clamd:host:0", "clamd:host:x", "command:scan"]
)
def test_scanner_refuses_nonsense(monkeypatch, value):
    monkeypatch.setenv("ZHENGGAI_SCAN", value)
    with pytest.raises(SettingRefused, match=r"ZHENGGAI_SCAN 的值.*无法识别，请写成"):
        environment.scanner()


def test_bucket(monkeypatch):
    assert environment.bucket() == {}
    monkeypatch.setenv("ZHENGGAI_S3_BUCKET", "evidence")
    monkeypatch.setenv("ZHENGGAI_S3_PREFIX", "/zg/")
    found = environment.bucket()
    assert (found["bucket"], found["prefix"], found["endpoint"]) == ("evidence", "zg/", "")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"ENDPOINT": "https://s3.example"}, "没有 ZHENGGAI_S3_BUCKET"),
        ({"BUCKET": "b", "ENDPOINT": "s3.example"}, "ENDPOINT 无法识别"),
        ({"BUCKET": "b", "KEY": "k"}, "须同时设置"),
        ({"BUCKET": "b", "STYLE": "x"}, "请写 path"),
    ],
)
def test_bucket_refuses_halves(monkeypatch, given, words):
    for name, value in given.items():
        monkeypatch.setenv(f"ZHENGGAI_S3_{name}", value)
    with pytest.raises(SettingRefused, match=words):
        environment.bucket()


def test_megabytes(monkeypatch):
    assert environment.megabytes("ZHENGGAI_X", 100) == 100 * 1024 * 1024
    monkeypatch.setenv("ZHENGGAI_X", "0")
    with pytest.raises(SettingRefused, match="ZHENGGAI_X 的值“0”无法识别"):
        environment.megabytes("ZHENGGAI_X", 100)
