"""docs/glossary.md is the one list of words: models, states and acts are held to it."""

import re

import pytest

from scripts.reference import enumerations, own_models
from tests.conftest import ROOT


def rows() -> dict[str, str]:
    """Code name → Chinese term, from the glossary's tables."""
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    return dict(re.findall(r"^\| `([^`]+)` \| ([^|]+?) \|", text, re.MULTILINE))


@pytest.mark.parametrize("model", own_models(), ids=lambda m: m.__name__)
def test_every_model_is_in_the_glossary_under_its_name(model):
    assert rows().get(model.__name__) == model._meta.verbose_name


@pytest.mark.parametrize("enum", list(enumerations()), ids=lambda e: e.__name__)
def test_every_state_is_in_the_glossary_under_its_label(enum):
    known = rows()
    for member in enum:
        if member.label:
            assert known.get(f"{enum.__name__}.{member.name}") == member.label


def test_no_word_is_left_over():
    from scripts.reference import enumerations, own_models

    names = {model.__name__ for model in own_models()}
    names |= {enum.__name__ for enum in enumerations()}
    names |= {f"{enum.__name__}.{member.name}" for enum in enumerations() for member in enum if member.label}
    capital = {name for name in rows() if name[0].isupper()}
    assert capital <= names, capital - names
