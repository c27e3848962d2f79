"""Bytes → text, and the sentences of refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongwen import GongwenError, decode, read

TEXT = "甲市委通报。\r\n第二段：28.6％"

ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "utf-16"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_known_encodings_are_read_and_line_ends_kept(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


REFUSED = [
    (b"\x89PNG\r\n\x1a\n\x00\x00", "gongwen.binary_file"),
    (b"abc\x00def", "gongwen.binary_file"),
    (b"PK\x03\x04\x14", "gongwen.binary_file"),
    (b"\xff\xff\xff\xff", "gongwen.undecodable_file"),
    (b"\xff\xfe\x00\xd8\x01", "gongwen.undecodable_file"),  # cut in the middle of UTF-16
]


@pytest.mark.parametrize(("data", "code"), REFUSED)
def test_what_is_no_text_is_refused_with_code_and_remedy(data: bytes, code: str) -> None:
    with pytest.raises(GongwenError) as refusal:
        decode(data, name="甲.bin")
    assert refusal.value.code == code
    assert str(refusal.value).startswith("甲.bin：")
    assert "请" in str(refusal.value)


def test_missing_file_and_folder(tmp_path: Path) -> None:
    with pytest.raises(GongwenError, match="找不到该文件") as missing:
        read(tmp_path / "无.txt")
    assert missing.value.code == "gongwen.missing_file"
    with pytest.raises(GongwenError, match="这是一个文件夹") as folder:
        read(tmp_path)
    assert folder.value.code == "gongwen.unreadable_file"


def test_a_path_is_a_file_and_a_string_is_text(tmp_path: Path) -> None:
    file = tmp_path / "甲.txt"
    file.write_bytes("开展研讨3次".encode("gb18030"))
    assert read(file).quantities[0].text == "3次"
    assert read(str(file)).quantities == ()
