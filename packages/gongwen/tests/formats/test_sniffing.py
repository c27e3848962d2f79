"""格式识别: by content; a name only decides between formats that look alike."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest
from makers import ofd, p, word, zipped

from gongwen import GongwenError, extract, extract_file
from gongwen.formats import sniff
from gongwen.formats.limits import Package, whole

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


@pytest.mark.parametrize(
    ("data", "name", "form"),
    [
        ("文".encode(), "a.txt", "txt"),
        ("文".encode(), "", "txt"),
        (b"# a", "a.md", "md"),
        (b"a,b", "a.csv", "csv"),
        (b"<html><p>a", "a.txt", "html"),
        (b"\xef\xbb\xbf\n<!DOCTYPE html><p>a", "a", "html"),
        (b"<!-- x --><html>", "a.shtml", "html"),
        (b"From: x\nMIME-Version: 1.0\n", "a.mht", "html"),
        (word(p("a")), "a.doc", "docx"),
        (ofd(""), "a.pdf", "ofd"),
        (zipped({"xl/workbook.xml": ""}), "a", "xlsx"),
        (zipped({"mimetype": "x", "content.xml": ""}), "a.odt", "doc"),
        (b"%PDF-1.7", "a.docx", "pdf"),
        (b"\x00\n%PDF-1.4", "a", "pdf"),
        (b"{\\rtf1", "a.doc", "doc"),
        (OLE + "WordDocument".encode("utf-16-le"), "a.wps", "doc"),
        (OLE + "Workbook".encode("utf-16-le"), "a.et", "xls"),
        (b"\x89PNG\r\n\x1a\n", "a.jpg", "image"),
        (b"\xff\xd8\xff\xe0", "a", "image"),
        (b"RIFF0000WEBPVP8 ", "a", "image"),
    ],
)
def test_formats(data: bytes, name: str, form: str) -> None:
    assert sniff(data, name=name) == form


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (b"", "gongwen.empty_file", "空的"),
        (b"\xef\xbb\xbf \n\x00", "gongwen.empty_file", "空的"),
        (b"Rar!\x1a\x07", "gongwen.foreign_file", "RAR"),
        (b"7z\xbc\xaf\x27\x1c", "gongwen.foreign_file", "7z"),
        (b"MZ\x90", "gongwen.foreign_file", "程序"),
        (b"PK\x03\x04cut", "gongwen.damaged_file", "没有传完"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "gongwen.encrypted_file", "密码"),
        (OLE, "gongwen.foreign_file", "OLE"),
    ],
)
def test_what_is_no_document_is_refused_by_name(data: bytes, code: str, words: str) -> None:
    with pytest.raises(GongwenError) as refused:
        sniff(data, name="件.docx")
    assert refused.value.code == code
    assert str(refused.value).startswith("件.docx：")
    assert words in str(refused.value)
    assert "请" in str(refused.value)


def test_a_name_that_is_a_path_is_shortened_in_the_sentence(tmp_path: Path) -> None:
    (tmp_path / "空.txt").write_bytes(b"")
    with pytest.raises(GongwenError) as refused:
        extract_file(tmp_path / "空.txt")
    assert str(refused.value).startswith("空.txt：")


@pytest.mark.parametrize("module", ["lxml", "python_calamine", "pypdfium2", "rapidocr_onnxruntime"])
def test_a_missing_extra_is_named_with_its_remedy(module: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    real = importlib.util.find_spec
    missing = lambda name, *rest: None if name == module else real(name, *rest)  # noqa: E731
    for caller in ("pdf", "ocr"):
        monkeypatch.setattr(f"gongwen.formats.{caller}.find_spec", missing)
    data = {
        "lxml": b"<html><p>a",
        "python_calamine": zipped({"xl/workbook.xml": "<a/>"}),
        "pypdfium2": b"%PDF-1.7",
        "rapidocr_onnxruntime": b"\x89PNG\r\n\x1a\n",
    }[module]
    with pytest.raises(GongwenError, match="pip install") as refused:
        extract(data, name="件")
    assert refused.value.code == "gongwen.missing_converter"


def test_no_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(GongwenError, match=r"LibreOffice.*libreoffice-writer-nogui"):
        extract(b"{\\rtf1 a}", name="件.rtf")


# ---- limits ----


def test_a_member_that_unpacks_without_end_is_stopped() -> None:
    bomb = zipped({"word/document.xml": b"<a>" + b" " * (100 * 1024 * 1024)})
    assert len(bomb) < 200_000
    with pytest.raises(GongwenError, match="解开后超过80MB"):
        extract(bomb, name="件.docx")


def test_a_package_of_very_many_parts_is_refused() -> None:
    many = zipped({"word/document.xml": "<a/>", **{f"x/{n}": "" for n in range(20_001)}})
    with pytest.raises(GongwenError, match="20002个文件"):
        extract(many, name="件.docx")


def test_a_part_whose_bytes_were_changed_is_damaged() -> None:
    data = bytearray(word(p("甲" * 2000)))
    at = data.index(b"word/document.xml") + 60
    data[at] ^= 0xFF
    with pytest.raises(GongwenError) as refused:
        Package(bytes(data), "件.docx").xml("word/document.xml")
    assert refused.value.code == "gongwen.damaged_file"


def test_a_part_of_very_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongwen.formats.limits.MOST_ELEMENTS", 100)
    with pytest.raises(GongwenError, match="标记超过"):
        extract(word("<w:p/>" * 101), name="件.docx")


@pytest.mark.parametrize(
    ("said", "number"),
    [
        ("12", 12),
        (" -3 ", -3),
        ("²", 7),  # a digit to `isdigit`, none to `int`
        ("--5", 7),
        ("9" * 5000, 7),  # more digits than `int` takes
        ("", 7),
        (None, 7),
    ],
)
def test_numbers_that_a_broken_file_says(said: str | None, number: int) -> None:
    assert whole(said, 7) == number


def test_a_sheet_is_measured_wherever_it_stands() -> None:
    bomb = zipped({"xl/workbook.xml": "<a/>", "sheets/1.xml": b" " * (100 * 1024 * 1024)})
    with pytest.raises(GongwenError, match="解开后超过80MB"):
        extract(bomb, name="件.xlsx")
