"""The Python tutorial stays true: its blocks are run in order in an empty folder, and print what stands below them."""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import zipfile
from collections.abc import Iterator
from html import escape
from itertools import pairwise
from pathlib import Path

import pytest

from gongwen.cli import main

TUTORIALS = Path(__file__).parents[3] / "docs" / "tutorial"
PAGES = [TUTORIALS / "gongwen.md", TUTORIALS / "gongwen.zh-CN.md"]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def blocks(page: Path) -> list[tuple[str, str]]:
    return BLOCK.findall(page.read_text(encoding="utf-8"))


def write_docx(path: Path, text: str) -> None:
    """The smallest .docx: one paragraph a line."""
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in text.splitlines() if line)
    kinds = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{kinds}"/></Types>',
        )
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the reader of the tutorial brings along: a folder with two .docx files."""
    monkeypatch.chdir(tmp_path)
    Path("收件").mkdir()
    write_docx(
        Path("收件/东湖镇.docx"), "东湖镇党委关于巡察整改情况的通报\n一是2025年新建泵站2座，投入资金120万元。"
    )
    write_docx(Path("收件/西山镇.docx"), "西山镇党委关于巡察整改情况的通报\n一是开展培训6次，覆盖率达95.5%。")
    return tmp_path


def printed(kind: str, code: str, names: dict[str, object]) -> str:
    output = io.StringIO()
    with contextlib.redirect_stdout(output):
        if kind == "python":
            exec(compile(code, "tutorial", "exec"), names)  # noqa: S102  (our own page, to be held true)
        else:
            for line in code.splitlines():
                if line.startswith("gongwen "):
                    main(shlex.split(line)[1:])
    return output.getvalue()


def steps(page: Path) -> Iterator[tuple[str, str, str]]:
    """Each block to run with what the page says that it prints."""
    found = [*blocks(page), ("", "")]
    for (kind, code), (next_kind, said) in pairwise(found):
        if kind in {"python", "sh"}:
            yield kind, code, said if next_kind == "text" else ""


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_block_prints_what_the_page_says(page: Path) -> None:
    names: dict[str, object] = {}
    done = 0
    for kind, code, said in steps(page):
        assert printed(kind, code, names).strip() == said.strip(), code
        done += 1
    assert done >= 8


def test_both_languages_show_the_same_code() -> None:
    first, second = map(blocks, PAGES)
    assert first == second
