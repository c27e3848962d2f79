"""Scripts and styles: our own, small, explained, and of this origin."""

import pathlib
import re

import pytest
from django.contrib.staticfiles import finders

WEB = pathlib.Path(__file__).resolve().parents[2] / "src/zhenggai/web"
SCRIPTS = sorted((WEB / "static/web/js").glob("*.js"))
STYLES = sorted((WEB / "static/web/css").glob("*.css"))
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_a_script_says_what_it_does_and_does_nothing_the_policy_forbids(file: pathlib.Path):
    text = file.read_text(encoding="utf-8")
    assert text.startswith("/**\n * ")
    assert len(text.splitlines()) < 150
    for forbidden in (
        "eval(",
        "new Function",
        "innerHTML",
        ".style",
        "document.write",
        "sourceMappingURL",
        "http:",
        "https:",
    ):
        assert forbidden not in text


@pytest.mark.parametrize("file", STYLES, ids=lambda file: file.name)
def test_a_style_sheet_takes_colours_from_the_tokens(file: pathlib.Path):
    text = file.read_text(encoding="utf-8")
    assert text.startswith("/* ")
    assert len(text.splitlines()) <= 600
    assert "url(" not in text
    assert "@import" not in text
    if file.name != "tokens.css":
        named = set(re.findall(r"var\((--[\w-]+)\)", text))
        assert named <= set(
            re.findall(
                r"^\s*(--[\w-]+):", (file.parent / "tokens.css").read_text(encoding="utf-8"), re.MULTILINE
            )
        )
        screen = text.split("@media print", 1)[0]
        assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", screen)


def test_every_file_that_a_page_names_is_there():
    named = {
        name
        for file in TEMPLATES
        for name in re.findall(r"static '([^']+)'", file.read_text(encoding="utf-8"))
    }
    assert named
    assert [name for name in named if not finders.find(name)] == []
    served = {f"web/{file.parent.name}/{file.name}" for file in (*SCRIPTS, *STYLES)}
    assert served <= named


def test_htmx_is_the_second_version_and_names_no_source_map():
    path = finders.find("django_htmx/htmx-2.min.js")
    assert isinstance(path, str)
    text = pathlib.Path(path).read_text(encoding="utf-8")
    assert 'version:"2.' in text
    assert "sourceMappingURL" not in text
