"""The pages on laying out stay true: what they show runs, and prints what stands below it."""

from __future__ import annotations

import contextlib
import io
import re
from pathlib import Path

import pytest

from gongwen import extract_file, read

ROOT = Path(__file__).parents[4]
PAGES = [
    ROOT / "docs/how-to/lay-out.md",
    ROOT / "docs/how-to/lay-out.zh-CN.md",
    ROOT / "packages/gongwen/README.md",
]
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_a_page_shows_is_so(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    known: dict[str, object] = {}
    printed = ""
    for language, code in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "python" and "layout" in code:
            with contextlib.redirect_stdout(io.StringIO()) as out:
                exec(code, known)  # noqa: S102  (our own page)
            printed = out.getvalue()
        elif language == "text":
            assert printed == code
    for name in ("通报.docx", "通报.pdf"):
        again = read(extract_file(tmp_path / name))
        assert (again.title, again.issued_on) == ("中共浅溪县委关于巡察整改进展情况的通报", "2026-01-15")
        assert [finding.title for finding in again.findings] == ["河道管护不到位"]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_ten_lines_are_ten(page: Path) -> None:
    code = next(
        code for language, code in BLOCK.findall(page.read_text(encoding="utf-8")) if "layout(" in code
    )
    assert len([line for line in code.splitlines() if line]) == 10
