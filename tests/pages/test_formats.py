"""Files of every kind through the upload page: read, shown at the desk, handed out as they came; or refused by what they are."""

import io
import zipfile

import docx
import pytest
import typst
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from zhenggai.evidence.models import SourceDocument
from zhenggai.journal.verify import verify
from zhenggai.ledger.models import Reading
from zhenggai.ledger.states import Kind

LINES = (
    "中共浅滩县委关于市委第三轮巡察整改进展情况的通报",
    "2025年3月1日至5月20日，市委第一巡察组对浅滩县开展了巡察。2025年7月11日反馈了巡察意见。",
    "一、反馈问题整改情况",
    "（一）着力解决“河道管护不到位”的问题。一是修订《浅滩县巡河办法》。二是排查隐患17处，整改15处。",
    "（二）着力解决“资金拨付滞后”的问题。一是清理拖欠工程款947.3万元。",
    "中共浅滩县委",
    "2026年1月15日",
)


def as_docx() -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for line in LINES:
        document.add_paragraph(line)
    document.save(out)
    return out.getvalue()


def as_html() -> bytes:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    return f"<html><head><meta charset='gb2312'></head><body><div>{body}</div></body></html>".encode(
        "gb18030"
    )


def as_pdf() -> bytes:
    head = '#set text(font: "Noto Serif CJK SC", lang: "zh")\n#set par(first-line-indent: (amount: 2em, all: true))\n'
    return typst.compile((head + "\n\n".join(LINES)).encode(), format="pdf")


def as_xlsx() -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write(0, 0, "浅滩县巡察整改问题清单")
    sheet.write_row(1, 0, ["序号", "反馈问题", "整改措施", "责任单位", "完成时限", "整改状态"])
    sheet.write_row(2, 0, [1, "河道管护不到位", "修订《浅滩县巡河办法》", "水务局", "2025年6月底", "已完成"])
    sheet.write_row(3, 0, [2, "资金拨付滞后", "清理拖欠工程款947.3万元", "财政局", "2025年9月底", "正在整改"])
    book.close()
    return out.getvalue()


def send(client: Client, name: str, data: bytes) -> str:
    answer = client.post(
        reverse("web:new_reading"), {"file": SimpleUploadedFile(name, data), "inspection": ""}, follow=True
    )
    return answer.content.decode()


@pytest.mark.parametrize(
    ("name", "make", "called"),
    [
        ("通报.docx", as_docx, "Word 文档"),
        ("通报.html", as_html, "网页"),
        ("通报.pdf", as_pdf, "PDF"),
        ("清单.xlsx", as_xlsx, "工作簿"),
    ],
)
def test_a_file_becomes_a_reading(at_office: Client, name, make, called):
    data = make()
    page = send(at_office, name, data)
    reading = Reading.objects.get()
    assert called in page
    titles = [
        item.payload["title"]
        for item in reading.proposals.filter(kind=Kind.FINDING.value).order_by("position")
    ]
    assert titles == ["河道管护不到位", "资金拨付滞后"]
    assert reading.proposals.filter(kind=Kind.FIGURE.value, payload__written="947.3万元").exists()
    assert at_office.get(reverse("web:original", args=[reading.document_id])).content == data
    assert verify().sound


def locked() -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le")


def packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("通报.txt", "文")
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("通报.docx", as_docx()[:-200], "压缩结构不完整"),
        ("通报.docx", locked(), "设有打开密码"),
        ("通报.zip", packed(), "这是压缩文件（.zip）"),
        ("通报.html", b"<html><body><script>x()</script></body></html>", "网页中没有正文"),
        ("通报.pdf", b"%PDF-1.7\nnothing", "PDF 结构不完整"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_by_what_it_is(at_office: Client, name, data, sentence):
    page = send(at_office, name, data)
    assert f"{name}：" in page
    assert sentence in page
    assert not Reading.objects.exists()
    assert SourceDocument.objects.get().problem


def test_remarks_of_the_reader_come_to_the_desk(at_office: Client):
    text = (
        "".join(line + "\n" for line in LINES)
        .replace("整改15处", "整改15处，整改率60%")
        .replace("2026年1月15日", "2026年2月30日")
    )
    page = send(at_office, "通报.txt", text.encode())
    assert '<aside class="remark remark-error"' in page
    assert "2月30日" in page.split("检查意见")[1]
