"""One small whole file of each format."""

from __future__ import annotations

import io
from functools import cache

from corpus import renderers
from PIL import Image

LINES = (
    "关于巡察整改情况的通报",
    "一、总体情况",
    "（一）着力解决“管护不力”的问题。一是印发《办法》，整改17处，完成率94.6%。二是追回资金3.5万元。",
    "序号\t问题\t数量",
    "1\t河道\t12",
    "2\t堤防\t7",
    "甲局",
    "2026年1月15日",
)


@cache
def files() -> dict[str, bytes]:
    """Name → bytes."""
    picture = io.BytesIO()
    Image.new("RGB", (60, 20), "white").save(picture, "PNG")
    archive = b"MIME-Version: 1.0\r\nContent-Type: text/html; charset=gb18030\r\n\r\n" + renderers.html(LINES)
    return {
        "件.docx": renderers.docx(LINES),
        "件.html": renderers.html(LINES),
        "件.mht": archive,
        "件.csv": renderers.csv_list(LINES),
        "件.xlsx": renderers.xlsx(LINES),
        "件.ofd": renderers.ofd(LINES),
        "件.txt": "\n".join(LINES).encode("gb18030"),
        "件.pdf": renderers.pdf(LINES),
        "件.png": picture.getvalue(),
    }


# What starts a process for each file takes a hundred times as long.
APART = ("件.pdf", "件.png")
