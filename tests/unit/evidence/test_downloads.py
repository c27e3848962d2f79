"""A file is handed out as an attachment, under its name, as a type that no browser runs."""

from email.message import Message
from urllib.parse import unquote

import pytest
from django.http import HttpResponse
from hypothesis import given
from hypothesis import strategies as st

from zhenggai.evidence.downloads import disposition, headers, served_type
from zhenggai.evidence.kinds import KINDS


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("report (1).pdf", 'attachment; filename="report (1).pdf"'),
        ("整改报告.pdf", "attachment; filename=\"_.pdf\"; filename*=UTF-8''%E6%95%B4%E6%94%B9%E6%8A%A5%E5%91%8A.pdf"),
        ('a"b.txt', "attachment; filename=\"a_b.txt\"; filename*=UTF-8''a%22b.txt"),
        ("C:\\甲\\a.txt", 'attachment; filename="a.txt"'),
        ("../../a.txt", 'attachment; filename="a.txt"'),
        ("a\r\nSet-Cookie: x.txt", "attachment; filename=\"aSet-Cookie_ x.txt\"; filename*=UTF-8''aSet-Cookie%3A%20x.txt"),
        ("报告\u202efdp.exe", "attachment; filename=\"_fdp.exe\"; filename*=UTF-8''%E6%8A%A5%E5%91%8Afdp.exe"),
        ("没有扩展名", "attachment; filename=\"_\"; filename*=UTF-8''%E6%B2%A1%E6%9C%89%E6%89%A9%E5%B1%95%E5%90%8D"),
        ("", 'attachment; filename="file"'),
        ("...", 'attachment; filename="file"'),
    ],
)  # fmt: skip
def test_disposition(name, value):
    assert disposition(name) == value


@given(st.text())
def test_any_name_is_a_header(name):
    value = disposition(name)
    assert value.isascii()
    assert value.isprintable()
    response = HttpResponse(headers={"Content-Disposition": value})
    assert response["Content-Disposition"] == value
    message = Message()
    message["Content-Disposition"] = value
    assert message.get_content_disposition() == "attachment"
    found = message.get_filename()
    assert found
    assert "/" not in unquote(found)


@pytest.mark.parametrize(
    "media_type",
    ["text/html", "image/svg+xml", "application/xhtml+xml", "text/xml", "application/javascript", "", "x"],
)
def test_no_active_type_is_served(media_type):
    assert served_type(media_type) == "application/octet-stream"
    assert headers("a", media_type)["X-Content-Type-Options"] == "nosniff"


def test_every_kind_is_served_as_itself():
    for kind in KINDS.values():
        assert served_type(kind.media_type) == kind.media_type
        assert not kind.media_type.endswith(("html", "xml", "javascript"))
