import pathlib
import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.pages.strangers import check_strangers
from zhenggai.web.gallery import SHELVES

URL = reverse("web:gallery")
COMPONENTS = pathlib.Path(__file__).resolve().parents[2] / "src/zhenggai/web/templates/_components"


def test_strangers(at_stranger: Client):
    check_strangers(at_stranger, URL)


def test_wrong_method(at_office: Client):
    assert at_office.post(URL).status_code == 405


def test_every_component_stands_in_the_gallery():
    assert {file.stem for file in COMPONENTS.glob("*.html")} == {shelf.name for shelf in SHELVES}


def test_a_reader_may_look(at_reader: Client):
    page = at_reader.get(URL).content.decode()
    for shelf in SHELVES:
        assert f'id="{shelf.name}"' in page


@pytest.mark.parametrize("shelf", SHELVES, ids=lambda shelf: shelf.name)
def test_every_example_shows_something(shelf, db: None):
    assert shelf.examples
    for shown in shelf.shown:
        assert re.sub(r"<[^>]+>|\s", "", shown)


@pytest.mark.parametrize("shelf", SHELVES, ids=lambda shelf: shelf.name)
def test_every_attribute_is_documented_and_used(shelf):
    text = (COMPONENTS / f"{shelf.name}.html").read_text(encoding="utf-8")
    named = {name for name, _meaning in shelf.attributes}
    tags = " ".join(re.findall(r"\{[{%](.*?)[%}]\}", text.split("endcomment", 1)[1], re.DOTALL))
    used = {name for name in named if re.search(rf"\b{name}\b", tags)}
    assert used == named
    given = {name for example in shelf.examples for name in example}
    assert given <= named
