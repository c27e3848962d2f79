"""Damaged files of every format: text or a sentence, and never anything else. `make fuzz` goes on for longer."""

from __future__ import annotations

import random

import pytest
from fuzz.damage import DAMAGES
from fuzz.files import APART, files
from fuzz.run import failure

from gongwen import extract


@pytest.mark.parametrize("name", files())
def test_damaged_files_give_text_or_a_sentence(name: str) -> None:
    tries = 6 if name in APART else 300
    wrong = {seed: said for seed in range(tries) if (said := failure(name, seed))}
    assert wrong == {}


@pytest.mark.parametrize("name", [name for name in files() if name != "件.png"])
def test_the_files_are_whole_before_they_are_damaged(name: str) -> None:
    assert "17处" in extract(files()[name], name=name).text.replace(" ", "")


def test_every_damage_changes_something() -> None:
    data = files()["件.docx"]
    for damage in DAMAGES:
        assert any(damage(data, random.Random(seed)) != data for seed in range(3)), damage
